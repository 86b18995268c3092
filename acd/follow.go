package acd

import (
	"cmp"
	"maps"
	"slices"
)

// follow puts another plan in force. Nobody loses a call or a place: calls keep
// their urgency, ladders are read anew from when each call joined its queue, and
// steps whose time is past are not done again.
func (e *Engine) follow(plan *Plan) *Refused {
	r, pools := compile(plan)
	calls := e.liveCalls()
	for _, c := range calls {
		if r.byName[c.queue.name] == nil {
			return refuse(CodeBadPlan, "queues: there is none of the name %q, and call %q is in it", c.queue.name, c.id)
		}
	}
	old := e.rules
	for _, q := range old.queues {
		q.pass(e.now)
	}
	e.plan, e.rules, e.pools = plan, r, pools
	e.takeOverQueues(&old)
	e.reseat()
	for _, c := range calls {
		e.reread(c)
	}
	if r.longestStay != old.longestStay {
		e.watchAnew()
	}
	return nil
}

// liveCalls are the calls without an outcome, in order of arrival. O(n log n).
func (e *Engine) liveCalls() []*call {
	calls := make([]*call, 0, e.live)
	for _, known := range e.calls {
		if known.call != nil {
			calls = append(calls, known.call)
		}
	}
	slices.SortFunc(calls, func(a, b *call) int { return cmp.Compare(a.order, b.order) })
	return calls
}

// takeOverQueues gives the new queues what is known about those of the same
// name, and forgets who served whom in those that are gone.
func (e *Engine) takeOverQueues(old *rules) {
	taken, gone := make(map[uint32]bool), make(map[uint32]bool)
	for _, was := range old.queues {
		taken[was.index] = true
		if q := e.rules.byName[was.name]; q != nil {
			q.index, q.pace = was.index, was.pace
			q.pace.staffed = 0
		} else {
			gone[was.index] = true
		}
	}
	e.memory.forgetQueues(gone)
	e.memory.trim(e.rules.affinity.entries)
	next := uint32(0)
	for _, q := range e.rules.queues {
		if old.byName[q.name] != nil {
			continue
		}
		for taken[next] && !gone[next] {
			next++
		}
		q.index, q.pace.passed = next, e.now
		next++
	}
}

// reseat gives all agents their rights and places under the present rules.
func (e *Engine) reseat() {
	for _, g := range e.groups {
		e.seat(g)
	}
	for _, id := range slices.Sorted(maps.Keys(e.agents)) {
		a := e.agents[id]
		a.own = nil
		if a.serves != nil {
			a.serves = e.rules.byName[a.serves.name]
		}
		if a.group == nil {
			continue
		}
		a.places = make([]int, len(a.group.seats))
		if a.state.atWork() {
			e.staff(a.group, 1)
		}
		if a.state == StateReady {
			e.enterPools(a)
		}
	}
}

// reread puts a live call where it stands under the present rules.
func (e *Engine) reread(c *call) {
	c.queue = e.rules.byName[c.queue.name]
	if c.state == ringing {
		c.queue.ringing++
	}
	if c.held && !c.own.meetsFloor(c.queue) {
		e.cancel(&c.hold)
		c.held = false
	}
	if c.joined == never {
		return
	}
	e.leaveLadder(c)
	c.step, c.next, c.late = 0, 1, 0
	c.steps = e.number(len(c.queue.steps))
	for c.next < len(c.queue.steps) && later(c.joined, c.queue.steps[c.next].after) <= e.now {
		if c.queue.steps[c.next].line != nil {
			c.step = c.next
		}
		c.next++
	}
	switch c.state {
	case waiting:
		e.enterLine(c)
		fallthrough
	case ringing:
		e.awaitStep(c)
	}
	e.awaitAnnouncement(c)
}
