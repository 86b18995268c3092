package sim_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// Half an hour as it was recorded, played again with a head start for gold
// callers. What became of each caller is compared on 20 draws of how long those
// who were answered would have waited.
func ExampleFromLog() {
	log, err := calllog.ReadCSV(strings.NewReader(`arrival,outcome,wait,agent,talk,tier
2026-01-05 09:00:00,answered,0,aya,400,
2026-01-05 09:01:00,answered,0,ben,300,
2026-01-05 09:02:00,answered,240,ben,200,
2026-01-05 09:03:00,answered,220,aya,180,
2026-01-05 09:04:00,answered,320,ben,100,gold
2026-01-05 09:05:00,abandoned,60,,,
2026-01-05 09:06:00,abandoned,200,,,gold
2026-01-05 09:28:00,answered,0,aya,60,
2026-01-05 09:29:00,answered,0,ben,60,
`), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	replay, err := sim.FromLog(log, sim.LogOptions{Gap: 30 * time.Minute})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan := func(headStart time.Duration) acd.Plan {
		return acd.Plan{
			Tiers:  []acd.Tier{{Name: "gold", HeadStart: headStart}},
			Entry:  []acd.Entry{{Queue: "calls"}},
			Queues: []acd.Queue{{Name: "calls", Steps: []acd.Step{{Needs: acd.Skills{"calls": 1}}}}},
		}
	}
	s := sim.Scenario{Calls: replay.Calls, Agents: replay.Agents, Seed: 1, Effort: sim.Effort{Runs: 20}}
	c, err := sim.Compare(context.Background(), s, plan(0), plan(2*time.Minute))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tier := range []string{"", "gold"} {
		wait := sim.MeanWait(sim.OfTier(tier))
		fmt.Printf("tier %-6q waits %.0f s, and %+.0f s with the head start\n", tier, c.A.Estimate(wait).Value, c.Difference(wait).Value)
	}
	// Output:
	// tier ""     waits 74 s, and +14 s with the head start
	// tier "gold" waits 260 s, and -80 s with the head start
}
