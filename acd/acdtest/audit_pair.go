package acdtest

import (
	"cmp"
	"math/bits"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// isHeld reports whether only the own agent may have the call. A hold ends by
// itself at its deadline, before that instant's matching.
func (c *auditedCall) isHeld(now time.Time) bool { return c.holdUntil > now.UnixNano() }

// eligible reports whether an agent may have the call: by the needs of the
// step it stands on, or as its own agent, for whom the floor is enough.
func (c *auditedCall) eligible(x *auditedAgent, now time.Time) bool {
	own := x.id == c.own
	if c.isHeld(now) {
		return own
	}
	return x.skills.Meets(c.queue.needs(c.step)) || own && x.skills.Meets(c.queue.floor)
}

// headStart is the call's with an agent who is eligible for it; nil stands for
// any other than its own. A new plan does not touch it.
func (c *auditedCall) headStart(x *auditedAgent) time.Duration {
	sum := c.head
	if x != nil && x.id == c.own {
		sum = auditAdd(sum, c.ownHead)
	}
	return min(c.cap, sum)
}

// urgency is since − head start, and the order of arrival where that is equal.
type auditUrgency struct {
	key   int64
	order int
}

func (c *auditedCall) urgency(x *auditedAgent) auditUrgency {
	return auditUrgency{c.since - int64(c.headStart(x)), c.order}
}

func (u auditUrgency) before(v auditUrgency) bool {
	return cmp.Or(cmp.Compare(u.key, v.key), cmp.Compare(u.order, v.order)) < 0
}

func (a *Auditor) ready() []*auditedAgent {
	var ready []*auditedAgent
	for _, x := range a.roster {
		if x.state == acd.StateReady {
			ready = append(ready, x)
		}
	}
	return ready
}

// auditPair is a call in line and a ready agent eligible for it.
type auditPair struct {
	call  *auditedCall
	agent *auditedAgent
}

// leftPair returns a pair that matching would take, nil if there is none.
func (a *Auditor) leftPair(now time.Time) *auditPair {
	return a.somePair(now, func(auditPair) bool { return true })
}

// somePair returns a pair for which the condition holds, nil if there is none.
func (a *Auditor) somePair(now time.Time, is func(auditPair) bool) *auditPair {
	if len(a.line) == 0 {
		return nil
	}
	ready := a.ready()
	for _, c := range a.line {
		for _, x := range ready {
			if p := (auditPair{c, x}); c.eligible(x, now) && is(p) {
				return &p
			}
		}
	}
	return nil
}

// behindHold reports whether a hold may be what keeps a call from an agent.
func (a *Auditor) behindHold(p auditPair) bool {
	return p.call.holdable && p.call.own != p.agent.id
}

// chosen returns whom the rules give the call: the own agent if ready, else
// the one the queue selects of its ready agents. nil if there is none.
func (a *Auditor) chosen(c *auditedCall, now time.Time) *auditedAgent {
	var best *auditedAgent
	for _, x := range a.ready() {
		if !c.eligible(x, now) {
			continue
		}
		if x.id == c.own {
			return x
		}
		if best == nil || c.prefers(x, best, now.UnixNano()) {
			best = x
		}
	}
	return best
}

// prefers reports whether the call's queue selects x rather than y: by its
// rule, then the longest idle, then the smaller id.
func (c *auditedCall) prefers(x, y *auditedAgent, now int64) bool {
	needs := c.queue.needs(c.step)
	rule := 0
	switch c.queue.choose {
	case acd.SelectMostSkilled:
		rule = cmp.Compare(auditLevels(y, needs), auditLevels(x, needs))
	case acd.SelectLeastSkilled:
		rule = cmp.Compare(auditLevels(x, needs), auditLevels(y, needs))
	case acd.SelectFewestCalls:
		rule = cmp.Compare(x.talks, y.talks)
	case acd.SelectLeastOccupied:
		rule = auditCompareOccupied(x, y, now)
	}
	return cmp.Or(rule, cmp.Compare(x.idle, y.idle), cmp.Compare(x.id, y.id)) < 0
}

// auditLevels is the sum of an agent's levels over the needs.
func auditLevels(x *auditedAgent, needs acd.Skills) int {
	sum := 0
	for name := range needs {
		sum += x.skills[name]
	}
	return sum
}

// auditCompareOccupied compares busy ÷ staffed by cross multiplication; nobody
// who was never busy is occupied at all.
func auditCompareOccupied(x, y *auditedAgent, now int64) int {
	xBusy, xStaffed := x.occupied(now)
	yBusy, yStaffed := y.occupied(now)
	if xBusy == 0 || yBusy == 0 {
		return cmp.Compare(xBusy, yBusy)
	}
	xHigh, xLow := bits.Mul64(uint64(xBusy), uint64(yStaffed))
	yHigh, yLow := bits.Mul64(uint64(yBusy), uint64(xStaffed))
	return cmp.Or(cmp.Compare(xHigh, yHigh), cmp.Compare(xLow, yLow))
}
