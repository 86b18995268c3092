package acdtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func transferTo(call, queue string) acd.Command {
	return acd.Command{Type: acd.CmdTransfer, Call: call, Queue: queue}
}

func transferToAgent(call, agent, note string) acd.Command {
	return acd.Command{Type: acd.CmdTransfer, Call: call, Agent: agent, Note: note}
}

// twoQueues is a plan with queue s of skill s and queue t of skill t.
func twoQueues(change func(plan *acd.Plan, s, t *acd.Queue)) acd.Plan {
	plan := acd.Plan{
		Entry: []acd.Entry{
			{Name: "to t", When: acd.When{Dialed: []string{"2"}}, Queue: "t"},
			{Name: "all", Queue: "s"},
		},
		Queues: []acd.Queue{
			{Name: "s", Steps: []acd.Step{{Needs: acd.Skills{"s": 1}}}},
			{Name: "t", Steps: []acd.Step{{Needs: acd.Skills{"t": 1}}}},
		},
	}
	if change != nil {
		change(&plan, &plan.Queues[0], &plan.Queues[1])
	}
	return plan
}

func TestTransferFromATalkKeepsTheWaitingAndTellsTheNextAgent(t *testing.T) {
	s := begin(t, twoQueues(func(plan *acd.Plan, qs, qt *acd.Queue) {
		plan.TransferHeadStart = 20 * time.Second
		plan.Affinity.Mode = acd.AffinityPrefer
		qs.WrapUp = 10 * time.Second
		qs.Steps = append(qs.Steps, acd.Step{After: 30 * time.Second, Do: &acd.Do{Overflow: "t"}})
		qt.Steps = append(qt.Steps, acd.Step{After: 5 * time.Second, Do: &acd.Do{Overflow: "s"}})
		qt.Capacity = new(1)
	}))
	s.at(0, acd.Command{Type: acd.CmdArrive, Call: "c1", Customer: "k"}, "0s queued c1 s position=1")
	s.at(4, login("a1", acd.Skills{"s": 1}), "4s agent a1 not_ready login")
	s.at(4, ready("a1"), "4s agent a1 ready ready",
		"4s offered o1 c1 a1 until=24s | all s longest_idle | customer=k waited=4s")
	s.at(5, transferTo("c1", "t"), "refused bad_state")
	s.at(5, accept("o1"), "5s connected o1 c1 a1 waited=5s")
	s.at(22, dialed("c2", "2", 10*time.Second), "22s queued c2 t position=1")
	s.at(25, transferTo("c1", "x"), "refused unknown_queue")
	s.at(25, transferToAgent("c1", "nobody", ""), "refused unknown_agent")
	note := transferTo("c1", "t")
	note.Note = "wants a refund"
	// Full or not. 20 s of talk: since 20 s, with the head start before c2.
	s.at(25, note,
		"25s transferred c1 talked=20s from=a1 to=t",
		"25s queued c1 t position=1",
		"25s agent a1 wrap_up transferred")
	s.at(26, end("c1"), "refused bad_state")
	// Where it came from it does not overflow to; c2 may.
	s.at(30, advance, "27s step c2 t step=1", "27s overflowed c2 from=t to=s", "27s queued c2 s position=1",
		"30s step c1 t step=1")
}

func TestTransferStory(t *testing.T) {
	s := begin(t, twoQueues(func(plan *acd.Plan, qs, _ *acd.Queue) {
		plan.TransferHeadStart = 20 * time.Second
		plan.Affinity.Mode = acd.AffinityPrefer
		qs.WrapUp = 10 * time.Second
	}))
	s.staff(acd.Skills{"s": 1}, "a1")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", Customer: "k", HeadStart: 590 * time.Second}
	s.at(0, c1, "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle head_start=9m50s | customer=k")
	s.at(1, accept("o1"), "1s connected o1 c1 a1 waited=1s")
	note := transferTo("c1", "t")
	note.Note = "wants a refund"
	s.at(21, note, "21s transferred c1 talked=20s from=a1 to=t", "21s queued c1 t position=1",
		"21s agent a1 wrap_up transferred")
	s.at(22, login("a2", acd.Skills{"t": 1}), "22s agent a2 not_ready login")
	s.at(23, wrapUp("a1", "passed on"), "23s agent a1 ready wrap_up code=passed on")
	// The cap cuts 610 s. Waited: 1 s, and 3 s since.
	s.at(24, ready("a2"), "24s agent a2 ready ready",
		"24s offered o2 c1 a2 until=44s | all t longest_idle head_start=10m0s | customer=k waited=4s notes=wants a refund met=a1")
	s.at(25, accept("o1"), "refused stale_offer")
	s.at(25, accept("o2"), "25s connected o2 c1 a2 waited=5s")
	// No memory was written for s.
	s.at(40, end("c1"), "40s ended c1 a2 talked=15s", "40s agent a2 ready ended")
	s.at(40, transferTo("c1", "s"), "refused bad_state")
	again := acd.Command{Type: acd.CmdArrive, Call: "c2", Customer: "k"}
	s.at(41, again, "41s queued c2 s position=1",
		"41s offered o3 c2 a1 until=1m1s | all s longest_idle | customer=k")
}

func TestTransferToAnAgentHoldsTheCall(t *testing.T) {
	s := begin(t, twoQueues(func(plan *acd.Plan, qs, _ *acd.Queue) {
		plan.Affinity = acd.Affinity{Hold: new(8 * time.Second), HeadStart: new(time.Hour)}
		qs.Steps = []acd.Step{{Needs: acd.Skills{"s": 5}}, {After: 20 * time.Second, Needs: acd.Skills{"s": 1}}}
	}))
	s.staff(acd.Skills{"s": 5}, "a1", "a2")
	s.staff(acd.Skills{"s": 1}, "junior")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(0, accept("o1"), "0s connected o1 c1 a1")
	// The junior meets the floor, and no affinity head start comes with it.
	s.at(3, transferToAgent("c1", "junior", "easy"),
		"3s transferred c1 talked=3s from=a1 to=junior",
		"3s queued c1 s position=1",
		"3s agent a1 ready transferred",
		"3s offered o2 c1 junior until=23s | all s transferred | notes=easy met=a1")
	s.at(4, accept("o2"), "4s connected o2 c1 junior waited=1s")
	s.at(5, arrive("c2"), "5s queued c2 s position=1", "5s offered o3 c2 a2 until=25s | all s longest_idle |")
	s.at(5, accept("o3"), "5s connected o3 c2 a2")
	// Passed to one who talks: held for 8 s although a1 is ready.
	s.at(6, transferToAgent("c2", "junior", ""),
		"6s transferred c2 talked=1s from=a2 to=junior", "6s queued c2 s position=1", "6s agent a2 ready transferred")
	s.next(14)
	s.at(14, advance, "14s offered o4 c2 a1 until=34s | all s longest_idle | waited=8s met=a2")
	s.at(15, notReady("a2", ""), "15s agent a2 not_ready not_ready")
	// To one who is away: no hold.
	s.at(16, hangup("c2"), "16s withdrawn o4 c2 a1 hangup", "16s abandoned c2 s waited=10s", "16s agent a1 ready hangup")
	s.at(17, transferToAgent("c1", "a2", ""),
		"17s transferred c1 talked=13s from=junior to=a2", "17s queued c1 s position=1",
		"17s agent junior ready transferred",
		"17s offered o5 c1 a1 until=37s | all s longest_idle | waited=1s notes=easy met=a1,junior")
}

func TestTransferBackToTheOneWhoTalksWaitsForTheWrapUp(t *testing.T) {
	s := begin(t, twoQueues(func(_ *acd.Plan, qs, _ *acd.Queue) { qs.WrapUp = 5 * time.Second }))
	s.staff(acd.Skills{"s": 1}, "a1", "a2")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(0, accept("o1"), "0s connected o1 c1 a1")
	s.at(1, transferToAgent("c1", "a1", ""), "1s transferred c1 talked=1s from=a1 to=a1",
		"1s queued c1 s position=1", "1s agent a1 wrap_up transferred")
	s.at(6, advance, "6s agent a1 ready wrap_up",
		"6s offered o2 c1 a1 until=26s | all s transferred | waited=5s met=a1")
	// A remembered logout ends the hold that the transfer began.
	s.at(7, accept("o2"), "7s connected o2 c1 a1 waited=6s")
	s.at(8, logout("a1"))
	s.at(9, transferToAgent("c1", "a1", ""), "9s transferred c1 talked=2s from=a1 to=a1",
		"9s queued c1 s position=1", "9s agent a1 wrap_up transferred")
	s.at(14, advance, "14s agent a1 logged_out logout",
		"14s offered o3 c1 a2 until=34s | all s longest_idle | waited=11s met=a1,a1")
}

func TestSupervisorMovesACallInLine(t *testing.T) {
	s := begin(t, twoQueues(func(plan *acd.Plan, qs, qt *acd.Queue) {
		plan.TransferHeadStart = 15 * time.Second
		qs.Steps = append(qs.Steps, acd.Step{After: 10 * time.Second, Do: &acd.Do{Divert: "119"}})
		qt.Steps = append(qt.Steps, acd.Step{After: 20 * time.Second, Needs: acd.Skills{"t": 2}})
	}))
	s.at(0, dialed("c0", "2", 0), "0s queued c0 t position=1")
	s.at(5, arrive("c1"), "5s queued c1 s position=1")
	s.at(6, callback("c1", "", 0, 500), "6s callback_booked c1 until=8m20s")
	s.at(7, transferTo("c1", "s")) // it is there
	s.at(8, transferTo("c9", "s"), "refused unknown_call")
	// since 5 s, less 15 s: before c0. Its ladder begins anew.
	s.at(9, transferTo("c1", "t"), "9s transferred c1 from=s to=t", "9s queued c1 t position=1")
	s.at(29, advance, "20s step c0 t step=1", "29s step c1 t step=1")
	s.staffSkilled(30, "a1", acd.Skills{"t": 9},
		"30s offered o1 c1 a1 until=50s kind=callback | all t longest_idle step=1 head_start=15s overtaken=1 | waited=25s")
	s.at(31, accept("o1"), "31s connected o1 c1 a1 waited=26s")
	// Reached, it is no callback any more: neither number nor window stays.
	s.at(35, transferTo("c1", "t"), "35s transferred c1 talked=4s from=a1 to=t", "35s queued c1 t position=1",
		"35s agent a1 ready transferred",
		"35s offered o2 c1 a1 until=55s | all t longest_idle head_start=30s overtaken=1 | waited=26s met=a1")
	s.at(36, hangup("c1"), "36s withdrawn o2 c1 a1 hangup", "36s abandoned c1 t waited=27s", "36s agent a1 ready hangup",
		"36s offered o3 c0 a1 until=56s | to t t longest_idle step=1 | waited=36s")
}

func TestTransferIsRefusedForBadValues(t *testing.T) {
	s := begin(t, one(nil))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(1, acd.Command{Type: acd.CmdTransfer, Call: "c1"}, "refused bad_value")
	s.at(1, acd.Command{Type: acd.CmdTransfer, Call: "c1", Queue: "s", Agent: "a"}, "refused bad_value")
	s.at(1, acd.Command{Type: acd.CmdTransfer, Queue: "s"}, "refused bad_id")
	s.at(1, transferTo("c1", "\xff"), "refused bad_value")
	s.at(1, transferToAgent("c1", "a", strings.Repeat("x", 1025)), "refused bad_value")
	s.at(1, transferToAgent("c1", "a", "\xff"), "refused bad_value")
	s.at(1, transferToAgent("c1", "a", "two\nlines"), "refused unknown_agent")
}

func TestACallKeepsTheLatest32NotesAndAgents(t *testing.T) {
	s := begin(t, one(nil))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	var notes []string
	for i := range 40 {
		s.at(0, accept(fmt.Sprint("o", i+1)), fmt.Sprintf("0s connected o%d c1 a1", i+1))
		move := transferTo("c1", "s")
		move.Note = fmt.Sprint("n", i)
		notes = append(notes, move.Note)
		met := strings.TrimSuffix(strings.Repeat("a1,", min(i+1, 32)), ",")
		s.at(0, move, "0s transferred c1 from=a1 to=s", "0s queued c1 s position=1", "0s agent a1 ready transferred",
			fmt.Sprintf("0s offered o%d c1 a1 until=20s | all s longest_idle | notes=%s met=%s",
				i+2, strings.Join(notes[max(0, len(notes)-32):], ","), met))
	}
}
