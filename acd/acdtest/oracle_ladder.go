package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// join puts the call into a queue's line, at the foot of its ladder. Tier and
// warnings are told with the first event of a call.
func (o *Oracle) join(c *oracleCall, q *acd.Queue, first acd.Event) {
	o.standIn(c, q)
	o.pace(q.Name).Join(o.lead(c))
	o.emit(acd.Event{
		Type: acd.EventQueued, Call: c.given.Call, Queue: q.Name, Position: o.position(c),
		Wait: o.estimate(c), Tier: first.Tier, Warnings: first.Warnings,
	})
}

// standIn does all that joining does, but says nothing.
func (o *Oracle) standIn(c *oracleCall, q *acd.Queue) {
	o.dropLadder(c)
	c.waitOn(o.now)
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
	if c.held && c.hold > 0 {
		o.setTimer(c.hold, oracleTimer{kind: timerHold, call: c})
	}
	c.hold = 0
	o.setAnnouncement(c)
	o.beginStay(c)
}

// dropLadder drops all that a queue planned for the call.
func (o *Oracle) dropLadder(c *oracleCall) {
	c.putOff = nil
	o.dropTimersOf(c, timerStep, timerAnnounce)
}

// setAnnouncement sets the next announcement: the first multiple of its
// interval after joining that is still to come.
func (o *Oracle) setAnnouncement(c *oracleCall) {
	every := int64(c.queue.AnnounceEvery)
	if every > 0 {
		past := (o.now - c.joined) / every
		o.setTimerAt(c.joined+(past+1)*every, oracleTimer{kind: timerAnnounce, call: c})
	}
}

func (o *Oracle) announce(c *oracleCall) {
	o.emit(acd.Event{
		Type: acd.EventAnnounced, Call: c.given.Call, Position: o.position(c), Wait: o.estimate(c),
	})
}

// requeue puts the call back in its line.
func (o *Oracle) requeue(c *oracleCall, reason string) {
	c.waitOn(o.now)
	o.beginStay(c)
	o.tellRequeued(c, reason)
}

func (o *Oracle) tellRequeued(c *oracleCall, reason string) {
	o.emit(acd.Event{
		Type: acd.EventRequeued, Call: c.given.Call, Queue: c.queue.Name,
		Position: o.position(c), Reason: reason,
	})
}

// stepDue judges a step and enters it, or puts it off while the call rings.
func (o *Oracle) stepDue(c *oracleCall, step int) {
	switch {
	case !o.agrees(c, c.queue.Steps[step].If):
	case c.place == ringing && c.queue.Steps[step].Do != nil:
		c.putOff = append(c.putOff, step)
	default:
		o.enterStep(c, step)
	}
}

// enterStep enters a step and does what it says; it tells whether the rest of
// the ladder is void.
func (o *Oracle) enterStep(c *oracleCall, step int) bool {
	o.emit(acd.Event{Type: acd.EventStep, Call: c.given.Call, Queue: c.queue.Name, Step: step})
	do := c.queue.Steps[step].Do
	switch {
	case do == nil:
		c.step = step
	case do.Overflow != "":
		return o.overflow(c, do.Overflow)
	case c.callback: // nobody listens
	case do.Divert != "":
		o.emit(acd.Event{
			Type: acd.EventDiverted, Call: c.given.Call, Queue: c.queue.Name, Number: do.Divert,
		})
		o.finish(c)
		return true
	case do.Deflect != "":
		o.suggest(c, do.Deflect, acd.Event{})
	case do.Callback:
		o.suggest(c, acd.ChannelCallback, acd.Event{})
	case do.Announce:
		o.announce(c)
	}
	return false
}

// overflow moves the call to another queue, if that takes it.
func (o *Oracle) overflow(c *oracleCall, name string) bool {
	to := o.queue(name)
	if slices.Contains(c.been, name) || !o.open(to) || o.full(to) {
		return false
	}
	o.emit(acd.Event{Type: acd.EventOverflowed, Call: c.given.Call, From: c.queue.Name, To: name})
	o.join(c, to, acd.Event{})
	return true
}

// suggest asks the caller whether another channel would do.
func (o *Oracle) suggest(c *oracleCall, channel string, first acd.Event) {
	o.emit(acd.Event{
		Type: acd.EventSuggested, Call: c.given.Call, Queue: c.queue.Name, Channel: channel,
		Tier: first.Tier, Warnings: first.Warnings,
	})
}

// enterPutOff enters what was put off while the call rang; it tells whether
// the rest of the ladder is void.
func (o *Oracle) enterPutOff(c *oracleCall) bool {
	steps := c.putOff
	c.putOff = nil
	for _, step := range steps {
		if o.enterStep(c, step) {
			return true
		}
	}
	return false
}

// catchUp enters what was put off and then, one by one, each judged when it is
// its turn, the steps that fell due while the call talked or rested. The
// announcements go on.
func (o *Oracle) catchUp(c *oracleCall) {
	if o.enterPutOff(c) {
		return
	}
	for {
		i := slices.IndexFunc(o.timers, func(t oracleTimer) bool {
			return t.kind == timerStep && t.call == c && t.at <= o.now
		})
		if i < 0 {
			break
		}
		step := o.timers[i].step
		o.timers = slices.Delete(o.timers, i, i+1)
		if o.agrees(c, c.queue.Steps[step].If) && o.enterStep(c, step) {
			return
		}
	}
	missed := func(t oracleTimer) bool {
		return t.kind == timerAnnounce && t.call == c && t.at <= o.now
	}
	if slices.ContainsFunc(o.timers, missed) {
		o.dropTimers(missed)
		o.setAnnouncement(c)
	}
}

// endHold opens the call to everyone for good.
func (o *Oracle) endHold(c *oracleCall) {
	c.held = false
	o.dropTimersOf(c, timerHold)
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

// position is the call's in its line, 1 being next; a call that rings is
// counted as if it stood there.
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

// waitOn puts the call in line. What it did instead of waiting does not count.
func (c *oracleCall) waitOn(now int64) {
	if c.place == talking || c.place == resting || c.place == suggested {
		c.since += now - c.stopped
	}
	c.place = inLine
	c.offer = nil
	c.lined = now
}

// waited is the time waited so far.
func (o *Oracle) waited(c *oracleCall) time.Duration {
	if c.place == inLine || c.place == ringing {
		return time.Duration(o.now - c.since)
	}
	return time.Duration(c.stopped - c.since)
}
