package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func auditTransferStories() []auditStory {
	c1 := acd.Command{Call: "c1", Customer: "k1", Tier: "gold", Attributes: map[string]string{"menu": "2"}}
	joined := toldJoinedAs("gold", "c1", 1)
	// Ann talks to c1 from second 5 to 25, and then leaves or does not. Bob is
	// there.
	talk := slices.Concat(onShift(0, "ann", 5, true), onShift(0, "bob", 1, false), []auditTake{
		comes(1, c1, joined, toldOffered("o1", "c1", "ann")),
		given(5, acd.Command{Type: acd.CmdAccept, Offer: "o1"}, toldConnected("o1", "c1", "ann", 4)),
	})
	to := acd.Command{Type: acd.CmdTransfer, Call: "c1", Agent: "bob", Note: "angry"}
	passed := acd.Event{Type: acd.EventTransferred, Call: "c1", From: "ann", To: "bob", Talked: *auditSeconds(20)}
	free := toldBecomes("ann", acd.StateReady, "transferred")
	away := toldBecomes("ann", acd.StateNotReady, "not_ready")
	leaves := append(slices.Clone(talk), given(6, acd.Command{Type: acd.CmdNotReady, Agent: "ann"}))
	from := func(agent string) acd.Event { ev := passed; ev.From = agent; return ev }
	lasted := func(seconds int) acd.Event { ev := passed; ev.Talked = *auditSeconds(seconds); return ev }
	toBob := given(25, to, passed, toldJoined("c1", 1), away)
	passedOn := append(slices.Clone(leaves), toBob)
	// Bob is ready at second 28.
	shown := func(change func(*acd.Event)) []auditTake {
		ev := toldOffered("o2", "c1", "bob")
		ev.Why = &acd.Why{Queue: "support", Reason: "transferred", HeadStart: 90 * time.Second}
		ev.Context = &acd.Context{
			Customer: "k1", Tier: "gold", Attributes: map[string]string{"menu": "2"}, Waited: *auditSeconds(7),
			Notes: []string{"angry"}, AgentsMet: []string{"ann"},
		}
		change(&ev)
		return []auditTake{given(28, acd.Command{Type: acd.CmdReady, Agent: "bob"}, toldBecomes("bob", acd.StateReady, "ready"), ev)}
	}
	grows := func(p *acd.Plan) { p.TransferHeadStart = 30 * time.Second }
	works := slices.Concat(talk[:len(talk)-2], []auditTake{
		given(0, acd.Command{Type: acd.CmdReady, Agent: "bob"}, toldBecomes("bob", acd.StateReady, "ready")),
	}, talk[len(talk)-2:])
	bobTalks := slices.Concat(works, []auditTake{
		given(25, to, passed, toldJoined("c1", 1), free, toldOffered("o2", "c1", "bob")),
		given(26, acd.Command{Type: acd.CmdAccept, Offer: "o2"}, toldConnected("o2", "c1", "bob", 5)),
	})
	moves := acd.Command{Type: acd.CmdTransfer, Call: "c1", Queue: "desk"}
	inDesk := acd.Event{Type: acd.EventQueued, Call: "c1", Queue: "desk", Position: 1}
	moved := acd.Event{Type: acd.EventTransferred, Call: "c1", From: "support", To: "desk"}
	same := acd.Command{Type: acd.CmdTransfer, Call: "c1", Queue: "support"}
	return []auditStory{
		{
			name: "from a talk", law: LawTransfers, also: LawConservation, before: leaves, with: grows,
			lawful: []auditTake{toBob},
			broken: map[string][]auditTake{
				"not at all":   {given(25, to)},
				"by another":   {given(25, to, from("bob"), toldJoined("c1", 1), away)},
				"of no length": {given(25, to, lasted(0), toldJoined("c1", 1), away)},
			},
		},
		{
			name: "what the next agent sees", law: LawTransfers, before: passedOn, with: grows,
			lawful: shown(func(*acd.Event) {}),
			broken: map[string][]auditTake{
				"no note":       shown(func(ev *acd.Event) { ev.Context.Notes = nil }),
				"nobody met":    shown(func(ev *acd.Event) { ev.Context.AgentsMet = nil }),
				"no customer":   shown(func(ev *acd.Event) { ev.Context.Customer = "" }),
				"no tier":       shown(func(ev *acd.Event) { ev.Context.Tier = "" }),
				"no attributes": shown(func(ev *acd.Event) { ev.Context.Attributes = nil }),
				"no head start": shown(func(ev *acd.Event) { ev.Why.HeadStart = time.Minute }),
			},
		},
		{
			name: "why this agent", law: LawNumbers, before: passedOn, with: grows,
			lawful: shown(func(*acd.Event) {}),
			broken: map[string][]auditTake{
				"as of last time": shown(func(ev *acd.Event) { ev.Why.Reason = "same_agent" }),
			},
		},
		{
			name: "the time waited", law: LawWaiting, before: passedOn, with: grows,
			lawful: shown(func(*acd.Event) {}),
			broken: map[string][]auditTake{
				"the talk counted": shown(func(ev *acd.Event) { ev.Context.Waited = *auditSeconds(27) }),
				"anew":             shown(func(ev *acd.Event) { ev.Context.Waited = *auditSeconds(3) }),
			},
		},
		{
			name: "the agent is an own one on the floor", law: LawEligibility, before: works, with: grows,
			lawful: []auditTake{given(25, to, passed, toldJoined("c1", 1), free, toldOffered("o2", "c1", "bob"))},
			broken: map[string][]auditTake{
				"any other": {given(25, to, passed, toldJoined("c1", 1), free, toldOffered("o2", "c1", "ann"))},
			},
		},
		{
			name: "held for a while", law: LawHold, with: grows,
			before: slices.Concat(bobTalks, []auditTake{given(30, acd.Command{Type: acd.CmdTransfer, Call: "c1", Agent: "bob"},
				acd.Event{Type: acd.EventTransferred, Call: "c1", From: "bob", To: "bob", Talked: *auditSeconds(4)},
				toldJoined("c1", 1), toldBecomes("bob", acd.StateWrapUp, "transferred"))}),
			lawful: []auditTake{given(60, acd.Command{Type: acd.CmdAdvance},
				toldAt(50, toldEntered("c1", 1)), toldAt(50, toldOffered("o3", "c1", "ann")))},
			broken: map[string][]auditTake{
				"longer": {given(60, acd.Command{Type: acd.CmdAdvance},
					toldAt(50, toldEntered("c1", 1)), toldAt(51, toldOffered("o3", "c1", "ann")))},
			},
		},
		{
			name: "in line", law: LawTransfers, also: LawConservation, before: []auditTake{comes(0, c1, joined)},
			lawful: []auditTake{given(3, same), given(5, moves, moved, inDesk)},
			broken: map[string][]auditTake{
				"from nobody": {given(5, moves, from(""), inDesk)},
				"not at all":  {given(5, moves)},
				"unasked":     {given(5, acd.Command{Type: acd.CmdAdvance}, moved, inDesk)},
			},
		},
		{
			name: "where it goes", law: LawNumbers, before: []auditTake{comes(0, c1, joined)},
			lawful: []auditTake{given(5, moves, moved, inDesk)},
			broken: map[string][]auditTake{"to another queue": {given(5, moves, moved, toldJoined("c1", 1))}},
		},
	}
}
