package sim_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// large is a day of 200 agents and about 20,000 calls: three queues with ladders,
// two tiers, the operator of last time, phones that ring for some seconds.
func large() sim.Scenario {
	start := monday.Add(8 * time.Hour)
	queues := []string{"orders", "bills", "support"}
	plan := acd.Plan{
		Tiers:    []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}, {Name: "silver", HeadStart: 30 * time.Second}},
		Affinity: acd.Affinity{Mode: acd.AffinityHold, Hold: new(15 * time.Second)},
	}
	for i, name := range queues {
		entry := acd.Entry{Name: name, Queue: name}
		if i < len(queues)-1 {
			entry.When.Attributes = map[string]string{"queue": name}
		}
		plan.Entry = append(plan.Entry, entry)
		plan.Queues = append(plan.Queues, acd.Queue{
			Name: name, WrapUp: 20 * time.Second, RestAfterMissed: time.Minute,
			Steps: []acd.Step{{Needs: acd.Skills{name: 5}}, {After: 30 * time.Second, Needs: acd.Skills{name: 1}}},
		})
	}
	talk := sim.LogNormal{Mean: 4 * time.Minute, SD: 3 * time.Minute}
	patience := sim.Exponential{Mean: 5 * time.Minute}
	s := sim.Scenario{
		Plan:   plan,
		PickUp: sim.Exponential{Mean: 4 * time.Second},
		Grid:   sim.Every(start, 30*time.Minute, 20),
		Watch:  []time.Duration{20 * time.Second},
		Calls: sim.Random(start, []sim.Rate{{To: 10 * time.Hour, PerHour: 2000}}, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{Service: talk.Sample(r), Patience: patience.Sample(r)}
			c.Arrive.Attributes = map[string]string{"queue": queues[r.IntN(3)]}
			c.Arrive.Customer = fmt.Sprint("customer ", r.IntN(50_000))
			switch r.IntN(10) {
			case 0:
				c.Arrive.Tier = "gold"
			case 1, 2:
				c.Arrive.Tier = "silver"
			}
			return c
		}),
		Seed: 1,
	}
	for i := range 200 {
		s.Agents = append(s.Agents, sim.Agent{
			ID:     fmt.Sprint("agent ", i),
			Skills: acd.Skills{queues[i%3]: 4 + i%5, queues[(i+1)%3]: 2},
			Shifts: []sim.Span{{From: start, To: start.Add(11 * time.Hour)}},
		})
	}
	return s
}

// BenchmarkLargeDay is one such day at a time, BenchmarkReplicate a hundred of
// them on all cores.
func BenchmarkLargeDay(b *testing.B) {
	benchmarkRun(b, large())
}

// benchmarkRun runs a scenario again and again.
func benchmarkRun(b *testing.B, s sim.Scenario) {
	calls := 0
	b.ReportAllocs()
	for b.Loop() {
		result, err := sim.Run(b.Context(), s)
		if err != nil {
			b.Fatal(err)
		}
		calls += result.Arrived
	}
	b.ReportMetric(float64(calls)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64(calls)/float64(b.N), "calls/op")
}

func BenchmarkReplicate(b *testing.B) {
	s := large()
	for b.Loop() {
		if _, err := sim.Replicate(b.Context(), s, 100); err != nil {
			b.Fatal(err)
		}
	}
}
