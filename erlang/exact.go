package erlang

import "math"

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
