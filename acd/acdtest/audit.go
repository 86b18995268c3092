package acdtest

import (
	"errors"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// The laws that an [Auditor] knows, one function each in the audit_law files.
const (
	// LawConservation: every arrival is queued, blocked or diverted at once
	// and gets exactly one outcome; nothing is told about a call that never
	// arrived, nor about one after its outcome but a late disposition.
	LawConservation = "conservation"
	// LawOneCallOneAgent: an offer reserves one waiting call and one ready
	// agent, and ends in exactly one connected or withdrawn, by the end of its
	// ringing at the latest.
	LawOneCallOneAgent = "one call one agent"
	// LawCompleteMatching: no instant is left with a waiting call and a ready
	// agent eligible for it.
	LawCompleteMatching = "complete matching"
	// LawEligibility: the offered agent was eligible for that call just then.
	LawEligibility = "eligibility"
	// LawOrder: an offer is the earliest pair of all, and the agent is the
	// call's own, if that one can, or else the one whom the queue selects.
	LawOrder = "order"
	// LawOvertaking: no call in line that the offered agent could have taken
	// began to wait more than max_head_start before the offered one.
	LawOvertaking = "overtaking bound"
	// LawHold: a call of one's own agent is kept from the others only while
	// the hold lasts.
	LawHold = "hold bounded"
	// LawWaiting: the time waited is now minus since, and since moves only by
	// the talk of a failed bridge.
	LawWaiting = "nothing waits twice"
	// LawNumbers: seq without gaps, at in order, the order of events inside an
	// Apply, positions, and the figures that events carry.
	LawNumbers = "numbers"
)

// Violation is one breach of a law.
type Violation struct {
	Law    string
	At     time.Time
	Detail string
}

// String is one line.
func (v Violation) String() string {
	return v.At.UTC().Format(time.RFC3339Nano) + " " + v.Law + ": " + v.Detail
}

// Auditor reads what goes into a router and what comes out, from the first
// command on, and says which of the laws was broken. It decides nothing
// itself: it believes the events about what happened and checks them against
// the plan.
//
// It says nothing of a lawful stream. After a breach it goes on as well as it
// can, but what it says after the first one may follow from it. Each command
// costs time in proportion to waiting calls × ready agents. It holds on to the
// live calls and the latest 100,000 finished ones.
//
// Not safe for concurrent use.
type Auditor struct {
	rules auditRules
	found []Violation

	now      time.Time // the last instant that is known of
	seq      uint64
	arrivals int // so far: the arrival order

	calls    map[string]*auditedCall
	line     []*auditedCall // calls in line, of all queues
	held     map[*auditedCall]bool
	finished auditRecent // calls

	agents map[string]*auditedAgent
	roster []*auditedAgent // in the order of their first login
	offers map[string]*auditedOffer
	over   map[string]bool // offers that are over
	spent  auditRecent     // the same, by age
	memory *auditMemory

	owed auditOwed // what must come next
	last acd.Event
	// A login whose new skills have not yet taken effect.
	relogin *acd.Command
}

// NewAuditor returns an Auditor of a router that starts empty with the plan,
// which must be a valid one.
func NewAuditor(plan acd.Plan) *Auditor {
	rules := newAuditRules(plan)
	return &Auditor{
		rules:    rules,
		calls:    map[string]*auditedCall{},
		held:     map[*auditedCall]bool{},
		finished: auditRecent{limit: auditFinished},
		agents:   map[string]*auditedAgent{},
		offers:   map[string]*auditedOffer{},
		over:     map[string]bool{},
		spent:    auditRecent{limit: auditSpentOffers},
		memory:   newAuditMemory(rules.entries, rules.remember),
	}
}

// Applied takes one command and what Apply returned. It returns the violations
// found, nil if none.
func (a *Auditor) Applied(cmd acd.Command, events []acd.Event, err error) []Violation {
	a.found = nil
	refused, isRefused := errors.AsType[*acd.Refused](err)
	if err != nil && (!isRefused || auditJudgedFirst(refused.Code)) && len(events) == 0 {
		return nil // as if it had not been given, not even its time
	}
	if isRefused && auditJudgedFirst(refused.Code) {
		a.report(LawNumbers, events[0].At, "%s is judged before any timer, yet there are events", refused.Code)
	}
	a.relogin = nil
	if err == nil {
		a.expect(cmd)
	}
	settled := auditLastButOffers(events)
	for i, ev := range events {
		a.reLogin(cmd, ev, i > settled)
		a.read(ev, cmd.At)
	}
	a.finish(cmd, err)
	return a.found
}

// expect takes note of what a command that was not refused will do.
func (a *Auditor) expect(cmd acd.Command) {
	switch cmd.Type {
	case acd.CmdLogin:
		if a.agents[cmd.Agent] == nil {
			a.addAgent(cmd.Agent)
		}
		a.relogin = &cmd
	case acd.CmdArrive:
		if c := a.calls[cmd.Call]; c == nil {
			a.addCall(cmd)
		} else if auditOtherArrival(c.arrival, cmd) {
			a.report(LawConservation, cmd.At, "another arrival of %s came to nothing and was not refused", cmd.Call)
		}
	}
}

// reLogin puts the silent effect of a login, new skills of somebody who is
// logged in, in its place among the events. They come from timers, up to the
// command's own instant, until the last that is not an offer, since such a
// login itself causes nothing but offers. Of the offers that end the list, a
// first part may still be of the timers: those were made with the old skills
// and went on until no pair was left, and all later ones are of the login. So
// nothing is left to guess.
func (a *Auditor) reLogin(cmd acd.Command, ev acd.Event, trailing bool) {
	if a.relogin == nil || !trailing || !ev.At.Equal(cmd.At) {
		return
	}
	a.passTo(ev.At)
	if a.leftPair(cmd.At) == nil {
		a.replaceSkills()
	}
}

// auditLastButOffers is the index of the last event that is not an offer.
func auditLastButOffers(events []acd.Event) int {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Type != acd.EventOffered {
			return i
		}
	}
	return -1
}

// read checks one event against the state before it, then believes it.
func (a *Auditor) read(ev acd.Event, limit time.Time) {
	if ev.At.After(limit) {
		a.passTo(limit)
	} else {
		a.passTo(ev.At)
	}
	a.numbers(ev, limit)
	a.conservation(ev)
	a.oneCallOneAgent(ev)
	a.nothingWaitsTwice(ev)
	if o := a.offerable(ev); o != nil {
		a.eligibility(o)
		a.order(o)
		a.overtakingBound(o)
		a.explanation(o)
	}
	a.believe(ev)
	a.last = ev
}

// passTo lets the time pass until just before t. All timers of the instants
// before and the matching after them are over, so nothing may be left there.
func (a *Auditor) passTo(t time.Time) {
	if !t.After(a.now) {
		return
	}
	if !a.now.IsZero() {
		a.completeMatching(t.Add(-1))
		a.holdBounded(t.Add(-1))
	}
	a.now = t
}

// finish checks what must hold when Apply returns.
func (a *Auditor) finish(cmd acd.Command, err error) {
	a.passTo(cmd.At)
	a.replaceSkills()
	a.completeMatching(a.now)
	a.holdBounded(a.now)
	a.ringingIsOver()
	if a.owed.need() {
		a.report(LawNumbers, a.now, "%s, and %s did not follow", a.owed.because, a.owed.what())
		a.owed = auditOwed{}
	}
	if err != nil || cmd.Type != acd.CmdArrive {
		return
	}
	if c := a.calls[cmd.Call]; c != nil && c.place == auditArriving {
		a.report(LawConservation, a.now, "%s arrived and was neither queued, blocked nor diverted", cmd.Call)
		a.settle(c)
	}
}

// Close is for the end of a stream: conservation needs every remaining call
// accounted for as live.
func (a *Auditor) Close() []Violation {
	a.found = nil
	a.everyCallIsSomewhere()
	return a.found
}

func (a *Auditor) report(law string, at time.Time, format string, args ...any) {
	a.found = append(a.found, Violation{law, at, fmt.Sprintf(format, args...)})
}

// auditJudgedFirst reports whether a command refused with the code changes
// nothing, not even the clock.
func auditJudgedFirst(code acd.Code) bool {
	switch code {
	case acd.CodeMalformed, acd.CodeBadValue, acd.CodeBadID, acd.CodeBadPlan, acd.CodeTimeBackwards:
		return true
	}
	return false
}
