package report

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// shift counts one agent.
func (o *recount) shift(id string) {
	row := func(at time.Time) *AgentFigures {
		key := rowKey{start: at.Truncate(o.every), name: id}
		if o.agents[key] == nil {
			o.agents[key] = new(AgentFigures)
		}
		return o.agents[key]
	}
	var state acd.State
	var since time.Time
	spend := func(now time.Time) {
		for from := since; state != "" && from.Before(now); {
			until := from.Truncate(o.every).Add(o.every)
			if now.Before(until) {
				until = now
			}
			if state != "" && state != acd.StateLoggedOut {
				f := row(from)
				*map[acd.State]*time.Duration{
					acd.StateReady: &f.Ready, acd.StateOffered: &f.Ringing, acd.StateTalking: &f.Talking,
					acd.StateWrapUp: &f.WrappingUp, acd.StateNotReady: &f.NotReady,
				}[state] += until.Sub(from)
			}
			from = until
		}
		since = now
	}
	for i, e := range o.events {
		if o.endsTalkOf(i, id) {
			f := row(e.At)
			f.Talks++
			if e.Type == acd.EventTransferred {
				f.Transferred++
			}
			for _, before := range slices.Backward(o.events[:i]) {
				if before.Type == acd.EventOffered && before.Agent == id {
					if before.Why.Reason == acd.ReasonSameAgent {
						f.SameAgent++
					}
					break
				}
			}
			if handled, _ := o.after(id, i); !handled.IsZero() {
				f := row(handled)
				f.Handled++
				f.HandleTime += e.Talked + handled.Sub(e.At)
			}
		}
		if e.Agent != id {
			continue
		}
		switch e.Type {
		case acd.EventOffered:
			spend(e.At)
			state = acd.StateOffered
			row(e.At).Offers++
		case acd.EventWithdrawn:
			if e.Reason == acd.ReasonNoAnswer || e.Reason == acd.ReasonDeclined {
				row(e.At).Missed++
			}
		case acd.EventConnected:
			spend(e.At)
			state = acd.StateTalking
		case acd.EventAgent:
			spend(e.At)
			state = e.State
		}
	}
	spend(o.now())
}
