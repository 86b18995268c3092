package acdtest

import (
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

func TestStepsSuggestAndAnnounceToCallersOnly(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 1}},
			{After: 10 * time.Second, Do: &acd.Do{Deflect: "sms"}},
			{After: 20 * time.Second, Do: &acd.Do{Callback: true}},
			{After: 30 * time.Second, Do: &acd.Do{Announce: true}},
		}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(0, arrive("c2"), "0s queued c2 s position=2")
	s.at(1, callback("c2", "", 0, 0), "1s callback_booked c2")
	s.at(40, advance,
		"10s step c1 s step=1", "10s suggested c1 s channel=sms", "10s step c2 s step=1",
		"20s step c1 s step=2", "20s suggested c1 s channel=callback", "20s step c2 s step=2",
		"30s step c1 s step=3", "30s announced c1 position=1", "30s step c2 s step=3")
	s.at(41, deflect("c1", "sms"), "41s deflected c1 s waited=41s channel=sms")
}

func TestSuggestionsWaitWhileThePhoneRings(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Steps = []acd.Step{
			{},
			{After: 10 * time.Second, Do: &acd.Do{Deflect: "sms"}},
			{After: 15 * time.Second, If: &acd.If{WaitingOver: new(0)}, Do: &acd.Do{Announce: true}},
		}
	}))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	// At 15 s nobody is in line: that was judged then, and is over.
	s.at(20, advance,
		"20s withdrawn o1 c1 a1 no_answer",
		"20s requeued c1 s no_answer position=1",
		"20s agent a1 not_ready no_answer",
		"20s step c1 s step=1",
		"20s suggested c1 s channel=sms")
}

func TestConditionsAreJudgedOnceWhenTheStepFallsDue(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, q *acd.Queue) {
		plan.Tiers = []acd.Tier{{Name: "gold"}, {Name: "silver"}}
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 5}},
			{After: 10 * time.Second, If: &acd.If{Tier: []string{"gold", "silver"}}, Do: &acd.Do{Deflect: "gold"}},
			{After: 20 * time.Second, If: &acd.If{WaitingOver: new(1)}, Do: &acd.Do{Deflect: "many"}},
			{After: 30 * time.Second, If: &acd.If{ReadyUnder: new(1)}, Needs: acd.Skills{"s": 2}},
			{After: 40 * time.Second, If: &acd.If{ReadyUnder: new(1)}, Needs: acd.Skills{"s": 1}},
			{After: 50 * time.Second, If: &acd.If{WaitOver: new(time.Hour)}, Do: &acd.Do{Deflect: "nobody"}},
			{After: 60 * time.Second, If: &acd.If{WaitOver: new(time.Hour), Tier: []string{"gold"}}, Do: &acd.Do{Deflect: "never"}},
		}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	gold := acd.Command{Type: acd.CmdArrive, Call: "c2", Tier: "silver"}
	s.at(5, gold, "5s queued c2 s position=2 tier=silver")
	s.at(24, advance, "15s step c2 s step=1", "15s suggested c2 s channel=gold",
		"20s step c1 s step=2", "20s suggested c1 s channel=many")
	s.at(24, hangup("c1"), "24s abandoned c1 s waited=24s")
	s.at(26, advance) // alone, c2 does not pass the second condition
	s.at(36, advance, "35s step c2 s step=3")
	// Nobody who meets the floor (level 1) is there: the wait is endless.
	s.at(70, advance, "45s step c2 s step=4", "55s step c2 s step=5", "55s suggested c2 s channel=nobody")
}

func TestConditionsOfACallThatRings(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 5}},
			{After: 5 * time.Second, If: &acd.If{ReadyUnder: new(1)}, Needs: acd.Skills{"s": 4}},
			{After: 6 * time.Second, If: &acd.If{ReadyUnder: new(1)}, Needs: acd.Skills{"s": 3}},
			{After: 7 * time.Second, If: &acd.If{WaitOver: new(time.Duration(0))}, Needs: acd.Skills{"s": 2}},
			{After: 8 * time.Second, If: &acd.If{WaitOver: new(time.Duration(0))}, Needs: acd.Skills{"s": 1}},
		}
	}))
	s.staff(acd.Skills{"s": 5}, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(5, advance, "5s step c1 s step=1") // the one there is rings
	s.at(5.5, login("a2", acd.Skills{"s": 4}), "5.5s agent a2 not_ready login")
	s.at(5.5, ready("a2"), "5.5s agent a2 ready ready")
	s.at(7.5, advance) // a2 could take it at once, were it in line
	s.at(7.5, notReady("a2", ""), "7.5s agent a2 not_ready not_ready")
	s.at(9, advance) // a1 is staffed, and nothing is known
	s.at(9, logout("a1"), "9s withdrawn o1 c1 a1 logout", "9s requeued c1 s logout position=1",
		"9s agent a1 logged_out logout")
}

func TestStepsMissedDuringATalkAreJudgedOnReturn(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Steps = []acd.Step{
			{},
			{After: 10 * time.Second, If: &acd.If{WaitingOver: new(0)}, Do: &acd.Do{Announce: true}},
			{After: 11 * time.Second, If: &acd.If{WaitingOver: new(1)}, Do: &acd.Do{Announce: true}},
		}
	}))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(1, accept("o1"), "1s connected o1 c1 a1 waited=1s")
	s.at(20, bridgeFail("c1"), "20s requeued c1 s bridge_failed position=1", "20s agent a1 not_ready bridge_failed",
		"20s step c1 s step=1", "20s announced c1 position=1")
}

func TestAnnouncementsKeepTheirRhythm(t *testing.T) {
	s := begin(t, twoQueues(func(_ *acd.Plan, qs, qt *acd.Queue) {
		qs.AnnounceEvery = 10 * time.Second
		qs.Ring = new(25 * time.Second)
		qs.RestAfterError = new(time.Minute)
		qt.AnnounceEvery = 7 * time.Second
	}))
	s.at(1, arrive("c1"), "1s queued c1 s position=1")
	s.next(11)
	s.at(13, dialed("c2", "", time.Minute), "11s announced c1 position=1", "13s queued c2 s position=1")
	s.staffSkilled(14, "a1", acd.Skills{"s": 1},
		"14s offered o1 c2 a1 until=39s | all s longest_idle head_start=1m0s overtaken=1 | waited=1s")
	s.next(21)
	// c2 rings at 23 s and 33 s: no one could listen.
	s.at(40, advance, "21s announced c1 position=1", "31s announced c1 position=1",
		"39s withdrawn o1 c2 a1 no_answer", "39s requeued c2 s no_answer position=1", "39s agent a1 not_ready no_answer")
	s.at(44, hangup("c1"), "41s announced c1 position=2", "43s announced c2 position=1", "44s abandoned c1 s waited=43s")
	s.at(45, ready("a1"), "45s agent a1 ready ready",
		"45s offered o2 c2 a1 until=1m10s | all s longest_idle head_start=1m0s | waited=32s")
	s.at(46, accept("o2"), "46s connected o2 c2 a1 waited=33s")
	s.none()
	s.at(73, bridgeFail("c2"), "1m13s requeued c2 s bridge_failed position=1", "1m13s agent a1 not_ready bridge_failed")
	s.next(83)
	s.at(83, advance, "1m23s announced c2 position=1")
	s.at(84, transferTo("c2", "t"), "1m24s transferred c2 from=s to=t", "1m24s queued c2 t position=1")
	s.at(92, callback("c2", "", 0, 0), "1m31s announced c2 position=1", "1m32s callback_booked c2")
	s.at(120, advance) // a callback hears nothing
	s.at(133, hangup("c2"), "2m13s agent a1 ready rested")
	s.none()
}

func TestEstimateIsZeroWhereAnAgentIsReadyAndUnknownWithoutAny(t *testing.T) {
	o := NewOracle(one(func(_ *acd.Plan, q *acd.Queue) { q.Steps = []acd.Step{{Needs: acd.Skills{"s": 1}}} }))
	apply := func(cmd acd.Command) queue.Estimate {
		cmd.At = nine
		events, err := o.Apply(cmd)
		if err != nil {
			t.Fatal(err)
		}
		return events[0].Wait
	}
	if got := apply(arrive("c1")); got.Known {
		t.Errorf("with nobody there: %+v", got)
	}
	apply(hangup("c1"))
	apply(login("a1", acd.Skills{"s": 1}))
	apply(ready("a1"))
	if got := apply(arrive("c2")); got != (queue.Estimate{Known: true}) {
		t.Errorf("with an agent ready: %+v", got)
	}
}

func TestFoundFillsInWhatTheArrivalLeavesOpen(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.Affinity.Mode = acd.AffinityPrefer
		plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: time.Minute}, {Name: "silver", MinScore: new(10.0)}}
	}))
	s.staff(nil, "a1", "a2")
	c1 := acd.Command{
		Type: acd.CmdArrive, Call: "c1", Attributes: map[string]string{"menu": "2"},
		Found: &acd.Found{
			Customer: "k", Tier: "gold", LastAgent: "a2",
			Attributes: map[string]string{"menu": "9", "since": "1999"}, Warning: "late",
		},
	}
	s.at(0, c1, "0s queued c1 s position=1 tier=gold warnings=1",
		"0s offered o1 c1 a2 until=20s | all s same_agent head_start=2m0s | customer=k tier=gold attributes=map[menu:2 since:1999]")
	c1.Found = nil
	s.at(1, c1) // the same arrival, whatever was found
	c2 := acd.Command{
		Type: acd.CmdArrive, Call: "c2", Customer: "j", Tier: "no such", Score: new(20.0),
		Found: &acd.Found{Customer: "k", Tier: "gold", Score: new(5.0)},
	}
	s.at(2, c2, "2s queued c2 s position=1 tier=silver warnings=1",
		"2s offered o2 c2 a1 until=22s | all s longest_idle | customer=j tier=silver")
}
