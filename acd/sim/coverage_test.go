package sim_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// lone is an hour of one agent and one line, from nobody in it on.
func lone(seed uint64, service time.Duration) sim.Scenario {
	plan := plain()
	plan.MaxCalls = new(1)
	return sim.Scenario{
		Plan:   plan,
		Agents: staff(1, nil),
		Calls: sim.Random(monday, []sim.Rate{{To: time.Hour, PerHour: 30}}, func(r *rand.Rand, _ time.Time) sim.Call {
			return sim.Call{Service: sim.Exponential{Mean: service}.Sample(r), Patience: sim.Forever}
		}),
		Seed: seed,
	}
}

// blockedOfLone is the share of its calls that are blocked, over endlessly many
// such hours. With λ calls and μ ends of a talk an hour, the agent talks at time
// t with the probability
//
//	λ/(λ+μ) · (1 − exp(−(λ+μ)t))
//
// (two states, from the first on), and calls of a Poisson process see the mean
// of that over the hour.
func blockedOfLone(service time.Duration) float64 {
	calls, both := 30.0, 30.0+float64(time.Hour)/float64(service)
	return calls / both * (1 - (1-math.Exp(-both))/both)
}

// TestIntervalsOfRunsHoldTheTruth: of 400 samples of ten short runs each, 95 %
// have the truth in their interval, which is known exactly though the hour begins
// with an empty line; and so have their differences from others with the same
// callers who talk less.
func TestIntervalsOfRunsHoldTheTruth(t *testing.T) {
	const (
		samples = 400
		level   = 0.95
		talk    = 3 * time.Minute
		shorter = 2 * time.Minute
	)
	m := sim.BlockedRate(nil)
	want := blockedOfLone(talk)
	less := blockedOfLone(shorter) - want
	held, heldLess, apart := 0, 0, 0
	var sum float64
	for seed := range uint64(samples) {
		a, b := lone(seed, talk), lone(seed+samples, shorter)
		a.Effort = sim.Effort{Runs: 10, Level: level}
		c, err := sim.CompareScenarios(t.Context(), a, b)
		if err != nil {
			t.Fatal(err)
		}
		e, d := c.A.Estimate(m), c.Difference(m)
		sum += e.Value
		if e.Low <= want && want <= e.High {
			held++
		}
		if d.Low <= less && less <= d.High {
			heldLess++
		}
		// Without pairs the interval of the difference would be wider.
		if other := c.B.Estimate(m); d.High-d.Low > math.Hypot(e.High-e.Low, other.High-other.Low) {
			apart++
		}
	}
	t.Logf("blocked %.4f, truly %.4f; held %d and %d of %d", sum/samples, want, held, heldLess, samples)
	// Four standard deviations of such a count.
	margin := 4 * math.Sqrt(level*(1-level)*samples)
	for _, n := range []int{held, heldLess} {
		if math.Abs(float64(n)-level*samples) > margin {
			t.Errorf("the truth is in %d of %d intervals", n, samples)
		}
	}
	if apart > samples/20 {
		t.Errorf("%d of %d intervals of a difference are wider than those of unpaired samples", apart, samples)
	}
}

// TestPreciseStopsWhenItIs, and not before: the interval after ten runs less was
// too wide, and there are never fewer than ten.
func TestPreciseStopsWhenItIs(t *testing.T) {
	m := sim.BlockedRate(nil)
	for _, half := range []float64{0.01, 0.02, 1} {
		s := lone(5, 3*time.Minute)
		s.Effort.Enough = sim.Precise(m, half)
		sample, err := sim.Replicate(t.Context(), s, 1000)
		if err != nil {
			t.Fatal(err)
		}
		n := len(sample.Runs)
		t.Logf("± %v after %d runs", half, n)
		if e := sample.Estimate(m); n%10 != 0 || n == 1000 || (e.High-e.Low)/2 > half {
			t.Errorf("± %v: %d runs, %+v", half, n, e)
		}
		if before := (&sim.Sample{Runs: sample.Runs[:n-10], Level: sample.Level}); n > 10 {
			if e := before.Estimate(m); (e.High-e.Low)/2 <= half {
				t.Errorf("± %v: %d runs would have done: %+v", half, n-10, e)
			}
		} else if half < 1 {
			t.Errorf("± %v: only %d runs", half, n)
		}
	}
	// Nothing to count is never enough.
	s := lone(5, 3*time.Minute)
	s.Effort.Enough = sim.Precise(sim.BlockedRate(sim.InQueue("nowhere")), 1)
	if sample, err := sim.Replicate(t.Context(), s, 30); err != nil || len(sample.Runs) != 30 {
		t.Errorf("%d runs, %v", len(sample.Runs), err)
	}
}
