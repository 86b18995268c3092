package sim_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// A day on which too few work. Who gives up may call again ten minutes later;
// and it helps to offer a callback to those who have waited a minute.
func ExampleRedials() {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	patience := sim.Exponential{Mean: 3 * time.Minute}
	s := sim.Scenario{
		Plan: acd.Plan{
			Entry: []acd.Entry{{Queue: "support"}},
			Queues: []acd.Queue{{Name: "support", Steps: []acd.Step{
				{},
				{After: time.Minute, Do: &acd.Do{Callback: true}},
			}}},
		},
		Calls: sim.Random(start, []sim.Rate{{To: 8 * time.Hour, PerHour: 60}}, func(r *rand.Rand, _ time.Time) sim.Call {
			return sim.Call{Service: sim.Exponential{Mean: 4 * time.Minute}.Sample(r), Patience: patience.Sample(r)}
		}),
		Redial: sim.Redials(0.5, sim.Exponential{Mean: 10 * time.Minute}, patience),
		Seed:   1,
	}
	for _, name := range []string{"aya", "ben", "chika", "dan"} {
		lunch := start.Add(3*time.Hour + time.Duration(len(s.Agents))*30*time.Minute)
		s.Agents = append(s.Agents, sim.Agent{
			ID:     name,
			Shifts: []sim.Span{{From: start, To: start.Add(10 * time.Hour)}},
			Breaks: []sim.Span{{From: lunch, To: lunch.Add(30 * time.Minute)}},
		})
	}
	for _, accept := range []float64{0, 0.7} {
		s.Habits.Callback = accept
		result, err := sim.Run(context.Background(), s)
		if err != nil {
			fmt.Println(err)
			return
		}
		redials, calledBack := 0, 0
		for _, row := range result.Rows {
			redials += row.Redials
			calledBack += row.Callbacks
		}
		fmt.Printf("%.0f %% accept: %d calls, %d of them again; %d hung up, %d were called back\n",
			100*accept, result.Arrived, redials, result.Outcomes[sim.Abandoned], calledBack)
	}
	// Output:
	// 0 % accept: 533 calls, 80 of them again; 156 hung up, 0 were called back
	// 70 % accept: 530 calls, 77 of them again; 139 hung up, 142 were called back
}
