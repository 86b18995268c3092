package report

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// Options say how a report counts. The zero value is half-hours in UTC, 80 % to
// be answered within 20 s, and hang-ups up to 5 s told apart.
type Options struct {
	// Interval is a whole part of an hour (a second at least), or 24h: a day by
	// the calendar. Default 30m.
	Interval time.Duration
	// Zone is whose clock the intervals go by. Default UTC.
	Zone *time.Location
	// Plan has each queue's service level.
	Plan *acd.Plan
	// ServiceLevel is for queues to which the plan gives none, or that it lacks,
	// and for calls blocked before they came to a queue. Nil: 80 % within 20 s,
	// short abandons up to 5 s.
	ServiceLevel *acd.ServiceLevel
	// Keep is how many intervals are kept; then the oldest is dropped with each
	// new one. Intervals in which nobody was logged in and nothing happened are
	// not counted. Default 3,000: a month of quarter-hours.
	Keep int
}

// Report counts events as they come. Make one with [New]. It is not safe for
// concurrent use.
//
// An event costs amortized O(log n) in the calls in line of its queue and a few
// map look-ups; one that overtakes k calls costs k more. What is kept: a record
// for each call without an outcome and for each agent ever heard of, a [Figures]
// for each queue and tier with a call in each of the latest [Options.Keep]
// intervals, and an [AgentFigures] for each agent logged in.
type Report struct {
	grid    grid
	keep    int                         // intervals
	longest int64                       // the time they cover, of nanoseconds
	levels  map[string]acd.ServiceLevel // by queue
	level   acd.ServiceLevel            // of other queues

	first, last uint64 // events' numbers
	missed      uint64
	unseen      int
	dropped     int

	now       int64
	present   *interval // the latest, nil before the first event
	intervals []*interval

	calls  map[string]*call // without an outcome
	spare  []*call          // to use again
	lines  map[string]*queue.Ranking[*call]
	joined uint64 // entries into a line so far

	agents map[string]*agent
	onDuty int             // agents in a state that counts
	codes  map[string]bool // dispositions seen
}

// New makes a report without events. The error joins everything that is wrong
// with the options.
func New(o Options) (*Report, error) {
	r := &Report{
		grid:   grid{every: o.Interval, zone: o.Zone},
		keep:   o.Keep,
		levels: make(map[string]acd.ServiceLevel),
		level:  acd.ServiceLevel{Target: 0.8, Within: 20 * time.Second, ShortAbandon: 5 * time.Second},
		calls:  make(map[string]*call),
		lines:  make(map[string]*queue.Ranking[*call]),
		agents: make(map[string]*agent),
		codes:  make(map[string]bool),
	}
	if o.Interval == 0 {
		r.grid.every = 30 * time.Minute
	}
	if o.Zone == nil {
		r.grid.zone = time.UTC
	}
	if o.Keep == 0 {
		r.keep = 3000
	}
	var faults []error
	if err := r.grid.check(); err != nil {
		faults = append(faults, err)
	}
	if o.Keep < 0 {
		faults = append(faults, fmt.Errorf("report: Options.Keep: want at least 0, got %d", o.Keep))
	}
	if o.ServiceLevel != nil {
		r.level = *o.ServiceLevel
		if err := checkLevel(r.level); err != nil {
			faults = append(faults, fmt.Errorf("report: Options.ServiceLevel: %w", err))
		}
	}
	if o.Plan != nil {
		for _, q := range o.Plan.Queues {
			if q.ServiceLevel == nil {
				continue
			}
			r.levels[q.Name] = *q.ServiceLevel
			if err := checkLevel(*q.ServiceLevel); err != nil {
				faults = append(faults, fmt.Errorf("report: Options.Plan: queue %q: %w", q.Name, err))
			}
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r.longest = int64(min(uint64(r.keep), math.MaxInt64/uint64(r.grid.every)) * uint64(r.grid.every))
	return r, nil
}

func checkLevel(l acd.ServiceLevel) error {
	switch {
	case !(l.Target >= 0 && l.Target <= 1):
		return fmt.Errorf("target: want 0 to 1, got %v", l.Target)
	case l.Within < 0:
		return fmt.Errorf("within: want at least 0, got %v", l.Within)
	case l.ShortAbandon < 0:
		return fmt.Errorf("short_abandon: want at least 0, got %v", l.ShortAbandon)
	}
	return nil
}

func (r *Report) levelOf(queue string) acd.ServiceLevel {
	if l, ok := r.levels[queue]; ok {
		return l
	}
	return r.level
}

// Seq is the number of the latest event, 0 before the first: a subscription is
// resumed after it.
func (r *Report) Seq() uint64 { return r.last }

// Add counts events, in order. An event whose Seq is not above the latest one's
// is a repeat and is passed over. A gap in Seq is counted in [Result.Missed] and
// breaks the report off: calls without an outcome are Unknown, agents count
// again from their next change of state, and what came before stays. An event
// without a Seq is taken as the next. One earlier than the event before it
// counts as of the same time.
func (r *Report) Add(events ...acd.Event) {
	for i := range events {
		r.add(&events[i])
	}
}

func (r *Report) add(e *acd.Event) {
	if e.Seq != 0 {
		if r.last != 0 && e.Seq <= r.last {
			return
		}
		if r.last != 0 && e.Seq > r.last+1 {
			r.missed += e.Seq - r.last - 1
			r.breakOff()
		}
		r.last = e.Seq
		if r.first == 0 {
			r.first = e.Seq
		}
	}
	r.advance(e.At.UnixNano())
	if e.Agent != "" {
		r.agentEvent(e)
	}
	if e.Call != "" && e.Type != acd.EventDisposition {
		r.callEvent(e)
	}
}

// breakOff forgets what goes on, since nobody knows what became of it.
func (r *Report) breakOff() {
	for id, c := range r.calls {
		c.over = true
		c.leave((*Figures).unknown)
		delete(r.calls, id)
	}
	clear(r.lines)
	if r.present == nil {
		return
	}
	for _, a := range r.agents {
		r.settle(a, r.now)
		a.state, a.last = "", conversation{}
	}
	r.onDuty = 0
}

// agentEvent is the part of an event that concerns its agent.
func (r *Report) agentEvent(e *acd.Event) {
	switch e.Type {
	case acd.EventOffered:
		a := r.agent(e.Agent)
		r.enter(a, acd.StateOffered)
		r.rowOf(a).Offers++
	case acd.EventWithdrawn:
		switch e.Reason {
		case acd.ReasonNoAnswer, acd.ReasonDeclined:
			r.rowOf(r.agent(e.Agent)).Missed++
		}
	case acd.EventConnected:
		r.enter(r.agent(e.Agent), acd.StateTalking)
	case acd.EventAgent:
		a := r.agent(e.Agent)
		r.enter(a, e.State)
		r.disposed(a, e.Code)
	case acd.EventDisposition:
		r.disposed(r.agent(e.Agent), e.Code)
	}
}
