package acd

import "time"

// endTalk ends a conversation: it is remembered, and its agent wraps up.
func (e *Engine) endTalk(c *call) {
	a, q := c.agent, c.queue
	talked := e.now - c.talked
	e.remember(c, talked)
	e.part(c)
	a.last, a.coded = c.id, false
	e.emit(Event{Type: EventEnded, Call: c.id, Agent: a.id, Talked: time.Duration(talked)})
	e.finish(c)
	e.startWrapUp(a, q, ReasonEnded)
}

// startWrapUp is for an agent whose talk in a queue is over.
func (e *Engine) startWrapUp(a *agent, q *queueState, reason string) {
	a.handling = true
	if q.wrapUp == 0 {
		e.release(a, reason, "")
		return
	}
	e.become(a, StateWrapUp, reason)
	e.set(&a.alarm, later(e.now, q.wrapUp), e.number(1), timer{kind: wrapUpTimer, agent: a})
}

func (e *Engine) end(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	switch {
	case c == nil:
		return refused
	case c.state == talking:
		e.endTalk(c)
		return nil
	default:
		return refuse(CodeBadState, "call %q is not in a talk", cmd.Call)
	}
}

func (e *Engine) hangup(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	if c == nil {
		return refused
	}
	switch {
	case c.state == talking:
		e.endTalk(c)
	case c.back == nil: // or the caller had left before
		e.giveUp(c, Event{Type: EventAbandoned})
	}
	return nil
}

// giveUp ends a call that is in no talk, with that event, to which call, queue
// and time waited are added.
func (e *Engine) giveUp(c *call, outcome Event) {
	a := c.agent
	switch c.state {
	case waiting:
		e.leaveLine(c)
		if c.back == nil { // nobody on the line of a callback loses patience
			c.queue.pace.GiveUp()
		}
	case ringing:
		e.withdraw(c, ReasonHangup)
	}
	outcome.Call, outcome.Queue, outcome.Waited = c.id, c.queue.name, c.waited(e.now)
	e.emit(outcome)
	e.finish(c)
	if a != nil {
		e.releaseIdle(a, ReasonHangup, "", a.idleSince)
	}
}

// bridgeFailed takes back a talk that never began: the time it took does not
// count as waiting, and no waiting is lost.
func (e *Engine) bridgeFailed(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	if c == nil || c.state != talking {
		return refused
	}
	a, q := c.agent, c.queue
	e.part(c)
	c.since += e.now - c.talked
	back := e.backInLine(c, ReasonBridgeFailed)
	e.rest(a, ReasonBridgeFailed, q.restError)
	if back {
		e.awaitExpiry(c)
		e.catchUp(c)
	}
	return nil
}

// find returns a live call. Without one, an id that was never seen is refused,
// and a call that has had its outcome is not.
func (e *Engine) find(id string) (*call, *Refused) {
	known, ok := e.calls[id]
	if !ok {
		return nil, refuse(CodeUnknownCall, "no call %q", id)
	}
	return known.call, nil
}

// wrapUp ends an agent's wrap-up, or codes a conversation whose wrap-up is
// over.
func (e *Engine) wrapUp(cmd *Command) *Refused {
	a, refused := e.loggedIn(cmd.Agent)
	if refused != nil {
		return refused
	}
	switch a.state {
	case StateOffered, StateTalking:
		return refuse(CodeBadState, "agent %q is %s", a.id, a.state)
	case StateWrapUp:
		a.coded = cmd.Code != ""
		e.release(a, ReasonWrapUp, cmd.Code)
	default:
		if cmd.Code != "" && a.last != "" && !a.coded {
			a.coded = true
			e.emit(Event{Type: EventDisposition, Call: a.last, Agent: a.id, Code: cmd.Code})
		}
	}
	return nil
}
