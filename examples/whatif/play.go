package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// variant is a rule, and who works, with which the log's calls are played.
type variant struct {
	name, says string
	plan       acd.Plan
	agents     []sim.Agent
	staff      int      // by how many operators a day there are more than in the log
	doubts     []string // what the plan hardly means
}

// halfHour is the length of the intervals of the day.
const halfHour = 30 * time.Minute

// halfHours are those of the day, the same each day.
func halfHours(midnight time.Time) sim.Grid {
	grid := sim.Every(midnight, halfHour, int(24*time.Hour/halfHour))
	grid.Cycle = 24 * time.Hour
	return grid
}

// play simulates a variant with the seeds that all variants have.
func play(ctx context.Context, h *history, v variant, o options, tell func()) (*sim.Sample, error) {
	sample, err := sim.Replicate(ctx, sim.Scenario{
		Plan:   v.plan,
		Agents: v.agents,
		Calls:  h.Calls,
		Seed:   o.seed,
		Grid:   halfHours(h.midnight),
		Watch:  watch(o.within),
		Effort: sim.Effort{Progress: func(int, int) { tell() }},
	}, o.runs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.name, err)
	}
	for i := range sample.Runs {
		sample.Runs[i].Rows = wholeDay(sample.Runs[i].Rows)
	}
	return sample, nil
}

// wholeDay joins the rows of each queue and tier: of the intervals only the
// operators' time is told.
func wholeDay(rows []sim.Row) []sim.Row {
	var joined []sim.Row
	for _, row := range rows {
		i, found := slices.BinarySearchFunc(joined, row, func(a, b sim.Row) int {
			return cmp.Or(cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Tier, b.Tier))
		})
		if !found {
			joined = slices.Insert(joined, i, sim.Row{Queue: row.Queue, Tier: row.Tier})
		}
		joined[i].Merge(&row.Figures)
	}
	return joined
}
