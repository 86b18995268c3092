package erlang

import (
	"fmt"
	"math"
)

// mostServers is 2^53: up to here a float64 tells each number of servers from
// the next.
const mostServers = 1 << 53

// Servers returns the fewest servers that block at most the given share of calls
// of a load in erlangs: the least n with B(n, load) ≤ maxBlocking.
//
// It is an error if the load is not finite or below 0, if maxBlocking does not
// lie from 0 to 1, and if more than 2^53 servers were needed. The cost is that of
// about four calls of [B], whatever the load.
//
// Special cases are:
//
//	Servers(load, 1) = 0
//	Servers(0, maxBlocking) = 1 for maxBlocking < 1: B(0, 0) is 1
//	Servers(load, 0) is an error for load > 0: some call is always blocked
func Servers(load, maxBlocking float64) (int, error) {
	switch {
	case !(load >= 0) || math.IsInf(load, 1):
		return 0, fmt.Errorf("erlang: load is %v: it must be finite and at least 0", load)
	case !(maxBlocking >= 0 && maxBlocking <= 1):
		return 0, fmt.Errorf("erlang: maxBlocking is %v: it must lie from 0 to 1", maxBlocking)
	case maxBlocking == 1:
		return 0, nil
	case load == 0:
		return 1, nil
	case maxBlocking == 0:
		return 0, fmt.Errorf("erlang: maxBlocking is 0: no number of servers never blocks a load of %v erlangs", load)
	}
	// Servers carry load·(1 − blocking), so that there must be more of them (but for
	// the rounding of B).
	carried := load * max(0, 1-maxBlocking-1e-15)
	if carried >= mostServers {
		return 0, errTooManyServers(load, maxBlocking)
	}
	low, high := int(carried), mostServers+1
	target := logarithm(maxBlocking)
	n := low + 1
	for turn := 0; ; turn++ {
		if low == mostServers {
			return 0, errTooManyServers(load, maxBlocking)
		}
		x := float64(n)
		b := B(n, load)
		excess := math.Log(b) - target
		if b < 1e-300 {
			excess = LogB(n, load) - target
		}
		// Newton's method. From B(n) = load·B(n−1)/(n + load·B(n−1)) follow
		// ln B(n+1) − ln B(n) and ln B(n) − ln B(n−1). Since ln B falls ever more
		// steeply, it comes down on the answer from above.
		var step float64
		if b <= maxBlocking {
			high = n
			step = excess / math.Log(x/(load*(1-b)))
		} else {
			low = n
			step = excess / math.Log1p((x+1-load*(1-b))/load)
		}
		if high-low == 1 && high <= mostServers {
			return high, nil
		}
		// A step that rounding has spoilt is replaced by one to the middle.
		next := x + step
		switch {
		case turn > 20:
			n = low + (high-low)/2
		case next > float64(low) && next < float64(high):
			n = min(max(int(math.Ceil(next)), low+1), high-1)
		case b <= maxBlocking && next > x-1:
			n = high - 1
		default:
			n = low + (high-low)/2
		}
	}
}

// logarithm is math.Log, which on some machines takes a subnormal number for a
// normal one.
func logarithm(x float64) float64 {
	if x < 0x1p-1022 {
		return math.Log(x*0x1p+60) - 60*math.Ln2
	}
	return math.Log(x)
}

func errTooManyServers(load, maxBlocking float64) error {
	return fmt.Errorf("erlang: more than 2^53 servers for a load of %v erlangs and blocking %v", load, maxBlocking)
}
