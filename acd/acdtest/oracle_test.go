package acdtest

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func TestWrapUpEndingNowTakesTheCallInLineNotTheOneArrivingNow(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) { q.WrapUp = 30 * time.Second }))
	s.staff(nil, "a1")
	s.at(1, arrive("c1"),
		"1s queued c1 s position=1",
		"1s offered o1 c1 a1 until=21s | all s longest_idle |")
	s.at(3, accept("o1"), "3s connected o1 c1 a1 waited=2s")
	s.at(10, end("c1"), "10s ended c1 a1 talked=7s", "10s agent a1 wrap_up ended")
	s.at(39, arrive("c2"), "39s queued c2 s position=1")
	// c3 is far more urgent, but a moment late.
	s.at(40, dialed("c3", "", time.Minute),
		"40s agent a1 ready wrap_up",
		"40s offered o2 c2 a1 until=1m0s | all s longest_idle | waited=1s",
		"40s queued c3 s position=1")
}

func TestAcceptAtTheRingDeadlineIsStale(t *testing.T) {
	s := begin(t, one(nil))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle |")
	if next, ok := s.o.Next(); !ok || !next.Equal(nine.Add(20*time.Second)) {
		t.Errorf("Next is %v, %v", next, ok)
	}
	s.at(20, accept("o1"),
		"20s withdrawn o1 c1 a1 no_answer",
		"20s requeued c1 s no_answer position=1",
		"20s agent a1 not_ready no_answer",
		"refused stale_offer")
	s.none() // the guard does not count
	s.at(25, decline("o1", "busy"))
	s.at(25, ready("a1"), "25s agent a1 ready ready",
		"25s offered o2 c1 a1 until=45s | all s longest_idle | waited=25s")
	s.at(44.5, accept("o2"), "44.5s connected o2 c1 a1 waited=44.5s")
}

func TestMissedOfferKeepsThePlaceAndRestsTheAgent(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Ring = new(5 * time.Second)
		q.RestAfterMissed = 10 * time.Second
		q.MaxMissed = new(2)
	}))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=5s | all s longest_idle |")
	s.at(1, arrive("c2"), "1s queued c2 s position=1")
	// At 5 s the offer fails, at 15 s the rest is over, at 20 s it fails again.
	s.at(60, advance,
		"5s withdrawn o1 c1 a1 no_answer",
		"5s requeued c1 s no_answer position=1",
		"5s agent a1 not_ready no_answer",
		"15s agent a1 ready rested",
		"15s offered o2 c1 a1 until=20s | all s longest_idle | waited=15s",
		"20s withdrawn o2 c1 a1 no_answer",
		"20s requeued c1 s no_answer position=1",
		"20s agent a1 not_ready no_answer")
	// A fault is no miss, and the ready command has started the misses anew.
	s.at(60, ready("a1"), "1m0s agent a1 ready ready",
		"1m0s offered o3 c1 a1 until=1m5s | all s longest_idle | waited=1m0s")
	s.at(61, decline("o3", "error"),
		"1m1s withdrawn o3 c1 a1 error", "1m1s requeued c1 s error position=1", "1m1s agent a1 not_ready error")
	s.at(71, decline("o3", ""), "1m11s agent a1 ready rested",
		"1m11s offered o4 c1 a1 until=1m16s | all s longest_idle | waited=1m11s")
	s.at(72, decline("o4", ""),
		"1m12s withdrawn o4 c1 a1 declined", "1m12s requeued c1 s declined position=1",
		"1m12s agent a1 not_ready declined")
	s.at(81, notReady("a1", "declined")) // nothing new: the rest runs on
	s.at(81.5, notReady("a1", "lunch"), "1m21.5s agent a1 not_ready lunch")
	s.at(200, advance)
}

// holding is a plan whose queue has two steps and holds calls for 30 s.
func holding() acd.Plan {
	return one(func(plan *acd.Plan, q *acd.Queue) {
		plan.Affinity.Mode = acd.AffinityHold
		plan.Affinity.Hold = new(30 * time.Second)
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 5}},
			{After: 40 * time.Second, Needs: acd.Skills{"s": 1}},
		}
	})
}

func TestHoldEndsForGoodOnRONA(t *testing.T) {
	s := begin(t, holding())
	s.staff(acd.Skills{"s": 1}, "own") // meets only the floor
	s.staff(acd.Skills{"s": 9}, "expert")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", LastAgent: "own"}
	s.at(0, c1, "0s queued c1 s position=1",
		"0s offered o1 c1 own until=20s | all s same_agent head_start=1m0s |")
	// c2 waits for own alone, although expert is ready.
	c2 := acd.Command{Type: acd.CmdArrive, Call: "c2", LastAgent: "own"}
	s.at(5, c2, "5s queued c2 s position=1")
	s.at(20, advance,
		"20s withdrawn o1 c1 own no_answer",
		"20s requeued c1 s no_answer position=1",
		"20s agent own not_ready no_answer",
		"20s offered o2 c1 expert until=40s | all s longest_idle | waited=20s")
	s.at(21, hangup("c1"), "21s withdrawn o2 c1 expert hangup",
		"21s abandoned c1 s waited=21s", "21s agent expert ready hangup",
		"21s offered o3 c2 expert until=41s | all s longest_idle | waited=16s")
	// Ready again, own does not bring the hold back.
	s.at(22, ready("own"), "22s agent own ready ready")
}

func TestHoldEndsAtItsDeadlineAndWithTheSkills(t *testing.T) {
	s := begin(t, holding())
	s.staff(acd.Skills{"s": 9}, "mine", "other")
	s.at(0, arrive("c0"), "0s queued c0 s position=1",
		"0s offered o1 c0 mine until=20s | all s longest_idle |")
	s.at(0, accept("o1"), "0s connected o1 c0 mine")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", LastAgent: "mine"}
	s.at(10, c1, "10s queued c1 s position=1")
	s.at(41, advance,
		"40s offered o2 c1 other until=1m0s | all s longest_idle | waited=30s")
	s.at(42, hangup("c1"), "42s withdrawn o2 c1 other hangup",
		"42s abandoned c1 s waited=32s", "42s agent other ready hangup")
	c2 := acd.Command{Type: acd.CmdArrive, Call: "c2", LastAgent: "mine"}
	s.at(50, c2, "50s queued c2 s position=1")
	s.at(51, login("mine", acd.Skills{"juggling": 9}),
		"51s offered o3 c2 other until=1m11s | all s longest_idle | waited=1s")
	c3 := acd.Command{Type: acd.CmdArrive, Call: "c3", LastAgent: "mine"}
	s.at(52, c3, "52s queued c3 s position=1")
	s.at(53, hangup("c2"), "53s withdrawn o3 c2 other hangup",
		"53s abandoned c2 s waited=3s", "53s agent other ready hangup",
		"53s offered o4 c3 other until=1m13s | all s longest_idle | waited=1s")
}

func TestLadderWidensAndTheOwnAgentNeedsOnlyTheFloor(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, q *acd.Queue) {
		plan.Affinity.Mode = acd.AffinityPrefer
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 5}},
			{After: 20 * time.Second, Needs: acd.Skills{"s": 3}},
			{After: 45 * time.Second, Needs: acd.Skills{"s": 1}},
		}
	}))
	s.staff(acd.Skills{"s": 3}, "a3")
	s.staff(acd.Skills{"s": 1}, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(10, arrive("c2"), "10s queued c2 s position=2")
	own := acd.Command{Type: acd.CmdArrive, Call: "c3", LastAgent: "a1"}
	s.at(12, own, "12s queued c3 s position=3",
		"12s offered o1 c3 a1 until=32s | all s same_agent head_start=1m0s |")
	s.at(12, accept("o1"), "12s connected o1 c3 a1")
	s.at(55, advance,
		"20s step c1 s step=1",
		"20s offered o2 c1 a3 until=40s | all s longest_idle step=1 | waited=20s",
		"30s step c2 s step=1",
		"40s withdrawn o2 c1 a3 no_answer",
		"40s requeued c1 s no_answer position=1",
		"40s agent a3 not_ready no_answer",
		"45s step c1 s step=2",
		"55s step c2 s step=2")
	s.at(56, end("c3"), "56s ended c3 a1 talked=44s", "56s agent a1 ready ended",
		"56s offered o3 c1 a1 until=1m16s | all s longest_idle step=2 | waited=56s")
}

func TestOverflowIsNotCarriedOutIntoAFullOrKnownQueue(t *testing.T) {
	plan := acd.Plan{
		Entry: []acd.Entry{
			{Name: "to t", When: acd.When{Dialed: []string{"0120-2*"}}, Queue: "t"},
			{Name: "all", Queue: "s", HeadStart: 10 * time.Second},
		},
		Queues: []acd.Queue{
			{Name: "s", Steps: []acd.Step{
				{Needs: acd.Skills{"s": 1}},
				{After: 10 * time.Second, Do: &acd.Do{Overflow: "t"}},
				{After: 20 * time.Second, Do: &acd.Do{Overflow: "t"}},
				{After: 30 * time.Second, Do: &acd.Do{Divert: "119"}},
			}},
			{Name: "t", Capacity: new(1), WhenFull: acd.Elsewhere{Block: true}, Steps: []acd.Step{
				{Needs: acd.Skills{"t": 1}},
				{After: 5 * time.Second, Do: &acd.Do{Overflow: "s"}},
				{After: 7 * time.Second, Needs: acd.Skills{"t": 1, "s": 1}},
			}},
		},
	}
	s := begin(t, plan)
	s.at(0, dialed("c1", "01202222", 0), "0s queued c1 t position=1")
	s.at(0, arrive("c2"), "0s queued c2 s position=1")
	s.at(1, dialed("c3", "(0120) 2", 0), "1s blocked c3 t full")
	// c1 comes to s at 5 s, behind c2 with its head start.
	s.at(10, advance,
		"5s step c1 t step=1",
		"5s overflowed c1 from=t to=s",
		"5s queued c1 s position=2",
		"10s step c2 s step=1",
		"10s overflowed c2 from=s to=t",
		"10s queued c2 t position=1")
	s.at(36, advance,
		"15s step c1 s step=1", // t is full, and c1 was there
		"15s step c2 t step=1", // c2 has been in s
		"17s step c2 t step=2",
		"25s step c1 s step=2",
		"35s step c1 s step=3",
		"35s diverted c1 s number=119")
	s.at(37, hangup("c1"))
	s.at(37, hangup("c2"), "37s abandoned c2 t waited=37s")
}

func TestCapacityIsTestedBeforeMatchingAndTheRestGoesElsewhere(t *testing.T) {
	plan := acd.Plan{
		MaxCalls: new(4),
		Entry: []acd.Entry{
			{Name: "d", When: acd.When{Dialed: []string{"1"}}, Queue: "d"},
			{Name: "all", Queue: "s"},
		},
		Queues: []acd.Queue{
			{Name: "s", Capacity: new(1), WhenFull: acd.Elsewhere{Queue: "d"}},
			{Name: "d", Capacity: new(1), WhenFull: acd.Elsewhere{Divert: "119"}},
		},
	}
	s := begin(t, plan)
	s.staff(nil, "a1")
	s.at(1, arrive("c1"), "1s queued c1 s position=1",
		"1s offered o1 c1 a1 until=21s | all s longest_idle |")
	s.at(1, arrive("c2"), "1s overflowed c2 from=s to=d", "1s queued c2 d position=1")
	s.at(1, arrive("c3"), "1s blocked c3 s full")
	s.at(1, dialed("c4", "1", -1), "1s diverted c4 d number=119 warnings=1")
	s.at(2, accept("o1"), "2s connected o1 c1 a1 waited=1s") // talking does not fill s
	s.at(2, arrive("c5"), "2s queued c5 s position=1")
	s.at(3, hangup("c2"), "3s abandoned c2 d waited=2s")
	s.at(3, arrive("c6"), "3s overflowed c6 from=s to=d", "3s queued c6 d position=1")
	s.at(4, dialed("c7", "1", 0), "4s diverted c7 d number=119")
	s.o.plan.MaxCalls = new(3)
	s.at(4, dialed("c8", "1", 0), "4s blocked c8 limit")
}

func TestHeadStartsDecideTheOrderUnderTheCap(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.MaxHeadStart = new(time.Minute)
		plan.Tiers = []acd.Tier{
			{Name: "gold", MinScore: new(80.0), HeadStart: 40 * time.Second},
			{Name: "silver", MinScore: new(50.0), HeadStart: 20 * time.Second},
		}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	// since 30 s, head start 20 s: behind c1.
	c2 := acd.Command{Type: acd.CmdArrive, Call: "c2", Score: new(79.5)}
	s.at(30, c2, "30s queued c2 s position=2 tier=silver")
	// 40 s and 30 s cut to 60 s: urgency −10 s, first.
	c3 := acd.Command{Type: acd.CmdArrive, Call: "c3", Tier: "gold", Score: new(1.0), HeadStart: 30 * time.Second}
	s.at(50, c3, "50s queued c3 s position=1 tier=gold")
	// Urgency 10 s as c2, which came first.
	c4 := acd.Command{Type: acd.CmdArrive, Call: "c4", Score: new(80.0)}
	s.at(50, c4, "50s queued c4 s position=4 tier=gold")
	s.at(55, login("a1", nil), "55s agent a1 not_ready login")
	s.at(55, ready("a1"), "55s agent a1 ready ready",
		"55s offered o1 c3 a1 until=1m15s | all s longest_idle head_start=1m0s overtaken=2 | tier=gold waited=5s")
	s.at(55, decline("o1", "declined"), "55s withdrawn o1 c3 a1 declined",
		"55s requeued c3 s declined position=1", "55s agent a1 not_ready declined")
	s.at(56, hangup("c3"), "56s abandoned c3 s waited=6s")
	s.at(57, hangup("c1"), "57s abandoned c1 s waited=57s")
	s.at(60, ready("a1"), "1m0s agent a1 ready ready",
		"1m0s offered o2 c2 a1 until=1m20s | all s longest_idle head_start=20s | tier=silver waited=30s")
}

func TestLeastOccupiedComparesShares(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Select = acd.SelectLeastOccupied
		q.WrapUp = 10 * time.Second
	}))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s least_occupied |")
	s.at(0, accept("o1"), "0s connected o1 c1 a1")
	s.at(10, end("c1"), "10s ended c1 a1 talked=10s", "10s agent a1 wrap_up ended")
	s.at(50, login("a2", nil), "20s agent a1 ready wrap_up", "50s agent a2 not_ready login")
	s.at(60, ready("a2"), "1m0s agent a2 ready ready")
	// a1: 20 of 61 s; a2: 0 of 1 s, not_ready not counted.
	s.at(61, arrive("c2"), "1m1s queued c2 s position=1",
		"1m1s offered o2 c2 a2 until=1m21s | all s least_occupied |")
	s.at(61, accept("o2"), "1m1s connected o2 c2 a2")
	s.at(62, end("c2"), "1m2s ended c2 a2 talked=1s", "1m2s agent a2 wrap_up ended")
	s.at(63, ready("a2"), "1m3s agent a2 ready ready")
	// At 63 s: a1 20/63, a2 2/3. At 66 s: a1 20/66, a2 2/6, so a1 still.
	// At 67 s they would be 20/67 and 2/7, and a2 the less occupied.
	s.at(66, arrive("c3"), "1m6s queued c3 s position=1",
		"1m6s offered o3 c3 a1 until=1m26s | all s least_occupied |")
	s.at(66, hangup("c3"), "1m6s withdrawn o3 c3 a1 hangup",
		"1m6s abandoned c3 s", "1m6s agent a1 ready hangup")
	s.at(67, arrive("c4"), "1m7s queued c4 s position=1",
		"1m7s offered o4 c4 a2 until=1m27s | all s least_occupied |")
}

func TestSelectBySkillAndByCalls(t *testing.T) {
	steps := []acd.Step{{Needs: acd.Skills{"s": 1, "t": 1}}}
	for how, want := range map[acd.Select]string{
		acd.SelectMostSkilled:  "a2", // 3 + 9 against 8 + 2
		acd.SelectLeastSkilled: "a1",
		acd.SelectFewestCalls:  "a2", // a1 has had one
		"":                     "a2", // ready since before a1 was again
	} {
		s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) { q.Select, q.Steps = how, steps }))
		s.staff(acd.Skills{"s": 8, "t": 2, "u": 10}, "a1")
		s.at(0, arrive("c1"), "0s queued c1 s position=1",
			"0s offered o1 c1 a1 until=20s | all s "+string(reasonOf(how))+" |")
		s.at(0, accept("o1"), "0s connected o1 c1 a1")
		s.staff(acd.Skills{"s": 3, "t": 9}, "a2")
		s.at(1, end("c1"), "1s ended c1 a1 talked=1s", "1s agent a1 ready ended")
		s.at(2, arrive("c2"), "2s queued c2 s position=1",
			"2s offered o2 c2 "+want+" until=22s | all s "+string(reasonOf(how))+" |")
	}
}

func reasonOf(how acd.Select) acd.Select {
	if how == "" {
		return acd.SelectLongestIdle
	}
	return how
}

func TestDoStepWaitsWhileTheCallRings(t *testing.T) {
	plan := acd.Plan{
		Entry: []acd.Entry{{Name: "all", Queue: "s"}},
		Queues: []acd.Queue{
			{Name: "s", Steps: []acd.Step{
				{Needs: acd.Skills{"s": 5}},
				{After: 5 * time.Second, Do: &acd.Do{Overflow: "t"}},
				{After: 20 * time.Second, Needs: acd.Skills{"s": 1}},
				{After: 25 * time.Second, Do: &acd.Do{Divert: "119"}},
			}},
			{Name: "t", Steps: []acd.Step{{Needs: acd.Skills{"t": 1}}}},
		},
	}
	s := begin(t, plan)
	s.staff(acd.Skills{"s": 5}, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(0, arrive("c2"), "0s queued c2 s position=1")
	s.at(21, advance,
		"5s step c2 s step=1",
		"5s overflowed c2 from=s to=t",
		"5s queued c2 t position=1",
		"20s step c1 s step=2", // made at the arrival, so before the ringing ends
		"20s withdrawn o1 c1 a1 no_answer",
		"20s requeued c1 s no_answer position=1",
		"20s agent a1 not_ready no_answer",
		"20s step c1 s step=1",
		"20s overflowed c1 from=s to=t",
		"20s queued c1 t position=1") // c1 came before c2
	s.at(40, advance) // the rest of the ladder of s is void
	// Connected, a call forgets what was put off.
	s.at(40, ready("a1"), "40s agent a1 ready ready")
	s.at(40, arrive("c3"), "40s queued c3 s position=1",
		"40s offered o2 c3 a1 until=1m0s | all s longest_idle |")
	s.at(46, accept("o2"), "46s connected o2 c3 a1 waited=6s")
	s.at(61, bridgeFail("c3"),
		"1m1s requeued c3 s bridge_failed position=1",
		"1m1s agent a1 not_ready bridge_failed",
		"1m1s step c3 s step=2")
	s.at(66, advance, "1m5s step c3 s step=3", "1m5s diverted c3 s number=119")
}

func TestFailedBridgeGivesBackTheWaiting(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, q *acd.Queue) {
		plan.Affinity.Mode = acd.AffinityPrefer
		q.Steps = []acd.Step{{}, {After: 30 * time.Second}, {After: 60 * time.Second}}
	}))
	s.staff(nil, "a1")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", Customer: "k"}
	s.at(0, c1, "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle | customer=k")
	s.at(4, accept("o1"), "4s connected o1 c1 a1 waited=4s")
	s.at(4, accept("o1"))
	s.at(34, arrive("c2"), "34s queued c2 s position=1")
	s.at(36, dialed("c3", "", 5*time.Second), "36s queued c3 s position=1")
	// Back at 40 s having waited 4 s: since 36 s, so behind c3 (31 s) and c2.
	s.at(40, bridgeFail("c1"),
		"40s requeued c1 s bridge_failed position=3",
		"40s agent a1 not_ready bridge_failed",
		"40s step c1 s step=1")
	s.at(41, bridgeFail("c1"))
	s.at(41, accept("o1"), "refused stale_offer")
	s.at(42, hangup("c3"), "42s abandoned c3 s waited=6s")
	s.at(43, hangup("c2"), "43s abandoned c2 s waited=9s")
	s.at(50, advance, "50s agent a1 ready rested",
		"50s offered o2 c1 a1 until=1m10s | all s longest_idle step=1 | customer=k waited=14s")
	s.at(51, hangup("c1"), "51s withdrawn o2 c1 a1 hangup",
		"51s abandoned c1 s waited=15s", "51s agent a1 ready hangup")
	// No memory was written.
	again := acd.Command{Type: acd.CmdArrive, Call: "c4", Customer: "k"}
	s.at(52, again, "52s queued c4 s position=1",
		"52s offered o3 c4 a1 until=1m12s | all s longest_idle | customer=k")
}

func TestMemoryBringsTheCallerToTheSameAgent(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.MaxHeadStart = new(45 * time.Second)
		plan.Affinity = acd.Affinity{
			Mode: acd.AffinityPrefer, Remember: new(time.Minute), Entries: new(2), MinTalk: new(3 * time.Second),
		}
	}))
	from := func(call, caller string) acd.Command {
		return acd.Command{Type: acd.CmdArrive, Call: call, Caller: caller}
	}
	s.staff(nil, "a1", "a2")
	s.at(0, from("c1", "090-1111"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle | caller=090-1111")
	s.at(0, accept("o1"), "0s connected o1 c1 a1")
	s.at(3, end("c1"), "3s ended c1 a1 talked=3s", "3s agent a1 ready ended")
	s.at(4, from("c2", "(090) 1.111"), "4s queued c2 s position=1",
		"4s offered o2 c2 a1 until=24s | all s same_agent head_start=45s | caller=(090) 1.111")
	s.at(4, accept("o2"), "4s connected o2 c2 a1")
	// a1 is busy: open to all, without the head start.
	s.at(5, from("c3", "0901111"), "5s queued c3 s position=1",
		"5s offered o3 c3 a2 until=25s | all s longest_idle | caller=0901111")
	s.at(5, accept("o3"), "5s connected o3 c3 a2")
	// Both wait; with a1 alone c5 is the more urgent.
	s.at(6, arrive("c4"), "6s queued c4 s position=1")
	s.at(7, from("c5", "0901111"), "7s queued c5 s position=2")
	s.at(8, end("c2"), "8s ended c2 a1 talked=4s", "8s agent a1 ready ended",
		"8s offered o4 c5 a1 until=28s | all s same_agent head_start=45s overtaken=1 | caller=0901111 waited=1s")
	// Now a2 has served the number last, too shortly to be remembered.
	s.at(8, hangup("c4"), "8s abandoned c4 s waited=2s")
	s.at(7.5, end("c3"), "refused time_backwards")
	s.at(9, end("c3"), "9s ended c3 a2 talked=4s", "9s agent a2 ready ended")
	s.at(10, accept("o4"), "10s connected o4 c5 a1 waited=3s")
	s.at(12, end("c5"), "12s ended c5 a1 talked=2s", "12s agent a1 ready ended")
	s.at(68.5, from("c6", "0901111"), "1m8.5s queued c6 s position=1",
		"1m8.5s offered o5 c6 a2 until=1m28.5s | all s same_agent head_start=45s | caller=0901111")
	s.at(69, hangup("c6"), "1m9s withdrawn o5 c6 a2 hangup",
		"1m9s abandoned c6 s waited=500ms", "1m9s agent a2 ready hangup")
	s.at(69, login("a3", nil), "1m9s agent a3 not_ready login")
	// Written at 9 s, void at 69 s: the longest idle is a2 (since 9 s).
	s.at(69, from("c7", "0901111"), "1m9s queued c7 s position=1",
		"1m9s offered o6 c7 a2 until=1m29s | all s longest_idle | caller=0901111")
}

func TestRememberedNotReadyComesAfterTheWrapUpWithItsCode(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) { q.WrapUp = 10 * time.Second }))
	s.staff(nil, "a1")
	s.at(0, wrapUp("a1", "early"))
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(1, logout("nobody"), "refused unknown_agent")
	s.at(1, wrapUp("a1", "x"), "refused bad_state")
	s.at(1, accept("o1"), "1s connected o1 c1 a1 waited=1s")
	s.at(2, logout("a1"))
	s.at(2, notReady("a1", "lunch"))
	s.at(2, wrapUp("a1", "x"), "refused bad_state")
	s.at(3, hangup("c1"), "3s ended c1 a1 talked=2s", "3s agent a1 wrap_up ended")
	s.at(4, login("a1", nil)) // cancels a logout, not this
	s.at(13, wrapUp("a1", "sold"),
		"13s agent a1 not_ready lunch", // the limit was there first
		"13s disposition c1 a1 code=sold")
	s.at(14, wrapUp("a1", "twice"))
	s.at(15, ready("a1"), "15s agent a1 ready ready")
	s.at(15, arrive("c2"), "15s queued c2 s position=1",
		"15s offered o2 c2 a1 until=35s | all s longest_idle |")
	s.at(15, accept("o2"), "15s connected o2 c2 a1")
	s.at(16, logout("a1"))
	s.at(17, end("c2"), "17s ended c2 a1 talked=2s", "17s agent a1 wrap_up ended")
	s.at(18, wrapUp("a1", "sold"), "18s agent a1 logged_out logout code=sold")
	s.at(18, ready("a1"), "refused bad_state")
	s.at(19, logout("a1"))
	s.at(20, login("a1", nil), "20s agent a1 not_ready login")
	s.at(20, wrapUp("a1", "twice"))
}

func TestLogoutWhileOfferedIsAtOnceAndNotReadyWaitsForTheFailure(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.RestAfterMissed = time.Second
		q.MaxMissed = new(2)
	}))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1",
		"0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(1, notReady("a1", "lunch"))
	s.at(2, logout("a1"), "2s withdrawn o1 c1 a1 logout",
		"2s requeued c1 s logout position=1", "2s agent a1 logged_out logout")
	s.at(3, login("a1", nil), "3s agent a1 not_ready login")
	s.at(3, ready("a1"), "3s agent a1 ready ready",
		"3s offered o2 c1 a1 until=23s | all s longest_idle | waited=3s")
	s.at(4, notReady("a1", ""))
	s.at(5, decline("o2", "no_answer"), "5s withdrawn o2 c1 a1 no_answer",
		"5s requeued c1 s no_answer position=1", "5s agent a1 not_ready not_ready")
	s.at(10, advance) // no rest
	s.at(10, ready("a1"), "10s agent a1 ready ready",
		"10s offered o3 c1 a1 until=30s | all s longest_idle | waited=10s")
	s.at(11, notReady("a1", ""))
	s.at(11, ready("a1")) // cancels it
	s.at(12, hangup("c1"), "12s withdrawn o3 c1 a1 hangup",
		"12s abandoned c1 s waited=12s", "12s agent a1 ready hangup")
}

func TestBadOptionalDataIsDroppedWithWarnings(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.RequireVerified = true
		plan.Affinity.Mode = acd.AffinityPrefer
		plan.Tiers = []acd.Tier{{Name: "gold", MinScore: new(50.0), HeadStart: time.Minute}}
		plan.Entry = []acd.Entry{
			{Name: "golden", When: acd.When{Tier: []string{"gold"}}, Queue: "s"},
			{Name: "hidden", When: acd.When{Withheld: new(true)}, Queue: "s"},
			{Name: "all", Queue: "s"},
		}
	}))
	s.staff(nil, "a1", "a2")
	bad := acd.Command{
		Type: acd.CmdArrive, Call: "c1", Caller: "\xff", Customer: "\n", Tier: "gone",
		Score: new(math.NaN()), HeadStart: -1, LastAgent: "a2",
		Attributes: map[string]string{"": "x", "a": "b", "k": strings.Repeat("v", 1025)},
		Warnings:   []string{"came along"},
	}
	s.at(0, bad, "0s queued c1 s position=1 warnings=8",
		"0s offered o1 c1 a1 until=20s | hidden s longest_idle | attributes=map[a:b]")
	s.at(0, bad)
	bad.HeadStart = -2
	s.at(0, bad, "refused duplicate_call")
	s.at(0, decline("o1", "error"), "0s withdrawn o1 c1 a1 error", "0s requeued c1 s error position=1",
		"0s agent a1 not_ready error", "0s offered o2 c1 a2 until=20s | hidden s longest_idle | attributes=map[a:b]")
	s.at(1, hangup("c1"), "1s withdrawn o2 c1 a2 hangup", "1s abandoned c1 s waited=1s", "1s agent a2 ready hangup")
	// An unverified caller has neither tier nor own agent.
	gold := acd.Command{Type: acd.CmdArrive, Call: "c2", Caller: "1", Tier: "gold", LastAgent: "a2"}
	s.at(2, gold, "2s queued c2 s position=1",
		"2s offered o3 c2 a2 until=22s | all s longest_idle | caller=1")
	gold.Call, gold.Verified, gold.Caller = "c3", true, "()"
	s.at(3, gold, "3s queued c3 s position=1 tier=gold")
	s.at(10, advance, "10s agent a1 ready rested",
		"10s offered o4 c3 a1 until=30s | golden s longest_idle head_start=1m0s | caller=() tier=gold waited=7s")
}

func TestWhatCannotBeTrueIsRefused(t *testing.T) {
	s := begin(t, one(nil))
	s.at(1, acd.Command{Type: "sing"}, "refused malformed")
	s.at(-3e9, advance, "refused bad_value")
	s.at(1, ready(""), "refused bad_id")
	s.at(1, hangup("\xff"), "refused bad_id")
	s.at(1, login("a1", acd.Skills{"s": 11}), "refused bad_value")
	s.at(1, decline("o1", "bored"), "refused bad_value")
	s.at(0, login("a1", nil), "0s agent a1 not_ready login") // the clock had not moved
	s.at(1, hangup("c1"), "refused unknown_call")
	s.at(0.5, advance, "refused time_backwards") // it has now
	s.at(1, accept("o1"), "refused stale_offer")
	s.at(1, ready("a1"), "1s agent a1 ready ready")
	s.at(1, ready("a1"))
	s.at(2, arrive("c1"), "2s queued c1 s position=1",
		"2s offered o1 c1 a1 until=22s | all s longest_idle |")
	s.at(2, end("c1"), "refused bad_state")
	customer := decline("o1", "")
	customer.Party = "customer"
	s.at(2, customer, "refused bad_state")
	s.at(3, accept("o1"), "3s connected o1 c1 a1 waited=1s")
	s.at(3, decline("o1", ""), "refused stale_offer")
	s.at(4, end("c1"), "4s ended c1 a1 talked=1s", "4s agent a1 ready ended")
	s.at(5, end("c1"))
	s.at(5, hangup("c1"))
	s.at(5, bridgeFail("c1"))
	s.at(5, arrive("c1"))
	s.at(5, accept("o1"), "refused stale_offer")
}
