package sim

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"time"
)

// Dist is a distribution of durations: how long a talk lasts, how long a caller
// is ready to wait.
//
// Sample draws one of them from r. It is never negative, and what does not fit
// a time.Duration is the largest one.
//
// Every Dist of this package but [Constant] takes exactly one number from r for
// each sample, and the sample grows with that number. Two runs with the same
// seed therefore stay in step even where their distributions differ, which is
// what makes paired differences small. And every one of them gives the same
// bits on every architecture: see the note on floating point in dist.go.
type Dist interface {
	Sample(r *rand.Rand) time.Duration
}

// Exponential is the distribution without memory: however long it has lasted,
// Mean is still to come. Mean 0 or less: always 0.
//
//	P(T > t) = exp(−t/Mean)
//
// The longest sample is 36.7 times the mean, the shortest 1.1e-16 of it.
type Exponential struct{ Mean time.Duration }

// Sample draws a duration; O(1).
func (e Exponential) Sample(r *rand.Rand) time.Duration {
	return toDuration(float64(max(e.Mean, 0)) * unitExp(r))
}

// LogNormal is the distribution of a duration whose logarithm is normal, given
// by the mean and the standard deviation of the duration itself:
//
//	T = Mean · exp(σZ − σ²/2),  σ² = ln(1 + SD²/Mean²),  Z standard normal
//
// Talk times of call centres follow it closely (L. Brown et al., "Statistical
// analysis of a telephone call center: a queueing-science perspective", JASA
// 100, 2005, 36–50, doi:10.1198/016214504000001808).
//
// Special cases are:
//
//	SD 0 or less: always Mean
//	Mean 0 or less: always 0
type LogNormal struct{ Mean, SD time.Duration }

// Sample draws a duration; O(1).
func (l LogNormal) Sample(r *rand.Rand) time.Duration {
	z := normQuantile(openUniform(r))
	if l.Mean <= 0 {
		return 0
	}
	cv := float64(max(l.SD, 0)) / float64(l.Mean)
	variance := ln1p(float64(cv * cv))
	exponent := float64(math.Sqrt(variance)*z) - variance/2
	return toDuration(float64(l.Mean) * exp(exponent))
}

// Constant is always the same duration; below 0 it counts as 0. It takes no
// number from r.
type Constant time.Duration

// Sample returns c.
func (c Constant) Sample(*rand.Rand) time.Duration { return max(time.Duration(c), 0) }

// Empirical draws one of the durations it was given, each with equal chance.
// The zero value has none and always draws 0.
type Empirical struct{ sorted []time.Duration }

// NewEmpirical copies samples, whose order does not matter. No samples, or a
// negative one, is an error.
func NewEmpirical(samples []time.Duration) (Empirical, error) {
	if len(samples) == 0 {
		return Empirical{}, errors.New("sim: empirical distribution of no samples")
	}
	for i, s := range samples {
		if s < 0 {
			return Empirical{}, fmt.Errorf("sim: samples[%d] is negative: %v", i, s)
		}
	}
	sorted := slices.Clone(samples)
	slices.Sort(sorted)
	return Empirical{sorted}, nil
}

// Sample draws one of the samples; O(1).
func (e Empirical) Sample(r *rand.Rand) time.Duration {
	if len(e.sorted) == 0 {
		return 0
	}
	// The high word of a product picks 0..n-1 from one number, with a bias of
	// less than n/2^64; r.IntN would now and then take a second one.
	i, _ := bits.Mul64(r.Uint64(), uint64(len(e.sorted)))
	return e.sorted[i]
}

// A note on floating point.
//
// A simulation must give the same bytes on every machine, and a last bit can
// decide which of two calls comes first. Go may fuse x*y+z into one rounding on
// some architectures (arm64, ppc64, s390x, riscv64) and not on others, and
// math.Exp and math.Log, rand.ExpFloat64 and rand.NormFloat64 are not the same
// everywhere for that reason. What is the same everywhere: + − × ÷ and the
// square root, each rounded by itself. The functions below use only those, and
// force the rounding of every product that may then be added to by an explicit
// conversion, which the language says prevents fusion. (It may happen across
// statements and inlined calls, hence also in arguments. A product with a power
// of two is exact and needs none.)

// openUniform takes one number from r: uniform on the multiples of 2^-52 from
// 0 to 1, each shifted by half a step, so neither 0 nor 1 comes up.
func openUniform(r *rand.Rand) float64 {
	return (float64(r.Uint64()>>12) + 0.5) * 0x1p-52
}

// unitExp draws from the exponential distribution of mean 1.
func unitExp(r *rand.Rand) float64 { return -ln(1 - openUniform(r)) }

// toDuration rounds to the nearest nanosecond within 0 and the largest
// Duration; NaN is 0.
func toDuration(ns float64) time.Duration {
	switch {
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns > 0:
		return time.Duration(math.RoundToEven(ns))
	}
	return 0
}

// later is t + d, saturating, for t ≥ 0 and d ≥ 0.
func later(t, d time.Duration) time.Duration {
	if d > math.MaxInt64-t {
		return math.MaxInt64
	}
	return t + d
}

// poly is c[0] + c[1]x + c[2]x² + …, by Horner's rule without fusion.
func poly(x float64, c []float64) float64 {
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = float64(sum*x) + c[i]
	}
	return sum
}

// ln is the natural logarithm for 0 < x < +Inf, to a few units in the last
// place:
//
//	ln(m·2^k) = k·ln 2 + 2 artanh((m−1)/(m+1)),  √½ ≤ m < √2
func ln(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		k--
	}
	fine := twiceArtanh((m - 1) / (m + 1))
	if k == 0 {
		return fine
	}
	return float64(float64(k)*ln2High) + (fine + float64(float64(k)*ln2Low))
}

// ln1p is ln(1 + x) for x ≥ 0, accurate near 0 too.
func ln1p(x float64) float64 {
	if x > 0.4 {
		return ln(1 + x)
	}
	return twiceArtanh(x / (2 + x))
}

// exp is e^x to a few units in the last place, for every x but NaN:
//
//	e^x = 2^k · e^(x − k·ln 2),  k the integer nearest to x/ln 2
func exp(x float64) float64 {
	switch {
	case x > 709.7:
		return math.Inf(1)
	case x < -745.2:
		return 0
	}
	k := math.RoundToEven(x / math.Ln2)
	rest := (x - float64(k*ln2High)) - float64(k*ln2Low)
	return math.Ldexp(poly(rest, inverseFactorials[:]), int(k))
}

// ln 2 in two parts, the first with 21 zero bits at its end so that its product
// with any exponent is exact.
const (
	ln2High = 0x1.62e42fee00000p-1
	ln2Low  = math.Ln2 - ln2High
)

// twiceArtanh is 2 artanh(s) for |s| < 0.18: twice the sum of s^(2i+1)/(2i+1).
func twiceArtanh(s float64) float64 {
	square := s * s
	return 2*s + float64(2*s*square)*poly(square, artanhSeries[:])
}

var (
	artanhSeries = [...]float64{
		1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21, 1. / 23,
	}
	// inverseFactorials are 1/i!: the series of e^x, for |x| ≤ ½ ln 2.
	inverseFactorials = [...]float64{
		1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880,
		1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800, 1. / 87178291200,
	}
)

// normQuantile is z with P(Z ≤ z) = p for a standard normal Z and 0 < p < 1,
// to about 1 part in 10^15: M. J. Wichura, "Algorithm AS 241: The percentage
// points of the normal distribution", Applied Statistics 37, 1988, 477–484,
// doi:10.2307/2347330 (the routine PPND16, whose numbers these are).
func normQuantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * poly(r, normCentreOver[:]) / poly(r, normCentreUnder[:])
	}
	r := math.Sqrt(-ln(min(p, 1-p)))
	var z float64
	if r <= 5 {
		z = poly(r-1.6, normMiddleOver[:]) / poly(r-1.6, normMiddleUnder[:])
	} else {
		z = poly(r-5, normTailOver[:]) / poly(r-5, normTailUnder[:])
	}
	return math.Copysign(z, q)
}

var (
	normCentreOver = [...]float64{
		3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
		4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
	}
	normCentreUnder = [...]float64{
		1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
		2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
	}
	normMiddleOver = [...]float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
	}
	normMiddleUnder = [...]float64{
		1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	}
	normTailOver = [...]float64{
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
	}
	normTailUnder = [...]float64{
		1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
	}
)
