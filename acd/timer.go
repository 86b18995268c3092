package acd

import "github.com/najimi-acd/najimi/queue"

// A timer is something that happens by itself at a deadline. Timers fire by
// deadline, then by creation. What a timer is about stands in the agent or in
// the call; an alarm there says which timer it has.
type timer struct {
	kind  timerKind
	call  *call
	agent *agent
}

type timerKind uint8

const (
	ringTimer     timerKind = iota // call: nobody answered the offer
	stepTimer                      // call: the next step of the ladder
	holdTimer                      // call: no longer for the own agent alone
	wrapUpTimer                    // agent
	restTimer                      // agent
	announceTimer                  // call: tell place and wait
	dueTimer                       // call: a callback's rest is over
	expiryTimer                    // call: a callback's window closes
	guardTimer                     // the call that has been in one state for longest
)

// alarm is the place of a timer among the timers; the zero value is none.
type alarm struct {
	set  bool
	rank queue.Rank
}

// number reserves n places in the order of creation and returns the first.
func (e *Engine) number(n int) uint64 {
	first := e.created
	e.created += uint64(n)
	return first
}

// set arms an alarm that is not set. O(log n).
func (e *Engine) set(a *alarm, deadline int64, number uint64, t timer) {
	*a = alarm{true, queue.Rank{Urgency: deadline, Order: number}}
	e.timers.Insert(a.rank, t)
}

// cancel disarms an alarm, set or not. O(log n).
func (e *Engine) cancel(a *alarm) {
	if a.set {
		e.timers.Delete(a.rank)
		a.set = false
	}
}

// runTimers fires what falls due up to and including until. At each instant
// all its timers fire, then calls and agents are matched, and again while that
// instant has timers.
func (e *Engine) runTimers(until int64) {
	for {
		due, _, ok := e.timers.Min()
		if !ok || due.Urgency > until {
			return
		}
		e.now = due.Urgency
		round := e.created
		for ok && due.Urgency == e.now && due.Order < round {
			t, _ := e.timers.Delete(due)
			e.fire(t)
			due, _, ok = e.timers.Min()
		}
		e.match()
	}
}

func (e *Engine) fire(t timer) {
	switch t.kind {
	case ringTimer:
		t.call.ring.set = false
		e.failOffer(t.call, ReasonNoAnswer)
	case stepTimer:
		t.call.ladder.set = false
		e.climb(t.call)
	case holdTimer:
		t.call.hold.set = false
		e.endHold(t.call)
	case wrapUpTimer:
		t.agent.alarm.set = false
		e.release(t.agent, ReasonWrapUp, "")
	case restTimer:
		t.agent.alarm.set = false
		e.become(t.agent, StateReady, ReasonRested)
	case announceTimer:
		t.call.announce.set = false
		e.announceInTurn(t.call)
	case dueTimer:
		t.call.back.due.set = false
		e.comeBack(t.call)
	case expiryTimer:
		t.call.back.expiry.set = false
		e.expire(t.call)
	case guardTimer:
		e.guard.alarm.set = false
		e.tellOverdue()
	}
}
