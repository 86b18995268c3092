package acdtest

import (
	"cmp"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// How many notes and how many agents met a call keeps.
const metRemembered = 32

// transfer passes a call on, from a talk or from the line.
func (o *Oracle) transfer(cmd acd.Command) *acd.Refused {
	c := o.call(cmd.Call)
	if c == nil {
		return refused(acd.CodeUnknownCall, cmd.Call)
	}
	if c.place != inLine && c.place != talking {
		return refused(acd.CodeBadState, string(c.place))
	}
	from, offer := c.queue, c.offer
	to, own := from, o.agent(cmd.Agent)
	if cmd.Queue != "" {
		own = nil
		to = o.queue(cmd.Queue)
		if to == nil {
			return refused(acd.CodeUnknownQueue, cmd.Queue)
		}
		if c.place == inLine && to == from {
			return nil
		}
	} else if own == nil {
		return refused(acd.CodeUnknownAgent, cmd.Agent)
	}

	transferred := acd.Event{Type: acd.EventTransferred, Call: cmd.Call, From: from.Name}
	transferred.To = cmp.Or(cmd.Queue, cmd.Agent) // one of them is given
	fromTalk := c.place == talking
	if fromTalk {
		transferred.From = offer.agent.id
		transferred.Talked = time.Duration(o.now - c.stopped)
		c.met = latest(append(c.met, offer.agent.id))
		c.callback, c.number, c.from, c.until, c.attempts = false, "", nil, nil, 0
		o.dropTimersOf(c, timerDue, timerExpiry)
	}
	o.emit(transferred)

	if cmd.Note != "" {
		c.notes = latest(append(c.notes, cmd.Note))
	}
	c.headStart = addUp(c.headStart, int64(o.plan.TransferHeadStart))
	c.most = int64(orElse(o.plan.MaxHeadStart, 10*time.Minute))
	o.endHold(c)
	c.own, c.ownReason, c.ownHeadStart = "", "", 0
	if own != nil {
		c.own, c.ownReason = own.id, acd.ReasonTransferred
		o.holdFor(c, own)
	}
	o.join(c, to, acd.Event{})
	if fromTalk {
		o.leaveTalk(offer, from, acd.ReasonTransferred)
	}
	return nil
}

// latest drops the oldest of too many.
func latest(list []string) []string {
	if len(list) > metRemembered {
		return list[1:]
	}
	return list
}
