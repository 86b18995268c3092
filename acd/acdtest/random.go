package acdtest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
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
	live     []string // calls without an outcome
	talking  []string // calls, some of them over by now
	offers   []string
	ringing  []string // offers
	ended    []time.Time
	remember time.Duration
}

// NewRandom returns a stream for the plan: 3 to 8 agents, none of them logged
// in, and no calls.
func NewRandom(plan acd.Plan, draw Draw) *Random {
	r := &Random{
		draw: draw, remember: orElse(plan.Affinity.Remember, 0), states: map[string]acd.State{},
		now: time.Date(2026, time.April, 1, 9, 0, 0, 0, time.UTC),
	}
	for _, q := range plan.Queues {
		for _, step := range q.Steps {
			for _, name := range slices.Sorted(maps.Keys(step.Needs)) {
				if !slices.Contains(r.world, name) {
					r.world = append(r.world, name)
				}
			}
		}
	}
	r.world = append(r.world, "juggling")
	for i := range 3 + draw(6) {
		r.agents = append(r.agents, fmt.Sprintf("a%d", i+1))
	}
	return r
}

// SetNext says when the router's next deadline is, if it has one, so that
// commands can come exactly then.
func (r *Random) SetNext(t time.Time, ok bool) { r.next, r.hasNext = t, ok }

// Saw learns from the events of the last command.
func (r *Random) Saw(events []acd.Event) {
	without := func(list []string, gone string) []string {
		return slices.DeleteFunc(list, func(s string) bool { return s == gone })
	}
	for _, e := range events {
		switch e.Type {
		case acd.EventOffered:
			r.offers = append(r.offers, e.Offer)
			r.ringing = append(r.ringing, e.Offer)
			r.states[e.Agent] = acd.StateOffered
		case acd.EventWithdrawn:
			r.ringing = without(r.ringing, e.Offer)
		case acd.EventConnected:
			r.ringing = without(r.ringing, e.Offer)
			r.talking = append(r.talking, e.Call)
			r.states[e.Agent] = acd.StateTalking
		case acd.EventRequeued:
			r.talking = without(r.talking, e.Call)
		case acd.EventQueued:
			if !slices.Contains(r.live, e.Call) {
				r.live = append(r.live, e.Call)
			}
		case acd.EventEnded, acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted:
			r.live = without(r.live, e.Call)
			r.talking = without(r.talking, e.Call)
			if e.Type == acd.EventEnded {
				r.ended = append(r.ended, e.At)
			}
		case acd.EventAgent:
			r.states[e.Agent] = e.State
		}
	}
}

// Next draws the next command.
func (r *Random) Next() acd.Command {
	var cmd acd.Command
	if len(r.ringing) > 0 && r.draw.one(3) {
		cmd = acd.Command{Type: acd.CmdAccept, Offer: pick(r.draw, r.ringing)}
	} else {
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
		if r.hasNext {
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
		if r.draw.one(3) {
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
		return acd.Command{
			Type: acd.CmdDecline, Offer: r.offer(),
			Reason: pick(r.draw, []string{"", "no_answer", "busy", "declined", "unreachable", "error"}),
			Party:  pick(r.draw, []string{"", "", "", "agent", "agent", "customer"}),
		}
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

// arrive brings a new call of one of a few customers.
func (r *Random) arrive() acd.Command {
	draw := r.draw
	cmd := acd.Command{Type: acd.CmdArrive, Call: fmt.Sprintf("c%d", len(r.arrivals)+1)}
	if draw(4) != 0 {
		cmd.Caller = pick(draw, []string{
			"09011112222", "090-1111-2222", "090 (1111) 2222", "+81.90.3333.4444", "+81 90-3333-4444",
			"０９０-1", "[03] 5555–0001", "03‐5555－0001", "()-", "{090}.1111", " ",
		})
	}
	if draw.one(3) {
		cmd.Customer = pick(draw, []string{"k1", "k2", "k3", "山田"})
	}
	if draw(3) != 0 {
		cmd.Dialed = pick(draw, []string{
			"0120-111-222", "0120111222", "0120 333 444", "0120-333-999", "03-1234-5678",
		})
	}
	if draw.one(3) {
		cmd.Tier = pick(draw, []string{"gold", "silver", "bronze", "platinum"})
	}
	if draw.one(3) {
		cmd.Score = new(pick(draw, []float64{0, 20, 50, 61, 85, 100}))
	}
	cmd.Verified = draw.one(2)
	if draw.one(3) {
		cmd.LastAgent = pick(draw, append(slices.Clone(r.agents), "nobody"))
	}
	if draw.one(4) {
		cmd.HeadStart = draw.duration()
	}
	if draw.one(3) {
		cmd.Attributes = map[string]string{"menu": pick(draw, randomMenu)}
	}
	if draw.one(12) {
		spoil(draw, &cmd)
	}
	r.arrivals = append(r.arrivals, cmd)
	return copied(cmd)
}

// spoil makes some of the optional data bad.
func spoil(draw Draw, cmd *acd.Command) {
	bad := pick(draw, []string{"\x00", "\xff", "tab\t", strings.Repeat("x", 129), "\u2028"})
	switch draw(9) {
	case 0:
		cmd.Caller = bad
	case 1:
		cmd.Customer = bad
	case 2:
		cmd.Dialed = bad
	case 3:
		cmd.Tier = bad
	case 4:
		cmd.LastAgent = bad
	case 5:
		cmd.Score = new(pick(draw, []float64{-1, 100.5, math.NaN(), math.Inf(1)}))
	case 6:
		cmd.HeadStart = pick(draw, []time.Duration{-time.Second, 8760*time.Hour + 1, math.MaxInt64, math.MinInt64})
	case 7:
		cmd.Warnings = []string{"unknown field"}
	case 8:
		cmd.Attributes = badAttributes(draw)
	}
}

// badAttributes are attributes some of which must go.
func badAttributes(draw Draw) map[string]string {
	attributes := map[string]string{"menu": "2"}
	switch draw(6) {
	case 0:
		attributes[""] = "no key"
	case 1:
		attributes[strings.Repeat("k", 64+draw(2))] = "long key"
	case 2:
		attributes["long"] = strings.Repeat("v", 1024+draw(2))
	case 3:
		attributes[pick(draw, []string{"bad\xff", "value"})] = pick(draw, []string{"bad\xff", "good"})
	case 4:
		for i := range 63 + draw(3) {
			attributes[fmt.Sprintf("key%02d", i)] = "v"
		}
	case 5:
		if draw.one(2) { // exactly as much as is allowed, or one byte more
			delete(attributes, "menu")
			attributes["x"] = strings.Repeat("v", 8+draw(2))
			for i := range 16 {
				attributes[fmt.Sprintf("k%02d", i)] = strings.Repeat("v", 1020)
			}
			attributes["l"] = strings.Repeat("v", 6)
			break
		}
		for i := range 17 + draw(3) {
			attributes[fmt.Sprintf("key%02d", i)] = strings.Repeat("v", 1000+draw(25))
		}
	}
	return attributes
}

// again repeats an arrival, word for word or not quite.
func (r *Random) again() acd.Command {
	if len(r.arrivals) == 0 {
		return acd.Command{Type: acd.CmdAdvance}
	}
	cmd := copied(pick(r.draw, r.arrivals))
	switch r.draw(10) {
	case 5:
		cmd.Caller += "1"
	case 6:
		cmd.Verified = !cmd.Verified
	case 7:
		cmd.HeadStart++
	case 8:
		cmd.Score = new(float64(42))
	case 9:
		cmd.Attributes = map[string]string{"menu": "other"}
	}
	return cmd
}

// wrong makes a command that is to be refused whatever the state.
func (r *Random) wrong() acd.Command {
	bad := pick(r.draw, []string{"", "\xff", strings.Repeat("x", 129), "new\nline"})
	switch r.draw(11) {
	case 0:
		return acd.Command{Type: acd.CmdHangup, Call: "nobody"}
	case 1:
		return acd.Command{
			Type:  pick(r.draw, []acd.CommandType{acd.CmdReady, acd.CmdNotReady, acd.CmdLogout, acd.CmdWrapUp}),
			Agent: "nobody",
		}
	case 2:
		return acd.Command{
			Type:  pick(r.draw, []acd.CommandType{acd.CmdAccept, acd.CmdDecline}),
			Offer: pick(r.draw, []string{"o0", "o999999", "o01", "offer"}),
		}
	case 3:
		return acd.Command{
			Type: pick(r.draw, []acd.CommandType{acd.CmdEnd, acd.CmdBridgeFailed}),
			Call: "nobody",
		}
	case 4:
		return acd.Command{Type: "sing"}
	case 5:
		return acd.Command{Type: acd.CmdArrive, Call: bad}
	case 6:
		return acd.Command{Type: acd.CmdReady, Agent: bad}
	case 7:
		return acd.Command{Type: acd.CmdAccept, Offer: bad}
	case 8:
		return acd.Command{
			Type: acd.CmdLogin, Agent: pick(r.draw, r.agents),
			Skills: pick(r.draw, []acd.Skills{{"support": 11}, {"support": 0}, {bad: 5}}),
		}
	case 9:
		return acd.Command{
			Type: acd.CmdDecline, Offer: r.offer(),
			Reason: pick(r.draw, []string{"bored", ""}), Party: "cat",
		}
	}
	cmd := acd.Command{Type: acd.CmdNotReady, Agent: pick(r.draw, r.agents), Reason: "\xff"}
	if r.draw.one(2) {
		cmd = acd.Command{Type: acd.CmdWrapUp, Agent: cmd.Agent, Code: strings.Repeat("x", 129)}
	}
	return cmd
}

// copied shares nothing with cmd, as a command decoded anew.
func copied(cmd acd.Command) acd.Command {
	cmd.Attributes = maps.Clone(cmd.Attributes)
	cmd.Warnings = slices.Clone(cmd.Warnings)
	if cmd.Score != nil {
		cmd.Score = new(*cmd.Score)
	}
	return cmd
}
