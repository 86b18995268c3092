package erlang

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
	// At most all that are lost come again, and again: E ≤ E₀ ÷ (1 − r).
	most := min(fresh/(1-w.Redial), 1e12*fresh)
	if w.Redial == 1 && fresh >= q.n {
		return q, errRedials
	}
	high := fresh
	for missing(high) > 0 && high < most {
		high = min(2*high, most)
	}
	if w.Redial == 1 && high == most {
		return q, errRedials
	}
	return w.queue(q.n, zero(missing, fresh, high))
}
