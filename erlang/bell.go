package erlang

import "math"

// All queues here are birth–death chains, and their long-run shares follow one
// curve. Let time be counted in mean patiences, let c be the rate at which busy
// agents finish and h the rate of arrivals. The chance that the wait before an
// agent is free takes longer than τ falls like the integral of
//
//	w(τ) = exp(h·(1 − e^(−τ)) − c·τ)
//
// from τ on, and, followed to τ < 0, the same curve counts the states in which
// agents are free:
//
//	c·∫₀^∞ w dτ   = Σ_{j≥0} h^j / ((c+1)…(c+j))       the callers waiting
//	c·∫_{−∞}^0 w dτ = Σ_{j≥1} c(c−1)…(c−j+1) / h^j      the agents free, = 1/B(c,h) − 1
//
// both as multiples of the state in which all are busy and nobody waits (A.
// Mandelbaum, S. Zeltyn, "The Palm/Erlang-A Queue, with Applications to Call
// Centers", 2005; the second is Fortet's integral for Erlang B, in V. B.
// Iversen, "Teletraffic Engineering Handbook", ITU-D SG 2/16, 2005, section
// 7.3). The exponent is concave and w is never negative, so a Gauss–Legendre
// sum over where w matters has no cancellation and costs the same for ten agents
// and a million.

const (
	// cutoff is how far, in exponents, the curve is followed below its top:
	// e^(−38) is 3e-17.
	cutoff = 38
	// manyStates is where the sums over single states give way to the integral.
	// TestMethodsMeet looks at both on either side.
	manyStates = 24
)

// slope is what the integral over one half of w gives when the curve has its top
// on the other half or at 0, so that it falls from 1 at 0.
type slope struct {
	area  float64 // of w
	gone  float64 // of (1 − e^(−τ))·w: the caller has hung up; on the right half
	delay float64 // of |τ|·e^(−τ)·w
}

// integrate adds up w over 0 … ∞ (side 1) or, mirrored, over −∞ … 0 (side −1).
// gap ≤ 0 is h − c on side 1 and c − h on side −1.
func integrate(h, gap, side float64) (sum slope) {
	// The exponent is gap·τ − h·(e^(∓τ) − 1 ± τ), and concave, so that Newton's
	// method on its end does not stop short.
	end := 2 * cutoff / (math.Sqrt(gap*gap+2*cutoff*h) - gap)
	end -= (gap*end - h*expGap(side*end) + cutoff) / (gap + side*h*math.Expm1(-side*end))
	mid := end / 2
	for _, p := range oneSide {
		for _, t := range [2]float64{mid - mid*p.at, mid + mid*p.at} {
			bend := expGap(side * t)
			w := p.weight * math.Exp(gap*t-h*bend)
			gone := side*t - bend
			sum.area += w
			sum.gone += w * gone
			sum.delay += w * t * (1 - gone)
		}
	}
	sum.area *= mid
	sum.gone *= mid
	sum.delay *= mid
	return sum
}

// wholeArea returns c times the integral over the whole curve, as a multiple of
// its top: Γ(c+1)·(e/c)^c.
func wholeArea(c float64) float64 {
	if c < 0.5 {
		return math.Gamma(c+1) * math.Exp(c-c*math.Log(c))
	}
	return math.Sqrt(2*math.Pi*c) * math.Exp(stirling(c))
}
