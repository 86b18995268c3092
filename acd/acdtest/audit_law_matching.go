package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditOffer is an offer at the point where it is made, of a call in line to a
// ready agent.
type auditOffer struct {
	event acd.Event
	auditPair
}

// offerable returns the offer that an event makes, nil if it makes none or one
// that is against one call one agent.
func (a *Auditor) offerable(ev acd.Event) *auditOffer {
	c, x := a.calls[ev.Call], a.agents[ev.Agent]
	if ev.Type != acd.EventOffered || c == nil || x == nil ||
		c.place != auditInLine || x.state != acd.StateReady {
		return nil
	}
	return &auditOffer{ev, auditPair{c, x}}
}

// completeMatching: nobody waits for whom somebody is ready. Calls that only a
// hold can have kept from the agent are for holdBounded.
func (a *Auditor) completeMatching(at time.Time) {
	left := a.somePair(at, func(p auditPair) bool { return !a.behindHold(p) })
	if left != nil {
		a.report(LawCompleteMatching, a.now, "%s is left in line and %s, who could take it, ready",
			left.call.id, left.agent.id)
	}
}

// holdBounded: a call whose hold is over, or never began, is open to all.
func (a *Auditor) holdBounded(at time.Time) {
	if left := a.somePair(at, a.behindHold); left != nil {
		a.report(LawHold, a.now, "%s is not held for %s, and left in line with %s, who could take it, ready",
			left.call.id, left.call.own, left.agent.id)
	}
}

// eligibility: by the needs of the step, or as the call's own agent.
func (a *Auditor) eligibility(o *auditOffer) {
	if o.call.eligible(o.agent, o.event.At) {
		return
	}
	if o.call.isHeld(o.event.At) {
		a.report(LawEligibility, o.event.At, "%s is held for %s and offered to %s",
			o.call.id, o.call.own, o.agent.id)
		return
	}
	a.report(LawEligibility, o.event.At, "%s cannot take %s at step %d of %s",
		o.agent.id, o.call.id, o.call.step, o.call.queue.name)
}

// order: the earliest of all pairs, and the agent whom the rules give the call.
func (a *Auditor) order(o *auditOffer) {
	at := o.event.At
	if !o.call.eligible(o.agent, at) {
		return
	}
	if best := a.chosen(o.call, at); best != o.agent {
		why := "whom " + string(o.call.queue.choose) + " selects"
		if best.id == o.call.own {
			why = "its own agent"
		}
		a.report(LawOrder, at, "%s is offered to %s and not to %s, %s", o.call.id, o.agent.id, best.id, why)
		return
	}
	mine := o.call.urgency(o.agent)
	first := a.somePair(at, func(p auditPair) bool { return p.call.urgency(p.agent).before(mine) })
	if first != nil {
		a.report(LawOrder, at, "%s is offered before %s, which is more urgent and for which %s is ready",
			o.call.id, first.call.id, first.agent.id)
	}
}

// overtakingBound: no head start, and no sum of them, is worth more than D.
func (a *Auditor) overtakingBound(o *auditOffer) {
	for _, c := range a.line {
		if ahead := o.call.since - c.since; ahead > int64(a.bound) && c.eligible(o.agent, o.event.At) {
			a.report(LawOvertaking, o.event.At, "%s is offered to %s before %s, which began to wait %s earlier",
				o.call.id, o.agent.id, c.id, auditDuration(ahead))
			return
		}
	}
}

// auditDuration is for messages.
func auditDuration(nanoseconds int64) time.Duration { return time.Duration(nanoseconds) }
