package acdtest

import (
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditOwed is what the very next event must be; zero: anything.
type auditOwed struct {
	because string
	types   []acd.EventType
	call    string
	agent   string
	to      string // the queue that is joined
	number  string
}

func (o *auditOwed) need() bool { return o.because != "" }

func (o *auditOwed) what() string {
	names := make([]string, 0, len(o.types))
	for _, t := range o.types {
		names = append(names, string(t))
	}
	return strings.Join(names, " or ") + " of " + o.call + o.agent
}

func (o *auditOwed) is(ev acd.Event) bool {
	return slices.Contains(o.types, ev.Type) &&
		(o.call == "" || o.call == ev.Call) && (o.agent == "" || o.agent == ev.Agent) &&
		(o.to == "" || o.to == ev.Queue) && (o.number == "" || o.number == ev.Number)
}

// numbers: seq, at, the order of events that belong together, and all figures
// that follow from the others.
func (a *Auditor) numbers(ev acd.Event, limit time.Time) {
	wrong := func(format string, args ...any) { a.report(LawNumbers, ev.At, format, args...) }
	if ev.Seq != a.seq+1 {
		wrong("seq %d after %d", ev.Seq, a.seq)
	}
	a.seq = ev.Seq
	if ev.At.Before(a.now) {
		wrong("%s at %s, after %s", ev.Type, ev.At, a.now)
	}
	if ev.At.After(limit) {
		wrong("%s at %s, and the command came at %s", ev.Type, ev.At, limit)
	}
	if a.owed.need() && !a.owed.is(ev) {
		wrong("%s, and %s did not follow but %s", a.owed.because, a.owed.what(), ev.Type)
	}
	c := a.calls[ev.Call]
	a.owed = a.owes(c, ev)
	if c == nil || c.place == auditDone {
		return
	}
	switch ev.Type {
	case acd.EventQueued, acd.EventRequeued:
		if want := a.position(c, ev); ev.Position != want {
			wrong("%s of %s at position %d, which is %d", ev.Type, ev.Call, ev.Position, want)
		}
	case acd.EventStep:
		if c.queue != nil && (ev.Queue != c.queue.name || ev.Step < 1 || c.queueStep(ev.Step) == nil) {
			wrong("%s enters step %d of %s, which is not there", ev.Call, ev.Step, ev.Queue)
		}
		if c.place == auditTalking {
			wrong("%s enters step %d while talking", ev.Call, ev.Step)
		}
	case acd.EventOffered:
		if c.queue != nil && !ev.Until.Equal(ev.At.Add(c.queue.ring)) {
			wrong("offer %s rings until %s, which is not %s", ev.Offer, ev.Until, c.queue.ring)
		}
	case acd.EventEnded:
		if talked := ev.At.UnixNano() - c.talkBegan; c.place == auditTalking && int64(ev.Talked) != talked {
			wrong("%s talked %s, which were %s", ev.Call, ev.Talked, auditDuration(talked))
		}
	case acd.EventOverflowed:
		if did := a.justDid(c); c.place != auditArriving && (did == nil || did.Overflow != ev.To) {
			wrong("%s overflows to %s, and no step says so", ev.Call, ev.To)
		}
	case acd.EventDiverted:
		if did := a.justDid(c); c.place != auditArriving && (did == nil || did.Divert != ev.Number) {
			wrong("%s is diverted to %s, and no step says so", ev.Call, ev.Number)
		}
	}
}

// owes returns what an event must be followed by.
func (a *Auditor) owes(c *auditedCall, ev acd.Event) auditOwed {
	switch ev.Type {
	case acd.EventWithdrawn:
		return auditOwed{
			because: "offer " + ev.Offer + " was withdrawn", call: ev.Call,
			types: []acd.EventType{acd.EventRequeued, acd.EventAbandoned},
		}
	case acd.EventRequeued, acd.EventAbandoned:
		if c != nil && (c.place == auditWithdrawn || c.place == auditTalking) {
			return auditOwed{
				because: ev.Call + " is " + string(ev.Type), agent: c.agent,
				types: []acd.EventType{acd.EventAgent},
			}
		}
	case acd.EventEnded:
		return auditOwed{
			because: "the talk of " + ev.Call + " ended", agent: ev.Agent,
			types: []acd.EventType{acd.EventAgent},
		}
	case acd.EventOverflowed:
		return auditOwed{
			because: ev.Call + " overflowed", call: ev.Call, to: ev.To,
			types: []acd.EventType{acd.EventQueued},
		}
	case acd.EventStep:
		if c == nil {
			break
		}
		if s := c.queueStep(ev.Step); s != nil && s.Do != nil && s.Do.Divert != "" {
			return auditOwed{
				because: ev.Call + " entered a step that diverts", call: ev.Call, number: s.Do.Divert,
				types: []acd.EventType{acd.EventDiverted},
			}
		}
	}
	return auditOwed{}
}

// justDid returns what the event before made the call do, if it was a step.
func (a *Auditor) justDid(c *auditedCall) *acd.Do {
	if a.last.Type != acd.EventStep || a.last.Call != c.id {
		return nil
	}
	if s := c.queueStep(a.last.Step); s != nil {
		return s.Do
	}
	return nil
}

// position is the call's, once the event has put it in line: by urgency
// without the head start with its own agent, calls that ring not counted.
func (a *Auditor) position(c *auditedCall, ev acd.Event) int {
	joined := *c
	joined.since = a.sinceAfter(c, ev)
	mine := a.urgency(&joined, nil)
	n := 1
	for _, other := range a.line {
		if other != c && other.queue.name == ev.Queue && a.urgency(other, nil).before(mine) {
			n++
		}
	}
	return n
}

// explanation is the part of numbers that reads an offer's why.
func (a *Auditor) explanation(o *auditOffer) {
	why, c := o.event.Why, o.call
	if why == nil || !c.eligible(o.agent, o.event.At) {
		return
	}
	wrong := func(format string, args ...any) { a.report(LawNumbers, o.event.At, format, args...) }
	if why.Queue != c.queue.name || why.Step != c.step {
		wrong("%s is offered at step %d of %s and stands at step %d of %s",
			c.id, why.Step, why.Queue, c.step, c.queue.name)
	}
	reason := string(c.queue.choose)
	if o.agent.id == c.own {
		reason = acd.ReasonSameAgent
	}
	if why.Reason != reason {
		wrong("%s is offered for the reason %s, which is %s", c.id, why.Reason, reason)
	}
	if head := a.headStart(c, o.agent); why.HeadStart != head {
		wrong("%s has a head start of %s, which is %s", c.id, why.HeadStart, head)
	}
	overtaken := 0
	for _, other := range a.line {
		if other.since < c.since && other.eligible(o.agent, o.event.At) {
			overtaken++
		}
	}
	if why.Overtaken != overtaken {
		wrong("%s overtakes %d calls, which are %d", c.id, why.Overtaken, overtaken)
	}
}
