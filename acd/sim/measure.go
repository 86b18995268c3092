package sim

import (
	"math"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// Measure is something that a run comes to, as a part and the whole that it is
// of: calls answered in time and calls offered, say. What is estimated from many
// runs is the sum of the parts over the sum of the wholes. A run that has
// nothing to say gives 0 and 0; one that cannot be measured NaN.
type Measure func(*Result) (part, whole float64)

// Which picks the rows that a [Measure] is of; nil picks all.
type Which func(*Row) bool

// InQueue picks the calls that came to a queue first.
func InQueue(name string) Which { return func(r *Row) bool { return r.Queue == name } }

// OfTier picks the calls of a tier, "" those of none.
func OfTier(name string) Which { return func(r *Row) bool { return r.Tier == name } }

// During picks the calls that arrived in an interval of the grid.
func During(interval int) Which { return func(r *Row) bool { return r.Interval == interval } }

// And picks the calls that both pick.
func (w Which) And(o Which) Which {
	if w == nil {
		return o
	}
	if o == nil {
		return w
	}
	return func(r *Row) bool { return w(r) && o(r) }
}

// sum is a measure that adds up what each row gives.
func (w Which) sum(add func(*Figures) (part, whole float64)) Measure {
	return func(result *Result) (part, whole float64) {
		for i := range result.Rows {
			if row := &result.Rows[i]; w == nil || w(row) {
				p, n := add(&row.Figures)
				part += p
				whole += n
			}
		}
		return part, whole
	}
}

// ServiceLevel is the share of calls answered within a time, which must be one
// of [Scenario.Watch], by a definition of package erlang. Calls that have no
// outcome count as offered.
func ServiceLevel(w Which, within time.Duration, d erlang.Definition) Measure {
	return func(r *Result) (part, whole float64) {
		i := slices.Index(r.Watch, within)
		if i < 0 {
			return math.NaN(), math.NaN()
		}
		return w.sum(func(f *Figures) (float64, float64) {
			s, g := float64(f.AnsweredWithin[i]), float64(f.AbandonedWithin[i])
			switch d {
			case erlang.AnsweredOfOffered:
				return s, float64(f.Offered)
			case erlang.AnsweredOfAnswered:
				return s, float64(f.Answered)
			case erlang.ShortAbandonsMet:
				return s + g, float64(f.Offered)
			case erlang.ShortAbandonsExcluded:
				return s, float64(f.Offered) - g
			}
			return math.NaN(), math.NaN()
		})(r)
	}
}

// Share is the share of the calls offered that had an outcome.
func Share(w Which, o Outcome) Measure {
	return w.sum(func(f *Figures) (float64, float64) { return float64(f.Of(o)), float64(f.Offered) })
}

// AbandonRate is the share of the calls offered that hung up.
func AbandonRate(w Which) Measure { return Share(w, Abandoned) }

// BlockedRate is the share of the calls offered that were turned away.
func BlockedRate(w Which) Measure { return Share(w, Blocked) }

// Offered is the calls of a run.
func Offered(w Which) Measure { return each(w, func(f *Figures) float64 { return float64(f.Offered) }) }

// each is a measure of which the whole is the run itself.
func each(w Which, of func(*Figures) float64) Measure {
	sum := w.sum(func(f *Figures) (float64, float64) { return of(f), 0 })
	return func(r *Result) (part, whole float64) {
		part, _ = sum(r)
		return part, 1
	}
}

// ASA is the mean wait of answered calls, in seconds.
func ASA(w Which) Measure {
	return w.sum(func(f *Figures) (float64, float64) { return f.Wait.Sum().Seconds(), float64(f.Answered) })
}

// MeanWait is the mean wait of all calls but the Unended, in seconds: of those
// who hung up and those who were answered alike, 0 for the blocked.
func MeanWait(w Which) Measure {
	return w.sum(func(f *Figures) (float64, float64) {
		return f.AllWaited.Seconds(), float64(f.Offered - f.Unended)
	})
}

// WaitQuantile is the wait that a share p of the answered calls did not exceed,
// in seconds, within 1/128 of it: the mean over the runs that answered any.
func WaitQuantile(w Which, p float64) Measure {
	return func(r *Result) (part, whole float64) {
		var all Figures
		for i := range r.Rows {
			if row := &r.Rows[i]; w == nil || w(row) {
				all.Wait.Merge(&row.Wait)
			}
		}
		wait, ok := all.Wait.Quantile(p)
		if !ok {
			return 0, 0
		}
		return wait.Seconds(), 1
	}
}

// SameAgentRate is the share of repeat calls that met the agent of last time.
func SameAgentRate(w Which) Measure {
	return w.sum(func(f *Figures) (float64, float64) { return float64(f.SameAgent), float64(f.Repeats) })
}

// Occupancy is the share of the agents' time in an interval of the grid that was
// talk or wrap-up.
func Occupancy(interval int) Measure {
	return func(r *Result) (part, whole float64) {
		if interval < 0 || interval >= len(r.Time) {
			return math.NaN(), math.NaN()
		}
		return r.Time[interval].Busy.Seconds(), r.Time[interval].Staffed.Seconds()
	}
}

// OverallOccupancy is that of the whole run, times outside of the grid included.
func OverallOccupancy(r *Result) (part, whole float64) {
	return r.Busy.Seconds(), r.Staffed.Seconds()
}
