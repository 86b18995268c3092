package sim

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)

// profile has a gap, a rate of 0, neighbours, and a short peak.
var profile = []Rate{
	{7 * time.Hour, 8 * time.Hour, 40},
	{8 * time.Hour, 9 * time.Hour, 0},
	{9 * time.Hour, 11 * time.Hour, 100},
	{11 * time.Hour, 11*time.Hour + time.Minute, 6000},
	{14 * time.Hour, 24 * time.Hour, 10},
}

func TestPoissonCountsHaveTheMeanAndVarianceOfTheRates(t *testing.T) {
	const days = 20_000
	r := newRand(10)
	sum := make([]float64, len(profile))
	squares := make([]float64, len(profile))
	covariance := 0.0 // of the neighbours 9–11 h and 11 h–11:01
	for range days {
		count := make([]float64, len(profile))
		before := day
		for at := range Poisson(r, day, profile) {
			if at.Before(before) {
				t.Fatalf("%v after %v", at, before)
			}
			before = at
			i := slices.IndexFunc(profile, func(p Rate) bool {
				return at.Sub(day) >= p.From && at.Sub(day) < p.To
			})
			if i < 0 {
				t.Fatalf("a call at %v, where no rate is", at)
			}
			count[i]++
		}
		mean := func(i int) float64 { return profile[i].PerHour * (profile[i].To - profile[i].From).Hours() }
		for i, c := range count {
			x := c - mean(i)
			sum[i] += x
			squares[i] += x * x
		}
		covariance += (count[2] - mean(2)) * (count[3] - mean(3))
	}
	for i, p := range profile {
		m := p.PerHour * (p.To - p.From).Hours()
		if limit := errorsAllowed * math.Sqrt(m/days); math.Abs(sum[i]/days) > limit {
			t.Errorf("rates[%d]: mean off by %.4f, limit %.4f", i, sum[i]/days, limit)
		}
		// The fourth central moment of a Poisson count is m + 3m².
		if limit := errorsAllowed * math.Sqrt((m+2*m*m)/days); math.Abs(squares[i]/days-m) > limit {
			t.Errorf("rates[%d]: variance %.4f, want %.4f ± %.4f", i, squares[i]/days, m, limit)
		}
	}
	// Independent: the covariance is 0, its standard error √(200·100/days).
	if limit := errorsAllowed * math.Sqrt(200*100/float64(days)); math.Abs(covariance/days) > limit {
		t.Errorf("covariance of neighbours %.4f, limit %.4f", covariance/days, limit)
	}
}

// Given how many there are, the arrivals of an interval are spread evenly over
// it: Kolmogorov's distance is below 2.44/√n with probability 1 − 1.3e-5.
func TestPoissonArrivalsAreUniformWithinAnInterval(t *testing.T) {
	const n = 100_000
	rates := []Rate{{0, time.Hour, n}, {time.Hour, 2 * time.Hour, 3 * n}}
	var first, second []float64
	for at := range Poisson(newRand(11), day, rates) {
		if x := at.Sub(day).Hours(); x < 1 {
			first = append(first, x)
		} else {
			second = append(second, x-1)
		}
	}
	for _, xs := range [][]float64{first, second} {
		distance := 0.0
		for i, x := range xs {
			share := float64(i) / float64(len(xs))
			distance = max(distance, math.Abs(x-share), math.Abs(x-share-1/float64(len(xs))))
		}
		if limit := 2.44 / math.Sqrt(float64(len(xs))); distance > limit {
			t.Errorf("Kolmogorov distance %.5f of %d arrivals, limit %.5f", distance, len(xs), limit)
		}
	}
}

func TestPoissonSameSeedSameArrivals(t *testing.T) {
	a := slices.Collect(Poisson(newRand(12), day, profile))
	b := slices.Collect(Poisson(newRand(12), day, profile))
	if !slices.Equal(a, b) {
		t.Error("the same seed gave other arrivals")
	}
	// Pinned, so that an architecture on which a bit differs fails.
	if got, want := len(a), 453; got != want {
		t.Errorf("%d arrivals, want %d", got, want)
	}
	if got, want := a[len(a)-1].Sub(day), time.Duration(85888871361597); got != want {
		t.Errorf("last arrival at %d, want %d", got, want)
	}
}

func TestPoissonStopsWhenTold(t *testing.T) {
	n := 0
	for range Poisson(newRand(13), day, profile) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d arrivals", n)
	}
}

func TestPoissonExtremeRates(t *testing.T) {
	for name, rates := range map[string][]Rate{
		"none":     nil,
		"zero":     {{0, time.Hour, 0}},
		"tiny":     {{0, math.MaxInt64, math.SmallestNonzeroFloat64}},
		"backward": {{time.Hour, 0, 10}},
		"refused":  {{0, time.Hour, 1e6}, {0, time.Hour, math.NaN()}},
	} {
		for at := range Poisson(newRand(14), day, rates) {
			t.Errorf("%s: a call at %v", name, at)
			break
		}
	}
	n := 0
	for at := range Poisson(newRand(15), day, []Rate{{0, 1000, maxPerHour}}) {
		if n++; at.Sub(day) >= 1000 {
			t.Fatalf("a call at %v", at.Sub(day))
		}
	}
	if n < 1000-140 || n > 1000+140 {
		t.Errorf("%d calls, want 1000 ± 140", n)
	}
}

func TestCheckRatesNamesTheIndex(t *testing.T) {
	if err := CheckRates(profile); err != nil {
		t.Errorf("a good profile: %v", err)
	}
	if err := CheckRates(nil); err != nil {
		t.Errorf("no rates: %v", err)
	}
	ok := Rate{time.Hour, 2 * time.Hour, 10}
	for name, c := range map[string]struct {
		rates []Rate
		want  string
	}{
		"before the start": {[]Rate{{-1, time.Hour, 1}}, "rates[0]"},
		"empty":            {[]Rate{ok, {3 * time.Hour, 3 * time.Hour, 1}}, "rates[1]"},
		"backward":         {[]Rate{{2, 1, 1}}, "rates[0]"},
		"negative":         {[]Rate{ok, {2 * time.Hour, 3 * time.Hour, -1}}, "rates[1]"},
		"not a number":     {[]Rate{{0, 1, math.NaN()}}, "rates[0]"},
		"infinite":         {[]Rate{{0, 1, math.Inf(1)}}, "rates[0]"},
		"too many":         {[]Rate{{0, 1, 1e13}}, "rates[0]"},
		"overlap":          {[]Rate{ok, {2*time.Hour - 1, 3 * time.Hour, 1}}, "rates[1]"},
		"unordered":        {[]Rate{ok, {0, time.Hour, 1}}, "rates[1]"},
	} {
		err := CheckRates(c.rates)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v does not name %s", name, err, c.want)
		}
	}
	err := CheckRates([]Rate{{0, 1, -1}, ok, {0, 1, 1}})
	for _, want := range []string{"rates[0]", "rates[2]"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %s", err, want)
		}
	}
}

func BenchmarkPoisson(b *testing.B) {
	r := newRand(16)
	rates := []Rate{{0, math.MaxInt64, 1000}}
	b.ReportAllocs()
	n := 0
	for range Poisson(r, day, rates) {
		if n++; !b.Loop() {
			break
		}
	}
}
