package calllog_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd/calllog"
)

func ExampleReadQueueLog() {
	log, err := calllog.ReadQueueLog(strings.NewReader(`1767603600|MANAGER|sales|SIP/2004|ADDMEMBER|
1767603605|1767603601.7|sales|NONE|ENTERQUEUE||4165551212|1
1767603606|1767603606.8|sales|NONE|ENTERQUEUE||anonymous|2
1767603615|1767603601.7|sales|SIP/2001|RINGNOANSWER|10000
1767603620|1767603601.7|sales|SIP/2004|CONNECT|15|1767603616.9|4
1767603650|1767603606.8|sales|NONE|ABANDON|1|2|44
1767603680|1767603601.7|sales|SIP/2004|COMPLETECALLER|15|60|1
1767603700|MANAGER|sales|SIP/2004|REMOVEMEMBER|
1767603701|1767603555.1|sales|SIP/2004|COMPLETEAGENT
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range log.Calls {
		fmt.Printf("%s %q %s after %v by %q, %d missed, talk %v\n",
			c.Arrival.Format("15:04:05"), c.Caller, c.Outcome, c.Wait, c.Agent, c.Missed, c.Talk)
	}
	for _, d := range log.Duty {
		fmt.Printf("%s from %s to %s\n", d.Agent, d.From.Format("15:04:05"), d.To.Format("15:04:05"))
	}
	for _, o := range log.Dropped {
		fmt.Printf("%d dropped: %s, first in line %d\n", o.Count, o.Kind, o.Line)
	}
	// Output:
	// 09:00:05 "4165551212" answered after 15s by "2004", 1 missed, talk 1m0s
	// 09:00:06 "" abandoned after 44s by "", 0 missed, talk 0s
	// 2004 from 09:00:00 to 09:01:40
	// 1 dropped: no_beginning, first in line 9
}

// told is a log in short, a line for each thing in it. Times are UNIX seconds.
func told(t *testing.T, text string) string {
	t.Helper()
	log, err := calllog.ReadQueueLog(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	unix := func(at time.Time) string {
		return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(at.UnixMilli())/1000), ".0")
	}
	for _, c := range log.Calls {
		fmt.Fprintf(&b, "%d: %s %s %s at %s, %v", c.Line, c.ID, c.Queue, c.Outcome, unix(c.Arrival), c.Wait)
		if c.Caller != "" {
			fmt.Fprintf(&b, ", of %s", c.Caller)
		}
		if c.Missed > 0 {
			fmt.Fprintf(&b, ", missed %d", c.Missed)
		}
		if c.Outcome == calllog.Answered {
			fmt.Fprintf(&b, ", by %q at %s", c.Agent, unix(c.Start))
		}
		if c.TalkKnown {
			fmt.Fprintf(&b, ", %v", c.Talk)
		}
		b.WriteString("\n")
	}
	for _, d := range log.Duty {
		fmt.Fprintf(&b, "duty %s %s to %s\n", d.Agent, unix(d.From), unix(d.To))
	}
	for _, o := range log.Odd {
		fmt.Fprintf(&b, "odd %s %d, line %d\n", o.Kind, o.Count, o.Line)
	}
	for _, o := range log.Dropped {
		fmt.Fprintf(&b, "dropped %s %d, line %d\n", o.Kind, o.Count, o.Line)
	}
	return b.String()
}

// samples are real lines of four centres, one after the other.
func samples(t testing.TB) []byte {
	text, err := os.ReadFile("../../../shared/data/queue_log/samples.txt")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared/data/queue_log/samples.txt is missing: real lines of queue logs")
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestRealLines were read by hand. The member who was added in 2020 stays until
// the last line of the next centre, in 2023.
func TestRealLines(t *testing.T) {
	want := `22: 1266833905.2 9000 open at 1266833905, 0s, of 01632960123, missed 1
26: 1266833925.10 9000 answered at 1266833931, 2s, missed 2, by "2004" at 1266833933, 4s
29: 1266833996.30 9000 answered at 1266834002, 36s, by "2004" at 1266834038, 8s
33: 1266834354.91 9000 open at 1266834360, 0s
3: psy1-1292281041.87 7100 answered at 1292281046, 2s, of 4165551212, missed 1, by "9990" at 1292281048, 51m13s
11: psy1-1292284515.93 7100 answered at 1292284519, 2s, of 4165551212, missed 1, by "9990" at 1292284521
17: 1596512941.163 support abandoned at 1596512941, 1m8s, of 7000
19: 1596513054.164 sales open at 1596513054, 0s, of 7000
36: 1699286234.123 8000 answered at 1699286234, 6s, of 7145, by "7140" at 1699286240, 25s
duty 0004f2040001 1596510480 to 1699286265
duty 9990 1292281046 to 1292284222
duty 9990 1292284491 to 1699286265
odd clock_back 3, line 23
odd inferred_call 2, line 26
odd no_end 3, line 19
odd ring_without_call 3, line 24
odd talk_without_end 1, line 11
odd zero_time 1, line 22
dropped out_of_place 1, line 34
`
	if diff := cmp.Diff(want, told(t, string(samples(t)))); diff != "" {
		t.Error(diff)
	}
}

// TestStories tells what becomes of one oddity after another.
func TestStories(t *testing.T) {
	for name, story := range map[string]struct{ log, want string }{
		"a restart ends calls": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000001|1.2|q|NONE|ENTERQUEUE||2|2
1000000002|1.1|q|SIP/7|CONNECT|2
1000000003|NONE|NONE|NONE|QUEUESTART|
1000000004|1.1|q|SIP/7|COMPLETEAGENT|2|2|1
1000000005|1.2|q|NONE|ABANDON|1|2|4
1000000006|1.2|q|SIP/7|RINGNOANSWER|0
`,
			`1: 1.1 q answered at 1000000000, 2s, of 1, by "7" at 1000000002
2: 1.2 q open at 1000000001, 0s, of 2
odd no_end 1, line 2
odd talk_without_end 1, line 1
dropped out_of_place 3, line 5
`,
		},
		"one call in two queues and again in one": {
			`1000000000|1.1|a|NONE|ENTERQUEUE||1|1
1000000005|1.1|a|NONE|EXITWITHTIMEOUT|1|1|5
1000000006|1.1|b|NONE|ENTERQUEUE||1|1
1000000009|1.1|b|NONE|EXITWITHKEY|5|7|7|3
1000000010|1.1|a|NONE|ENTERQUEUE||1|1
1000000020|1.1|a|NONE|ENTERQUEUE||1|1
1000000030|1.1|a|NONE|EXITEMPTY|1|1|10
`,
			`1: 1.1 a left at 1000000000, 5s, of 1
3: 1.1 b left at 1000000006, 3s, of 1
5: 1.1 a open at 1000000010, 0s, of 1
6: 1.1 a left at 1000000020, 10s, of 1
odd entered_again 1, line 6
odd no_end 1, line 5
`,
		},
		"transfers tell the talk in different places": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000000|1.2|q|NONE|ENTERQUEUE||1|1
1000000000|1.3|q|NONE|ENTERQUEUE||1|1
1000000000|1.4|q|NONE|ENTERQUEUE||1|1
1000000000|1.5|q|NONE|ENTERQUEUE||1|1
1000000000|1.6|q|NONE|ENTERQUEUE||1|1
1000000000|1.7|q|NONE|ENTERQUEUE||1|1
1000000004|1.7|q|7|CONNECT|4|x|1
1000000004|1.1|q|7|CONNECT|4|x|1
1000000004|1.2|q|7|CONNECT|4|x|1
1000000004|1.3|q|7|CONNECT|4|x|1
1000000004|1.4|q|7|CONNECT|4|x|1
1000000004|1.5|q|7|CONNECT|4|x|1
1000000004|1.6|q|7|CONNECT|4|x|1
1000000014|1.1|q|7|TRANSFER|100|default|4|10
1000000014|1.2|q|7|BLINDTRANSFER|100|default|4|11|1
1000000014|1.3|q|7|ATTENDEDTRANSFER|BRIDGE|6f2e|4|12|1|||
1000000014|1.4|q|7|ATTENDEDTRANSFER|LINK|SIP/1-00000001|SIP/2-00000002|4|9|1
1000000014|1.5|q|7|ATTENDEDTRANSFER|APP|VoiceMail
1000000014|1.6|q|7|ATTENDEDTRANSFER|APP|VoiceMail|4|8
1000000014|1.7|q|7|ATTENDEDTRANSFER|APP|100|4|9|1
`,
			`1: 1.1 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 10s
2: 1.2 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 11s
3: 1.3 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 12s
4: 1.4 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 9s
5: 1.5 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 10s
6: 1.6 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 8s
7: 1.7 q answered at 1000000000, 4s, of 1, by "7" at 1000000004, 9s
odd missing_parameter 2, line 19
`,
		},
		"an end without a beginning": {
			`1000000000|1.1|q|NONE|ABANDON|1|1|30
1000000000|1.2|q|7|COMPLETECALLER|5|60|1
1000000000|1.3|q|7|CONNECT|8
1000000000|1.4|q|NONE|ABANDON|1|1
1000000000|1.5|q|7|COMPLETECALLER||60
1000000000|1.6|q|7|CONNECT
0|1.7|q|7|CONNECT|8
40000000|1.8|q|7|CONNECT|31622400
1000000000|1.9|q|7|CONNECT|two
`,
			`2: 1.2 q answered at 999999935, 5s, by "7" at 999999940, 1m0s
1: 1.1 q abandoned at 999999970, 30s
3: 1.3 q answered at 999999992, 8s, by "7" at 1000000000
odd bad_number 1, line 9
odd clock_back 1, line 8
odd inferred_call 3, line 1
odd missing_parameter 3, line 4
odd talk_without_end 1, line 3
odd zero_time 1, line 7
dropped no_beginning 6, line 4
`,
		},
		"an end without an answer": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000000|1.2|q|NONE|ENTERQUEUE||1|1
1000000000|1.3|q|NONE|ENTERQUEUE||1|1
1000000000|1.4|q|NONE|ENTERQUEUE||1|1
1000000030|1.1|q|7|COMPLETEAGENT|10|20|1
1000000030|1.2|q|7|COMPLETEAGENT||20
1000000030|1.3|q|7|COMPLETEAGENT|12
1000000030|1.4|q|7|COMPLETEAGENT
`,
			`1: 1.1 q answered at 1000000000, 10s, of 1, by "7" at 1000000010, 20s
2: 1.2 q answered at 1000000000, 10s, of 1, by "7" at 1000000010, 20s
3: 1.3 q answered at 1000000000, 12s, of 1, by "7" at 1000000012, 18s
4: 1.4 q open at 1000000000, 0s, of 1
odd answer_missing 3, line 5
odd missing_parameter 4, line 6
odd no_end 1, line 4
dropped answer_missing 1, line 8
`,
		},
		"times that are zero, or missing": {
			`0|psy1-1000000000.5|q|NONE|ENTERQUEUE||1|1
0|1000000000.6|q|NONE|ENTERQUEUE||1|1
|1000000000.7|q|NONE|ENTERQUEUE||1|1
0.000|nothing|q|NONE|ENTERQUEUE||1|1
0|SIP/7|q|SIP/7|ADDMEMBER
1000000010|psy1-1000000000.5|q|7|CONNECT|3
1000000010|1000000000.6|q|NONE|ABANDON|1|1
0|1000000000.7|q|NONE|ABANDON|1|1|4
0|psy1-1000000000.5|q|7|COMPLETEAGENT|3
1000000011|1000000000.8|q|NONE|ENTERQUEUE||1|1
1000000015|1000000000.9|q|NONE|ENTERQUEUE||1|1
0|1000000000.8|q|NONE|EXITEMPTY|1
0|1000000000.9|q|NONE|EXITEMPTY|1
`,
			`2: 1000000000.6 q abandoned at 1000000000, 10s, of 1
3: 1000000000.7 q abandoned at 1000000000, 4s, of 1
1: psy1-1000000000.5 q answered at 1000000007, 3s, of 1, by "7" at 1000000010
10: 1000000000.8 q left at 1000000011, 4s, of 1
11: 1000000000.9 q left at 1000000015, 0s, of 1
odd missing_parameter 4, line 7
odd talk_without_end 1, line 9
odd wait_guessed 2, line 12
odd zero_time 9, line 1
dropped bad_time 2, line 4
`,
		},
		"a clock that is put back": {
			`1000003600|1.1|q|NONE|ENTERQUEUE||1|1
1000003600|1.2|q|NONE|ENTERQUEUE||1|1
1000003600|1.3|q|NONE|ENTERQUEUE||1|1
1000000010|1.1|q|7|CONNECT|10
1000000011|1.2|q|NONE|ABANDON|1|1
1000003605|1.3|q|7|CONNECT|5
1000000100|1.3|q|7|COMPLETEAGENT|5|99|1
1000000101|1.1|q|7|COMPLETEAGENT
`,
			`1: 1.1 q answered at 1000003600, 10s, of 1, by "7" at 1000003610
2: 1.2 q abandoned at 1000003600, 0s, of 1
3: 1.3 q answered at 1000003600, 5s, of 1, by "7" at 1000003605, 1m39s
odd clock_back 2, line 4
odd missing_parameter 3, line 5
odd talk_without_end 1, line 8
odd wait_guessed 1, line 5
`,
		},
		"what the event tells differs from the times": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000010|1.1|q|7|CONNECT|7
1000000030|1.1|q|7|COMPLETEAGENT|7|23|1
1000000040|1.2|q|NONE|ENTERQUEUE||1|1
1000000050|1.2|q|7|CONNECT|8
1000000070|1.2|q|7|COMPLETEAGENT|8|22|1
`,
			`1: 1.1 q answered at 1000000000, 10s, of 1, by "7" at 1000000010, 23s
4: 1.2 q answered at 1000000040, 10s, of 1, by "7" at 1000000050, 22s
odd talk_differs 1, line 3
odd wait_differs 1, line 2
`,
		},
		"lines that contradict those before": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000010|1.1|q|7|CONNECT|10
1000000011|1.1|q|8|CONNECT|11
1000000012|1.1|q|NONE|ABANDON|1|1|12
1000000012|1.1|q|7|AGENTDUMP
1000000030|1.1|q|7|COMPLETEAGENT|10|20|1
1000000031|1.1|q|7|COMPLETEAGENT|10|21|1
1000000032|1.1|q|9|CONNECT|32
1000000033|1.1|q|9|RINGNOANSWER|0
`,
			`1: 1.1 q answered at 1000000000, 10s, of 1, by "7" at 1000000010, 20s
dropped out_of_place 6, line 3
`,
		},
		"phones that ring in vain": {
			`1000000000|1.1|q|NONE|ENTERQUEUE||1|1
1000000001|1.1|q|SIP/1|RINGNOANSWER|0
1000000001|1.1|q|SIP/2|RINGNOANSWER|0
1000000009|1.1|q|SIP/3|RINGNOANSWER|8000
1000000009|1.1|q|NONE|RINGNOANSWER
1000000010|1.1|q|SIP/3|AGENTDUMP|
1000000012|1.1|q|SIP/3|RINGCANCELED|2000
1000000012|1.1|q|NONE|ABANDON|1|1|12
1000000020|1.2|q|NONE|ENTERQUEUE||1|1
1000000025|1.2|q|SIP/3|SYSCOMPAT|
1000000025|1.2|q|NONE|ABANDON|1|1|5
`,
			`1: 1.1 q abandoned at 1000000000, 12s, of 1, missed 5
9: 1.2 q left at 1000000020, 5s, of 1
dropped out_of_place 1, line 11
`,
		},
		"callers without a number, and unprintable ones": {
			"1000000000|1.1|q|NONE|ENTERQUEUE||anonymous\n" +
				"1000000001|1.2|q|NONE|ENTERQUEUE||<unknown>\n" +
				"1000000002|1.3|q|NONE|ENTERQUEUE||Withheld|1\n" +
				"1000000003|1.4|q|NONE|ENTERQUEUE\n" +
				"1000000004|1.5|q|NONE|ENTERQUEUE||+44 1632 960123\n" +
				"1000000005|1.6|q|NONE|ENTERQUEUE||J\xfcrgen|1\n" +
				"1000000006|1.7|q|NONE|ENTERQUEUE||12\x003|1\n" +
				"1000000007|1.8|q|NONE|ENTERQUEUE|||1\n",
			`1: 1.1 q open at 1000000000, 0s
2: 1.2 q open at 1000000001, 0s
3: 1.3 q open at 1000000002, 0s
4: 1.4 q open at 1000000003, 0s
5: 1.5 q open at 1000000004, 0s, of +44 1632 960123
6: 1.6 q open at 1000000005, 0s
7: 1.7 q open at 1000000006, 0s
8: 1.8 q open at 1000000007, 0s
odd bad_optional 2, line 6
odd no_end 8, line 1
`,
		},
		"lines that are broken": {
			"\ufeff# a comment\r\n" +
				"\r\n" +
				"   \r\n" +
				"\x00\x00\x001000000000|1.1|q|NONE|ENTERQUEUE||7|1\r\n" +
				"\x00\x00\n" +
				"1000000001|1.2|q|NONE\n" +
				"1000000001|1.2|q|NONE||\n" +
				"hello\n" +
				"soon|1.2|q|NONE|ENTERQUEUE\n" +
				"-5|1.2|q|NONE|ENTERQUEUE\n" +
				"9999999999999|1.2|q|NONE|ENTERQUEUE\n" +
				"1000000001.5x|1.2|q|NONE|ENTERQUEUE\n" +
				"5|1.2|q|NONE|ENTERQUEUE\n" +
				"1000000001|NONE|q|NONE|ENTERQUEUE\n" +
				"1000000001|1.2||NONE|ENTERQUEUE\n" +
				"1000000001|1\x002|q|NONE|ENTERQUEUE\n" +
				"1000000001|1.2|q\xff|7|CONNECT|3\n" +
				"1000000001|\u200b|q|NONE|ABANDON|1|1|3\n" +
				"1000000001||q|7|RINGNOANSWER\n" +
				"1000000002|1.1|q|a\x07b|CONNECT|2\n" +
				"1000000002|1.1|q|a\x07b|PAUSE\n" +
				"1000000003|1.1|q|NONE|COMPLETECALLER",
			`4: 1.1 q answered at 1000000000, 2s, of 7, by "" at 1000000002, 1s
odd answered_by_nobody 1, line 4
odd bad_member 1, line 20
odd missing_parameter 2, line 22
odd nul_bytes 1, line 4
dropped bad_name 7, line 14
dropped bad_time 5, line 9
dropped few_fields 4, line 5
`,
		},
		"times as text and with a fraction": {
			`2012-07-03 15:27:23.896208 | 1341343640.4 | q | NONE | ENTERQUEUE | | 7 | 1 | |
1341329245.5|1341343640.4|q|Agent/3001|CONNECT|1|1341343640.5|1
2012-07-03T15:27:30|1341343640.4|q|Agent/3001|COMPLETEAGENT|1|4|1
`,
			`1: 1341343640.4 q answered at 1341329243.9, 1.603792s, of 7, by "3001" at 1341329245.5, 4s
`,
		},
		"events that tell nothing of calls": {
			`1000000000|1.1|q|NONE|DID|5551234
1000000000|1.1|q|7|INFO|x
1000000000|NONE|q|7|PENALTY|3
1000000000|NONE|NONE|NONE|CONFIGRELOAD|
1000000000|NONE|q|7|PAUSEREASON|lunch
1000000000|NONE|q|7|RINGINUSE|1
1000000000|1.1|q|NONE|JOINEMPTY||
1000000000|1.2|q|NONE|FULL||
1000000000|1.3|q|NONE|DIVERT_CA_RATIO||
1000000000|1.4|q|NONE|DIVERT_HOLDTIME||
1000000000|1.5|q|NONE|CLOSED||
1000000000|1.1|q|NONE|FROBNICATE||
1000000000|1.1|q|NONE|enterqueue||7
`,
			`13: 1.1 q open at 1000000000, 0s, of 7
odd no_end 1, line 13
odd not_let_in 5, line 7
odd unknown_event 1, line 12
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(story.want, told(t, story.log)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReaderErrorsAreReturnedWithTheLine in which they happen.
func TestReaderErrorsAreReturnedWithTheLine(t *testing.T) {
	broken := errors.New("the disk is broken")
	text := "1700000000|1.1|q|NONE|ENTERQUEUE\n1700000001|1.1|q|NO"
	log, err := calllog.ReadQueueLog(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)))
	if log != nil || !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("log %v, error %v", log, err)
	}
}
