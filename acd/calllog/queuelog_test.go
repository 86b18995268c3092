package calllog_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/calllog"
)

func ExampleReadQueueLog() {
	log, err := calllog.ReadQueueLog(strings.NewReader(`1767603590|NONE|support|SIP/201|ADDMEMBER|
1767603600|1767603599.1|support|NONE|ENTERQUEUE||0312345678|1
1767603612|1767603599.1|support|SIP/202|RINGNOANSWER|10000
1767603615|1767603599.1|support|SIP/201|CONNECT|15|1767603612.2|3
1767603700|1767603680.3|support|NONE|ENTERQUEUE||anonymous|1
1767603735|1767603680.3|support|NONE|ABANDON|1|1|35
1767603795|1767603599.1|support|SIP/201|COMPLETECALLER|15|180|1
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range log.Calls {
		fmt.Printf("%s from %q: %s after %v, by %q for %v\n", c.Arrival.Format(time.TimeOnly), c.Caller, c.Outcome, c.Wait, c.Agent, c.Talk)
	}
	for _, d := range log.Duty {
		fmt.Println(d.Agent, "on duty for", d.To.Sub(d.From))
	}
	// Output:
	// 09:00:00 from "0312345678": answered after 15s, by "201" for 3m0s
	// 09:01:40 from "": abandoned after 35s, by "" for 0s
	// 201 on duty for 3m25s
}

func readLog(t *testing.T, lines ...string) *calllog.Log {
	t.Helper()
	log, err := calllog.ReadQueueLog(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestEveryWayACallCanEnd in a queue_log, and what is known of it then.
func TestEveryWayACallCanEnd(t *testing.T) {
	enter := "1000000000|c|q|NONE|ENTERQUEUE||5551212|1"
	connect := "1000000010|c|q|SIP/7|CONNECT|10|x.1|4"
	talk := func(c *calllog.Call, length time.Duration) {
		c.Outcome, c.Wait, c.Agent, c.Talk, c.TalkKnown = calllog.Answered, 10*time.Second, "7", length, true
		c.Start = c.Arrival.Add(10 * time.Second)
	}
	for _, test := range []struct {
		name  string
		lines []string
		want  func(*calllog.Call)
		odd   []calllog.Oddity
	}{
		{"COMPLETEAGENT", []string{connect, "1000000070|c|q|SIP/7|COMPLETEAGENT|10|60|1"}, func(c *calllog.Call) { talk(c, time.Minute) }, nil},
		{"COMPLETECALLER", []string{connect, "1000000070|c|q|SIP/7|COMPLETECALLER|10|60|1"}, func(c *calllog.Call) { talk(c, time.Minute) }, nil},
		{"BLINDTRANSFER", []string{connect, "1000000070|c|q|SIP/7|BLINDTRANSFER|200|default|10|60|1"}, func(c *calllog.Call) { talk(c, time.Minute) }, nil},
		{"TRANSFER", []string{connect, "1000000070|c|q|SIP/7|TRANSFER|200|default|10|60"}, func(c *calllog.Call) { talk(c, time.Minute) }, nil},
		{"ATTENDEDTRANSFER", []string{connect, "1000000070|c|q|SIP/7|ATTENDEDTRANSFER|BRIDGE|b-1|10|60|1"}, func(c *calllog.Call) { talk(c, time.Minute) }, nil},
		{"no length of the talk", []string{connect, "1000000070|c|q|SIP/7|COMPLETEAGENT|10"}, func(c *calllog.Call) { talk(c, time.Minute) },
			[]calllog.Oddity{{Kind: calllog.MissingField, Count: 1, Line: 3}}},
		{"lengths that disagree", []string{"1000000010|c|q|SIP/7|CONNECT|44|x.1|4", "1000000070|c|q|SIP/7|COMPLETEAGENT|10|90|1"}, func(c *calllog.Call) { talk(c, 90*time.Second) },
			[]calllog.Oddity{{Kind: calllog.TalkOff, Count: 1, Line: 3}, {Kind: calllog.WaitOff, Count: 1, Line: 2}}},
		{"ABANDON", []string{"1000000033|c|q|NONE|ABANDON|1|1|33"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Abandoned, 33*time.Second }, nil},
		{"EXITWITHKEY", []string{"1000000033|c|q|NONE|EXITWITHKEY|9|1|1|33"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Left, 33*time.Second }, nil},
		{"EXITWITHTIMEOUT", []string{"1000000033|c|q|NONE|EXITWITHTIMEOUT|1|1|33"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Left, 33*time.Second }, nil},
		{"EXITEMPTY", []string{"1000000033|c|q|NONE|EXITEMPTY|1|1|33"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Left, 33*time.Second }, nil},
		{"AGENTDUMP and on", []string{"1000000005|c|q|SIP/8|AGENTDUMP", "1000000006|c|q|SIP/8|SYSCOMPAT", "1000000033|c|q|NONE|ABANDON|1|1|33"},
			func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Abandoned, 33*time.Second }, nil},
		{"ringall", []string{"1000000003|c|q|SIP/8|RINGNOANSWER|0", "1000000003|c|q|SIP/9|RINGNOANSWER|3000", "1000000004|c|q|SIP/9|RINGCANCELED|1000", "1000000033|c|q|NONE|ABANDON|1|1|33"},
			func(c *calllog.Call) { c.Outcome, c.Wait, c.Missed = calllog.Abandoned, 33*time.Second, 2 }, nil},
		{"the log's end", nil, func(*calllog.Call) {}, []calllog.Oddity{{Kind: calllog.NoEnd, Count: 1, Line: 1}}},
		{"the log's end in a talk", []string{connect}, func(c *calllog.Call) { talk(c, 0); c.TalkKnown = false }, []calllog.Oddity{{Kind: calllog.NoEnd, Count: 1, Line: 1}}},
		{"a restart", []string{"1000000009|NONE|NONE|NONE|QUEUESTART|"}, func(*calllog.Call) {}, []calllog.Oddity{{Kind: calllog.NoEnd, Count: 1, Line: 1}}},
		{"times that jump back", []string{"0999999990|c|q|NONE|ABANDON|1|1|33"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Abandoned, 33*time.Second },
			[]calllog.Oddity{{Kind: calllog.TimeBackwards, Count: 1, Line: 2}}},
		{"blanks and bars", []string{" 1000000033 | c | q | NONE | ABANDON | 1 | 1 | 33 ||| "}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Abandoned, 33*time.Second }, nil},
		{"an event of our own", []string{"1000000033|c|q|NONE|ABANDON|1|1|33", "1000000034|c|q|NONE|COFFEE|black"}, func(c *calllog.Call) { c.Outcome, c.Wait = calllog.Abandoned, 33*time.Second },
			[]calllog.Oddity{{Kind: calllog.UnknownEvent, Count: 1, Line: 3}}},
	} {
		log := readLog(t, append([]string{enter}, test.lines...)...)
		want := calllog.Call{ID: "c", Line: 1, Queue: "q", Caller: "5551212", Arrival: time.Unix(1000000000, 0).UTC(), Outcome: calllog.Open}
		test.want(&want)
		if len(log.Calls) != 1 || !reflect.DeepEqual(log.Calls[0], want) {
			t.Errorf("%s:\n%+v\nwant\n%+v", test.name, log.Calls, want)
		}
		if !reflect.DeepEqual(log.Odd, test.odd) || log.Dropped != nil {
			t.Errorf("%s: odd %v, dropped %v", test.name, log.Odd, log.Dropped)
		}
	}
}

// TestACallInTwoQueuesIsTwoCalls, one after the other, and in one queue twice.
func TestACallInTwoQueuesIsTwoCalls(t *testing.T) {
	log := readLog(t,
		"1000000000|c|first|NONE|ENTERQUEUE||5551212|1",
		"1000000030|c|first|NONE|EXITWITHTIMEOUT|1|1|30",
		"1000000030|c|second|NONE|ENTERQUEUE||5551212|1",
		"1000000040|c|second|SIP/1|CONNECT|10|x.1",
		"1000000050|c|second|NONE|ENTERQUEUE||5551212|1", // passed on without a word
		"1000000055|c|second|NONE|ABANDON|1|1|5",
		"1000000056|c|second|NONE|ABANDON|1|1|5")
	var told []string
	for _, c := range log.Calls {
		told = append(told, fmt.Sprint(c.Queue, " ", c.Outcome, " ", c.Wait))
	}
	if want := []string{"first left 30s", "second answered 10s", "second abandoned 5s"}; !reflect.DeepEqual(told, want) {
		t.Errorf("%v", told)
	}
	if want := []calllog.Oddity{{Kind: calllog.NoBeginning, Count: 1, Line: 7}}; !reflect.DeepEqual(log.Dropped, want) {
		t.Errorf("dropped %v", log.Dropped)
	}
}

func TestLinesOfAQueueLogThatCannotBeUsedAreNamed(t *testing.T) {
	log := readLog(t,
		"soon|c|q|NONE|ENTERQUEUE||1|1",
		"1000000000|c|q",
		"1000000000|c|\x01|NONE|ENTERQUEUE||1|1",
		"1000000000|d|q|NONE|ENTERQUEUE||1|1",
		"1000000001|d|q|SIP/1|COMPLETEAGENT|1|1|1",
		"1000000001|e|q|SIP/1|CONNECT|1|1|1",
		"1000000001|d|q|SIP/\xff|CONNECT|1|1|1",
		"1000000001|d|q|"+strings.Repeat("x", 1<<17)+"|CONNECT|1|1|1",
		"0|psy1-1000000002.87|q|NONE|ENTERQUEUE||1|1",
		"2026-01-05 09:00:00.25|f|q|NONE|ENTERQUEUE||1|1",
		"", "# a comment")
	want := []calllog.Oddity{
		{Kind: calllog.BadName, Count: 1, Line: 3}, {Kind: calllog.BadTime, Count: 1, Line: 1}, {Kind: calllog.FewFields, Count: 1, Line: 2},
		{Kind: calllog.BadText, Count: 1, Line: 7}, {Kind: calllog.LongLine, Count: 1, Line: 8}, {Kind: calllog.NoBeginning, Count: 1, Line: 6},
		{Kind: calllog.NotTalking, Count: 1, Line: 5},
	}
	if !reflect.DeepEqual(log.Dropped, want) {
		t.Errorf("dropped %v", log.Dropped)
	}
	if len(log.Calls) != 3 || log.Calls[1].Arrival.Unix() != 1000000002 || log.Calls[2].Arrival.Format("15:04:05.00") != "09:00:00.25" {
		t.Errorf("calls %+v", log.Calls)
	}
	if _, err := calllog.ReadQueueLog(iotest.ErrReader(errors.New("broken"))); err == nil || !strings.Contains(err.Error(), "line 1: broken") {
		t.Errorf("of a reader that fails: %v", err)
	}
}

// TestDutyIsFromComingToGoingLessPauses, whatever the member is called.
func TestDutyIsFromComingToGoingLessPauses(t *testing.T) {
	log := readLog(t,
		"1000000000|NONE|NONE|Agent/1|AGENTLOGIN|SIP/1",
		"1000000100|NONE|q|Agent/1|PAUSEALL|",
		"1000000150|NONE|q|Agent/1|UNPAUSEALL|",
		"1000000200|NONE|NONE|Agent/1|AGENTLOGOFF|SIP/1|200",
		"1000000200|NONE|q|Local/2@from-internal/n|ADDMEMBER|",
		"1000000210|NONE|r|PJSIP/2-0000001a|ADDMEMBER|",
		"1000000220|NONE|q|SIP/2|PAUSE|lunch", // still in r
		"1000000230|NONE|r|SIP/2|PAUSE|lunch",
		"1000000240|NONE|q|SIP/2|UNPAUSE|",
		"1000000250|NONE|q|SIP/2|REMOVEMEMBER|",
		"1000000260|NONE|r|SIP/2|UNPAUSE|",
		"1000000270|NONE|q|SIP/3|PAUSE|", // nobody saw 3 come
		"1000000280|NONE|q|SIP/3|UNPAUSE|",
		"1000000290|NONE|NONE|NONE|QUEUESTART|",
		"1000000300|NONE|q|NONE|CONFIGRELOAD|")
	var got []string
	for _, d := range log.Duty {
		got = append(got, fmt.Sprint(d.Agent, " ", d.From.Unix()-1000000000, " ", d.To.Unix()-1000000000))
	}
	if want := []string{"1 0 100", "1 150 200", "2 200 230", "2 240 250", "2 260 300"}; !reflect.DeepEqual(got, want) {
		t.Errorf("duty %v", got)
	}
	for member, want := range map[string]string{
		"SIP/201": "201", "PJSIP/201-0000001a": "201", "Local/201@from-internal/n": "201", "Local/201@x": "201", "Agent/201": "201",
		"201": "201", "NONE": "", "": "", "IAX2/desk-7": "desk-7", "SIP/": "SIP/", "DAHDI/g1/201": "g1/201", "aya": "aya", "Local/@x/n": "Local/@x/n",
	} {
		if got := calllog.AgentName(member); got != want {
			t.Errorf("%q is %q, want %q", member, got, want)
		}
	}
}

// TestTheSamplesAreRead: real lines of four systems.
func TestTheSamplesAreRead(t *testing.T) {
	file, err := os.Open("../../../shared/data/queue_log/samples.txt")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs ../shared/data/queue_log beside the project: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	log, err := calllog.ReadQueueLog(file)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, c := range log.Calls {
		told = append(told, fmt.Sprintf("%d %s %s %s %v %s %v", c.Line, c.Queue, c.Caller, c.Outcome, c.Wait, c.Agent, c.Talk))
	}
	want := []string{
		"22 9000 01632960123 open 0s  0s", // its time is 0: that of its id is earlier than all others
		"33 9000  open 0s  0s",            // anonymous
		"3 7100 4165551212 answered 2s 9990 51m13s",
		"11 7100 4165551212 answered 2s 9990 0s",
		"17 support 7000 abandoned 1m8s  0s",
		"19 sales 7000 open 0s  0s",
		"36 8000 7145 answered 6s 7140 25s",
	}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	wantOdd := []calllog.Oddity{{Kind: calllog.NoEnd, Count: 4, Line: 11}, {Kind: calllog.TimeBackwards, Count: 13, Line: 22}, {Kind: calllog.ZeroTime, Count: 1, Line: 22}}
	wantDropped := []calllog.Oddity{{Kind: calllog.NoBeginning, Count: 8, Line: 24}}
	if !reflect.DeepEqual(log.Odd, wantOdd) || !reflect.DeepEqual(log.Dropped, wantDropped) {
		t.Errorf("odd %v, dropped %v", log.Odd, log.Dropped)
	}
}

// TestEachEntryIsOneCall, whatever the lines and their order: and every line is a
// call's, or counted as dropped, or says nothing of calls.
func TestEachEntryIsOneCall(t *testing.T) {
	events := []string{
		"ENTERQUEUE||123|1", "ENTERQUEUE", "CONNECT|3|x.1|2", "CONNECT", "COMPLETEAGENT|3|60|1", "COMPLETECALLER|-1|x", "ABANDON|1|1|9", "ABANDON",
		"EXITWITHKEY|1|1|1|5", "EXITWITHTIMEOUT|1|1|5", "EXITEMPTY", "RINGNOANSWER|0", "BLINDTRANSFER|2|d|3|4|1", "ATTENDEDTRANSFER|BRIDGE|b|3|4|1",
		"QUEUESTART|", "ADDMEMBER|", "REMOVEMEMBER|", "PAUSE|", "UNPAUSEALL|", "AGENTLOGIN|x", "AGENTLOGOFF|x|3", "SYSCOMPAT", "WHATEVER",
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		at, entries := int64(1_000_000_000), 0
		for range rapid.IntRange(0, 40).Draw(t, "lines") {
			at += rapid.Int64Range(-3, 20).Draw(t, "later")
			event := rapid.SampledFrom(events).Draw(t, "event")
			if strings.HasPrefix(event, "ENTERQUEUE") {
				entries++
			}
			fmt.Fprintf(&b, "%d|%s|%s|%s|%s\n", at, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "call"),
				rapid.SampledFrom([]string{"p", "q"}).Draw(t, "queue"), rapid.SampledFrom([]string{"NONE", "SIP/1", "Local/2@x/n"}).Draw(t, "member"), event)
		}
		sound(t, b.String(), entries)
	})
}

// sound checks what holds of any text with so many entries into queues.
func sound(t interface{ Fatalf(string, ...any) }, text string, entries int) {
	log, err := calllog.ReadQueueLog(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v", err)
	}
	if len(log.Calls) != entries {
		t.Fatalf("%d calls of %d entries in\n%s", len(log.Calls), entries, text)
	}
	for i, c := range log.Calls {
		switch {
		case c.Wait < 0 || c.Talk < 0 || !calllog.Name(c.Queue) || !calllog.Name(c.ID) || c.Agent != "" && !calllog.Name(c.Agent):
			t.Fatalf("%+v", c)
		case i > 0 && c.Arrival.Before(log.Calls[i-1].Arrival):
			t.Fatalf("calls are not in order: %+v", log.Calls)
		case c.Outcome == calllog.Open && (c.Wait != 0 || c.Agent != ""), c.Outcome != calllog.Answered && (c.TalkKnown || !c.Start.IsZero()):
			t.Fatalf("%+v", c)
		}
	}
	for i, d := range log.Duty {
		if !d.From.Before(d.To) || i > 0 && d.Agent == log.Duty[i-1].Agent && d.From.Before(log.Duty[i-1].To) {
			t.Fatalf("duty %v", log.Duty)
		}
	}
}

func FuzzReadQueueLog(f *testing.F) {
	f.Add("1000000000|c|q|NONE|ENTERQUEUE||1|1\n1000000010|c|q|SIP/7|CONNECT|10|x.1|4\n1000000070|c|q|SIP/7|COMPLETEAGENT|10|60|1\n")
	f.Add("0|psy1-1000000002.87|q|NONE|ENTERQUEUE||1|1\n# x\n1 | 2 | 3\n")
	f.Fuzz(func(t *testing.T, text string) {
		log, err := calllog.ReadQueueLog(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		sound(t, text, len(log.Calls))
		dropped := 0
		for _, o := range log.Dropped {
			dropped += o.Count
		}
		if lines := strings.Count(text, "\n") + 1; len(log.Calls)+dropped > lines {
			t.Fatalf("%d calls and %d lines dropped of %d", len(log.Calls), dropped, lines)
		}
	})
}
