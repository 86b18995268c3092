package erlang

import "math"

// withRedials turns the queue of fresh calls into that of all attempts: a caller
// who gave up or was blocked tries again with probability r, as if anew. The
// load E of all attempts is the fixed point
//
//	E = E₀ + r·E·(PAbandon(E) + PBlocked(E))
//
// (J. W. Cohen, "Basic problems of telephone traffic theory and the influence of
// repeated calls", Philips Telecommunication Review 18, 1957; for call centres N.
// Gans, G. Koole, A. Mandelbaum, M&SOM 5, 2003, doi:10.1287/msom.5.2.79.16071).
func (w Workload) withRedials(q queue, fresh float64) (queue, error) {
	if q.gone+q.blocked == 0 {
		return q, nil
	}
	// What redials leave over grows with the load: E − r·E·(lost share) − E₀.
	missing := func(load float64) float64 {
		q, _ := w.queue(q.n, load)
		// E·(1 − r·lost) = E·(answered + (1 − r)·lost)
		return fresh - load*(q.answered+(1-w.Redial)*(q.gone+q.blocked))
	}
	high := fresh
	for missing(high) > 0 {
		if high *= 2; high > 1e9*fresh || math.IsInf(high, 1) {
			return q, errRedials
		}
	}
	return w.queue(q.n, zero(missing, fresh, high))
}
