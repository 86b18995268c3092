package erlang

import "math"

// SquareRootAgents returns the rule of thumb of square-root safety staffing:
//
//	agents = load + β·√load
//
// The load is what calls take, the rest is safety. It grows with the square root
// of the load alone: a group four times as large needs twice the safety for the
// same share of callers who wait. β is the quality of service: about 0 to 0.5
// where agents are to be busy, 1 to 2 where callers are not to wait, below 0
// where those who hang up do the balancing. It is good within an agent or so
// from ten agents on; [Workload.Staff] is exact, takes the wait into account and
// not the share of waiting alone, and is as easy to ask.
//
// Special cases are:
//
//	SquareRootAgents(load, β) = NaN for load < 0 or either NaN
//	SquareRootAgents(load, β) = 0 where the formula is below 0
func SquareRootAgents(load, beta float64) float64 {
	// A. K. Erlang, "On the rational determination of the number of circuits",
	// 1924; W. Whitt, "Understanding the efficiency of multi-server service
	// systems", Management Science 38, 1992.
	if !(load >= 0) || math.IsNaN(beta) {
		return math.NaN()
	}
	if load == 0 {
		return 0
	}
	root := math.Sqrt(load)
	return max(0, root*(root+beta))
}

// SquareRootWait returns the share of callers who wait in a large group staffed
// by the square-root rule: what P(wait) tends to as the load grows and β stays.
// Patience is the mean patience as a multiple of the mean handle time; 0 or
// +Inf: nobody hangs up. With Φ and φ the normal distribution and its density,
// it is without patience
//
//	1 / (1 + β·Φ(β)/φ(β))
//
// and with a patience of p, where h(x) = φ(x)/Φ(−x),
//
//	1 / (1 + h(β·√p) / (√p·h(−β)))
//
// Its relative error is a few units in 10^14.
//
// Special cases are:
//
//	SquareRootWait(β, p) = NaN for p < 0 or either NaN
//	SquareRootWait(β, 0) = 1 for β ≤ 0: the queue grows without end
func SquareRootWait(beta, patience float64) float64 {
	if !(patience >= 0) || math.IsNaN(beta) {
		return math.NaN()
	}
	switch odds := squareRootOdds(beta, patience); {
	case odds > 700:
		return math.Exp(-odds)
	default:
		return 1 / (1 + math.Exp(odds))
	}
}

// SquareRootBeta returns the quality of service β for which a share wait of the
// callers in a large group waits: the inverse of [SquareRootWait] in β.
//
// Special cases are:
//
//	SquareRootBeta(wait, p) = NaN for wait outside [0, 1], p < 0 or either NaN
//	SquareRootBeta(0, p) = +Inf
//	SquareRootBeta(1, p) = −Inf, and 0 if nobody hangs up
func SquareRootBeta(wait, patience float64) float64 {
	endless := patience == 0 || math.IsInf(patience, 1)
	switch {
	case !(wait >= 0 && wait <= 1) || !(patience >= 0):
		return math.NaN()
	case wait == 0:
		return math.Inf(1)
	case wait == 1 && endless:
		return 0
	case wait == 1:
		return math.Inf(-1)
	}
	wanted := math.Log1p(-wait) - math.Log(wait)
	missing := func(beta float64) float64 { return wanted - squareRootOdds(beta, patience) }
	low, high := -1.0, 1.0
	if endless {
		low = 0
	}
	for missing(high) > 0 {
		low, high = high, 2*high
	}
	for low < 0 && !(missing(low) > 0) {
		if low < -1e200 {
			return math.Inf(-1)
		}
		low, high = 2*low, low
	}
	if low < 0 && high > 0 {
		// The root finder narrows relative to its bracket: keep to one sign.
		if at := missing(0); at > 0 {
			low = 0
		} else {
			high = 0
		}
	}
	if high <= 0 {
		return -zero(func(x float64) float64 { return -missing(-x) }, -high, -low)
	}
	return zero(missing, low, high)
}

// squareRootOdds returns the logarithm of (1 − P)/P, P the limit of the share
// that waits.
//
// Without patience by S. Halfin, W. Whitt, "Heavy-traffic limits for queues with
// many exponential servers", Operations Research 29, 1981,
// doi:10.1287/opre.29.3.567; with it by O. Garnett, A. Mandelbaum, M. Reiman,
// "Designing a Call Center with Impatient Customers", Manufacturing & Service
// Operations Management 4, 2002, doi:10.1287/msom.4.3.208.7753.
func squareRootOdds(beta, patience float64) float64 {
	if patience == 0 || math.IsInf(patience, 1) {
		if beta <= 0 {
			return math.Inf(-1)
		}
		return math.Log(beta) - logHazard(-beta)
	}
	root := math.Sqrt(patience)
	// Infinitely many or few agents: without the difference of infinities.
	if math.IsInf(beta, 0) {
		return beta
	}
	return logHazard(beta*root) - math.Log(root) - logHazard(-beta)
}

// logHazard returns the logarithm of the normal hazard φ(x)/Φ(−x).
func logHazard(x float64) float64 {
	if x < 5 {
		return -x*x/2 - 0.5*math.Log(math.Pi/2) - math.Log(math.Erfc(x/math.Sqrt2))
	}
	// Laplace's continued fraction x + 1/(x + 2/(x + 3/…)) (NIST Digital Library
	// of Mathematical Functions, 7.9.3); 60 terms reach 1e-17 from 5 on.
	f := x
	for k := 60.0; k >= 1; k-- {
		f = x + k/f
	}
	return math.Log(f)
}
