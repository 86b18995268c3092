package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

type timerKind string

const (
	timerRing     timerKind = "ring"
	timerWrapUp   timerKind = "wrap-up"
	timerRest     timerKind = "rest" // of an agent
	timerStep     timerKind = "step"
	timerHold     timerKind = "hold"
	timerAnnounce timerKind = "announce"
	timerDue      timerKind = "due"    // a callback comes back into line
	timerExpiry   timerKind = "expiry" // a callback's window closes
	timerGuard    timerKind = "guard"
)

// oracleTimer is a deadline; the timers lie in order of creation.
type oracleTimer struct {
	order  int
	at     int64
	kind   timerKind
	call   *oracleCall
	agent  *oracleAgent
	offer  *oracleOffer
	step   int
	reason string // of coming back
}

// asleep says whether the timer does not count: the ladder stands still while
// the call talks or rests, its caller hears nothing after leaving for a
// callback, and a talk that has begun does not expire.
func (t oracleTimer) asleep() bool {
	switch t.kind {
	case timerStep:
		return t.call.place == talking || t.call.place == resting
	case timerAnnounce:
		return t.call.callback || t.call.place == talking
	case timerExpiry:
		return t.call.place == talking
	}
	return false
}

func (o *Oracle) setTimer(after time.Duration, t oracleTimer) { o.setTimerAt(o.now+int64(after), t) }

func (o *Oracle) setTimerAt(at int64, t oracleTimer) {
	o.timed++
	t.order = o.timed
	t.at = at
	o.timers = append(o.timers, t)
}

func (o *Oracle) dropTimers(drop func(oracleTimer) bool) {
	o.timers = slices.DeleteFunc(o.timers, drop)
}

// dropTimersOf drops the call's timers of these kinds.
func (o *Oracle) dropTimersOf(c *oracleCall, kinds ...timerKind) {
	o.dropTimers(func(t oracleTimer) bool { return t.call == c && slices.Contains(kinds, t.kind) })
}

// earliest is the first deadline, of the guard too unless it does not count.
func (o *Oracle) earliest(withoutGuard bool) (int64, bool) {
	var at int64
	found := false
	for _, t := range o.timers {
		if !t.asleep() && !(withoutGuard && t.kind == timerGuard) && (!found || t.at < at) {
			at, found = t.at, true
		}
	}
	return at, found
}

// pass moves the clock; every queue learns how it was in between.
func (o *Oracle) pass(to int64) {
	if o.started && to > o.now {
		for i := range o.plan.Queues {
			q := &o.plan.Queues[i]
			o.pace(q.Name).Pass(time.Duration(to-o.now), o.servers(q), o.waiting(q))
		}
	}
	o.now = to
	o.started = true
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
		o.stepDue(t.call, t.step)
	case timerAnnounce:
		o.setTimerAt(t.at+int64(t.call.queue.AnnounceEvery), oracleTimer{kind: timerAnnounce, call: t.call})
		if t.call.place == inLine {
			o.announce(t.call)
		}
	case timerDue:
		o.comeBack(t.call, t.reason)
	case timerExpiry:
		if t.call.place != ringing {
			o.failCallback(t.call, acd.ReasonExpired)
		}
	case timerGuard:
		o.tellOverdue(t.call)
	}
}
