package erlang

import (
	"fmt"
	"math"
)

// Traffic returns the load in erlangs of which so many servers block just the
// given share: the A with B(servers, A) = maxBlocking, to a relative error of
// 1e-12.
//
// It is an error if servers is below 0, if maxBlocking does not lie from 0 to 1,
// and for 0 servers unless maxBlocking is 1: they block every call. The cost is
// that of about five calls of [B], whatever the number of servers.
//
// Special cases are:
//
//	Traffic(servers, 0) = 0 for servers > 0
//	Traffic(servers, 1) = +Inf
func Traffic(servers int, maxBlocking float64) (float64, error) {
	switch {
	case servers < 0:
		return math.NaN(), fmt.Errorf("erlang: servers is %d: it must not be negative", servers)
	case !(maxBlocking >= 0 && maxBlocking <= 1):
		return math.NaN(), fmt.Errorf("erlang: maxBlocking is %v: it must lie from 0 to 1", maxBlocking)
	case maxBlocking == 1:
		return math.Inf(1), nil
	case servers == 0:
		return math.NaN(), fmt.Errorf("erlang: servers is 0: they block every call, not a share of %v", maxBlocking)
	case maxBlocking == 0:
		return 0, nil
	case servers == 1:
		return maxBlocking / (1 - maxBlocking), nil
	}
	// Let F be 1/B − 1 = Σ_{j≥1} n(n−1)…(n−j+1)/A^j. As a sum of exponentials of
	// ln A, ln F is a convex function of ln A, whose slope lies between −n and −1.
	// So Newton's method gets there from anywhere: after one step it is on the left
	// and comes ever closer. From dB/dA = B·(n/A − 1 + B) (D. L. Jagerman, 1974,
	// see freeStates) the slope is −(n − A·(1−B))/(1−B).
	n, free := float64(servers), 1-maxBlocking
	load := trafficGuess(n, maxBlocking)
	for range 100 {
		f := freeStates(n, load, n-load)
		// ln(F·B/(1−B)), without a detour by large logarithms near 0.
		excess := f.log + math.Log(f.mass*maxBlocking/free)
		if m := f.mass * maxBlocking; !(m > 1e-300 && m < 1e300) {
			excess = f.log + math.Log(f.mass) + logarithm(maxBlocking) - math.Log(free)
		}
		answered := 1 - f.blocking()
		slope := min(max((n-load*answered)/answered, 1), n)
		next := load * math.Exp(excess/slope)
		if math.Abs(excess) <= 1e-15*slope || next == load {
			return next, nil
		}
		load = next
	}
	return load, nil
}

// trafficGuess returns about where the load lies: for blocking by chance, so
// many standard deviations below the servers; for overload, what is left over.
func trafficGuess(n, blocking float64) float64 {
	over := n / (1 - blocking)
	rare := -2 * (logarithm(blocking) + math.Log(n)/2)
	if !(rare > 0) {
		return over
	}
	// The root of the load is where load + √(rare·load) = n.
	root := math.Sqrt(n+rare/4) - math.Sqrt(rare)/2
	return min(over, root*root)
}
