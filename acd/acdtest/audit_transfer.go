package acdtest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/najimi-acd/najimi/acd"
)

// auditKept is how many notes, and how many agents met, a call keeps.
const auditKept = 32

func auditKeep(kept []string, one string) []string {
	kept = append(slices.Clone(kept), one)
	return kept[max(0, len(kept)-auditKept):]
}

// believeTransferred makes the call one that is on its way to where the present
// command says, with all that it has.
func (a *Auditor) believeTransferred(c *auditedCall, ev acd.Event) {
	now := ev.At.UnixNano()
	if !c.mayHave(ev.Type) || !a.does(acd.CmdTransfer, c, now) {
		return
	}
	if c.place == auditTalking {
		c.since = now - c.waited(now)
		a.release(c, ev)
		if x := a.agents[c.agent]; x != nil {
			x.lastCall = c.id
		}
		c.passer, c.met, c.booked = c.agent, auditKeep(c.met, c.agent), nil
	}
	a.leaveLine(c)
	a.endHold(c)
	c.place, c.passedOn, a.transferred = auditMoving, true, true
	if a.cmd.Note != "" {
		c.notes = auditKeep(c.notes, a.cmd.Note)
	}
	c.own, c.passedTo, c.ownHead, c.holdable = a.cmd.Agent, a.cmd.Agent, 0, false
	c.head, c.cap = auditAdd(c.head, a.rules.plan.TransferHeadStart), a.rules.cap
}

// transfersKeepEverything: passed on as asked for, and the next agent sees what
// there is to know. The figures that go on counting, the time waited among
// them, are for the other laws.
func (a *Auditor) transfersKeepEverything(ev acd.Event) {
	c := a.calls[ev.Call]
	if c == nil || !c.mayHave(ev.Type) {
		return // conservation says all there is to say
	}
	switch ev.Type {
	case acd.EventTransferred:
		now := ev.At.UnixNano()
		from, talked := c.queue.name, int64(0)
		if c.place == auditTalking {
			from, talked = c.agent, now-c.began
		}
		if !a.does(acd.CmdTransfer, c, now) || ev.To != cmp.Or(a.cmd.Queue, a.cmd.Agent) ||
			ev.From != from || int64(ev.Talked) != talked {
			a.report(LawTransfers, ev.At, "%s is passed on from %s to %s after %s, which cannot be",
				c.id, ev.From, ev.To, ev.Talked)
		}
	case acd.EventOffered:
		if ev.Context != nil && !c.shows(ev.Context) {
			a.report(LawTransfers, ev.At, "%s is offered to %s, who does not see all that there is to know",
				c.id, ev.Agent)
		}
	}
}

// shows reports whether an agent sees what is known of the caller, and what
// the agents before left.
func (c *auditedCall) shows(seen *acd.Context) bool {
	known := &c.screen
	return seen.Caller == known.Caller && seen.Customer == known.Customer && seen.Tier == known.Tier &&
		maps.Equal(seen.Attributes, known.Attributes) &&
		slices.Equal(seen.Notes, c.notes) && slices.Equal(seen.AgentsMet, c.met)
}

// transferCarriedOut is for a command that was not refused: only a call that
// waits in the very queue stays where it is.
func (a *Auditor) transferCarriedOut(c *auditedCall, cmd acd.Command) {
	if c == nil || a.transferred {
		return
	}
	if cmd.Queue == "" || c.place != auditInLine || c.queue.name != cmd.Queue {
		a.report(LawTransfers, a.now, "%s was passed on and is still %s", c.id, c.place)
	}
}
