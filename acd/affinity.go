package acd

// recallOwn gives an arriving call its own agent and, by the plan, the hold.
func (e *Engine) recallOwn(c *call, named string) {
	r := &e.rules.affinity
	if r.mode == AffinityOff || !c.known {
		return
	}
	if named != "" {
		c.own = e.agentOrStranger(named)
	} else {
		c.own = e.memory.recall(c.memoryKey(), e.now, r.remember)
	}
	if c.own != nil && r.mode == AffinityHold {
		e.keepForOwn(c)
	}
}

// keepForOwn holds a call that is about to join its queue for its own agent, if
// that one is at work and meets the floor.
func (e *Engine) keepForOwn(c *call) {
	c.held = e.rules.affinity.hold > 0 && c.own.state.atWork() && c.own.meetsFloor(c.queue)
}

// startHold arms the end of a hold that begins, once the ladder has its
// numbers.
func (e *Engine) startHold(c *call) {
	if c.held && !c.hold.set {
		e.set(&c.hold, later(e.now, e.rules.affinity.hold), e.number(1), timer{kind: holdTimer, call: c})
	}
}

// endHold opens a call to others for good. One that is in line changes lines.
func (e *Engine) endHold(c *call) {
	e.cancel(&c.hold)
	if !c.held {
		return
	}
	if c.line == nil {
		c.held = false
		return
	}
	e.leaveLine(c)
	c.held = false
	e.enterLine(c)
}

// endHolds opens all calls in line that are held for an agent who is gone.
func (e *Engine) endHolds(a *agent) { e.endHoldsIf(a, func(*queueState) bool { return true }) }

func (e *Engine) endHoldsIf(a *agent, gone func(*queueState) bool) {
	for i := 0; i < len(a.own); {
		l := a.own[i]
		if l.base != l.queue.held || !gone(l.queue) {
			i++
			continue
		}
		for l.size() > 0 {
			_, c, _ := l.byUrgency.Min()
			e.endHold(c)
		}
		// The empty line is gone, and others may have been added behind.
	}
}

// remember writes down who served this caller in this queue.
func (e *Engine) remember(c *call, talked int64) {
	r := &e.rules.affinity
	if r.mode == AffinityOff || !c.known || talked < int64(r.minTalk) {
		return
	}
	e.memory.write(c.memoryKey(), c.agent, e.now, r.entries)
}

// agentOrStranger finds an agent, or keeps a place for one who has not logged
// in as long as a call names it.
func (e *Engine) agentOrStranger(id string) *agent {
	a := e.agents[id]
	if a == nil {
		a = &agent{id: id}
		e.agents[id] = a
	}
	if a.state == "" {
		a.named++
	}
	return a
}

// forgetStranger is for a call that is finished.
func (e *Engine) forgetStranger(a *agent) {
	if a.state != "" {
		return
	}
	a.named--
	if a.named == 0 {
		delete(e.agents, a.id)
	}
}
