package bank

import (
	"math"
	"slices"
	"time"
)

// Figures are what became of calls, as recorded.
type Figures struct {
	Calls, Answered, Abandoned int
	Within20                   int // answered after a wait of at most 20 s
	// Of the waits of answered calls, those that did not queue with 0. A
	// quantile is the smallest wait that is not exceeded by that share of them.
	MeanWait, MedianWait, P99Wait time.Duration
	// Repeats are the answered calls of which it is known who served them and
	// who served the customer last; in SameServer of them it was the same.
	Repeats, SameServer int
}

// ServiceLevel is the share of all calls that was answered within 20 s; 0 if
// there are none.
func (f Figures) ServiceLevel() float64 { return share(f.Within20, f.Calls) }

// AbandonRate is the share of all calls that hung up; 0 if there are none.
func (f Figures) AbandonRate() float64 { return share(f.Abandoned, f.Calls) }

// SameServerRate is the share of repeat calls that came to the server of last
// time; 0 if there are none.
func (f Figures) SameServerRate() float64 { return share(f.SameServer, f.Repeats) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Recorded are the figures of all calls and of each tier.
//
// Do not compare the tiers with each other. A customer, and with it the
// priority, was recorded only for callers who had to queue; all who did not,
// priority customers too, are counted as regular. So the waits of the priority
// tier lack the zeros. What may be compared is a tier with the same calls under
// another rule.
type Recorded struct{ All, Priority, Regular Figures }

// Record computes the figures of calls.
func Record(calls []Call) Recorded {
	of := func(keep func(Call) bool) Figures {
		var f Figures
		var waits []time.Duration
		var sum float64
		for _, c := range calls {
			if !keep(c) {
				continue
			}
			f.Calls++
			if !c.Answered {
				f.Abandoned++
				continue
			}
			f.Answered++
			if c.Wait <= 20*time.Second {
				f.Within20++
			}
			waits = append(waits, c.Wait)
			sum += float64(c.Wait)
			if c.Server != "" && c.LastServer != "" {
				f.Repeats++
				if c.Server == c.LastServer {
					f.SameServer++
				}
			}
		}
		if len(waits) > 0 {
			slices.Sort(waits)
			f.MeanWait = time.Duration(math.Round(sum / float64(len(waits))))
			f.MedianWait = Quantile(waits, 50)
			f.P99Wait = Quantile(waits, 99)
		}
		return f
	}
	return Recorded{
		All:      of(func(Call) bool { return true }),
		Priority: of(func(c Call) bool { return c.Tier() == "priority" }),
		Regular:  of(func(c Call) bool { return c.Tier() == "regular" }),
	}
}

// Quantile is the smallest of sorted that percent of them do not exceed.
func Quantile(sorted []time.Duration, percent int) time.Duration {
	rank := (percent*len(sorted) + 99) / 100
	return sorted[max(rank, 1)-1]
}
