package acdtest

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// match offers calls until no waiting call has a ready agent eligible for it.
func (o *Oracle) match() {
	for {
		var next *oracleCall
		var urgency int64
		for _, c := range o.calls {
			for _, a := range o.agents {
				if c.place != inLine || a.state != acd.StateReady || !o.eligible(c, a) {
					continue
				}
				u := o.urgency(c, a)
				if next == nil || u < urgency || u == urgency && c.order < next.order {
					next, urgency = c, u
				}
			}
		}
		if next == nil {
			return
		}
		o.offer(next, o.choose(next))
	}
}

// eligible says whether the agent could take the call, were it ready.
func (o *Oracle) eligible(c *oracleCall, a *oracleAgent) bool {
	if c.held {
		return o.isOwn(c, a)
	}
	return meets(a, stepNeeds(c)) || o.isOwn(c, a)
}

// isOwn says whether the agent is the call's own and may serve it as such.
func (o *Oracle) isOwn(c *oracleCall, a *oracleAgent) bool {
	return c.own == a.id && (meets(a, stepNeeds(c)) || meets(a, floorNeeds(c.queue)))
}

// headStart is the call's with that agent, or with nobody special.
func (o *Oracle) headStart(c *oracleCall, a *oracleAgent) int64 {
	sum := c.headStart
	if a != nil && o.isOwn(c, a) {
		sum = addUp(sum, c.ownHeadStart)
	}
	return min(sum, c.most)
}

// addUp adds two head starts, and is the largest number there is if their sum
// is larger.
func addUp(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

func (o *Oracle) urgency(c *oracleCall, a *oracleAgent) int64 {
	return c.since - o.headStart(c, a)
}

// choose says which ready agent takes the call.
func (o *Oracle) choose(c *oracleCall) *oracleAgent {
	var best *oracleAgent
	for _, a := range o.agents {
		if a.state != acd.StateReady || !o.eligible(c, a) {
			continue
		}
		if o.isOwn(c, a) {
			return a
		}
		if best == nil || o.better(c, a, best) {
			best = a
		}
	}
	return best
}

// better says whether the call's queue prefers agent a to agent b.
func (o *Oracle) better(c *oracleCall, a, b *oracleAgent) bool {
	order := 0 // below 0: a
	switch c.queue.Select {
	case acd.SelectMostSkilled:
		order = levels(b, stepNeeds(c)) - levels(a, stepNeeds(c))
	case acd.SelectLeastSkilled:
		order = levels(a, stepNeeds(c)) - levels(b, stepNeeds(c))
	case acd.SelectFewestCalls:
		order = a.talks() - b.talks()
	case acd.SelectLeastOccupied:
		order = o.compareOccupied(a, b)
	}
	if order != 0 {
		return order < 0
	}
	if a.idle != b.idle {
		return a.idle < b.idle
	}
	return a.id < b.id
}

// compareOccupied compares busy ÷ staffed of two agents by multiplying
// crosswise. Who has not been busy has a share of 0.
func (o *Oracle) compareOccupied(a, b *oracleAgent) int {
	share := func(x *oracleAgent) (busy, staffed int64) {
		busy = o.timeIn(x, acd.StateTalking, acd.StateWrapUp)
		staffed = o.timeIn(x, acd.StateReady, acd.StateOffered, acd.StateTalking, acd.StateWrapUp)
		if busy == 0 {
			staffed = 1
		}
		return busy, staffed
	}
	busyA, staffedA := share(a)
	busyB, staffedB := share(b)
	left := new(big.Int).Mul(big.NewInt(busyA), big.NewInt(staffedB))
	right := new(big.Int).Mul(big.NewInt(busyB), big.NewInt(staffedA))
	return left.Cmp(right)
}

// timeIn is how long the agent has been in these states since login.
func (o *Oracle) timeIn(a *oracleAgent, states ...acd.State) int64 {
	var total int64
	for i, span := range a.spans {
		until := o.now
		if i+1 < len(a.spans) {
			until = a.spans[i+1].from
		}
		for _, state := range states {
			if span.state == state {
				total += until - span.from
			}
		}
	}
	return total
}

// talks is how many talks have begun since login.
func (a *oracleAgent) talks() int {
	n := 0
	for _, span := range a.spans {
		if span.state == acd.StateTalking {
			n++
		}
	}
	return n
}

// offer reserves the agent for the call and lets the phone ring.
func (o *Oracle) offer(c *oracleCall, a *oracleAgent) {
	overtaken := 0
	for _, other := range o.calls {
		if other.place == inLine && o.eligible(other, a) && other.since < c.since {
			overtaken++
		}
	}
	reason := string(c.queue.Select)
	if reason == "" {
		reason = string(acd.SelectLongestIdle)
	}
	if o.isOwn(c, a) {
		reason = c.ownReason
	}
	offer := &oracleOffer{
		id: fmt.Sprintf("o%d", len(o.offers)+1), state: offerRings, call: c, agent: a,
		at: o.now, queue: c.queue.Name,
	}
	o.offers = append(o.offers, offer)
	if c.lined < o.now {
		o.pace(c.queue.Name).Serve()
	}
	kind := ""
	if c.callback {
		kind = acd.KindCallback
	}
	ring := orElse(c.queue.Ring, 20*time.Second)
	o.emit(acd.Event{
		Type: acd.EventOffered, Offer: offer.id, Call: c.given.Call, Agent: a.id,
		Until: instant(o.now + int64(ring)), Kind: kind,
		Why: &acd.Why{
			Entry: c.entry, Queue: c.queue.Name, Step: c.step, Reason: reason,
			HeadStart: time.Duration(o.headStart(c, a)), Overtaken: overtaken,
		},
		Context: &acd.Context{
			Caller: c.caller, Customer: c.customer, Tier: c.tier,
			Attributes: maps.Clone(c.attributes),
			Waited:     o.waited(c), Guide: c.queue.Guide, Number: c.number,
			Notes: slices.Clone(c.notes), AgentsMet: slices.Clone(c.met),
		},
	})
	c.place = ringing
	o.endStay(c)
	c.offer = offer
	o.endStay(c)
	o.enter(a, acd.StateOffered, "")
	o.setTimer(ring, oracleTimer{kind: timerRing, offer: offer})
}

// stepNeeds are the needs of the step where the call stands.
func stepNeeds(c *oracleCall) acd.Skills {
	if len(c.queue.Steps) == 0 {
		return nil
	}
	return c.queue.Steps[c.step].Needs
}

// floorNeeds are those of the queue's last step that has needs.
func floorNeeds(q *acd.Queue) acd.Skills {
	var needs acd.Skills
	for _, step := range q.Steps {
		if step.Do == nil {
			needs = step.Needs
		}
	}
	return needs
}

func meets(a *oracleAgent, needs acd.Skills) bool {
	for name, level := range needs {
		if a.skills[name] < level {
			return false
		}
	}
	return true
}

// levels is the sum of the agent's levels over the needs.
func levels(a *oracleAgent, needs acd.Skills) int {
	sum := 0
	for name := range needs {
		sum += a.skills[name]
	}
	return sum
}
