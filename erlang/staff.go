package erlang

import (
	"errors"
	"fmt"
	"math"
)

// Staff returns the fewest agents that meet every part of the target, and what
// they live through. One agent fewer fails, or has no long run. Without any
// requirement it is the fewest agents for which With has an answer.
//
// It is an error if a field of w or t is out of its domain, or if no number of
// agents meets the target. The cost is that of some ten calls of With.
//
// With Lines, a Patience below AHT and a Redial at once, more agents can be worse
// by any part of a target: then the answer meets the target, but fewer may too, and
// an error may be wrong.
func (w Workload) Staff(t Target) (int, Outcome, error) {
	if err := errors.Join(w.check(), t.check()); err != nil {
		return 0, Outcome{}, err
	}
	if w.Calls == 0 {
		o, err := w.with(0, 0)
		return 0, o, err
	}
	load := w.Load()
	least, most := 1, math.MaxInt
	if w.Lines > 0 {
		most = w.Lines
	}
	if w.Patience == 0 && w.Lines == 0 {
		if load >= math.MaxInt/2 {
			return 0, Outcome{}, errTooMuch(load)
		}
		least = int(load) + 1
	}
	// More agents are never worse, by any part of a target, with one exception: a
	// caller who waits holds a line for a shorter time than one who is talking if
	// patience is shorter than the handle time, so that more agents block more
	// callers. Then look for the fewest that would do if as few were blocked as is
	// certain, and learn from them how many that is.
	crowding := w.Lines > 0 && w.Patience > 0 && w.Patience < w.AHT
	certain := 0.0
	root := math.Sqrt(load)
	first := int(min(load+root/4, math.MaxInt/4)) + 1
	for {
		agents, ok := fewest(least, first, most, int(min(root/4, math.MaxInt/8))+1, func(agents int) float64 {
			o, err := w.with(float64(agents), agents)
			if err != nil {
				return math.Inf(1)
			}
			f := t.figures(o)
			f.asa = float64(o.ASA)
			if crowding {
				f.blocked = certain
				if t.Definition == ShortAbandonsMet || t.Definition == ShortAbandonsExcluded {
					q := o.queue
					q.blocked = certain
					f.missed = q.missed(q.time(float64(t.Within)), t.Definition)
					f.level = 1 - f.missed
				}
			}
			return t.short(f)
		})
		if !ok {
			return 0, Outcome{}, errNotEven(agents)
		}
		o, err := w.with(float64(agents), agents)
		if err != nil || !crowding || t.met(o) {
			return agents, o, err
		}
		if o.PBlocked <= certain {
			return 0, Outcome{}, fmt.Errorf("erlang: neither %d agents nor more meet the target", agents)
		}
		least, first, certain = agents, agents, o.PBlocked
	}
}

func errNotEven(agents int) error {
	return fmt.Errorf("erlang: not even %d agents meet the target", agents)
}

func errTooMuch(load float64) error {
	return fmt.Errorf("erlang: a load of %v erlangs is more than can be staffed", load)
}

// fewest returns the smallest number whose shortfall is not above 0, from least to
// most, if the shortfall falls. It looks from first outwards in steps that double,
// then between one that falls short and one that does not, and tells whether there
// is such a number.
func fewest(least, first, most, step int, shortfall func(agents int) float64) (int, bool) {
	high, low := min(max(least, first), most), least-1
	atHigh, atLow := shortfall(high), math.Inf(1)
	if atHigh <= 0 {
		for ; high-step > low; step *= 2 {
			at := shortfall(high - step)
			if !(at <= 0) {
				low, atLow = high-step, at
				break
			}
			high, atHigh = high-step, at
		}
	} else {
		for ; !(atHigh <= 0); step *= 2 {
			if high == most || step > math.MaxInt/4 {
				return high, false
			}
			low, atLow = high, atHigh
			high += min(step, most-high)
			atHigh = shortfall(high)
		}
	}
	for turn := 0; high-low > 1; turn++ {
		mid := low + (high-low)/2
		if share := atLow / (atLow - atHigh); turn%3 != 2 && share >= 0 && share <= 1 {
			mid = min(max(low+int(share*float64(high-low)), low+1), high-1)
		}
		if at := shortfall(mid); at <= 0 {
			high, atHigh = mid, at
		} else {
			low, atLow = mid, at
		}
	}
	return high, true
}
