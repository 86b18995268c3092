package acd

import "slices"

// join puts a call that waits into a queue's line and starts that ladder. Its
// steps and the hold, in this order, are numbered among the timers now.
func (e *Engine) join(c *call, q *queueState, warnings []string) {
	c.queue, c.joined = q, e.now
	c.step, c.next, c.late = 0, 1, 0
	c.steps = e.number(len(q.steps))
	e.enterLine(c)
	e.emit(Event{
		Type:     EventQueued,
		Call:     c.id,
		Queue:    q.name,
		Position: q.position(c, e.rules.maxHeadStart),
		Warnings: warnings,
	})
	e.awaitStep(c)
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
	if c.state == ringing && c.queue.steps[i].line == nil {
		c.late |= 1 << i
		return
	}
	e.enterStep(c, i)
}

// enterStep carries a step out and reports whether the call is still on this
// ladder.
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
	default:
		e.emit(Event{Type: EventDiverted, Call: c.id, Number: step.divert})
		e.leaveLine(c)
		e.finish(c)
		return false
	}
}

// overflow moves a call in line to another queue, unless that is full or the
// call has been there.
func (e *Engine) overflow(c *call, to *queueState) bool {
	from := c.queue
	if to == from || slices.Contains(c.been, to) || to.full() {
		return false
	}
	e.emit(Event{Type: EventOverflowed, Call: c.id, From: from.name, To: to.name})
	e.leaveLine(c)
	e.cancel(&c.ladder)
	c.been = append(c.been, from)
	if c.held && !c.own.meetsFloor(to) {
		e.endHold(c)
	}
	e.join(c, to, nil)
	return true
}

// catchUp enters, in order, what was put off while the call rang and what fell
// due during a talk that never began. The call is in line.
func (e *Engine) catchUp(c *call) {
	for i := range c.next {
		if c.late>>i&1 == 1 {
			c.late &^= 1 << i
			if !e.enterStep(c, i) {
				return
			}
		}
	}
	for c.next < len(c.queue.steps) && later(c.joined, c.queue.steps[c.next].after) <= e.now {
		i := c.next
		c.next++
		if !e.enterStep(c, i) {
			return
		}
	}
	if !c.ladder.set {
		e.awaitStep(c)
	}
}
