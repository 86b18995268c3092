// Package acd decides which caller meets which operator, and when.
//
// An [Engine] is a deterministic state machine. Commands say what happened: an
// agent is ready, a call arrives, somebody hangs up. Events say what follows:
// the call is queued, this agent's phone is to ring, and why. The Engine has no
// clock, no goroutine and no I/O. Those are yours: stamp each command with its
// time, apply it, carry out the events, and wake up at [Engine.Next].
//
//	engine, err := acd.New(plan)
//	events, err := engine.Apply(acd.Command{Type: acd.CmdArrive, At: now, Call: "c1", Caller: "03-1234-5678"})
//	for _, e := range events {
//		if e.Type == acd.EventOffered {
//			// Ring e.Agent and show e.Context; then apply CmdAccept or
//			// CmdDecline with e.Offer.
//		}
//	}
//
// # The order
//
// Every call in line has an urgency: when the caller began to wait, less the
// call's head start. The line is served earliest urgency first; ties go to the
// earlier arrival. Head starts come from the tier, the entry rule, the caller's
// own agent and the arrival itself; they add up, and [Plan.MaxHeadStart], D,
// caps the sum. Since all calls age alike, the order never changes while they
// wait, and at the instant of any offer no call in line that was eligible for
// that agent began to wait more than D before the call that is offered.
//
// # The words
//
//   - Plan: the centre's rules as data, a [Plan] or the same as JSON.
//
//   - Entry rule: sends an arriving call to a queue. Step: a rung of the queue's
//     ladder, which changes what skills a call needs, or does something with it.
//     Floor: the last step with needs.
//
//   - Eligible: an agent who meets the needs of the call's step; the call's own
//     agent, who served the customer last, needs to meet only the floor.
//
//   - Offer: one call and one agent reserved for each other, the phone rings. It
//     ends in connected or in withdrawn.
//
//   - Hold: for a while only the own agent is eligible.
//
//   - Callback: the caller has left and keeps the place; an agent is reserved
//     first, and then the customer's phone rings. Transfer: a call is passed on
//     with everything that is known about it.
//
// # Live
//
// A [Router] runs an Engine against the clock: safe for concurrent use, with a
// [Journal] that has each command before anything that follows from it is told,
// and from which the next Router goes on. [Router.Events] are for any number of
// subscribers.
//
// # Asking
//
// Each offer says why it was made. [Engine.Explain] tells of a call where it
// stands and why no agent takes it, [Engine.ExplainAgent] of an agent why idle or
// which call is next. [Engine.Snapshot] and [Restore] carry the whole state.
// Package report makes figures of the events.
//
// # As JSON
//
// Commands, events and plans have a fixed JSON form, one object a line, with
// durations as Go duration strings and times in RFC 3339 with nanoseconds, in
// UTC: see [ParseCommand], [Event.AppendJSON] and [ParsePlan].
package acd
