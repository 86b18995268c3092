package acdtest

import (
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// auditElsewhereStories are of callers who are told something or go another
// way, and of those who stay too long.
func auditElsewhereStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	waits := []auditTake{comes(0, c1, toldJoined("c1", 1))}
	deflect := acd.Command{Type: acd.CmdDeflect, Call: "c1", Channel: "sms"}
	toldDeflected := func(channel string) acd.Event {
		return acd.Event{Type: acd.EventDeflected, Call: "c1", Queue: "support", Channel: channel, Waited: *auditSeconds(9)}
	}
	suggested := acd.Event{Type: acd.EventSuggested, Call: "c1", Queue: "support", Channel: "sms"}
	announced := acd.Event{Type: acd.EventAnnounced, Call: "c1", Position: 1}
	does := func(do acd.Do, condition *acd.If) func(*acd.Plan) {
		return func(p *acd.Plan) { p.Queues[0].Steps[2] = acd.Step{After: 30 * time.Second, If: condition, Do: &do} }
	}
	estimated := func(w queue.Estimate) []auditTake {
		ev := toldJoined("c1", 1)
		ev.Wait = w
		return []auditTake{comes(0, c1, ev)}
	}
	ghost := func(seconds int) acd.Event {
		return toldAt(seconds, acd.Event{Type: acd.EventOverdue, Call: "c1", Queue: "support", Reason: "waiting"})
	}
	gold := toldJoinedAs("gold", "c1", 1)
	return []auditStory{
		{
			name: "deflected", law: LawConservation, before: waits,
			lawful: []auditTake{given(9, deflect, toldDeflected("sms")), given(10, deflect)},
			broken: map[string][]auditTake{
				"not at all": {given(9, deflect)},
				"and back":   {given(9, deflect, toldDeflected("sms"), toldJoined("c1", 1))},
			},
		},
		{
			name: "where to", law: LawNumbers, before: waits,
			lawful: []auditTake{given(9, deflect, toldDeflected("sms"))},
			broken: map[string][]auditTake{
				"another channel": {given(9, deflect, toldDeflected("web"))},
				"unasked":         {given(9, advance, toldDeflected("sms"))},
			},
		},
		{
			name: "a step suggests", law: LawNumbers, before: waits, with: does(acd.Do{Deflect: "sms"}, nil),
			lawful: []auditTake{given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), suggested)},
			broken: map[string][]auditTake{
				"nothing":      {given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2))},
				"without one":  {given(30, advance, toldAt(20, toldEntered("c1", 1)), suggested)},
				"too early":    {given(29, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), suggested)},
				"twice":        {given(20, advance, toldEntered("c1", 1), toldEntered("c1", 1))},
				"a place told": {given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), announced)},
			},
		},
		{
			name: "a caller who has left is asked nothing", law: LawNumbers, with: does(acd.Do{Deflect: "sms"}, nil),
			before: slices.Concat(waits, []auditTake{booked(5, booksBetween("c1", 0, 0))}),
			lawful: []auditTake{given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2))},
			broken: map[string][]auditTake{
				"asked": {given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), suggested)},
			},
		},
		{
			name: "a condition", law: LawNumbers, before: waits, with: does(acd.Do{Announce: true}, &acd.If{WaitingOver: new(1)}),
			lawful: []auditTake{
				given(20, advance, toldEntered("c1", 1)), comes(25, acd.Command{Call: "c2"}, toldJoined("c2", 2)),
				given(30, advance, toldEntered("c1", 2), announced),
			},
			broken: map[string][]auditTake{
				"too few": {given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), announced)},
			},
		},
		{
			name: "for a tier", law: LawNumbers, with: does(acd.Do{Announce: true}, &acd.If{Tier: []string{"gold"}}),
			lawful: []auditTake{
				comes(0, acd.Command{Call: "c1", Tier: "gold"}, gold),
				given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), announced),
			},
			broken: map[string][]auditTake{
				"another":  {waits[0], given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), announced)},
				"not told": {comes(0, acd.Command{Call: "c1", Tier: "gold"}, toldJoined("c1", 1))},
				"untrue":   {comes(0, c1, gold)},
			},
		},
		{
			name: "nobody ready", law: LawNumbers, with: does(acd.Do{Announce: true}, &acd.If{ReadyUnder: new(1)}),
			before: waits,
			lawful: []auditTake{given(30, advance, toldAt(20, toldEntered("c1", 1)), toldEntered("c1", 2), announced)},
			broken: map[string][]auditTake{
				"in another queue": {given(30, advance, toldAt(20, toldEntered("c1", 1)),
					acd.Event{Type: acd.EventStep, Call: "c1", Queue: "desk", Step: 2})},
			},
		},
		{
			name: "told now and then", law: LawNumbers, before: waits,
			with:   func(p *acd.Plan) { p.Queues[0].AnnounceEvery = 10 * time.Second },
			lawful: []auditTake{given(10, advance, announced), given(20, advance, toldEntered("c1", 1), announced)},
			broken: map[string][]auditTake{
				"at any time":         {given(9, advance, announced)},
				"at a wrong position": {given(10, advance, acd.Event{Type: acd.EventAnnounced, Call: "c1", Position: 2})},
			},
		},
		{
			name: "an estimate", law: LawNumbers,
			lawful: estimated(queue.Estimate{Known: true, Mean: 3, Median: 2, P90: 9}),
			broken: map[string][]auditTake{
				"negative":         estimated(queue.Estimate{Known: true, Mean: -1, Median: 2, P90: 9}),
				"upside down":      estimated(queue.Estimate{Known: true, Mean: 3, Median: 9, P90: 2}),
				"not known, a few": estimated(queue.Estimate{Mean: 3}),
			},
		},
		{
			name: "too long", law: LawNumbers, before: []auditTake{waits[0], given(20, advance, toldEntered("c1", 1))},
			with:   func(p *acd.Plan) { p.LongestStay = auditSeconds(60) },
			lawful: []auditTake{given(70, advance, ghost(60)), given(150, advance)},
			broken: map[string][]auditTake{
				"untold": {given(70, advance)},
				"late":   {given(70, advance, ghost(61))},
				"twice":  {given(70, advance, ghost(60)), given(150, advance, ghost(120))},
			},
		},
		{
			name: "never closed", law: LawNumbers,
			with: func(p *acd.Plan) { p.Queues[0].Hours = &acd.Hours{} },
			lawful: []auditTake{comes(0, c1,
				acd.Event{Type: acd.EventBlocked, Call: "c1", Queue: "support", Reason: "closed"})},
			broken: map[string][]auditTake{"closed": {comes(0, c1,
				acd.Event{Type: acd.EventBlocked, Call: "c1", Queue: "desk", Reason: "closed"})}},
		},
	}
}

// auditPlanStories are of another plan while calls wait.
func auditPlanStories() []auditStory {
	c1, advance := acd.Command{Call: "c1"}, acd.Command{Type: acd.CmdAdvance}
	waits := []auditTake{comes(0, c1, toldJoined("c1", 1))}
	follow := func(change func(*acd.Plan)) acd.Command {
		plan := auditPlan("")
		change(&plan)
		return acd.Command{Type: acd.CmdPlan, Plan: &plan}
	}
	ready := acd.Command{Type: acd.CmdReady, Agent: "ann"}
	isReady := toldBecomes("ann", acd.StateReady, "ready")
	closes := follow(func(p *acd.Plan) {
		p.Queues = p.Queues[1:]
		p.Entry[0].Queue = "desk"
	})
	refused := given(5, closes)
	refused.err = &acd.Refused{Code: acd.CodeBadPlan, Detail: "support"}
	wronged := given(5, follow(func(*acd.Plan) {}))
	wronged.err = refused.err
	smaller := follow(func(p *acd.Plan) { p.MaxHeadStart = auditSeconds(10) })
	easier := follow(func(p *acd.Plan) { p.Queues[0].Steps[0].Needs = acd.Skills{"support": 1} })
	// By the new plan the first step that asks less is long past, and comes
	// again only in the old one.
	past := given(15, follow(func(p *acd.Plan) { p.Queues[0].Steps[1].After = 10 * time.Second }))
	waitsLong := slices.Concat(onShift(0, "ann", 5, false), waits, []auditTake{given(20, advance, toldEntered("c1", 1))})
	return []auditStory{
		{
			name: "a plan has every queue with calls", law: LawConservation, before: waits,
			lawful: []auditTake{refused},
			broken: map[string][]auditTake{"or loses them": {given(5, closes)}, "refused": {wronged}},
		},
		{
			name: "a plan counts at once", law: LawCompleteMatching,
			before: slices.Concat(onShift(0, "ann", 1, true), waits),
			lawful: []auditTake{given(5, easier, toldOffered("o1", "c1", "ann"))},
			broken: map[string][]auditTake{"no offer": {given(5, easier)}},
		},
		{
			name: "a new ladder", law: LawNumbers, before: waits, lawful: []auditTake{past, given(20, advance)},
			broken: map[string][]auditTake{"from the foot": {past, given(20, advance, toldEntered("c1", 1))}},
		},
		{
			// c2 came with what a head start was worth then.
			name: "urgencies as they were", law: LawOrder,
			before: slices.Concat(waitsLong, []auditTake{
				comes(100, acd.Command{Call: "c2", Tier: "vip"}, toldJoinedAs("vip", "c2", 1)), given(110, smaller),
				given(120, advance, toldEntered("c2", 1)),
			}),
			lawful: []auditTake{given(140, ready, isReady, toldOffered("o1", "c2", "ann"))},
			broken: map[string][]auditTake{"cut": {given(140, ready, isReady, toldOffered("o1", "c1", "ann"))}},
		},
		{
			name: "the smaller bound, once everybody has gone", law: LawOvertaking, also: LawOrder,
			before: slices.Concat(waitsLong, []auditTake{
				given(30, smaller), given(40, acd.Command{Type: acd.CmdHangup, Call: "c1"}, toldGone("c1", 40)),
				comes(50, acd.Command{Call: "c3"}, toldJoined("c3", 1)),
				comes(100, acd.Command{Call: "c2", Tier: "vip"}, toldAt(70, toldEntered("c3", 1)), toldJoinedAs("vip", "c2", 2)),
			}),
			lawful: []auditTake{given(110, ready, isReady, toldOffered("o1", "c3", "ann"))},
			broken: map[string][]auditTake{"further": {given(110, ready, isReady, toldOffered("o1", "c2", "ann"))}},
		},
	}
}

func TestAuditorKnowsWhenAQueueIsOpen(t *testing.T) {
	week := func(zone, days, interval string) *acd.Hours {
		return &acd.Hours{Zone: zone, Week: map[string][]string{days: {interval}}}
	}
	holiday := week("Asia/Tokyo", "mon-fri", "09:00-18:00")
	holiday.Dates = map[string][]string{"2026-12-31": {}}
	for _, test := range []struct {
		hours *acd.Hours
		at    string
		open  bool
	}{
		{nil, "2026-04-01T00:00:00Z", true},
		{holiday, "2026-12-30T00:00:00Z", true}, // a Wednesday, 09:00
		{holiday, "2026-12-30T08:59:59Z", true},
		{holiday, "2026-12-30T09:00:00Z", false},
		{holiday, "2026-12-31T00:00:00Z", false},
		{holiday, "2027-01-02T00:00:00Z", false},
		{week("", "fri-mon", "22:00-02:00"), "2026-04-05T01:59:59Z", true},  // from Saturday on
		{week("", "fri-mon", "22:00-02:00"), "2026-04-07T01:59:59Z", true},  // from Monday on
		{week("", "fri-mon", "22:00-02:00"), "2026-04-07T22:00:00Z", false}, // Tuesday
		// On 29 March clocks in Berlin go from 02:00 to 03:00, which is 01:00 UTC.
		{week("Europe/Berlin", "sun", "02:30-04:00"), "2026-03-29T00:59:59Z", false},
		{week("Europe/Berlin", "sun", "02:30-04:00"), "2026-03-29T01:00:00Z", true},
		{week("Europe/Berlin", "sun", "02:30-04:00"), "2026-03-29T02:00:00Z", false},
		// On 25 October they go from 03:00 to 02:00, which is 01:00 UTC.
		{week("Europe/Berlin", "sun", "02:30-04:00"), "2026-10-25T00:30:00Z", true},
		{week("Europe/Berlin", "sun", "01:00-02:30"), "2026-10-25T01:29:59Z", true},
		{week("Europe/Berlin", "sun", "01:00-02:30"), "2026-10-25T01:30:00Z", false},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if auditIsOpen(test.hours, at) != test.open {
			t.Errorf("%+v at %s: want %v", test.hours, test.at, test.open)
		}
	}
}
