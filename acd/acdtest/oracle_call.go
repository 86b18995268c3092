package acdtest

import (
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
	c.connected = o.now
	a.misses = 0
	o.enter(a, acd.StateTalking, "")
	o.emit(acd.Event{
		Type: acd.EventConnected, Offer: offer.id, Call: c.given.Call, Agent: a.id,
		Waited: time.Duration(o.now - c.since),
	})
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
	if cmd.Party == "customer" {
		return refused(acd.CodeBadState, "not a callback")
	}
	reason := cmd.Reason
	if reason == "" {
		reason = acd.ReasonDeclined
	}
	o.failOffer(offer, reason)
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
	o.requeue(c, reason)
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
	steps := c.putOff
	c.putOff = nil
	o.enterSteps(c, steps)
}

func (o *Oracle) requeue(c *oracleCall, reason string) {
	c.place = inLine
	c.offer = nil
	o.emit(acd.Event{
		Type: acd.EventRequeued, Call: c.given.Call, Queue: c.queue.Name,
		Position: o.position(c), Reason: reason,
	})
}

func (o *Oracle) hangup(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	switch c.place {
	case finished:
	case talking:
		o.endTalk(c)
	case inLine:
		o.abandon(c)
	case ringing:
		a := c.offer.agent
		o.withdraw(c.offer, acd.ReasonHangup)
		o.abandon(c)
		idle := a.idle
		o.release(a, acd.ReasonHangup, "")
		a.idle = idle
	}
	return nil
}

func (o *Oracle) abandon(c *oracleCall) {
	o.emit(acd.Event{
		Type: acd.EventAbandoned, Call: c.given.Call, Queue: c.queue.Name,
		Waited: time.Duration(o.now - c.since),
	})
	o.finish(c)
}

func (o *Oracle) end(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	switch c.place {
	case inLine, ringing:
		return refused(acd.CodeBadState, string(c.place))
	case talking:
		o.endTalk(c)
	}
	return nil
}

func (o *Oracle) endTalk(c *oracleCall) {
	a := c.offer.agent
	talked := time.Duration(o.now - c.connected)
	o.emit(acd.Event{Type: acd.EventEnded, Call: c.given.Call, Agent: a.id, Talked: talked})
	o.remember(c, a, talked)
	a.talkedTo = c.given.Call
	a.disposed = false
	if c.queue.WrapUp > 0 {
		o.become(a, acd.StateWrapUp, acd.ReasonEnded, "")
		o.setTimer(c.queue.WrapUp, oracleTimer{kind: timerWrapUp, agent: a})
	} else {
		o.release(a, acd.ReasonEnded, "")
	}
	o.finish(c)
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
	c.since += o.now - c.connected
	o.requeue(c, acd.ReasonBridgeFailed)
	o.rest(a, acd.ReasonBridgeFailed, orElse(c.queue.RestAfterError, 10*time.Second))

	// The call's timers that are still there had not fallen due before the
	// talk; they lie in the order of the ladder.
	missed := func(t oracleTimer) bool {
		return t.kind == timerStep && t.call == c && t.at <= o.now
	}
	var steps []int
	for _, t := range o.timers {
		if missed(t) {
			steps = append(steps, t.step)
		}
	}
	o.dropTimers(missed)
	o.enterSteps(c, steps)
	return nil
}

// finish gives the call its outcome; of the finished ones the latest are
// remembered.
func (o *Oracle) finish(c *oracleCall) {
	o.dropLadder(c)
	o.endHold(c)
	c.place = finished
	o.finished++
	c.finishedAs = o.finished
	o.calls = slices.DeleteFunc(o.calls, func(c *oracleCall) bool {
		return c.place == finished && c.finishedAs <= o.finished-finishedRemembered
	})
}
