package acdtest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditTake is one command and what a router made of it. Times left out are
// the command's, seq is filled in.
type auditTake struct {
	cmd    acd.Command
	events []acd.Event
	err    error
}

func auditAt(seconds int) time.Time {
	return time.Date(2026, time.April, 1, 9, 0, seconds, 0, time.UTC)
}

func auditSeconds(n int) *time.Duration { return new(time.Duration(n) * time.Second) }

// auditPlan has gold callers, a hold for the own agent, and one queue whose
// needs fall after 20 s, with another to overflow to after 200 s.
func auditPlan(mode acd.AffinityMode) acd.Plan {
	return acd.Plan{
		MaxHeadStart: auditSeconds(120),
		Affinity:     acd.Affinity{Mode: mode},
		Tiers:        []acd.Tier{{Name: "gold", HeadStart: time.Minute}, {Name: "vip", HeadStart: time.Hour}},
		Entry:        []acd.Entry{{Name: "everyone", Queue: "support"}},
		Queues: []acd.Queue{
			{Name: "support", Ring: auditSeconds(15), Steps: []acd.Step{
				{Needs: acd.Skills{"support": 5}},
				{After: 20 * time.Second, Needs: acd.Skills{"support": 1}},
				{After: 200 * time.Second, Do: &acd.Do{Overflow: "desk"}},
			}},
			{Name: "desk", Steps: []acd.Step{{Needs: acd.Skills{"desk": 1}}}},
		},
	}
}

func given(seconds int, cmd acd.Command, events ...acd.Event) auditTake {
	cmd.At = auditAt(seconds)
	return auditTake{cmd: cmd, events: events}
}

// onShift logs an agent in, and makes the agent ready if told so.
func onShift(seconds int, id string, level int, ready bool) []auditTake {
	takes := []auditTake{given(seconds,
		acd.Command{Type: acd.CmdLogin, Agent: id, Skills: acd.Skills{"support": level}},
		toldBecomes(id, acd.StateNotReady, "login"))}
	if ready {
		takes = append(takes, given(seconds, acd.Command{Type: acd.CmdReady, Agent: id},
			toldBecomes(id, acd.StateReady, "ready")))
	}
	return takes
}

func comes(seconds int, cmd acd.Command, events ...acd.Event) auditTake {
	cmd.Type = acd.CmdArrive
	return given(seconds, cmd, events...)
}

func toldBecomes(agent string, state acd.State, reason string) acd.Event {
	return acd.Event{Type: acd.EventAgent, Agent: agent, State: state, Reason: reason}
}

func toldJoined(call string, position int) acd.Event {
	return acd.Event{Type: acd.EventQueued, Call: call, Queue: "support", Position: position}
}

func toldJoinedAs(tier, call string, position int) acd.Event {
	ev := toldJoined(call, position)
	ev.Tier = tier
	return ev
}

func toldOffered(offer, call, agent string) acd.Event {
	return acd.Event{Type: acd.EventOffered, Offer: offer, Call: call, Agent: agent}
}

func toldWithdrawn(offer, call, agent, reason string) acd.Event {
	return acd.Event{Type: acd.EventWithdrawn, Offer: offer, Call: call, Agent: agent, Reason: reason}
}

func toldRequeued(call, reason string) acd.Event {
	return acd.Event{Type: acd.EventRequeued, Call: call, Queue: "support", Position: 1, Reason: reason}
}

func toldEntered(call string, step int) acd.Event {
	return acd.Event{Type: acd.EventStep, Call: call, Queue: "support", Step: step}
}

func toldConnected(offer, call, agent string, waited int) acd.Event {
	return acd.Event{Type: acd.EventConnected, Offer: offer, Call: call, Agent: agent, Waited: *auditSeconds(waited)}
}

func toldGone(call string, waited int) acd.Event {
	return acd.Event{Type: acd.EventAbandoned, Call: call, Queue: "support", Waited: *auditSeconds(waited)}
}

func toldEnded(call, agent string, talked int) acd.Event {
	return acd.Event{Type: acd.EventEnded, Call: call, Agent: agent, Talked: *auditSeconds(talked)}
}

// toldAt sets an event's time.
func toldAt(seconds int, ev acd.Event) acd.Event {
	ev.At = auditAt(seconds)
	return ev
}

// audited runs the takes through an auditor and returns all that it says.
func audited(plan acd.Plan, takes []auditTake) []Violation {
	auditor := NewAuditor(plan)
	var found []Violation
	var seq uint64
	for _, t := range takes {
		events := slices.Clone(t.events)
		for i := range events {
			ev := &events[i]
			if ev.At.IsZero() {
				ev.At = t.cmd.At
			}
			if seq++; ev.Seq == 0 {
				ev.Seq = seq
			}
			if ev.Type == acd.EventOffered && ev.Until.IsZero() {
				ev.Until = ev.At.Add(15 * time.Second)
			}
		}
		found = append(found, auditor.Applied(t.cmd, events, t.err)...)
	}
	return append(found, auditor.Close()...)
}

// auditStory is a lawful stream and ways to spoil its last takes.
type auditStory struct {
	name   string
	law    string
	also   string // a law that cannot but be broken with it
	mode   acd.AffinityMode
	with   func(*acd.Plan) // what else is in the plan
	before []auditTake
	lawful []auditTake
	broken map[string][]auditTake // in place of lawful
}

func TestAuditorKnowsTheLaws(t *testing.T) {
	for _, story := range auditStories() {
		t.Run(story.law+": "+story.name, func(t *testing.T) {
			plan := auditPlan(story.mode)
			if story.with != nil {
				story.with(&plan)
			}
			if found := audited(plan, slices.Concat(story.before, story.lawful)); found != nil {
				t.Errorf("lawful, yet: %v", found)
			}
			for name, takes := range story.broken {
				found := audited(plan, slices.Concat(story.before, takes))
				if !slices.ContainsFunc(found, func(v Violation) bool { return v.Law == story.law }) {
					t.Errorf("%s: not noticed: %v", name, found)
				}
				for _, v := range found {
					if v.Law != story.law && v.Law != story.also {
						t.Errorf("%s: reported as %v", name, v)
					}
				}
			}
		})
	}
}

func auditStories() []auditStory {
	return slices.Concat(auditCallStories(), auditMatchingStories(), auditFigureStories(),
		auditCallbackStories(), auditTransferStories(), auditElsewhereStories(), auditPlanStories())
}

func auditCallStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	accept := acd.Command{Type: acd.CmdAccept, Offer: "o1"}
	end := acd.Command{Type: acd.CmdEnd, Call: "c1"}
	over := []acd.Event{toldEnded("c1", "ann", 30), toldBecomes("ann", acd.StateReady, "ended")}
	talk := slices.Concat(onShift(0, "ann", 5, true), []auditTake{
		comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann")),
		given(5, accept, toldConnected("o1", "c1", "ann", 4)),
	})
	disposition := acd.Event{Type: acd.EventDisposition, Call: "c1", Agent: "ann", Code: "sold"}
	ringing := slices.Concat(onShift(0, "ann", 5, true), onShift(0, "bob", 5, false), []auditTake{
		comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann")),
	})
	return []auditStory{
		{
			name: "an arrival leads somewhere", law: LawConservation,
			lawful: []auditTake{comes(0, c1, toldJoined("c1", 1)), comes(9, c1)},
			broken: map[string][]auditTake{
				"nowhere": {comes(0, c1)},
				"blocked and queued": {comes(0, c1,
					acd.Event{Type: acd.EventBlocked, Call: "c1", Reason: "full"}, toldJoined("c1", 1))},
				"another one is lost": {comes(0, c1, toldJoined("c1", 1)), comes(9, acd.Command{Call: "c1", Tier: "gold"})},
			},
		},
		{
			name: "one outcome", law: LawConservation, before: talk,
			lawful: []auditTake{
				given(35, end, over...), given(36, end),
				given(40, acd.Command{Type: acd.CmdWrapUp, Agent: "ann", Code: "sold"}, disposition),
			},
			broken: map[string][]auditTake{
				"two":                     {given(35, end, append(over, toldGone("c1", 4))...)},
				"in line after it":        {given(35, end, append(over, toldJoined("c1", 1))...)},
				"abandoned while talking": {given(35, end, toldGone("c1", 4), toldBecomes("ann", acd.StateReady, "ended"))},
				"an unknown call":         {given(35, end, over...), given(40, advance, toldEntered("c7", 1))},
				"a disposition of no talk": {given(40, acd.Command{Type: acd.CmdWrapUp, Agent: "ann", Code: "sold"},
					disposition)},
			},
		},
		{
			name: "nobody is lost", law: LawConservation, also: LawNumbers, before: ringing,
			lawful: []auditTake{given(3, acd.Command{Type: acd.CmdDecline, Offer: "o1"},
				toldWithdrawn("o1", "c1", "ann", "declined"), toldRequeued("c1", "declined"),
				toldBecomes("ann", acd.StateNotReady, "declined"))},
			broken: map[string][]auditTake{
				"never back in line": {given(3, acd.Command{Type: acd.CmdDecline, Offer: "o1"},
					toldWithdrawn("o1", "c1", "ann", "declined"), toldBecomes("ann", acd.StateNotReady, "declined"))},
			},
		},
		{
			name: "an offer reserves", law: LawOneCallOneAgent, before: ringing,
			lawful: []auditTake{comes(2, acd.Command{Call: "c2"}, toldJoined("c2", 1))},
			broken: map[string][]auditTake{
				"an agent rings twice": {comes(2, acd.Command{Call: "c2"}, toldJoined("c2", 1), toldOffered("o2", "c2", "ann"))},
				"a call rings twice":   {given(2, acd.Command{Type: acd.CmdReady, Agent: "bob"}, toldBecomes("bob", acd.StateReady, "ready"), toldOffered("o2", "c1", "bob"))},
				"not ready":            {comes(2, acd.Command{Call: "c2"}, toldJoined("c2", 1), toldOffered("o2", "c2", "bob"))},
				"the agent goes on":    {given(2, acd.Command{Type: acd.CmdReady, Agent: "ann"}, toldBecomes("ann", acd.StateReady, "ready"))},
				"another rang":         {given(2, accept, toldConnected("o1", "c1", "bob", 1))},
				"the caller goes":      {given(2, acd.Command{Type: acd.CmdHangup, Call: "c1"}, toldGone("c1", 1), toldBecomes("ann", acd.StateReady, "hangup"))},
			},
		},
		{
			name: "an offer ends once", law: LawOneCallOneAgent, before: ringing,
			lawful: []auditTake{given(20, advance,
				toldAt(16, toldWithdrawn("o1", "c1", "ann", "no_answer")), toldAt(16, toldRequeued("c1", "no_answer")),
				toldAt(16, toldBecomes("ann", acd.StateNotReady, "no_answer")))},
			broken: map[string][]auditTake{
				"never":            {given(20, advance)},
				"connected twice":  {given(2, accept, toldConnected("o1", "c1", "ann", 1)), given(3, accept, toldConnected("o1", "c1", "ann", 1))},
				"back in line":     {given(20, advance, toldAt(16, toldRequeued("c1", "no_answer"))), given(21, advance)},
				"after connecting": {given(2, accept, toldConnected("o1", "c1", "ann", 1)), given(3, advance, toldWithdrawn("o1", "c1", "ann", "busy"), toldRequeued("c1", "busy"), toldBecomes("ann", acd.StateNotReady, "busy"))},
			},
		},
	}
}

func auditMatchingStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	ready := acd.Command{Type: acd.CmdReady, Agent: "ann"}
	isReady := toldBecomes("ann", acd.StateReady, "ready")
	novice := slices.Concat(onShift(0, "ann", 1, true), []auditTake{comes(0, c1, toldJoined("c1", 1))})
	gold := slices.Concat(onShift(0, "ann", 5, false), []auditTake{
		comes(0, c1, toldJoined("c1", 1)), comes(10, acd.Command{Call: "c2", Tier: "gold"}, toldJoinedAs("gold", "c2", 1)),
	})
	// Ann talks, Bob is ready, and c1 is held for Ann until second 30.
	held := slices.Concat(onShift(0, "ann", 5, true), []auditTake{
		comes(0, acd.Command{Call: "c0"}, toldJoined("c0", 1), toldOffered("o1", "c0", "ann")),
		given(0, acd.Command{Type: acd.CmdAccept, Offer: "o1"}, toldConnected("o1", "c0", "ann", 0)),
	}, onShift(0, "bob", 5, true))
	hers := acd.Command{Call: "c1", LastAgent: "ann"}
	login := acd.Command{Type: acd.CmdLogin, Agent: "ann", Skills: acd.Skills{"support": 7}}
	vip := slices.Concat(onShift(0, "ann", 5, false), []auditTake{
		comes(0, c1, toldJoined("c1", 1)), comes(130, acd.Command{Call: "c2", Tier: "vip"}, toldAt(20, toldEntered("c1", 1)), toldJoinedAs("vip", "c2", 2)),
	})
	return []auditStory{
		{
			name: "at the end of Apply", law: LawCompleteMatching, before: onShift(0, "ann", 5, true),
			lawful: []auditTake{comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{"no offer": {comes(1, c1, toldJoined("c1", 1))}},
		},
		{
			name: "at each instant", law: LawCompleteMatching, before: novice,
			lawful: []auditTake{given(30, advance, toldAt(20, toldEntered("c1", 1)), toldAt(20, toldOffered("o1", "c1", "ann")))},
			broken: map[string][]auditTake{
				"never":     {given(30, advance, toldAt(20, toldEntered("c1", 1)))},
				"too late":  {given(30, advance, toldAt(20, toldEntered("c1", 1)), toldAt(25, toldOffered("o1", "c1", "ann")))},
				"next time": {given(20, advance, toldEntered("c1", 1)), given(30, advance, toldAt(20, toldOffered("o1", "c1", "ann")))},
			},
		},
		{
			name: "new skills count at once", law: LawCompleteMatching, before: novice,
			lawful: []auditTake{given(5, login, toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{"no offer": {given(5, login)}},
		},
		{
			name: "the needs of the step", law: LawEligibility, before: novice,
			lawful: []auditTake{given(20, advance, toldEntered("c1", 1), toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{
				"too early":              {given(19, advance, toldOffered("o1", "c1", "ann"))},
				"before the new skills":  {given(9, login, toldAt(8, toldOffered("o1", "c1", "ann")))},
				"before the step itself": {given(20, advance, toldOffered("o1", "c1", "ann"), toldEntered("c1", 1))},
			},
		},
		{
			name: "a held call is for its own agent", law: LawEligibility, mode: acd.AffinityHold, before: held,
			lawful: []auditTake{comes(10, hers, toldJoined("c1", 1))},
			broken: map[string][]auditTake{"another": {comes(10, hers, toldJoined("c1", 1), toldOffered("o2", "c1", "bob"))}},
		},
		{
			name: "the most urgent first", law: LawOrder, before: gold,
			lawful: []auditTake{given(15, ready, isReady, toldOffered("o1", "c2", "ann"))},
			broken: map[string][]auditTake{"the first come": {given(15, ready, isReady, toldOffered("o1", "c1", "ann"))}},
		},
		{
			name: "the longest idle agent", law: LawOrder, before: slices.Concat(onShift(0, "bob", 5, true), onShift(1, "ann", 5, true)),
			lawful: []auditTake{comes(3, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "bob"))},
			broken: map[string][]auditTake{"the other": {comes(3, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann"))}},
		},
		{
			name: "the own agent", law: LawOrder, mode: acd.AffinityPrefer,
			before: slices.Concat(onShift(0, "bob", 5, true), onShift(1, "ann", 5, true)),
			lawful: []auditTake{comes(3, hers, toldJoined("c1", 1), toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{"the other": {comes(3, hers, toldJoined("c1", 1), toldOffered("o1", "c1", "bob"))}},
		},
		{
			// Whoever overtakes too far is also out of order.
			name: "no further than D", law: LawOvertaking, also: LawOrder, before: vip,
			lawful: []auditTake{given(140, ready, isReady, toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{"further": {given(140, ready, isReady, toldOffered("o1", "c2", "ann"))}},
		},
		{
			name: "no longer than the hold", law: LawHold, mode: acd.AffinityHold,
			before: slices.Concat(held, []auditTake{comes(10, hers, toldJoined("c1", 1))}),
			lawful: []auditTake{given(40, advance,
				toldAt(30, toldEntered("c1", 1)), toldAt(30, toldOffered("o2", "c1", "bob")))},
			broken: map[string][]auditTake{
				"longer":  {given(40, advance, toldAt(30, toldEntered("c1", 1)), toldAt(31, toldOffered("o2", "c1", "bob")))},
				"forever": {given(30, advance, toldEntered("c1", 1))},
			},
		},
		{
			name: "not for one who is away", law: LawHold, mode: acd.AffinityHold,
			before: slices.Concat(held, []auditTake{comes(10, hers, toldJoined("c1", 1))}),
			lawful: []auditTake{
				given(12, acd.Command{Type: acd.CmdNotReady, Agent: "ann"}),
				given(15, acd.Command{Type: acd.CmdEnd, Call: "c0"},
					toldEnded("c0", "ann", 15), toldBecomes("ann", acd.StateNotReady, "not_ready"), toldOffered("o2", "c1", "bob")),
			},
			broken: map[string][]auditTake{"held on": {
				given(12, acd.Command{Type: acd.CmdNotReady, Agent: "ann"}),
				given(15, acd.Command{Type: acd.CmdEnd, Call: "c0"},
					toldEnded("c0", "ann", 15), toldBecomes("ann", acd.StateNotReady, "not_ready")),
			}},
		},
	}
}

func auditFigureStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	hangup := acd.Command{Type: acd.CmdHangup, Call: "c1"}
	// Ten seconds of waiting, then thirty of a talk that was none.
	failed := slices.Concat(onShift(0, "ann", 5, false), []auditTake{
		comes(0, c1, toldJoined("c1", 1)),
		given(5, acd.Command{Type: acd.CmdReady, Agent: "ann"}, toldBecomes("ann", acd.StateReady, "ready"), toldOffered("o1", "c1", "ann")),
		given(10, acd.Command{Type: acd.CmdAccept, Offer: "o1"}, toldConnected("o1", "c1", "ann", 10)),
		given(40, acd.Command{Type: acd.CmdBridgeFailed, Call: "c1"}, toldRequeued("c1", "bridge_failed"),
			toldBecomes("ann", acd.StateNotReady, "bridge_failed"), toldEntered("c1", 1)),
	})
	rested := toldAt(50, toldBecomes("ann", acd.StateReady, "rested"))
	again := func(context, waited int) []auditTake {
		offer := toldAt(50, toldOffered("o2", "c1", "ann"))
		offer.Context = &acd.Context{Waited: *auditSeconds(context)}
		return []auditTake{
			given(51, advance, rested, offer),
			given(52, acd.Command{Type: acd.CmdAccept, Offer: "o2"}, toldConnected("o2", "c1", "ann", waited)),
		}
	}
	ringing := slices.Concat(onShift(0, "ann", 5, true), []auditTake{
		comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann")),
	})
	decline := acd.Command{Type: acd.CmdDecline, Offer: "o1"}
	back := []acd.Event{
		toldWithdrawn("o1", "c1", "ann", "declined"), toldRequeued("c1", "declined"),
		toldBecomes("ann", acd.StateNotReady, "declined"),
	}
	gap := toldJoined("c1", 1)
	gap.Seq = 2
	long := toldOffered("o1", "c1", "ann")
	long.Until = auditAt(90)
	explained := func(why acd.Why) []auditTake {
		ev := toldOffered("o1", "c2", "ann")
		ev.Why = &why
		return []auditTake{given(15, acd.Command{Type: acd.CmdReady, Agent: "ann"}, toldBecomes("ann", acd.StateReady, "ready"), ev)}
	}
	overflow := []acd.Event{
		toldAt(200, toldEntered("c1", 2)),
		toldAt(200, acd.Event{Type: acd.EventOverflowed, Call: "c1", From: "support", To: "desk"}),
		toldAt(200, acd.Event{Type: acd.EventQueued, Call: "c1", Queue: "desk", Position: 1}),
	}
	return []auditStory{
		{
			name: "connected", law: LawWaiting, before: failed, lawful: again(20, 22),
			broken: map[string][]auditTake{
				"the talk counted": again(20, 52), "waiting taken back": again(20, 12), "told the agent": again(50, 22),
			},
		},
		{
			name: "abandoned", law: LawWaiting, before: failed,
			lawful: []auditTake{given(45, hangup, toldGone("c1", 15))},
			broken: map[string][]auditTake{"since arrival": {given(45, hangup, toldGone("c1", 45))}},
		},
		{
			name: "seq, at and position", law: LawNumbers,
			lawful: []auditTake{comes(0, c1, toldJoined("c1", 1)), comes(1, acd.Command{Call: "c2"}, toldJoined("c2", 2))},
			broken: map[string][]auditTake{
				"a gap":          {comes(0, c1, gap)},
				"too late":       {comes(0, c1, toldAt(1, toldJoined("c1", 1)))},
				"too early":      {comes(5, c1, toldJoined("c1", 1)), comes(6, acd.Command{Call: "c2"}, toldAt(4, toldJoined("c2", 2)))},
				"the wrong":      {comes(0, c1, toldJoined("c1", 1)), comes(1, acd.Command{Call: "c2"}, toldJoined("c2", 1))},
				"beyond the end": {comes(0, c1, toldJoined("c1", 2))},
			},
		},
		{
			name: "what belongs together", law: LawNumbers, before: ringing,
			lawful: []auditTake{given(3, decline, back...)},
			broken: map[string][]auditTake{
				"another order": {given(3, decline, back[0], back[2], back[1])},
				"no agent":      {given(3, decline, back[0], back[1])},
			},
		},
		{
			name: "a ladder", law: LawNumbers,
			before: []auditTake{comes(0, c1, toldJoined("c1", 1)), given(20, advance, toldEntered("c1", 1))},
			lawful: []auditTake{given(200, advance, overflow...)},
			broken: map[string][]auditTake{
				"without a step": {given(200, advance, overflow[1:]...)},
				"no such step":   {given(200, advance, toldEntered("c1", 7))},
			},
		},
		{
			name: "how long it rings and lasts", law: LawNumbers, before: onShift(0, "ann", 5, true),
			lawful: []auditTake{
				comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann")),
				given(2, acd.Command{Type: acd.CmdAccept, Offer: "o1"}, toldConnected("o1", "c1", "ann", 1)),
				given(9, hangup, toldEnded("c1", "ann", 7), toldBecomes("ann", acd.StateReady, "ended")),
			},
			broken: map[string][]auditTake{
				"ring": {comes(1, c1, toldJoined("c1", 1), long)},
				"talk": {
					comes(1, c1, toldJoined("c1", 1), toldOffered("o1", "c1", "ann")),
					given(2, acd.Command{Type: acd.CmdAccept, Offer: "o1"}, toldConnected("o1", "c1", "ann", 1)),
					given(9, hangup, toldEnded("c1", "ann", 8), toldBecomes("ann", acd.StateReady, "ended")),
				},
			},
		},
		{
			name: "why", law: LawNumbers,
			before: slices.Concat(onShift(0, "ann", 5, false), []auditTake{
				comes(0, c1, toldJoined("c1", 1)), comes(10, acd.Command{Call: "c2", Tier: "gold"}, toldJoinedAs("gold", "c2", 1)),
			}),
			lawful: explained(acd.Why{Queue: "support", Reason: "longest_idle", HeadStart: time.Minute, Overtaken: 1}),
			broken: map[string][]auditTake{
				"queue":      explained(acd.Why{Queue: "desk", Reason: "longest_idle", HeadStart: time.Minute, Overtaken: 1}),
				"reason":     explained(acd.Why{Queue: "support", Reason: "same_agent", HeadStart: time.Minute, Overtaken: 1}),
				"head start": explained(acd.Why{Queue: "support", Reason: "longest_idle", HeadStart: time.Hour, Overtaken: 1}),
				"overtaken":  explained(acd.Why{Queue: "support", Reason: "longest_idle", HeadStart: time.Minute}),
			},
		},
	}
}

func TestEveryLawHasAStory(t *testing.T) {
	stories := auditStories()
	for _, law := range []string{
		LawConservation, LawOneCallOneAgent, LawCompleteMatching, LawEligibility, LawOrder,
		LawOvertaking, LawHold, LawWaiting, LawCallbacks, LawTransfers, LawNumbers,
	} {
		if !slices.ContainsFunc(stories, func(s auditStory) bool { return s.law == law }) {
			t.Errorf("%s has none", law)
		}
	}
}

func TestACommandJudgedFirstIsAsIfNotGiven(t *testing.T) {
	early := comes(-60, acd.Command{Call: "c2"})
	early.err = &acd.Refused{Code: acd.CodeTimeBackwards, Detail: "c2"}
	lost := comes(90, acd.Command{Call: "c3"})
	lost.err = errors.New("the journal is full")
	takes := []auditTake{comes(0, acd.Command{Call: "c1"}, toldJoined("c1", 1)), early, lost}
	if found := audited(auditPlan(""), takes); found != nil {
		t.Errorf("%v", found)
	}
	early.events = []acd.Event{toldAt(0, toldEntered("c1", 1))}
	found := audited(auditPlan(""), []auditTake{takes[0], early})
	if len(found) == 0 || found[0].Law != LawNumbers {
		t.Errorf("not noticed: %v", found)
	}
}

func TestAViolationIsOneLine(t *testing.T) {
	got := Violation{LawOrder, auditAt(1), "c1 before c2"}.String()
	if got != "2026-04-01T09:00:01Z order: c1 before c2" || strings.Contains(got, "\n") {
		t.Error(got)
	}
}
