package acdtest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Random makes a stream of mostly sensible commands for a plan, with some that
// must be refused. After each command tell it what came of it with
// [Random.Saw], and the next deadline with [Random.SetNext].
type Random struct {
	draw  Draw
	world []string // the skills that the plan knows

	now     time.Time
	next    time.Time
	hasNext bool

	agents   []string
	states   map[string]acd.State // as far as events told
	arrivals []acd.Command
	live     []string               // calls without an outcome
	talking  []string               // calls, some of them over by now
	asked    []string               // calls to which another way was suggested
	booked   []string               // calls that are callbacks
	bookings map[string]acd.Command // the last callback command, by call
	offers   []string
	ringing  []string // offers
	outgoing []string // offers of callbacks, some of them over by now
	ended    []time.Time

	// plan is the last one that was given, whatever became of it: only what is
	// likely to happen depends on it.
	plan     *acd.Plan
	queues   []string // of all plans so far
	remember time.Duration
}

// randomStart is when every stream begins.
var randomStart = time.Date(2026, time.April, 1, 9, 0, 0, 0, time.UTC)

// NewRandom returns a stream for a valid plan: 3 to 8 agents, none of them logged
// in, and no calls. Now and then a command gives another plan.
func NewRandom(plan acd.Plan, draw Draw) *Random {
	r := &Random{draw: draw, states: map[string]acd.State{}, bookings: map[string]acd.Command{}, now: randomStart, world: []string{"juggling"}}
	r.follow(&plan)
	for i := range 3 + draw(6) {
		r.agents = append(r.agents, fmt.Sprintf("a%d", i+1))
	}
	return r
}

// follow learns the queues and the skills of a plan.
func (r *Random) follow(plan *acd.Plan) {
	r.plan, r.remember = plan, orElse(plan.Affinity.Remember, 0)
	for _, q := range plan.Queues {
		if !slices.Contains(r.queues, q.Name) {
			r.queues = append(r.queues, q.Name)
		}
		for _, step := range q.Steps {
			for _, name := range slices.Sorted(maps.Keys(step.Needs)) {
				if !slices.Contains(r.world, name) {
					r.world = append(r.world, name)
				}
			}
		}
	}
}

// SetNext says when the router's next deadline is, if it has one, so that
// commands can come exactly then.
func (r *Random) SetNext(t time.Time, ok bool) { r.next, r.hasNext = t, ok }

// Saw learns from the events of the last command.
func (r *Random) Saw(events []acd.Event) {
	for _, e := range events {
		switch e.Type {
		case acd.EventOffered:
			r.offers = append(r.offers, e.Offer)
			r.ringing = append(r.ringing, e.Offer)
			if e.Kind == acd.KindCallback {
				r.outgoing = append(r.outgoing, e.Offer)
			}
			r.states[e.Agent] = acd.StateOffered
		case acd.EventWithdrawn:
			r.ringing = without(r.ringing, e.Offer)
			r.outgoing = without(r.outgoing, e.Offer)
		case acd.EventConnected:
			r.ringing = without(r.ringing, e.Offer)
			r.outgoing = without(r.outgoing, e.Offer)
			r.talking = with(r.talking, e.Call)
			r.asked = without(r.asked, e.Call)
			r.states[e.Agent] = acd.StateTalking
		case acd.EventRequeued:
			r.talking = without(r.talking, e.Call)
		case acd.EventQueued:
			r.live = with(r.live, e.Call)
		case acd.EventSuggested:
			r.live = with(r.live, e.Call)
			r.asked = with(r.asked, e.Call)
		case acd.EventCallbackBooked:
			r.booked = with(r.booked, e.Call)
			r.asked = without(r.asked, e.Call)
		case acd.EventTransferred:
			if slices.Contains(r.talking, e.Call) {
				r.talking = without(r.talking, e.Call)
				r.booked = without(r.booked, e.Call)
			}
		case acd.EventEnded, acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted,
			acd.EventDeflected, acd.EventCallbackFailed:
			r.live = without(r.live, e.Call)
			r.talking = without(r.talking, e.Call)
			r.asked = without(r.asked, e.Call)
			r.booked = without(r.booked, e.Call)
			if e.Type == acd.EventEnded {
				r.ended = append(r.ended, e.At)
			}
		case acd.EventAgent:
			r.states[e.Agent] = e.State
		}
	}
}

func with(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

func without(list []string, gone string) []string {
	return slices.DeleteFunc(list, func(name string) bool { return name == gone })
}

// Next draws the next command.
func (r *Random) Next() acd.Command {
	var cmd acd.Command
	switch {
	case len(r.outgoing) > 0 && r.draw.one(4): // the customer does not answer
		cmd = r.decline()
		cmd.Offer, cmd.Party = pick(r.draw, r.outgoing), "customer"
	case len(r.ringing) > 0 && r.draw.one(3):
		cmd = acd.Command{Type: acd.CmdAccept, Offer: pick(r.draw, r.ringing)}
	default:
		r.pass()
		cmd = r.command()
	}
	cmd.At = r.now
	if r.draw.one(60) {
		cmd.At = r.now.Add(-r.draw.duration()) // refused, unless time went by
	}
	if r.draw.one(200) {
		cmd.At = r.now.AddDate(pick(r.draw, []int{-200, 200}), 0, 0) // no such time
	}
	return cmd
}

// pass lets some time go by: often none, often whole seconds, often until the
// very next deadline.
func (r *Random) pass() {
	step := time.Duration(0)
	switch r.draw(20) {
	case 10, 11, 12:
		step = time.Duration(1+r.draw(5)) * time.Second
	case 13:
		step = r.draw.duration()
	case 14, 15, 16:
		if r.hasNext && (r.next.Sub(r.now) < time.Hour || r.draw.one(10)) {
			step = r.next.Sub(r.now)
		}
	case 17:
		if r.hasNext {
			step = r.next.Sub(r.now) + time.Duration(r.draw(3)-1)
		}
	case 18:
		step = time.Duration(r.draw(1_000_000_000))
		if len(r.ended) > 0 && r.draw.one(2) { // when a memory becomes void
			step = pick(r.draw, r.ended).Add(r.remember).Sub(r.now)
		}
	case 19:
		switch r.draw(3) {
		case 1: // when queues open and close
			step = r.now.Truncate(time.Minute).Add(time.Minute).Sub(r.now) + time.Duration(r.draw(3)-1)
		case 2:
			step = time.Duration(1+r.draw(600)) * time.Second
		}
	}
	r.now = r.now.Add(max(step, 0))
}

func (r *Random) command() acd.Command {
	// The shift begins: without it little happens.
	if len(r.states) < len(r.agents) && r.draw.one(2) {
		return r.login()
	}
	if r.draw.one(6) {
		return r.otherWay()
	}
	n := r.draw(100)
	switch {
	case n >= 30 && n < 51 && len(r.ringing) == 0, n >= 51 && n < 64 && len(r.talking) == 0:
		if !r.draw.one(5) { // nothing to answer or to end: bring somebody
			n = 5 + 65*r.draw(2)
		}
	}
	switch {
	case n < 5:
		return acd.Command{Type: acd.CmdAdvance}
	case n < 30:
		return r.arrive()
	case n < 44:
		return acd.Command{Type: acd.CmdAccept, Offer: r.offer()}
	case n < 51:
		return r.decline()
	case n < 60:
		return acd.Command{Type: acd.CmdEnd, Call: r.call(r.talking)}
	case n < 64:
		return acd.Command{Type: acd.CmdBridgeFailed, Call: r.call(r.talking)}
	case n < 70:
		return acd.Command{Type: acd.CmdHangup, Call: r.call(r.live)}
	case n < 81:
		return acd.Command{Type: acd.CmdReady, Agent: r.agent(acd.StateNotReady)}
	case n < 84:
		return acd.Command{
			Type: acd.CmdNotReady, Agent: r.agent(""),
			Reason: pick(r.draw, []string{"", "lunch", "no_answer", "study"}),
		}
	case n < 89:
		return acd.Command{
			Type: acd.CmdWrapUp, Agent: r.agent(acd.StateWrapUp),
			Code: pick(r.draw, []string{"", "sold", "complaint"}),
		}
	case n < 93:
		return r.login()
	case n < 95:
		return acd.Command{Type: acd.CmdLogout, Agent: r.agent("")}
	case n < 97:
		return r.again()
	}
	return r.wrong()
}

func (r *Random) decline() acd.Command {
	cmd := acd.Command{
		Type: acd.CmdDecline, Offer: r.offer(),
		Reason: pick(r.draw, []string{"", "no_answer", "busy", "declined", "unreachable", "error"}),
		Party:  pick(r.draw, []string{"", "", "", "agent", "agent", "customer"}),
	}
	if slices.Contains(r.outgoing, cmd.Offer) && r.draw.one(2) {
		cmd.Party = "customer"
	}
	return cmd
}

// offer is mostly one that rings, now and then one of old.
func (r *Random) offer() string {
	if len(r.offers) > 0 && (len(r.ringing) == 0 || r.draw.one(8)) {
		return pick(r.draw, r.offers)
	}
	if len(r.ringing) == 0 {
		return "o1"
	}
	return pick(r.draw, r.ringing)
}

// call is mostly one of those, now and then any.
func (r *Random) call(of []string) string {
	if len(of) > 0 && !r.draw.one(10) {
		return pick(r.draw, of)
	}
	if len(r.live) > 0 && r.draw.one(2) {
		return pick(r.draw, r.live)
	}
	return fmt.Sprintf("c%d", 1+r.draw(len(r.arrivals)+1))
}

// agent is mostly one in that state, if there is one.
func (r *Random) agent(state acd.State) string {
	var fit []string
	for _, id := range r.agents {
		if r.states[id] == state {
			fit = append(fit, id)
		}
	}
	if len(fit) > 0 && !r.draw.one(4) {
		return pick(r.draw, fit)
	}
	return pick(r.draw, r.agents)
}

func (r *Random) login() acd.Command {
	id := pick(r.draw, r.agents)
	if r.draw(3) != 0 {
		id = r.agent("")
	}
	if _, known := r.states[id]; !known {
		r.states[id] = acd.StateNotReady
	}
	return acd.Command{Type: acd.CmdLogin, Agent: id, Skills: r.draw.skills(r.world, 4)}
}
