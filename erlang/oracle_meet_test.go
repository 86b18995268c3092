package erlang

import (
	"fmt"
	"math"
	"math/big"
	"testing"
	"time"
)

// TestMethodsMeet looks at both sides of every place where one method gives way
// to another: there the function itself hardly changes, and each side has to
// agree with sums over the states.
func TestMethodsMeet(t *testing.T) {
	t.Run("pieces", piecesMeet)
	t.Run("blocking", blockingMeets)
	t.Run("patience", patienceMeets)
	t.Run("lines", linesMeet)
}

// piecesMeet checks the functions that the formulas are made of: from one float64
// to the next they must not jump.
func piecesMeet(t *testing.T) {
	on := newWorst(t, 5e-15)
	for _, piece := range []struct {
		name  string
		f     func(x float64) float64
		joins []float64
	}{
		{"stirling", stirling, []float64{0.5, 1, 2, 15, 16, 17}},
		{"expGap", expGap, []float64{-0.5, 0.5}},
		{"atanhRest", atanhRest, []float64{0.01, 0.09}},
		{"logGap", logGap, []float64{-0.4, 0.9, 2 * 0.1 / 0.9, -2 * 0.1 / 1.1, 2 * 0.3 / 0.7, -2 * 0.3 / 1.3}},
		{"digammaGap", digammaGap, []float64{1, 2, 11, 12, 13}},
		{"wholeArea", wholeArea, []float64{0.5, 1, 16}},
		{"langevin", langevin, []float64{-1, 1}},
		{"deviance of 8", func(gap float64) float64 { return deviance(8, 8+gap, gap) }, []float64{-3.2, 7.2}},
		{"deviance of a million", func(gap float64) float64 { return deviance(1e6, 1e6+gap, gap) }, []float64{-4e5, 9e5}},
		{"logRatio", func(gap float64) float64 { return logRatio(8+gap, 8, gap) }, []float64{-4, 4}},
		{"logFactorialRatio", func(x float64) float64 { return logFactorialRatio(x, 3, 3-x) }, []float64{0.5, 1, 16}},
	} {
		for _, at := range piece.joins {
			here := piece.f(at)
			for _, towards := range [2]float64{-1, 1} {
				there := piece.f(math.Nextafter(at, towards*math.MaxFloat64))
				on.check(piece.name, fmt.Sprint(at), there, long(here))
			}
		}
	}
}

// sides returns the numbers just below, at and just above x.
func sides(x float64) []float64 {
	return []float64{math.Nextafter(x, 0), x, math.Nextafter(x, math.Inf(1))}
}

// loadAtDeviance returns the load above or below x whose deviance from x is d.
func loadAtDeviance(x, d float64, above bool) float64 {
	if above {
		return zero(func(a float64) float64 { return d - deviance(x, a, a-x) }, x, 100*x+100*d)
	}
	return zero(func(a float64) float64 { return deviance(x, a, a-x) - d }, x*1e-9, x)
}

func blockingMeets(t *testing.T) {
	on := newWorst(t, accuracy)
	check := func(x, load float64) {
		var free *big.Float
		if x == math.Floor(x) {
			free = freeSum(int(x), long(load))
		} else {
			free = longDifference(longInverseB(x, long(load)), long(1))
		}
		inverse := longSum(long(1), free)
		on.check("BReal", fmt.Sprintf("%v, %v", x, load), BReal(x, load), longQuotient(long(1), inverse))
	}
	for _, x := range append([]float64{99, 101, 102}, sides(fewServers)...) {
		for _, load := range []float64{1, 20, 60, 80, 99, 99.999999, 100, 100.000001, 101, 120, 1e4, 1e12} {
			check(x, load)
		}
	}
	for _, x := range []float64{101, 150, 1000, 100_000} {
		for _, load := range sides(loadAtDeviance(x, 40, false)) {
			check(x, load)
		}
		for _, load := range sides(x) {
			check(x, load)
		}
	}
	// ln B changes its form too.
	for _, d := range []float64{595, 600, 605, 700, 710, 750} {
		load := loadAtDeviance(1000, d, false)
		want := longLog(longSum(long(1), freeSum(1000, long(load))))
		on.check("LogB", fmt.Sprint(load), LogB(1000, load), want.Neg(want))
	}
}

func patienceMeets(t *testing.T) {
	on := newWorst(t, accuracy)
	const aht = 200 * time.Second
	workload := func(load float64, patience time.Duration) Workload {
		return Workload{Calls: load, Per: aht, AHT: aht, Patience: patience}
	}
	// By states up to so many callers in a mean patience, by integral from there.
	for _, n := range []float64{1, 12, 2400} {
		patience := time.Duration(manyStates * float64(aht) / n)
		for _, load := range []float64{n / 50, 0.9 * n, n, 1.01 * n, 1.5 * n, 4 * n, 40 * n} {
			for _, p := range []time.Duration{patience - 1, patience, patience + 1} {
				compare(on, workload(load, p), n, aht/time.Duration(n))
			}
		}
	}
	// So far overloaded that the whole curve is seen.
	for _, c := range []float64{0.3, 5, 23, 25, 700} {
		for _, load := range sides(loadAtDeviance(c, 40, true)) {
			compare(on, workload(load, aht), max(1, c), aht)
		}
		n := math.Ceil(c)
		patience := time.Duration(c / n * float64(aht))
		for _, load := range sides(loadAtDeviance(c, 40, true) * n / c) {
			compare(on, workload(load, patience), n, patience)
		}
	}
	// From load below to load above agents.
	for _, n := range []float64{3, 30, 300} {
		for _, load := range sides(n) {
			compare(on, workload(load, 2*aht), n, aht/10)
		}
	}
	// Where callers come no faster than agents finish, for those who have waited so
	// long; and where one minus the rest gives way to a sum.
	for _, n := range []float64{4, 40} {
		w := workload(1.5*n, 3*aht)
		o, err := w.With(int(n))
		if err != nil {
			t.Fatal(err)
		}
		level := time.Duration(math.Log(1.5) * float64(w.Patience))
		half := o.WaitQuantile(0.5)
		compare(on, w, n, level-1, level, level+1, half-1, half, half+1)
	}
}

func linesMeet(t *testing.T) {
	on := newWorst(t, accuracy)
	const aht = 200 * time.Second
	workload := func(n, load float64, patience time.Duration, places int) Workload {
		return Workload{Calls: load, Per: aht, AHT: aht, Patience: patience, Lines: int(n) + places}
	}
	// Until lines hardly matter any more.
	for _, load := range []float64{18, 20, 23} {
		for places := 0; places < 160; places += 5 {
			compare(on, workload(20, load, aht, places), 20, aht/20)
		}
	}
	// Place by place, or by the density of the wait.
	for _, places := range []int{255, 256, 257} {
		for _, patience := range []time.Duration{0, aht, 50 * aht} {
			for _, load := range []float64{100, 110} {
				t := 6 * aht
				compare(on, workload(100, load, patience, places), 100, aht/100, t-1, t, t+1)
			}
		}
	}
	for _, places := range []int{1, 2, 30, 91, 99, 100, 101, 102} {
		for _, patience := range []time.Duration{0, 160 * aht} {
			// 600 others could have left by then; with few places next to all did.
			t := 300 * aht
			compare(on, workload(2, 2, patience, places), 2, t-aht, t, t+aht, t+30*aht)
		}
	}
	// The likeliest number waiting.
	for _, peak := range []float64{62, 63, 64, 65} {
		compare(on, workload(10, 10+peak+0.5, aht, 200), 10, aht)
		compare(on, workload(10, 10+peak, aht, 64), 10, aht)
	}
	// The mean place in a line that nobody leaves.
	for _, places := range []int{1, 2, 50, 3000} {
		for _, x := range []float64{-2, 2, -0.5, 0.5, -1e-9, 1e-9, 0} {
			for _, load := range sides(10 * math.Exp(x/float64(places))) {
				compare(on, workload(10, load, 0, places), 10)
			}
		}
	}
	// State by state, or as an integral: by the places on both sides of the
	// likeliest state, and by how far they matter.
	for _, places := range []int{manyPlaces - 1, manyPlaces, manyPlaces + 1} {
		for _, load := range []float64{2000, 2005, 2012, 2030} {
			compare(on, workload(2000, load, 100*aht, places), 2000, 0)
		}
	}
	for _, patience := range []time.Duration{20 * aht, 24 * aht, 28 * aht, 40 * aht, 90 * aht} {
		compare(on, workload(2000, 2010, patience, 6000), 2000, 0)
		compare(on, workload(2000, 1999, patience, 6000), 2000, 0)
	}
}

// TestQuadratureIsExactForPolynomials: with 24 nodes the sum is the integral for
// every polynomial of degree up to 47.
func TestQuadratureIsExactForPolynomials(t *testing.T) {
	nodes := 2 * len(oneSide)
	for degree := range 2 * nodes {
		sum, want := 0.0, 0.0
		for _, p := range oneSide {
			sum += p.weight * (math.Pow(p.at, float64(degree)) + math.Pow(-p.at, float64(degree)))
		}
		if degree%2 == 0 {
			want = 2 / float64(degree+1)
		}
		if math.Abs(sum-want) > 5e-16 {
			t.Errorf("x^%d: got %.17g, want %.17g", degree, sum, want)
		}
	}
	// Powers are all alike near the ends; Legendre's polynomials are not, and are
	// orthogonal.
	for a := range nodes {
		for b := range nodes {
			sum, want := 0.0, 0.0
			for _, p := range oneSide {
				sum += p.weight * (legendre(a, p.at)*legendre(b, p.at) + legendre(a, -p.at)*legendre(b, -p.at))
			}
			if a == b {
				want = 2 / float64(2*a+1)
			}
			if math.Abs(sum-want) > 2e-15 {
				t.Errorf("P%d·P%d: got %.17g, want %.17g", a, b, sum, want)
			}
		}
	}
}

// legendre returns the Legendre polynomial of degree n by its recurrence.
func legendre(n int, x float64) float64 {
	before, p := 0.0, 1.0
	for k := 1.0; k <= float64(n); k++ {
		before, p = p, ((2*k-1)*x*p-(k-1)*before)/k
	}
	return p
}
