package report

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
)

// recount is the report told again in the dumbest way: it keeps all events and
// goes through them again for each question. It knows streams without gaps of
// the Engine, from the first event on.
type recount struct {
	events []acd.Event
	plan   acd.Plan
	every  time.Duration

	rows   map[rowKey]*Figures
	waits  map[rowKey][]time.Duration
	agents map[rowKey]*AgentFigures
	calls  map[string][]int // a call's events, but for late dispositions
}

type rowKey struct {
	start time.Time
	name  string // a queue, an agent, or "" for the centre
	tier  string
}

func newRecount(plan acd.Plan, events []acd.Event, every time.Duration) *recount {
	o := &recount{
		events: events, plan: plan, every: every, rows: map[rowKey]*Figures{},
		waits: map[rowKey][]time.Duration{}, agents: map[rowKey]*AgentFigures{}, calls: map[string][]int{},
	}
	for i, e := range events {
		if e.Call != "" && e.Type != acd.EventDisposition {
			o.calls[e.Call] = append(o.calls[e.Call], i)
		}
	}
	calls := make(map[string]bool)
	agents := make(map[string]bool)
	for _, e := range events {
		if e.Call != "" && !calls[e.Call] {
			calls[e.Call] = true
			o.life(e.Call)
		}
		if e.Agent != "" && !agents[e.Agent] {
			agents[e.Agent] = true
			o.shift(e.Agent)
		}
	}
	for i, e := range events {
		if e.Type == acd.EventOffered {
			o.overtaken(i, e.Why.Overtaken)
		}
	}
	for key, waits := range o.waits {
		o.rows[key].Wait = *waitsOf(waits)
	}
	return o
}

func (o *recount) now() time.Time { return o.events[len(o.events)-1].At }

func (o *recount) row(at time.Time, queue, tier string) (rowKey, *Figures) {
	key := rowKey{at.Truncate(o.every), queue, tier}
	if o.rows[key] == nil {
		o.rows[key] = new(Figures)
	}
	return key, o.rows[key]
}

func (o *recount) level(queue string) acd.ServiceLevel {
	for _, q := range o.plan.Queues {
		if q.Name == queue && q.ServiceLevel != nil {
			return *q.ServiceLevel
		}
	}
	return acd.ServiceLevel{Within: 20 * time.Second, ShortAbandon: 5 * time.Second}
}

// status is what a call does after some of its events, how long it has waited by
// a time, and in which queue it is.
func (o *recount) status(own []int, now time.Time) (state string, waited time.Duration, queue string) {
	for n, i := range own {
		e := o.events[i]
		switch e.Type {
		case acd.EventQueued, acd.EventRequeued:
			state, queue = "line", e.Queue
		case acd.EventOffered:
			state = "rings"
		case acd.EventWithdrawn:
			state = "rests"
		case acd.EventConnected:
			state = "talks"
		case acd.EventSuggested:
			if n == 0 {
				state, queue = "asked", e.Queue
			}
		case acd.EventCallbackBooked:
			if e.NotBefore.After(e.At) {
				state = "rests"
			}
		case acd.EventBlocked, acd.EventDiverted, acd.EventAbandoned, acd.EventEnded, acd.EventDeflected, acd.EventCallbackFailed:
			state = "gone"
		}
		until := now
		if n+1 < len(own) {
			until = o.events[own[n+1]].At
		}
		if state == "line" || state == "rings" {
			waited += until.Sub(e.At)
		}
	}
	return state, waited, queue
}

// stay is a part of a call's events, in one queue.
type dumbStay struct {
	queue      string
	from, to   int // of the call's events: the last may belong to the next
	overflowed bool
	passed     bool
}

func (o *recount) stays(own []int) []dumbStay {
	var stays []dumbStay
	var came acd.EventType
	open := false
	for n, i := range own {
		e := o.events[i]
		switch {
		case n == 0 && e.Type == acd.EventOverflowed: // turned away
			stays = append(stays, dumbStay{queue: e.From, from: n, to: n + 1})
			came, open = e.Type, false
			continue
		case !open && e.Queue != "":
			stays = append(stays, dumbStay{
				queue: e.Queue, from: n, to: len(own),
				overflowed: came == acd.EventOverflowed, passed: came == acd.EventTransferred,
			})
			open = true
		}
		if e.Type == acd.EventOverflowed || e.Type == acd.EventTransferred {
			stays[len(stays)-1].to = n + 1
			came, open = e.Type, false
		}
	}
	return stays
}

// life counts one call.
func (o *recount) life(call string) {
	own := o.calls[call]
	first := o.events[own[0]]
	tier, queue := first.Tier, cmp.Or(first.Queue, first.From)
	if first.Type == acd.EventOverflowed {
		tier = o.events[own[1]].Tier
	}
	key, centre := o.row(first.At, "", tier)
	centre.Offered++
	o.outcome(key, centre, own, 0, len(own), o.level(queue), true)
	o.small(centre, own)
	for _, s := range o.stays(own) {
		at := o.events[own[s.from]].At
		key, row := o.row(at, s.queue, tier)
		row.Offered++
		if s.overflowed {
			row.OverflowedIn++
		}
		if s.passed {
			row.TransferredIn++
		}
		o.outcome(key, row, own, s.from, s.to, o.level(s.queue), false)
		o.small(row, own[s.from:s.to])
	}
	for n, i := range own {
		if o.events[i].Type != acd.EventCallbackBooked || o.isCallback(own[:n]) {
			continue
		}
		for _, row := range o.rowsAt(own, n, tier) {
			row.Booked++
		}
	}
	o.talks(own, tier)
}

// isCallback says whether a call is one after some of its events.
func (o *recount) isCallback(own []int) bool {
	callback, talks := false, false
	for _, i := range own {
		switch e := o.events[i]; e.Type {
		case acd.EventCallbackBooked:
			callback = true
		case acd.EventConnected:
			talks = true
		case acd.EventRequeued:
			talks = false
		case acd.EventTransferred:
			callback = callback && !talks
			talks = false
		}
	}
	return callback
}

// rowsAt are the rows of a call at its event n: the centre's, its stay's.
func (o *recount) rowsAt(own []int, n int, tier string) []*Figures {
	_, centre := o.row(o.events[own[0]].At, "", tier)
	rows := []*Figures{centre}
	for _, s := range o.stays(own) {
		if s.from <= n && n < s.to {
			_, row := o.row(o.events[own[s.from]].At, s.queue, tier)
			rows = append(rows, row)
		}
	}
	return rows
}

// began says whether event n begins a talk whose bridge does not fail.
func (o *recount) began(own []int, n int) bool {
	return o.events[own[n]].Type == acd.EventConnected && !o.bridgeFails(own[n+1:])
}

func (o *recount) bridgeFails(own []int) bool {
	for _, i := range own {
		switch o.events[i].Type {
		case acd.EventRequeued, acd.EventCallbackFailed:
			return true
		case acd.EventEnded, acd.EventTransferred:
			return false
		}
	}
	return false
}

// outcome is what became of a call in a part of its events.
func (o *recount) outcome(key rowKey, f *Figures, own []int, from, to int, l acd.ServiceLevel, whole bool) {
	waitedBy := func(n int) time.Duration {
		_, waited, _ := o.status(own[:n], o.events[own[n]].At)
		return waited
	}
	before := time.Duration(0)
	if !whole {
		before = waitedBy(from)
	}
	answered := false
	for n := from; n < to; n++ {
		e := o.events[own[n]]
		if o.began(own, n) {
			if !answered {
				waited := waitedBy(n) - before
				f.Answered++
				o.waits[key] = append(o.waits[key], waited)
				if waited <= l.Within {
					f.AnsweredWithin++
				}
				for m := n - 1; m >= 0; m-- {
					if offer := o.events[own[m]]; offer.Offer == e.Offer && offer.Type == acd.EventOffered {
						if offer.Why.Reason == acd.ReasonSameAgent {
							f.SameAgent++
						}
						break
					}
				}
			}
			answered = true
			continue
		}
		var how *int
		switch e.Type {
		case acd.EventAbandoned:
			how = &f.Abandoned
			if e.Reason == acd.ReasonCancelled {
				how = &f.Cancelled
			} else if !answered {
				waited := waitedBy(n) - before
				f.AbandonWait += waited
				if waited <= l.Within {
					f.AbandonedWithin++
				}
				if waited <= l.ShortAbandon {
					f.ShortAbandoned++
				}
			}
		case acd.EventBlocked:
			how = &f.Blocked
			if e.Reason == acd.ReasonClosed {
				f.Closed++
			}
		case acd.EventDiverted:
			how = &f.Diverted
		case acd.EventDeflected:
			how = &f.Deflected
		case acd.EventCallbackFailed:
			how = &f.Failed
		case acd.EventOverflowed:
			how = &f.Overflowed
		case acd.EventTransferred:
			how = &f.Moved
		}
		switch onward := e.Type == acd.EventOverflowed || e.Type == acd.EventTransferred; {
		case how == nil || whole && onward:
		case !answered:
			*how++
			return
		case whole:
			f.LeftLater++
		}
	}
	if !answered {
		f.Waiting++
		state, waited, _ := o.status(own, o.now())
		if state == "gone" {
			panic("gone and waiting")
		}
		if waited-before > l.Within {
			f.WaitingOver++
		}
	}
}

// small counts what needs no thought.
func (o *recount) small(f *Figures, own []int) {
	for _, i := range own {
		switch e := o.events[i]; e.Type {
		case acd.EventOffered:
			f.OvertakingsGiven += e.Why.Overtaken
		case acd.EventSuggested:
			f.Suggested++
		case acd.EventAnnounced:
			f.Announced++
		case acd.EventOverdue:
			f.Overdue++
		}
	}
}

// talks counts the talks of a call and what follows from them.
func (o *recount) talks(own []int, tier string) {
	for n, i := range own {
		if !o.began(own, n) {
			continue
		}
		agent := o.events[i].Agent
		rows := o.rowsAt(own, n, tier)
		if o.isCallback(own[:n]) {
			_, waited, _ := o.status(own[:n], o.events[i].At)
			for k, row := range rows {
				row.Reached++
				row.CallbackWait += waited
				if k > 0 {
					for _, s := range o.stays(own) {
						if s.from <= n && n < s.to {
							_, before, _ := o.status(own[:s.from], o.events[own[s.from]].At)
							row.CallbackWait -= before
						}
					}
				}
			}
		}
		end := -1
		for _, k := range own[n+1:] {
			if e := o.events[k]; e.Type == acd.EventEnded || e.Type == acd.EventTransferred {
				end = k
				break
			}
		}
		if end < 0 {
			for _, row := range rows {
				row.Talking++
			}
			continue
		}
		passed := o.events[end].Type == acd.EventTransferred
		for _, row := range rows {
			if passed {
				row.Transferred++
			}
		}
		handled, codes := o.after(agent, end)
		for _, row := range rows {
			if !handled.IsZero() {
				row.Handled++
				row.Talk += o.events[end].Talked
				row.WrapUp += handled.Sub(o.events[end].At)
			}
			for _, code := range codes {
				row.disposed(code, 1)
			}
		}
	}
}

// after tells when the wrap-up after a talk was over, and the codes for it.
func (o *recount) after(agent string, end int) (handled time.Time, codes []string) {
	for i, e := range o.events[end+1:] {
		switch {
		case o.endsTalkOf(end+1+i, agent):
			return handled, codes
		case e.Agent != agent:
			continue
		}
		if e.Type == acd.EventAgent && e.State != acd.StateWrapUp && handled.IsZero() {
			handled = e.At
		}
		if e.Code != "" {
			codes = append(codes, e.Code)
		}
	}
	return handled, codes
}

// endsTalkOf says whether an event ends a talk of the agent.
func (o *recount) endsTalkOf(i int, agent string) bool {
	e := o.events[i]
	if e.Type != acd.EventTransferred || e.From != agent {
		return e.Type == acd.EventEnded && e.Agent == agent
	}
	own := o.calls[e.Call]
	state, _, _ := o.status(own[:slices.Index(own, i)], e.At)
	return state == "talks"
}

// overtaken finds whom an offer overtook.
func (o *recount) overtaken(i, n int) {
	type one struct {
		call   string
		began  time.Time
		joined int
	}
	at := o.events[i].At
	prior := func(call string) []int {
		own := o.calls[call]
		for len(own) > 0 && own[len(own)-1] >= i {
			own = own[:len(own)-1]
		}
		return own
	}
	_, waited, queue := o.status(prior(o.events[i].Call), at)
	if n == 0 {
		return
	}
	var behind []one
	calls := make(map[string]bool)
	for _, e := range o.events[:i] {
		if e.Call == "" || calls[e.Call] {
			continue
		}
		calls[e.Call] = true
		own := prior(e.Call)
		state, theirs, where := o.status(own, at)
		if state != "line" || where != queue || theirs <= waited {
			continue
		}
		joined := 0
		for _, k := range own {
			if t := o.events[k].Type; t == acd.EventQueued || t == acd.EventRequeued {
				joined = k
			}
		}
		behind = append(behind, one{e.Call, at.Add(-theirs), joined})
	}
	slices.SortFunc(behind, func(a, b one) int { return cmp.Or(a.began.Compare(b.began), a.joined-b.joined) })
	for _, who := range behind[:min(n, len(behind))] {
		own := o.calls[who.call]
		first := o.events[own[0]]
		tier := first.Tier
		if first.Type == acd.EventOverflowed {
			tier = o.events[own[1]].Tier
		}
		for _, row := range o.rowsAt(own, len(prior(who.call))-1, tier) {
			row.OvertakingsSuffered++
		}
	}
}

func TestReportEqualsARecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw, commands := drawing(t)
		plan, events, err := stream(draw, commands)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			return
		}
		every := []time.Duration{10 * time.Second, time.Minute, time.Hour}[draw(3)]
		if span := events[len(events)-1].At.Sub(events[0].At); span/every > 2000 {
			every = 24 * time.Hour
		}
		r, err := New(Options{Interval: every, Plan: &plan, Keep: 1 << 30})
		if err != nil {
			t.Fatal(err)
		}
		r.Add(events...)
		result := r.Result(time.Time{})
		want := newRecount(plan, events, every)

		rows := make(map[rowKey]*Figures)
		for _, row := range slices.Concat(result.Centre, result.Queues) {
			if row.Queue != "" || row.Offered > 0 || row.Tier != "" {
				rows[rowKey{row.Start.UTC(), row.Queue, row.Tier}] = &row.Figures
			}
			conserved(t, &row.Figures)
		}
		options := gocmp.Options{gocmp.AllowUnexported(Waits{}, bucket{}), cmpopts.EquateEmpty()}
		if diff := gocmp.Diff(want.rows, rows, options); diff != "" {
			t.Errorf("calls (-recount +report)\n%s", diff)
		}
		agents := make(map[rowKey]*AgentFigures)
		for _, row := range result.Agents {
			agents[rowKey{start: row.Start.UTC(), name: row.Agent}] = &row.AgentFigures
		}
		maps.DeleteFunc(agents, func(_ rowKey, f *AgentFigures) bool { return *f == AgentFigures{} })
		maps.DeleteFunc(want.agents, func(_ rowKey, f *AgentFigures) bool { return *f == AgentFigures{} })
		if diff := gocmp.Diff(want.agents, agents); diff != "" {
			t.Errorf("agents (-recount +report)\n%s", diff)
		}
		if result.Missed != 0 || result.Unseen != 0 {
			t.Errorf("missed %d, unseen %d", result.Missed, result.Unseen)
		}
	})
}

// conserved says whether every call offered has exactly one outcome.
func conserved(t interface{ Errorf(string, ...any) }, f *Figures) {
	sum := f.Answered + f.Abandoned + f.Cancelled + f.Blocked + f.Diverted + f.Deflected + f.Failed +
		f.Overflowed + f.Moved + f.Unknown + f.Waiting
	if f.Offered != sum {
		t.Errorf("%d offered, and %d outcomes: %+v", f.Offered, sum, *f)
	}
	for _, part := range [][2]int{
		{f.Talking, f.Answered}, {f.AnsweredWithin, f.Answered}, {f.SameAgent, f.Answered}, {f.LeftLater, f.Answered},
		{f.AbandonedWithin, f.Abandoned}, {f.ShortAbandoned, f.Abandoned}, {f.Closed, f.Blocked}, {f.WaitingOver, f.Waiting},
		{f.OverflowedIn + f.TransferredIn, f.Offered}, {f.Reached, f.Booked + f.Answered}, {f.Wait.Count(), f.Answered}, {f.Answered, f.Wait.Count()},
	} {
		if part[0] < 0 || part[0] > part[1] {
			t.Errorf("%d of %d: %+v", part[0], part[1], *f)
		}
	}
}
