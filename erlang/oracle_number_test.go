package erlang

import (
	"math"
	"math/big"
	"testing"
)

// precision is that of the second implementation, in bits: 96 decimal digits.
const precision = 320

// long returns x, exactly.
func long(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// longRatio returns a/b of whole numbers.
func longRatio(a, b int64) *big.Float {
	return long(0).Quo(long(0).SetInt64(a), long(0).SetInt64(b))
}

func longSum(a, b *big.Float) *big.Float        { return long(0).Add(a, b) }
func longDifference(a, b *big.Float) *big.Float { return long(0).Sub(a, b) }
func longProduct(a, b *big.Float) *big.Float    { return long(0).Mul(a, b) }
func longQuotient(a, b *big.Float) *big.Float   { return long(0).Quo(a, b) }

// longNegligible tells whether |x| is below 2^(−bits) times |sum|.
func longNegligible(x, sum *big.Float, bits int) bool {
	return x.Sign() == 0 || sum.Sign() != 0 && x.MantExp(nil) < sum.MantExp(nil)-bits
}

// longExp returns e^x by its power series, after halving x often enough.
func longExp(x *big.Float) *big.Float {
	const guard = 96
	wide := func() *big.Float { return new(big.Float).SetPrec(precision + guard) }
	if x.Sign() == 0 {
		return long(1)
	}
	halvings := max(0, x.MantExp(nil)+10)
	small := wide().SetMantExp(wide().Set(x), -halvings)
	sum, term := wide().SetInt64(1), wide().SetInt64(1)
	for k := int64(1); !longNegligible(term, sum, precision+guard); k++ {
		term.Mul(term, small)
		term.Quo(term, wide().SetInt64(k))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return long(0).Set(sum)
}

// longLog returns ln x for x > 0 by Halley's method on e^y = x.
func longLog(x *big.Float) *big.Float {
	mantissa := long(0)
	exponent := x.MantExp(mantissa)
	m, _ := mantissa.Float64()
	y := long(math.Log(m) + float64(exponent)*math.Ln2)
	for range 5 {
		e := longExp(y)
		step := longQuotient(longDifference(x, e), longSum(x, e))
		y.Add(y, step.Add(step, step))
	}
	return y
}

// relativeError returns |got/want − 1|. Where want is below the range of normal
// float64s, which end at 2e-308, got needs to be right to 1e-314 only; where want
// is 0, got must be 0 too.
func relativeError(got float64, want *big.Float) float64 {
	if math.IsNaN(got) || math.IsInf(got, 0) {
		return math.Inf(1)
	}
	gap := longDifference(long(got), want)
	if gap.Sign() == 0 {
		return 0
	}
	if want.Sign() == 0 {
		return math.Inf(1)
	}
	if want.MantExp(nil) < -1021 {
		if math.Abs(got) < 0x1p-1021 {
			if f, _ := gap.Float64(); math.Abs(f) < 1e-314 {
				return 0
			}
		}
		return math.Inf(1)
	}
	e, _ := gap.Quo(gap, want).Float64()
	return math.Abs(e)
}

// A worst keeps the largest error of each of several quantities and where it was,
// and logs them when the test ends.
type worst struct {
	t     *testing.T
	bar   float64
	names []string
	most  map[string]deviation
	count map[string]int
}

type deviation struct {
	err float64
	at  string
}

func newWorst(t *testing.T, bar float64) *worst {
	w := &worst{t: t, bar: bar, most: map[string]deviation{}, count: map[string]int{}}
	t.Cleanup(func() {
		for _, name := range w.names {
			m := w.most[name]
			if m.err == 0 {
				t.Logf("%-36s exact, %d values", name, w.count[name])
				continue
			}
			t.Logf("%-36s %.1e, the worst of %d: %s", name, m.err, w.count[name], m.at)
		}
	})
	return w
}

// check compares got with want.
func (w *worst) check(name, at string, got float64, want *big.Float) {
	w.t.Helper()
	w.checkWithin(name, at, got, want, w.bar)
}

// checkWithin is check with a bar of its own.
func (w *worst) checkWithin(name, at string, got float64, want *big.Float, bar float64) {
	w.t.Helper()
	e := relativeError(got, want)
	if !(e <= bar) {
		w.t.Errorf("%s at %s: got %.17g, want %.17g, relative error %.2g", name, at, got, want, e)
	}
	w.note(name, at, e)
}

func (w *worst) note(name, at string, e float64) {
	if _, ok := w.most[name]; !ok {
		w.names = append(w.names, name)
		w.most[name] = deviation{}
	}
	w.count[name]++
	if e > w.most[name].err {
		w.most[name] = deviation{e, at}
	}
}

func TestOracleKnowsExponentialAndLogarithm(t *testing.T) {
	for _, x := range []float64{-2000, -1, -1e-9, 0, 1e-30, 0.5, 1, 30, 5000} {
		back := long(0)
		if x != 0 {
			back = longLog(longExp(long(x)))
		}
		if gap := longDifference(back, long(x)); !longNegligible(gap, long(max(1, math.Abs(x))), precision-40) {
			t.Errorf("ln e^%v is off by %.3g", x, gap)
		}
	}
	// e to 50 digits (OEIS A001113).
	e, _, _ := big.ParseFloat("2.71828182845904523536028747135266249775724709369995", 10, precision, big.ToNearestEven)
	if gap := longDifference(longExp(long(1)), e); !longNegligible(gap, e, 160) {
		t.Errorf("e is off by %.3g", gap)
	}
}
