package erlang

import "math"

// Engset returns the blocking of a group of so many servers to which only so
// many sources have access, each of which is either served or idle. idleLoad is
// the request rate of an idle source × the mean holding time, in erlangs. A
// source that is blocked is idle again.
//
// Time congestion is the share of time in which all servers are busy:
//
//	E(S,n,b) = C(S,n)·b^n / Σ_{k=0}^{n} C(S,k)·b^k
//
// Call congestion is the share of requests that find them so. It is less, for
// while servers are busy there are fewer idle sources: it is what the other
// sources make of the servers, E(S−1,n,b). Both hold for any distribution of
// holding times. As sources grow with S·b fixed, both tend to [B].
//
// The cost does not grow with the servers. The relative error is below 1e-12 up
// to 2^53 sources.
//
// Special cases are:
//
//	Engset(S, n, b) = NaN, NaN for S < 0, n < 0, b < 0 or b NaN
//	Engset(S, n, b) = 0, 0 for S < n
//	Engset(S, S, b) = (b/(1+b))^S, 0: nobody is ever blocked
//	Engset(S, 0, b) = 1, 1 for S > 0
//	Engset(S, n, 0) = 0, 0 for n > 0
//	Engset(S, n, +Inf) = 1, 1 for S > n
func Engset(sources, servers int, idleLoad float64) (time, call float64) {
	s, n, b := float64(sources), float64(servers), idleLoad
	switch {
	case sources < 0 || servers < 0 || !(b >= 0):
		return math.NaN(), math.NaN()
	case sources < servers:
		return 0, 0
	case sources == servers:
		return allBusy(s, b), 0
	case servers == 0 || math.IsInf(b, 1):
		return 1, 1
	case b == 0:
		return 0, 0
	}
	m := float64(sources - servers)
	if n <= fewServers {
		time = engsetFew(s, n, b)
	} else {
		time = engsetMany(s, n, m, b)
	}
	// E(S−1,n,b) in terms of E(S,n,b) (V. B. Iversen, "Teletraffic Engineering
	// Handbook", ITU-D SG 2/16, 2005, section 8.5).
	share := m / s * time
	call = (share + share*b) / (1 + share*b)
	if share*b >= 1 {
		call = (1 + 1/b) / (1 + 1/(share*b))
	}
	return time, min(call, 1)
}

// allBusy returns the probability that all of s sources with a server each are
// being served.
func allBusy(s, b float64) float64 {
	if b < 1 {
		return math.Pow(b/(1+b), s)
	}
	return math.Exp(-s * math.Log1p(1/b))
}

// engsetFew goes server by server: with y = (S−k+1)·b/k·E(S,k−1,b), E(S,k,b) is
// y/(1+y), of positive numbers only (T. O. Engset, "Die
// Wahrscheinlichkeitsrechnung zur Bestimmung der Wähleranzahl in automatischen
// Fernsprechämtern", Elektrotechnische Zeitschrift 39, 1918; the recursion is L.
// A. Joys's, 1967).
func engsetFew(s, n, b float64) float64 {
	e := 1.0
	for k := 1.0; k <= n; k++ {
		y := (s - k + 1) / k * b * e
		if y < 1 {
			e = y / (1 + y)
		} else {
			e = 1 / (1 + 1/y)
		}
	}
	return e
}

// engsetMany integrates, with m = S − n,
//
//	1/E(S,n,b) = m·∫₀^∞ e^(−m·τ)·(1 + (1 − e^(−τ))/b)^n dτ
//
// which is the binomial distribution P(k ≤ n)/P(k = n) by way of the incomplete
// beta function (NIST Digital Library of Mathematical Functions, 8.17.5) with
// e^(−τ)/(1+b) for the variable. The exponent is concave; each form of it below
// is a sum of terms of one sign.
func engsetMany(s, n, m, b float64) float64 {
	fall := m - n/b // −slope at 0
	if fall < m/2 {
		fall = math.FMA(m, b, -n) / b
	}
	if fall >= 0 {
		falling := density{
			log: func(t float64) float64 {
				return -fall*t - n/b*expGap(t) - n*logGap(-math.Expm1(-t)/b)
			},
			shape: func(t float64) (slope, bend float64) {
				u := math.Exp(-t) / b / (1 - math.Expm1(-t)/b)
				return n*u - m, n * u * (1 + u)
			},
		}
		return min(1/(m*falling.over(0, math.Inf(1), 0).area), 1)
	}
	// The top lies at e^τ = S/(m·(1+b)), the binomial distribution's deviance
	// above 0.
	gap := math.FMA(m, b, -n) / (1 + b)
	far := deviance(n, s*(b/(1+b)), gap) + deviance(m, s/(1+b), -gap)
	if far > 40 {
		// All states but e^(−40) of them have a server free: E is the binomial
		// probability of n, by Stirling's formula.
		return math.Exp(stirling(s)-stirling(n)-stirling(m)-far) / math.Sqrt(2*math.Pi*n*(m/s))
	}
	left := math.Log1p(-gap / m)
	ratio := m / n
	bell := density{
		log: func(t float64) float64 {
			return -m*expGap(t) - n*logGap(-ratio*math.Expm1(-t))
		},
		shape: func(t float64) (slope, bend float64) {
			u := ratio * math.Exp(-t) / (1 - ratio*math.Expm1(-t))
			return n*u - m, n * u * (1 + u)
		},
	}
	return min(math.Exp(-far)/(m*bell.over(-left, math.Inf(1), 0).area), 1)
}
