package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// beginStay notes that the call came to stand where it stands: in line, in a
// talk, or with a suggestion. That must not last too long; if it does, it is
// told once, and the stay is watched no more.
func (o *Oracle) beginStay(c *oracleCall) {
	o.endStay(c)
	o.stays++
	c.stay = o.stays
	o.watch(c)
}

func (o *Oracle) endStay(c *oracleCall) {
	c.stay = 0
	o.dropTimersOf(c, timerGuard)
}

func (o *Oracle) watch(c *oracleCall) {
	if longest := longestStay(o.plan); longest > 0 {
		o.setTimer(longest, oracleTimer{kind: timerGuard, call: c})
	}
}

func longestStay(plan acd.Plan) time.Duration { return orElse(plan.LongestStay, 24*time.Hour) }

func (o *Oracle) tellOverdue(c *oracleCall) {
	e := acd.Event{Type: acd.EventOverdue, Call: c.given.Call, Queue: c.queue.Name}
	switch c.place {
	case inLine:
		e.Reason = acd.ReasonWaiting
	case talking:
		e.Reason = acd.ReasonTalking
		e.Agent = c.offer.agent.id
	case suggested:
		e.Reason = acd.ReasonSuggested
	}
	o.emit(e)
	o.endStay(c)
}
