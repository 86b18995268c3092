package acd_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
	"pgregory.net/rapid"
)

// fullEvent has a value in every field.
func fullEvent(kind acd.EventType) acd.Event {
	return acd.Event{
		Type: kind, At: commandTime, Seq: 7,
		Call: "c1", Queue: "support", Agent: "ann", Offer: "o1", Position: 2, Step: 3,
		Wait:      queue.Estimate{Known: true, Mean: 42 * time.Second, Median: 38 * time.Second, P90: 90 * time.Second},
		NotBefore: commandTime.Add(10 * time.Second), Kind: "callback", Channel: "sms", Tier: "silver",
		Until: commandTime.Add(20 * time.Second), Waited: 90 * time.Second, Talked: time.Millisecond,
		Reason: "busy", State: acd.StateReady, Code: "sold", From: "a", To: "b", Number: "+81 3",
		Why: &acd.Why{Entry: "loyal line", Queue: "support", Step: 1, Reason: "same_agent", HeadStart: time.Minute, Overtaken: 4},
		Context: &acd.Context{Caller: "+8190", Customer: "k", Tier: "gold", Attributes: map[string]string{"b": "2", "a": "1"},
			Waited: time.Hour, Guide: "https://x/?a=1&b=<2>", Number: "+81 4", Notes: []string{"first", "\"second\""}, AgentsMet: []string{"bob", "ann"}},
		Warnings: []string{"score: want a number", "x: unknown field"},
	}
}

func TestEventIsWrittenInAFixedOrder(t *testing.T) {
	const full, empty = `"at":"2026-01-02T03:04:05.678901234Z","seq":7,`, `"at":"0001-01-01T00:00:00Z","seq":0,`
	for kind, want := range map[acd.EventType]struct{ full, empty string }{
		acd.EventQueued: {
			`"call":"c1","queue":"support","position":2,"wait":{"mean":"42s","median":"38s","p90":"1m30s"},"tier":"silver","warnings":["score: want a number","x: unknown field"]`,
			`"call":"","queue":"","position":0`},
		acd.EventStep: {`"call":"c1","queue":"support","step":3`, `"call":"","queue":"","step":0`},
		acd.EventOffered: {
			`"offer":"o1","call":"c1","agent":"ann","until":"2026-01-02T03:04:25.678901234Z","kind":"callback",` +
				`"why":{"entry":"loyal line","queue":"support","step":1,"reason":"same_agent","head_start":"1m0s","overtaken":4},` +
				`"context":{"caller":"+8190","customer":"k","tier":"gold","attributes":{"a":"1","b":"2"},"waited":"1h0m0s","guide":"https://x/?a=1&b=<2>",` +
				`"number":"+81 4","notes":["first","\"second\""],"agents_met":["bob","ann"]}`,
			`"offer":"","call":"","agent":"","until":"0001-01-01T00:00:00Z","why":null,"context":null`},
		acd.EventWithdrawn:      {`"offer":"o1","call":"c1","agent":"ann","reason":"busy"`, `"offer":"","call":"","agent":"","reason":""`},
		acd.EventRequeued:       {`"call":"c1","queue":"support","position":2,"reason":"busy"`, `"call":"","queue":"","position":0,"reason":""`},
		acd.EventConnected:      {`"offer":"o1","call":"c1","agent":"ann","waited":"1m30s"`, `"offer":"","call":"","agent":"","waited":"0s"`},
		acd.EventAbandoned:      {`"call":"c1","queue":"support","waited":"1m30s","reason":"busy"`, `"call":"","queue":"","waited":"0s"`},
		acd.EventEnded:          {`"call":"c1","agent":"ann","talked":"1ms"`, `"call":"","agent":"","talked":"0s"`},
		acd.EventAgent:          {`"agent":"ann","state":"ready","reason":"busy","code":"sold"`, `"agent":"","state":"","reason":""`},
		acd.EventDisposition:    {`"call":"c1","agent":"ann","code":"sold"`, `"call":"","agent":"","code":""`},
		acd.EventBlocked:        {`"call":"c1","reason":"busy","queue":"support","tier":"silver","warnings":["score: want a number","x: unknown field"]`, `"call":"","reason":""`},
		acd.EventOverflowed:     {`"call":"c1","from":"a","to":"b"`, `"call":"","from":"","to":""`},
		acd.EventDiverted:       {`"call":"c1","number":"+81 3","queue":"support","tier":"silver","warnings":["score: want a number","x: unknown field"]`, `"call":"","number":""`},
		acd.EventSuggested:      {`"call":"c1","channel":"sms","queue":"support","tier":"silver","warnings":["score: want a number","x: unknown field"]`, `"call":"","channel":""`},
		acd.EventDeflected:      {`"call":"c1","queue":"support","channel":"sms","waited":"1m30s"`, `"call":"","queue":"","channel":"","waited":"0s"`},
		acd.EventCallbackBooked: {`"call":"c1","from":"2026-01-02T03:04:15.678901234Z","until":"2026-01-02T03:04:25.678901234Z","number":"+81 3"`, `"call":""`},
		acd.EventCallbackFailed: {`"call":"c1","queue":"support","waited":"1m30s","reason":"busy"`, `"call":"","queue":"","waited":"0s","reason":""`},
		acd.EventTransferred:    {`"call":"c1","from":"a","to":"b","talked":"1ms"`, `"call":"","from":"","to":"","talked":"0s"`},
		acd.EventAnnounced:      {`"call":"c1","position":2,"wait":{"mean":"42s","median":"38s","p90":"1m30s"}`, `"call":"","position":0`},
		acd.EventOverdue:        {`"call":"c1","queue":"support","agent":"ann","reason":"busy"`, `"call":"","queue":"","reason":""`},
	} {
		for _, c := range []struct {
			event acd.Event
			want  string
		}{{fullEvent(kind), full + want.full}, {acd.Event{Type: kind}, empty + want.empty}} {
			line := `{"type":"` + string(kind) + `",` + c.want + `}`
			if got := string(c.event.AppendJSON([]byte("before "))); got != "before "+line {
				t.Errorf("got  %s\nwant before %s", got, line)
			}
			var back acd.Event
			if err := json.Unmarshal([]byte(line), &back); err != nil {
				t.Errorf("%s: %v", line, err)
			}
			if got := string(back.AppendJSON(nil)); got != line {
				t.Errorf("read and written: %s\n            want: %s", got, line)
			}
		}
	}
	offered := acd.Event{Type: acd.EventOffered, Why: &acd.Why{}, Context: &acd.Context{}}
	const want = `{"type":"offered",` + empty + `"offer":"","call":"","agent":"","until":"0001-01-01T00:00:00Z",` +
		`"why":{"entry":"","queue":"","step":0,"reason":"","head_start":"0s","overtaken":0},"context":{"waited":"0s"}}`
	if got := string(offered.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	now := acd.Event{Type: acd.EventAnnounced, Wait: queue.Estimate{Known: true}}
	if got := string(now.AppendJSON(nil)); got != `{"type":"announced",`+empty+`"call":"","position":0,"wait":{"mean":"0s","median":"0s","p90":"0s"}}` {
		t.Errorf("got %s", got)
	}
	unknown := fullEvent("sung")
	if got := string(unknown.AppendJSON(nil)); got != `{"type":"sung","at":"2026-01-02T03:04:05.678901234Z","seq":7}` {
		t.Errorf("got %s", got)
	}
}

func TestEventTimesAreUTC(t *testing.T) {
	e := acd.Event{Type: acd.EventStep, At: commandTime.In(time.FixedZone("", -5*3600)).Truncate(time.Second)}
	if got := string(e.AppendJSON(nil)); !strings.Contains(got, `"at":"2026-01-02T03:04:05Z"`) {
		t.Errorf("got %s", got)
	}
	var back acd.Event
	if err := json.Unmarshal([]byte(`{"type":"step","at":"2026-01-02T12:04:05+09:00"}`), &back); err != nil || back.At != e.At.UTC() {
		t.Errorf("got %v, %v", back.At, err)
	}
}

func TestEventOfALaterVersionCanBeRead(t *testing.T) {
	var got acd.Event
	err := json.Unmarshal([]byte(`{"type":"sung","at":"2026-01-02T03:04:05Z","seq":9,"call":"c1","from":"here","pitch":{"mean":"3m"},"wait":{"mean":"3m","mode":"x"},"why":{"rule":1,"step":2}}`), &got)
	want := acd.Event{Type: "sung", At: commandTime.Truncate(time.Second), Seq: 9, Call: "c1", From: "here",
		Wait: queue.Estimate{Known: true, Mean: 3 * time.Minute}, Why: &acd.Why{Step: 2}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestEventReadingTellsWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		`[]`:                         "event: json: cannot unmarshal array",
		`{"waited":90}`:              "event: json: cannot unmarshal number",
		`{"waited":"90"}`:            "event: ",
		`{"why":{"head_start":"x"}}`: "event: ",
		`{"context":{"waited":5}}`:   "event: json: cannot unmarshal number",
		`{"at":"2026"}`:              "event: ",
		`{"position":"1"}`:           "event: json: cannot unmarshal string",
		`{"wait":"42s"}`:             "event: json: cannot unmarshal string",
		`{"wait":{"p90":"x"}}`:       "event: ",
		`{"type":"callback_booked","from":"support"}`: "event: from: parsing time",
		`{"type":"callback_booked","from":5}`:         "event: json: cannot unmarshal number",
		`{"type":"transferred","from":5}`:             "event: json: cannot unmarshal number",
	} {
		e := acd.Event{Call: "c1"}
		err := json.Unmarshal([]byte(line), &e)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", line, err, want)
		}
		if diff := cmp.Diff(acd.Event{Call: "c1"}, e); diff != "" {
			t.Errorf("%s changed the event: %s", line, diff)
		}
	}
}

// Every string is written as encoding/json writes it without HTML escapes.
func TestEventStringsAreWrittenAsTheStandardLibraryDoes(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, s string) {
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(s); err != nil {
			t.Fatalf("%v", err)
		}
		e := acd.Event{Type: acd.EventDisposition, Call: s}
		got := e.AppendJSON(nil)
		if text := `"call":` + strings.TrimSuffix(want.String(), "\n") + `,"agent"`; !bytes.Contains(got, []byte(text)) {
			t.Fatalf("%q: got %s, want %s", s, got, text)
		}
		if !json.Valid(got) {
			t.Fatalf("%q: %s is not JSON", s, got)
		}
	}
	for r := range rune(0x3000) {
		check(t, "a"+string(r)+"b")
	}
	for b := range 256 {
		check(t, string([]byte{'a', byte(b)}))
		check(t, string([]byte{byte(b), 0x80}))
		check(t, string([]byte{0xe2, 0x80, byte(b)}))
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.String().Draw(t, "s"))
		check(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
	})
}

// anyEvent draws events with the fields of their type.
func anyEvent(t *rapid.T) acd.Event {
	text := rapid.String()
	duration := rapid.Map(rapid.Int64(), func(n int64) time.Duration { return time.Duration(n) })
	instant := rapid.Map(rapid.Int64Range(0, 7_289_654_399_999_999_999), func(n int64) time.Time { return time.Unix(0, n).UTC() })
	id := func(label string) string { return text.Draw(t, label) }
	list := func(label string) []string {
		if list := rapid.SliceOf(text).Draw(t, label); len(list) > 0 {
			return list
		}
		return nil
	}
	maybe := func(label string) time.Time {
		if rapid.Bool().Draw(t, label+" given") {
			return instant.Draw(t, label)
		}
		return time.Time{}
	}
	wait := func() queue.Estimate {
		if !rapid.Bool().Draw(t, "known") {
			return queue.Estimate{}
		}
		return queue.Estimate{Known: true, Mean: duration.Draw(t, "mean"), Median: duration.Draw(t, "median"), P90: duration.Draw(t, "p90")}
	}
	e := acd.Event{
		Type: rapid.SampledFrom([]acd.EventType{
			acd.EventQueued, acd.EventStep, acd.EventOffered, acd.EventWithdrawn, acd.EventRequeued, acd.EventConnected, acd.EventAbandoned,
			acd.EventEnded, acd.EventAgent, acd.EventDisposition, acd.EventBlocked, acd.EventOverflowed, acd.EventDiverted,
			acd.EventSuggested, acd.EventDeflected, acd.EventCallbackBooked, acd.EventCallbackFailed, acd.EventTransferred, acd.EventAnnounced,
			acd.EventOverdue}).Draw(t, "type"),
		At: instant.Draw(t, "at"), Seq: rapid.Uint64().Draw(t, "seq"),
	}
	if e.Type != acd.EventAgent {
		e.Call = id("call")
	}
	switch e.Type {
	case acd.EventQueued:
		e.Queue, e.Position, e.Wait = id("queue"), rapid.Int().Draw(t, "position"), wait()
		e.Tier, e.Warnings = id("tier"), list("warnings")
	case acd.EventStep:
		e.Queue, e.Step = id("queue"), rapid.Int().Draw(t, "step")
	case acd.EventOffered:
		e.Offer, e.Agent, e.Until, e.Kind = id("offer"), id("agent"), instant.Draw(t, "until"), id("kind")
		e.Why = &acd.Why{Entry: id("entry"), Queue: id("queue"), Step: rapid.Int().Draw(t, "step"), Reason: id("reason"),
			HeadStart: duration.Draw(t, "head_start"), Overtaken: rapid.Int().Draw(t, "overtaken")}
		e.Context = &acd.Context{Caller: id("caller"), Customer: id("customer"), Tier: id("tier"), Waited: duration.Draw(t, "waited"), Guide: id("guide"),
			Number: id("number"), Notes: list("notes"), AgentsMet: list("agents_met")}
		if attributes := rapid.MapOf(text, text).Draw(t, "attributes"); len(attributes) > 0 {
			e.Context.Attributes = attributes
		}
	case acd.EventWithdrawn:
		e.Offer, e.Agent, e.Reason = id("offer"), id("agent"), id("reason")
	case acd.EventRequeued:
		e.Queue, e.Position, e.Reason = id("queue"), rapid.Int().Draw(t, "position"), id("reason")
	case acd.EventConnected:
		e.Offer, e.Agent, e.Waited = id("offer"), id("agent"), duration.Draw(t, "waited")
	case acd.EventAbandoned:
		e.Queue, e.Waited, e.Reason = id("queue"), duration.Draw(t, "waited"), id("reason")
	case acd.EventEnded:
		e.Agent, e.Talked = id("agent"), duration.Draw(t, "talked")
	case acd.EventAgent:
		e.Agent, e.State, e.Reason, e.Code = id("agent"), acd.State(id("state")), id("reason"), id("code")
	case acd.EventDisposition:
		e.Agent, e.Code = id("agent"), id("code")
	case acd.EventBlocked:
		e.Reason, e.Queue, e.Tier, e.Warnings = id("reason"), id("queue"), id("tier"), list("warnings")
	case acd.EventOverflowed:
		e.From, e.To = id("from"), id("to")
	case acd.EventDiverted:
		e.Number, e.Queue, e.Tier, e.Warnings = id("number"), id("queue"), id("tier"), list("warnings")
	case acd.EventSuggested:
		e.Channel, e.Queue, e.Tier, e.Warnings = id("channel"), id("queue"), id("tier"), list("warnings")
	case acd.EventDeflected:
		e.Queue, e.Channel, e.Waited = id("queue"), id("channel"), duration.Draw(t, "waited")
	case acd.EventCallbackBooked:
		e.NotBefore, e.Until, e.Number = maybe("from"), maybe("until"), id("number")
	case acd.EventCallbackFailed:
		e.Queue, e.Waited, e.Reason = id("queue"), duration.Draw(t, "waited"), id("reason")
	case acd.EventTransferred:
		e.From, e.To, e.Talked = id("from"), id("to"), duration.Draw(t, "talked")
	case acd.EventAnnounced:
		e.Position, e.Wait = rapid.Int().Draw(t, "position"), wait()
	case acd.EventOverdue:
		e.Queue, e.Agent, e.Reason = id("queue"), id("agent"), id("reason")
	}
	return e
}

func TestEventReadsBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvent(t)
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back acd.Event
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if diff := cmp.Diff(e, back); diff != "" {
			t.Fatalf("%s: %s", line, diff)
		}
	})
}

// What can be read is written as JSON, and that reads back as the same. (An
// offset can take a time out of the years that RFC 3339 has.)
func FuzzEventUnmarshalJSON(f *testing.F) {
	for _, kind := range []acd.EventType{acd.EventQueued, acd.EventOffered, acd.EventCallbackBooked, acd.EventTransferred, "sung"} {
		e := fullEvent(kind)
		f.Add(e.AppendJSON(nil))
	}
	f.Add([]byte(`{"type":"callback_booked","from":"0000-01-01T00:00:00+09:00"}`))
	f.Add([]byte(`{"type":"queued","wait":{},"warnings":[""],"tier":"\udc00"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		var e acd.Event
		if json.Unmarshal(line, &e) != nil {
			return
		}
		written := e.AppendJSON(nil)
		if !json.Valid(written) {
			t.Fatalf("%s is not JSON", written)
		}
		if e.At.Year() < 0 || e.Until.Year() < 0 || e.NotBefore.Year() < 0 {
			return
		}
		var back acd.Event
		if err := json.Unmarshal(written, &back); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if again := back.AppendJSON(nil); !bytes.Equal(again, written) {
			t.Fatalf("%s, and then %s", written, again)
		}
	})
}

func TestEventIsWrittenWithoutAllocation(t *testing.T) {
	buffer := make([]byte, 0, 4096)
	for _, kind := range []acd.EventType{
		acd.EventQueued, acd.EventOffered, acd.EventConnected, acd.EventAgent, acd.EventCallbackBooked, acd.EventTransferred, acd.EventAnnounced,
	} {
		e := fullEvent(kind)
		e.Context.Attributes = nil
		if n := testing.AllocsPerRun(100, func() { buffer = e.AppendJSON(buffer[:0]) }); n != 0 {
			t.Errorf("%s: %v allocations", kind, n)
		}
	}
}

func BenchmarkEventAppendJSON(b *testing.B) {
	for _, kind := range []acd.EventType{acd.EventQueued, acd.EventOffered, acd.EventConnected, acd.EventAgent} {
		b.Run(string(kind), func(b *testing.B) {
			e := fullEvent(kind)
			buffer := e.AppendJSON(nil)
			b.SetBytes(int64(len(buffer)))
			b.ReportAllocs()
			for b.Loop() {
				buffer = e.AppendJSON(buffer[:0])
			}
		})
	}
}
