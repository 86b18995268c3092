package acd_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// TestWhatIsExplainedAsNextComesNext asks, before an agent becomes ready, which
// call would be next, and looks whether it is. And of no waiting call is it ever
// said that an agent is ready for it.
func TestWhatIsExplainedAsNextComesNext(t *testing.T) {
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		draw, count := drawing(t)
		plan := acdtest.RandomPlan(draw)
		engine, random := open(t, plan), acdtest.NewRandom(plan, draw)
		for range count {
			cmd := random.Next()
			next := ""
			if cmd.Type == acd.CmdReady {
				events, _ := engine.Apply(acd.Command{Type: acd.CmdAdvance, At: cmd.At})
				random.Saw(events)
				if x, err := engine.ExplainAgent(cmd.Agent); err == nil && (x.State == acd.StateNotReady || x.State == acd.StateWrapUp) {
					next = x.Next
					asked++
				}
			}
			events, err := engine.Apply(cmd)
			if next != "" && err == nil {
				if got := offeredTo(events, cmd.Agent); got != next {
					t.Fatalf("%+v\nnext was to be %q, offered was %q", cmd, next, got)
				}
			}
			random.Saw(events)
			random.SetNext(engine.Next())
			explainAll(t, engine, events)
		}
	})
	if asked == 0 {
		t.Error("nobody was asked")
	}
}

func offeredTo(events []acd.Event, agent string) string {
	for _, e := range events {
		if e.Type == acd.EventOffered && e.Agent == agent {
			return e.Call
		}
	}
	return ""
}

// explainAll explains all calls and agents of these events.
func explainAll(t *rapid.T, engine *acd.Engine, events []acd.Event) {
	for _, e := range events {
		if x, err := engine.Explain(e.Call); err == nil {
			if x.String() == "" || x.Place == "" || x.Queue == "" {
				t.Fatalf("%+v", x)
			}
			for _, a := range x.Agents {
				if a.Why == "" || x.Place == acd.ReasonWaiting && a.Why == string(acd.StateReady) {
					t.Fatalf("call %s, agent %s: %q\n%s", x.Call, a.Agent, a.Why, x)
				}
			}
			if len(x.Ahead) != min(x.AheadInAll, 100) {
				t.Fatalf("%d calls of %d ahead", len(x.Ahead), x.AheadInAll)
			}
		}
		if x, err := engine.ExplainAgent(e.Agent); err == nil && (x.String() == "" || x.State == acd.StateReady && x.Next != "") {
			t.Fatalf("%+v", x)
		}
	}
}
