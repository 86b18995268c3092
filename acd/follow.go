package acd

import (
	"cmp"
	"maps"
	"slices"
)

// follow puts another plan in force. Nobody loses a call or a place: calls keep
// their urgency, ladders are read anew from when each call joined its queue, and
// steps whose time is past are not done again. A ladder that is the same in both
// plans goes on as it was, with what is put off and what was skipped.
func (e *Engine) follow(plan *Plan) *Refused {
	r, pools := compile(plan)
	calls := e.liveCalls()
	for _, c := range calls {
		if r.byName[c.queue.name] == nil {
			return refuse(CodeBadPlan, "queues: there is none of the name %q, and call %q is in it", c.queue.name, c.id)
		}
	}
	old, steps := e.rules, stepsByQueue(e.plan)
	for _, q := range old.queues {
		q.pass(e.now)
	}
	e.plan, e.rules, e.pools = plan, r, pools
	e.takeOverQueues(&old)
	e.reseat()
	same := make(map[string]bool)
	for name, now := range stepsByQueue(plan) {
		same[name] = slices.EqualFunc(steps[name], now, sameStep)
	}
	for _, c := range calls {
		e.reread(c, same[c.queue.name])
	}
	if r.longestStay != old.longestStay {
		e.watchAnew()
	}
	return nil
}

func stepsByQueue(plan *Plan) map[string][]Step {
	steps := make(map[string][]Step, len(plan.Queues))
	for i := range plan.Queues {
		steps[plan.Queues[i].Name] = plan.Queues[i].Steps
	}
	return steps
}

// sameStep tells whether two steps mean the same: no needs, say, may be nil or
// empty.
func sameStep(a, b Step) bool {
	equal := func(a, b *If) bool {
		return a == b || a != nil && b != nil && same(a.WaitOver, b.WaitOver) && same(a.WaitingOver, b.WaitingOver) &&
			same(a.ReadyUnder, b.ReadyUnder) && slices.Equal(a.Tier, b.Tier)
	}
	return a.After == b.After && maps.Equal(a.Needs, b.Needs) && equal(a.If, b.If) && same(a.Do, b.Do)
}

// same compares what two pointers, which may be nil, point to.
func same[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

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

// reread puts a live call where it stands under the present rules, on a ladder
// that may be the same as before.
func (e *Engine) reread(c *call, same bool) {
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
	e.cancel(&c.announce)
	if !same {
		e.climbAnew(c)
	}
	if c.state == waiting {
		e.enterLine(c)
	}
	e.awaitAnnouncement(c)
}

// climbAnew finds where a call stands on a ladder that it has not climbed.
func (e *Engine) climbAnew(c *call) {
	e.cancel(&c.ladder)
	c.step, c.next, c.late = 0, 1, 0
	c.steps = e.number(len(c.queue.steps))
	for c.next < len(c.queue.steps) && later(c.joined, c.queue.steps[c.next].after) <= e.now {
		if c.queue.steps[c.next].line != nil {
			c.step = c.next
		}
		c.next++
	}
	if c.state == waiting || c.state == ringing {
		e.awaitStep(c)
	}
}
