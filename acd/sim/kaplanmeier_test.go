package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const week = 7 * 24 * time.Hour

// sixMP is the weeks of remission of 21 leukaemia patients who were given
// 6-mercaptopurine (E. J. Freireich et al., Blood 21, 1963, 699–716), of whom
// 12 were still in remission when last seen.
func sixMP() (times []time.Duration, censored []bool) {
	for _, w := range []time.Duration{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		times, censored = append(times, w*week), append(censored, false)
	}
	for _, w := range []time.Duration{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		times, censored = append(times, w*week), append(censored, true)
	}
	return times, censored
}

// The data are Table 1.1 of D. R. Cox and D. Oakes, "Analysis of Survival
// Data", 1984; S to the 3 digits that textbooks print, and by hand
// 18/21 · 16/17 · 14/15 · 11/12 · 10/11 · 6/7 · 5/6.
func TestKaplanMeierOfTheLeukaemiaTrial(t *testing.T) {
	s, err := KaplanMeier(sixMP())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   time.Duration
		want float64
	}{
		{-week, 1}, {0, 1}, {6*week - 1, 1}, {6 * week, 0.857}, {7 * week, 0.807}, {10*week - 1, 0.807},
		{10 * week, 0.753}, {13 * week, 0.690}, {16 * week, 0.627}, {22 * week, 0.538},
		{23*week - 1, 0.538}, {23 * week, 0.448}, {35 * week, 0.448},
		// Beyond the largest observation: 0.448^(t/35).
		{70 * week, 0.201}, {105 * week, 0.0900},
	} {
		if got := s.At(c.at); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("S(%.2f weeks) = %.4f, want %.3f", float64(c.at)/float64(week), got, c.want)
		}
	}
	if got := s.At(35*week + 1); s.At(35*week)-got > 1e-12 {
		t.Errorf("the tail begins with a jump to %v", got)
	}
	// 6 + 0.857·1 + 0.807·3 + 0.753·3 + 0.690·3 + 0.627·6 + 0.538·1 + 0.448·12 = 23.287.
	if got := float64(s.Mean(35*week)) / float64(week); math.Abs(got-23.287) > 0.001 {
		t.Errorf("restricted mean to 35 weeks %.4f, want 23.287", got)
	}
	// The whole of it: the area of the tail is 0.448 · 35/−ln 0.448.
	if got := float64(s.Mean(math.MaxInt64)) / float64(week); math.Abs(got-42.833) > 0.001 {
		t.Errorf("mean %.4f, want 42.833", got)
	}
}

// The 21 patients of the same trial who were given a placebo: nobody censored,
// so S is the share still in remission, and the mean is the mean.
func TestKaplanMeierWithoutCensoringIsTheShareLeft(t *testing.T) {
	weeks := []int{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}
	var times []time.Duration
	for _, w := range weeks {
		times = append(times, time.Duration(w)*week)
	}
	s, err := KaplanMeier(times, make([]bool, len(times)))
	if err != nil {
		t.Fatal(err)
	}
	for w := range 25 {
		left := 0
		for _, x := range weeks {
			if x > w {
				left++
			}
		}
		want := float64(left) / 21
		if got := s.At(time.Duration(w) * week); math.Abs(got-want) > 1e-15 {
			t.Errorf("S(%d) = %v, want %d/21", w, got, left)
		}
	}
	if got, want := s.Mean(math.MaxInt64), 182*week/21; max(got-want, want-got) > 1000 {
		t.Errorf("mean %v, want %v", got, want)
	}
}

func TestSamplesFollowTheCurve(t *testing.T) {
	s, _ := KaplanMeier(sixMP())
	const n = 100_000
	// 16 weeks is an end, 17 is not, 30 and 35 lie beyond the last end, 40 in
	// the tail.
	for _, known := range []time.Duration{-1, 0, 6, 16, 17, 23, 30, 35, 40} {
		known *= week
		r := newRand(uint64(known))
		longer := map[time.Duration]int{}
		points := []time.Duration{5, 6, 7, 12, 16, 20, 22, 23, 36, 45, 60, 120}
		var sum float64
		for range n {
			x := s.SampleAbove(r, known)
			if x <= known {
				t.Fatalf("sample %v is not above %v", x, known)
			}
			for _, p := range points {
				if x > p*week {
					longer[p]++
				}
			}
			sum += float64(x)
		}
		for _, p := range points {
			want := min(s.At(p*week)/s.At(known), 1)
			limit := errorsAllowed * math.Sqrt(want*(1-want)/n)
			if got := float64(longer[p]) / n; math.Abs(got-want) > limit {
				t.Errorf("P(T > %d | T > %d weeks) = %.4f, want %.4f ± %.4f", p, known/week, got, want, limit)
			}
		}
		if known == -week {
			// The standard deviation of the completed curve is below 45 weeks.
			want, limit := float64(s.Mean(math.MaxInt64)), errorsAllowed*45*float64(week)/math.Sqrt(n)
			if math.Abs(sum/n-want) > limit {
				t.Errorf("mean of samples %v, want %v", time.Duration(sum/n), time.Duration(want))
			}
		}
	}
}

func TestSampleAboveWhereTheCurveIsZero(t *testing.T) {
	s, err := KaplanMeier([]time.Duration{10 * time.Second, 20 * time.Second, 30 * time.Second}, make([]bool, 3))
	if err != nil {
		t.Fatal(err)
	}
	// Three ended in 60 s: the rate is one in 20 s.
	for _, known := range []time.Duration{30 * time.Second, time.Hour} {
		r := newRand(8)
		const n = 100_000
		var sum float64
		for range n {
			sum += float64(s.SampleAbove(r, known) - known)
		}
		want := float64(20 * time.Second)
		if math.Abs(sum/n-want) > errorsAllowed*want/math.Sqrt(n) {
			t.Errorf("mean time after %v is %v, want 20s", known, time.Duration(sum/n))
		}
	}
}

func TestKaplanMeierSpecialCases(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	estimate := func(times []time.Duration, censored ...bool) Survival {
		s, err := KaplanMeier(times, censored)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	r := newRand(9)
	for name, s := range map[string]Survival{
		"nothing ended": estimate([]time.Duration{5, 9}, true, true),
		"no time spent": estimate([]time.Duration{0}, true),
		"zero value":    {},
	} {
		if s.At(forever) != 1 || s.Sample(r) != forever || s.SampleAbove(r, 99) != forever || s.Mean(77) != 77 {
			t.Errorf("%s: At %v, Sample %v, Mean(77) %d", name, s.At(forever), s.Sample(r), s.Mean(77))
		}
	}
	s := estimate([]time.Duration{0, 0}, true, false)
	if s.At(-1) != 1 || s.At(0) != 0 || s.Sample(r) != 0 || s.SampleAbove(r, 0) != 1 || s.Mean(forever) != 0 {
		t.Errorf("all at 0: At(0) %v, Sample %v, Mean %v", s.At(0), s.Sample(r), s.Mean(forever))
	}
	// An end and a censoring at the same time: the end came first.
	s = estimate([]time.Duration{4, 4}, true, false)
	if got := s.At(4); got != 0.5 {
		t.Errorf("tie: S(4) = %v, want 1/2", got)
	}
	if got := s.SampleAbove(r, forever-1); got != forever {
		t.Errorf("above the largest but one: %d", got)
	}
	if got := s.SampleAbove(r, forever); got != forever {
		t.Errorf("above the largest: %d", got)
	}
	if got := s.Mean(0); got != 0 {
		t.Errorf("Mean(0) = %v", got)
	}
}

func TestKaplanMeierRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		times    []time.Duration
		censored []bool
	}{
		"nothing":          {},
		"different length": {[]time.Duration{1, 2}, []bool{true}},
		"negative":         {[]time.Duration{1, -2}, []bool{true, false}},
	} {
		if _, err := KaplanMeier(c.times, c.censored); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// The law of the product limit, against its definition taken literally, and
// what every sampler must keep, on any observations whatever.
func TestKaplanMeierAgainstItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		times := make([]time.Duration, n)
		censored := make([]bool, n)
		for i := range n {
			times[i] = time.Duration(rapid.Int64Range(0, 20).Draw(t, "time"))
			censored[i] = rapid.Bool().Draw(t, "censored")
		}
		s, err := KaplanMeier(times, censored)
		if err != nil {
			t.Fatal(err)
		}
		var last time.Duration
		for _, x := range times {
			last = max(last, x)
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		before := 1.0
		for at := range last + 5 {
			want := 1.0
			for u := range at + 1 {
				ended, atRisk := 0, 0
				for i, x := range times {
					if x >= u {
						atRisk++
					}
					if x == u && !censored[i] {
						ended++
					}
				}
				if atRisk > 0 {
					want *= 1 - float64(ended)/float64(atRisk)
				}
			}
			got := s.At(at)
			if at <= last && last > 0 && math.Abs(got-want) > 1e-14 {
				t.Fatalf("S(%d) = %v, want %v", at, got, want)
			}
			if got > before {
				t.Fatalf("S rises at %d", at)
			}
			before = got
			if x := s.SampleAbove(r, at); x <= at {
				t.Fatalf("SampleAbove(%d) = %d", at, x)
			}
		}
		if x := s.Sample(r); x < 0 {
			t.Fatalf("Sample = %d", x)
		}
	})
}

// Four callers: two hung up after 20 and 60 seconds, two were answered after
// 40 and 90, and would have waited longer.
func ExampleKaplanMeier() {
	waited := []time.Duration{20 * time.Second, 40 * time.Second, 60 * time.Second, 90 * time.Second}
	answered := []bool{false, true, false, true}

	patience, err := KaplanMeier(waited, answered)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range []time.Duration{10 * time.Second, 20 * time.Second, 60 * time.Second, 2 * time.Minute} {
		fmt.Printf("still there after %v: %.3f\n", t, patience.At(t))
	}
	// Output:
	// still there after 10s: 1.000
	// still there after 20s: 0.750
	// still there after 1m0s: 0.375
	// still there after 2m0s: 0.270
}
