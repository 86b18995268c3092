package sim

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"
)

// Rate is how many calls arrive per hour from From to To, offsets from the
// start: one step of a day's profile, which is constant within each. Where no
// Rate is given nobody calls.
type Rate struct {
	From, To time.Duration // [From, To)
	PerHour  float64       // 0 to 3.6e12
}

// maxPerHour is one call a nanosecond: more cannot be told apart.
const maxPerHour = float64(time.Hour)

// CheckRates returns what is wrong with a profile, all of it, each with the
// index of its rate; nil if nothing is. The intervals must be in order of time
// and must not overlap, none may be empty or begin before 0, and the rates must
// be numbers from 0 to 3.6e12 (one call a nanosecond). Gaps between the
// intervals are allowed.
func CheckRates(rates []Rate) error {
	var errs []error
	bad := func(i int, format string, args ...any) {
		errs = append(errs, fmt.Errorf("sim: rates[%d]: "+format, append([]any{i}, args...)...))
	}
	for i, r := range rates {
		if r.From < 0 {
			bad(i, "from %v is before the start", r.From)
		}
		if r.To <= r.From {
			bad(i, "to %v is not after from %v", r.To, r.From)
		}
		if !(r.PerHour >= 0 && r.PerHour <= maxPerHour) {
			bad(i, "%v calls an hour is not a rate from 0 to %.1e", r.PerHour, maxPerHour)
		}
		if i == 0 {
			continue
		}
		switch before := rates[i-1]; {
		case r.From < before.From:
			bad(i, "from %v is earlier than that of rates[%d], %v", r.From, i-1, before.From)
		case r.From < before.To:
			bad(i, "from %v overlaps rates[%d], which ends at %v", r.From, i-1, before.To)
		}
	}
	return errors.Join(errs...)
}

// Poisson is the arrivals of a Poisson process with these rates, in order of
// time, from start+rates[0].From to before the end of the last rate. Two calls
// may come in the same nanosecond.
//
// The gaps between arrivals are exponential with mean 1 in the cumulative
// intensity Λ(t) = ∫ rate, so that one number is taken from r for each arrival
// and one more at the end (E. Çinlar, "Introduction to Stochastic Processes",
// 1975, chapter 4). O(1) an arrival, amortised over the rates.
//
// The sequence draws from r as it is ranged over: to range again is to go on
// with r, and gives another day. Rates that [CheckRates] refuses give none.
func Poisson(r *rand.Rand, start time.Time, rates []Rate) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if CheckRates(rates) != nil {
			return
		}
		gap := unitExp(r) // what is left of the gap, in expected calls
		for _, rate := range rates {
			if rate.PerHour == 0 {
				continue
			}
			var (
				perCall = float64(time.Hour) / rate.PerHour // nanoseconds
				length  = float64(rate.To - rate.From)
				at      float64 // since rate.From
			)
			for {
				next := at + float64(gap*perCall)
				if !(next < length) {
					gap = max(gap-(length-at)/perCall, 0)
					break
				}
				at = next
				// Rounded down, and so before To; the minimum matters only where
				// float64 no longer holds every nanosecond, beyond 104 days.
				offset := min(time.Duration(at), rate.To-rate.From-1)
				if !yield(start.Add(rate.From + offset)) {
					return
				}
				gap = unitExp(r)
			}
		}
	}
}
