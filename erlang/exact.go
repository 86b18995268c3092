package erlang

import (
	"math"
)

// StaffExact returns the number of agents, not rounded, that just meets every
// part of the target. It lies in (N − 1, N], where N is the whole number of
// [Workload.Staff].
//
// Nobody can be there in part; the number is for sums. Each queue and interval
// rounded up on its own adds half an agent on average, so a centre of many
// small queues is overstated by the sum of its whole numbers. Add up the exact
// ones, and round the sum.
//
// All formulas hold for a real number of agents, by the continuation of
// [BReal]. Waiting places count from N.
//
// Special cases are:
//
//	0 without any calls
//	the load if any number of agents above it will do
//	a thousandth of the load, or of 1 if that is less, if callers hang up or
//	lines are limited and so few agents will do
//
// Errors are those of Staff. The cost is that of some twenty calls of With.
func (w Workload) StaffExact(t Target) (float64, error) {
	agents, _, err := w.Staff(t)
	if err != nil || agents == 0 {
		return 0, err
	}
	return w.exact(t, agents), nil
}

// exact returns the exact number for the whole number of agents of Staff.
func (w Workload) exact(t Target, agents int) float64 {
	return exactly(agents, w.floor(), func(n float64) float64 { return t.shortfall(w.with(n, agents)) })
}

// floor returns the number of agents that is too few, or below which an exact
// number is not looked for.
func (w Workload) floor() float64 {
	if w.endless() {
		return w.Load()
	}
	return min(w.Load(), 1) / 1000
}

// exactly returns where between the last whole number and agents a shortfall
// vanishes.
func exactly(agents int, floor float64, shortfall func(n float64) float64) float64 {
	high := float64(agents)
	// Just above, where waiting places already count from agents.
	return zero(shortfall, math.Nextafter(max(high-1, floor), high), high)
}

// figures are what a target speaks of, not rounded.
type figures struct {
	level     float64 // service level
	missed    float64 // one minus it
	asa       float64 // in nanoseconds
	abandon   float64
	occupancy float64
	blocked   float64
}

// figures returns those of an outcome.
func (t Target) figures(o Outcome) figures {
	f := figures{
		asa:       o.queue.delay / o.queue.answered * o.queue.aht,
		abandon:   o.PAbandon,
		occupancy: o.Occupancy,
		blocked:   o.PBlocked,
	}
	if t.ServiceLevel > 0 {
		f.level, f.missed = o.queue.level(o.queue.time(float64(t.Within)), t.Definition)
	}
	return f
}

// shortfall tells how far an outcome is from the target.
func (t Target) shortfall(o Outcome, err error) float64 {
	if err != nil {
		return math.Inf(1)
	}
	return t.short(t.figures(o))
}

// short tells how far the figures are from the target by its part that is worst
// off, as a logarithm: above 0 if it is not met, below 0 if it is more than met.
func (t Target) short(f figures) float64 {
	worst := math.Inf(-1)
	part := func(figure, most float64) { worst = max(worst, math.Log(figure/most)) }
	switch {
	case t.ServiceLevel == 0:
	case t.ServiceLevel < 0.5:
		part(t.ServiceLevel, f.level)
	case t.ServiceLevel < 1:
		part(f.missed, 1-t.ServiceLevel)
	default:
		part(f.missed, 0x1p-53) // 1 − missed is rounded to 1
	}
	if t.ASA > 0 {
		part(f.asa, float64(t.ASA))
	}
	if t.Abandon > 0 {
		part(f.abandon, t.Abandon)
	}
	if t.Occupancy > 0 {
		part(f.occupancy, t.Occupancy)
	}
	if t.Blocked > 0 {
		part(f.blocked, t.Blocked)
	}
	return worst
}
