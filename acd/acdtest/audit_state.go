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
	auditInLine    auditPlace = "in line"
	auditRinging   auditPlace = "ringing"
	auditWithdrawn auditPlace = "withdrawn and not yet back in line"
	auditMoving    auditPlace = "between two queues"
	auditTalking   auditPlace = "talking"
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
	queue     *auditQueue
	step      int // the last one entered that has needs
	since     int64
	own       string // the agent of last time
	holdUntil int64  // 0: not held
	agent     string // who rings or talks, or did so just now
	talkBegan int64
	offer     string
}

// auditedAgent is what commands and events told of an agent.
type auditedAgent struct {
	id     string
	skills acd.Skills
	state  acd.State
	since  int64 // of the state
	idle   int64 // when last becoming ready
	keep   bool  // the caller went: the idle mark is kept

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
	a.calls[cmd.Call] = &auditedCall{
		id: cmd.Call, arrival: cmd, auditProfile: a.rules.profile(cmd),
		order: a.arrivals, place: auditArriving,
	}
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
	if forgotten := a.finished.add(c.id); forgotten != "" {
		delete(a.calls, forgotten)
	}
}

func (a *Auditor) joinLine(c *auditedCall) {
	if c.place != auditInLine {
		c.place = auditInLine
		a.line = append(a.line, c)
	}
}

func (a *Auditor) leaveLine(c *auditedCall) {
	if c.place == auditInLine {
		a.line = slices.DeleteFunc(a.line, func(other *auditedCall) bool { return other == c })
	}
}

// beginHold keeps a call that arrives for its own agent, where the plan says so
// and the agent is on shift and can serve the queue.
func (a *Auditor) beginHold(c *auditedCall, now time.Time) {
	x := a.agents[c.own]
	if a.rules.mode != acd.AffinityHold || a.rules.hold <= 0 || x == nil || !x.skills.Meets(c.queue.floor) {
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

// replaceSkills is the effect of a login, if one is to come.
func (a *Auditor) replaceSkills() {
	if a.relogin == nil {
		return
	}
	x := a.agents[a.relogin.Agent]
	x.skills = maps.Clone(a.relogin.Skills)
	a.relogin = nil
	a.endHolds(x)
}
