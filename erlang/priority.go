package erlang

import (
	"fmt"
	"math"
	"time"
)

// Priority returns the mean wait of each class of calls if the classes are
// strict: an agent who becomes free takes a call of the first class that has
// one waiting, and in a class who came first. Talks are not interrupted. It is
// there to compare [HeadStarts] with; nothing bounds what the last class waits.
//
// loads are the classes' loads in erlangs, the highest class first; aht is the
// mean handle time, the same for all. With n agents, the total load A and the
// load A_k of the first k classes together, class k waits
//
//	C(n,A)·aht·n / ((n − A_{k−1})·(n − A_k))
//
// (A. Cobham, "Priority assignment in waiting line problems", Operations
// Research 2, 1954, doi:10.1287/opre.2.1.70). Waits are rounded to nanoseconds
// and saturate.
//
// Special cases are:
//
//	a class waits without end, the largest Duration, if A_k ≥ n
//	the classes above it wait as the formula says, with C = 1: all agents are
//	always busy, but each that becomes free still takes the highest class
//	a class without load waits as a single call of it would
//
// It is an error if agents is below 1, if aht is not above 0, or if a load is
// negative, infinite or NaN. The cost is that of one [C] and a few operations a
// class.
func Priority(agents int, aht time.Duration, loads []float64) ([]time.Duration, error) {
	if agents < 1 {
		return nil, fmt.Errorf("erlang: agents is %d: there must be at least 1", agents)
	}
	if aht <= 0 {
		return nil, fmt.Errorf("erlang: aht is %v: it must be above 0", aht)
	}
	n := float64(agents)
	total := 0.0
	for i, load := range loads {
		if !(load >= 0) || math.IsInf(load, 1) {
			return nil, fmt.Errorf("erlang: loads[%d] is %v: it must be finite and at least 0", i, load)
		}
		total += load
	}
	all := C(agents, total)
	waits := make([]time.Duration, len(loads))
	above, left := 0.0, n // the load of the classes so far, and what it leaves
	for i, load := range loads {
		before := left
		above += load
		left = n - above
		if left <= 0 {
			waits[i] = math.MaxInt64
			left = 0
			continue
		}
		waits[i] = duration(all * (n / before) / left * float64(aht))
	}
	return waits, nil
}
