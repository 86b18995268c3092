package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// bookCallback lets the caller go and keeps the place, from a time on if there
// is one.
func (o *Oracle) bookCallback(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	if c.place == ringing || c.place == talking || c.place == finished {
		return refused(acd.CodeBadState, string(c.place))
	}
	from, until := bound(cmd.From), bound(cmd.Until)
	if c.callback && c.number == cmd.Number && sameBound(c.from, from) && sameBound(c.until, until) {
		return nil
	}
	c.callback, c.number, c.from, c.until = true, cmd.Number, from, until
	booked := acd.Event{Type: acd.EventCallbackBooked, Call: cmd.Call, Number: cmd.Number}
	o.dropTimersOf(c, timerDue, timerExpiry)
	wished := from != nil && *from > o.now
	if from != nil {
		booked.NotBefore = instant(*from)
	}
	if wished {
		o.setTimerAt(*from, oracleTimer{kind: timerDue, call: c, reason: acd.ReasonDue})
	}
	if until != nil {
		booked.Until = instant(*until)
		o.setTimerAt(*until, oracleTimer{kind: timerExpiry, call: c})
	}
	o.emit(booked)
	switch {
	case wished:
		o.letRest(c)
	case c.place == suggested:
		o.join(c, c.queue, acd.Event{})
	case c.place == resting:
		o.comeBack(c, acd.ReasonDue)
	}
	return nil
}

// bound is an end of a window, nil for the zero time.
func bound(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	return new(t.UnixNano())
}

func sameBound(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// letRest takes the call out of the line for a while.
func (o *Oracle) letRest(c *oracleCall) {
	if c.place == inLine || c.place == ringing {
		c.stopped = o.now
	}
	c.place = resting
	c.offer = nil
	o.endHold(c)
	o.endStay(c)
}

// comeBack puts a callback that rests into line: again, or for the first time
// if it was booked while the queue was closed.
func (o *Oracle) comeBack(c *oracleCall, reason string) {
	o.dropTimersOf(c, timerDue)
	if len(c.been) == 0 {
		o.standIn(c, c.queue)
		o.tellRequeued(c, reason)
		return
	}
	o.requeue(c, reason)
	o.catchUp(c)
}

// customerDeclined is for a customer who did not take the call back: the agent
// is not to blame.
func (o *Oracle) customerDeclined(offer *oracleOffer, reason string) {
	c := offer.call
	o.withdraw(offer, reason)
	o.endHold(c)
	c.attempts++
	retryAfter := orElse(o.plan.Callback.RetryAfter, 10*time.Minute)
	switch {
	case c.attempts >= orElse(o.plan.Callback.Attempts, 3):
		o.failCallback(c, acd.ReasonAttempts)
	case retryAfter == 0 || o.expired(c):
		o.requeueOrExpire(c, acd.ReasonRetry)
	default:
		o.letRest(c)
		o.setTimer(retryAfter, oracleTimer{kind: timerDue, call: c, reason: acd.ReasonRetry})
	}
	o.releaseIdle(offer.agent, reason)
	if c.place == inLine {
		o.enterPutOff(c)
	}
}

func (o *Oracle) expired(c *oracleCall) bool {
	return c.callback && c.until != nil && *c.until <= o.now
}

// requeueOrExpire puts the call back in line, unless it is a callback whose
// window has closed meanwhile.
func (o *Oracle) requeueOrExpire(c *oracleCall, reason string) {
	if o.expired(c) {
		o.failCallback(c, acd.ReasonExpired)
	} else {
		o.requeue(c, reason)
	}
}

func (o *Oracle) failCallback(c *oracleCall, reason string) {
	o.emit(acd.Event{
		Type: acd.EventCallbackFailed, Call: c.given.Call, Queue: c.queue.Name,
		Waited: o.waited(c), Reason: reason,
	})
	o.finish(c)
}

// cancel gives a callback up.
func (o *Oracle) cancel(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	switch {
	case c == nil:
		return refused(acd.CodeUnknownCall, cmd.Call)
	case c.place == finished:
		return nil
	case !c.callback || c.place == talking:
		return refused(acd.CodeBadState, string(c.place))
	}
	o.leave(c, func() { o.abandon(c, acd.ReasonCancelled) })
	return nil
}

// deflect lets the caller go on by another channel.
func (o *Oracle) deflect(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	switch {
	case c == nil:
		return refused(acd.CodeUnknownCall, cmd.Call)
	case c.place == finished:
		return nil
	case c.place == talking:
		return refused(acd.CodeBadState, string(c.place))
	}
	o.leave(c, func() {
		o.emit(acd.Event{
			Type: acd.EventDeflected, Call: cmd.Call, Queue: c.queue.Name, Channel: cmd.Channel,
			Waited: o.waited(c),
		})
		o.finish(c)
	})
	return nil
}
