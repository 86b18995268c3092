package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1999)) }

// errorsAllowed is how many standard errors a statistic may be off. A sound
// sampler exceeds 4.4 with probability 1e-5 for each statistic; the seeds are
// fixed, so that a test that passes goes on passing.
const errorsAllowed = 4.4

// moments checks the mean, and the standard deviation where sd is known, of n
// samples against their true values. The standard error of the sample variance
// is σ²√((κ−1)/n), κ the kurtosis of the distribution.
func moments(t *testing.T, d Dist, n int, mean, sd, kurtosis float64) {
	t.Helper()
	r := newRand(1)
	var sum, squares float64
	for range n {
		x := float64(d.Sample(r)) - mean
		sum += x
		squares += x * x
	}
	if off := sum / float64(n); math.Abs(off) > errorsAllowed*sd/math.Sqrt(float64(n))+1 {
		t.Errorf("%#v: mean of %d samples is off by %v", d, n, time.Duration(off))
	}
	ratio := squares / float64(n) / (sd * sd)
	if limit := errorsAllowed * math.Sqrt((kurtosis-1)/float64(n)); math.Abs(ratio-1) > limit {
		t.Errorf("%#v: variance of %d samples is %.5f of the true one, limit ±%.5f", d, n, ratio, limit)
	}
}

func TestExponentialMoments(t *testing.T) {
	mean := 3 * time.Minute
	moments(t, Exponential{mean}, 200_000, float64(mean), float64(mean), 9)
}

func TestLogNormalHasTheMeanAndDeviationOfTheTimeItself(t *testing.T) {
	for _, d := range []LogNormal{
		{3 * time.Minute, 4 * time.Minute},
		{3 * time.Minute, time.Minute},
		{time.Hour, 4 * time.Microsecond},
	} {
		w := 1 + math.Pow(float64(d.SD)/float64(d.Mean), 2) // e^σ²
		kurtosis := math.Pow(w, 4) + 2*math.Pow(w, 3) + 3*w*w - 3
		moments(t, d, 200_000, float64(d.Mean), float64(d.SD), kurtosis)
	}
}

func TestEmpiricalDrawsEachSampleWithEqualChance(t *testing.T) {
	samples := []time.Duration{50, 10, 30, 10, 0}
	d, err := NewEmpirical(samples)
	if err != nil {
		t.Fatal(err)
	}
	samples[0] = -1 // a copy was taken
	const n = 200_000
	got := map[time.Duration]int{}
	r := newRand(2)
	for range n {
		got[d.Sample(r)]++
	}
	for value, p := range map[time.Duration]float64{0: 0.2, 10: 0.4, 30: 0.2, 50: 0.2} {
		limit := errorsAllowed * math.Sqrt(n*p*(1-p))
		if math.Abs(float64(got[value])-n*p) > limit {
			t.Errorf("%d drawn %d times of %d, want %.0f ± %.0f", value, got[value], n, n*p, limit)
		}
		delete(got, value)
	}
	if len(got) > 0 {
		t.Errorf("drawn, but not among the samples: %v", got)
	}
}

func TestEmpiricalRefusesNoSamplesAndNegativeOnes(t *testing.T) {
	if _, err := NewEmpirical(nil); err == nil {
		t.Error("no samples: no error")
	}
	if _, err := NewEmpirical([]time.Duration{1, -1}); err == nil {
		t.Error("a negative sample: no error")
	}
}

func TestExtremeParametersStayWithinDuration(t *testing.T) {
	for _, c := range []struct {
		d        Dist
		min, max time.Duration
	}{
		{Exponential{}, 0, 0},
		{Exponential{-time.Second}, 0, 0},
		{Exponential{math.MaxInt64}, 0, math.MaxInt64},
		{LogNormal{}, 0, 0},
		{LogNormal{0, time.Second}, 0, 0},
		{LogNormal{-time.Second, time.Second}, 0, 0},
		{LogNormal{time.Minute, 0}, time.Minute, time.Minute},
		{LogNormal{time.Minute, -time.Second}, time.Minute, time.Minute},
		{LogNormal{math.MaxInt64, math.MaxInt64}, 0, math.MaxInt64},
		{LogNormal{1, math.MaxInt64}, 0, math.MaxInt64},
		{Constant(-5), 0, 0},
		{Constant(7), 7, 7},
		{Empirical{}, 0, 0},
	} {
		r := newRand(3)
		for range 10_000 {
			if x := c.d.Sample(r); x < c.min || x > c.max {
				t.Fatalf("%#v: sample %d outside [%d, %d]", c.d, x, c.min, c.max)
			}
		}
	}
}

// one is a source that gives the same number again and again.
type one uint64

func (o one) Uint64() uint64 { return uint64(o) }

func TestASampleTakesOneNumberAndGrowsWithIt(t *testing.T) {
	empirical, _ := NewEmpirical([]time.Duration{5, 1, 9, 9, 30})
	survival, _ := KaplanMeier([]time.Duration{4, 7, 7, 20}, []bool{false, false, true, true})
	for _, d := range []Dist{
		Exponential{time.Minute}, LogNormal{time.Minute, time.Minute}, empirical, survival,
		Exponential{}, LogNormal{time.Minute, 0}, Survival{},
	} {
		a, b := newRand(4), newRand(4)
		d.Sample(a)
		b.Uint64()
		if a.Uint64() != b.Uint64() {
			t.Errorf("%#v does not take exactly one number", d)
		}
		before := time.Duration(-1)
		for i := range uint64(1000) {
			x := d.Sample(rand.New(one(i * (math.MaxUint64 / 999))))
			if x < before {
				t.Errorf("%#v: sample falls from %v to %v as the number grows", d, before, x)
			}
			before = x
		}
	}
}

// The values are pinned so that an architecture on which a bit differs fails.
func TestSameSeedSameValues(t *testing.T) {
	sums := func(d Dist) (sum time.Duration, first []time.Duration) {
		r := newRand(5)
		for i := range 10_000 {
			x := d.Sample(r)
			if i < 2 {
				first = append(first, x)
			}
			sum += x
		}
		return sum, first
	}
	survival, _ := KaplanMeier(sixMP())
	for _, c := range []struct {
		d     Dist
		sum   time.Duration
		first []time.Duration
	}{
		{Exponential{time.Minute}, 612340029289151, []time.Duration{8174883728, 4313413983}},
		{LogNormal{time.Minute, 90 * time.Second}, 617543927011071, []time.Duration{9665546957, 6670367952}},
		{survival, 6307086458016285444, []time.Duration{6 * week, 6 * week}},
	} {
		if sum, first := sums(c.d); sum != c.sum || !slices.Equal(first, c.first) {
			t.Errorf("%T: sum %d, first %d; want %d, %d", c.d, sum, first, c.sum, c.first)
		}
	}
}

func TestElementaryFunctionsAgainstPackageMath(t *testing.T) {
	r := newRand(6)
	near := func(name string, x, got, want, tolerance float64) {
		if math.Abs(got-want) > tolerance*math.Abs(want) {
			t.Errorf("%s(%v) = %v, want %v", name, x, got, want)
		}
	}
	const ulps = 0x1p-51 // 2 to 4 units in the last place
	for range 200_000 {
		x := math.Exp(200 * (r.Float64() - 0.5))
		near("ln", x, ln(x), math.Log(x), ulps)
		x = 0.5 + r.Float64()
		near("ln", x, ln(x), math.Log(x), ulps)
		x = math.Exp(60 * (r.Float64() - 0.8))
		near("ln1p", x, ln1p(x), math.Log1p(x), 2*ulps)
		x = 1400 * (r.Float64() - 0.5)
		near("exp", x, exp(x), math.Exp(x), ulps)
		x = r.Float64() - 0.5
		near("exp", x, exp(x), math.Exp(x), ulps)
	}
	for x, want := range map[float64]float64{0: 1, 1000: math.Inf(1), -1000: 0, math.Inf(1): math.Inf(1), math.Inf(-1): 0} {
		if got := exp(x); got != want {
			t.Errorf("exp(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestNormQuantileInvertsTheNormalDistribution(t *testing.T) {
	// Quantiles to 16 digits, among them Wichura's own checks.
	for p, want := range map[float64]float64{
		0.25: -0.6744897501960817, 0.001: -3.090232306167814, 1e-20: -9.262340089798408,
	} {
		if got := normQuantile(p); math.Abs(got-want) > 2e-15*math.Abs(want) {
			t.Errorf("normQuantile(%v) = %v, want %v", p, got, want)
		}
	}
	for z := -8.0; z < 0; z += 0.01 {
		p := math.Erfc(-z/math.Sqrt2) / 2
		if got := normQuantile(p); math.Abs(got-z) > 2e-15*math.Abs(z)*max(1, 1/(z*z)) {
			t.Errorf("normQuantile(Φ(%v)) = %v", z, got)
		}
		if p > 1e-5 {
			if got := normQuantile(1 - p); math.Abs(got+z) > 1e-9 {
				t.Errorf("normQuantile(1−Φ(%v)) = %v", z, got)
			}
		}
	}
}

func BenchmarkSample(b *testing.B) {
	empirical, _ := NewEmpirical([]time.Duration{5, 1, 9, 9, 30})
	survival, _ := KaplanMeier(sixMP())
	for _, d := range []Dist{Exponential{time.Minute}, LogNormal{time.Minute, time.Minute}, empirical, survival} {
		b.Run(fmt.Sprintf("%T", d), func(b *testing.B) {
			r := newRand(7)
			b.ReportAllocs()
			for b.Loop() {
				d.Sample(r)
			}
		})
	}
}
