package acd

import "maps"

// call is a caller from arrival to outcome.
type call struct {
	id    string
	state callState

	order     uint64 // of arrival
	since     int64  // when the caller began to wait, as if without a break
	headStart int64  // the sum, before the cap and without the affinity's
	// lead is the head start under the cap of the time when it was given,
	// ownLead that with the own agent.
	lead, ownLead int64

	caller, customer, tier string
	number                 string // the caller number to remember by, "" if withheld
	attributes             map[string]string
	entry                  string
	known                  bool // may have tier and affinity: verified, or nobody asks

	queue *queueState
	been  []string // queues before this one
	line  *line    // while waiting
	lined int64    // since when, whatever the step
	step  int      // the last step with needs that was entered
	next  int      // the first step that has not fallen due
	late  uint32   // bits of the steps put off while ringing
	// joined is when the call joined the queue, steps the number of its first
	// step among the timers.
	joined int64
	steps  uint64
	ladder alarm

	own    *agent
	passed bool // own is whom the call was passed to, not whom the caller knows
	held   bool // for the own agent alone
	hold   alarm

	announce alarm
	back     *booking // of a callback
	rested   int64    // when resting, or being asked, began
	stay     stay
	notes    []string
	met      []string // agents

	agent  *agent // ringing or talking
	offer  uint64
	ring   alarm
	talked int64 // when the talk began
}

type callState uint8

const (
	waiting callState = iota
	ringing
	talking
	resting // a callback that is not due
	asked   // the queue was closed when it came, and a callback is suggested
)

// knownCall is what an id stands for: a call, or one that has had its outcome.
type knownCall struct {
	call  *call  // nil after the outcome
	print uint64 // of the arrive command, to tell a repeat
}

const (
	// never is when a call joined its queue that was closed when it came.
	never = -1
	// rememberedCalls is how many finished calls are remembered.
	rememberedCalls = 100_000
	// spareCalls is how many records are kept for calls to come.
	spareCalls = 1_000
)

// finish is for a call that has had its outcome, and that nobody may touch any
// more. Its id stays known until many others have finished.
func (e *Engine) finish(c *call) {
	e.leaveLadder(c)
	e.cancel(&c.hold)
	e.cancel(&c.ring)
	if c.back != nil {
		e.cancel(&c.back.due)
		e.cancel(&c.back.expiry)
	}
	e.unwatch(c)
	if c.own != nil {
		e.forgetStranger(c.own)
	}
	e.live--
	known := e.calls[c.id]
	known.call = nil
	e.calls[c.id] = known
	if len(e.finished) < rememberedCalls {
		e.finished = append(e.finished, c.id)
	} else {
		delete(e.calls, e.finished[e.oldest])
		e.finished[e.oldest] = c.id
		e.oldest = (e.oldest + 1) % rememberedCalls
		e.shrinkCalls()
	}
	*c = call{}
	if len(e.spare) < spareCalls {
		e.spare = append(e.spare, c)
	}
}

// shrinkCalls makes the map of calls anew when it has become far too large.
func (e *Engine) shrinkCalls() {
	if e.most < 2*len(e.calls) {
		return
	}
	calls := make(map[string]knownCall, len(e.calls))
	maps.Copy(calls, e.calls)
	e.calls, e.most = calls, len(calls)
}
