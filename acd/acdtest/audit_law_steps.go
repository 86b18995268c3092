package acdtest

import (
	"slices"

	"github.com/najimi-acd/najimi/acd"
)

// step is the part of numbers that reads a call's way down its ladder.
func (a *Auditor) step(c *auditedCall, ev acd.Event) {
	if ev.Type != acd.EventStep || c.queue == nil {
		return
	}
	wrong := func(format string, args ...any) { a.report(LawNumbers, ev.At, format, args...) }
	s, now := c.queueStep(ev.Step), ev.At.UnixNano()
	if ev.Queue != c.queue.name || ev.Step < 1 || s == nil {
		wrong("%s enters step %d of %s, which is not there", ev.Call, ev.Step, ev.Queue)
		return
	}
	due := c.joined + int64(s.After)
	switch {
	case c.place == auditTalking, c.place == auditResting, s.Do != nil && c.place == auditRinging:
		wrong("%s enters step %d while %s", ev.Call, ev.Step, c.place)
	case c.passed&(1<<ev.Step) != 0:
		wrong("%s enters step %d, which is past", ev.Call, ev.Step)
	case now < due:
		wrong("%s enters step %d before its time", ev.Call, ev.Step)
	case now == due && (c.place == auditRinging || c.began < now) && !a.mayHold(c, s.If, now):
		wrong("%s enters step %d, whose condition does not hold", ev.Call, ev.Step)
	case s.If != nil && s.If.Tier != nil && !slices.Contains(s.If.Tier, c.screen.Tier):
		wrong("%s enters step %d, which is for other tiers", ev.Call, ev.Step)
	}
}

// mayHold judges of a condition what can be counted just now.
func (a *Auditor) mayHold(c *auditedCall, condition *acd.If, now int64) bool {
	if condition == nil {
		return true
	}
	if n := condition.WaitingOver; n != nil {
		waiting := 0
		for _, other := range a.line {
			if other.queue == c.queue {
				waiting++
			}
		}
		if waiting <= *n {
			return false
		}
	}
	if n := condition.ReadyUnder; n != nil && c.holdUntil != now { // whose timer comes after the step's
		ready := 0
		for _, x := range a.ready() {
			if c.eligible(x, a.now) {
				ready++
			}
		}
		return ready < *n
	}
	return true
}

// elsewhere is the part of numbers that asks who said that a call goes another
// way, is asked to or is told something: a step, or the plan of a queue that is
// closed or full.
func (a *Auditor) elsewhere(c *auditedCall, ev acd.Event) {
	wrong := func(format string, args ...any) { a.report(LawNumbers, ev.At, format, args...) }
	did, first := a.justDid(c), c.place == auditArriving
	if did == nil {
		did = &acd.Do{}
	}
	switch ev.Type {
	case acd.EventBlocked:
		if ev.Reason == acd.ReasonClosed && a.rules.queue(ev.Queue).plan.Hours == nil {
			wrong("%s is blocked because %s is closed, which it never is", ev.Call, ev.Queue)
		}
	case acd.EventOverflowed:
		if !first && did.Overflow != ev.To {
			wrong("%s overflows to %s, and no step says so", ev.Call, ev.To)
		}
	case acd.EventDiverted:
		if !first && did.Divert != ev.Number {
			wrong("%s is diverted to %s, and no step says so", ev.Call, ev.Number)
		}
	case acd.EventSuggested:
		plan := &a.rules.queue(ev.Queue).plan
		closed := first && plan.Hours != nil && plan.WhenClosed.Callback && ev.Channel == acd.ChannelCallback
		deflect := did.Deflect != "" && did.Deflect == ev.Channel
		callback := did.Callback && ev.Channel == acd.ChannelCallback
		if c.booked != nil || !closed && (first || !deflect && !callback) {
			wrong("%s is asked for %s, and neither step nor closed queue says so", ev.Call, ev.Channel)
		}
	case acd.EventAnnounced:
		if did.Announce && c.place == auditInLine && c.booked == nil {
			break
		}
		spent := ev.At.UnixNano() - c.joined
		every := int64(0)
		if c.queue != nil {
			every = int64(c.queue.plan.AnnounceEvery)
		}
		if c.place != auditInLine || c.booked != nil || every <= 0 || spent <= 0 || spent%every != 0 {
			wrong("%s is told its place, and neither step nor queue says so", ev.Call)
		}
	}
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
