package sim_test

import (
	"math"
	"runtime"
	"sync"
	"testing"
)

const (
	replications = 32

	// comparisons is how many figures the tests of formulas compare at the most.
	// All of them together are held to 99 %: by Bonferroni's inequality, which
	// needs no independence, each one is held to 1 − 0.01/comparisons. The seeds
	// are simply 1, 2, 3, …: of a hundred such sets of seeds, chance alone would
	// fail one.
	comparisons = 160
	// quantile is that two-sided point of Student's t with replications − 1
	// degrees of freedom: P(|T| > quantile) = 0.01/comparisons.
	quantile = 4.626
)

// replicate runs the same with other seeds, as many at once as there are
// processors.
func replicate(run func(seed uint64) tally) []tally {
	results := make([]tally, replications)
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range results {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = run(uint64(i + 1))
		})
	}
	wait.Wait()
	return results
}

// inside checks that a formula's value lies in the confidence interval of the
// replications' mean, and that the interval is narrow enough to say something.
func inside(t *testing.T, name string, runs []tally, figure func(tally) float64, want float64) {
	t.Helper()
	n := float64(len(runs))
	var sum, squares float64
	for _, m := range runs {
		sum += figure(m)
	}
	mean := sum / n
	for _, m := range runs {
		squares += (figure(m) - mean) * (figure(m) - mean)
	}
	half := quantile * math.Sqrt(squares/(n-1)/n)
	t.Logf("%-22s simulated %.5g ± %.2g, formula %.5g", name, mean, half, want)
	const rounding = 1e-12 // where every replication comes to 0, or to 1
	if !(math.Abs(mean-want) <= half+rounding) {
		t.Errorf("%s: the formula says %.6g, outside of the simulated %.6g ± %.2g", name, want, mean, half)
	}
	if half > 0.15*want {
		t.Errorf("%s: an interval of ± %.2g around %.3g proves little", name, half, mean)
	}
}
