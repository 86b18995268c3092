package calllog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/calllog"
)

func ExampleAgentName() {
	for _, member := range []string{"Local/2004@from-internal/n", "PJSIP/2004-00000012", "2004", "Agent/2004", "Aya Sato"} {
		fmt.Println(calllog.AgentName(member))
	}
	// Output:
	// 2004
	// 2004
	// 2004
	// 2004
	// Aya Sato
}

func TestAgentNameIsWhatThePhoneLeaves(t *testing.T) {
	for member, want := range map[string]string{
		"":                       "",
		"NONE":                   "",
		" NONE ":                 "",
		"Agent/NONE":             "",
		"SIP/2004":               "2004",
		"sip/2004":               "2004",
		"SIP/2004-b7f0a3c8":      "2004",
		"PJSIP/2004-0000001A":    "2004",
		"PJSIP/2004@provider":    "2004",
		"IAX2/2004":              "2004",
		"DAHDI/1":                "1",
		"DAHDI/g1/5551234":       "g1/5551234",
		"Zap/7":                  "7",
		"Local/2004@from-queue":  "2004",
		"Local/2004@ctx-0000;1":  "2004",
		"Local/2004/n":           "2004",
		"Local/id-5@callback":    "id-5",
		"Agent/3001":             "3001",
		"SIP/anna-b7f0a3c":       "anna-b7f0a3c",  // 7 digits
		"SIP/anna-b7f0a3cg":      "anna-b7f0a3cg", // a letter too far
		"SIP/anna.b7f0a3c8":      "anna.b7f0a3c8",
		"SIP/-b7f0a3c8":          "-b7f0a3c8",
		"2004-00000012":          "2004-00000012", // no channel
		"anna@example.org":       "anna@example.org",
		"Sales/Anna":             "Sales/Anna",
		"Local/@from-internal/n": "Local/@from-internal/n",
		"SIP/":                   "SIP/",
		"none":                   "none",
	} {
		if got := calllog.AgentName(member); got != want {
			t.Errorf("%q is %q, want %q", member, got, want)
		}
	}
}

func TestDutyStories(t *testing.T) {
	for name, story := range map[string]struct{ log, want string }{
		"a member of two queues is there until the last is left": {
			`10|NONE|NONE|NONE|CONFIGRELOAD|
11|CLI|a|SIP/7|ADDMEMBER|
12|CLI|b|Local/7@x/n|ADDMEMBER|
20|CLI|a|SIP/7|REMOVEMEMBER|
30|CLI|b|SIP/7|REMOVEMEMBER|
40|CLI|a|SIP/7|ADDMEMBER|
50|NONE|NONE|NONE|CONFIGRELOAD|`,
			"7 11-30 40-50",
		},
		"a pause in one of two queues is none": {
			`10|CLI|a|7|ADDMEMBER|
10|CLI|b|7|ADDMEMBER|
20|NONE|a|7|PAUSE|lunch
30|NONE|b|7|PAUSE|lunch
40|NONE|a|7|UNPAUSE|
50|NONE|NONE|7|PAUSEALL|
60|NONE|b|7|UNPAUSE|
70|NONE|NONE|7|UNPAUSEALL|
80|NONE|c|7|PAUSE|
90|CLI|a|7|REMOVEMEMBER|
95|CLI|b|7|REMOVEMEMBER|`,
			"7 10-30 40-50 60-95",
		},
		"a pause of no length is none": {
			`10|CLI|a|7|ADDMEMBER|
20|NONE|a|7|PAUSE|
20|NONE|a|7|UNPAUSE|
30|CLI|a|7|REMOVEMEMBER|
30|CLI|a|7|ADDMEMBER|
40|CLI|a|7|REMOVEMEMBER|`,
			"7 10-40",
		},
		"a member may come with a pause": {
			`10|CLI|a|7|ADDMEMBER|PAUSED
20|NONE|a|7|UNPAUSE|
30|CLI|a|7|REMOVEMEMBER|`,
			"7 20-30",
		},
		"agents log in": {
			`10|1.1|NONE|Agent/7|AGENTLOGIN|SIP/7-00000001
20|NONE|NONE|Agent/7|PAUSEALL|
30|NONE|NONE|Agent/7|UNPAUSEALL|
40|1.1|NONE|Agent/7|AGENTLOGOFF|SIP/7-00000001|30
50|1.2|NONE|Agent/7|AGENTCALLBACKLOGIN|7@x
60|1.2|NONE|Agent/7|PAUSE|
70|1.2|NONE|Agent/7|AGENTCALLBACKLOGOFF|7@x|20|Autologoff
80|1.2|NONE|Agent/7|AGENTCALLBACKLOGIN|7@x
90|1.2|NONE|Agent/7|AGENTCALLBACKLOGOFF|7@x|10|`,
			"7 10-20 30-40 50-60 80-90",
		},
		"who logs in is not there for being a member": {
			`10|CLI|a|Agent/7|ADDMEMBER|
20|1.1|NONE|7|AGENTLOGIN|SIP/7-00000001
30|1.1|NONE|7|AGENTLOGOFF|SIP/7-00000001|10
40|CLI|a|Agent/7|REMOVEMEMBER|`,
			"7 20-30",
		},
		"who leaves first was there from the beginning, or since the login": {
			`10|NONE|NONE|NONE|CONFIGRELOAD|
20|CLI|a|7|REMOVEMEMBER|
30|1.1|NONE|8|AGENTLOGOFF|SIP/8-00000001|15
40|1.2|NONE|9|AGENTLOGOFF|SIP/9-00000001|35
50|1.2|NONE|6|AGENTLOGOFF|SIP/6-00000001`,
			"6 10-50\n7 10-20\n8 15-30\n9 10-40",
		},
		"a restart cuts the lines of agents and nothing else": {
			`10|CLI|a|7|ADDMEMBER|
10|1.1|NONE|8|AGENTLOGIN|SIP/8-00000001
10|1.1|NONE|9|AGENTCALLBACKLOGIN|9@x
20|NONE|NONE|NONE|QUEUESTART|
25|1.1|NONE|8|AGENTLOGOFF|SIP/8-00000001|15
30|NONE|NONE|NONE|CONFIGRELOAD|`,
			"7 10-30\n8 10-20\n9 10-30",
		},
		"time stands still while the clock is behind": {
			`50|CLI|a|7|ADDMEMBER|
20|CLI|a|7|REMOVEMEMBER|
30|CLI|a|7|ADDMEMBER|
60|CLI|a|7|REMOVEMEMBER|
70|CLI|a|8|ADDMEMBER|
65|NONE|NONE|NONE|CONFIGRELOAD|`,
			"7 50-60",
		},
		"a line without a time is of that before": {
			`10|CLI|a|7|ADDMEMBER|
15|NONE|NONE|NONE|CONFIGRELOAD|
0|CLI|a|7|REMOVEMEMBER|
20|NONE|NONE|NONE|CONFIGRELOAD|`,
			"7 10-15",
		},
		"static members are not told of": {
			`10|NONE|a|7|PAUSE|
20|NONE|a|7|UNPAUSE|
30|NONE|NONE|7|PAUSEALL|`,
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for text := range strings.Lines(story.log) {
				if text[0] != '0' { // small numbers are easier to read
					text = "10000000" + text
				}
				b.WriteString(text)
			}
			if diff := cmp.Diff(story.want, duties(t, b.String())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// base is the time in the stories at which their clock is 0.
var base = time.Unix(1_000_000_000, 0)

// duties are those of a log, a line for each agent.
func duties(t interface{ Fatal(...any) }, text string) string {
	log, err := calllog.ReadQueueLog(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, d := range log.Duty {
		if i == 0 || d.Agent != log.Duty[i-1].Agent {
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(d.Agent)
		}
		fmt.Fprintf(&b, " %g-%g", d.From.Sub(base).Seconds(), d.To.Sub(base).Seconds())
	}
	return b.String()
}

// TestDutyIsWhatAPlainReadingOfTheLinesGives at each second, of one agent with
// known beginnings.
func TestDutyIsWhatAPlainReadingOfTheLinesGives(t *testing.T) {
	events := []string{"ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "AGENTLOGIN", "AGENTLOGOFF", "QUEUESTART"}
	rapid.Check(t, func(t *rapid.T) {
		kinds := events[:6]
		logins := rapid.Bool().Draw(t, "logins")
		if logins {
			kinds = events
		}
		type mark struct {
			at           int
			event, queue string
		}
		// In the beginning nobody is anywhere.
		marks := []mark{{0, "ADDMEMBER", "a"}, {0, "REMOVEMEMBER", "a"}, {0, "ADDMEMBER", "b"}, {0, "REMOVEMEMBER", "b"}}
		if logins {
			marks = append(marks, mark{0, "AGENTLOGIN", "NONE"}, mark{0, "AGENTLOGOFF", "NONE"})
		}
		now := 0
		for range rapid.IntRange(0, 20).Draw(t, "lines") {
			now += rapid.IntRange(0, 3).Draw(t, "after")
			marks = append(marks, mark{now, rapid.SampledFrom(kinds).Draw(t, "event"), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "queue")})
		}
		end := now + 2
		var b strings.Builder
		for _, m := range append(marks, mark{end, "CONFIGRELOAD", "NONE"}) {
			fmt.Fprintf(&b, "%d|NONE|%s|7|%s|\n", base.Unix()+int64(m.at), m.queue, m.event)
		}
		log, err := calllog.ReadQueueLog(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}

		there := func(second int) bool {
			in, paused, loggedIn := map[string]bool{}, map[string]bool{"": false}, false
			for _, m := range marks {
				if m.at > second {
					break
				}
				switch m.event {
				case "ADDMEMBER":
					in[m.queue], paused[m.queue] = true, false
				case "REMOVEMEMBER":
					delete(in, m.queue)
				case "PAUSE", "UNPAUSE":
					if logins {
						in[m.queue] = true
					}
					if in[m.queue] {
						paused[m.queue] = m.event == "PAUSE"
					}
				case "PAUSEALL", "UNPAUSEALL":
					for _, queue := range []string{"a", "b", ""} {
						paused[queue] = m.event == "PAUSEALL"
					}
				case "AGENTLOGIN":
					loggedIn = true
				case "AGENTLOGOFF", "QUEUESTART":
					// A restart cuts a login; without one there is nothing to cut.
					if m.event == "AGENTLOGOFF" || loggedIn {
						paused = map[string]bool{}
					}
					loggedIn = false
				}
			}
			free := false
			for queue := range in {
				free = free || !paused[queue]
			}
			if logins {
				return loggedIn && (free || len(in) == 0 && !paused[""])
			}
			return free
		}
		for second := range end {
			at, want, got := base.Add(time.Duration(second)*time.Second), there(second), false
			for _, d := range log.Duty {
				got = got || !at.Before(d.From) && at.Before(d.To)
			}
			if got != want {
				t.Fatalf("on duty in second %d: %v, want %v\n%s", second, got, want, b.String())
			}
		}
		keepsTheLaws(t, b.String())
	})
}
