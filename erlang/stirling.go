package erlang

import "math"

// stirling returns ln Γ(x+1) − (x + ½)·ln x + x − ½·ln 2π, what Stirling's
// formula leaves out, for x > 0: the error of x! ≈ √(2πx)·(x/e)^x.
//
// Above 16 by its asymptotic series (NIST Digital Library of Mathematical
// Functions, 5.11.1), whose next term is below 1e-18; below that by the
// recurrence δ(x) = δ(x+1) + (x + ½)·ln(1 + 1/x) − 1.
func stirling(x float64) float64 {
	if x < 0.5 {
		gamma, _ := math.Lgamma(x + 1)
		return gamma - (x+0.5)*math.Log(x) + x - 0.5*math.Log(2*math.Pi)
	}
	shift := 0.0
	for ; x < 16; x++ {
		// (x + ½)·ln(1 + 1/x) − 1 with v = 1/(2x+1): v²/3 + v⁴/5 + …
		v := 1 / (2*x + 1)
		shift += atanhRest(v * v)
	}
	y := 1 / (x * x)
	return shift + (1.0/12-y*(1.0/360-y*(1.0/1260-y*(1.0/1680-y*(1.0/1188-y*(691.0/360360-y/156))))))/x
}

// atanhRest returns atanh(v)/v − 1 = v²/3 + v⁴/5 + … as a function of v², for
// 0 ≤ v² ≤ ¼.
func atanhRest(square float64) float64 {
	if square > 0.01 {
		v := math.Sqrt(square)
		if square > 0.09 {
			return math.Atanh(v)/v - 1
		}
	}
	sum, power := 0.0, square
	for k := 3.0; ; k += 2 {
		term := power / k
		sum += term
		if term <= 1e-17*sum || k > 61 {
			return sum
		}
		power *= square
	}
}

// logGap returns µ − ln(1 + µ) for µ > −1, with relative accuracy also near 0,
// where the two nearly cancel. With v = µ/(2+µ), ln(1+µ) = 2·atanh v, and
// µ − 2v = µv (C. Loader, "Fast and Accurate Computation of Binomial
// Probabilities", 2000).
func logGap(mu float64) float64 {
	if mu < -0.4 || mu > 0.9 {
		return mu - math.Log1p(mu)
	}
	v := mu / (2 + mu)
	return v * (mu - 2*atanhRest(v*v))
}

// expGap returns e^(−x) − 1 + x with relative accuracy also near 0, where it is
// x²/2 − x³/6 + ….
func expGap(x float64) float64 {
	if x > 0.5 || x < -0.5 {
		return math.Expm1(-x) + x
	}
	y := x * x
	even := 1.0/2 + y*(1.0/24+y*(1.0/720+y*(1.0/40320+y*(1.0/3628800+y*(1.0/479001600+y/87178291200)))))
	odd := 1.0/6 + y*(1.0/120+y*(1.0/5040+y*(1.0/362880+y*(1.0/39916800+y/6227020800))))
	return y * (even - x*odd)
}

// logFactorialRatio returns ln(Γ(x+1)·e^a·a^(−x)) for x ≥ 0 and a > 0: one over
// the Poisson probability of x at mean a. gap is a − x, which the caller may
// know better than the two say. For x > 0 it is
//
//	½·ln(2πx) + δ(x) + x·(µ − ln(1+µ)),  µ = (a − x)/x
func logFactorialRatio(x, a, gap float64) float64 {
	if x < 0.5 {
		gamma, _ := math.Lgamma(x + 1)
		return gamma + a - x*logarithm(a)
	}
	return 0.5*math.Log(2*math.Pi*x) + stirling(x) + deviance(x, a, gap)
}

// deviance returns a − x − x·ln(a/x) ≥ 0, where gap is a − x.
func deviance(x, a, gap float64) float64 {
	mu := gap / x
	if mu < -0.4 {
		return gap - x*logRatio(a, x, gap)
	}
	return x * logGap(mu)
}

// logRatio returns ln(a/b), where gap is a − b.
func logRatio(a, b, gap float64) float64 {
	switch ratio := a / b; {
	case math.Abs(gap) < 0.5*b:
		return math.Log1p(gap / b)
	case ratio > 0x1p-1000 && ratio < 0x1p+1000:
		return math.Log(ratio)
	}
	return logarithm(a) - logarithm(b)
}
