package main

import (
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// goal is the share of calls to be answered within [options.within] that the
// formula staffs for.
const goal = 0.8

// needed tells for each half hour of the day, on average over the days, the calls
// and the operators that they need by formula: for each half hour by itself, all
// queues together, with the patience of all callers (0: unlimited).
func needed(calls sim.Source, seed uint64, midnight time.Time, days int, patience, within time.Duration) ([]moment, error) {
	grid := halfHours(midnight)
	type cell struct {
		calls int
		talk  time.Duration
	}
	dates := make(map[int][]cell) // by day since midnight
	for c := range calls(rand.New(rand.NewPCG(seed, 0))) {
		at := c.Arrive.At
		date := int(at.Sub(midnight) / (24 * time.Hour))
		if dates[date] == nil {
			dates[date] = make([]cell, grid.Len())
		}
		x := &dates[date][grid.At(at)]
		x.calls++
		x.talk += c.Service
	}
	inOrder := slices.Sorted(maps.Keys(dates)) // sums of floats depend on it
	moments := make([]moment, grid.Len())
	for i := range moments {
		moments[i].From = clock(i)
		for _, date := range inOrder {
			x := dates[date][i]
			if x.talk <= 0 {
				continue
			}
			w := erlang.Workload{Calls: float64(x.calls), Per: halfHour, AHT: x.talk / time.Duration(x.calls), Patience: patience}
			agents, _, err := w.Staff(erlang.Target{ServiceLevel: goal, Within: within})
			if err != nil {
				return nil, err
			}
			moments[i].Calls += float64(x.calls) / float64(days)
			moments[i].Needed += float64(agents) / float64(days)
		}
	}
	return moments, nil
}
