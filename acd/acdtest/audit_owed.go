package acdtest

import "github.com/najimi-acd/najimi/acd"

// owes returns what an event must be followed by.
func (a *Auditor) owes(c *auditedCall, ev acd.Event) auditOwed {
	if c == nil {
		return auditOwed{}
	}
	now := ev.At.UnixNano()
	switch ev.Type {
	case acd.EventWithdrawn:
		return a.owesForOffer(c, ev)
	case acd.EventRequeued, acd.EventAbandoned, acd.EventDeflected, acd.EventCallbackFailed:
		if c.place == auditWithdrawn || c.place == auditTalking {
			return auditOwed{
				because: ev.Call + " is " + string(ev.Type), agent: c.agent,
				types: []acd.EventType{acd.EventAgent},
			}
		}
	case acd.EventEnded:
		return auditOwed{
			because: "the talk of " + ev.Call + " ended", agent: ev.Agent,
			types: []acd.EventType{acd.EventAgent},
		}
	case acd.EventOverflowed:
		return auditOwed{
			because: ev.Call + " overflowed", call: ev.Call, to: ev.To,
			types: []acd.EventType{acd.EventQueued},
		}
	case acd.EventTransferred:
		owed := auditOwed{
			because: ev.Call + " is passed on", call: ev.Call,
			types: []acd.EventType{acd.EventQueued},
		}
		if c.queue != nil && a.does(acd.CmdTransfer, c, now) {
			owed.to = a.cmd.Queue
			if a.cmd.Agent != "" {
				owed.to = c.queue.name
			}
		}
		return owed
	case acd.EventQueued:
		if c.passer != "" {
			return auditOwed{
				because: ev.Call + " is passed on", agent: c.passer,
				types: []acd.EventType{acd.EventAgent},
			}
		}
	case acd.EventCallbackBooked:
		if a.booksNow(c, now) && !a.comesLater(now) {
			return a.owesForBooking(c)
		}
	case acd.EventStep:
		return a.owesForStep(c, ev)
	}
	return auditOwed{}
}

func (a *Auditor) owesForOffer(c *auditedCall, ev acd.Event) auditOwed {
	now := ev.At.UnixNano()
	owed := auditOwed{
		because: "offer " + ev.Offer + " was withdrawn", call: ev.Call,
		types: []acd.EventType{acd.EventRequeued, acd.EventAbandoned, acd.EventDeflected},
	}
	switch {
	case a.unreached(c, ev):
		owed.law = LawCallbacks
		what, reason := a.afterUnreached(c.booked, now)
		owed.types, owed.reason = []acd.EventType{what}, reason
		if what == "" { // it rests, and the agent is free
			owed.types, owed.call, owed.agent = []acd.EventType{acd.EventAgent}, "", ev.Agent
		}
	case c.booked.expired(now) && ev.Reason != acd.ReasonHangup:
		owed.law = LawCallbacks
		owed.types, owed.reason = []acd.EventType{acd.EventCallbackFailed}, acd.ReasonExpired
	}
	return owed
}

// owesForBooking is for a callback whose window is open.
func (a *Auditor) owesForBooking(c *auditedCall) auditOwed {
	owed := auditOwed{law: LawCallbacks, because: "a callback of " + c.id + " was booked", call: c.id}
	switch c.place {
	case auditAsked:
		owed.types, owed.to = []acd.EventType{acd.EventQueued}, c.queue.name
	case auditResting:
		owed.types, owed.reason = []acd.EventType{acd.EventRequeued}, acd.ReasonDue
	default:
		return auditOwed{}
	}
	return owed
}

// owesForStep is what a step does with a caller who is on the line.
func (a *Auditor) owesForStep(c *auditedCall, ev acd.Event) auditOwed {
	s := c.queueStep(ev.Step)
	if s == nil || s.Do == nil || c.booked != nil {
		return auditOwed{}
	}
	owed := auditOwed{because: ev.Call + " entered a step", call: ev.Call}
	switch {
	case s.Do.Divert != "":
		owed.types, owed.number = []acd.EventType{acd.EventDiverted}, s.Do.Divert
	case s.Do.Deflect != "":
		owed.types, owed.channel = []acd.EventType{acd.EventSuggested}, s.Do.Deflect
	case s.Do.Callback:
		owed.types, owed.channel = []acd.EventType{acd.EventSuggested}, acd.ChannelCallback
	case s.Do.Announce:
		owed.types = []acd.EventType{acd.EventAnnounced}
	default:
		return auditOwed{}
	}
	return owed
}
