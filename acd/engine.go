package acd

import (
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// Engine is the router as a pure state machine: commands in, events out. It
// has no clock, no goroutine and no I/O, and the same commands give the same
// events, byte for byte. It is not safe for concurrent use. Make one with
// [New].
//
// A waiting call takes about 650 bytes and a remembered customer about 120, with
// short texts. Each set of skills that some agent has takes room in proportion
// to the steps that it can serve, however many agents share it.
//
// Whoever drives it gives each command its time, calls [Engine.Apply] with
// [CmdAdvance] when the deadline of [Engine.Next] has come, and carries out
// what the events say: rings the agent of an offer and answers with
// [CmdAccept] or [CmdDecline].
type Engine struct {
	plan  *Plan
	rules rules

	started bool // a command has come

	now    int64 // the last command's time, in nanoseconds since 1970
	out    []Event
	seq    uint64
	timers queue.Ranking[timer]
	// created numbers timers by creation.
	created uint64

	agents map[string]*agent // by id; also ids that calls name as their last agent and that never logged in
	known  int               // agents that have logged in at least once
	groups map[string]*group // by skills
	pools  []*pool

	calls    map[string]knownCall // by id; live ones and the latest finished ones
	most     int                  // in calls since it was made: maps do not shrink by themselves
	live     int                  // calls without an outcome
	arrivals uint64
	finished []string // the ids of the latest finished calls: a ring
	oldest   int      // in finished
	spare    []*call  // records to use again

	offers  map[uint64]*call // live offers, and accepted ones while the talk lasts
	offered uint64           // offers made so far
	gone    withdrawnOffers

	memory memory
	guard  guard
	open   openLines
}

// New makes an Engine that follows the plan. The error joins everything that
// is wrong with the plan, each a [*PlanError] that names its JSON path. The
// plan must not be changed afterwards.
func New(plan Plan) (*Engine, error) {
	if err := plan.Validate(); err != nil {
		return nil, err
	}
	e := &Engine{
		agents: make(map[string]*agent),
		groups: make(map[string]*group),
		calls:  make(map[string]knownCall),
		offers: make(map[uint64]*call),
	}
	e.plan = &plan
	e.rules, e.pools = compile(e.plan)
	for i, q := range e.rules.queues {
		q.index = uint32(i)
	}
	return e, nil
}

// Apply lets time pass up to the command's, carries the command out, and
// returns what came of it: first the events of timers that fell due, each at
// its own deadline, then those of the command, then the offers that it made
// possible. After Apply no waiting call has a ready agent who could take it.
//
// The error is a [*Refused]. A refusal of a command that makes no sense comes
// without events and changes nothing; one that is due to the state comes after
// the timers, with their events. What is already true is no error: no events,
// nil.
//
// It costs O(log n) in calls and agents for each decision, plus the number of
// lines that the agent concerned may serve. Calling it more or less often with
// [CmdAdvance] changes nothing.
func (e *Engine) Apply(cmd Command) ([]Event, error) { return e.Append(nil, cmd) }

// Append is Apply for whoever wants to reuse memory: it appends the events to
// dst and returns the extended slice.
func (e *Engine) Append(dst []Event, cmd Command) ([]Event, error) {
	if refused := e.judge(&cmd); refused != nil {
		return dst, refused
	}
	e.out = dst
	at := cmd.At.UnixNano()
	if !e.started {
		e.start(at)
	}
	e.runTimers(at)
	e.now = at
	refused := e.carryOut(&cmd)
	e.match()
	dst, e.out = e.out, nil
	if refused != nil {
		return dst, refused
	}
	return dst, nil
}

// start is for the first command: there was no time before it.
func (e *Engine) start(now int64) {
	e.started = true
	for _, q := range e.rules.queues {
		q.pace.passed = now
	}
}

// Next tells the earliest deadline: when nothing else happens, the Engine next
// has something to do then. False: it never has, or not before the year 2201,
// where no command can lead.
//
// [Plan.LongestStay] counts only if the plan names it: nobody need wake up for
// the default, which is told with whatever comes next.
func (e *Engine) Next() (time.Time, bool) {
	due, ok := e.nextTimer()
	if !ok || due.Urgency >= latest.UnixNano() {
		return time.Time{}, false
	}
	return instant(due.Urgency), true
}

func (e *Engine) emit(ev Event) {
	e.seq++
	ev.Seq = e.seq
	ev.At = instant(e.now)
	e.out = append(e.out, ev)
}

// instant is the time of nanoseconds since 1970.
func instant(ns int64) time.Time { return time.Unix(0, ns).UTC() }

// later adds a duration to an instant or to another duration. Times lie within
// 1970 to 2200 and durations within 8760h, so only sums of head starts that
// callers name could overflow: those saturate.
func later(ns int64, d time.Duration) int64 {
	if sum := ns + int64(d); sum >= ns || d < 0 {
		return sum
	}
	return 1<<63 - 1
}
