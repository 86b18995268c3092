package erlang

import "math"

// B returns the probability that a call is blocked in a group of so many servers
// that is offered a Poisson load of so many erlangs and has no place to wait:
//
//	B(n,A) = (A^n/n!) / Σ_{k=0}^{n} A^k/k!
//
// It holds for any distribution of holding times. The cost does not grow with
// the number of servers.
//
// Special cases are:
//
//	B(n, load) = NaN for n < 0, load < 0 or load NaN
//	B(0, load) = 1
//	B(n, 0) = 0 for n > 0
//	B(n, +Inf) = 1
func B(servers int, load float64) float64 { return BReal(float64(servers), load) }

// LogB returns the natural logarithm of [B]. B itself is below the smallest
// float64 at ordinary inputs: 1,000 servers for 300 erlangs block 1 call in
// 10^370.
//
// Special cases are those of B; the logarithm of 0 is −Inf.
func LogB(servers int, load float64) float64 {
	x := float64(servers)
	if special, ok := blockingSpecial(x, load); ok {
		return math.Log(special)
	}
	free := freeStates(x, load, x-load)
	if free.log == 0 && !math.IsInf(free.mass, 1) {
		return -math.Log1p(free.mass)
	}
	if free.log < 600 {
		return -math.Log1p(free.mass * math.Exp(free.log))
	}
	return -free.log - math.Log(free.mass)
}

// BReal returns Erlang's blocking probability [B] continued to a real number of
// servers:
//
//	1/B(x,A) = A·∫₀^∞ e^(−A·s)·(1 + s)^x ds
//
// It agrees with B at whole numbers and falls smoothly between them: the number
// of servers for a blocking can be read off unrounded.
//
// Special cases are:
//
//	BReal(x, load) = NaN for x < 0, x infinite, load < 0 or either NaN
//	BReal(0, load) = 1
//	BReal(x, 0) = 0 for x > 0
//	BReal(x, +Inf) = 1
func BReal(servers, load float64) float64 {
	if special, ok := blockingSpecial(servers, load); ok {
		return special
	}
	return freeStates(servers, load, servers-load).blocking()
}

func blockingSpecial(x, load float64) (b float64, special bool) {
	switch {
	case !(x >= 0) || math.IsInf(x, 1) || !(load >= 0):
		return math.NaN(), true
	case x == 0 || math.IsInf(load, 1):
		return 1, true
	case load == 0:
		return 0, true
	}
	return 0, false
}

// states is a sum of states' shares as a multiple of the state in which all
// agents are busy and nobody waits: mass·e^log.
type states struct{ mass, log float64 }

func (s states) value() float64 {
	if s.log == 0 {
		return s.mass
	}
	return s.mass * math.Exp(s.log)
}

// blocking returns 1/(1+s).
func (s states) blocking() float64 {
	if v := 1 + s.value(); !math.IsInf(v, 1) {
		return 1 / v
	}
	return math.Exp(-s.log) / s.mass
}

// fewServers is where the recursion over servers gives way to the integral,
// which takes as long as 150 steps of it.
const fewServers = 100

// freeStates sums the states in which at least one of x agents is free:
// 1/B(x,a) − 1. gap is x − a.
//
// For few agents by the recursion 1/B(k) = 1 + k/a·1/B(k−1), which adds positive
// numbers only (A. K. Erlang, 1917; D. L. Jagerman, "Some properties of the
// Erlang loss function", Bell System Technical Journal 53, 1974,
// doi:10.1002/j.1538-7305.1974.tb02756.x); for many by the integral of bell.go.
func freeStates(x, a, gap float64) states {
	if x <= fewServers {
		k := x - math.Floor(x)
		sum := 0.0
		if k > 0 {
			sum = freeBelowOne(k, a)
		}
		for k++; k <= x; k++ {
			sum = k / a * (1 + sum)
		}
		if !math.IsInf(sum, 1) {
			return states{mass: sum}
		}
		return states{wholeArea(x), deviance(x, a, -gap)}
	}
	if gap <= 0 {
		return states{mass: x * integrate(a, gap, -1).area}
	}
	// The top of the curve lies on this half: all of it, less the other half.
	far := deviance(x, a, -gap)
	whole := wholeArea(x)
	if far < 40 {
		whole -= x * integrate(a, -gap, 1).area * math.Exp(-far)
	}
	return states{whole, far}
}

// freeBelowOne is freeStates for 0 < x < 1: x·∫₀^∞ exp(xτ − a(e^τ − 1)) dτ,
// panel by panel up to where the integrand is 0.
func freeBelowOne(x, a float64) float64 {
	end := math.Log1p((cutoff + x*math.Log1p(cutoff/a)) / a)
	if math.IsInf(end, 1) {
		end = math.Log(cutoff+x*800) - math.Log(a)
	}
	panels := math.Ceil(end / 2)
	width := end / panels
	sum := 0.0
	for i := range int(panels) {
		mid := (float64(i) + 0.5) * width
		for _, p := range oneSide {
			for _, t := range [2]float64{mid - p.at*width/2, mid + p.at*width/2} {
				sum += p.weight * math.Exp(x*t-a*math.Expm1(t))
			}
		}
	}
	return x * sum * width / 2
}
