package acd

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// offerTo reserves a waiting call and a ready agent for each other.
func (e *Engine) offerTo(c *call, a *agent) {
	q := c.queue
	told := &struct { // one piece of memory for both
		why     Why
		context Context
	}{
		e.explain(c, a),
		Context{
			Caller:     c.caller,
			Customer:   c.customer,
			Tier:       c.tier,
			Attributes: c.attributes,
			Waited:     c.waited(e.now),
			Guide:      q.guide,
			Notes:      c.notes,
			AgentsMet:  c.met,
		},
	}
	kind := ""
	if c.back != nil {
		kind, told.context.Number = KindCallback, c.back.number
	}
	e.leaveLine(c)
	if c.lined < e.now {
		q.pace.Serve()
	}
	e.unwatch(c)
	e.offered++
	e.gone.set(e.offered, false)
	e.offers[e.offered] = c
	c.state, c.agent, c.offer = ringing, a, e.offered
	a.call, a.serves, a.offered, a.handling = c, q, e.now, false
	q.ringing++
	e.become(a, StateOffered, "")
	until := later(e.now, q.ring)
	e.set(&c.ring, until, e.number(1), timer{kind: ringTimer, call: c})
	e.emit(Event{
		Type:    EventOffered,
		Offer:   offerID(c.offer),
		Call:    c.id,
		Agent:   a.id,
		Until:   instant(until),
		Kind:    kind,
		Why:     &told.why,
		Context: &told.context,
	})
}

// explain tells why a call goes to an agent, before it leaves the line.
func (e *Engine) explain(c *call, a *agent) Why {
	why := Why{
		Entry: c.entry, Queue: c.queue.name, Step: c.step,
		Reason: string(c.queue.choose), HeadStart: time.Duration(c.lead),
	}
	if a == c.own {
		why.Reason, why.HeadStart = ReasonSameAgent, time.Duration(c.ownLead)
		if c.passed {
			why.Reason = ReasonTransferred
		}
	}
	if why.HeadStart > 0 { // or nobody who waited longer can be behind
		why.Overtaken = a.couldTake(c.since)
	}
	return why
}

// couldTake counts the calls in line that the agent may serve and that began
// to wait before since. O(lines × log n).
func (a *agent) couldTake(since int64) int {
	n := 0
	for i := range a.group.seats {
		for _, l := range a.group.seats[i].pool.lines {
			n += l.longer(since)
		}
	}
	for _, l := range a.own {
		if !a.mayServe(l.base) && a.meetsFloor(l.queue) {
			n += l.longer(since)
		}
	}
	return n
}

// waited is the time waited so far, of a call that is in no talk.
func (c *call) waited(now int64) time.Duration {
	if c.state == resting || c.state == asked {
		now = c.rested
	}
	return time.Duration(now - c.since)
}

func (e *Engine) accept(cmd *Command) *Refused {
	n, c := e.findOffer(cmd.Offer)
	switch {
	case c == nil:
		return e.stale(n, cmd.Offer)
	case c.state == talking:
		return nil
	}
	a := c.agent
	c.queue.ringing--
	e.cancel(&c.ring)
	e.leaveLadder(c)
	if c.back != nil {
		e.cancel(&c.back.expiry)
	}
	e.endHold(c)
	c.state, c.talked, c.late = talking, e.now, 0
	e.watch(c)
	a.misses = 0
	a.talks++
	e.become(a, StateTalking, "")
	e.emit(Event{Type: EventConnected, Offer: cmd.Offer, Call: c.id, Agent: a.id, Waited: c.waited(e.now)})
	return nil
}

func (e *Engine) decline(cmd *Command) *Refused {
	n, c := e.findOffer(cmd.Offer)
	switch {
	case c == nil && e.gone.has(n, e.offered):
		return nil
	case c == nil || c.state == talking:
		return e.stale(n, cmd.Offer)
	case cmd.Party == partyCustomer && c.back == nil:
		return refuse(CodeBadState, "offer %q is no callback: its customer has no phone to answer", cmd.Offer)
	}
	reason := cmp.Or(cmd.Reason, ReasonDeclined)
	if cmd.Party == partyCustomer {
		e.customerMissed(c, reason)
	} else {
		e.failOffer(c, reason)
	}
	return nil
}

// failOffer puts a ringing call back in line, with its urgency, because of the
// agent or of the agent's phone.
func (e *Engine) failOffer(c *call, reason string) {
	a, q := c.agent, c.queue
	e.withdraw(c, reason)
	e.endHold(c)
	back := e.backInLine(c, reason)
	switch {
	case reason == ReasonLogout:
		e.become(a, StateLoggedOut, ReasonLogout)
	case reason == ReasonNoAnswer || reason == ReasonDeclined:
		a.misses++
		rest := q.restMissed
		if q.maxMissed > 0 && a.misses >= q.maxMissed {
			rest = 0
		}
		e.rest(a, reason, rest)
	default:
		e.rest(a, reason, q.restError)
	}
	if back {
		e.catchUp(c)
	}
}

// withdraw ends a live offer.
func (e *Engine) withdraw(c *call, reason string) {
	e.emit(Event{Type: EventWithdrawn, Offer: offerID(c.offer), Call: c.id, Agent: c.agent.id, Reason: reason})
	e.cancel(&c.ring)
	e.gone.set(c.offer, true)
	c.queue.ringing--
	e.part(c)
}

// part separates a call from its agent and from the offer that joined them.
func (e *Engine) part(c *call) {
	delete(e.offers, c.offer)
	c.agent.call = nil
	c.agent = nil
}

// backInLine puts a call back in line, unless it is a callback whose window has
// closed. It reports whether it did.
func (e *Engine) backInLine(c *call, reason string) bool {
	if c.expired(e.now) {
		e.failCallback(c, ReasonExpired)
		return false
	}
	e.requeue(c, reason)
	return true
}

// requeue puts a call back in line.
func (e *Engine) requeue(c *call, reason string) {
	c.state, c.lined = waiting, e.now
	e.enterLine(c)
	e.watch(c)
	e.emit(Event{
		Type:     EventRequeued,
		Call:     c.id,
		Queue:    c.queue.name,
		Position: c.queue.position(c),
		Reason:   reason,
	})
}

// rest makes an agent not ready after something failed, for a time or, if that
// is 0, until ready; unless a not_ready or logout was given meanwhile.
func (e *Engine) rest(a *agent, reason string, rest time.Duration) {
	if a.then != "" {
		e.release(a, "", "")
		return
	}
	e.become(a, StateNotReady, reason)
	if rest > 0 {
		e.set(&a.alarm, later(e.now, rest), e.number(1), timer{kind: restTimer, agent: a})
	}
}

const partyAgent, partyCustomer = "agent", "customer"

func offerID(n uint64) string {
	var room [21]byte
	return string(strconv.AppendUint(append(room[:0], 'o'), n, 10))
}

// findOffer returns the call of a live offer, or of one whose talk lasts. The
// number is 0 if no offer could have that id.
func (e *Engine) findOffer(id string) (uint64, *call) {
	digits, ok := strings.CutPrefix(id, "o")
	n, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil || digits[0] == '0' {
		return 0, nil
	}
	return n, e.offers[n]
}

func (e *Engine) stale(n uint64, id string) *Refused {
	if n == 0 || n > e.offered {
		return refuse(CodeStaleOffer, "there was never an offer %q", id)
	}
	return refuse(CodeStaleOffer, "offer %q is over", id)
}

// withdrawnOffers says of the latest offers which ones were withdrawn.
type withdrawnOffers [rememberedOffers / 64]uint64

const rememberedOffers = 1 << 17

func (w *withdrawnOffers) set(n uint64, withdrawn bool) {
	word, bit := &w[n/64%uint64(len(w))], uint64(1)<<(n%64)
	*word &^= bit
	if withdrawn {
		*word |= bit
	}
}

func (w *withdrawnOffers) has(n, latest uint64) bool {
	return n > 0 && n <= latest && latest-n < rememberedOffers && w[n/64%uint64(len(w))]>>(n%64)&1 == 1
}
