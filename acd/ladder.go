package acd

import (
	"slices"
	"time"
)

// join puts a call that waits into a queue's line and starts that ladder. What
// it sets off is numbered among the timers in this order: the steps, the hold,
// the announcement.
func (e *Engine) join(c *call, q *queueState, told first) {
	e.startLadder(c, q)
	c.state, c.lined = waiting, e.now
	e.enterLine(c)
	q.pace.Join(time.Duration(e.now - c.since + c.lead))
	position := q.position(c)
	e.emit(Event{
		Type:     EventQueued,
		Call:     c.id,
		Queue:    q.name,
		Position: position,
		Wait:     e.estimate(c, position),
		Tier:     told.tier,
		Warnings: told.warnings,
	})
	e.awaitStep(c)
	e.startHold(c)
	e.awaitAnnouncement(c)
	e.watch(c)
}

// startLadder puts a call at the foot of a queue's ladder.
func (e *Engine) startLadder(c *call, q *queueState) {
	c.queue, c.joined = q, e.now
	c.step, c.next, c.late = 0, 1, 0
	c.steps = e.number(len(q.steps))
}

// leaveLadder stops what goes on while a call is in line or rings.
func (e *Engine) leaveLadder(c *call) {
	e.cancel(&c.ladder)
	e.cancel(&c.announce)
}

// awaitStep arms the timer of the next step.
func (e *Engine) awaitStep(c *call) {
	if c.next < len(c.queue.steps) {
		due := later(c.joined, c.queue.steps[c.next].after)
		e.set(&c.ladder, due, c.steps+uint64(c.next), timer{kind: stepTimer, call: c})
	}
}

// climb is for the step that falls due while the call is in line or rings.
func (e *Engine) climb(c *call) {
	i := c.next
	c.next++
	e.awaitStep(c)
	step := &c.queue.steps[i]
	switch {
	case !e.holds(step.when, c):
	case c.state == ringing && step.line == nil:
		c.late |= 1 << i
	default:
		e.enterStep(c, i)
	}
}

// enterStep carries a step out and reports whether the call is still on this
// ladder. A caller who has left for a callback is not spoken to.
func (e *Engine) enterStep(c *call, i int) bool {
	step := &c.queue.steps[i]
	e.emit(Event{Type: EventStep, Call: c.id, Queue: c.queue.name, Step: i})
	switch {
	case step.line != nil:
		if c.state == ringing {
			c.step = i
			return true
		}
		e.leaveLine(c)
		c.step = i
		e.enterLine(c)
		return true
	case step.overflow != nil:
		return !e.overflow(c, step.overflow)
	case c.back != nil:
		return true
	case step.suggest != "":
		e.emit(Event{Type: EventSuggested, Call: c.id, Channel: step.suggest, Queue: c.queue.name})
		return true
	case step.announce:
		e.tellPlace(c)
		return true
	default:
		e.emit(Event{Type: EventDiverted, Call: c.id, Number: step.divert, Queue: c.queue.name})
		e.leaveLine(c)
		e.finish(c)
		return false
	}
}

// overflow moves a call in line to another queue, unless that is closed or full
// or the call has been there.
func (e *Engine) overflow(c *call, to *queueState) bool {
	from := c.queue
	if to == from || slices.Contains(c.been, to.name) || to.closed(e.now) || to.full() {
		return false
	}
	e.emit(Event{Type: EventOverflowed, Call: c.id, From: from.name, To: to.name})
	e.leaveLine(c)
	e.leaveLadder(c)
	c.been = append(c.been, from.name)
	if c.held && !c.own.meetsFloor(to) {
		e.endHold(c)
	}
	e.join(c, to, first{})
	return true
}

// catchUp enters, in order, what was put off while the call rang and what fell
// due while it talked or rested, and goes on from there. The call is in line.
func (e *Engine) catchUp(c *call) {
	for i := range c.next {
		if c.late>>i&1 == 1 {
			c.late &^= 1 << i
			if !e.enterStep(c, i) {
				return
			}
		}
	}
	if !c.ladder.set {
		for c.next < len(c.queue.steps) && later(c.joined, c.queue.steps[c.next].after) <= e.now {
			i := c.next
			c.next++
			if e.holds(c.queue.steps[i].when, c) && !e.enterStep(c, i) {
				return
			}
		}
		e.awaitStep(c)
	}
	e.resumeAnnouncements(c)
}
