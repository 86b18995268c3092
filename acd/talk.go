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
	if q.wrapUp == 0 {
		e.release(a, ReasonEnded, "")
		return
	}
	e.become(a, StateWrapUp, ReasonEnded)
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
	switch c.state {
	case talking:
		e.endTalk(c)
	case waiting:
		e.leaveLine(c)
		e.abandon(c)
	case ringing:
		a := c.agent
		e.withdraw(c, ReasonHangup)
		e.abandon(c)
		e.releaseIdle(a, ReasonHangup, "", a.idleSince)
	}
	return nil
}

func (e *Engine) abandon(c *call) {
	e.emit(Event{Type: EventAbandoned, Call: c.id, Queue: c.queue.name, Waited: c.waited(e.now)})
	e.finish(c)
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
	e.requeue(c, ReasonBridgeFailed)
	e.rest(a, ReasonBridgeFailed, q.restError)
	e.catchUp(c)
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
