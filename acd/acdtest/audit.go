package acdtest

import (
	"errors"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// The laws that an [Auditor] knows, one function each in the audit_law files.
const (
	// LawConservation: every arrival is queued, blocked or diverted at once, or
	// a callback is suggested to it, and it gets exactly one outcome; nothing is
	// told about a call that never arrived, nor about one after its outcome but
	// a late disposition. A new plan has the queue of every live call.
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
	// began to wait more than max_head_start before the offered one. Of several
	// plans the largest counts, since no call was without an outcome.
	LawOvertaking = "overtaking bound"
	// LawHold: a call of one's own agent is kept from the others only while
	// the hold lasts.
	LawHold = "hold bounded"
	// LawWaiting: the time waited is now minus since, and since moves only by
	// talks, by the rests of a callback, and while a call that found its queue
	// closed is in no line.
	LawWaiting = "nothing waits twice"
	// LawCallbacks: a callback is booked as asked for and keeps its urgency. It
	// is offered with an agent of its own, never before its window opens nor
	// when it has closed. A customer who cannot be reached costs neither the
	// agent nor the place. It comes back exactly when its window opens or the
	// rest is over, and fails exactly when the window closes or the attempts
	// are used up.
	LawCallbacks = "callbacks keep place"
	// LawTransfers: a call that is passed on keeps the time waited, what is
	// known of the caller, the notes and the agents met, and its head start
	// grows.
	LawTransfers = "transfers keep everything"
	// LawNumbers: seq without gaps, at in order, the order of events inside an
	// Apply, positions, and the figures that events carry; steps no earlier than
	// due and none twice, their conditions as far as they can be counted, and a
	// word about every call that stays too long.
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
// can, but what it says after the first one may follow from it. It leaves to
// the comparison with an [Oracle]: whether a queue was closed or full, whether
// a step or an announcement was left out, and the estimates, of which it asks
// only that they are possible at all.
//
// Each command costs time in proportion to waiting calls × ready agents and to
// the live calls. It holds on to those and the latest 100,000 finished ones.
//
// Not safe for concurrent use.
type Auditor struct {
	rules auditRules
	found []Violation

	now      time.Time // the last instant that is known of
	seq      uint64
	arrivals int // so far: the arrival order

	bound time.Duration // of overtaking

	calls    map[string]*auditedCall
	live     map[*auditedCall]bool // those without an outcome
	line     []*auditedCall        // calls in line, of all queues
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
	cmd  acd.Command // the present one
	err  error
	// Whether the present command has passed its call on.
	transferred bool
	// A login or a plan that has not yet taken effect.
	silent *acd.Command
}

// NewAuditor returns an Auditor of a router that starts empty with the plan,
// which must be a valid one.
func NewAuditor(plan acd.Plan) *Auditor {
	rules := newAuditRules(plan)
	return &Auditor{
		rules:    rules,
		bound:    rules.cap,
		calls:    map[string]*auditedCall{},
		live:     map[*auditedCall]bool{},
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
	first := isRefused && auditJudgedFirst(refused.Code, cmd)
	if err != nil && (!isRefused || first) && len(events) == 0 {
		return nil // as if it had not been given, not even its time
	}
	if first {
		a.report(LawNumbers, events[0].At, "%s is judged before any timer, yet there are events", refused.Code)
	}
	a.cmd, a.err, a.silent, a.transferred = cmd, err, nil, false
	if err == nil {
		a.expect(cmd)
	}
	settled := auditLastButOffers(events)
	for i, ev := range events {
		a.takesEffect(cmd, ev, i > settled)
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
		a.silent = &cmd
	case acd.CmdPlan:
		a.silent = &cmd
	case acd.CmdArrive:
		if c := a.calls[cmd.Call]; c == nil {
			a.addCall(cmd)
		} else if auditOtherArrival(c.arrival, cmd) {
			a.report(LawConservation, cmd.At, "another arrival of %s came to nothing and was not refused", cmd.Call)
		}
	}
}

// takesEffect puts what a command does without a word, the new skills of
// somebody who is logged in or a new plan, in its place among the events. They
// come from timers, up to the command's own instant, until the last that is not
// an offer, since such a command itself causes nothing but offers. Of the offers
// that end the list, a first part may still be of the timers: those were made
// with the old skills and the old plan and went on until no pair was left, and
// all later ones are of the command. So nothing is left to guess.
func (a *Auditor) takesEffect(cmd acd.Command, ev acd.Event, trailing bool) {
	if a.silent == nil || !trailing || !ev.At.Equal(cmd.At) {
		return
	}
	a.passTo(ev.At)
	if a.leftPair(cmd.At) == nil {
		a.silentEffect()
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
	a.callbacksKeepPlace(ev)
	a.transfersKeepEverything(ev)
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
		a.deadlines(t.Add(-1))
	}
	a.now = t
}

// finish checks what must hold when Apply returns.
func (a *Auditor) finish(cmd acd.Command, err error) {
	a.passTo(cmd.At)
	a.silentEffect()
	a.completeMatching(a.now)
	a.holdBounded(a.now)
	a.deadlines(a.now)
	a.ringingIsOver()
	a.planIsJudged(cmd, err)
	if a.owed.need() {
		a.notPaid(a.now, "nothing")
		a.owed = auditOwed{}
	}
	if err == nil {
		a.carriedOut(cmd)
	}
}

// carriedOut checks that a command that was not refused did what it asks for.
func (a *Auditor) carriedOut(cmd acd.Command) {
	c, x := a.calls[cmd.Call], a.agents[cmd.Agent]
	switch cmd.Type {
	case acd.CmdArrive:
		if c != nil && c.place == auditArriving {
			a.report(LawConservation, a.now, "%s arrived and was neither queued, blocked, diverted nor suggested a callback", cmd.Call)
			a.settle(c)
		}
	case acd.CmdDeflect:
		if c != nil && c.place != auditDone {
			a.report(LawConservation, a.now, "%s was deflected and is still %s", cmd.Call, c.place)
		}
	case acd.CmdCallback, acd.CmdCancel:
		a.callbackCarriedOut(c, cmd)
	case acd.CmdTransfer:
		a.transferCarriedOut(c, cmd)
	case acd.CmdReady, acd.CmdNotReady, acd.CmdLogin, acd.CmdLogout:
		if x != nil {
			x.wishes(cmd.Type)
		}
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
// nothing, not even the clock. Of plans, those are that can never be good.
func auditJudgedFirst(code acd.Code, cmd acd.Command) bool {
	switch code {
	case acd.CodeBadPlan:
		return cmd.Plan == nil || cmd.Plan.Validate() != nil
	case acd.CodeMalformed, acd.CodeBadValue, acd.CodeBadID, acd.CodeTimeBackwards:
		return true
	}
	return false
}
