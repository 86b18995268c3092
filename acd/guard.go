package acd

import "github.com/najimi-acd/najimi/queue"

// guard finds calls that stay too long in one state, such as those whose
// hang-up was lost on the way. It is a list of all calls in line, in a talk, or
// asked something, in the order in which they came into that state; with the
// same limit for all, the first is the next to be overdue.
//
// The alarm is that of the first call, or of one that was first before it: to
// keep it exact would cost a little with every call, and it is looked at once a
// day.
type guard struct {
	first, last *call
	alarm       alarm
	from        int64 // stays count from here, if they began before
}

// stay is a call's place in the guard's list.
type stay struct {
	on             bool
	previous, next *call
	number         uint64 // of the timer that the call would have
}

// watch begins a stay, after the one before has ended.
func (e *Engine) watch(c *call) {
	e.unwatch(c)
	g := &e.guard
	c.stay = stay{on: true, previous: g.last, number: e.number(1)}
	if g.last != nil {
		g.last.stay.next = c
	} else {
		g.first = c
	}
	g.last = c
	if !g.alarm.set {
		e.setGuard()
	}
}

func (e *Engine) unwatch(c *call) {
	if !c.stay.on {
		return
	}
	g := &e.guard
	if p := c.stay.previous; p != nil {
		p.stay.next = c.stay.next
	} else {
		g.first = c.stay.next
	}
	if n := c.stay.next; n != nil {
		n.stay.previous = c.stay.previous
	} else {
		g.last = c.stay.previous
	}
	c.stay = stay{}
}

// stayed is since when the call has been in its state.
func (c *call) stayed() int64 {
	switch c.state {
	case talking:
		return c.talked
	case asked:
		return c.rested
	default:
		return c.lined
	}
}

func (e *Engine) overdueAt(c *call) queue.Rank {
	return queue.Rank{Urgency: later(max(c.stayed(), e.guard.from), e.rules.longestStay), Order: c.stay.number}
}

// setGuard arms the alarm for the first call.
func (e *Engine) setGuard() {
	g := &e.guard
	if g.first == nil || e.rules.longestStay == 0 {
		return
	}
	due := e.overdueAt(g.first)
	e.set(&g.alarm, due.Urgency, due.Order, timer{kind: guardTimer})
}

// rightGuard puts an alarm that is set for a call gone by right, and reports
// whether it was.
func (e *Engine) rightGuard() bool {
	g := &e.guard
	if !g.alarm.set || g.first != nil && e.overdueAt(g.first) == g.alarm.rank {
		return false
	}
	e.cancel(&g.alarm)
	e.setGuard()
	return true
}

// watchAnew lets all stays count from now, under another limit.
func (e *Engine) watchAnew() {
	g := &e.guard
	g.from = e.now
	for c := g.first; c != nil; c = c.stay.next {
		c.stay.number = e.number(1)
	}
	e.cancel(&g.alarm)
	e.setGuard()
}

// nextTimer is the deadline that counts for whoever drives the Engine.
func (e *Engine) nextTimer() (queue.Rank, bool) {
	due, t, ok := e.timers.Min()
	for ok && t.kind == guardTimer && e.rightGuard() {
		due, t, ok = e.timers.Min()
	}
	if !ok || t.kind != guardTimer || e.plan.LongestStay != nil {
		return due, ok
	}
	for due, t := range e.timers.All() {
		if t.kind != guardTimer {
			return due, true
		}
	}
	return due, false
}

// tellOverdue is for the alarm.
func (e *Engine) tellOverdue() {
	g := &e.guard
	if c := g.first; c != nil && e.overdueAt(c) == g.alarm.rank {
		ev := Event{Type: EventOverdue, Call: c.id, Queue: c.queue.name, Reason: ReasonWaiting}
		switch c.state {
		case talking:
			ev.Agent, ev.Reason = c.agent.id, ReasonTalking
		case asked:
			ev.Reason = ReasonSuggested
		}
		e.emit(ev)
		e.unwatch(c)
	}
	e.setGuard()
}
