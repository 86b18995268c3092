package erlang

import "math"

// limited is M/M/n/K and M/M/n/K+M: at most so many callers can wait, further
// ones are blocked. Births and deaths balance between neighbouring states (R. B.
// Cooper, "Introduction to Queueing Theory", 2nd ed., 1981, chapter 3).
func (q *queue) limited() {
	free := freeStates(q.n, q.load, q.gap)
	var full states
	if q.patience == 0 {
		full = q.limitedEndless()
	} else {
		full = q.limitedPatient()
	}
	// All as multiples of the waiting states' scale.
	idle := states{free.mass, free.log - q.line.log}.value()
	total := idle + q.line.mass + full.mass
	if math.IsInf(total, 1) {
		q.free, q.answered = 1, 1
		scale := math.Exp(q.line.log-free.log) / free.mass
		q.waits, q.blocked = q.line.mass*scale, full.mass*scale
	} else {
		q.free, q.waits, q.blocked = idle/total, q.line.mass/total, full.mass/total
		q.answered = q.free + q.waits*q.line.kept
	}
	q.gone = q.waits * q.line.gone
	q.delay = q.waits * q.line.delay
	q.wait = q.delay
	if q.patience > 0 {
		q.delay *= q.patience
		q.wait = q.gone * q.patience
	}
}

func (q *queue) limitedEndless() (full states) {
	m := q.places
	x := logRatio(q.load, q.n, -q.gap) // the logarithm of load ÷ agents
	scale := max(0, m*x)
	sum := m // of r^j, j < m
	if x != 0 {
		sum = math.Expm1(m*x) / math.Expm1(x)
		if x > 0 {
			sum = -math.Expm1(-m*x) / math.Expm1(x)
		}
	}
	q.line = waiting{states: states{sum, scale}, kept: 1}
	if m == 0 {
		q.line.mass = 0
		return states{1, 0}
	}
	// A caller who finds j waiting waits (j+1)/n.
	q.line.delay = (1 + meanPlace(m-1, x)) / q.n
	return states{math.Exp(m*x - scale), scale}
}

// meanPlace returns Σ j·e^(jx) ÷ Σ e^(jx), j from 0 to last.
func meanPlace(last, x float64) float64 {
	m := last + 1
	switch {
	case x > 0:
		return last - meanPlace(last, -x)
	case m*x < -2:
		return 1/math.Expm1(-x) - m/math.Expm1(-m*x)
	}
	// With the Langevin function L(y) = coth y − 1/y: last/2 + (m·L(mx/2) −
	// L(x/2))/2.
	return last/2 + (m*langevin(m*x/2)-langevin(x/2))/2
}

func langevin(y float64) float64 {
	if math.Abs(y) > 1 {
		return 1/math.Tanh(y) - 1/y
	}
	// Lambert's continued fraction: y/(3 + y²/(5 + y²/(7 + …))).
	f := 31.0
	for k := 29.0; k >= 3; k -= 2 {
		f = k + y*y/f
	}
	return y / f
}
