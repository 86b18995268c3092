package sim_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// A day of 60 calls an hour with four operators, and with five.
func ExampleRun() {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	talk := sim.LogNormal{Mean: 3 * time.Minute, SD: 2 * time.Minute}
	patience := sim.Exponential{Mean: 4 * time.Minute}
	s := sim.Scenario{
		Plan: acd.Plan{
			Entry:  []acd.Entry{{Queue: "support"}},
			Queues: []acd.Queue{{Name: "support", WrapUp: 20 * time.Second}},
		},
		Calls: sim.Random(start, []sim.Rate{{To: 8 * time.Hour, PerHour: 60}}, func(r *rand.Rand, _ time.Time) sim.Call {
			return sim.Call{Service: talk.Sample(r), Patience: patience.Sample(r)}
		}),
		Seed: 1,
	}
	for _, name := range []string{"aya", "ben", "chika", "dan", "emi"} {
		s.Agents = append(s.Agents, sim.Agent{ID: name, Shifts: []sim.Span{{From: start, To: start.Add(9 * time.Hour)}}})
		if len(s.Agents) < 4 {
			continue
		}
		result, err := sim.Run(context.Background(), s)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d operators: %d of %d callers hung up, occupancy %.0f %%\n",
			len(s.Agents), result.Outcomes[sim.Abandoned], result.Arrived, 100*result.Occupancy())
	}
	// Output:
	// 4 operators: 48 of 453 callers hung up, occupancy 62 %
	// 5 operators: 23 of 453 callers hung up, occupancy 52 %
}
