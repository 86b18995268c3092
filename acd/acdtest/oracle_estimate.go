package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// pace is what the queue of that name has learnt.
func (o *Oracle) pace(name string) *queue.Pace {
	for _, p := range o.paces {
		if p.queue == name {
			return p.Pace
		}
	}
	p := new(queue.Pace)
	o.paces = append(o.paces, oraclePace{name, p})
	return p
}

// estimate is of the wait that the call has still before it, if it stands in
// line, or as if it did.
func (o *Oracle) estimate(c *oracleCall) queue.Estimate {
	if o.readyFor(c) > 0 {
		return queue.Estimate{Known: true}
	}
	servers := o.servers(c.queue)
	if servers == 0 {
		return queue.Estimate{}
	}
	return o.pace(c.queue.Name).Estimate(o.position(c)-1, servers, o.lead(c))
}

// lead is the call's head start over one that joins now without any.
func (o *Oracle) lead(c *oracleCall) time.Duration { return time.Duration(o.now - o.urgency(c, nil)) }

// servers counts the agents at work who meet the queue's floor.
func (o *Oracle) servers(q *acd.Queue) int {
	n := 0
	for _, a := range o.agents {
		atWork := a.state != acd.StateLoggedOut && a.state != acd.StateNotReady
		if atWork && meets(a, floorNeeds(q)) {
			n++
		}
	}
	return n
}

// waiting counts the calls in the queue's line.
func (o *Oracle) waiting(q *acd.Queue) int {
	n := 0
	for _, c := range o.calls {
		if c.place == inLine && c.queue.Name == q.Name {
			n++
		}
	}
	return n
}

// readyFor counts the ready agents who could take the call.
func (o *Oracle) readyFor(c *oracleCall) int {
	n := 0
	for _, a := range o.agents {
		if a.state == acd.StateReady && o.eligible(c, a) {
			n++
		}
	}
	return n
}

// agrees says whether a step's condition holds.
func (o *Oracle) agrees(c *oracleCall, condition *acd.If) bool {
	if condition == nil {
		return true
	}
	if condition.WaitOver != nil {
		estimate := o.estimate(c)
		nobody := !estimate.Known && o.servers(c.queue) == 0
		over := estimate.Known && estimate.Mean > *condition.WaitOver
		if !nobody && !over {
			return false
		}
	}
	return (condition.WaitingOver == nil || o.waiting(c.queue) > *condition.WaitingOver) &&
		(condition.ReadyUnder == nil || o.readyFor(c) < *condition.ReadyUnder) &&
		(condition.Tier == nil || slices.Contains(condition.Tier, c.tier))
}
