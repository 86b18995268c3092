package acd

import "slices"

// holds judges a step's condition for a call that is in line or rings.
func (e *Engine) holds(when *If, c *call) bool {
	switch {
	case when == nil:
		return true
	case when.Tier != nil && !slices.Contains(when.Tier, c.tier):
		return false
	case when.WaitingOver != nil && c.queue.size() <= *when.WaitingOver:
		return false
	case when.ReadyUnder != nil && e.readyFor(c) >= *when.ReadyUnder:
		return false
	case when.WaitOver != nil:
		wait := e.estimate(c, c.queue.position(c))
		if !wait.Known {
			return c.queue.pace.staffed == 0
		}
		return wait.Mean > *when.WaitOver
	}
	return true
}

// readyFor counts the ready agents who are eligible for a call.
func (e *Engine) readyFor(c *call) int {
	n, l := 0, c.place()
	if l.pool != nil {
		n = l.pool.ready.size()
	}
	if own := c.own; own != nil && own.state == StateReady && own.meetsFloor(c.queue) && !own.mayServe(l) {
		n++
	}
	return n
}
