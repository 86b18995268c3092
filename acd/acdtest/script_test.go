package acdtest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// recorder is a router that notes the commands and answers each with the same
// events.
type recorder struct {
	commands []acd.Command
	events   []acd.Event
}

func (r *recorder) Apply(cmd acd.Command) ([]acd.Event, error) {
	r.commands = append(r.commands, cmd)
	if cmd.Type == acd.CmdEnd {
		return nil, &acd.Refused{Code: acd.CodeUnknownCall, Detail: "no such call"}
	}
	return r.events, nil
}

func (r *recorder) Next() (time.Time, bool) { return time.Time{}, false }

const scriptPlan = `plan
{
    "entry": [{"queue": "s"}],
    "queues": [{"name": "s"}]
}

`

// played plays a script, and what came of it once more, which must change
// nothing.
func played(t *testing.T, script string, events ...acd.Event) (string, []acd.Command) {
	t.Helper()
	router := recorder{events: events}
	open := func(acd.Plan) (Router, error) {
		router.commands = nil
		return &router, nil
	}
	got, err := play(script, open)
	if err != nil {
		t.Fatal(err)
	}
	commands := router.commands
	again, err := play(got, open)
	if diff := cmp.Diff(got, again); err != nil || diff != "" {
		t.Errorf("played again: %v\n%s", err, diff)
	}
	return got, commands
}

func at(clock string) time.Time {
	t, _ := time.Parse(time.RFC3339, scriptTime(clock))
	return t
}

func TestScriptWritesEveryCommand(t *testing.T) {
	story := scriptPlan + `09:00:00 transfer call=c1 agent=aya note="knows the invoice"
09:00:01.5 callback call=c1 number="+81 3" from=09:30 until=10:00:30
09:00 callback call=c1 from=2026-01-06T09:30:00+09:00
09:00:02 cancel call=c1
09:00:03 deflect call=c1 channel=sms
09:00:04 end call=c9
    refused unknown_call: no such call
09:00:05 plan
{"entry": [{"queue": "t"}],
    "queues": [{"name": "t"}]}

# The next one is no plan.
09:00:06 plan
{"entry": [{"queue": "t"}]}

    refused bad_plan: entry[0].queue: no queue is named "t"; queues: want at least 1, got 0
09:00:07 not_ready agent=aya reason="a plan"
`
	got, commands := played(t, story)
	want := []acd.Command{
		{Type: acd.CmdTransfer, At: at("09:00"), Call: "c1", Agent: "aya", Note: "knows the invoice"},
		{Type: acd.CmdCallback, At: at("09:00:01.5"), Call: "c1", Number: "+81 3", From: at("09:30"), Until: at("10:00:30")},
		{Type: acd.CmdCallback, At: at("09:00"), Call: "c1", From: at("00:30").AddDate(0, 0, 1)},
		{Type: acd.CmdCancel, At: at("09:00:02"), Call: "c1"},
		{Type: acd.CmdDeflect, At: at("09:00:03"), Call: "c1", Channel: "sms"},
		{Type: acd.CmdEnd, At: at("09:00:04"), Call: "c9"},
		{Type: acd.CmdPlan, At: at("09:00:05"), Plan: &acd.Plan{Entry: []acd.Entry{{Queue: "t"}}, Queues: []acd.Queue{{Name: "t"}}}},
		{Type: acd.CmdNotReady, At: at("09:00:07"), Agent: "aya", Reason: "a plan"},
	}
	if diff := cmp.Diff(want, commands); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(story, got); diff != "" {
		t.Error(diff)
	}
}

func TestScriptTellsWhatComesOfAPlan(t *testing.T) {
	const line = `{"entry": [{"queue": "t"}], "queues": [{"name": "t"}]}`
	step := acd.Event{Type: acd.EventStep, At: at("09:00:05"), Call: "c1", Queue: "t", Step: 1}
	got, _ := played(t, scriptPlan+"09:00:05 plan\n"+line, step)
	if diff := cmp.Diff(scriptPlan+"09:00:05 plan\n"+line+"\n\n    09:00:05 step call=c1 queue=t step=1\n", got); diff != "" {
		t.Error(diff)
	}
}

func TestScriptTellsEstimatesAndWindows(t *testing.T) {
	wait := queue.Estimate{Known: true, Mean: 42 * time.Second, P90: 90 * time.Second}
	events := []acd.Event{
		{Type: acd.EventQueued, At: at("09:00"), Call: "c1", Queue: "s", Position: 1, Wait: wait, Tier: "gold"},
		{Type: acd.EventAnnounced, At: at("09:00"), Call: "c1", Position: 2, Wait: queue.Estimate{Known: true}},
		{Type: acd.EventAnnounced, At: at("09:00"), Call: "c1", Position: 3},
		{Type: acd.EventCallbackBooked, At: at("09:00"), Call: "c1", NotBefore: at("09:30"), Until: at("10:00:00.5")},
	}
	const told = `09:00:00 advance
    09:00:00 queued call=c1 queue=s position=1 %s tier=gold
    09:00:00 announced call=c1 position=2 %s
    09:00:00 announced call=c1 position=3
    09:00:00 callback_booked call=c1 from=09:30:00 until=10:00:00.5
`
	for before, want := range map[string]string{
		"":            fmt.Sprintf(told, "wait=42s", "wait=0s"),
		"show wait\n": fmt.Sprintf(told, "wait.mean=42s wait.median=0s wait.p90=1m30s", "wait.mean=0s wait.median=0s wait.p90=0s"),
	} {
		got, _ := played(t, scriptPlan+before+"09:00:00 advance\n", events...)
		if diff := cmp.Diff(scriptPlan+before+want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestScriptTellsWhereItIsWrong(t *testing.T) {
	open := func(acd.Plan) (Router, error) { return &recorder{}, nil }
	for script, want := range map[string]string{
		"09:00 plan\n{}\n\n":                 "line 1: a command before the plan",
		"plan\n{}":                           "line 3: entry: want at least 1, got 0\nqueues: want at least 1, got 0",
		scriptPlan + "09:00 plan\nno plan\n": "line 9: refused: malformed: invalid character 'o' in literal null (expecting 'u') at byte 52",
		scriptPlan + "09:00 callback call=c1 from=soon": `line 7: refused: bad_value: from: want a time such as "2026-01-02T03:04:05.678Z", ` +
			`got "2026-01-05TsoonZ"`,
		scriptPlan + "09:00": `line 7: want a time and a command, got "09:00"`,
	} {
		if _, err := play(script, open); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", script, err, want)
		}
	}
}
