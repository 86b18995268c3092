package acd_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// Each law has a test of its name here, and a mutant in mutant_test.go that the
// test must catch. (That the same seed gives the same bytes is tested in sim.)

func TestLawConservation(t *testing.T)     { law(t, acdtest.LawConservation) }
func TestLawOneCallOneAgent(t *testing.T)  { law(t, acdtest.LawOneCallOneAgent) }
func TestLawCompleteMatching(t *testing.T) { law(t, acdtest.LawCompleteMatching) }
func TestLawEligibility(t *testing.T)      { law(t, acdtest.LawEligibility) }
func TestLawOrder(t *testing.T)            { law(t, acdtest.LawOrder) }
func TestLawOvertakingBound(t *testing.T)  { law(t, acdtest.LawOvertaking) }
func TestLawHoldBounded(t *testing.T)      { law(t, acdtest.LawHold) }
func TestLawNothingWaitsTwice(t *testing.T) {
	law(t, acdtest.LawWaiting)
}
func TestLawCallbacksKeepPlace(t *testing.T) {
	law(t, acdtest.LawCallbacks)
}
func TestLawTransfersKeepEverything(t *testing.T) {
	law(t, acdtest.LawTransfers)
}
func TestLawNumbers(t *testing.T) { law(t, acdtest.LawNumbers) }

// law drives an Engine with random plans and commands, and an auditor who
// reads all of it.
func law(t *testing.T, name string) {
	rapid.Check(t, func(t *rapid.T) {
		draw, count := drawing(t)
		plan := acdtest.RandomPlan(draw)
		engine, err := acd.New(plan)
		if err != nil {
			t.Fatal(err)
		}
		auditor := acdtest.NewAuditor(plan)
		random := acdtest.NewRandom(plan, draw)
		blame := func(violations []acdtest.Violation) {
			for _, v := range violations {
				if v.Law == name {
					t.Fatal(v)
				}
			}
		}
		for range count {
			cmd := random.Next()
			events, err := engine.Apply(cmd)
			blame(auditor.Applied(cmd, events, err))
			random.Saw(events)
			random.SetNext(engine.Next())
		}
		blame(auditor.Close())
	})
}

// TestLawReplayEqualsLive replays the commands of a run to two more Engines:
// to one as they were, to the other with time passing in small steps between
// them. Both give the events of the live run.
func TestLawReplayEqualsLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw, count := drawing(t)
		plan := acdtest.RandomPlan(draw)
		live, random := open(t, plan), acdtest.NewRandom(plan, draw)
		var commands []acd.Command
		var want []acd.Event
		for range count {
			cmd := random.Next()
			events, err := live.Apply(cmd)
			switch refusal(err) {
			case acd.CodeMalformed, acd.CodeBadValue, acd.CodeBadID, acd.CodeTimeBackwards:
				// For such a command no time passes.
			default:
				commands, want = append(commands, cmd), append(want, events...)
			}
			random.Saw(events)
			random.SetNext(live.Next())
		}
		again, eager := open(t, plan), open(t, plan)
		var replayed, stepped []acd.Event
		var now time.Time
		for _, cmd := range commands {
			replayed, _ = again.Append(replayed, cmd)
			for range draw(3) { // wake up now and then, with or without a reason
				to, due := eager.Next()
				if !due || draw(2) == 0 {
					to = now.Add(time.Duration(draw(10)) * time.Second)
				}
				if to.After(now) && to.Before(cmd.At) {
					stepped, _ = eager.Append(stepped, acd.Command{Type: acd.CmdAdvance, At: to})
					now = to
				}
			}
			stepped, _ = eager.Append(stepped, cmd)
			now = cmd.At
		}
		if diff := cmp.Diff(want, replayed); diff != "" {
			t.Fatalf("the replay differs (-live +replay)\n%s", diff)
		}
		if diff := cmp.Diff(want, stepped); diff != "" {
			t.Fatalf("with time in small steps it differs (-live +stepped)\n%s", diff)
		}
	})
}

func open(t *rapid.T, plan acd.Plan) *acd.Engine {
	engine, err := acd.New(plan)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}
