package sim_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// busy is a day with five operators, a fifth of the callers gold.
func busy(headStart time.Duration) sim.Scenario {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	s := sim.Scenario{
		Plan: acd.Plan{
			Tiers:  []acd.Tier{{Name: "gold", HeadStart: headStart}},
			Entry:  []acd.Entry{{Queue: "support"}},
			Queues: []acd.Queue{{Name: "support"}},
		},
		Calls: sim.Random(start, []sim.Rate{{To: 8 * time.Hour, PerHour: 80}}, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{
				Service:  sim.LogNormal{Mean: 210 * time.Second, SD: 3 * time.Minute}.Sample(r),
				Patience: sim.Exponential{Mean: 5 * time.Minute}.Sample(r),
			}
			if r.IntN(5) == 0 {
				c.Arrive.Tier = "gold"
			}
			return c
		}),
		Seed:   1,
		Effort: sim.Effort{Runs: 50},
	}
	for _, name := range []string{"aya", "ben", "chika", "dan", "emi"} {
		s.Agents = append(s.Agents, sim.Agent{ID: name, Shifts: []sim.Span{{From: start, To: start.Add(9 * time.Hour)}}})
	}
	return s
}

// Fifty days: how long callers wait on average, and how sure that is.
func ExampleReplicate() {
	sample, err := sim.Replicate(context.Background(), busy(0), 50)
	if err != nil {
		fmt.Println(err)
		return
	}
	wait := sample.Estimate(sim.MeanWait(nil))
	lost := sample.Estimate(sim.AbandonRate(nil))
	fmt.Printf("wait %.1f s (%.1f to %.1f), hung up %.1f %% (%.1f to %.1f)\n",
		wait.Value, wait.Low, wait.High, 100*lost.Value, 100*lost.Low, 100*lost.High)
	// Output:
	// wait 38.1 s (36.0 to 40.1), hung up 12.4 % (11.8 to 13.0)
}

// What a head start of 90 s does for gold callers, and to the others: on the
// same fifty days with the same callers, so that the differences are known much
// better than the waits themselves.
func ExampleCompare() {
	c, err := sim.Compare(context.Background(), busy(0), busy(0).Plan, busy(90*time.Second).Plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tier := range []string{"gold", ""} {
		wait := sim.MeanWait(sim.OfTier(tier))
		d := c.Difference(wait)
		fmt.Printf("tier %-6q waits %.0f s, %+.1f s with the head start (%+.1f to %+.1f)\n", tier, c.A.Estimate(wait).Value, d.Value, d.Low, d.High)
	}
	// Output:
	// tier "gold" waits 38 s, -13.0 s with the head start (-14.3 to -11.6)
	// tier ""     waits 38 s, +3.2 s with the head start (+2.6 to +3.8)
}
