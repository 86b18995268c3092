package sim_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

var monday = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// plain is a plan of one queue that everyone serves.
func plain() acd.Plan {
	return acd.Plan{
		Entry:  []acd.Entry{{Name: "all", Queue: "support"}},
		Queues: []acd.Queue{{Name: "support"}},
	}
}

// staff is n agents who work the whole week.
func staff(n int, skills acd.Skills) []sim.Agent {
	agents := make([]sim.Agent, n)
	for i := range agents {
		agents[i] = sim.Agent{
			ID:     fmt.Sprintf("agent %02d", i),
			Skills: skills,
			Shifts: []sim.Span{{From: monday, To: monday.AddDate(1, 0, 0)}},
		}
	}
	return agents
}

// poisson is n calls that arrive with exponential gaps.
func poisson(n int, gap, service sim.Dist, patience sim.Dist) sim.Source {
	return func(r *rand.Rand) iter.Seq[sim.Call] {
		return func(yield func(sim.Call) bool) {
			at := monday
			for range n {
				at = at.Add(gap.Sample(r))
				call := sim.Call{Arrive: acd.Command{At: at}, Service: service.Sample(r), Patience: sim.Forever}
				if patience != nil {
					call.Patience = patience.Sample(r)
				}
				if !yield(call) {
					return
				}
			}
		}
	}
}

// BenchmarkMM10 is calls through the real Engine, ten agents at 90 %.
func BenchmarkMM10(b *testing.B) {
	b.ReportAllocs()
	const calls = 100_000
	for b.Loop() {
		s := sim.Scenario{
			Plan:   plain(),
			Agents: staff(10, nil),
			Calls: poisson(calls, sim.Exponential{Mean: 20 * time.Second},
				sim.Exponential{Mean: 180 * time.Second}, nil),
			Seed: 1,
		}
		if _, err := sim.Run(context.Background(), s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(calls)*float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
