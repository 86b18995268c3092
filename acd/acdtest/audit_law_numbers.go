package acdtest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// auditOwed is what the very next event must be; zero: anything. Empty fields
// ask for nothing.
type auditOwed struct {
	law     string // LawNumbers if empty
	because string
	types   []acd.EventType
	call    string
	agent   string
	to      string // the queue that is joined
	number  string
	channel string
	reason  string
}

func (o *auditOwed) need() bool { return o.because != "" }

func (o *auditOwed) what() string {
	names := make([]string, 0, len(o.types))
	for _, t := range o.types {
		names = append(names, string(t))
	}
	if o.reason != "" {
		return strings.Join(names, " or ") + " of " + o.call + o.agent + ", " + o.reason
	}
	return strings.Join(names, " or ") + " of " + o.call + o.agent
}

func (o *auditOwed) is(ev acd.Event) bool {
	return slices.Contains(o.types, ev.Type) &&
		(o.call == "" || o.call == ev.Call) && (o.agent == "" || o.agent == ev.Agent) &&
		(o.to == "" || o.to == ev.Queue) && (o.number == "" || o.number == ev.Number) &&
		(o.channel == "" || o.channel == ev.Channel) && (o.reason == "" || o.reason == ev.Reason)
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
		a.notPaid(ev.At, string(ev.Type))
	}
	c := a.calls[ev.Call]
	a.owed = a.owes(c, ev)
	if c == nil || c.place == auditDone {
		return
	}
	if w := ev.Wait; min(w.Mean, w.Median, w.P90) < 0 || w.Median > w.P90 || !w.Known && w != (queue.Estimate{}) {
		wrong("%s of %s with an estimate that cannot be: %v", ev.Type, ev.Call, w)
	}
	tier := ""
	if c.place == auditArriving && ev.Type != acd.EventOverflowed {
		tier = c.screen.Tier
	}
	if ev.Tier != tier {
		wrong("%s of %s with the tier %q, which is %q", ev.Type, ev.Call, ev.Tier, tier)
	}
	switch ev.Type {
	case acd.EventQueued, acd.EventRequeued, acd.EventAnnounced:
		if want := a.position(c, ev); ev.Position != want {
			law := LawNumbers
			if ev.Reason == acd.ReasonDue || ev.Reason == acd.ReasonRetry {
				law = LawCallbacks
			}
			a.report(law, ev.At, "%s of %s at position %d, which is %d", ev.Type, ev.Call, ev.Position, want)
		}
	case acd.EventOffered:
		if c.queue != nil && !ev.Until.Equal(ev.At.Add(c.queue.ring)) {
			wrong("offer %s rings until %s, which is not %s", ev.Offer, ev.Until, c.queue.ring)
		}
	case acd.EventEnded:
		if talked := ev.At.UnixNano() - c.began; c.place == auditTalking && int64(ev.Talked) != talked {
			wrong("%s talked %s, which were %s", ev.Call, ev.Talked, auditDuration(talked))
		}
	case acd.EventDeflected:
		if !a.does(acd.CmdDeflect, c, ev.At.UnixNano()) || ev.Channel != a.cmd.Channel {
			wrong("%s is deflected to %s, and nobody says so", ev.Call, ev.Channel)
		}
	case acd.EventOverdue:
		a.overdue(c, ev)
	}
	a.step(c, ev)
	a.elsewhere(c, ev)
}

// notPaid reports that something else came than what had to.
func (a *Auditor) notPaid(at time.Time, but string) {
	a.report(cmp.Or(a.owed.law, LawNumbers), at, "%s, and %s did not follow but %s", a.owed.because, a.owed.what(), but)
}

// overdue is the part of numbers that reads a word about a call that stays too
// long.
func (a *Auditor) overdue(c *auditedCall, ev acd.Event) {
	due := c.stays + int64(a.rules.longest)
	agent := ""
	if c.place == auditTalking {
		agent = c.agent
	}
	if c.told || a.rules.longest <= 0 || ev.At.UnixNano() != due ||
		ev.Reason == "" || ev.Reason != auditStays[c.place] || ev.Agent != agent || c.queue == nil || ev.Queue != c.queue.name {
		a.report(LawNumbers, ev.At, "%s is overdue, %s, which cannot be", c.id, ev.Reason)
	}
}

// position is the call's, once the event has put it in line: by urgency
// without the head start with its own agent, calls that ring not counted.
func (a *Auditor) position(c *auditedCall, ev acd.Event) int {
	joined := *c
	joined.since = a.sinceAfter(c, ev)
	mine := joined.urgency(nil)
	to := ev.Queue
	if ev.Type == acd.EventAnnounced && c.queue != nil {
		to = c.queue.name
	}
	n := 1
	for _, other := range a.line {
		if other != c && other.queue.name == to && other.urgency(nil).before(mine) {
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
	switch o.agent.id {
	case c.passedTo:
		reason = acd.ReasonTransferred
	case c.own:
		reason = acd.ReasonSameAgent
	}
	if why.Reason != reason {
		wrong("%s is offered for the reason %s, which is %s", c.id, why.Reason, reason)
	}
	if head := c.headStart(o.agent); why.HeadStart != head {
		law := LawNumbers
		if c.passedOn {
			law = LawTransfers
		}
		a.report(law, o.event.At, "%s has a head start of %s, which is %s", c.id, why.HeadStart, head)
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
