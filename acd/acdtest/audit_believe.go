package acdtest

import "github.com/najimi-acd/najimi/acd"

// believe takes what an event says for true. What makes no sense at all has
// been reported and is left out.
func (a *Auditor) believe(ev acd.Event) {
	if ev.Type == acd.EventAgent {
		a.believeAgent(ev)
		return
	}
	c := a.calls[ev.Call]
	if c == nil || c.place == auditDone {
		return
	}
	now := ev.At.UnixNano()
	switch ev.Type {
	case acd.EventQueued:
		a.believeQueued(c, ev)
	case acd.EventStep:
		if s := c.queueStep(ev.Step); s != nil {
			c.passed |= 1 << ev.Step
			if s.Do == nil {
				c.step = ev.Step
			}
		}
	case acd.EventOffered:
		a.believeOffered(c, ev)
	case acd.EventWithdrawn:
		a.believeWithdrawn(c, ev)
	case acd.EventRequeued:
		a.believeRequeued(c, ev)
	case acd.EventConnected:
		a.believeConnected(c, ev)
	case acd.EventEnded:
		if c.place == auditTalking {
			a.believeEnded(c, ev)
		}
		a.settle(c)
	case acd.EventOverflowed:
		a.leaveLine(c)
		if c.place != auditArriving {
			c.place = auditMoving
		}
	case acd.EventSuggested:
		if c.place == auditArriving {
			c.queue, c.since = a.rules.queue(ev.Queue), now
			a.recallOwn(c, ev.At)
			a.stay(c, auditAsked, now)
		}
	case acd.EventCallbackBooked:
		a.believeBooked(c, now)
	case acd.EventTransferred:
		a.believeTransferred(c, ev)
	case acd.EventOverdue:
		c.told = true
	case acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted, acd.EventDeflected, acd.EventCallbackFailed:
		if c.place == auditRinging || c.place == auditTalking { // which only a callback's bridge may be
			a.spendOffer(c.offer)
			a.release(c, ev)
		}
		a.settle(c)
	}
}

// queueStep returns a step of the queue that the call is in.
func (c *auditedCall) queueStep(i int) *acd.Step {
	if c.queue == nil {
		return nil
	}
	return c.queue.step(i)
}

// sinceAfter is the call's since once the event has put it in line: neither a
// talk that never really began nor a rest is waiting, and nothing else moves
// it.
func (a *Auditor) sinceAfter(c *auditedCall, ev acd.Event) int64 {
	switch {
	case c.place == auditArriving:
		return ev.At.UnixNano()
	case ev.Type == acd.EventRequeued && (c.place == auditTalking || c.place == auditResting):
		return ev.At.UnixNano() - c.waited(ev.At.UnixNano())
	}
	return c.since
}

func (a *Auditor) believeQueued(c *auditedCall, ev acd.Event) {
	first := c.place == auditArriving
	passedOn := a.last.Type == acd.EventTransferred && a.last.Call == ev.Call
	c.since = a.sinceAfter(c, ev)
	a.join(c, a.rules.queue(ev.Queue), ev.At.UnixNano())
	c.passer = ""
	switch {
	case first:
		a.recallOwn(c, ev.At)
		if a.rules.mode == acd.AffinityHold {
			a.beginHold(c, ev.At)
		}
	case passedOn && c.passedTo != "":
		a.beginHold(c, ev.At)
	case a.held[c] && !a.agents[c.own].skills.Meets(c.queue.floor):
		a.endHold(c)
	}
}

func (a *Auditor) believeRequeued(c *auditedCall, ev acd.Event) {
	if c.place == auditTalking {
		a.release(c, ev)
	}
	c.since = a.sinceAfter(c, ev)
	switch {
	case c.place == auditInLine: // which it should not be
	case c.joined == 0 && c.queue != nil:
		a.join(c, c.queue, ev.At.UnixNano())
	default:
		a.stay(c, auditInLine, ev.At.UnixNano())
	}
}

func (a *Auditor) believeWithdrawn(c *auditedCall, ev acd.Event) {
	unreached := a.unreached(c, ev)
	a.spendOffer(ev.Offer)
	if x := a.agents[ev.Agent]; x != nil {
		x.enter(auditBetween, ev.At.UnixNano())
		x.keep = unreached || ev.Reason == acd.ReasonHangup
		if unreached {
			x.unreached = ev.Reason
		}
	}
	if c.place != auditRinging {
		return
	}
	c.place = auditWithdrawn
	if unreached {
		a.believeUnreached(c, ev.At.UnixNano())
	}
}

func (a *Auditor) believeOffered(c *auditedCall, ev acd.Event) {
	x := a.agents[ev.Agent]
	if x == nil || c.place != auditInLine || x.state == acd.StateOffered || x.state == acd.StateTalking {
		return
	}
	a.leaveLine(c)
	c.place, c.agent, c.offer = auditRinging, x.id, ev.Offer
	x.enter(acd.StateOffered, ev.At.UnixNano())
	a.offers[ev.Offer] = &auditedOffer{ev.Offer, c, x, ev.At.Add(c.queue.ring)}
}

// spendOffer ends an offer; for a while its id is known not to come again.
func (a *Auditor) spendOffer(id string) {
	if a.offers[id] == nil {
		return
	}
	delete(a.offers, id)
	a.over[id] = true
	if forgotten := a.spent.add(id); forgotten != "" {
		delete(a.over, forgotten)
	}
}

// release frees the agent of a call.
func (a *Auditor) release(c *auditedCall, ev acd.Event) {
	if x := a.agents[c.agent]; x != nil {
		x.enter(auditBetween, ev.At.UnixNano())
	}
}

func (a *Auditor) believeConnected(c *auditedCall, ev acd.Event) {
	a.spendOffer(ev.Offer)
	x := a.agents[ev.Agent]
	if x == nil || c.place != auditRinging {
		return
	}
	a.endHold(c)
	c.agent = x.id
	a.stay(c, auditTalking, ev.At.UnixNano())
	x.enter(acd.StateTalking, ev.At.UnixNano())
	x.talks++
}

func (a *Auditor) believeEnded(c *auditedCall, ev acd.Event) {
	a.release(c, ev)
	if x := a.agents[c.agent]; x != nil {
		x.lastCall = c.id
	}
	if a.rules.remembers(c) && ev.Talked >= a.rules.minTalk {
		a.memory.write(c.queue.name, c.person, c.agent, ev.At)
	}
}

func (a *Auditor) believeAgent(ev acd.Event) {
	x := a.agents[ev.Agent]
	if x == nil {
		x = a.addAgent(ev.Agent)
	}
	now := ev.At.UnixNano()
	login := x.state == acd.StateLoggedOut && ev.State != acd.StateLoggedOut
	x.enter(ev.State, now)
	if ev.State == acd.StateReady && !x.keep {
		x.idle = now
	}
	x.keep, x.unreached = false, ""
	if ev.State != acd.StateWrapUp {
		x.wish = ""
	}
	if login {
		x.talks, x.busy, x.staffed = 0, 0, 0
		if a.silent != nil && a.silent.Agent == x.id {
			a.silentEffect()
		}
	}
	a.endHolds(x)
}
