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
	switch ev.Type {
	case acd.EventQueued:
		a.believeQueued(c, ev)
	case acd.EventStep:
		if s := c.queueStep(ev.Step); s != nil && s.Do == nil {
			c.step = ev.Step
		}
	case acd.EventOffered:
		a.believeOffered(c, ev)
	case acd.EventWithdrawn:
		a.spendOffer(ev.Offer)
		if c.place == auditRinging {
			c.place = auditWithdrawn
		}
		if x := a.agents[ev.Agent]; x != nil {
			x.enter(auditBetween, ev.At.UnixNano())
			x.keep = ev.Reason == acd.ReasonHangup
		}
	case acd.EventRequeued:
		if c.place == auditTalking {
			c.since = a.sinceAfter(c, ev)
			a.release(c, ev)
		}
		a.joinLine(c)
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
	case acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted:
		if c.place == auditRinging || c.place == auditTalking { // which it should not be
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

// sinceAfter is the call's since once the event has happened: a talk that
// never really began is not waiting, and nothing else moves it.
func (a *Auditor) sinceAfter(c *auditedCall, ev acd.Event) int64 {
	switch {
	case c.place == auditArriving:
		return ev.At.UnixNano()
	case c.place == auditTalking && ev.Type == acd.EventRequeued:
		return c.since + ev.At.UnixNano() - c.talkBegan
	}
	return c.since
}

func (a *Auditor) believeQueued(c *auditedCall, ev acd.Event) {
	first := c.place == auditArriving
	c.since = a.sinceAfter(c, ev)
	c.queue = a.rules.queue(ev.Queue)
	c.step = 0
	a.joinLine(c)
	if first {
		if c.affinity {
			c.own = c.lastAgent
			if c.own == "" {
				c.own = a.memory.agent(ev.Queue, c.person, ev.At)
			}
		}
		a.beginHold(c, ev.At)
	} else if x := a.agents[c.own]; a.held[c] && !x.skills.Meets(c.queue.floor) {
		a.endHold(c)
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
	c.place, c.agent, c.talkBegan = auditTalking, x.id, ev.At.UnixNano()
	x.enter(acd.StateTalking, ev.At.UnixNano())
	x.talks++
}

func (a *Auditor) believeEnded(c *auditedCall, ev acd.Event) {
	a.release(c, ev)
	if x := a.agents[c.agent]; x != nil {
		x.lastCall = c.id
	}
	if c.affinity && ev.Talked >= a.rules.minTalk {
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
	x.keep = false
	if login {
		x.talks, x.busy, x.staffed = 0, 0, 0
		if a.relogin != nil && a.relogin.Agent == x.id {
			a.replaceSkills()
		}
	}
	a.endHolds(x)
}
