package erlang

import "math"

// queue is a group of agents with its line in the long run. Times are in mean
// handle times, shares are of offered calls.
type queue struct {
	n        float64 // agents
	load     float64 // erlangs offered, redials included
	gap      float64 // n − load
	patience float64 // mean; 0: nobody hangs up
	places   float64 // that calls can wait in; +Inf: no limit
	aht      float64 // in nanoseconds

	free     float64 // share that finds an agent free
	waits    float64 // share that waits, whatever becomes of it
	blocked  float64
	gone     float64 // share that hangs up waiting
	answered float64
	wait     float64 // mean of all, a blocked call waiting 0
	delay    float64 // mean of all, counting the answered calls only

	// The states in which all are busy: those from which a caller waits.
	line waiting
	// If the calls are one tier of several: how long those wait that have to.
	tier *tierWaits
}

// queue returns the queue of w with n agents at the given load.
func (w Workload) queue(n, load float64) (queue, error) {
	q := queue{n: n, load: load, gap: n - load, places: math.Inf(1), aht: float64(w.AHT)}
	if w.Patience > 0 {
		q.patience = float64(w.Patience) / q.aht
	}
	if w.Lines > 0 {
		q.places = float64(w.Lines) - math.Ceil(n)
	}
	switch {
	case load == 0:
		q.free, q.answered = 1, 1
	case !math.IsInf(q.places, 1):
		q.limited()
	case q.patience > 0:
		q.patient()
	case q.gap <= 0:
		return q, errOverloaded
	default:
		q.endless()
	}
	return q, nil
}

// busy returns the share of their time that agents spend on calls.
func (q queue) busy() float64 {
	if q.load == 0 {
		return 0
	}
	return min(q.load*q.answered/q.n, 1)
}

// endless is M/M/n, Erlang C: nobody hangs up, and the line is as long as it
// takes.
func (q *queue) endless() {
	free := freeStates(q.n, q.load, q.gap)
	free.mass *= q.gap / q.n
	q.waits = free.blocking()
	q.free = free.complement()
	q.answered = 1
	q.wait = q.waits / q.gap
	q.delay = q.wait
}

// patient is M/M/n+M, Erlang A.
func (q *queue) patient() {
	free := freeStates(q.n, q.load, q.gap)
	q.line = waitingStates(q.n*q.patience, q.load*q.patience, -q.gap*q.patience)
	ratio := states{free.mass / q.line.mass, free.log - q.line.log}
	q.waits = ratio.blocking()
	q.free = ratio.complement()
	q.gone = q.waits * q.line.gone
	q.answered = q.free + q.waits*q.line.kept
	q.wait = q.gone * q.patience
	q.delay = q.waits * q.line.delay * q.patience
}

// complement returns s/(1+s), one minus blocking.
func (s states) complement() float64 {
	v := s.value()
	if math.IsInf(v, 1) {
		return 1
	}
	return v / (1 + v)
}

// time returns a duration in mean handle times.
func (q queue) time(nanoseconds float64) float64 { return nanoseconds / q.aht }

// later is what is yet to come of the calls that have waited for some time.
type later struct {
	waits    float64 // share of offered calls that waits longer
	answered float64 // and is answered in the end
	gone     float64 // and hangs up in the end
}

// over returns what becomes of the calls that wait longer than t.
func (q queue) over(t float64) later {
	switch {
	case q.waits == 0:
		return later{}
	case q.tier != nil:
		return q.tierOver(t)
	case !math.IsInf(q.places, 1):
		return q.limitedOver(t)
	case q.patience == 0:
		waits := q.waits * math.Exp(-q.gap*t)
		return later{waits: waits, answered: waits}
	}
	tail, rest := q.tail(t / q.patience)
	waits := q.waits * tail
	return later{waits: waits, answered: waits * rest.kept, gone: waits * rest.gone}
}

// tail returns the probability that a call that must wait waits longer than x,
// in mean patiences, and the line as it is for such a call: what is left of the
// curve of bell.go right of x is the same curve with h·e^(−x) in place of h.
func (q queue) tail(x float64) (float64, waiting) {
	c, h, gap := q.n*q.patience, q.load*q.patience, -q.gap*q.patience
	h2 := h * math.Exp(-x)
	gap2 := gap + h*math.Expm1(-x)
	if h2 == 0 {
		return 0, waiting{kept: 1}
	}
	rest := waitingStates(c, h2, gap2)
	fall := 0.0 // of the curve from the larger of its top and 0 to x, or to its top
	switch {
	case gap <= 0:
		fall = h*expGap(x) - gap*x
	case gap2 < 0:
		fall = deviance(c, h2, gap2)
	}
	return math.Exp(-x-fall) * rest.mass / q.line.mass, rest
}

// served is what has become of calls within some time.
type served struct {
	answered  float64 // share of offered calls answered by then
	met       float64 // share answered or hung up by then
	goneLater float64 // share that hangs up later
}

// within returns what becomes of calls within t.
func (q queue) within(t float64) served {
	if q.tier != nil {
		return q.tierWithin(t)
	}
	after := q.over(t)
	s := served{
		answered:  q.answered - after.answered,
		met:       q.answered + q.gone - after.waits,
		goneLater: after.gone,
	}
	if after.waits < 0.5*(q.answered+q.gone) && after.answered < 0.5*q.answered {
		return s
	}
	// The rest is small: add up what happens until t rather than subtract what
	// happens after it.
	switch {
	case !math.IsInf(q.places, 1):
		s.answered, s.met = q.limitedUntil(t)
	case q.patience == 0:
		s.answered = q.free - q.waits*math.Expm1(-q.gap*t)
		s.met = s.answered
	default:
		x := t / q.patience
		all, kept := q.until(x)
		s.answered = q.free + q.waits*kept/q.line.mass
		s.met = q.free + q.waits*(math.Exp(-x)*all/q.line.mass-math.Expm1(-x))
	}
	return s
}

// until integrates c·w and c·e^(−τ)·w from 0 to x, in mean patiences, as
// multiples of e^log of the line.
func (q queue) until(x float64) (all, kept float64) {
	c, h, gap := q.n*q.patience, q.load*q.patience, -q.gap*q.patience
	top := 0.0
	if gap > 0 {
		top = logRatio(h, c, gap)
	}
	total := density{
		log: func(t float64) float64 {
			if gap > 0 {
				return -c * expGap(t-top)
			}
			return gap*t - h*expGap(t)
		},
		shape: func(t float64) (slope, bend float64) {
			rate := h * math.Exp(-t)
			return rate - c, rate
		},
	}.over(0, x, min(top, x))
	return c * total.area, c * total.kept
}

// quantile returns the time that a share tail of calls waits longer than, for a
// tail between 0 and q.waits.
func (q queue) quantile(tail float64) float64 {
	ratio := math.Log(q.waits / tail)
	if q.patience == 0 && math.IsInf(q.places, 1) && q.tier == nil {
		return ratio / q.gap
	}
	excess := func(t float64) float64 { return math.Log(q.over(t).waits / tail) }
	// Nobody waits longer than they are patient; and without patience no longer
	// than all places take to be worked off.
	low, high := 0.0, ratio*q.patience
	if q.patience == 0 {
		high = 1 / q.n
		for excess(high) > 0 {
			low, high = high, 2*high
		}
	}
	return zero(excess, low, high)
}
