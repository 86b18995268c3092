package main

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// changeover is how long operators take from the end of a talk to the beginning
// of the next while that caller is waiting already: what they write down, a
// ringing phone, a breath. It is the mean over all such pairs of talks, of which
// it tells the number; a time of gap or more is an absence. 0 if there is no such
// pair.
//
// The mean counts, and not the median, because it is the operators' time that is
// lost to callers: the few long ones matter as much as the many short.
func changeover(calls []calllog.Call, gap time.Duration) (mean time.Duration, pairs int) {
	talks := make(map[string][]*calllog.Call) // by operator
	for i := range calls {
		if c := &calls[i]; c.Agent != "" && c.TalkKnown && !c.Start.IsZero() {
			talks[c.Agent] = append(talks[c.Agent], c)
		}
	}
	var sum time.Duration
	for _, list := range talks {
		slices.SortStableFunc(list, func(a, b *calllog.Call) int { return a.Start.Compare(b.Start) })
		for i := 1; i < len(list); i++ {
			pause := list[i].Start.Sub(list[i-1].Start.Add(list[i-1].Talk))
			if pause >= 0 && pause < gap && list[i].Wait > pause {
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
