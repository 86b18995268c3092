package acd

import "time"

// booking is what makes a call a callback: its caller has left, and when its
// turn comes the customer's phone rings after the agent's.
type booking struct {
	number      string    // "": the caller's
	from, until time.Time // the window; zero: no bound
	attempts    int       // how often the customer has not answered
	retry       bool      // rests because of that
	due, expiry alarm
}

// callback books one, or books it anew.
func (e *Engine) callback(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	switch {
	case refused != nil:
		return refused
	case c == nil:
		return refuse(CodeBadState, "call %q has had its outcome", cmd.Call)
	case c.state == ringing || c.state == talking:
		return refuse(CodeBadState, "call %q is with an agent", cmd.Call)
	}
	b := c.back
	if b == nil {
		b = new(booking)
		c.back = b
		e.cancel(&c.announce)
	} else if b.number == cmd.Number && b.from.Equal(cmd.From) && b.until.Equal(cmd.Until) {
		return nil
	}
	b.number, b.from, b.until, b.retry = cmd.Number, inUTC(cmd.From), inUTC(cmd.Until), false
	e.emit(Event{Type: EventCallbackBooked, Call: c.id, NotBefore: b.from, Until: b.until, Number: b.number})
	e.cancel(&b.due)
	e.cancel(&b.expiry)
	later := b.from.UnixNano() > e.now && !b.from.IsZero()
	if later {
		if c.state == waiting {
			e.leaveLine(c)
			e.lieDown(c)
		}
		c.state = resting
		e.unwatch(c)
		e.set(&b.due, b.from.UnixNano(), e.number(1), timer{kind: dueTimer, call: c})
	}
	if !b.until.IsZero() {
		e.set(&b.expiry, b.until.UnixNano(), e.number(1), timer{kind: expiryTimer, call: c})
	}
	switch {
	case later || c.state == waiting:
	case c.state == asked:
		c.since += e.now - c.rested
		e.join(c, c.queue, first{})
	default:
		e.comeBack(c)
	}
	return nil
}

// inUTC keeps the zero time as it is.
func inUTC(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}

// lieDown takes a call out of all that goes on in line; it is not there any
// more. A hold is over.
func (e *Engine) lieDown(c *call) {
	c.state, c.rested = resting, e.now
	e.leaveLadder(c)
	e.endHold(c)
	e.unwatch(c)
}

// comeBack puts a callback whose rest is over back in line. One that was never
// in line, since its queue was closed, begins the ladder now.
func (e *Engine) comeBack(c *call) {
	reason := ReasonDue
	if c.back.retry {
		reason = ReasonRetry
	}
	c.since += e.now - c.rested
	if c.joined == never {
		e.startLadder(c, c.queue)
	}
	e.requeue(c, reason)
	e.catchUp(c)
}

// customerMissed is for an offered callback whose customer did not answer: the
// agent is as free as before, and the call rests for a while.
func (e *Engine) customerMissed(c *call, reason string) {
	a, b := c.agent, c.back
	e.withdraw(c, reason)
	e.endHold(c)
	b.attempts++
	again := false
	switch rest := e.rules.retryAfter; {
	case b.attempts >= e.rules.attempts:
		e.failCallback(c, ReasonAttempts)
	case c.expired(e.now):
		e.failCallback(c, ReasonExpired)
	case rest == 0:
		e.requeue(c, ReasonRetry)
		again = true
	default:
		e.lieDown(c)
		b.retry = true
		e.set(&b.due, later(e.now, rest), e.number(1), timer{kind: dueTimer, call: c})
	}
	e.releaseIdle(a, reason, "", a.idleSince)
	if again {
		e.catchUp(c)
	}
}

// expired reports whether a callback's window has closed.
func (c *call) expired(now int64) bool {
	return c.back != nil && !c.back.until.IsZero() && now >= c.back.until.UnixNano()
}

// expire is for a callback whose window closes. An offer that rings runs on.
func (e *Engine) expire(c *call) {
	switch c.state {
	case waiting:
		e.leaveLine(c)
		e.failCallback(c, ReasonExpired)
	case resting:
		e.failCallback(c, ReasonExpired)
	}
}

// awaitExpiry arms the end of the window again after a talk that never began.
func (e *Engine) awaitExpiry(c *call) {
	if b := c.back; b != nil && !b.until.IsZero() {
		e.set(&b.expiry, b.until.UnixNano(), b.expiry.rank.Order, timer{kind: expiryTimer, call: c})
	}
}

func (e *Engine) failCallback(c *call, reason string) {
	e.emit(Event{Type: EventCallbackFailed, Call: c.id, Queue: c.queue.name, Waited: c.waited(e.now), Reason: reason})
	e.finish(c)
}

// cancelCallback gives a booked callback up.
func (e *Engine) cancelCallback(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	switch {
	case c == nil:
		return refused
	case c.back == nil || c.state == talking:
		return refuse(CodeBadState, "call %q is no callback that waits", cmd.Call)
	}
	e.giveUp(c, Event{Type: EventAbandoned, Reason: ReasonCancelled})
	return nil
}
