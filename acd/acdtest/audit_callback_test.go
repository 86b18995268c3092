package acdtest

import (
	"slices"

	"github.com/najimi-acd/najimi/acd"
)

// booksBetween asks for a callback with a window in seconds; 0 sets no bound.
func booksBetween(call string, from, until int) acd.Command {
	cmd := acd.Command{Type: acd.CmdCallback, Call: call}
	if from > 0 {
		cmd.From = auditAt(from)
	}
	if until > 0 {
		cmd.Until = auditAt(until)
	}
	return cmd
}

func toldBooked(cmd acd.Command) acd.Event {
	return acd.Event{Type: acd.EventCallbackBooked, Call: cmd.Call, NotBefore: cmd.From, Until: cmd.Until, Number: cmd.Number}
}

func booked(seconds int, cmd acd.Command) auditTake { return given(seconds, cmd, toldBooked(cmd)) }

func toldCalledBack(offer, call, agent string) acd.Event {
	ev := toldOffered(offer, call, agent)
	ev.Kind = acd.KindCallback
	return ev
}

func toldFailed(call, reason string, waited int) acd.Event {
	return acd.Event{
		Type: acd.EventCallbackFailed, Call: call, Queue: "support", Reason: reason, Waited: *auditSeconds(waited),
	}
}

func toldCancelled(call string, waited int) acd.Event {
	ev := toldGone(call, waited)
	ev.Reason = acd.ReasonCancelled
	return ev
}

func auditCallbackStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	ready := acd.Command{Type: acd.CmdReady, Agent: "ann"}
	isReady := toldBecomes("ann", acd.StateReady, "ready")
	cancel := acd.Command{Type: acd.CmdCancel, Call: "c1"}
	waits := []auditTake{comes(0, c1, toldJoined("c1", 1))}
	window := booksBetween("c1", 60, 300)
	numbered := window
	numbered.Number = "090-1"
	otherwise := toldBooked(window)
	otherwise.Until = auditAt(600)
	// c1 rests from second 10 to 60.
	rests := slices.Concat(onShift(0, "ann", 5, false), waits, []auditTake{booked(10, window)})
	second := slices.Concat(rests, []auditTake{comes(20, acd.Command{Call: "c2"}, toldJoined("c2", 1))})
	back := func(position int) acd.Event {
		ev := toldAt(60, toldRequeued("c1", "due"))
		ev.Position = position
		return ev
	}
	// Ann rings for the callback of c1 from second 10 on.
	rings := func(until int) []auditTake {
		return slices.Concat(onShift(0, "ann", 5, false), waits, []auditTake{
			booked(5, booksBetween("c1", 0, until)), given(10, ready, isReady, toldCalledBack("o1", "c1", "ann")),
		})
	}
	decline := acd.Command{Type: acd.CmdDecline, Offer: "o1", Party: "customer", Reason: "busy"}
	withdrawn := toldWithdrawn("o1", "c1", "ann", "busy")
	free := toldBecomes("ann", acd.StateReady, "busy")
	missed := given(15, decline, withdrawn, free)
	patient := func(attempts int) func(*acd.Plan) {
		return func(p *acd.Plan) { p.Callback = acd.Callback{Attempts: &attempts, RetryAfter: auditSeconds(60)} }
	}
	again := []acd.Event{toldRequeued("c1", "retry"), toldEntered("c1", 1), toldCalledBack("o2", "c1", "ann")}
	late := []acd.Event{
		toldAt(25, toldWithdrawn("o1", "c1", "ann", "no_answer")), toldAt(25, toldFailed("c1", "expired", 25)),
		toldAt(25, toldBecomes("ann", acd.StateNotReady, "no_answer")),
	}
	return []auditStory{
		{
			name: "as asked for", law: LawCallbacks, before: waits,
			lawful: []auditTake{booked(10, numbered), given(11, numbered), booked(12, booksBetween("c1", 60, 0))},
			broken: map[string][]auditTake{
				"not at all":       {given(10, window)},
				"another window":   {given(10, window, otherwise)},
				"without a number": {given(10, numbered, toldBooked(window))},
				"unasked":          {given(10, advance, toldBooked(booksBetween("c1", 0, 300)))},
			},
		},
		{
			name: "back when the window opens", law: LawCallbacks, also: LawOneCallOneAgent, before: rests,
			lawful: []auditTake{given(70, advance, back(1), toldAt(60, toldEntered("c1", 1)))},
			broken: map[string][]auditTake{
				"never":            {given(70, advance)},
				"late":             {given(70, advance, toldAt(61, back(1)))},
				"early":            {given(59, advance, toldRequeued("c1", "due"))},
				"for nothing":      {given(60, advance, toldRequeued("c1", "retry"))},
				"offered at rest":  {given(30, ready, isReady, toldCalledBack("o1", "c1", "ann"))},
				"back before that": {given(10, advance, toldRequeued("c1", "due"), toldRequeued("c1", "due"))},
			},
		},
		{
			name: "booked anew", law: LawCallbacks, before: rests,
			lawful: []auditTake{given(30, booksBetween("c1", 0, 300),
				toldBooked(booksBetween("c1", 0, 300)), toldRequeued("c1", "due"), toldEntered("c1", 1))},
			broken: map[string][]auditTake{
				"and left at rest": {booked(30, booksBetween("c1", 0, 300)), given(31, advance)},
			},
		},
		{
			name: "the place", law: LawCallbacks, before: second,
			lawful: []auditTake{given(60, advance, toldAt(40, toldEntered("c2", 1)), back(2), toldEntered("c1", 1))},
			broken: map[string][]auditTake{
				"as if it had waited": {given(60, advance, toldAt(40, toldEntered("c2", 1)), back(1), toldEntered("c1", 1))},
			},
		},
		{
			name: "until the window closes", law: LawCallbacks,
			before: slices.Concat(onShift(0, "ann", 1, false), waits, []auditTake{booked(10, booksBetween("c1", 0, 50))}),
			lawful: []auditTake{
				given(20, advance, toldEntered("c1", 1)),
				given(50, ready, toldFailed("c1", "expired", 50), isReady),
			},
			broken: map[string][]auditTake{
				"offered":           {given(20, advance, toldEntered("c1", 1)), given(50, ready, isReady, toldCalledBack("o1", "c1", "ann"))},
				"in line":           {given(50, advance)},
				"early":             {given(49, advance, toldFailed("c1", "expired", 49))},
				"for no reason":     {given(50, advance, toldFailed("c1", "", 50))},
				"without attempts":  {given(50, advance, toldFailed("c1", "attempts", 50))},
				"as a common offer": {given(20, ready, toldEntered("c1", 1), isReady, toldOffered("o1", "c1", "ann"))},
			},
		},
		{
			name: "never more than agents", law: LawCallbacks, also: LawOneCallOneAgent, before: rings(0),
			lawful: []auditTake{
				comes(12, acd.Command{Call: "c2"}, toldJoined("c2", 1)), booked(13, booksBetween("c2", 0, 0)),
			},
			broken: map[string][]auditTake{"two": {
				comes(12, acd.Command{Call: "c2"}, toldJoined("c2", 1)),
				given(13, booksBetween("c2", 0, 0), toldBooked(booksBetween("c2", 0, 0)), toldCalledBack("o2", "c2", "ann")),
			}},
		},
		{
			name: "the customer is not reached", law: LawCallbacks, before: rings(0), with: patient(3),
			lawful: []auditTake{missed, given(75, advance, again...)},
			broken: map[string][]auditTake{
				"the agent pays":      {given(15, decline, withdrawn, toldBecomes("ann", acd.StateNotReady, "busy"))},
				"back at once":        {given(15, decline, withdrawn, toldRequeued("c1", "busy"), free, toldCalledBack("o2", "c1", "ann"))},
				"failed at once":      {given(15, decline, withdrawn, toldFailed("c1", "attempts", 15), free)},
				"never back":          {missed, given(75, advance)},
				"back too early":      {missed, given(74, advance, again...)},
				"back for the window": {missed, given(75, advance, toldRequeued("c1", "due"), again[1], again[2])},
			},
		},
		{
			name: "the last attempt", law: LawCallbacks, also: LawConservation, before: rings(0), with: patient(1),
			lawful: []auditTake{given(15, decline, withdrawn, toldFailed("c1", "attempts", 15), free)},
			broken: map[string][]auditTake{
				"and another":        {missed, given(16, advance)},
				"for another reason": {given(15, decline, withdrawn, toldFailed("c1", "expired", 15), free)},
			},
		},
		{
			name: "it rings when the window closes", law: LawCallbacks, before: rings(20),
			lawful: []auditTake{given(30, advance, late...)},
			broken: map[string][]auditTake{
				"back in line": {given(25, advance, late[0], toldRequeued("c1", "no_answer"), late[2])},
			},
		},
		{
			name: "given up", law: LawCallbacks, before: slices.Concat(waits, []auditTake{booked(5, booksBetween("c1", 0, 0))}),
			lawful: []auditTake{given(8, acd.Command{Type: acd.CmdHangup, Call: "c1"}), given(9, cancel, toldCancelled("c1", 9))},
			broken: map[string][]auditTake{
				"in vain":        {given(9, cancel)},
				"by hanging up":  {given(9, acd.Command{Type: acd.CmdHangup, Call: "c1"}, toldGone("c1", 9))},
				"by a departure": {given(9, cancel, toldGone("c1", 9))},
			},
		},
		{
			name: "a rest is no waiting", law: LawWaiting, before: rests,
			lawful: []auditTake{given(60, advance, back(1), toldEntered("c1", 1)), given(65, cancel, toldCancelled("c1", 15))},
			broken: map[string][]auditTake{
				"counted":  {given(60, advance, back(1), toldEntered("c1", 1)), given(65, cancel, toldCancelled("c1", 65))},
				"at once":  {given(30, cancel, toldCancelled("c1", 30))},
				"and lost": {given(60, advance, back(1), toldEntered("c1", 1)), given(65, cancel, toldCancelled("c1", 5))},
			},
		},
		{
			name: "the idle mark is kept", law: LawOrder, before: rings(0), with: patient(3),
			lawful: slices.Concat(onShift(12, "bob", 5, true), []auditTake{missed,
				comes(20, acd.Command{Call: "c2"}, toldJoined("c2", 1), toldOffered("o2", "c2", "ann"))}),
			broken: map[string][]auditTake{"lost": slices.Concat(onShift(12, "bob", 5, true), []auditTake{missed,
				comes(20, acd.Command{Call: "c2"}, toldJoined("c2", 1), toldOffered("o2", "c2", "bob"))})},
		},
		{
			name: "a suggestion where the queue is closed", law: LawConservation, also: LawCallbacks,
			with: func(p *acd.Plan) {
				p.Queues[0].Hours = &acd.Hours{Week: map[string][]string{"sun": {"00:00-24:00"}}}
				p.Queues[0].WhenClosed = acd.Elsewhere{Callback: true}
			},
			before: []auditTake{comes(0, c1, acd.Event{Type: acd.EventSuggested, Call: "c1", Queue: "support", Channel: "callback"})},
			lawful: []auditTake{
				given(7, booksBetween("c1", 0, 0), toldBooked(booksBetween("c1", 0, 0)), toldJoined("c1", 1)),
				given(9, cancel, toldCancelled("c1", 2)),
			},
			broken: map[string][]auditTake{
				"in line without a booking": {given(7, advance, toldJoined("c1", 1))},
				"booked and in no line":     {booked(7, booksBetween("c1", 0, 0))},
				"asked again": {given(7, advance,
					acd.Event{Type: acd.EventAbandoned, Call: "c1", Queue: "support"}, toldJoined("c1", 1))},
			},
		},
	}
}
