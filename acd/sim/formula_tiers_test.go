package sim_test

import (
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// TestHeadStartsOnlyShareTheWaitOut compares two tiers, one with a head start,
// with the conservation law: whatever the order, as long as it does not look at
// the length of talks, the mean wait of all is that of first come first served
// (L. Kleinrock, "A conservation law for a wide class of queueing disciplines",
// Naval Research Logistics Quarterly 12, 1965). And the head start is what the
// tiers' waits can differ by at the most.
func TestHeadStartsOnlyShareTheWaitOut(t *testing.T) {
	const lead = time.Minute
	c := centre{agents: 8, load: 6.4, calls: 16_000}
	begin := monday.Add(warmUp * c.gap())
	runs := replicate(func(seed uint64) tally {
		var all, gold tally
		s := c.scenario(seed)
		s.Plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: lead}}
		s.Calls = oneInThree(s.Calls, "gold")
		s.Each = func(r *sim.Record) {
			if r.Call.Arrive.At.Before(begin) {
				return
			}
			all.count(r, 0)
			if r.Call.Arrive.Tier == "gold" {
				gold.count(r, 0)
			}
		}
		if _, err := sim.Run(t.Context(), s); err != nil {
			t.Error(err)
		}
		ahead := gold.wait / gold.offered
		behind := (all.wait - gold.wait) / (all.offered - gold.offered)
		if !(ahead < behind && behind-ahead < lead.Seconds()) {
			t.Errorf("seed %d: gold waits %v s, the others %v s, with a head start of %v", seed, ahead, behind, lead)
		}
		return all
	})
	inside(t, "mean wait", runs, func(m tally) float64 { return m.wait / m.offered }, c.with(t).MeanWait.Seconds())
}

// oneInThree is the source with every third call, by chance, of the tier.
func oneInThree(source sim.Source, tier string) sim.Source {
	return func(r *rand.Rand) iter.Seq[sim.Call] {
		return func(yield func(sim.Call) bool) {
			for call := range source(r) {
				if r.IntN(3) == 0 {
					call.Arrive.Tier = tier
				}
				if !yield(call) {
					return
				}
			}
		}
	}
}
