package acdtest

import (
	"maps"
	"slices"

	"github.com/najimi-acd/najimi/acd"
)

// conservation: one outcome for every arrival, and nothing about calls that
// are not there.
func (a *Auditor) conservation(ev acd.Event) {
	if ev.Call == "" {
		return
	}
	wrong := func(format string, args ...any) { a.report(LawConservation, ev.At, format, args...) }
	if ev.Type == acd.EventDisposition {
		if x := a.agents[ev.Agent]; x == nil || x.lastCall != ev.Call {
			wrong("disposition of %s by %s, whose last talk was another", ev.Call, ev.Agent)
		}
		return
	}
	c := a.calls[ev.Call]
	if c == nil {
		wrong("%s of %s, which never arrived", ev.Type, ev.Call)
		return
	}
	if c.place == auditDone {
		wrong("%s of %s, which had its outcome", ev.Type, ev.Call)
		return
	}
	if !c.mayHave(ev.Type) {
		wrong("%s of %s, which is %s", ev.Type, ev.Call, c.place)
	}
}

// mayHave reports whether an event makes sense for a call where it is, as far
// as no other law asks.
func (c *auditedCall) mayHave(what acd.EventType) bool {
	switch what {
	case acd.EventQueued:
		return c.place == auditArriving || c.place == auditMoving
	case acd.EventBlocked:
		return c.place == auditArriving
	case acd.EventEnded:
		return c.place == auditTalking
	case acd.EventTransferred:
		return c.place == auditInLine || c.place == auditTalking
	case acd.EventSuggested:
		return c.place == auditArriving || c.place == auditInLine
	case acd.EventCallbackBooked:
		return c.place == auditAsked || c.place == auditInLine || c.place == auditResting
	case acd.EventCallbackFailed:
		return c.place == auditInLine || c.place == auditResting || c.place == auditWithdrawn || c.place == auditTalking
	case acd.EventOverflowed, acd.EventDiverted:
		return c.place == auditArriving || c.place == auditInLine || c.place == auditRinging
	case acd.EventAbandoned, acd.EventDeflected:
		return c.place != auditArriving && c.place != auditTalking && c.place != auditMoving
	case acd.EventStep, acd.EventAnnounced:
		return c.place != auditArriving && c.place != auditMoving && c.place != auditAsked && c.place != auditResting
	}
	return c.place != auditArriving && c.place != auditMoving
}

// everyCallIsSomewhere is the part of conservation for the end of a stream.
func (a *Auditor) everyCallIsSomewhere() {
	for _, id := range slices.Sorted(maps.Keys(a.calls)) {
		switch c := a.calls[id]; c.place {
		case auditAsked, auditInLine, auditRinging, auditTalking, auditResting, auditDone:
		default:
			a.report(LawConservation, a.now, "%s is left %s", id, c.place)
		}
	}
}

// oneCallOneAgent: offers and talks come one at a time for either side, and
// each ends once.
func (a *Auditor) oneCallOneAgent(ev acd.Event) {
	wrong := func(format string, args ...any) { a.report(LawOneCallOneAgent, ev.At, format, args...) }
	c, x := a.calls[ev.Call], a.agents[ev.Agent]
	if c != nil && (c.place == auditDone || c.place == auditArriving || c.place == auditMoving) {
		return // conservation says all there is to say
	}
	switch ev.Type {
	case acd.EventOffered:
		if a.offers[ev.Offer] != nil || a.over[ev.Offer] {
			wrong("offer %s for the second time", ev.Offer)
		}
		if c != nil && c.place != auditInLine {
			wrong("offer %s of %s, which is %s", ev.Offer, ev.Call, c.place)
		}
		if x == nil {
			wrong("offer %s to %s, who never logged in", ev.Offer, ev.Agent)
		} else if x.state != acd.StateReady {
			wrong("offer %s to %s, who is %s", ev.Offer, ev.Agent, x.state)
		}
	case acd.EventWithdrawn, acd.EventConnected:
		if o := a.offers[ev.Offer]; o == nil {
			wrong("%s of offer %s, which does not ring", ev.Type, ev.Offer)
		} else if o.call != c || o.agent != x {
			wrong("%s of offer %s of %s to %s, with %s and %s",
				ev.Type, ev.Offer, o.call.id, o.agent.id, ev.Call, ev.Agent)
		}
	case acd.EventRequeued:
		if c != nil && c.place != auditWithdrawn && c.place != auditResting &&
			(c.place != auditTalking || ev.Reason != acd.ReasonBridgeFailed) {
			wrong("%s is requeued and was %s", ev.Call, c.place)
		}
	case acd.EventEnded:
		if c != nil && c.place == auditTalking && c.agent != ev.Agent {
			wrong("%s talked to %s, and the talk ended with %s", ev.Call, c.agent, ev.Agent)
		}
	case acd.EventAbandoned, acd.EventOverflowed, acd.EventDiverted, acd.EventDeflected, acd.EventCallbackFailed:
		if c != nil && c.place == auditRinging {
			wrong("%s of %s, and its offer %s goes on", ev.Type, ev.Call, c.offer)
		}
	case acd.EventAgent:
		if x != nil && (x.state == acd.StateOffered || x.state == acd.StateTalking) {
			wrong("%s becomes %s while %s", ev.Agent, ev.State, x.state)
		}
	}
}

// ringingIsOver is the part of one call one agent that speaks of deadlines: at
// the end of its ringing an offer is withdrawn.
func (a *Auditor) ringingIsOver() {
	var late []string
	for id, o := range a.offers {
		if !o.until.After(a.now) {
			late = append(late, id)
		}
	}
	slices.Sort(late)
	for _, id := range late {
		a.report(LawOneCallOneAgent, a.now, "offer %s rings on after %s", id, a.offers[id].until)
		a.offers[id].until = a.now.Add(auditLongest) // said once
	}
}

// nothingWaitsTwice: the time waited is now − since, whatever happened since.
func (a *Auditor) nothingWaitsTwice(ev acd.Event) {
	c := a.calls[ev.Call]
	if c == nil || c.queue == nil || c.place == auditDone || c.place == auditMoving {
		return
	}
	told := ev.Waited
	switch ev.Type {
	case acd.EventConnected, acd.EventAbandoned, acd.EventDeflected:
		if c.place == auditTalking {
			return // which is against another law
		}
	case acd.EventCallbackFailed:
	case acd.EventOffered:
		if ev.Context == nil {
			return
		}
		told = ev.Context.Waited
	default:
		return
	}
	if waited := c.waited(ev.At.UnixNano()); int64(told) != waited {
		a.report(LawWaiting, ev.At, "%s of %s tells %s of waiting, which were %s",
			ev.Type, ev.Call, told, auditDuration(waited))
	}
}
