package main

import (
	"slices"
	"time"
)

// talk is when an operator talked, and how long the caller had waited before.
type talk struct {
	from, to time.Time
	waited   time.Duration
}

// changeover is how long operators take from the end of a talk to the beginning
// of the next while that caller is waiting already: what they write down, a
// ringing phone, a breath. It is the mean over all such pairs of talks, over
// operators and their talks; a time of gap or more is an absence. 0 if there is
// no such pair.
//
// The mean counts, and not the median, because it is the operators' time that is
// lost to callers: the few long ones matter as much as the many short.
func changeover(talks map[string][]talk, gap time.Duration) (mean time.Duration, pairs int) {
	var sum time.Duration
	for _, list := range talks {
		slices.SortFunc(list, func(a, b talk) int { return a.from.Compare(b.from) })
		for i := 1; i < len(list); i++ {
			pause := list[i].from.Sub(list[i-1].to)
			if pause >= 0 && pause < gap && list[i].waited > pause {
				sum += pause
				pairs++
			}
		}
	}
	if pairs == 0 {
		return 0, 0
	}
	return (sum / time.Duration(pairs)).Round(100 * time.Millisecond), pairs
}
