package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// findOwn finds the call's own agent, in the queue that the call is for.
func (o *Oracle) findOwn(c *oracleCall) {
	affinity := o.plan.Affinity
	c.trusted = c.given.Verified || !o.plan.RequireVerified
	if !o.remembers(c) {
		c.own = ""
		return
	}
	if c.own == "" {
		for _, m := range o.memory {
			until := m.written + int64(orElse(affinity.Remember, 720*time.Hour))
			if m.sameKey(keyOf(c)) && o.now < until {
				c.own = m.agent
			}
		}
	}
	c.ownReason = acd.ReasonSameAgent
	c.ownHeadStart = int64(orElse(affinity.HeadStart, 60*time.Second))
}

// holdFor holds a call that is about to join its queue for its own agent, if
// that one is there.
func (o *Oracle) holdFor(c *oracleCall, own *oracleAgent) {
	c.hold = orElse(o.plan.Affinity.Hold, 20*time.Second)
	c.held = c.hold > 0 && own != nil && own.state != acd.StateLoggedOut &&
		own.state != acd.StateNotReady && meets(own, floorNeeds(c.queue))
}

// remembers says whether there is affinity for such a caller. Whether the caller
// is trusted was judged at arrival, by the plan of then.
func (o *Oracle) remembers(c *oracleCall) bool {
	mode := o.plan.Affinity.Mode
	return mode != "" && mode != acd.AffinityOff && c.trusted
}

// remember notes who served the customer.
func (o *Oracle) remember(c *oracleCall, a *oracleAgent, talked time.Duration) {
	m := keyOf(c)
	entries := orElse(o.plan.Affinity.Entries, 1_000_000)
	if !o.remembers(c) || talked < orElse(o.plan.Affinity.MinTalk, 10*time.Second) ||
		m.customer == "" && m.number == "" {
		return
	}
	m.agent = a.id
	m.written = o.now
	o.memory = append(slices.DeleteFunc(o.memory, m.sameKey), m)
	for len(o.memory) > entries {
		o.memory = slices.Delete(o.memory, 0, 1)
	}
}

// keyOf is the call's key in the memory: the customer, else the number.
func keyOf(c *oracleCall) oracleMemory {
	m := oracleMemory{queue: c.queue.Name, customer: c.customer}
	if c.customer == "" {
		m.number = digits(c.caller)
	}
	return m
}

func (m oracleMemory) sameKey(other oracleMemory) bool {
	return m.queue == other.queue && m.customer == other.customer && m.number == other.number
}
