package acd

import (
	"slices"
	"time"
)

// Limits of what a call carries along.
const (
	maxNotes     = 32
	maxNoteBytes = 1 << 10
	maxMet       = 32
)

// transfer passes a call on, from a talk or from the line. It keeps the time
// waited, what is known about it, and who has met it.
func (e *Engine) transfer(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	switch {
	case refused != nil:
		return refused
	case c == nil:
		return refuse(CodeBadState, "call %q has had its outcome", cmd.Call)
	case c.state != waiting && c.state != talking:
		return refuse(CodeBadState, "call %q is neither in line nor in a talk", cmd.Call)
	}
	to, own := c.queue, (*agent)(nil)
	if cmd.Queue != "" {
		if to = e.rules.byName[cmd.Queue]; to == nil {
			return refuse(CodeUnknownQueue, "no queue %q", cmd.Queue)
		}
		if c.state == waiting && to == c.queue {
			return nil
		}
	} else if own = e.agents[cmd.Agent]; own == nil || own.state == "" {
		return unknownAgent(cmd.Agent)
	}
	if cmd.Note != "" {
		c.notes = appendBounded(c.notes, cmd.Note, maxNotes)
	}
	ev := Event{Type: EventTransferred, Call: c.id, From: c.queue.name, To: cmd.Queue + cmd.Agent}
	from, a := c.queue, c.agent
	if c.state == talking {
		ev.From, ev.Talked = a.id, time.Duration(e.now-c.talked)
		c.met = appendBounded(c.met, a.id, maxMet)
		c.since += e.now - c.talked
		c.back = nil
		e.part(c)
	} else {
		e.leaveLine(c)
		e.leaveLadder(c)
		e.endHold(c)
	}
	e.emit(ev)
	e.passOn(c, to, own)
	if to != from && !slices.Contains(c.been, from.name) {
		c.been = append(c.been, from.name)
	}
	e.join(c, to, first{})
	if a != nil {
		a.last, a.coded = c.id, false
		e.startWrapUp(a, from, ReasonTransferred)
	}
	return nil
}

// passOn gives a call that is not in line the head start of a transfer, and the
// agent that it is for, if there is one, in place of the caller's own.
func (e *Engine) passOn(c *call, to *queueState, own *agent) {
	c.headStart = later(c.headStart, e.rules.transferred)
	if c.own != nil {
		e.forgetStranger(c.own)
	}
	c.own, c.passed = own, own != nil
	e.setLead(c)
	c.queue = to
	if own != nil {
		e.keepForOwn(c)
	}
}

// appendBounded appends to a list that others may be reading; beyond the limit
// the oldest is forgotten.
func appendBounded(list []string, text string, limit int) []string {
	if len(list) >= limit {
		list = list[len(list)-limit+1:]
	}
	return append(slices.Clip(list), text)
}
