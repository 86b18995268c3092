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
	c := centre{agents: 8, load: 6.4, calls: 24_000}
	s := c.scenario(1)
	s.Plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: lead}}
	s.Calls = oneInThree(s.Calls, "gold")
	sample := sampled(t, s)
	for i := range sample.Runs {
		mean := func(tier string) float64 {
			part, whole := sim.MeanWait(sim.OfTier(tier))(&sample.Runs[i])
			return part / whole
		}
		if ahead, behind := mean("gold"), mean(""); !(ahead < behind && behind-ahead < lead.Seconds()) {
			t.Errorf("run %d: gold waits %v s, the others %v s, with a head start of %v", i, ahead, behind, lead)
		}
	}
	inside(t, "mean wait", sample.Estimate(sim.MeanWait(nil)), c.with(t).MeanWait.Seconds())
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
