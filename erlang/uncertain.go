package erlang

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// An Uncertain workload is one whose volume is not known when agents are
// scheduled. On a given day calls come as a Poisson process at the workload's
// Calls times a factor of that day, which has a gamma distribution with mean 1.
//
// Counts of real days vary two to five times more than those of a Poisson
// process at a known rate, and the service level falls faster on a busy day than
// it rises on a slack one: who staffs for the mean volume misses the target.
// See [SpreadOf] for measuring the spread.
//
// Gamma mixtures of Poisson processes for call centres: G. Jongbloed, G. Koole,
// "Managing uncertainty in call centres using Poisson mixtures", Applied
// Stochastic Models in Business and Industry 17, 2001, doi:10.1002/asmb.444; A.
// N. Avramidis, A. Deslauriers, P. L'Ecuyer, "Modeling daily arrivals to a
// telephone call center", Management Science 50, 2004,
// doi:10.1287/mnsc.1040.0236.
type Uncertain struct {
	// Workload is that of a day of mean volume.
	Workload Workload
	// Spread is the standard deviation of the rate of calls over its mean: 0.1
	// for days that differ by ten percent. At most 1000. 0,
	// and anything below 1e-9: the volume is known.
	Spread float64
}

// SpreadOf returns the [Uncertain.Spread] of counts whose variance is index
// times their mean, calls being the mean: what is left when the variance that a
// Poisson process has anyway is taken off,
//
//	Var(N) = m + m²·spread²,  spread = √((index − 1)/m)
//
// Count a stretch of time that is high or low as a whole, such as a day, and
// days that are alike, such as Mondays.
//
// Special cases are:
//
//	SpreadOf(index, calls) = NaN for index < 0, calls ≤ 0 or either NaN
//	SpreadOf(index, calls) = 0 for index ≤ 1
func SpreadOf(index, calls float64) float64 {
	if !(index >= 0) || !(calls > 0) {
		return math.NaN()
	}
	return math.Sqrt(max(0, index-1) / calls)
}

// An Average is what calls live through over all days, each call counted alike:
// a busy day counts for as many calls as it has. A share is the mean number of
// calls in question over the mean number of calls.
type Average struct {
	// Agents is how many agents are on the phones.
	Agents int
	// Load is the mean offered load in erlangs, redials included.
	Load float64
	// ServiceLevel is as the target defines it; 0 if it has none.
	ServiceLevel float64
	// PWait, PBlocked and PAbandon are as in [Outcome].
	PWait, PBlocked, PAbandon float64
	// ASA is the mean wait of answered calls, to the nanosecond: the largest
	// Duration with a spread, unless callers hang up or lines are limited.
	ASA time.Duration
	// Occupancy is the share of their time that agents spend on calls.
	Occupancy float64
}

// Day returns the workload of the day that a share of all days does not exceed
// in volume. More calls are not better, so agents who meet a target on that day
// meet it on that share of the days; but for Target.Abandon with limited lines,
// where on a busy day fewer find a line to hang up on:
//
//	busy, err := u.Day(0.9)
//	agents, outcome, err := busy.Staff(target)
//
// It is an error if a field of u is out of its domain, or if the share does not
// lie from 0 to below 1.
func (u Uncertain) Day(share float64) (Workload, error) {
	if err := u.check(); err != nil {
		return Workload{}, err
	}
	if !(share >= 0 && share < 1) {
		return Workload{}, fmt.Errorf("erlang: a share of %v of the days: it must lie from 0 to below 1", share)
	}
	w := u.Workload
	if u.known() {
		return w, nil
	}
	w.Calls *= volumeQuantile(u.Spread, share)
	return w, w.check()
}

// With returns the averages over all days for this many agents; t says which
// service level.
//
// On a day with at least as much load as agents, nobody hanging up and no limit
// on lines, the queue has no long run: all its calls count as having waited, too
// long for any service level, and for ever. They would be so on average too if
// the mean load is at least the agents: that is an error as in [Workload.With].
// With a spread, a Redial of 1 is an error: on busy days calls would be tried
// without end.
//
// The error of the shares is below 1e-9. The cost is that of some two hundred
// calls of [Workload.With].
func (u Uncertain) With(agents int, t Target) (Average, error) {
	if err := errors.Join(u.check(), t.Check()); err != nil {
		return Average{}, err
	}
	o, err := u.Workload.With(agents)
	if err != nil {
		return Average{}, err
	}
	if u.known() {
		return t.average(o), nil
	}
	return u.average(u.over(float64(agents), t), agents, t), nil
}

// Staff returns the fewest agents that meet every part of the target on average
// over the calls of all days, and those averages. Without a spread it is
// [Workload.Staff].
//
// It is an error if a field is out of its domain, if no number of agents meets
// the target, and for an ASA if nobody hangs up and lines are not limited: with
// any number of agents there are days whose queue grows without end, and their
// waits have no mean. The cost is that of some thousand calls of
// [Workload.With].
func (u Uncertain) Staff(t Target) (int, Average, error) {
	if err := errors.Join(u.check(), t.Check()); err != nil {
		return 0, Average{}, err
	}
	w := u.Workload
	if u.known() {
		agents, o, err := w.Staff(t)
		return agents, t.average(o), err
	}
	floor := w.floor()
	if t.ASA > 0 && w.endless() {
		return 0, Average{}, fmt.Errorf("erlang: Target.ASA is %v: with a spread there is no mean wait unless callers hang up or lines are limited", t.ASA)
	}
	if floor >= math.MaxInt/2 {
		return 0, Average{}, errTooMuch(floor)
	}
	most := math.MaxInt
	if w.Lines > 0 {
		most = w.Lines
	}
	first := int(min(w.Load()*(1+u.Spread), math.MaxInt/4)) + 1
	agents, ok := fewest(int(floor)+1, first, most, 1, func(agents int) float64 {
		return t.short(u.figures(u.over(float64(agents), t), float64(agents), t))
	})
	if !ok {
		return 0, Average{}, errNotEven(agents)
	}
	return agents, u.average(u.over(float64(agents), t), agents, t), nil
}

// StaffExact returns the number of agents, not rounded, that just meets every
// part of the target on average: see [Workload.StaffExact]. Errors are those of
// Staff, the cost is some times as much.
func (u Uncertain) StaffExact(t Target) (float64, error) {
	agents, _, err := u.Staff(t)
	if err != nil || agents == 0 {
		return 0, err
	}
	return u.exact(t, agents)
}

// exact returns the exact number for the whole number of agents of Staff.
func (u Uncertain) exact(t Target, agents int) (float64, error) {
	if u.known() {
		return u.Workload.exact(t, agents), nil
	}
	return exactly(agents, u.Workload.floor(), func(n float64) float64 {
		return t.short(u.figures(u.over(n, t), n, t))
	}), nil
}

// known tells whether the volume does not vary, or is none.
func (u Uncertain) known() bool { return u.Spread < 1e-9 || u.Workload.Load() == 0 }

func (u Uncertain) check() error {
	err := u.Workload.check()
	if !(u.Spread >= 0 && u.Spread <= 1000) {
		err = errors.Join(err, fmt.Errorf("erlang: Uncertain.Spread is %v: it must lie from 0 to 1000", u.Spread))
	}
	if u.Workload.Redial == 1 && !u.known() {
		err = errors.Join(err, errors.New("erlang: Workload.Redial is 1: with a spread it must be below 1, or calls are tried without end on busy days"))
	}
	return err
}

// average of one outcome.
func (t Target) average(o Outcome) Average {
	a := Average{
		Agents: o.Agents, Load: o.Load,
		PWait: o.PWait, PBlocked: o.PBlocked, PAbandon: o.PAbandon,
		ASA: o.ASA, Occupancy: o.Occupancy,
	}
	if t.ServiceLevel > 0 {
		a.ServiceLevel = o.ServiceLevel(t.Within, t.Definition)
	}
	return a
}

func (u Uncertain) average(m mixture, agents int, t Target) Average {
	f := u.figures(m, float64(agents), t)
	load := u.Workload.Load()
	if u.Workload.Redial > 0 {
		load *= m.attempts
	}
	return Average{
		Agents:       agents,
		Load:         load,
		ServiceLevel: f.level,
		PWait:        m.waits / m.attempts,
		PBlocked:     f.blocked,
		PAbandon:     f.abandon,
		ASA:          duration(f.asa),
		Occupancy:    f.occupancy,
	}
}
