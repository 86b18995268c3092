package acdtest

import (
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func newPlan(plan acd.Plan) acd.Command { return acd.Command{Type: acd.CmdPlan, Plan: &plan} }

func TestPlanThatLacksAQueueInUseIsRefused(t *testing.T) {
	other := one(func(plan *acd.Plan, q *acd.Queue) {
		q.Name = "other"
		plan.Entry[0].Queue = "other"
	})
	s := begin(t, one(nil))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(1, acd.Command{Type: acd.CmdPlan}, "refused malformed")
	s.at(1, newPlan(acd.Plan{}), "refused bad_plan")
	s.at(0, advance) // the clock had not moved
	s.at(2, newPlan(other), "refused bad_plan")
	s.at(1, advance, "refused time_backwards") // it has now
	s.at(2, callback("c1", "", 30, 0), "2s callback_booked c1 not_before=30s")
	s.at(3, newPlan(other), "refused bad_plan") // a callback counts
	s.at(3, cancel("c1"), "3s abandoned c1 s cancelled waited=2s")
	s.at(4, newPlan(other))
	s.at(5, arrive("c2"), "5s queued c2 other position=1")
}

func TestPlanChangeKeepsUrgenciesAndReadsTheLadderAnew(t *testing.T) {
	steps := func(plan acd.Plan, list ...acd.Step) acd.Plan {
		plan.Queues[0].Steps = append([]acd.Step{{Needs: acd.Skills{"s": 9}}}, list...)
		return plan
	}
	before := steps(one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: time.Minute}}
	}), acd.Step{After: 60 * time.Second, Needs: acd.Skills{"s": 8}})
	after := steps(one(func(plan *acd.Plan, q *acd.Queue) {
		plan.MaxHeadStart = new(5 * time.Second)
		plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: time.Hour}}
		q.AnnounceEvery = 25 * time.Second
	}),
		acd.Step{After: 10 * time.Second, Needs: acd.Skills{"s": 7}},
		acd.Step{After: 15 * time.Second, Do: &acd.Do{Divert: "119"}},
		acd.Step{After: 20 * time.Second, Needs: acd.Skills{"s": 6}},
		acd.Step{After: 50 * time.Second, Needs: acd.Skills{"s": 5}})
	s := begin(t, before)
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(10, acd.Command{Type: acd.CmdArrive, Call: "c2", Tier: "gold"}, "10s queued c2 s position=1 tier=gold")
	s.at(30, newPlan(after)) // nothing is told, and nobody is diverted
	// c2 has kept its minute; c3 gets what the new cap allows.
	s.at(31, acd.Command{Type: acd.CmdArrive, Call: "c3", Tier: "gold"}, "31s queued c3 s position=3 tier=gold")
	s.next(35)
	s.staffSkilled(34, "a6", acd.Skills{"s": 6},
		"34s offered o1 c2 a6 until=54s | all s longest_idle step=3 head_start=1m0s overtaken=1 | tier=gold waited=24s")
	// c2 was at 20 s of its ladder, c1 at 30 s: both past the third step. The
	// announcements: c1 at 50 s, c2 at 35 s and 60 s, c3 at 56 s.
	s.at(61, advance,
		"41s step c3 s step=1", "46s step c3 s step=2", "46s diverted c3 s number=119",
		"50s step c1 s step=4", "50s announced c1 position=1",
		"54s withdrawn o1 c2 a6 no_answer", "54s requeued c2 s no_answer position=1", "54s agent a6 not_ready no_answer",
		"1m0s step c2 s step=4", "1m0s announced c2 position=1")
}

func TestPlanChangeEndsAHoldOnlyIfTheFloorRises(t *testing.T) {
	plan := func(floor int) acd.Plan {
		return one(func(plan *acd.Plan, q *acd.Queue) {
			plan.Affinity.Mode = acd.AffinityHold
			q.Steps = []acd.Step{{Needs: acd.Skills{"s": floor}}}
		})
	}
	s := begin(t, plan(1))
	s.staff(acd.Skills{"s": 2}, "own")
	s.at(0, arrive("c0"), "0s queued c0 s position=1", "0s offered o1 c0 own until=20s | all s longest_idle |")
	s.at(0, accept("o1"), "0s connected o1 c0 own")
	s.staffSkilled(1, "other", acd.Skills{"s": 9})
	s.at(2, acd.Command{Type: acd.CmdArrive, Call: "c1", LastAgent: "own"}, "2s queued c1 s position=1")
	off := plan(2)
	off.Affinity = acd.Affinity{}
	s.at(3, newPlan(off)) // the deadline is as it was set
	s.next(22)
	s.at(4, newPlan(plan(3)), "4s offered o2 c1 other until=24s | all s longest_idle | waited=2s")
}

func TestPlanChangeForgetsWhatIsGone(t *testing.T) {
	base := func(entries int) acd.Plan {
		return twoQueues(func(plan *acd.Plan, _, _ *acd.Queue) {
			plan.Affinity = acd.Affinity{Mode: acd.AffinityPrefer, MinTalk: new(time.Duration(0)), Entries: &entries}
			plan.Queues[0].Steps, plan.Queues[1].Steps = nil, nil
		})
	}
	s := begin(t, base(9))
	s.staff(nil, "a1", "a2")
	known := func(call, customer, number string) acd.Command {
		return acd.Command{Type: acd.CmdArrive, Call: call, Customer: customer, Dialed: number}
	}
	talk := func(second float64, now, offer, call, agent string) {
		s.at(second, accept(offer), now+" connected "+offer+" "+call+" "+agent)
		s.at(second, end(call), now+" ended "+call+" "+agent, now+" agent "+agent+" ready ended")
	}
	s.at(1, known("c1", "k1", ""), "1s queued c1 s position=1", "1s offered o1 c1 a1 until=21s | all s longest_idle | customer=k1")
	talk(1, "1s", "o1", "c1", "a1")
	s.at(2, known("c2", "k2", ""), "2s queued c2 s position=1", "2s offered o2 c2 a2 until=22s | all s longest_idle | customer=k2")
	talk(2, "2s", "o2", "c2", "a2")
	s.at(3, known("c3", "k1", "2"), "3s queued c3 t position=1", "3s offered o3 c3 a1 until=23s | to t t longest_idle | customer=k1")
	talk(3, "3s", "o3", "c3", "a1")
	gone := base(1)
	gone.Queues, gone.Entry = gone.Queues[:1], gone.Entry[1:]
	s.at(4, newPlan(gone)) // t is gone; of s only k2 is left
	s.at(5, newPlan(base(9)))
	s.at(6, known("c4", "k2", ""), "6s queued c4 s position=1",
		"6s offered o4 c4 a2 until=26s | all s same_agent head_start=1m0s | customer=k2")
	s.at(6, hangup("c4"), "6s withdrawn o4 c4 a2 hangup", "6s abandoned c4 s", "6s agent a2 ready hangup")
	s.at(7, known("c5", "k1", "2"), "7s queued c5 t position=1",
		"7s offered o5 c5 a2 until=27s | to t t longest_idle | customer=k1")
	s.at(7, hangup("c5"), "7s withdrawn o5 c5 a2 hangup", "7s abandoned c5 t", "7s agent a2 ready hangup")
	s.at(8, known("c6", "k1", ""), "8s queued c6 s position=1",
		"8s offered o6 c6 a2 until=28s | all s longest_idle | customer=k1")
}

func TestTrustIsJudgedAtArrival(t *testing.T) {
	strict := func(required bool) acd.Plan {
		return one(func(plan *acd.Plan, _ *acd.Queue) {
			plan.RequireVerified = required
			plan.Affinity = acd.Affinity{Mode: acd.AffinityPrefer, MinTalk: new(time.Duration(0))}
		})
	}
	from := func(call, customer string) acd.Command {
		return acd.Command{Type: acd.CmdArrive, Call: call, Customer: customer}
	}
	s := begin(t, strict(true))
	s.staff(nil, "a1")
	s.at(0, from("c1", "k1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle | customer=k1")
	s.at(0, accept("o1"), "0s connected o1 c1 a1")
	s.at(1, newPlan(strict(false)))
	s.at(2, end("c1"), "2s ended c1 a1 talked=2s", "2s agent a1 ready ended")
	// No trust, no memory, though the plan of now would trust.
	s.at(3, from("c2", "k1"), "3s queued c2 s position=1", "3s offered o2 c2 a1 until=23s | all s longest_idle | customer=k1")
	s.at(4, newPlan(strict(true)))
	s.at(5, accept("o2"), "5s connected o2 c2 a1 waited=2s")
	s.at(6, end("c2"), "6s ended c2 a1 talked=1s", "6s agent a1 ready ended")
	// And c2 was trusted.
	s.at(7, newPlan(strict(false)))
	s.at(8, from("c3", "k1"), "8s queued c3 s position=1",
		"8s offered o3 c3 a1 until=28s | all s same_agent head_start=1m0s | customer=k1")
}

func TestGuardTellsOnceOfEachStayThatIsTooLong(t *testing.T) {
	stay := func(longest time.Duration) acd.Plan {
		return twoQueues(func(plan *acd.Plan, _, _ *acd.Queue) { plan.LongestStay = &longest })
	}
	s := begin(t, stay(100*time.Second))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(10, arrive("c2"), "10s queued c2 s position=2")
	s.staffSkilled(60, "a1", acd.Skills{"s": 1}, "1m0s offered o1 c1 a1 until=1m20s | all s longest_idle | waited=1m0s")
	s.at(61, accept("o1"), "1m1s connected o1 c1 a1 waited=1m1s")
	s.next(110)
	s.at(110, advance, "1m50s overdue c2 s waiting")
	s.next(161)
	s.at(165, advance, "2m41s overdue c1 a1 s talking")
	s.none() // both are told
	// Another queue, another stay.
	s.at(170, transferTo("c2", "t"), "2m50s transferred c2 from=s to=t", "2m50s queued c2 t position=1")
	s.next(270)
	s.at(180, newPlan(stay(100*time.Second))) // the same
	s.next(270)
	s.at(190, newPlan(stay(20*time.Second))) // anew; c1's talk was told of
	s.at(210, advance, "3m30s overdue c2 t waiting")
	s.at(220, newPlan(stay(0)))
	s.at(220, callback("c2", "", 400, 0), "3m40s callback_booked c2 not_before=6m40s")
	s.at(230, newPlan(stay(30*time.Second)))
	s.next(400) // c2 rests, c1 was told of
	s.at(230, arrive("c3"), "3m50s queued c3 s position=1")
	s.at(240, arrive("c4"), "4m0s queued c4 s position=2")
	s.at(250, newPlan(stay(0)))
	s.next(400) // without a guard
	s.at(250, newPlan(stay(60*time.Second)))
	s.next(310)
	s.at(260, hangup("c4"), "4m20s abandoned c4 s waited=20s") // no longer watched
	s.at(390, hangup("c1"), "5m10s overdue c3 s waiting", "6m30s ended c1 a1 talked=5m29s", "6m30s agent a1 ready ended",
		"6m30s offered o2 c3 a1 until=6m50s | all s longest_idle | waited=2m40s")
	// An offer has ended the stay: another begins, and is told of again.
	s.at(391, decline("o2", "error"), "6m31s withdrawn o2 c3 a1 error", "6m31s requeued c3 s error position=1",
		"6m31s agent a1 not_ready error")
	s.at(392, logout("a1"), "6m32s agent a1 logged_out logout")
	s.at(430, advance, "6m40s requeued c2 t due position=1")
	s.at(470, advance, "7m31s overdue c3 s waiting", "7m40s overdue c2 t waiting")
	s.at(470, newPlan(stay(40*time.Second)))
	s.none()
}

func TestGuardThatThePlanDoesNotNameIsToldWithWhatComesNext(t *testing.T) {
	s := begin(t, one(nil))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.none()
	s.at(90_000, advance, "24h0m0s overdue c1 s waiting")
}

func TestGuardWatchesSuggestedCalls(t *testing.T) {
	plan := closing(acd.Elsewhere{Callback: true})
	plan.LongestStay = new(30 * time.Second)
	s := begin(t, plan)
	s.at(0, arrive("c1"), "0s suggested c1 s channel=callback")
	s.at(40, advance, "30s overdue c1 s suggested")
	s.at(41, callback("c1", "", 0, 0), "41s callback_booked c1", "41s queued c1 s position=1")
	s.at(72, advance, "1m11s overdue c1 s waiting")
}
