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
	w.random = rand.New(&w.pcg)
	w.roster()
	for call := range s.Calls(rand.New(rand.NewPCG(s.Seed, 1))) {
		if err := w.until(ctx, call.Arrive.At.UnixNano()); err != nil {
			return w.result, err
		}
		w.drawn++
		c := w.caller()
		c.call, c.number = call, w.drawn
		if err := w.arrive(c); err != nil {
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
	pcg      rand.PCG
	random   *rand.Rand // draws from pcg
	diary    diary
	entries  uint64 // ever made in the diary
	drawn    uint64 // calls of the source
	visits   int32
	live     map[string]*caller
	spare    []*caller
	workers  map[string]*worker
	lately   lately
	events   []acd.Event
	rows     map[rowKey]*Figures
	served   map[client]string // by whom last
	result   Result
}

// lately is what was looked up last. Events about a call or an agent come one
// after the other, and calls are mostly of one kind.
type lately struct {
	caller *caller
	worker *worker
	key    rowKey
	row    *Figures
}

// of finds a call that has no outcome yet.
func (w *world) of(id string) *caller {
	if c := w.lately.caller; c == nil || c.record.ID != id {
		w.lately.caller = w.live[id]
	}
	return w.lately.caller
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
	call    Call
	record  Record
	visit   int32
	number  uint64 // among the calls of the source, redials with the first call
	first   string // the id of the first attempt
	rings   int    // offers so far, the last of them offer
	offer   string
	asked   int // suggestions so far, the last of them of channel
	channel string
}

func (w *world) caller() *caller {
	n := len(w.spare)
	if n == 0 {
		return new(caller)
	}
	c := w.spare[n-1]
	w.spare = w.spare[:n-1]
	*c = caller{}
	return c
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

func (w *world) arrive(c *caller) error {
	w.result.Arrived++
	cmd := c.call.Arrive
	cmd.Type = acd.CmdArrive
	switch {
	case c.record.Attempt > 1:
		cmd.Call = c.first + "+" + strconv.Itoa(c.record.Attempt-1)
	default:
		if cmd.Call == "" {
			cmd.Call = strconv.FormatUint(c.number, 10)
		}
		c.first, c.record.Attempt = cmd.Call, 1
	}
	switch {
	case w.live[cmd.Call] != nil:
		return fmt.Errorf("call %d: there is one of id %q already", c.number, cmd.Call)
	case c.call.Service < 0 || c.call.Patience < 0:
		return fmt.Errorf("call %d: a service of %v and a patience of %v: one is negative", c.number, c.call.Service, c.call.Patience)
	}
	w.visits++
	visit := w.visits
	c.visit = visit
	c.record.Call, c.record.ID = &c.call, cmd.Call
	w.live[cmd.Call], w.lately.caller = c, c
	w.events = w.events[:0]
	if err := w.apply(cmd); err != nil {
		return fmt.Errorf("call %d: %w", c.number, err)
	}
	if w.live[cmd.Call] == c && c.visit == visit && c.record.Queue == "" {
		return fmt.Errorf("call %d: there was one of id %q before, with the same particulars", c.number, cmd.Call)
	}
	if c.visit == visit && c.call.Patience != Forever {
		w.write(cmd.At.UnixNano()+int64(c.call.Patience), entry{kind: hangsUp, caller: c})
	}
	return nil
}

// happen does what the diary says. Whoever answers a phone or hangs up may come
// too late; that anything else is refused is a fault of the scenario.
func (w *world) happen(e entry) error {
	at := instant(e.at)
	switch e.kind {
	case begins:
		return w.begin(e.agent, at)
	case leaves:
		return w.apply(acd.Command{Type: acd.CmdLogout, At: at, Agent: w.scenario.Agents[e.agent].ID})
	case pauses:
		return w.rest(e, at)
	case returns:
		return w.comeBack(e, at)
	case redials:
		e.caller.call.Arrive.At, e.caller.call.Arrive.Call = at, ""
		return w.arrive(e.caller)
	}
	if e.caller.visit != e.visit {
		return nil // gone
	}
	c := e.caller
	switch e.kind {
	case answers:
		if int32(c.rings) == e.nth {
			w.pickUp(c, at)
		}
	case hangsUp:
		// Someone in a talk or to be called back has no patience to lose.
		if c.record.Outcome == Unended && !c.record.CalledBack {
			w.apply(acd.Command{Type: acd.CmdHangup, At: at, Call: c.record.ID})
		}
	case books:
		if int32(c.asked) == e.nth {
			w.apply(acd.Command{Type: acd.CmdCallback, At: at, Call: c.record.ID})
		}
	case deflects:
		if int32(c.asked) == e.nth {
			w.apply(acd.Command{Type: acd.CmdDeflect, At: at, Call: c.record.ID, Channel: c.channel})
		}
	case finishes:
		return w.apply(acd.Command{Type: acd.CmdEnd, At: at, Call: c.record.ID})
	}
	return nil
}

// pickUp is an agent who takes the phone, after whom a customer who is called
// back may not.
func (w *world) pickUp(c *caller, at time.Time) {
	unreached := w.scenario.Habits.Unreached
	if c.record.CalledBack && unreached > 0 && openUniform(w.dice(c.number, matterReached, c.record.Attempt<<16|c.rings)) < unreached {
		w.apply(acd.Command{Type: acd.CmdDecline, At: at, Offer: c.offer, Reason: acd.ReasonNoAnswer, Party: "customer"})
		return
	}
	w.apply(acd.Command{Type: acd.CmdAccept, At: at, Offer: c.offer})
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
	case acd.EventQueued:
		w.of(e.Call).record.join(e)
	case acd.EventSuggested:
		c := w.of(e.Call)
		inLine := c.record.Queue != "" // else the queue is closed
		c.record.join(e)
		w.suggested(c, e, inLine)
	case acd.EventCallbackBooked:
		w.of(e.Call).record.CalledBack = true
	case acd.EventOffered:
		w.become(e.Agent, acd.StateOffered, e.At)
		c := w.of(e.Call)
		c.record.Queue, c.record.Why = e.Why.Queue, e.Why
		c.rings++
		c.offer = e.Offer
		if w.scenario.PickUp == nil {
			w.pickUp(c, e.At)
		} else {
			rings := w.scenario.PickUp.Sample(w.dice(c.number, matterRings, c.record.Attempt<<16|c.rings))
			w.write(e.At.UnixNano()+int64(rings), entry{kind: answers, caller: c, nth: int32(c.rings)})
		}
	case acd.EventConnected:
		w.become(e.Agent, acd.StateTalking, e.At)
		c := w.of(e.Call)
		c.record.Outcome, c.record.Agent, c.record.Waited = Answered, e.Agent, e.Waited
		if who := clientOf(&c.call.Arrive); who != (client{}) {
			c.record.Before = w.served[who]
			w.served[who] = e.Agent
		}
		w.write(e.At.UnixNano()+int64(c.call.Service), entry{kind: finishes, caller: c})
	case acd.EventEnded:
		w.of(e.Call).record.Talked = e.Talked
		w.leave(e, Answered)
	case acd.EventAbandoned:
		w.of(e.Call).record.Waited = e.Waited
		w.leave(e, Abandoned)
	case acd.EventBlocked:
		w.of(e.Call).record.join(e)
		w.leave(e, Blocked)
	case acd.EventDiverted:
		r := &w.of(e.Call).record
		r.join(e)
		r.Waited = e.At.Sub(r.Call.Arrive.At) // nobody here talked before
		w.leave(e, Diverted)
	case acd.EventDeflected:
		w.of(e.Call).record.Waited = e.Waited
		w.leave(e, Deflected)
	case acd.EventCallbackFailed:
		w.of(e.Call).record.Waited = e.Waited
		w.leave(e, Failed)
	case acd.EventAgent:
		w.become(e.Agent, e.State, e.At)
	}
}

// leave is for a call that has its outcome, by an event or because there will be
// none.
func (w *world) leave(e *acd.Event, outcome Outcome) {
	c := w.of(e.Call)
	c.record.Outcome = outcome
	w.result.Outcomes[outcome]++
	if i := w.scenario.Grid.At(c.call.Arrive.At); i >= 0 {
		w.row(rowKey{i, c.record.Entry, c.record.Tier}).count(&c.record, w.scenario.Watch)
	}
	if w.scenario.Each != nil {
		w.scenario.Each(&c.record)
	}
	if outcome == Abandoned || outcome == Blocked {
		w.redial(c, e.At)
	}
	delete(w.live, e.Call)
	w.lately.caller = nil
	c.visit = 0
	w.spare = append(w.spare, c)
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
	if w.lately.row != nil && w.lately.key == key {
		return w.lately.row
	}
	f := w.rows[key]
	if f == nil {
		f = &Figures{
			AnsweredWithin:  make([]int, len(w.scenario.Watch)),
			AbandonedWithin: make([]int, len(w.scenario.Watch)),
		}
		w.rows[key] = f
	}
	w.lately.key, w.lately.row = key, f
	return f
}

// close tells of the calls that nothing more can happen to.
func (w *world) close() {
	rest := slices.Collect(maps.Values(w.live))
	slices.SortFunc(rest, func(a, b *caller) int { return cmp.Compare(a.visit, b.visit) })
	for _, c := range rest {
		w.leave(&acd.Event{Call: c.record.ID}, Unended)
	}
	for key, f := range w.rows {
		w.result.Rows = append(w.result.Rows, Row{key.interval, key.queue, key.tier, *f})
	}
	slices.SortFunc(w.result.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Interval, b.Interval), cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Tier, b.Tier))
	})
}
