package acdtest

import (
	"maps"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditPlace is where a call is.
type auditPlace string

const (
	auditArriving  auditPlace = "arriving"
	auditAsked     auditPlace = "asked for another way, in no line"
	auditInLine    auditPlace = "in line"
	auditRinging   auditPlace = "ringing"
	auditWithdrawn auditPlace = "withdrawn and not yet back in line"
	auditMoving    auditPlace = "between two queues"
	auditTalking   auditPlace = "talking"
	auditResting   auditPlace = "resting"
	auditDone      auditPlace = "finished"
)

// auditBetween is the state of an agent whose offer or talk is over and whose
// next state has not been told yet.
const auditBetween acd.State = "between"

// auditedCall is what the events told of a call. All times are nanoseconds.
type auditedCall struct {
	id      string
	arrival acd.Command
	auditProfile
	order int // of arrival

	place     auditPlace
	began     int64 // the place
	queue     *auditQueue
	joined    int64  // the queue's line; 0: not yet
	step      int    // the last one entered that has needs
	passed    uint64 // the steps that will not come again, one bit each
	since     int64
	own       string // the agent of last time, or whom it was passed to
	holdUntil int64  // 0: not held
	holdable  bool   // a hold may be or have been kept for it
	agent     string // who rings or talks, or did so just now
	offer     string

	// What head starts were worth when the call got them.
	cap     time.Duration // D
	ownHead time.Duration // with the own agent

	// What agents left for the next one, see acd.Context.
	notes, met []string
	passedOn   bool   // by an agent or a supervisor, to anyone
	passedTo   string // the agent whom it was passed to, if to one
	passer     string // the agent who has passed it on and is not yet free

	booked *auditBooking // nil: no callback
	// The guard: the next overdue is due longest after stays.
	stays int64
	told  bool
}

// auditedAgent is what commands and events told of an agent.
type auditedAgent struct {
	id     string
	skills acd.Skills
	state  acd.State
	since  int64     // of the state
	idle   int64     // when last becoming ready
	keep   bool      // the caller went: the idle mark is kept
	wish   acd.State // what was asked for while ringing or talking

	// Why the customer of the agent's callback could not be reached, until the
	// agent's next state is told.
	unreached string

	// Since the last login from logged_out.
	talks   int
	busy    int64
	staffed int64

	lastCall string // the last one that ended
}

type auditedOffer struct {
	id    string
	call  *auditedCall
	agent *auditedAgent
	until time.Time
}

func (a *Auditor) addCall(cmd acd.Command) {
	a.arrivals++
	cmd.Attributes = maps.Clone(cmd.Attributes)
	c := &auditedCall{
		id: cmd.Call, arrival: cmd, auditProfile: a.rules.profile(cmd),
		order: a.arrivals, place: auditArriving, cap: a.rules.cap,
	}
	a.calls[cmd.Call], a.live[c] = c, true
}

func (a *Auditor) addAgent(id string) *auditedAgent {
	x := &auditedAgent{id: id, state: acd.StateLoggedOut}
	a.agents[id] = x
	a.roster = append(a.roster, x)
	return x
}

// enter changes an agent's state.
func (x *auditedAgent) enter(state acd.State, now int64) {
	spent := now - x.since
	switch x.state {
	case acd.StateTalking, acd.StateWrapUp:
		x.busy += spent
		x.staffed += spent
	case acd.StateReady, acd.StateOffered:
		x.staffed += spent
	}
	x.state, x.since = state, now
}

// wishes notes what is asked for while ringing or talking, which takes effect
// later.
func (x *auditedAgent) wishes(what acd.CommandType) {
	if x.state != acd.StateOffered && x.state != acd.StateTalking {
		return
	}
	switch {
	case what == acd.CmdNotReady:
		x.wish = acd.StateNotReady
	case what == acd.CmdLogout:
		x.wish = acd.StateLoggedOut
	case what == acd.CmdReady, x.wish == acd.StateLoggedOut: // or logged in again
		x.wish = ""
	}
}

// occupied returns the times that make up the agent's occupancy.
func (x *auditedAgent) occupied(now int64) (busy, staffed int64) {
	y := *x
	y.enter(x.state, now)
	return y.busy, y.staffed
}

// settle gives a call its outcome.
func (a *Auditor) settle(c *auditedCall) {
	a.leaveLine(c)
	a.endHold(c)
	c.place = auditDone
	delete(a.live, c)
	if len(a.live) == 0 {
		a.bound = a.rules.cap
	}
	if forgotten := a.finished.add(c.id); forgotten != "" {
		delete(a.calls, forgotten)
	}
}

// stay puts a call in a place, where a new stay begins.
func (a *Auditor) stay(c *auditedCall, place auditPlace, now int64) {
	a.leaveLine(c)
	c.place, c.began, c.stays, c.told = place, now, now, false
	if place == auditInLine {
		a.line = append(a.line, c)
	}
}

// join puts a call in a queue's line, at the foot of its ladder.
func (a *Auditor) join(c *auditedCall, q *auditQueue, now int64) {
	c.queue, c.joined = q, now
	c.passed, c.step = q.passed(0)
	a.stay(c, auditInLine, now)
}

func (a *Auditor) leaveLine(c *auditedCall) {
	if c.place == auditInLine {
		a.line = slices.DeleteFunc(a.line, func(other *auditedCall) bool { return other == c })
		c.place = auditMoving
	}
}

// waited is the time waited until now: in line or ringing, not in a talk nor
// at rest.
func (c *auditedCall) waited(now int64) int64 {
	switch c.place {
	case auditTalking, auditResting, auditAsked:
		now = c.began
	}
	return now - c.since
}

// recallOwn gives an arriving call the agent of last time, in the queue that
// it is for.
func (a *Auditor) recallOwn(c *auditedCall, at time.Time) {
	if !a.rules.remembers(c) {
		return
	}
	if c.own = c.lastAgent; c.own == "" {
		c.own = a.memory.agent(c.queue.name, c.person, at)
	}
	c.ownHead = a.rules.own
}

// beginHold keeps a call for its own agent, if on shift and able to serve the
// queue.
func (a *Auditor) beginHold(c *auditedCall, now time.Time) {
	x := a.agents[c.own]
	c.holdable = c.own != ""
	if a.rules.hold <= 0 || x == nil || !x.skills.Meets(c.queue.floor) {
		return
	}
	if x.state != acd.StateNotReady && x.state != acd.StateLoggedOut {
		c.holdUntil = now.Add(a.rules.hold).UnixNano()
		a.held[c] = true
	}
}

func (a *Auditor) endHold(c *auditedCall) {
	c.holdUntil = 0
	delete(a.held, c)
}

// endHolds ends those of an agent who has gone or no longer meets the floor.
// A hold also ends by time, see isHeld.
func (a *Auditor) endHolds(x *auditedAgent) {
	gone := x.state == acd.StateNotReady || x.state == acd.StateLoggedOut
	for c := range a.held {
		if c.own == x.id && (gone || !x.skills.Meets(c.queue.floor)) {
			a.endHold(c)
		}
	}
}

// silentEffect is what a login or a new plan does without a word of its own.
func (a *Auditor) silentEffect() {
	cmd := a.silent
	if cmd == nil {
		return
	}
	a.silent = nil
	if cmd.Type == acd.CmdPlan {
		a.follow(*cmd.Plan, cmd.At)
		return
	}
	x := a.agents[cmd.Agent]
	x.skills = maps.Clone(cmd.Skills)
	a.endHolds(x)
}
