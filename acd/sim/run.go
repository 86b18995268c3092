package sim

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Run plays a scenario to its end: until every call has had its outcome or
// nothing more can happen. When ctx is done it stops at once, with ctx's error
// and the result so far.
func Run(ctx context.Context, s Scenario) (Result, error) {
	w := world{
		scenario: &s, live: make(map[string]*caller), workers: make(map[string]*worker),
		rows: make(map[rowKey]*Figures), served: make(map[client]string),
	}
	w.result.Outcomes = make(map[Outcome]int)
	w.result.Time = make([]AgentTime, s.Grid.Len())
	w.result.Watch = s.Watch
	if err := s.check(); err != nil {
		return w.result, fmt.Errorf("scenario: %w", err)
	}
	engine, err := acd.New(s.Plan)
	if err != nil {
		return w.result, err
	}
	w.engine = engine
	w.random = rand.New(rand.NewPCG(s.Seed, 2))
	for i := range s.Agents {
		for _, span := range s.Agents[i].Shifts {
			w.write(span.From.UnixNano(), entry{kind: begins, agent: i})
			w.write(span.To.UnixNano(), entry{kind: leaves, agent: i})
		}
	}
	for call := range s.Calls(rand.New(rand.NewPCG(s.Seed, 1))) {
		if err := w.until(ctx, call.Arrive.At.UnixNano()); err != nil {
			return w.result, err
		}
		if err := w.arrive(call); err != nil {
			return w.result, err
		}
	}
	if err := w.until(ctx, math.MaxInt64); err != nil {
		return w.result, err
	}
	w.close()
	return w.result, nil
}

// world is all that is around the router.
type world struct {
	scenario *Scenario
	engine   *acd.Engine
	random   *rand.Rand
	diary    diary
	entries  uint64 // ever made in the diary
	live     map[string]*caller
	spare    []*caller
	workers  map[string]*worker
	events   []acd.Event
	rows     map[rowKey]*Figures
	served   map[client]string // by whom last
	result   Result
}

type rowKey struct {
	interval    int
	queue, tier string
}

// client is who calls: a customer or, if none is known, a number.
type client struct{ customer, number string }

func clientOf(c *acd.Command) client {
	if c.Customer != "" {
		return client{customer: c.Customer}
	}
	return client{number: c.Caller}
}

// caller is a call that has no outcome yet. Its record is used again for
// another call, which visit tells.
type caller struct {
	call   Call
	record Record
	visit  int
}

// worker is an agent's present state.
type worker struct {
	state acd.State
	since time.Time
}

// until lets everything happen that does before an instant, and at it what was
// planned before: first the router's own timers, then the world.
func (w *world) until(ctx context.Context, end int64) error {
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		next, timer := int64(math.MaxInt64), false
		if len(w.diary) > 0 {
			next = w.diary[0].at
		}
		if due, ok := w.engine.Next(); ok && due.UnixNano() <= next {
			next, timer = due.UnixNano(), true
		}
		if next > end || next == math.MaxInt64 {
			return nil
		}
		w.events = w.events[:0]
		var err error
		if timer {
			err = w.apply(acd.Command{Type: acd.CmdAdvance, At: instant(next)})
		} else {
			err = w.happen(w.diary.pop())
		}
		if err != nil {
			return err
		}
	}
}

func instant(ns int64) time.Time { return time.Unix(0, ns).UTC() }

func (w *world) arrive(call Call) error {
	w.result.Arrived++
	cmd := call.Arrive
	cmd.Type = acd.CmdArrive
	if cmd.Call == "" {
		cmd.Call = strconv.Itoa(w.result.Arrived)
	}
	switch {
	case w.live[cmd.Call] != nil:
		return fmt.Errorf("call %d: there is one of id %q already", w.result.Arrived, cmd.Call)
	case call.Service < 0 || call.Patience < 0:
		return fmt.Errorf("call %d: a service of %v and a patience of %v: one is negative", w.result.Arrived, call.Service, call.Patience)
	}
	var c *caller
	if n := len(w.spare); n > 0 {
		c, w.spare = w.spare[n-1], w.spare[:n-1]
	} else {
		c = new(caller)
	}
	*c = caller{call: call, visit: w.result.Arrived}
	c.record = Record{Call: &c.call, ID: cmd.Call, Attempt: 1}
	w.live[cmd.Call] = c
	w.events = w.events[:0]
	if err := w.apply(cmd); err != nil {
		return fmt.Errorf("call %d: %w", w.result.Arrived, err)
	}
	if w.live[cmd.Call] == c && c.record.Queue == "" {
		return fmt.Errorf("call %d: there was one of id %q before, with the same particulars", w.result.Arrived, cmd.Call)
	}
	if call.Patience != Forever && c.visit != 0 {
		w.write(cmd.At.UnixNano()+int64(call.Patience), entry{kind: hangsUp, caller: c})
	}
	return nil
}

// happen does what the diary says. Whoever answers a phone or hangs up may come
// too late; that anything else is refused is a fault of the scenario.
func (w *world) happen(e entry) error {
	at := instant(e.at)
	switch e.kind {
	case begins:
		a := &w.scenario.Agents[e.agent]
		if err := w.apply(acd.Command{Type: acd.CmdLogin, At: at, Agent: a.ID, Skills: a.Skills}); err != nil {
			return fmt.Errorf("agents[%d]: %w", e.agent, err)
		}
		return w.apply(acd.Command{Type: acd.CmdReady, At: at, Agent: a.ID})
	case leaves:
		return w.apply(acd.Command{Type: acd.CmdLogout, At: at, Agent: w.scenario.Agents[e.agent].ID})
	case answers:
		w.apply(acd.Command{Type: acd.CmdAccept, At: at, Offer: e.offer})
	case hangsUp:
		// Someone in a talk or gone has no patience to lose.
		if e.caller.visit == e.visit && e.caller.record.Outcome == Unended {
			w.apply(acd.Command{Type: acd.CmdHangup, At: at, Call: e.caller.record.ID})
		}
	case finishes:
		return w.apply(acd.Command{Type: acd.CmdEnd, At: at, Call: e.caller.record.ID})
	}
	return nil
}

// apply tells the router something and lets the world answer.
func (w *world) apply(cmd acd.Command) error {
	first := len(w.events)
	var err error
	w.events, err = w.engine.Append(w.events, cmd)
	w.result.Commands++
	w.result.Events += len(w.events) - first
	if w.scenario.Observe != nil {
		w.scenario.Observe(cmd, w.events[first:], err)
	}
	for i, n := first, len(w.events); i < n; i++ {
		w.see(&w.events[i])
	}
	return err
}

// see lets the world answer an event of the router's.
func (w *world) see(e *acd.Event) {
	switch e.Type {
	case acd.EventQueued, acd.EventSuggested: // a queue that is closed may suggest a callback
		w.live[e.Call].record.join(e)
	case acd.EventOffered:
		w.become(e.Agent, acd.StateOffered, e.At)
		r := &w.live[e.Call].record
		r.Queue, r.Why = e.Why.Queue, e.Why
		if w.scenario.PickUp == nil {
			w.apply(acd.Command{Type: acd.CmdAccept, At: e.At, Offer: e.Offer})
		} else {
			rings := w.scenario.PickUp.Sample(w.random)
			w.write(e.At.UnixNano()+int64(rings), entry{kind: answers, offer: e.Offer})
		}
	case acd.EventConnected:
		w.become(e.Agent, acd.StateTalking, e.At)
		c := w.live[e.Call]
		c.record.Outcome, c.record.Agent, c.record.Waited = Answered, e.Agent, e.Waited
		if who := clientOf(&c.call.Arrive); who != (client{}) {
			c.record.Before = w.served[who]
			w.served[who] = e.Agent
		}
		w.write(e.At.UnixNano()+int64(c.call.Service), entry{kind: finishes, caller: c})
	case acd.EventEnded:
		w.live[e.Call].record.Talked = e.Talked
		w.leave(e.Call, Answered)
	case acd.EventAbandoned:
		w.live[e.Call].record.Waited = e.Waited
		w.leave(e.Call, Abandoned)
	case acd.EventBlocked:
		w.live[e.Call].record.join(e)
		w.leave(e.Call, Blocked)
	case acd.EventDiverted:
		r := &w.live[e.Call].record
		r.join(e)
		r.Waited = e.At.Sub(r.Call.Arrive.At)
		w.leave(e.Call, Diverted)
	case acd.EventDeflected:
		w.live[e.Call].record.Waited = e.Waited
		w.leave(e.Call, Deflected)
	case acd.EventCallbackFailed:
		w.live[e.Call].record.Waited = e.Waited
		w.leave(e.Call, Failed)
	case acd.EventAgent:
		w.become(e.Agent, e.State, e.At)
	}
}

// leave is for a call that has its outcome.
func (w *world) leave(id string, outcome Outcome) {
	c := w.live[id]
	c.record.Outcome = outcome
	w.result.Outcomes[outcome]++
	if i := w.scenario.Grid.At(c.call.Arrive.At); i >= 0 {
		w.row(rowKey{i, c.record.Entry, c.record.Tier}).count(&c.record, w.scenario.Watch)
	}
	if w.scenario.Each != nil {
		w.scenario.Each(&c.record)
	}
	delete(w.live, id)
	c.visit = 0
	w.spare = append(w.spare, c)
}

func (w *world) become(agent string, state acd.State, at time.Time) {
	a := w.workers[agent]
	if a == nil {
		a = new(worker)
		w.workers[agent] = a
	}
	spent := at.Sub(a.since)
	switch a.state {
	case acd.StateTalking, acd.StateWrapUp:
		w.result.Busy += spent
		w.result.Staffed += spent
		w.scenario.Grid.split(a.since, spent, func(i int, part time.Duration) {
			w.result.Time[i].Busy += part
			w.result.Time[i].Staffed += part
		})
	case acd.StateReady, acd.StateOffered:
		w.result.Staffed += spent
		w.scenario.Grid.split(a.since, spent, func(i int, part time.Duration) {
			w.result.Time[i].Staffed += part
		})
	}
	a.state, a.since = state, at
}

// join takes down where a call is, and first where it came to.
func (r *Record) join(e *acd.Event) {
	if r.Entry == "" {
		r.Entry, r.Tier = e.Queue, e.Tier
	}
	if e.Queue != "" {
		r.Queue = e.Queue
	}
}

func (w *world) row(key rowKey) *Figures {
	f := w.rows[key]
	if f == nil {
		f = &Figures{
			AnsweredWithin:  make([]int, len(w.scenario.Watch)),
			AbandonedWithin: make([]int, len(w.scenario.Watch)),
		}
		w.rows[key] = f
	}
	return f
}

// close tells of the calls that nothing more can happen to.
func (w *world) close() {
	rest := slices.Collect(maps.Values(w.live))
	slices.SortFunc(rest, func(a, b *caller) int { return cmp.Compare(a.visit, b.visit) })
	for _, c := range rest {
		w.leave(c.record.ID, Unended)
	}
	for key, f := range w.rows {
		w.result.Rows = append(w.result.Rows, Row{key.interval, key.queue, key.tier, *f})
	}
	slices.SortFunc(w.result.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Interval, b.Interval), cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Tier, b.Tier))
	})
}
