package acd

// maxAgents bounds the agents known to an Engine.
const maxAgents = 100_000

func (e *Engine) login(cmd *Command) *Refused {
	a := e.agents[cmd.Agent]
	switch {
	case a == nil || a.state == "":
		if e.known == maxAgents {
			return refuse(CodeLimit, "there are %d agents", maxAgents)
		}
		if a == nil {
			a = &agent{id: cmd.Agent}
			e.agents[a.id] = a
		}
		e.known++
		fallthrough
	case a.state == StateLoggedOut:
		e.joinGroup(a, cmd.Skills)
		a.misses, a.talks, a.busy, a.staffed = 0, 0, 0, 0
		e.become(a, StateNotReady, ReasonLogin)
	default:
		e.relearn(a, cmd.Skills)
		if a.then == StateLoggedOut {
			a.then = ""
		}
	}
	return nil
}

// relearn gives an agent other skills and leaves all else as it is.
func (e *Engine) relearn(a *agent, skills Skills) {
	if a.state == StateReady {
		e.leavePools(a)
	}
	if a.state.atWork() {
		e.staff(a.group, -1)
	}
	e.joinGroup(a, skills)
	if a.state.atWork() {
		e.staff(a.group, 1)
	}
	if a.state == StateReady {
		e.enterPools(a)
	}
	e.endHoldsIf(a, func(q *queueState) bool { return !a.meetsFloor(q) })
	if c := a.call; c != nil && c.own == a && c.held && !a.meetsFloor(c.queue) {
		e.endHold(c)
	}
}

func (e *Engine) logout(cmd *Command) *Refused {
	a := e.agents[cmd.Agent]
	if a == nil || a.state == "" {
		return unknownAgent(cmd.Agent)
	}
	switch a.state {
	case StateLoggedOut:
	case StateOffered:
		e.failOffer(a.call, ReasonLogout)
	case StateTalking:
		a.then = StateLoggedOut
	default:
		e.become(a, StateLoggedOut, ReasonLogout)
	}
	return nil
}

func (e *Engine) ready(cmd *Command) *Refused {
	a, refused := e.loggedIn(cmd.Agent)
	if refused != nil {
		return refused
	}
	a.misses, a.then = 0, ""
	switch a.state {
	case StateNotReady, StateWrapUp:
		e.become(a, StateReady, ReasonReady)
	}
	return nil
}

func (e *Engine) notReady(cmd *Command) *Refused {
	a, refused := e.loggedIn(cmd.Agent)
	if refused != nil {
		return refused
	}
	reason := cmd.Reason
	if reason == "" {
		reason = ReasonNotReady
	}
	switch a.state {
	case StateOffered, StateTalking:
		a.then, a.thenReason = StateNotReady, reason
	case StateNotReady:
		if a.reason != reason {
			e.become(a, StateNotReady, reason)
		}
	default:
		e.become(a, StateNotReady, reason)
	}
	return nil
}

// loggedIn finds an agent who must be logged in.
func (e *Engine) loggedIn(id string) (*agent, *Refused) {
	a := e.agents[id]
	switch {
	case a == nil || a.state == "":
		return nil, unknownAgent(id)
	case a.state == StateLoggedOut:
		return nil, refuse(CodeBadState, "agent %q is logged out", id)
	}
	return a, nil
}

func unknownAgent(id string) *Refused {
	return refuse(CodeUnknownAgent, "agent %q has never logged in", id)
}
