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
// agents meets the target. The cost is that of some ten calls of With, and of
// ServiceLevel if the target has one.
//
// With limited lines and callers who hang up, fewer agents can do better by some
// parts of a target, because those who are blocked neither wait nor hang up: set
// Blocked too, beside Abandon. Where that can be, the numbers up to 500 are tried
// one after the other; beyond that the answer meets the target, but fewer agents
// may too.
func (w Workload) Staff(t Target) (int, Outcome, error) {
	if err := errors.Join(w.check(), t.Check()); err != nil {
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
	if w.endless() {
		if load >= math.MaxInt/2 {
			return 0, Outcome{}, errTooMuch(load)
		}
		least = int(load) + 1
	}
	root := math.Sqrt(load)
	first, step := int(min(load+root/4, math.MaxInt/4))+1, int(min(root/4, math.MaxInt/8))+1
	if w.wavers(t) {
		for ; least < min(most, manyAgents); least++ {
			if o, err := w.with(float64(least), least); err == nil && t.met(o) {
				return least, o, nil
			}
		}
	}
	agents, ok := fewest(least, first, most, step, func(agents int) float64 {
		o, err := w.with(float64(agents), agents)
		if err != nil {
			return math.Inf(1)
		}
		return t.short(t.rounded(o))
	})
	o, err := w.with(float64(agents), agents)
	if err == nil && !ok {
		err = errNotEven(agents)
	}
	if err != nil {
		return 0, Outcome{}, err
	}
	return agents, o, nil
}

// manyAgents is up to where Staff tries one number after the other if it must.
const manyAgents = 500

// wavers tells whether more agents may be worse by a part of the target. Without
// both limited lines and callers who hang up they never are. With both, the more
// are blocked the fewer can hang up; a caller who waits holds a line for a shorter
// time than one who talks if patience is shorter than the handle time; and redials
// mix the two.
func (w Workload) wavers(t Target) bool {
	if w.Lines == 0 || w.Patience == 0 {
		return false
	}
	blockedCounts := t.Blocked > 0 || t.ServiceLevel > 0 && (t.Definition == ShortAbandonsMet || t.Definition == ShortAbandonsExcluded)
	return t.Abandon > 0 || w.Redial > 0 || w.Patience < w.AHT && blockedCounts
}

func errNotEven(agents int) error {
	return fmt.Errorf("erlang: not even %d agents meet every part of the Target", agents)
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
		for ; !(atHigh <= 0); step = min(2*step, math.MaxInt/2) {
			if high == most {
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
