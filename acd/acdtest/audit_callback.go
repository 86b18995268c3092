package acdtest

import (
	"cmp"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditBooking is the callback that a call has become. Times are nanoseconds;
// 0 sets no bound.
type auditBooking struct {
	number      string
	from, until int64
	attempts    int   // that failed
	due         int64 // when it comes back, if it rests
	why         string
}

func auditNano(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// expired reports whether the window has closed.
func (b *auditBooking) expired(now int64) bool { return b != nil && b.until != 0 && now >= b.until }

// booksNow reports whether the present command books a callback of the call.
func (a *Auditor) booksNow(c *auditedCall, now int64) bool { return a.does(acd.CmdCallback, c, now) }

// does reports whether an event of this instant can come from a command of the
// type for the call.
func (a *Auditor) does(what acd.CommandType, c *auditedCall, now int64) bool {
	return a.err == nil && a.cmd.Type == what && a.cmd.Call == c.id && a.cmd.At.UnixNano() == now
}

// comesLater reports whether the booking that the present command asks for
// begins with a rest.
func (a *Auditor) comesLater(now int64) bool { return auditNano(a.cmd.From) > now }

// unreached reports whether an offer is withdrawn because the customer of a
// callback did not take it, and not by the end of its ringing.
func (a *Auditor) unreached(c *auditedCall, ev acd.Event) bool {
	o := a.offers[ev.Offer]
	return c != nil && c.booked != nil && o != nil && o.until.After(a.cmd.At) &&
		a.err == nil && a.cmd.Type == acd.CmdDecline && a.cmd.Party == "customer" && a.cmd.Offer == ev.Offer
}

// afterUnreached is what follows a customer's failure: the end of the callback,
// another attempt at once or, if neither, a rest.
func (a *Auditor) afterUnreached(b *auditBooking, now int64) (what acd.EventType, reason string) {
	switch {
	case b.attempts+1 >= a.rules.attempts:
		return acd.EventCallbackFailed, acd.ReasonAttempts
	case b.expired(now):
		return acd.EventCallbackFailed, acd.ReasonExpired
	case a.rules.retry <= 0:
		return acd.EventRequeued, acd.ReasonRetry
	}
	return "", ""
}

func (a *Auditor) believeUnreached(c *auditedCall, now int64) {
	b := c.booked
	what, _ := a.afterUnreached(b, now)
	b.attempts++
	b.due, b.why = now+int64(a.rules.retry), acd.ReasonRetry
	a.endHold(c)
	if what == "" {
		a.stay(c, auditResting, now)
	}
}

func (a *Auditor) believeBooked(c *auditedCall, now int64) {
	if !a.booksNow(c, now) || !c.mayHave(acd.EventCallbackBooked) {
		return
	}
	b := c.booked
	if b == nil {
		b = &auditBooking{}
		c.booked = b
	}
	b.number, b.from, b.until = a.cmd.Number, auditNano(a.cmd.From), auditNano(a.cmd.Until)
	b.due, b.why = max(now, b.from), acd.ReasonDue
	switch {
	case a.comesLater(now):
		c.since = now - c.waited(now)
		a.endHold(c)
		a.stay(c, auditResting, now)
	case c.place == auditAsked:
		c.since = now - c.waited(now)
		c.place = auditMoving
	}
}

// callbacksKeepPlace: booked as asked for, offered in the window, back in time,
// and failed for a reason.
func (a *Auditor) callbacksKeepPlace(ev acd.Event) {
	wrong := func(format string, args ...any) { a.report(LawCallbacks, ev.At, format, args...) }
	now := ev.At.UnixNano()
	if x := a.agents[ev.Agent]; ev.Type == acd.EventAgent && x != nil && x.unreached != "" {
		freed := x.wish == "" && ev.State == acd.StateReady && ev.Reason == x.unreached
		if !freed && (x.wish == "" || ev.State != x.wish) {
			wrong("%s is %s, %s, because the customer of a callback was not reached", x.id, ev.State, ev.Reason)
		}
	}
	c := a.calls[ev.Call]
	if c == nil || !c.mayHave(ev.Type) {
		return // conservation says all there is to say
	}
	b := c.booked
	switch ev.Type {
	case acd.EventCallbackBooked:
		if !a.booksNow(c, now) || ev.Number != a.cmd.Number ||
			!ev.NotBefore.Equal(a.cmd.From) || !ev.Until.Equal(a.cmd.Until) {
			wrong("a callback of %s is booked that was not asked for", c.id)
		}
	case acd.EventOffered:
		a.callbackOffered(c, ev)
	case acd.EventRequeued:
		a.callbackRequeued(c, ev)
	case acd.EventAbandoned:
		if cancelled := ev.Reason == acd.ReasonCancelled; cancelled != (b != nil) || cancelled && !a.does(acd.CmdCancel, c, now) {
			wrong("%s is abandoned for the reason %q, which cannot be", c.id, ev.Reason)
		}
	case acd.EventCallbackFailed:
		attempts := c.place == auditWithdrawn && b != nil && b.attempts >= a.rules.attempts && a.unreachedNow(c)
		late := c.place == auditWithdrawn || c.place == auditTalking
		expired := b.expired(now) && (late || now == b.until) && !attempts
		if ev.Reason != acd.ReasonAttempts && ev.Reason != acd.ReasonExpired ||
			(ev.Reason == acd.ReasonAttempts) != attempts || !attempts && !expired {
			wrong("the callback of %s fails for the reason %q, which cannot be", c.id, ev.Reason)
		}
	}
}

// unreachedNow reports whether the call's customer was not reached just now.
func (a *Auditor) unreachedNow(c *auditedCall) bool {
	x := a.agents[c.agent]
	return x != nil && x.unreached != ""
}

func (a *Auditor) callbackOffered(c *auditedCall, ev acd.Event) {
	wrong := func(format string, args ...any) { a.report(LawCallbacks, ev.At, format, args...) }
	b := c.booked
	if (ev.Kind == acd.KindCallback) != (b != nil) {
		wrong("%s is offered with the kind %q, which cannot be", c.id, ev.Kind)
	}
	if b == nil {
		return
	}
	if now := ev.At.UnixNano(); now < b.from || b.expired(now) || c.place == auditResting {
		wrong("the callback of %s is offered at rest, or outside of its window", c.id)
	}
	if x := a.agents[ev.Agent]; x == nil || x.state != acd.StateReady {
		wrong("the callback of %s rings and has no agent", c.id)
	}
	if ev.Context != nil && ev.Context.Number != b.number {
		wrong("the callback of %s is to be made to %q, not to %q", c.id, ev.Context.Number, b.number)
	}
}

func (a *Auditor) callbackRequeued(c *auditedCall, ev acd.Event) {
	wrong := func(format string, args ...any) { a.report(LawCallbacks, ev.At, format, args...) }
	b, now := c.booked, ev.At.UnixNano()
	returns := c.place == auditResting || c.place == auditWithdrawn && a.unreachedNow(c)
	switch {
	case b != nil && returns && (ev.Reason != b.why || now != b.due):
		wrong("the callback of %s is back for the reason %q, and it was %q at %s",
			c.id, ev.Reason, b.why, time.Unix(0, b.due).UTC())
	case !returns && (ev.Reason == acd.ReasonDue || ev.Reason == acd.ReasonRetry):
		wrong("%s is back for the reason %q and did not rest", c.id, ev.Reason)
	case b.expired(now):
		wrong("the callback of %s is back in line, and its window has closed", c.id)
	}
}

// callbackCarriedOut is for a command that was not refused.
func (a *Auditor) callbackCarriedOut(c *auditedCall, cmd acd.Command) {
	switch {
	case c == nil:
	case cmd.Type == acd.CmdCancel && c.place != auditDone:
		a.report(LawCallbacks, a.now, "%s was cancelled and is still %s", c.id, c.place)
	case cmd.Type == acd.CmdCallback && c.place != auditDone:
		b := c.booked
		if b == nil || b.number != cmd.Number || b.from != auditNano(cmd.From) || b.until != auditNano(cmd.Until) {
			a.report(LawCallbacks, a.now, "no callback of %s is booked as it was asked for", c.id)
		}
	}
}

// deadlines: when an instant is over, what was due is done.
func (a *Auditor) deadlines(at time.Time) {
	now := at.UnixNano()
	var late []*auditedCall
	for c := range a.live {
		b := c.booked
		waits := c.place == auditResting || c.place == auditInLine
		if c.place == auditResting && b.due <= now || waits && b.expired(now) || a.isOverdue(c, now) {
			late = append(late, c)
		}
	}
	slices.SortFunc(late, func(c, d *auditedCall) int { return cmp.Compare(c.order, d.order) })
	for _, c := range late { // each is said once
		switch b := c.booked; {
		case a.isOverdue(c, now):
			a.report(LawNumbers, a.now, "%s is %s for too long, and nobody is told", c.id, c.place)
			c.told = true
		case b.expired(now):
			a.report(LawCallbacks, a.now, "%s is %s, and its window has closed", c.id, c.place)
			b.until = 0
		default:
			a.report(LawCallbacks, a.now, "%s rests on after %s", c.id, time.Unix(0, b.due).UTC())
			b.due = now + int64(auditLongest)
		}
	}
}

// isOverdue reports whether somebody must have been told that a call is in one
// state for too long.
func (a *Auditor) isOverdue(c *auditedCall, now int64) bool {
	_, guarded := auditStays[c.place]
	return guarded && !c.told && a.rules.longest > 0 && now-c.stays >= int64(a.rules.longest)
}

// auditStays are the states that can last too long, as events name them.
var auditStays = map[auditPlace]string{
	auditInLine:  acd.ReasonWaiting,
	auditTalking: acd.ReasonTalking,
	auditAsked:   acd.ReasonSuggested,
}
