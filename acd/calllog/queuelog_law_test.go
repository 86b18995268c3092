package calllog_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// count is how many oddities of a kind there are.
func count(list []calllog.Oddity, kind string) int {
	for _, o := range list {
		if o.Kind == kind {
			return o.Count
		}
	}
	return 0
}

// keepsTheLaws checks what is true of the log of any text.
func keepsTheLaws(t interface{ Fatalf(string, ...any) }, text string) {
	log, err := calllog.ReadQueueLog(strings.NewReader(text))
	if err != nil {
		t.Fatalf("error %v", err)
	}
	again, err := calllog.ReadQueueLog(iotest.OneByteReader(strings.NewReader(text)))
	if err != nil || !reflect.DeepEqual(log, again) {
		t.Fatalf("read again: %v, error %v; first %v", again, err, log)
	}

	// Each line alone tells what it is: an ENTERQUEUE alone is a call that is open.
	lines, entered := 0, make(map[int]bool)
	for alone := range strings.Lines(text) {
		lines++
		if lines > 1 {
			alone = "#\n" + alone
		}
		one, err := calllog.ReadQueueLog(strings.NewReader(alone))
		if err != nil || len(one.Calls) > 1 {
			t.Fatalf("line %d alone: %v, error %v", lines, one, err)
		}
		if len(one.Calls) == 1 && one.Calls[0].Outcome == calllog.Open {
			entered[lines] = true
		}
	}
	inferred := 0
	for _, c := range log.Calls {
		if !entered[c.Line] {
			inferred++
		}
		delete(entered, c.Line)
	}
	if len(entered) > 0 || inferred != count(log.Odd, calllog.InferredCall) {
		t.Fatalf("no call of lines %v; %d calls of other lines; log %+v", entered, inferred, log)
	}
	dropped := 0
	for _, list := range [][]calllog.Oddity{log.Dropped, log.Odd} {
		for i, o := range list {
			if o.Kind == "" || o.Count < 1 || o.Line < 1 || o.Line > lines || i > 0 && o.Kind <= list[i-1].Kind {
				t.Fatalf("oddities %v of %d lines", list, lines)
			}
		}
	}
	for _, o := range log.Dropped {
		dropped += o.Count
	}
	if dropped+len(log.Calls) > lines {
		t.Fatalf("%d calls and %d lines dropped, of %d", len(log.Calls), dropped, lines)
	}

	if !slices.IsSortedFunc(log.Calls, func(a, b calllog.Call) int {
		return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.Line, b.Line))
	}) {
		t.Fatalf("calls out of order: %+v", log.Calls)
	}
	for _, c := range log.Calls {
		fault := ""
		answered := c.Outcome == calllog.Answered
		switch {
		case c.Wait < 0 || c.Talk < 0 || c.Missed < 0:
			fault = "is negative"
		case c.Outcome == calllog.Open && c.Wait != 0:
			fault = "is open and has a wait"
		case c.Talk > 0 && !c.TalkKnown || c.TalkKnown && !answered || c.Agent != "" && !answered:
			fault = "has what an unanswered call has not"
		case answered && !c.Start.Equal(c.Arrival.Add(c.Wait)) || !answered && !c.Start.IsZero():
			fault = "starts when its wait does not end"
		case !calllog.Name(c.ID) || !calllog.Name(c.Queue) || c.Agent != "" && !calllog.Name(c.Agent) || c.Caller != "" && !calllog.Name(c.Caller):
			fault = "has a name that is none"
		case c.Arrival.Year() < 1971 || c.Arrival.Year() > 2199:
			fault = "is of another age"
		}
		if fault != "" {
			t.Fatalf("a call %s: %+v", fault, c)
		}
	}
	for i, d := range log.Duty {
		if !d.From.Before(d.To) || !calllog.Name(d.Agent) {
			t.Fatalf("duty %+v", d)
		}
		if i > 0 && (d.Agent < log.Duty[i-1].Agent || d.Agent == log.Duty[i-1].Agent && !d.From.After(log.Duty[i-1].To)) {
			t.Fatalf("duties %+v and %+v", log.Duty[i-1], d)
		}
	}
}

func TestAnyLinesKeepTheLaws(t *testing.T) {
	events := []string{
		"ENTERQUEUE", "ENTERQUEUE", "CONNECT", "CONNECT", "ABANDON", "COMPLETEAGENT", "COMPLETECALLER", "TRANSFER", "BLINDTRANSFER",
		"ATTENDEDTRANSFER", "EXITEMPTY", "EXITWITHKEY", "EXITWITHTIMEOUT", "SYSCOMPAT", "RINGNOANSWER", "AGENTDUMP", "RINGCANCELED",
		"AGENTLOGIN", "AGENTCALLBACKLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF", "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "PAUSEALL",
		"UNPAUSE", "UNPAUSEALL", "QUEUESTART", "CONFIGRELOAD", "JOINEMPTY", "WHAT", "",
	}
	ids := []string{"1.1", "1.2", "1000000003.3", "psy1-1000000004.4", "NONE", ""}
	tell := rapid.SliceOfN(rapid.SampledFrom([]string{"", "0", "1", "2 ", "7", "30", "400000000", "-3", "x", "PAUSED"}), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
		for i := range rapid.IntRange(0, 40).Draw(t, "lines") {
			at := pick("time", "0", "", "now", "now", "now", "now", "now", "back", "never")
			switch at {
			case "now":
				at = fmt.Sprint(1_000_000_000 + i)
			case "back":
				at = fmt.Sprint(1_000_000_000 + i - rapid.IntRange(1, 50).Draw(t, "back"))
			}
			fields := []string{
				at, pick("id", ids...), pick("queue", "a", "b", "NONE"), pick("member", "SIP/7", "Local/7@x/n", "8", "NONE", "\a"), pick("event", events...),
			}
			b.WriteString(strings.Join(append(fields, tell.Draw(t, "tell")...), "|") + "\n")
		}
		keepsTheLaws(t, b.String())
	})
}

func FuzzReadQueueLog(f *testing.F) {
	f.Add("1000000000|1.1|q|NONE|ENTERQUEUE||7|1\n1000000005|1.1|q|SIP/7|CONNECT|5|1.2|0\n1000000009|1.1|q|SIP/7|COMPLETECALLER|5|4|1\n")
	f.Add("\ufeff0|psy1-1000000000.1|q|NONE|ENTERQUEUE||7\r\n1000000005|psy1-1000000000.1|q|NONE|ABANDON|1|1|3||\r\n# end")
	f.Add("1000000000|1.1|q|SIP/7|CONNECT|5\n1000000000|1.2|q|7|COMPLETEAGENT|5|9\n0|1.1|q|7|ATTENDEDTRANSFER|BRIDGE|x|5|9|1|\n")
	f.Add("1000000000|NONE|q|7|REMOVEMEMBER\n1000000001|NONE|q|7|ADDMEMBER|PAUSED\n1000000000|NONE|NONE|7|UNPAUSEALL\n1000000010|NONE|NONE|NONE|QUEUESTART")
	f.Add("1000000000|1|NONE|Agent/7|AGENTLOGIN\n1000000005|1|NONE|Agent/7|PAUSEALL\n1000000007|1|q|Agent/7|UNPAUSE\n1000000010|NONE|NONE|NONE|QUEUESTART")
	f.Add("2012-07-03 15:27:23.896208 | 1.1 | q | NONE | ENTERQUEUE | |\x00\n1000000000.5|1.1|q\xff|RINGNOANSWER\n\x00\x00|")
	f.Fuzz(func(t *testing.T, text string) { keepsTheLaws(t, text) })
}

// TestVeryLongLinesAreDroppedAlone and the lines around them read.
func TestVeryLongLinesAreDroppedAlone(t *testing.T) {
	enter := func(id int, caller string) string {
		return fmt.Sprintf("1000000000|1.%d|q|NONE|ENTERQUEUE||%s", id, caller)
	}
	fill := func(text string, length int) string { return text + strings.Repeat("9", length-len(text)) }
	const longest = 64 << 10
	text := strings.Join([]string{
		enter(1, "7"), fill(enter(2, ""), longest-1), fill(enter(3, ""), longest), enter(4, "8"), fill(enter(5, ""), 5*longest), enter(6, "9"), fill("", 2*longest),
	}, "\n")
	keepsTheLaws(t, text)
	log, err := calllog.ReadQueueLog(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, c := range log.Calls {
		lines = append(lines, c.Line)
	}
	if want := []int{1, 2, 4, 6}; !slices.Equal(lines, want) {
		t.Errorf("calls of lines %v, want %v", lines, want)
	}
	if diff := gocmp.Diff([]calllog.Oddity{{Kind: calllog.LongLine, Count: 3, Line: 3}}, log.Dropped); diff != "" {
		t.Error(diff)
	}
}

// TestCallsThatAreWrittenAreRead whatever lines there are between those of the
// calls, and each line that cannot be used is counted.
func TestCallsThatAreWrittenAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type row struct {
			at   int
			text string
		}
		var rows []row
		write := func(at int, text string, about ...any) { rows = append(rows, row{at, fmt.Sprintf(text, about...)}) }
		second := func(label string) int { return rapid.IntRange(0, 100).Draw(t, label) }
		var want []calllog.Call
		for i := range rapid.IntRange(0, 8).Draw(t, "calls") {
			came := second("came")
			c := calllog.Call{
				ID: fmt.Sprintf("pbx-1000000000.%d", i), Caller: fmt.Sprint("+44", i), Queue: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "queue"),
				Arrival: base.Add(time.Duration(came) * time.Second).UTC(), Missed: rapid.IntRange(0, 3).Draw(t, "missed"),
				Outcome: rapid.SampledFrom([]calllog.Outcome{calllog.Answered, calllog.Abandoned, calllog.Left, calllog.Open}).Draw(t, "outcome"),
			}
			write(came, "%s|%s|NONE|ENTERQUEUE||%s|1", c.ID, c.Queue, c.Caller)
			for range c.Missed {
				write(came, "%s|%s|SIP/9|RINGNOANSWER|0", c.ID, c.Queue)
			}
			wait := second("wait")
			if c.Outcome != calllog.Open {
				c.Wait = time.Duration(wait) * time.Second
			}
			switch c.Outcome {
			case calllog.Abandoned:
				write(came+wait, "%s|%s|NONE|ABANDON|1|1|%d", c.ID, c.Queue, wait)
			case calllog.Left:
				write(came+wait, "%s|%s|NONE|EXITWITHTIMEOUT|1|1|%d", c.ID, c.Queue, wait)
			case calllog.Answered:
				c.Agent = rapid.SampledFrom([]string{"7", "8"}).Draw(t, "agent")
				c.Start = c.Arrival.Add(c.Wait)
				talk := second("talk")
				write(came+wait, "%s|%s|SIP/%s|CONNECT|%d|x|1", c.ID, c.Queue, c.Agent, wait)
				if rapid.Bool().Draw(t, "ended") {
					c.Talk, c.TalkKnown = time.Duration(talk)*time.Second, true
					write(came+wait+talk, "%s|%s|SIP/%s|COMPLETEAGENT|%d|%d|1", c.ID, c.Queue, c.Agent, wait, talk)
				}
			}
			want = append(want, c)
		}
		broken := rapid.IntRange(0, 5).Draw(t, "broken")
		for range broken {
			write(second("noise"), "%s", rapid.SampledFrom([]string{"other|a|NONE|ABANDON|1|1", "other|a", "x|NONE|NONE|ENTERQUEUE", "y|a|NONE|PAUSE|"}).Draw(t, "text"))
		}
		for range rapid.IntRange(0, 5).Draw(t, "harmless") {
			write(second("noise"), "%s", rapid.SampledFrom([]string{"other|a|7|RINGNOANSWER|0", "z|a|NONE|NEWS|1", "NONE|NONE|NONE|CONFIGRELOAD|"}).Draw(t, "text"))
		}
		slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.at, b.at) })
		var b strings.Builder
		for _, r := range rows {
			fmt.Fprintf(&b, "%d|%s\n", base.Unix()+int64(r.at), r.text)
		}
		log, err := calllog.ReadQueueLog(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		line := make(map[string]int)
		number := 0
		for text := range strings.Lines(b.String()) {
			number++
			if fields := strings.Split(text, "|"); len(fields) > 4 && fields[4] == "ENTERQUEUE" {
				line[fields[1]] = number
			}
		}
		for i := range want {
			want[i].Line = line[want[i].ID]
		}
		slices.SortFunc(want, func(a, b calllog.Call) int {
			return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.Line, b.Line))
		})
		if diff := gocmp.Diff(want, log.Calls); diff != "" && len(want)+len(log.Calls) > 0 {
			t.Fatalf("%s\n%s", diff, b.String())
		}
		dropped := 0
		for _, o := range log.Dropped {
			dropped += o.Count
		}
		if dropped != broken {
			t.Fatalf("%d lines dropped, want %d: %v\n%s", dropped, broken, log.Dropped, b.String())
		}
		keepsTheLaws(t, b.String())
	})
}
