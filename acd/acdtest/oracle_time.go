package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

type timerKind string

const (
	timerRing   timerKind = "ring"
	timerWrapUp timerKind = "wrap-up"
	timerRest   timerKind = "rest"
	timerStep   timerKind = "step"
	timerHold   timerKind = "hold"
)

// oracleTimer is a deadline; the timers lie in order of creation.
type oracleTimer struct {
	order int
	at    int64
	kind  timerKind
	call  *oracleCall
	agent *oracleAgent
	offer *oracleOffer
	step  int
}

// asleep says whether the timer does not count: the ladder of a call rests
// while the call talks.
func (t oracleTimer) asleep() bool { return t.kind == timerStep && t.call.place == talking }

func (o *Oracle) setTimer(after time.Duration, t oracleTimer) {
	o.timed++
	t.order = o.timed
	t.at = o.now + int64(after)
	o.timers = append(o.timers, t)
}

func (o *Oracle) dropTimers(drop func(oracleTimer) bool) {
	o.timers = slices.DeleteFunc(o.timers, drop)
}

func (o *Oracle) earliest() (int64, bool) {
	var at int64
	found := false
	for _, t := range o.timers {
		if !t.asleep() && (!found || t.at < at) {
			at, found = t.at, true
		}
	}
	return at, found
}

// fireRound fires the timers due now that exist now, in order of creation. One
// that another of them cancelled does not fire.
func (o *Oracle) fireRound() {
	var due []oracleTimer
	for _, t := range o.timers {
		if !t.asleep() && t.at <= o.now {
			due = append(due, t)
		}
	}
	for _, t := range due {
		same := func(other oracleTimer) bool { return other.order == t.order }
		if slices.ContainsFunc(o.timers, same) {
			o.dropTimers(same)
			o.fire(t)
		}
	}
}

func (o *Oracle) fire(t oracleTimer) {
	switch t.kind {
	case timerRing:
		o.failOffer(t.offer, acd.ReasonNoAnswer)
	case timerWrapUp:
		o.release(t.agent, acd.ReasonWrapUp, "")
	case timerRest:
		o.becomeReady(t.agent, acd.ReasonRested, "")
	case timerHold:
		t.call.held = false
	case timerStep:
		if t.call.place == ringing && t.call.queue.Steps[t.step].Do != nil {
			t.call.putOff = append(t.call.putOff, t.step)
			return
		}
		o.enterStep(t.call, t.step)
	}
}

// join puts the call at the foot of a queue's ladder.
func (o *Oracle) join(c *oracleCall, q *acd.Queue, warnings []string) {
	o.dropLadder(c)
	c.place = inLine
	c.queue = q
	c.been = append(c.been, q.Name)
	c.joined = o.now
	c.step = 0
	for i := 1; i < len(q.Steps); i++ {
		o.setTimer(q.Steps[i].After, oracleTimer{kind: timerStep, call: c, step: i})
	}
	if own := o.agent(c.own); c.held && (own == nil || !meets(own, floorNeeds(q))) {
		o.endHold(c)
	}
	o.emit(acd.Event{
		Type: acd.EventQueued, Call: c.given.Call, Queue: q.Name,
		Position: o.position(c), Warnings: warnings,
	})
}

func (o *Oracle) dropLadder(c *oracleCall) {
	c.putOff = nil
	o.dropTimers(func(t oracleTimer) bool { return t.kind == timerStep && t.call == c })
}

func (o *Oracle) endHold(c *oracleCall) {
	c.held = false
	o.dropTimers(func(t oracleTimer) bool { return t.kind == timerHold && t.call == c })
}

// enterStep enters a step and does what it says; it tells whether the rest of
// the ladder is void.
func (o *Oracle) enterStep(c *oracleCall, step int) bool {
	o.emit(acd.Event{Type: acd.EventStep, Call: c.given.Call, Queue: c.queue.Name, Step: step})
	do := c.queue.Steps[step].Do
	if do == nil {
		c.step = step
		return false
	}
	if do.Divert != "" {
		o.emit(acd.Event{Type: acd.EventDiverted, Call: c.given.Call, Number: do.Divert})
		o.finish(c)
		return true
	}
	to := o.queue(do.Overflow)
	if slices.Contains(c.been, to.Name) || o.full(to) {
		return false
	}
	o.emit(acd.Event{Type: acd.EventOverflowed, Call: c.given.Call, From: c.queue.Name, To: to.Name})
	o.join(c, to, nil)
	return true
}

// enterSteps enters several, as far as the ladder goes.
func (o *Oracle) enterSteps(c *oracleCall, steps []int) {
	for _, step := range steps {
		if o.enterStep(c, step) {
			return
		}
	}
}

// full says whether a queue takes no more arrivals.
func (o *Oracle) full(q *acd.Queue) bool {
	if q.Capacity == nil {
		return false
	}
	n := 0
	for _, c := range o.calls {
		if (c.place == inLine || c.place == ringing) && c.queue.Name == q.Name {
			n++
		}
	}
	return n >= *q.Capacity
}

// position is the call's in its line, 1 being next.
func (o *Oracle) position(c *oracleCall) int {
	position := 1
	for _, other := range o.calls {
		if other != c && other.place == inLine && other.queue.Name == c.queue.Name {
			mine, theirs := o.urgency(c, nil), o.urgency(other, nil)
			if theirs < mine || theirs == mine && other.order < c.order {
				position++
			}
		}
	}
	return position
}
