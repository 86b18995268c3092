package erlang

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// An Outcome is what a [Workload] lives through with a given number of agents,
// in the long run: shares of, and means over, all offered attempts to call.
type Outcome struct {
	// Agents is how many agents are on the phones.
	Agents int
	// Load is the offered load in erlangs, redials included.
	Load float64
	// PWait is the share of calls that have to wait, whether answered or not. A
	// blocked call does not wait.
	PWait float64
	// PBlocked is the share that finds no line.
	PBlocked float64
	// PAbandon is the share that hangs up waiting.
	PAbandon float64
	// ASA, the average speed of answer, is the mean wait of answered calls, to
	// the nanosecond.
	ASA time.Duration
	// MeanWait is the mean wait of all calls, answered or not, a blocked one
	// waiting 0. It is the integral of WaitOver.
	MeanWait time.Duration
	// QueueLength is the mean number of callers waiting.
	QueueLength float64
	// Occupancy is the share of their time that agents spend on calls.
	Occupancy float64

	queue queue
}

// With returns every figure for this many agents. It is an error if a field of w
// is out of its domain, if there are fewer than 1 agent or more agents than
// lines, and if the queue has no long run: a load of at least the agents, with
// nobody hanging up and no limit on lines. Without any calls 0 agents will do.
func (w Workload) With(agents int) (Outcome, error) {
	if err := w.checkWith(agents); err != nil {
		return Outcome{}, err
	}
	return w.with(float64(agents), agents)
}

func (w Workload) checkWith(agents int) error {
	if err := w.check(); err != nil {
		return err
	}
	least := 1
	if w.Calls == 0 {
		least = 0
	}
	if agents < least {
		return fmt.Errorf("erlang: %d agents: there must be at least %d", agents, least)
	}
	if w.Lines != 0 && w.Lines < agents {
		return fmt.Errorf("erlang: Workload.Lines is %d: fewer than the %d agents", w.Lines, agents)
	}
	return nil
}

var (
	errOverloaded = errors.New("erlang: the load is at least the number of agents, nobody hangs up and lines are not limited: the queue grows without end")
	errRedials    = errors.New("erlang: those who try again are more than the agents can answer: there is no long run")
)

// with is With for a number of agents that need not be whole, without checking
// w. Waiting places count from the next whole number of agents.
func (w Workload) with(n float64, agents int) (Outcome, error) {
	load := w.Load()
	q, err := w.queue(n, load)
	if err == nil && w.Redial > 0 {
		q, err = w.withRedials(q, load)
	}
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{
		Agents:      agents,
		Load:        q.load,
		PWait:       q.waits,
		PBlocked:    q.blocked,
		PAbandon:    q.gone,
		ASA:         q.asa(),
		MeanWait:    duration(q.wait * q.aht),
		QueueLength: q.load * q.wait,
		Occupancy:   q.busy(),
		queue:       q,
	}, nil
}

// asa returns the mean wait of answered calls: the largest Duration if none is.
func (q queue) asa() time.Duration {
	if q.answered == 0 {
		return math.MaxInt64
	}
	return duration(q.delay / q.answered * q.aht)
}

// duration rounds nanoseconds, saturating.
func duration(ns float64) time.Duration {
	switch {
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns >= 0:
		return time.Duration(math.Round(ns))
	}
	return 0
}

// WaitOver returns P(W > t), the probability that an offered call, answered or
// not, waits longer than t. It keeps its relative accuracy however small it is.
//
// Special cases are:
//
//	WaitOver(t) = NaN for t < 0
//	WaitOver(0) = PWait
func (o Outcome) WaitOver(t time.Duration) float64 {
	if t < 0 {
		return math.NaN()
	}
	return o.queue.over(o.queue.time(float64(t))).waits
}

// ServiceLevel returns the share of calls that is served within the given time,
// as the definition counts it. It keeps its relative accuracy however small it
// is.
//
// Special cases are:
//
//	ServiceLevel(t, d) = NaN for t < 0 and for an unknown d
//	ServiceLevel(t, d) = 1 without any calls
func (o Outcome) ServiceLevel(within time.Duration, d Definition) float64 {
	if within < 0 || !d.known() {
		return math.NaN()
	}
	level, _ := o.queue.level(o.queue.time(float64(within)), d)
	return level
}

// level returns the service level within t, and one minus it: the one of the two
// that is small is added up, the other follows.
func (q queue) level(t float64, d Definition) (level, missed float64) {
	if missed = q.missed(t, d); missed <= 0.5 {
		return 1 - missed, missed
	}
	s := q.within(t)
	switch d {
	case AnsweredOfOffered:
		level = s.answered
	case AnsweredOfAnswered:
		level = s.answered / q.answered
	case ShortAbandonsMet:
		level = s.met
	case ShortAbandonsExcluded:
		// The rest of the calls: all but those that gave up in time.
		level = s.answered / (q.answered + q.blocked + s.goneLater)
	}
	level = min(level, 1)
	return level, 1 - level
}

// missed returns one minus the service level. If nobody is answered it is 1.
func (q queue) missed(t float64, d Definition) float64 {
	if q.load == 0 {
		return 0
	}
	after := q.over(t)
	missed := 0.0
	switch d {
	case AnsweredOfOffered:
		missed = q.blocked + q.gone + after.answered
	case AnsweredOfAnswered:
		if q.answered == 0 {
			return 1
		}
		missed = after.answered / q.answered
	case ShortAbandonsMet:
		missed = q.blocked + after.waits
	case ShortAbandonsExcluded:
		missed = (q.blocked + after.gone + after.answered) / (q.answered + q.blocked + after.gone)
	}
	return min(missed, 1)
}

// WaitQuantile returns the time that a share p of offered calls does not wait
// longer than, to the nanosecond: 0 for p ≤ P(no wait), the largest Duration for
// p ≥ 1. For p NaN it is 0.
func (o Outcome) WaitQuantile(p float64) time.Duration {
	tail := 1 - p
	if !(tail < o.PWait) {
		return 0
	}
	if tail <= 0 {
		return math.MaxInt64
	}
	return duration(o.queue.quantile(tail) * o.queue.aht)
}
