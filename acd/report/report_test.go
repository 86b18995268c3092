package report

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/erlang"
)

var nine = time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)

// at is an event so many seconds after nine.
func at(seconds float64, e acd.Event) acd.Event {
	e.At = nine.Add(time.Duration(seconds * float64(time.Second)))
	return e
}

func counted(t *testing.T, o Options, events ...acd.Event) *Report {
	t.Helper()
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	r.Add(events...)
	return r
}

var same = gocmp.Options{gocmp.AllowUnexported(Waits{}, bucket{}), cmpopts.EquateEmpty()}

func TestMergingIntervalsGivesTheFiguresOfTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan, events, err := stream(drawing(t))
		if err != nil {
			t.Fatal(err)
		}
		var got [2][]Row
		var agents [2][]AgentRow
		for i, every := range []time.Duration{time.Minute, 24 * time.Hour} {
			r, err := New(Options{Interval: every, Plan: &plan, Keep: 1_000_000})
			if err != nil {
				t.Fatal(err)
			}
			r.Add(events...)
			result := r.Result(time.Time{})
			got[i] = slices.Concat(Group(result.Queues, ByQueue|ByTier), Group(result.Centre, ByTier))
			agents[i] = GroupAgents(result.Agents, ByAgent)
		}
		spans := cmpopts.IgnoreFields(Row{}, "Start", "End")
		if diff := gocmp.Diff(got[1], got[0], same, spans); diff != "" {
			t.Errorf("calls (-day +minutes)\n%s", diff)
		}
		if diff := gocmp.Diff(agents[1], agents[0], cmpopts.IgnoreFields(AgentRow{}, "Start", "End")); diff != "" {
			t.Errorf("agents (-day +minutes)\n%s", diff)
		}
	})
}

func TestRepeatsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, events, err := stream(drawing(t))
		if err != nil {
			t.Fatal(err)
		}
		once, _ := New(Options{})
		twice, _ := New(Options{})
		once.Add(events...)
		for len(events) > 0 { // a subscription that is resumed too early
			n := rapid.IntRange(1, len(events)).Draw(t, "n")
			twice.Add(events[:n]...)
			twice.Add(events[rapid.IntRange(0, n-1).Draw(t, "again"):n]...)
			events = events[n:]
		}
		if diff := gocmp.Diff(once.Result(time.Time{}), twice.Result(time.Time{}), same, gocmp.Comparer(func(a, b *time.Location) bool { return a == b })); diff != "" {
			t.Error(diff)
		}
	})
}

// Whatever the events, in whatever order: nothing panics and nothing gets lost.
func TestEveryCallHasOneOutcomeWhateverTheEvents(t *testing.T) {
	types := []acd.EventType{
		acd.EventQueued, acd.EventOffered, acd.EventWithdrawn, acd.EventRequeued, acd.EventConnected, acd.EventAbandoned,
		acd.EventEnded, acd.EventAgent, acd.EventDisposition, acd.EventBlocked, acd.EventOverflowed, acd.EventDiverted,
		acd.EventSuggested, acd.EventDeflected, acd.EventCallbackBooked, acd.EventCallbackFailed, acd.EventTransferred,
		acd.EventAnnounced, acd.EventOverdue, "unheard of",
	}
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		pick := func(of ...string) string { return of[random.IntN(len(of))] }
		r, _ := New(Options{Interval: time.Minute, Keep: 5})
		now, seq := nine, uint64(0)
		for range rapid.IntRange(1, 300).Draw(t, "events") {
			now = now.Add(time.Duration(random.IntN(40)-5) * time.Second)
			seq++
			if random.IntN(60) == 0 {
				seq += 3
			}
			e := acd.Event{
				Type: types[random.IntN(len(types))], At: now, Seq: seq,
				Call: pick("", "c1", "c2", "c3", "c4"), Queue: pick("", "q1", "q2"), Agent: pick("", "a1", "a2", "q1"),
				From: pick("q1", "q2", "a1"), To: pick("q1", "a2"), Tier: pick("", "gold"),
				Reason: pick("", acd.ReasonCancelled, acd.ReasonClosed), Code: pick("", "sale"),
				State:  acd.State(pick("", "ready", "wrap_up", "logged_out", "not_ready", "unheard of")),
				Waited: time.Duration(random.IntN(100)-10) * time.Second, Talked: time.Duration(random.IntN(9)-2) * time.Second,
				Why: []*acd.Why{nil, {Overtaken: random.IntN(5) - 1, Reason: acd.ReasonSameAgent}}[random.IntN(2)],
			}
			if random.IntN(5) == 0 {
				e.NotBefore = now.Add(time.Minute)
			}
			r.Add(e)
		}
		result := r.Result(now.Add(time.Hour))
		if len(r.intervals) > 5 {
			t.Errorf("%d intervals", len(r.intervals))
		}
		for _, row := range slices.Concat(result.Centre, result.Queues) {
			f := &row.Figures
			sum := f.Answered + f.Abandoned + f.Cancelled + f.Blocked + f.Diverted + f.Deflected + f.Failed +
				f.Overflowed + f.Moved + f.Unknown + f.Waiting
			if f.Offered != sum || f.Wait.Count() != f.Answered {
				t.Errorf("%d offered, %d outcomes: %+v", f.Offered, sum, *f)
			}
		}
		if len(r.calls) > 4 {
			t.Errorf("%d calls are kept", len(r.calls))
		}
	})
}

func TestAGapBreaksTheReportOff(t *testing.T) {
	events := []acd.Event{
		at(0, acd.Event{Seq: 7, Type: acd.EventAgent, Agent: "aya", State: acd.StateReady}),
		at(0, acd.Event{Seq: 8, Type: acd.EventQueued, Call: "c1", Queue: "q"}),
		at(0, acd.Event{Seq: 9, Type: acd.EventOffered, Call: "c1", Agent: "aya", Why: &acd.Why{}}),
		at(1, acd.Event{Seq: 10, Type: acd.EventConnected, Call: "c1", Agent: "aya", Waited: time.Second}),
		at(2, acd.Event{Seq: 11, Type: acd.EventQueued, Call: "c2", Queue: "q"}),
		// 12 to 14 are missing.
		at(60, acd.Event{Seq: 15, Type: acd.EventEnded, Call: "c1", Agent: "aya", Talked: 59 * time.Second}),
		at(60, acd.Event{Seq: 16, Type: acd.EventAgent, Agent: "aya", State: acd.StateReady}),
		at(61, acd.Event{Seq: 17, Type: acd.EventRequeued, Call: "c2", Queue: "q"}),
		at(62, acd.Event{Seq: 18, Type: acd.EventAbandoned, Call: "c2", Queue: "q", Waited: 60 * time.Second}),
		at(63, acd.Event{Seq: 19, Type: acd.EventQueued, Call: "c3", Queue: "q"}),
	}
	r := counted(t, Options{}, events...)
	result := r.Result(nine.Add(70 * time.Second))
	if result.First != 7 || result.Last != 19 || r.Seq() != 19 || result.Missed != 3 || result.Unseen != 2 {
		t.Errorf("first %d, last %d, missed %d, unseen %d", result.First, result.Last, result.Missed, result.Unseen)
	}
	f := result.Centre[0].Figures
	conserved(t, &f)
	want := Figures{Offered: 3, Answered: 1, AnsweredWithin: 1, Unknown: 1, Waiting: 1, Wait: *waitsOf([]time.Duration{time.Second})}
	if diff := gocmp.Diff(want, f, same); diff != "" {
		t.Error(diff)
	}
	// Aya: offered 1 s, talking 1 s until the last event before the gap; then
	// nothing is known until 60 s.
	agent := AgentFigures{
		Offers: 1, Talks: 1, Handled: 1, HandleTime: 59 * time.Second,
		Ringing: time.Second, Talking: time.Second, Ready: 10 * time.Second,
	}
	if diff := gocmp.Diff(agent, result.Agents[0].AgentFigures); diff != "" {
		t.Error(diff)
	}
}

func TestOldIntervalsAreDropped(t *testing.T) {
	o := Options{Interval: time.Minute, Keep: 3}
	r := counted(t, o,
		at(0, acd.Event{Type: acd.EventAgent, Agent: "aya", State: acd.StateReady}),
		at(0, acd.Event{Type: acd.EventQueued, Call: "c1", Queue: "q"}),
		at(600, acd.Event{Type: acd.EventQueued, Call: "c2", Queue: "q"}),
		at(600, acd.Event{Type: acd.EventAbandoned, Call: "c1", Queue: "q", Waited: 600 * time.Second}),
	)
	result := r.Result(time.Time{})
	total := Group(result.Centre, 0)[0]
	if len(result.Centre) != 3 || result.Dropped != 8 || total.Offered != 1 || total.Waiting != 1 {
		t.Errorf("%d rows, %d dropped, %+v", len(result.Centre), result.Dropped, total.Figures)
	}
	// A sleep of a hundred years is not a hundred years of work.
	r.Add(acd.Event{Type: acd.EventQueued, At: nine.AddDate(100, 0, 0), Call: "c3", Queue: "q"})
	result = r.Result(time.Time{})
	if staffed := GroupAgents(result.Agents, 0)[0].Staffed(); staffed != 2*time.Minute {
		t.Errorf("staffed %v", staffed)
	}
	if got, want := result.Dropped, int(nine.AddDate(100, 0, 0).Sub(nine)/time.Minute)-2; got != want {
		t.Errorf("dropped %d, want %d", got, want)
	}
}

func TestNothingIsKeptOfCallsThatHaveTheirOutcome(t *testing.T) {
	r := counted(t, Options{})
	for seed := range uint64(20) {
		_, events, err := stream(rand.New(rand.NewPCG(seed, 1)).IntN, 200)
		if err != nil {
			t.Fatal(err)
		}
		for i := range events {
			events[i].Seq = 0
			r.Add(events[i])
		}
		live := make(map[string]bool)
		for _, e := range events {
			if e.Call != "" && e.Type != acd.EventDisposition {
				live[e.Call] = !terminal(e.Type)
			}
		}
		inLine := 0
		for _, line := range r.lines {
			inLine += line.Len()
		}
		for call := range live {
			if !live[call] && r.calls[call] != nil {
				t.Fatalf("call %s is kept", call)
			}
		}
		if inLine > len(r.calls) {
			t.Fatalf("%d in line, %d calls", inLine, len(r.calls))
		}
		r.breakOff() // the next stream is of another centre
	}
}

func TestUndefinedFiguresAreNeverZero(t *testing.T) {
	var f Figures
	for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded+1; d++ {
		if got := f.ServiceLevel(d); !math.IsNaN(got) {
			t.Errorf("%v: %v", d, got)
		}
	}
	for _, rate := range []float64{f.AbandonRate(), f.TransfersPerCall(), f.SameAgentRate(), new(AgentFigures).Occupancy()} {
		if !math.IsNaN(rate) {
			t.Error(rate)
		}
	}
	var text strings.Builder
	if err := WriteCSV(&text, []Row{{Start: nine, End: nine.Add(time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(Row{})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(out, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"asa", "wait_p90", "aht", "answered_of_offered", "same_agent_rate", "callback_asa"} {
		if value, ok := fields[name]; !ok || value != nil {
			t.Errorf("%s: %v in JSON", name, value)
		}
		if i := slices.Index(lines[0], name); i < 0 || lines[1][i] != "" {
			t.Errorf("%s is not empty in CSV", name)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	plan := acd.Plan{Queues: []acd.Queue{{Name: "q", ServiceLevel: &acd.ServiceLevel{Target: math.NaN()}}}}
	_, err := New(Options{Interval: 7 * time.Minute, Keep: -1, ServiceLevel: &acd.ServiceLevel{Within: -1}, Plan: &plan})
	for _, want := range []string{"Options.Interval", "Options.Keep", "within", `queue "q": target`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %s in %v", want, err)
		}
	}
	for _, interval := range []time.Duration{time.Second, 15 * time.Minute, time.Hour, 24 * time.Hour} {
		counted(t, Options{Interval: interval})
	}
}

func TestTextIsNoWiderThanAHundredColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, events, err := stream(drawing(t))
		if err != nil {
			t.Fatal(err)
		}
		for i := range events {
			if events[i].Agent == "a1" {
				events[i].Agent = "オペレーター・とても長い名前の人"
			}
			if events[i].Code != "" {
				events[i].Code = strings.Repeat("long ", i%25)
			}
		}
		r, _ := New(Options{Interval: 24 * time.Hour})
		r.Add(events...)
		var text strings.Builder
		if err := r.Result(time.Time{}).WriteText(&text); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text.String()) {
			if columns(strings.TrimSuffix(line, "\n")) > 100 {
				t.Errorf("%d columns: %s", columns(line), line)
			}
		}
	})
}

func TestFieldsAreThoseOfTheDocumentation(t *testing.T) {
	want := "offered answered abandoned cancelled blocked diverted deflected failed overflowed moved unknown waiting " +
		"overflowed_in transferred_in talking same_agent answered_within abandoned_within short_abandoned closed waiting_over left_later " +
		"answered_of_offered answered_of_answered short_abandons_met short_abandons_excluded abandon_rate " +
		"asa wait_p50 wait_p90 wait_p95 wait_p99 wait_longest abandon_wait " +
		"handled talk wrap_up aht transferred transfers_per_call same_agent_rate " +
		"callbacks_booked callbacks_reached callback_asa overtakings_given overtakings_suffered suggested announced overdue"
	var got []string
	for _, c := range callColumns {
		got = append(got, c.name)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("calls: %v", got)
	}
}

func TestCodesBeyondTheLimitAreOthers(t *testing.T) {
	r := counted(t, Options{},
		at(0, acd.Event{Type: acd.EventQueued, Call: "c1", Queue: "q"}),
		at(0, acd.Event{Type: acd.EventConnected, Call: "c1", Agent: "aya"}),
		at(9, acd.Event{Type: acd.EventEnded, Call: "c1", Agent: "aya"}),
	)
	for i := range 1003 {
		r.Add(at(9, acd.Event{Type: acd.EventDisposition, Call: "c1", Agent: "aya", Code: "code " + time.Duration(i).String()}))
	}
	codes := r.Result(time.Time{}).Queues[0].Dispositions
	if len(codes) != 1001 || codes[Other] != 3 {
		t.Errorf("%d codes, %d others", len(codes), codes[Other])
	}
}

func BenchmarkAdd(b *testing.B) {
	plan, events, err := stream(rand.New(rand.NewPCG(1, 1)).IntN, 20_000)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	r, err := New(Options{Plan: &plan})
	if err != nil {
		b.Fatal(err)
	}
	shift := events[len(events)-1].At.Sub(events[0].At)
	i, round := 0, time.Duration(0)
	for b.Loop() {
		e := events[i]
		e.Seq = 0
		e.At = e.At.Add(round)
		r.Add(e)
		if i++; i == len(events) {
			i, round = 0, round+shift
		}
	}
}
