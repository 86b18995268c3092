package sim

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Agent is someone who works some hours with some skills. At the beginning of
// each shift the agent logs in and is ready, at its end the agent logs out, after
// the talk and the wrap-up if there is one. The wrap-up always takes what the
// queue allows. Whoever misses a call rests as the plan says, and where it says
// "until ready", until the end of the next break or shift.
type Agent struct {
	ID     string
	Skills acd.Skills
	// Shifts are in order and apart.
	Shifts []Span
	// Breaks begin when they say or, if the agent is busy then, as soon as the
	// call is done, and last as long as they are. They are in order and apart;
	// one that begins outside of a shift is none. If one is late and the next
	// begins during it, the agent is away until both are over.
	Breaks []Span
	// NoShow is the probability that the agent does not come to a shift, each
	// by itself: illness, say.
	NoShow float64
}

// Span is from one time to another, the end not in it.
type Span struct{ From, To time.Time }

func checkAgents(agents []Agent) error {
	seen := make(map[string]bool)
	for i, a := range agents {
		if seen[a.ID] {
			return fmt.Errorf("agents[%d]: there are two of id %q", i, a.ID)
		}
		seen[a.ID] = true
		if err := checkSpans(a.Shifts); err != nil {
			return fmt.Errorf("agents[%d].shifts%w", i, err)
		}
		if err := checkSpans(a.Breaks); err != nil {
			return fmt.Errorf("agents[%d].breaks%w", i, err)
		}
		if !(a.NoShow >= 0 && a.NoShow <= 1) {
			return fmt.Errorf("agents[%d].no_show: want 0 to 1, got %v", i, a.NoShow)
		}
	}
	return nil
}

func checkSpans(spans []Span) error {
	for j, span := range spans {
		if !span.From.Before(span.To) {
			return fmt.Errorf("[%d]: ends at %v, before it begins", j, span.To)
		}
		if j > 0 && span.From.Before(spans[j-1].To) {
			return fmt.Errorf("[%d]: begins at %v, before the one before ends", j, span.From)
		}
	}
	return nil
}

// roster writes all shifts and breaks into the diary, but those of no-shows.
func (w *world) roster() {
	for i := range w.scenario.Agents {
		a := &w.scenario.Agents[i]
		for _, span := range a.Shifts {
			if a.NoShow > 0 && openUniform(w.dice(hash(a.ID), matterPresence, int(uint32(span.From.Unix())))) < a.NoShow {
				continue
			}
			w.write(span.From.UnixNano(), entry{kind: begins, agent: int32(i)})
			w.write(span.To.UnixNano(), entry{kind: leaves, agent: int32(i)})
		}
		for n, span := range a.Breaks {
			w.write(span.From.UnixNano(), entry{kind: pauses, agent: int32(i), nth: int32(n)})
		}
	}
}

// hash is FNV-1a.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range []byte(text) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// worker is an agent's present state.
type worker struct {
	id    string
	index int32
	state acd.State
	since time.Time
	// shift counts the logins; pause is a break that has not begun yet, back when
	// those that have begun are over.
	shift int32
	pause time.Duration
	back  int64
}

// begin is the start of a shift.
func (w *world) begin(agent int32, at time.Time) error {
	a := &w.scenario.Agents[agent]
	if err := w.apply(acd.Command{Type: acd.CmdLogin, At: at, Agent: a.ID, Skills: a.Skills}); err != nil {
		return fmt.Errorf("agents[%d]: %w", agent, err)
	}
	worker := w.workers[a.ID]
	worker.index = agent
	worker.shift++
	return w.apply(acd.Command{Type: acd.CmdReady, At: at, Agent: a.ID})
}

// rest is the start of a break. Who is busy is not ready after the call, and
// the break begins then.
func (w *world) rest(e entry, at time.Time) error {
	a := &w.scenario.Agents[e.agent]
	worker := w.workers[a.ID]
	if worker == nil || worker.state == acd.StateLoggedOut {
		return nil
	}
	worker.pause = a.Breaks[e.nth].To.Sub(a.Breaks[e.nth].From)
	if err := w.apply(acd.Command{Type: acd.CmdNotReady, At: at, Agent: a.ID, Reason: "break"}); err != nil {
		return err
	}
	if worker.state == acd.StateNotReady && worker.pause > 0 { // the break before is not over
		w.paused(worker, at)
	}
	return nil
}

// paused plans the end of a break that has begun.
func (w *world) paused(a *worker, at time.Time) {
	end := at.UnixNano() + int64(a.pause)
	w.write(end, entry{kind: returns, agent: a.index, visit: a.shift})
	a.pause, a.back = 0, max(a.back, end)
}

// comeBack is the end of a break, if the shift has not ended meanwhile and no
// other break has begun.
func (w *world) comeBack(e entry, at time.Time) error {
	id := w.scenario.Agents[e.agent].ID
	worker := w.workers[id]
	if worker.shift != e.visit || worker.state != acd.StateNotReady || e.at < worker.back {
		return nil
	}
	return w.apply(acd.Command{Type: acd.CmdReady, At: at, Agent: id})
}

// become notes an agent's state and counts the time in the one before.
func (w *world) become(agent string, state acd.State, at time.Time) {
	a := w.lately.worker
	if a == nil || a.id != agent {
		if a = w.workers[agent]; a == nil {
			a = &worker{id: agent}
			w.workers[agent] = a
		}
		w.lately.worker = a
	}
	spent := at.Sub(a.since)
	switch a.state {
	case acd.StateTalking, acd.StateWrapUp:
		w.result.Busy += spent
		w.result.Staffed += spent
		w.scenario.Grid.split(a.since, spent, func(i int, part time.Duration) {
			w.result.Time[i].Busy += part
			w.result.Time[i].Staffed += part
		})
	case acd.StateReady, acd.StateOffered:
		w.result.Staffed += spent
		w.scenario.Grid.split(a.since, spent, func(i int, part time.Duration) {
			w.result.Time[i].Staffed += part
		})
	}
	a.state, a.since = state, at
	switch {
	case state == acd.StateLoggedOut:
		a.pause = 0
	case state == acd.StateNotReady && a.pause > 0:
		w.paused(a, at)
	}
}
