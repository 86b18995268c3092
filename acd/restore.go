package acd

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/najimi-acd/najimi/queue"
)

// Restore makes the Engine of which [Engine.Snapshot] took the picture. The
// error says what is wrong: another version, damage, or a picture that does not
// fit together. Nothing is half restored.
func Restore(snapshot []byte) (*Engine, error) {
	body, err := snapshotBody(snapshot)
	if err != nil {
		return nil, err
	}
	var p picture
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	if p.Plan == nil {
		return nil, fmt.Errorf("snapshot: no plan")
	}
	e, err := New(*p.Plan)
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	r := restorer{engine: e}
	r.restore(&p)
	if r.err != nil {
		return nil, fmt.Errorf("snapshot: %w", r.err)
	}
	return e, nil
}

// restorer keeps the first thing that does not fit.
type restorer struct {
	engine *Engine
	err    error
}

func (r *restorer) want(fits bool, format string, args ...any) bool {
	if !fits && r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
	return r.err == nil
}

func (r *restorer) restore(p *picture) {
	e := r.engine
	e.started, e.now, e.seq, e.created = p.Started, p.Now, p.Seq, p.Created
	e.arrivals, e.offered, e.guard.from = p.Arrivals, p.Offered, p.Guard
	if !r.want(len(p.Queues) == len(e.rules.queues), "queues: %d, the plan has %d", len(p.Queues), len(e.rules.queues)) {
		return
	}
	for i, q := range e.rules.queues {
		q.index, q.pace.passed = p.Queues[i].Index, p.Now // no time passes while the state is put together
	}
	for i := range p.Agents {
		r.agent(&p.Agents[i])
	}
	if r.err != nil {
		return
	}
	e.reseat()
	for i := range p.Calls {
		r.call(&p.Calls[i])
	}
	for _, f := range p.Finished {
		if r.want(e.calls[f.ID] == knownCall{} && len(e.finished) < rememberedCalls, "finished: call %q is there twice", f.ID) {
			e.calls[f.ID] = knownCall{nil, f.Print}
			e.finished = append(e.finished, f.ID)
		}
	}
	for _, n := range p.Gone {
		e.gone.set(n, true)
	}
	for _, m := range p.Memory {
		a := e.agents[m.Agent]
		if r.want(a != nil, "memory: no agent %q", m.Agent) {
			e.memory.write(memoryKey{m.Who, m.Queue}, a, m.At, e.rules.affinity.entries)
		}
	}
	if r.err != nil {
		return
	}
	r.stays(p.Calls)
	e.match() // nothing but to close the lines
	r.want(len(e.out) == 0, "a call waits although an agent is ready for it")
	for i, q := range e.rules.queues {
		q.pace.Pace, q.pace.passed = p.Queues[i].Pace, p.Queues[i].Passed
	}
}

func (r *restorer) agent(p *agentPicture) {
	e := r.engine
	if !r.want(validID(p.ID) && e.agents[p.ID] == nil, "agents: %q is no identifier, or is there twice", p.ID) {
		return
	}
	a := &agent{
		id: p.ID, state: p.State, reason: p.Reason, since: p.Since, then: p.Then, thenReason: p.ThenReason,
		idleSince: p.IdleSince, misses: p.Misses, talks: p.Talks, busy: p.Busy, staffed: p.Staffed,
		offered: p.Offered, handling: p.Handling, last: p.Last, coded: p.Coded,
		serves: e.rules.byName[p.Serves],
	}
	e.agents[a.id] = a
	e.known++
	e.joinGroup(a, p.Skills)
	switch p.State {
	case StateLoggedOut, StateReady, StateOffered, StateTalking:
		r.want(!p.Alarm.Set, "agents: %q is %s and has an alarm", p.ID, p.State)
	case StateNotReady:
		r.alarm(&a.alarm, p.Alarm, timer{kind: restTimer, agent: a})
	case StateWrapUp:
		r.alarm(&a.alarm, p.Alarm, timer{kind: wrapUpTimer, agent: a})
	default:
		r.want(false, "agents: %q is %q", p.ID, p.State)
	}
}

// alarm sets one as it was, or keeps its number.
func (r *restorer) alarm(a *alarm, p alarmPicture, t timer) {
	a.rank = queue.Rank{Urgency: p.At, Order: p.Number}
	if p.Set {
		r.engine.set(a, p.At, p.Number, t)
	}
}

func (r *restorer) call(p *callPicture) {
	e := r.engine
	q := e.rules.byName[p.Queue]
	if !r.want(validID(p.ID) && e.calls[p.ID].call == nil, "calls: %q is no identifier, or is there twice", p.ID) ||
		!r.want(q != nil, "calls: %q: no queue %q", p.ID, p.Queue) ||
		!r.want(p.Step >= 0 && p.Step < len(q.steps) && q.steps[p.Step].line != nil && p.Next >= 0 && p.Next <= len(q.steps),
			"calls: %q: no step %d with needs, or no step %d", p.ID, p.Step, p.Next) {
		return
	}
	c := &call{
		id: p.ID, state: p.State, order: p.Order, since: p.Since, headStart: p.HeadStart, lead: p.Lead, ownLead: p.OwnLead,
		caller: p.Caller, customer: p.Customer, tier: p.Tier, number: bare(p.Caller), attributes: p.Attributes, entry: p.Entry, known: p.Known,
		queue: q, been: p.Been, lined: p.Lined, step: p.Step, next: p.Next, late: p.Late, joined: p.Joined, steps: p.Steps,
		passed: p.Passed, held: p.Held, offer: p.Offer, talked: p.Talked, rested: p.Rested,
		notes: p.Notes, met: p.Met,
	}
	if p.Own != "" {
		c.own = e.agentOrStranger(p.Own)
	}
	r.want(!c.held || c.own != nil, "calls: %q is held for nobody", p.ID)
	e.calls[c.id] = knownCall{c, p.Print}
	e.live++
	r.alarm(&c.ladder, p.Ladder, timer{kind: stepTimer, call: c})
	r.alarm(&c.announce, p.Announce, timer{kind: announceTimer, call: c})
	r.alarm(&c.hold, p.Hold, timer{kind: holdTimer, call: c})
	r.alarm(&c.ring, p.Ring, timer{kind: ringTimer, call: c})
	if b := p.Back; b != nil {
		c.back = &booking{number: b.Number, from: b.From, until: b.Until, attempts: b.Attempts, retry: b.Retry}
		r.alarm(&c.back.due, b.Due, timer{kind: dueTimer, call: c})
		r.alarm(&c.back.expiry, b.Expiry, timer{kind: expiryTimer, call: c})
	}
	r.place(c, p)
}

// place puts a call where its state says.
func (r *restorer) place(c *call, p *callPicture) {
	e := r.engine
	switch c.state {
	case waiting:
		if r.err == nil {
			e.enterLine(c)
		}
	case ringing, talking:
		a := e.agents[p.Agent]
		if !r.want(a != nil && a.call == nil && (c.state == ringing) == (a.state == StateOffered) && (c.state == talking) == (a.state == StateTalking),
			"calls: %q is not with agent %q", p.ID, p.Agent) ||
			!r.want(c.offer > 0 && c.offer <= e.offered && e.offers[c.offer] == nil, "calls: %q: no offer %d", p.ID, c.offer) {
			return
		}
		c.agent, a.call = a, c
		e.offers[c.offer] = c
		if c.state == ringing {
			c.queue.ringing++
		}
	case resting:
		r.want(c.back != nil, "calls: %q rests and is no callback", p.ID)
	case asked:
	default:
		r.want(false, "calls: %q: no state %d", p.ID, c.state)
	}
}

// stays lists the calls that are watched, in the order of their numbers.
func (r *restorer) stays(calls []callPicture) {
	e := r.engine
	watched := make([]callPicture, 0, len(calls))
	for i := range calls {
		if calls[i].Watched {
			watched = append(watched, calls[i])
		}
	}
	slices.SortFunc(watched, func(a, b callPicture) int { return cmp.Compare(a.Stay, b.Stay) })
	created := e.created
	for i := range watched {
		c := e.calls[watched[i].ID].call
		e.created = watched[i].Stay
		e.watch(c)
	}
	e.created = created
}
