package sim_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// Two queues: English callers may speak to two kinds of operator, and gold
// callers have been promised more than others.
func ExampleStaff() {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	patience := sim.Exponential{Mean: 3 * time.Minute}
	talk := sim.LogNormal{Mean: 4 * time.Minute, SD: 3 * time.Minute}
	rates := []sim.Rate{{To: time.Hour, PerHour: 120}, {From: time.Hour, To: 3 * time.Hour, PerHour: 60}}
	s := sim.Scenario{
		Plan: acd.Plan{
			Tiers: []acd.Tier{{Name: "gold", HeadStart: 45 * time.Second}},
			Entry: []acd.Entry{
				{When: acd.When{Attributes: map[string]string{"language": "en"}}, Queue: "english"},
				{Queue: "japanese"},
			},
			Queues: []acd.Queue{
				{Name: "english", Steps: []acd.Step{{Needs: acd.Skills{"en": 1}}}},
				{Name: "japanese", Steps: []acd.Step{{Needs: acd.Skills{"ja": 1}}}},
			},
		},
		Calls: sim.Random(start, rates, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{Service: talk.Sample(r), Patience: patience.Sample(r)}
			if r.IntN(5) == 0 {
				c.Arrive.Attributes = map[string]string{"language": "en"}
			}
			if r.IntN(4) == 0 {
				c.Arrive.Tier = "gold"
			}
			return c
		}),
		Grid: sim.Every(start, time.Hour, 3),
		Seed: 1,
	}
	targets := sim.Targets{
		Goals: []sim.Goal{
			{Target: erlang.Target{ServiceLevel: 0.8, Within: 30 * time.Second}},
			{Tier: "gold", Daily: true, Target: erlang.Target{ASA: 8 * time.Second}},
		},
		Groups: []sim.Group{
			{Name: "Japanese", Skills: acd.Skills{"ja": 5}},
			{Name: "both", Skills: acd.Skills{"ja": 5, "en": 5}, Cost: 1.1},
		},
	}
	staffing, err := sim.Staff(context.Background(), s, targets)
	if err != nil {
		fmt.Println(err)
		return
	}
	for g, group := range targets.Groups {
		fmt.Printf("%-8s  %v, by formula %v\n", group.Name, staffing.Agents[g], staffing.Formula[g])
	}
	for _, h := range staffing.Held {
		if h.Interval <= 0 {
			fmt.Printf("goal %d: %s %.2f, wanted %.2f, sure %v\n", h.Goal, h.Part, h.Value, h.Target, h.Sure)
		}
	}
	// Output:
	// Japanese  [8 4 3], by formula [9 5 6]
	// both      [3 2 3], by formula [4 2 3]
	// goal 1: ASA 7.05, wanted 8.00, sure false
	// goal 0: ServiceLevel 0.86, wanted 0.80, sure true
}
