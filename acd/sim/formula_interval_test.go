package sim_test

import (
	"math"
	"testing"

	"github.com/najimi-acd/najimi/acd/sim"
)

const (
	replications = 32

	// comparisons is how many figures the tests of formulas compare at the most.
	// All of them together are held to 99 %: by Bonferroni's inequality, which
	// needs no independence, each one is held to 1 − 0.01/comparisons. The seeds
	// are simply 1, 2, 3, …: of a hundred such sets of seeds, chance alone would
	// fail one.
	comparisons = 170
)

// sampled is 32 replications of a scenario, for such comparisons.
func sampled(t *testing.T, s sim.Scenario) *sim.Sample {
	t.Helper()
	s.Effort.Level = 1 - 0.01/comparisons
	sample, err := sim.Replicate(t.Context(), s, replications)
	if err != nil {
		t.Fatal(err)
	}
	return sample
}

// inside checks that a formula's value lies in the interval of an estimate, and
// that the interval is narrow enough to say something.
func inside(t *testing.T, name string, e sim.Estimate, want float64) {
	t.Helper()
	half := (e.High - e.Low) / 2
	t.Logf("%-22s simulated %.5g ± %.2g, formula %.5g", name, e.Value, half, want)
	const rounding = 1e-12 // where every replication comes to 0, or to 1
	if !(math.Abs(e.Value-want) <= half+rounding) {
		t.Errorf("%s: the formula says %.6g, outside of the simulated %.6g ± %.2g", name, want, e.Value, half)
	}
	if half > 0.15*want {
		t.Errorf("%s: an interval of ± %.2g around %.3g proves little", name, half, e.Value)
	}
}
