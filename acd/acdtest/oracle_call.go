package acdtest

import (
	"cmp"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func (o *Oracle) accept(cmd acd.Command) *acd.Refused {
	offer := o.findOffer(cmd.Offer)
	if offer == nil || offer.state == offerWithdrawn {
		return refused(acd.CodeStaleOffer, cmd.Offer)
	}
	c, a := offer.call, offer.agent
	if offer.state == offerAccepted {
		if c.place == talking && c.offer == offer {
			return nil
		}
		return refused(acd.CodeStaleOffer, cmd.Offer)
	}
	offer.state = offerAccepted
	o.dropTimers(func(t oracleTimer) bool { return t.offer == offer })
	o.endHold(c)
	c.putOff = nil
	c.place = talking
	c.stopped = o.now
	a.misses = 0
	o.enter(a, acd.StateTalking, "")
	o.emit(acd.Event{
		Type: acd.EventConnected, Offer: offer.id, Call: c.given.Call, Agent: a.id,
		Waited: o.waited(c),
	})
	o.beginStay(c)
	return nil
}

func (o *Oracle) decline(cmd acd.Command) *acd.Refused {
	offer := o.findOffer(cmd.Offer)
	if offer == nil || offer.state == offerAccepted {
		return refused(acd.CodeStaleOffer, cmd.Offer)
	}
	if offer.state == offerWithdrawn {
		return nil
	}
	reason := cmp.Or(cmd.Reason, acd.ReasonDeclined)
	switch {
	case cmd.Party != "customer":
		o.failOffer(offer, reason)
	case offer.call.callback:
		o.customerDeclined(offer, reason)
	default:
		return refused(acd.CodeBadState, "not a callback")
	}
	return nil
}

// findOffer finds an offer that still matters: one that rings or talks, or
// one of the latest.
func (o *Oracle) findOffer(id string) *oracleOffer {
	for i, offer := range o.offers {
		if offer.id != id {
			continue
		}
		recent := i >= len(o.offers)-offersRemembered
		talks := offer.call.place == talking && offer.call.offer == offer
		if recent || talks || offer.state == offerRings {
			return offer
		}
	}
	return nil
}

// withdraw ends the ringing.
func (o *Oracle) withdraw(offer *oracleOffer, reason string) {
	offer.state = offerWithdrawn
	o.dropTimers(func(t oracleTimer) bool { return t.offer == offer })
	o.emit(acd.Event{
		Type: acd.EventWithdrawn, Offer: offer.id, Call: offer.call.given.Call,
		Agent: offer.agent.id, Reason: reason,
	})
}

// failOffer gives the call its place back because the agent did not take it.
func (o *Oracle) failOffer(offer *oracleOffer, reason string) {
	c, a := offer.call, offer.agent
	o.withdraw(offer, reason)
	o.requeueOrExpire(c, reason)
	switch reason {
	case acd.ReasonLogout:
		o.become(a, acd.StateLoggedOut, reason, "")
	case acd.ReasonNoAnswer, acd.ReasonDeclined:
		a.misses++
		length := c.queue.RestAfterMissed
		limit := orElse(c.queue.MaxMissed, 3)
		if limit > 0 && a.misses >= limit {
			length = 0
		}
		o.rest(a, reason, length)
	default:
		o.rest(a, reason, orElse(c.queue.RestAfterError, 10*time.Second))
	}
	o.enterPutOff(c)
}

func (o *Oracle) hangup(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	switch {
	case c.place == finished:
	case c.place == talking:
		o.endTalk(c)
	case c.callback: // who has left already
	default:
		o.leave(c, func() { o.abandon(c, "") })
	}
	return nil
}

// leave is for a caller who goes, or a callback that is given up, before a
// talk. An agent whose phone rings for it is free again.
func (o *Oracle) leave(c *oracleCall, outcome func()) {
	switch {
	case c.place == ringing:
		a := c.offer.agent
		o.withdraw(c.offer, acd.ReasonHangup)
		outcome()
		o.releaseIdle(a, acd.ReasonHangup)
	case c.place == inLine && !c.callback:
		o.pace(c.queue.Name).GiveUp()
		outcome()
	default:
		outcome()
	}
}

func (o *Oracle) abandon(c *oracleCall, reason string) {
	o.emit(acd.Event{
		Type: acd.EventAbandoned, Call: c.given.Call, Queue: c.queue.Name,
		Waited: o.waited(c), Reason: reason,
	})
	o.finish(c)
}

func (o *Oracle) end(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	switch c.place {
	case finished:
	case talking:
		o.endTalk(c)
	default:
		return refused(acd.CodeBadState, string(c.place))
	}
	return nil
}

func (o *Oracle) endTalk(c *oracleCall) {
	offer := c.offer
	talked := time.Duration(o.now - c.stopped)
	o.emit(acd.Event{Type: acd.EventEnded, Call: c.given.Call, Agent: offer.agent.id, Talked: talked})
	o.remember(c, offer.agent, talked)
	o.finish(c)
	o.leaveTalk(offer, c.queue, acd.ReasonEnded)
}

// leaveTalk sends the agent of a conversation, which was in that queue, into
// the wrap-up.
func (o *Oracle) leaveTalk(offer *oracleOffer, q *acd.Queue, reason string) {
	a := offer.agent
	a.talkedTo = offer.call.given.Call
	a.disposed = false
	a.handled = offer
	if q.WrapUp > 0 {
		o.become(a, acd.StateWrapUp, reason, "")
		o.setTimer(q.WrapUp, oracleTimer{kind: timerWrapUp, agent: a})
	} else {
		o.release(a, reason, "")
	}
}

func (o *Oracle) bridgeFailed(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	if c.place != talking {
		return nil
	}
	a := c.offer.agent
	o.requeueOrExpire(c, acd.ReasonBridgeFailed)
	o.rest(a, acd.ReasonBridgeFailed, orElse(c.queue.RestAfterError, 10*time.Second))
	if c.place == inLine {
		o.catchUp(c)
	}
	return nil
}

// finish gives the call its outcome; of the finished ones the latest are
// remembered.
func (o *Oracle) finish(c *oracleCall) {
	c.putOff = nil
	c.held = false
	c.stay = 0
	o.dropTimers(func(t oracleTimer) bool { return t.call == c })
	c.place, c.stay = finished, 0
	o.finished++
	c.finishedAs = o.finished
	o.calls = slices.DeleteFunc(o.calls, func(c *oracleCall) bool {
		return c.place == finished && c.finishedAs <= o.finished-finishedRemembered
	})
}
