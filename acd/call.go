package acd

// call is a caller from arrival on, and for a while after the outcome.
type call struct {
	id    string
	state callState
	print uint64 // of the arrive command, to tell a repeat

	order     uint64 // of arrival
	since     int64  // when the caller began to wait, as if without a break
	headStart int64  // the sum, before the cap and without the affinity's

	caller, customer, tier string
	number                 string // the caller number to remember by, "" if withheld
	attributes             map[string]string
	entry                  string
	known                  bool // may have tier and affinity: verified, or nobody asks

	queue *queueState
	been  []*queueState // queues before this one
	line  *line         // while waiting
	step  int           // the last step with needs that was entered
	next  int           // the first step that has not fallen due
	late  uint32        // bits of the steps put off while ringing
	// joined is when the call joined the queue, steps the number of its first
	// step among the timers.
	joined int64
	steps  uint64
	ladder alarm

	own  *agent
	held bool // for the own agent alone
	hold alarm

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
	finished
)

// rememberedCalls is how many finished calls are remembered.
const rememberedCalls = 100_000

// finish is for a call that has had its outcome. What it held is let go; its
// id stays known until that many others have finished.
func (e *Engine) finish(c *call) {
	e.cancel(&c.ladder)
	e.cancel(&c.hold)
	e.cancel(&c.ring)
	if c.own != nil {
		e.forgetStranger(c.own)
	}
	*c = call{id: c.id, state: finished, print: c.print}
	e.live--
	if len(e.finished) < rememberedCalls {
		e.finished = append(e.finished, c)
		return
	}
	e.spare = e.finished[e.oldest]
	delete(e.calls, e.spare.id)
	e.finished[e.oldest] = c
	e.oldest = (e.oldest + 1) % rememberedCalls
}
