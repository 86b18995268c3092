package acdtest

import (
	"errors"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// follow puts another plan in force. Calls keep their urgency; of ladders that
// are others than before, what is past will not come again.
func (a *Auditor) follow(plan acd.Plan, at time.Time) {
	longest := a.rules.longest
	a.rules = newAuditRules(plan)
	a.memory.follow(&a.rules)
	if a.bound = max(a.bound, a.rules.cap); len(a.live) == 0 {
		a.bound = a.rules.cap
	}
	now := at.UnixNano()
	for c := range a.live {
		if c.queue == nil {
			continue
		}
		was := c.queue
		c.queue = a.rules.queue(was.name)
		if !sameLadder(was.steps, c.queue.steps) {
			c.passed, c.step = c.queue.passed(auditDuration(now - c.joined))
		}
		if x := a.agents[c.own]; a.held[c] && !x.skills.Meets(c.queue.floor) {
			a.endHold(c)
		}
		if longest != a.rules.longest {
			c.stays = now
		}
	}
}

// planFits reports whether a valid plan has the queue of every live call.
func (a *Auditor) planFits(plan *acd.Plan) bool {
	rules := newAuditRules(*plan)
	for c := range a.live {
		if c.queue != nil && rules.queues[c.queue.name] == nil {
			return false
		}
	}
	return true
}

// planIsJudged is the part of conservation that speaks of new plans: one that
// lacks a queue with calls in it would lose them.
func (a *Auditor) planIsJudged(cmd acd.Command, err error) {
	if cmd.Type != acd.CmdPlan || cmd.Plan == nil {
		return
	}
	switch fits := a.planFits(cmd.Plan); {
	case err == nil && !fits:
		a.report(LawConservation, cmd.At, "a plan is taken that lacks a queue with calls in it")
	case auditIsBadPlan(err) && fits && cmd.Plan.Validate() == nil:
		a.report(LawConservation, cmd.At, "a plan is refused that has every queue with calls in it")
	}
}

func auditIsBadPlan(err error) bool {
	refused, ok := errors.AsType[*acd.Refused](err)
	return ok && refused.Code == acd.CodeBadPlan
}
