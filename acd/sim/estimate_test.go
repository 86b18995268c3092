package sim_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// TestEstimatesOfTheRouterAreTrue lets the router serve whole days with two tiers
// and callers who lose patience, and asks of everyone who has to wait what was
// estimated on joining the line. One caller in thirty never hangs up: those are
// the ones whose whole wait is seen, and of them
//
//   - the mean estimate is within 5 % of the mean wait, for each tier, and
//   - 8 to 12 % wait longer than the 90th percentile that was estimated.
//
// The days have quiet and busy parts, with the line growing and shrinking. Where
// services vary less than exponential ones, as lognormal talks with a wrap-up of
// fixed length do, fewer wait as long as told: down to 6 %.
func TestEstimatesOfTheRouterAreTrue(t *testing.T) {
	for _, c := range []struct {
		name     string
		agents   int
		talk     sim.Dist
		wrapUp   time.Duration
		patience time.Duration
		days     int
		late     float64 // at least
	}{
		{"30 agents", 30, sim.Exponential{Mean: 210 * time.Second}, 0, 4 * time.Minute, 120, 0.08},
		{"8 agents", 8, sim.Exponential{Mean: 210 * time.Second}, 0, 3 * time.Minute, 400, 0.08},
		{"30 agents who talk evenly", 30, sim.LogNormal{Mean: 3 * time.Minute, SD: 2 * time.Minute}, 30 * time.Second, 4 * time.Minute, 120, 0.06},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seen := make([]map[string]promises, c.days)
			for day := range seen {
				seen[day] = promisesOfADay(t, uint64(day+1), c.agents, c.talk, c.wrapUp, c.patience)
			}
			for _, tier := range []string{"gold", ""} {
				var all promises
				for _, day := range seen {
					p := day[tier]
					all.n += p.n
					all.late += p.late
					all.said += p.said
					all.was += p.was
				}
				bias := all.said.Seconds()/all.was.Seconds() - 1
				late := float64(all.late) / float64(all.n)
				t.Logf("tier %-6q %5d callers, mean wait %6.1fs, estimated %+.1f %%, %.1f %% wait longer than the 90th percentile",
					tier, all.n, all.was.Seconds()/float64(all.n), 100*bias, 100*late)
				if bias < -0.05 || bias > 0.05 {
					t.Errorf("tier %q: the bias of the mean is %.1f %%", tier, 100*bias)
				}
				if late < c.late || late > 0.12 {
					t.Errorf("tier %q: %.1f %% wait longer than the 90th percentile", tier, 100*late)
				}
			}
		})
	}
}

// promises are what was estimated and what came of it.
type promises struct {
	n, late   int
	said, was time.Duration
}

func promisesOfADay(t *testing.T, seed uint64, agents int, talk sim.Dist, wrapUp, patience time.Duration) map[string]promises {
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	perHour := float64(agents) / (3.5 / 60) // the calls that would keep all busy, wrap-up included
	rates := []sim.Rate{}
	for hour, load := range []float64{0.8, 1.0, 1.15, 1.2, 1.05, 0.9, 1.1, 1.15, 1.0, 0.8} {
		from := time.Duration(hour) * time.Hour
		rates = append(rates, sim.Rate{From: from, To: from + time.Hour, PerHour: load * perHour})
	}
	loses := sim.Exponential{Mean: patience}
	s := sim.Scenario{
		Plan: acd.Plan{
			Tiers:  []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}},
			Entry:  []acd.Entry{{Queue: "support"}},
			Queues: []acd.Queue{{Name: "support", WrapUp: wrapUp}},
		},
		Seed: seed,
		Calls: sim.Random(nine, rates, func(r *rand.Rand, _ time.Time) sim.Call {
			call := sim.Call{Service: talk.Sample(r), Patience: loses.Sample(r)}
			if r.IntN(5) == 0 {
				call.Arrive.Tier = "gold"
			}
			if r.IntN(30) == 0 {
				call.Patience = sim.Forever
				call.Arrive.Customer = "patient"
			}
			return call
		}),
	}
	for i := range agents {
		s.Agents = append(s.Agents, sim.Agent{ID: fmt.Sprint("agent ", i), Shifts: []sim.Span{{From: nine, To: nine.Add(12 * time.Hour)}}})
	}
	said := make(map[string]acd.Event)
	s.Observe = func(_ acd.Command, events []acd.Event, _ error) {
		for _, e := range events {
			if e.Type == acd.EventQueued {
				said[e.Call] = e
			}
		}
	}
	seen := make(map[string]promises)
	s.Each = func(r *sim.Record) {
		e := said[r.ID]
		delete(said, r.ID)
		if r.Call.Arrive.Customer != "patient" || !e.Wait.Known || e.Wait.P90 == 0 || r.Outcome != sim.Answered {
			return
		}
		p := seen[e.Tier]
		p.n++
		p.said += e.Wait.Mean
		p.was += r.Waited
		if r.Waited > e.Wait.P90 {
			p.late++
		}
		seen[e.Tier] = p
	}
	if _, err := sim.Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return seen
}
