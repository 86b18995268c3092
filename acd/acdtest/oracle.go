package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// How much of the past an Oracle remembers.
const (
	finishedRemembered = 100_000
	offersRemembered   = 131_072
	agentsKnown        = 100_000
)

// Oracle is the whole Engine told again in the dumbest way: slices, no index,
// everything recomputed. Every question (who is next, which position, which
// deadline) is answered by a loop over all there is, so an Apply costs
// O(calls × agents) and more. It exists to be compared with the Engine event
// by event; it is not safe for concurrent use.
//
// Where the rules of package acd seem to leave a choice, the Oracle does this.
//
// Names and numbers: offers are "o1", "o2", … in the order of offering; Seq
// counts from 1.
//
// Agents: not_ready comes with the reason "login", the command's own (none:
// "not_ready"), the reason why the offer or bridge failed, or the remembered
// one; ready with "ready", "wrap_up", "rested", "hangup" (the caller of the
// offer went, or the callback was cancelled) or "ended" (no wrap-up); wrap_up with "ended"; logged_out with
// "logout". A remembered not_ready or logout comes in place of the ready, or
// of the rest, that would have come; a miss counts all the same. The ready
// command starts the misses anew and cancels what is remembered in any state
// that it is not refused in. What takes effect at once forgets what was
// remembered. The end of a rest does not start the misses anew. A second login
// replaces the skills and cancels a remembered logout alone. A conversation is
// one that ended; its disposition outlives a logout.
//
// Arrivals: the test for a duplicate compares all fields of the arrival as
// given, but At; then the optional data is cleaned, the tier
// found, max_calls tested, the entry rule found, and the capacity of its queue
// tested. A call that a full queue sends to another has not been in the full
// one. Warnings go with the arrival's queued,
// blocked, diverted or suggested. Blocked and
// diverted calls are finished calls. A caller number without anything but
// punctuation is withheld.
//
// Places: the position counts the calls of that line, held ones too, with a
// smaller (urgency without the affinity head start, order of arrival).
// Requeued carries the reason of withdrawn, or "bridge_failed", which moves
// since on by the length of the talk.
//
// Affinity: the own agent is the arrival's last_agent, known or not, else the
// memory of the queue first joined. It is eligible if it meets the step or the
// floor, and then has the affinity head start and the reason "same_agent". A
// hold begins if the own agent is known, logged in, not not_ready, and meets
// the floor; it may run on while the call rings, and ends for good at its
// deadline, when the agent goes not_ready or out, when new skills, an overflow
// or another plan leave the floor unmet, when the call goes to rest, and when it
// connects. Whether an unverified caller is trusted is judged at arrival, and
// holds for what the talk leaves in the memory too.
//
// Time: a call's ladder timers count as created when it joins, in order, then
// the hold; the others when their state begins. At one instant those that
// exist fire in that order, then matching runs, and again while any is due.
// Do steps that fall due while the call rings are done in order after
// requeued and agent; what fell due during a talk whose bridge failed is
// entered likewise, each at that instant. Once one moves or finishes the call,
// the rest of that ladder is void.
//
// Estimates: where a ready agent is eligible for the call the estimate is no
// wait, at any position; else, without a staffed agent who meets the floor, it
// is not known. Every stretch of time is told to every Pace before anything
// happens at its end, so an estimate knows all that is past; no time passes
// before the first command. A call that comes into line with requeued does not
// join, and a callback that leaves the line is no giving up.
//
// Hours: an interval begins with the first instant at which the clocks read so,
// and ends with the last; if they never do, at the change. The intervals of the
// local day, of two days before it and of one after it are looked at.
//
// Callbacks: the window is told as commanded, also when it is open already.
// Announcements are asleep from the booking on, in line and ringing. A call
// booked while its queue was closed stands in no ladder before it joins.
//
// Ladders: a step with a condition that is past at a plan change counts as
// entered. After a failed bridge the next announcement is set after the steps
// that were missed. What rings at a plan change keeps its timer, so its ladder,
// read anew, counts as created after it.
//
// Guard: after a plan change with another longest stay, all stays that were not
// told of are watched anew, after the ladders; a stay that was told of is not
// told again. An offer ends a stay, and requeued begins one before the agent's
// rest. [Oracle.Next] leaves the guard out unless the plan names a longest stay:
// it is told with whatever comes next.
//
// Plan change: an agent in wrap-up for a queue that is gone teaches no Pace.
// Found fills in what is empty as given, before the arrival is cleaned.
//
// Refusals judged first, in this order: the type, At, the ids, the other
// values, time going backwards.
type Oracle struct {
	plan acd.Plan

	started bool
	now     int64 // nanoseconds since 1970, as all instants here
	seq     uint64
	events  []acd.Event // of the Apply that runs

	agents []*oracleAgent
	calls  []*oracleCall // in order of arrival; the finished ones too
	offers []*oracleOffer
	timers []oracleTimer
	memory []oracleMemory // longest unwritten first
	paces  []oraclePace

	arrived, finished, timed, stays int
}

// NewOracle returns an Oracle without agents and calls. The plan is taken to
// be valid and must not be changed afterwards.
func NewOracle(plan acd.Plan) *Oracle { return &Oracle{plan: plan} }

// Next returns the earliest deadline, if there is any before the year 2201. The
// guard's count only if the plan names a longest stay.
func (o *Oracle) Next() (time.Time, bool) {
	at, ok := o.earliest(o.plan.LongestStay == nil)
	if !ok || instant(at).Year() > 2200 {
		return time.Time{}, false
	}
	return instant(at), true
}

// Apply runs what falls due up to cmd.At and then the command, and returns the
// events of both. An error is a [*acd.Refused].
func (o *Oracle) Apply(cmd acd.Command) ([]acd.Event, error) {
	if refused := o.judge(cmd); refused != nil {
		return nil, refused
	}
	o.events = nil
	at := cmd.At.UnixNano()
	for {
		due, ok := o.earliest(false)
		if !ok || due > at {
			break
		}
		o.pass(due)
		o.fireRound()
		o.match()
	}
	o.pass(at)
	if refused := o.carryOut(cmd); refused != nil {
		return o.events, refused
	}
	o.match()
	return o.events, nil
}

func (o *Oracle) carryOut(cmd acd.Command) *acd.Refused {
	switch cmd.Type {
	case acd.CmdLogin:
		return o.login(cmd)
	case acd.CmdLogout:
		return o.logout(cmd)
	case acd.CmdReady:
		return o.ready(cmd)
	case acd.CmdNotReady:
		return o.notReady(cmd)
	case acd.CmdWrapUp:
		return o.wrapUp(cmd)
	case acd.CmdArrive:
		return o.arrive(cmd)
	case acd.CmdHangup:
		return o.hangup(cmd)
	case acd.CmdEnd:
		return o.end(cmd)
	case acd.CmdBridgeFailed:
		return o.bridgeFailed(cmd)
	case acd.CmdAccept:
		return o.accept(cmd)
	case acd.CmdDecline:
		return o.decline(cmd)
	case acd.CmdCallback:
		return o.bookCallback(cmd)
	case acd.CmdCancel:
		return o.cancel(cmd)
	case acd.CmdDeflect:
		return o.deflect(cmd)
	case acd.CmdTransfer:
		return o.transfer(cmd)
	case acd.CmdPlan:
		return o.changePlan(cmd)
	}
	return nil
}

func (o *Oracle) emit(e acd.Event) {
	o.seq++
	e.Seq = o.seq
	e.At = instant(o.now)
	o.events = append(o.events, e)
}

func (o *Oracle) agent(id string) *oracleAgent {
	for _, a := range o.agents {
		if a.id == id {
			return a
		}
	}
	return nil
}

func (o *Oracle) call(id string) *oracleCall {
	for _, c := range o.calls {
		if c.given.Call == id {
			return c
		}
	}
	return nil
}

func (o *Oracle) queue(name string) *acd.Queue {
	for i := range o.plan.Queues {
		if o.plan.Queues[i].Name == name {
			return &o.plan.Queues[i]
		}
	}
	return nil
}

func instant(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).UTC() }

func orElse[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

func refused(code acd.Code, detail string) *acd.Refused {
	return &acd.Refused{Code: code, Detail: detail}
}
