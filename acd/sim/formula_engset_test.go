package sim_test

import (
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// finite is a group of agents for callers so few that those on the phone are
// missed among the others.
type finite struct {
	sources, servers int
	idleLoad         float64 // requests of an idle source, in erlangs
	calls            int     // in one replication, a tenth of them to warm up
}

var finiteGroups = []finite{
	{sources: 6, servers: 3, idleLoad: 0.8, calls: 8_000},
	{sources: 20, servers: 8, idleLoad: 0.5, calls: 12_000},
	{sources: 40, servers: 12, idleLoad: 0.3, calls: 16_000},
}

// TestTheRouterAgreesWithEngset has callers who do not call while they talk, and
// compares both congestions: the share of calls that are blocked, and the share
// of the time in which all agents talk.
func TestTheRouterAgreesWithEngset(t *testing.T) {
	for _, f := range finiteGroups {
		t.Logf("%+v", f)
		sample := &sim.Sample{Level: 1 - 0.01/comparisons}
		for seed := range uint64(replications) {
			sample.Runs = append(sample.Runs, f.run(t, seed+1))
		}
		byTime, byCall := erlang.Engset(f.sources, f.servers, f.idleLoad)
		inside(t, "time congestion", sample.Estimate(sim.Occupancy(0)), byTime)
		inside(t, "call congestion", sample.Estimate(sim.BlockedRate(nil)), byCall)
	}
}

// run is a replication. In place of the agents' time its result has that in which
// all of them talked, of all time.
func (f finite) run(t *testing.T, seed uint64) sim.Result {
	talk := sim.Exponential{Mean: aht}
	idle := sim.Exponential{Mean: time.Duration(float64(aht) / f.idleLoad)}
	begin := monday.Add(time.Duration(f.calls/10/f.sources) * (idle.Mean + aht))
	var (
		all     sim.AgentTime
		blocked bool    // the call that has just come
		talking int     // agents
		since   = begin // when that was looked at last
		over    bool    // nobody calls any more
	)
	s := sim.Scenario{
		Plan:   plain(),
		Agents: staff(f.servers, nil),
		Seed:   seed,
		Grid:   sim.Grid{Start: begin, Bounds: []time.Duration{0, 100_000 * time.Hour}},
		Calls: func(r *rand.Rand) iter.Seq[sim.Call] {
			return func(yield func(sim.Call) bool) {
				due := make([]time.Time, f.sources) // when each source calls next
				for i := range due {
					due[i] = monday.Add(idle.Sample(r))
				}
				for range f.calls {
					slices.SortFunc(due, time.Time.Compare)
					call := sim.Call{Arrive: acd.Command{At: due[0]}, Service: talk.Sample(r), Patience: sim.Forever}
					blocked = false
					if !yield(call) {
						return
					}
					if !blocked {
						due[0] = due[0].Add(call.Service)
					}
					due[0] = due[0].Add(idle.Sample(r))
				}
				over = true
			}
		},
		Each: func(r *sim.Record) { blocked = r.Outcome == sim.Blocked },
		Observe: func(cmd acd.Command, events []acd.Event, _ error) {
			if spent := cmd.At.Sub(since); spent > 0 && !over {
				all.Staffed += spent
				if talking == f.servers {
					all.Busy += spent
				}
				since = cmd.At
			}
			for _, e := range events {
				switch e.Type {
				case acd.EventConnected:
					talking++
				case acd.EventEnded:
					talking--
				}
			}
		},
	}
	s.Plan.MaxCalls = new(f.servers)
	result, err := sim.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	result.Time = []sim.AgentTime{all}
	return result
}
