package sim_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// TestDaysDifferAsTheSpreadSays counts the calls of many days: their variance is
// the Poisson process's, the mean, plus the square of spread × mean. Days are
// independent; within a day everything is busier or calmer alike.
func TestDaysDifferAsTheSpreadSays(t *testing.T) {
	const days, mean = 4000, 100
	for _, spread := range []float64{0, 0.1, 0.3, 1.5} {
		var rates []sim.Rate
		for d := range days {
			from := time.Duration(d) * 24 * time.Hour
			rates = append(rates,
				sim.Rate{From: from + 8*time.Hour, To: from + 12*time.Hour, PerHour: mean / 8.},
				sim.Rate{From: from + 14*time.Hour, To: from + 18*time.Hour, PerHour: mean / 8.})
		}
		source := sim.RandomDays(monday, rates, spread, func(*rand.Rand, time.Time) sim.Call { return sim.Call{} })
		mornings, afternoons := make([]float64, days), make([]float64, days)
		for c := range source(rand.New(rand.NewPCG(1, 1))) {
			since := c.Arrive.At.Sub(monday)
			if since%(24*time.Hour) < 13*time.Hour {
				mornings[since/(24*time.Hour)]++
			} else {
				afternoons[since/(24*time.Hour)]++
			}
		}
		var sum, squares, product, next float64
		for d, m := range mornings {
			n := m + afternoons[d]
			sum += n
			squares += (n - mean) * (n - mean)
			product += (m - mean/2) * (afternoons[d] - mean/2)
			if d > 0 {
				next += (n - mean) * (mornings[d-1] + afternoons[d-1] - mean)
			}
		}
		// The error of a variance is about √(2/days) of it for a normal count, and
		// some times that for the long tail of the widest gamma.
		variance := mean + spread*spread*mean*mean
		tolerance := 4 * math.Sqrt(2./days) * variance * (1 + spread*spread)
		if got := squares / days; math.Abs(got-variance) > tolerance {
			t.Errorf("spread %v: variance %.0f, want %.0f ± %.0f", spread, got, variance, tolerance)
		}
		if got := sum / days; math.Abs(got-mean) > 4*math.Sqrt(variance/days) {
			t.Errorf("spread %v: mean %.2f, want %d", spread, got, mean)
		}
		halves := spread * spread * mean * mean / 4
		if got := product / days; math.Abs(got-halves) > tolerance/2 {
			t.Errorf("spread %v: covariance of morning and afternoon %.1f, want %.1f", spread, got, halves)
		}
		if got := next / days; math.Abs(got) > tolerance/2 {
			t.Errorf("spread %v: covariance with the day before %.1f, want 0", spread, got)
		}
	}
}

// A rate over several days is cut at each midnight, and what CheckRates refuses
// gives no calls.
func TestARateOverManyDaysHasAFactorEachDay(t *testing.T) {
	count := func(rates []sim.Rate) map[time.Duration]int {
		n := make(map[time.Duration]int)
		source := sim.RandomDays(monday, rates, 0.5, func(*rand.Rand, time.Time) sim.Call { return sim.Call{} })
		for c := range source(rand.New(rand.NewPCG(7, 7))) {
			n[c.Arrive.At.Sub(monday)/(24*time.Hour)]++
		}
		return n
	}
	whole := count([]sim.Rate{{To: 72 * time.Hour, PerHour: 1000}})
	if len(whole) != 3 {
		t.Fatalf("calls on %d days of 3", len(whole))
	}
	for d, n := range whole {
		if other := whole[(d+1)%3]; math.Abs(float64(n-other)) < 1000 {
			t.Errorf("day %d has %d calls and the next %d: one factor, it seems", d, n, other)
		}
	}
	if n := count([]sim.Rate{{From: 2, To: 1, PerHour: 5}}); len(n) != 0 {
		t.Errorf("%v calls of rates that are none", n)
	}
}
