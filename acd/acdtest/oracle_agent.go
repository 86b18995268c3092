package acdtest

import (
	"maps"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func (o *Oracle) login(cmd acd.Command) *acd.Refused {
	a := o.agent(cmd.Agent)
	if a == nil {
		if len(o.agents) >= agentsKnown {
			return refused(acd.CodeLimit, "agents")
		}
		a = &oracleAgent{id: cmd.Agent, state: acd.StateLoggedOut}
		o.agents = append(o.agents, a)
	}
	a.skills = maps.Clone(cmd.Skills)
	if a.state == acd.StateLoggedOut {
		a.misses = 0
		a.spans = nil
		o.become(a, acd.StateNotReady, acd.ReasonLogin, "")
		return nil
	}
	if a.remembered == acd.StateLoggedOut {
		a.remembered = ""
	}
	for _, c := range o.calls {
		if c.held && c.own == a.id && !meets(a, floorNeeds(c.queue)) {
			o.endHold(c)
		}
	}
	return nil
}

func (o *Oracle) logout(cmd acd.Command) *acd.Refused {
	a := o.agent(cmd.Agent)
	if a == nil {
		return refused(acd.CodeUnknownAgent, cmd.Agent)
	}
	switch a.state {
	case acd.StateLoggedOut:
	case acd.StateTalking:
		a.remembered = acd.StateLoggedOut
	case acd.StateOffered:
		o.failOffer(o.ringingAt(a), acd.ReasonLogout)
	default:
		o.become(a, acd.StateLoggedOut, acd.ReasonLogout, "")
	}
	return nil
}

func (o *Oracle) ready(cmd acd.Command) *acd.Refused {
	a := o.agent(cmd.Agent)
	if a == nil {
		return refused(acd.CodeUnknownAgent, cmd.Agent)
	}
	if a.state == acd.StateLoggedOut {
		return refused(acd.CodeBadState, "logged out")
	}
	a.misses = 0
	a.remembered = ""
	if a.state == acd.StateNotReady || a.state == acd.StateWrapUp {
		o.becomeReady(a, acd.ReasonReady, "")
	}
	return nil
}

func (o *Oracle) notReady(cmd acd.Command) *acd.Refused {
	a := o.agent(cmd.Agent)
	if a == nil {
		return refused(acd.CodeUnknownAgent, cmd.Agent)
	}
	reason := cmd.Reason
	if reason == "" {
		reason = acd.ReasonNotReady
	}
	switch a.state {
	case acd.StateLoggedOut:
		return refused(acd.CodeBadState, "logged out")
	case acd.StateOffered, acd.StateTalking:
		a.remembered, a.why = acd.StateNotReady, reason
	case acd.StateNotReady:
		if a.reason != reason {
			o.become(a, acd.StateNotReady, reason, "")
		}
	default:
		o.become(a, acd.StateNotReady, reason, "")
	}
	return nil
}

func (o *Oracle) wrapUp(cmd acd.Command) *acd.Refused {
	a := o.agent(cmd.Agent)
	if a == nil {
		return refused(acd.CodeUnknownAgent, cmd.Agent)
	}
	switch a.state {
	case acd.StateWrapUp:
		if cmd.Code != "" {
			a.disposed = true
		}
		o.release(a, acd.ReasonWrapUp, cmd.Code)
	case acd.StateReady, acd.StateNotReady:
		if cmd.Code != "" && a.talkedTo != "" && !a.disposed {
			a.disposed = true
			o.emit(acd.Event{
				Type: acd.EventDisposition, Call: a.talkedTo, Agent: a.id, Code: cmd.Code,
			})
		}
	default:
		return refused(acd.CodeBadState, string(a.state))
	}
	return nil
}

// release makes the agent ready, or what was asked for meanwhile.
func (o *Oracle) release(a *oracleAgent, reason, code string) {
	switch a.remembered {
	case acd.StateNotReady:
		o.become(a, acd.StateNotReady, a.why, code)
	case acd.StateLoggedOut:
		o.become(a, acd.StateLoggedOut, acd.ReasonLogout, code)
	default:
		o.becomeReady(a, reason, code)
	}
}

// rest makes the agent not_ready for a while, 0 being until ready, unless
// something else was asked for meanwhile.
func (o *Oracle) rest(a *oracleAgent, reason string, length time.Duration) {
	if a.remembered != "" {
		o.release(a, reason, "")
		return
	}
	o.become(a, acd.StateNotReady, reason, "")
	if length > 0 {
		o.setTimer(length, oracleTimer{kind: timerRest, agent: a})
	}
}

// releaseIdle releases an agent who is not to blame: the idle time goes on.
func (o *Oracle) releaseIdle(a *oracleAgent, reason string) {
	idle := a.idle
	o.release(a, reason, "")
	a.idle = idle
}

func (o *Oracle) becomeReady(a *oracleAgent, reason, code string) {
	a.idle = o.now
	o.become(a, acd.StateReady, reason, code)
}

// become puts the agent into a state at once and tells so. What was
// remembered is over, and so is the handling of the last talk once the wrap-up
// is; if the agent is away, so are the holds for it.
func (o *Oracle) become(a *oracleAgent, state acd.State, reason, code string) {
	if state == acd.StateNotReady || state == acd.StateLoggedOut {
		for _, c := range o.calls {
			if c.held && c.own == a.id {
				o.endHold(c)
			}
		}
	}
	if state != acd.StateWrapUp {
		a.remembered = ""
	}
	if a.handled != nil && state != acd.StateWrapUp {
		o.pace(a.handled.queue).Handle(time.Duration(o.now - a.handled.at))
		a.handled = nil
	}
	o.enter(a, state, reason)
	o.emit(acd.Event{Type: acd.EventAgent, Agent: a.id, State: state, Reason: reason, Code: code})
}

// enter notes the state; the timers of the last one are over.
func (o *Oracle) enter(a *oracleAgent, state acd.State, reason string) {
	a.state = state
	a.reason = reason
	a.spans = append(a.spans, oracleSpan{state, o.now})
	o.dropTimers(func(t oracleTimer) bool { return t.agent == a })
}

// ringingAt is the offer that rings at the agent.
func (o *Oracle) ringingAt(a *oracleAgent) *oracleOffer {
	for _, offer := range o.offers {
		if offer.agent == a && offer.state == offerRings {
			return offer
		}
	}
	return nil
}
