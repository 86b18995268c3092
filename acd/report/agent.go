package report

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// AgentFigures are what one agent, or a group of them, did in an interval. They
// count things when they happen, by the clock, unlike [Figures]: a talk across
// the end of an interval gives its time to both.
type AgentFigures struct {
	// Offers that rang, and those of them that were Missed: not answered or
	// declined by the agent.
	Offers, Missed int
	// Talks that began. SameAgent are those with a caller of last time,
	// Transferred counts talks that ended in a transfer.
	Talks, SameAgent, Transferred int
	// Handled counts the talks whose wrap-up ended in the interval; HandleTime
	// is their talk and wrap-up, wherever it lay.
	Handled    int
	HandleTime time.Duration
	// Time in each state while logged in. Talking counts talks whose bridge
	// failed too.
	Ready, Ringing, Talking, WrappingUp, NotReady time.Duration
}

// Staffed is the time logged in but for not_ready.
func (f *AgentFigures) Staffed() time.Duration {
	return plus(plus(f.Ready, f.Ringing), plus(f.Talking, f.WrappingUp))
}

// Occupancy is (Talking + WrappingUp) ÷ Staffed, NaN without staffed time.
func (f *AgentFigures) Occupancy() float64 {
	return ratio(int(plus(f.Talking, f.WrappingUp)), int(f.Staffed()))
}

// AHT is HandleTime ÷ Handled; false if nothing was handled.
func (f *AgentFigures) AHT() (time.Duration, bool) { return mean(f.HandleTime, f.Handled) }

// Merge adds another row.
func (f *AgentFigures) Merge(o *AgentFigures) {
	f.Offers += o.Offers
	f.Missed += o.Missed
	f.Talks += o.Talks
	f.SameAgent += o.SameAgent
	f.Transferred += o.Transferred
	f.Handled += o.Handled
	f.HandleTime = plus(f.HandleTime, o.HandleTime)
	f.Ready = plus(f.Ready, o.Ready)
	f.Ringing = plus(f.Ringing, o.Ringing)
	f.Talking = plus(f.Talking, o.Talking)
	f.WrappingUp = plus(f.WrappingUp, o.WrappingUp)
	f.NotReady = plus(f.NotReady, o.NotReady)
}

// spend counts time in a state.
func (f *AgentFigures) spend(state acd.State, d time.Duration) {
	var sum *time.Duration
	switch state {
	case acd.StateReady:
		sum = &f.Ready
	case acd.StateOffered:
		sum = &f.Ringing
	case acd.StateTalking:
		sum = &f.Talking
	case acd.StateWrapUp:
		sum = &f.WrappingUp
	case acd.StateNotReady:
		sum = &f.NotReady
	default:
		return
	}
	*sum = plus(*sum, d)
}

// agent is what is known of an agent now.
type agent struct {
	id    string
	state acd.State // "": not known, or logged out
	since int64     // counted up to here

	// row is the agent's in the present interval, nil if there is none yet.
	row *AgentFigures
	// last is the latest talk that ended.
	last conversation
}

// conversation is a talk that has ended.
type conversation struct {
	visit, centre *Figures // nil if the call is in no row
	open          bool     // the wrap-up goes on, or has not been told of yet
	ended         int64
	talked        time.Duration
}

func (r *Report) agent(id string) *agent {
	a := r.agents[id]
	if a == nil {
		a = &agent{id: id}
		r.agents[id] = a
	}
	return a
}

func (r *Report) rowOf(a *agent) *AgentFigures {
	if a.row == nil {
		a.row = new(AgentFigures)
		r.present.agents[a.id] = a.row
	}
	return a.row
}

// settle counts the agent's time up to now.
func (r *Report) settle(a *agent, now int64) {
	if a.state != "" && now > a.since {
		r.rowOf(a).spend(a.state, time.Duration(now-a.since))
	}
	a.since = now
}

// enter is the agent's change of state.
func (r *Report) enter(a *agent, state acd.State) {
	r.settle(a, r.now)
	if state == acd.StateLoggedOut {
		state = ""
	}
	if (a.state == "") != (state == "") {
		if state == "" {
			r.onDuty--
		} else {
			r.onDuty++
		}
	}
	a.state = state
	if state != acd.StateWrapUp && a.last.open {
		r.handled(a)
	}
}

// handled is the end of a talk's wrap-up.
func (r *Report) handled(a *agent) {
	t := &a.last
	t.open = false
	wrapUp := time.Duration(r.now - t.ended)
	for _, f := range [...]*Figures{t.visit, t.centre} {
		if f != nil {
			f.Handled++
			f.Talk = plus(f.Talk, t.talked)
			f.WrapUp = plus(f.WrapUp, wrapUp)
		}
	}
	row := r.rowOf(a)
	row.Handled++
	row.HandleTime = plus(row.HandleTime, plus(t.talked, wrapUp))
}

// disposed counts a code for the agent's latest talk.
func (r *Report) disposed(a *agent, code string) {
	if code == "" {
		return
	}
	if !r.codes[code] {
		if len(r.codes) >= maxCodes {
			code = Other
		} else {
			r.codes[code] = true
		}
	}
	for _, f := range [...]*Figures{a.last.visit, a.last.centre} {
		if f != nil {
			f.disposed(code, 1)
		}
	}
}

// Other counts the dispositions with a code that came after the first 1,000
// different ones.
const Other = "(other)"

const maxCodes = 1000
