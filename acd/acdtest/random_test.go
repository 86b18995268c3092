package acdtest

import (
	"math/rand/v2"
	"testing"

	"github.com/najimi-acd/najimi/acd"
)

func TestEveryArrivalGetsAtMostOneOutcome(t *testing.T) {
	for seed := range 2000 {
		source := rand.New(rand.NewPCG(uint64(seed), 1))
		draw := Draw(source.IntN)
		plan := RandomPlan(draw)
		o := NewOracle(plan)
		random := NewRandom(plan, draw)
		outcomes := map[string]int{}
		arrived := map[string]bool{}
		for range 120 {
			cmd := random.Next()
			events, err := o.Apply(cmd)
			random.Saw(events)
			random.SetNext(o.Next())
			if cmd.Type == acd.CmdArrive && err == nil {
				arrived[cmd.Call] = true
			}
			for _, e := range events {
				switch e.Type {
				case acd.EventEnded, acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted,
					acd.EventDeflected, acd.EventCallbackFailed:
					outcomes[e.Call]++
				}
			}
		}
		for call, n := range outcomes {
			if n != 1 || !arrived[call] {
				t.Errorf("seed %d: %s has %d outcomes", seed, call, n)
			}
		}
		for call := range arrived {
			c := o.call(call)
			if c == nil || (c.place == finished) != (outcomes[call] == 1) {
				t.Errorf("seed %d: %s is without an outcome and not with us", seed, call)
			}
		}
	}
}

func TestZeroDrawsMakeSimpleThings(t *testing.T) {
	zero := Draw(func(int) int { return 0 })
	plan := RandomPlan(zero)
	if len(plan.Queues) != 1 || len(plan.Entry) != 1 || len(plan.Tiers) != 0 || plan.Queues[0].Steps != nil {
		t.Errorf("the simplest plan is %+v", plan)
	}
	random := NewRandom(plan, zero)
	if cmd := random.Next(); cmd.Type != acd.CmdAdvance {
		t.Errorf("the simplest command is %s", cmd.Type)
	}
}

func TestRandomPlansAreValid(t *testing.T) {
	for seed := range 2000 {
		plan := RandomPlan(rand.New(rand.NewPCG(uint64(seed), 2)).IntN)
		if _, err := acd.New(plan); err != nil {
			t.Fatalf("seed %d: %v\n%+v", seed, err, plan)
		}
	}
}
