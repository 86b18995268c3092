package erlang

import "math"

// C returns the probability that a call has to wait in a group of so many agents
// that is offered a Poisson load of so many erlangs, with exponential handle
// times and nobody hanging up:
//
//	C(n,A) = n·B(n,A) / (n − A·(1 − B(n,A)))
//
// The cost does not grow with the number of agents.
//
// Special cases are:
//
//	C(n, load) = NaN for n < 0, load < 0 or load NaN
//	C(n, load) = 1 for load ≥ n: the queue grows without end
//	C(n, 0) = 0 for n > 0
func C(servers int, load float64) float64 {
	n := float64(servers)
	switch {
	case !(n >= 0) || !(load >= 0):
		return math.NaN()
	case load >= n:
		return 1
	case load == 0:
		return 0
	}
	// With F = 1/B − 1, the waiting states add up to n/(n−A):
	// C = 1/(1 + F·(n−A)/n) (A. K. Erlang, 1917; R. B. Cooper, "Introduction to
	// Queueing Theory", 2nd ed., 1981, section 3.5).
	free := freeStates(n, load, n-load)
	free.mass *= (n - load) / n
	return free.blocking()
}
