package acd

import (
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// pace is what a queue learns about its own speed, for the estimates.
type pace struct {
	queue.Pace
	passed  int64 // up to when time has been counted
	staffed int   // agents at work who meet the floor
}

// pass counts the time up to now, before the line or the staff changes.
func (q *queueState) pass(now int64) {
	if d := now - q.pace.passed; d > 0 {
		q.pace.Pass(time.Duration(d), q.pace.staffed, q.size())
		q.pace.passed = now
	}
}

// atWork reports whether an agent in the state counts as staff.
func (s State) atWork() bool {
	switch s {
	case StateReady, StateOffered, StateTalking, StateWrapUp:
		return true
	}
	return false
}

// staff counts an agent's group in or out of the staff of its queues.
// O(queues that the group may serve).
func (e *Engine) staff(g *group, change int) {
	for _, q := range g.floors {
		q.pass(e.now)
		q.pace.staffed += change
	}
}

// estimate is how long a call in line, or one that rings as if it were in line,
// will still wait.
func (e *Engine) estimate(c *call, position int) queue.Estimate {
	if own := c.own; c.place().taker(e.now) != nil || own != nil && own.state == StateReady && own.mayServeOwn(c.place()) {
		return queue.Estimate{Known: true}
	}
	q := c.queue
	if q.pace.staffed == 0 {
		return queue.Estimate{}
	}
	q.pass(e.now)
	return q.pace.Estimate(position-1, q.pace.staffed, time.Duration(e.now-c.since+c.lead))
}

// handled counts the time from the offer until the agent of a talk is free.
func (a *agent) handled(now int64) {
	if a.handling && a.serves != nil {
		a.handling = false
		a.serves.pace.Handle(time.Duration(now - a.offered))
	}
}
