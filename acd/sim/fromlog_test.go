package sim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// written is the log that a centre would write of a simulated week: two queues,
// a tier, agents with skills for one of them or both.
func written(t *testing.T) (*calllog.Log, sim.Scenario) {
	t.Helper()
	var rates []sim.Rate
	var shifts []sim.Span
	for day := range 5 {
		from := time.Duration(24*day+9) * time.Hour
		rates = append(rates, sim.Rate{From: from, To: from + 8*time.Hour, PerHour: 70})
		shifts = append(shifts, sim.Span{From: monday.Add(from), To: monday.Add(from + 8*time.Hour)})
	}
	s := sim.Scenario{
		Plan: acd.Plan{
			Tiers: []acd.Tier{{Name: "gold", HeadStart: 90 * time.Second}},
			Entry: []acd.Entry{{When: acd.When{Attributes: map[string]string{"queue": "bills"}}, Queue: "bills"}, {Queue: "orders"}},
			Queues: []acd.Queue{
				{Name: "bills", Steps: []acd.Step{{Needs: acd.Skills{"bills": 1}}}},
				{Name: "orders", Steps: []acd.Step{{Needs: acd.Skills{"orders": 1}}}},
			},
		},
		Calls: sim.Random(monday, rates, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{
				Service:  sim.LogNormal{Mean: 3 * time.Minute, SD: 2 * time.Minute}.Sample(r),
				Patience: sim.Exponential{Mean: 4 * time.Minute}.Sample(r),
			}
			c.Arrive.Attributes = map[string]string{"queue": "orders"}
			if r.IntN(3) == 0 {
				c.Arrive.Attributes = map[string]string{"queue": "bills"}
			}
			if customer := r.IntN(400); customer < 200 {
				c.Arrive.Customer = fmt.Sprintf("customer %d", customer)
				if customer%2 == 0 {
					c.Arrive.Tier = "gold"
				}
			}
			return c
		}),
		Agents: []sim.Agent{
			{ID: "aya", Skills: acd.Skills{"bills": 1, "orders": 1}, Shifts: shifts},
			{ID: "ben", Skills: acd.Skills{"bills": 1}, Shifts: shifts},
			{ID: "chika", Skills: acd.Skills{"orders": 1}, Shifts: shifts},
			{ID: "dan", Skills: acd.Skills{"orders": 1}, Shifts: shifts},
		},
		Seed: 1,
	}
	log := new(calllog.Log)
	s.Each = func(r *sim.Record) {
		c := calllog.Call{
			ID: r.ID, Queue: r.Entry, Customer: r.Call.Arrive.Customer, Tier: r.Tier, Arrival: r.Call.Arrive.At, Outcome: calllog.Abandoned,
			Wait: r.Waited, Agent: r.Agent,
		}
		if r.Outcome == sim.Answered {
			c.Outcome, c.Start, c.Talk, c.TalkKnown = calllog.Answered, c.Arrival.Add(r.Waited), r.Talked, true
		}
		log.Calls = append(log.Calls, c)
	}
	if _, err := sim.Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	s.Each = nil
	slices.SortFunc(log.Calls, func(a, b calllog.Call) int { return a.Arrival.Compare(b.Arrival) })
	for _, a := range s.Agents {
		for _, span := range a.Shifts {
			log.Duty = append(log.Duty, calllog.Duty{Agent: a.ID, Span: calllog.Span(span)})
		}
	}
	return log, s
}

// TestAReplayOfALogIsThatDayAgain where the log says all: the calls of a log, by
// the same plan and the same people, live through what the log recorded, but for
// what had to be drawn. And the patience that is drawn is that which was hidden:
// with half of the people the replay agrees with the scenario itself.
func TestAReplayOfALogIsThatDayAgain(t *testing.T) {
	log, s := written(t)
	replay, err := sim.FromLog(log, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(replay.Agents, s.Agents) || replay.Inferred || replay.InferredAgents != 0 {
		t.Errorf("agents %+v", replay.Agents)
	}
	if !slices.Equal(replay.Queues, []string{"bills", "orders"}) || !slices.Equal(replay.Tiers, []string{"gold"}) || replay.Arrived != len(log.Calls) {
		t.Errorf("%v %v %d", replay.Queues, replay.Tiers, replay.Arrived)
	}
	was := sim.Sample{Runs: []sim.Result{replay.Recorded(log, sim.Grid{}, nil)}, Level: 0.95}
	s.Calls = replay.Calls
	again, err := sim.Replicate(t.Context(), s, 5)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := again.Estimate(sim.MeanWait(nil)), was.Estimate(sim.MeanWait(nil)); math.Abs(got.Value-want.Value) > 1e-9 || want.Value < 10 {
		t.Errorf("mean wait %v again, recorded %v", got, want.Value)
	}
	if got, want := again.Estimate(sim.Share(nil, sim.Abandoned)), was.Estimate(sim.Share(nil, sim.Abandoned)); math.Abs(got.Value-want.Value) > 1e-12 || want.Value < 0.02 {
		t.Errorf("hung up %v again, recorded %v", got, want.Value)
	}
	if got, want := was.Estimate(sim.OverallOccupancy).Value, again.Estimate(sim.OverallOccupancy).Value; got < want-0.02 || got > want+0.02 {
		t.Errorf("occupancy %v recorded, %v again", got, want)
	}

	fresh := s
	_, original := written(t)
	fresh.Calls = original.Calls
	s.Agents, fresh.Agents = s.Agents[:2], s.Agents[:2]
	few, err := sim.Replicate(t.Context(), s, 10)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := sim.Replicate(t.Context(), fresh, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, tier := range []string{"", "gold"} {
		m := sim.Share(sim.OfTier(tier), sim.Abandoned)
		got, want := few.Estimate(m), truth.Estimate(m)
		if got.Value < want.Value-0.04 || got.Value > want.Value+0.04 {
			t.Errorf("half the people, tier %q: %.3f hang up in the replay, %.3f in the scenario", tier, got.Value, want.Value)
		}
	}
}

// TestWhatALogDoesNotSayIsDrawn: the patience of the answered, beyond their
// wait; the talks of those who had none; who was at work.
func TestWhatALogDoesNotSayIsDrawn(t *testing.T) {
	log, _ := written(t)
	log.Duty = nil
	replay, err := sim.FromLog(log, sim.LogOptions{Gap: 10 * time.Minute, Attribute: "about"})
	if err != nil {
		t.Fatal(err)
	}
	if !replay.Inferred || replay.InferredAgents != 4 || len(replay.Agents) != 4 || len(replay.Agents[0].Shifts) < 5 {
		t.Errorf("agents are not inferred: %+v", replay)
	}
	talks := calllog.Talks(log.Calls, "")
	draw := func(seed uint64) []sim.Call {
		return slices.Collect(replay.Calls(rand.New(rand.NewPCG(seed, 1))))
	}
	first, second := draw(1), draw(2)
	if !reflect.DeepEqual(first, draw(1)) {
		t.Error("the same seed drew other calls")
	}
	patience, lengths := 0, 0
	for i, c := range log.Calls {
		a, b := first[i], second[i]
		if a.Patience != b.Patience {
			patience++
		}
		if a.Service != b.Service {
			lengths++
		}
		switch {
		case c.Outcome == calllog.Answered && (a.Patience <= c.Wait || a.Service != c.Talk):
			t.Fatalf("call %d was answered after %v: patience %v, talk %v of %v", i, c.Wait, a.Patience, a.Service, c.Talk)
		case c.Outcome == calllog.Abandoned && (a.Patience != c.Wait || !slices.Contains(talks, a.Service)):
			t.Fatalf("call %d hung up after %v: patience %v, talk %v", i, c.Wait, a.Patience, a.Service)
		case a.Arrive.Attributes["about"] != c.Queue || a.Arrive.Customer != c.Customer || !a.Arrive.At.Equal(c.Arrival):
			t.Fatalf("call %d: %+v", i, a.Arrive)
		}
	}
	if patience == 0 || patience > replay.DrawnPatience || lengths == 0 || lengths > replay.DrawnTalks {
		t.Errorf("%d of %d patiences and %d of %d talks differ between seeds", patience, replay.DrawnPatience, lengths, replay.DrawnTalks)
	}
}

// TestWhoServedWasThere, whatever the log says of their duty: it may have been
// cut from a longer one, in which they came.
func TestWhoServedWasThere(t *testing.T) {
	at := func(minutes int) time.Time { return monday.Add(time.Duration(minutes) * time.Minute) }
	log := new(calllog.Log)
	for _, c := range []struct {
		agent   string
		minutes []int
	}{
		{"aya", []int{0, 4, 60, 62, 120, 123, 200}}, // the first two and the last before and after any duty, one at its end
		{"ben", []int{1, 3}},
	} {
		for _, minute := range c.minutes {
			log.Calls = append(log.Calls, calllog.Call{
				Queue: "q", Agent: c.agent, Arrival: at(minute), Start: at(minute), Outcome: calllog.Answered, Talk: time.Minute, TalkKnown: true,
			})
		}
	}
	slices.SortStableFunc(log.Calls, func(a, b calllog.Call) int { return a.Arrival.Compare(b.Arrival) })
	on := func(agent string, from, to int) {
		log.Duty = append(log.Duty, calllog.Duty{Agent: agent, Span: calllog.Span{From: at(from), To: at(to)}})
	}
	on("aya", 50, 61)
	on("aya", 62, 123) // a pause of a minute between the two is none of those inferred
	on("chika", 0, 300)
	replay, err := sim.FromLog(log, sim.LogOptions{Gap: 10 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	want := []sim.Agent{
		{ID: "aya", Skills: acd.Skills{"q": 1}, Shifts: []sim.Span{
			{From: at(0), To: at(5)}, {From: at(50), To: at(61)}, {From: at(62), To: at(123)}, {From: at(200), To: at(201)},
		}},
		{ID: "ben", Skills: acd.Skills{"q": 1}, Shifts: []sim.Span{{From: at(1), To: at(4)}}},
	}
	if !reflect.DeepEqual(replay.Agents, want) {
		t.Errorf("agents %+v\nwant   %+v", replay.Agents, want)
	}
	if replay.Inferred || replay.InferredAgents != 1 || replay.Unplaced != 1 {
		t.Errorf("inferred %v, %d agents; %d unplaced", replay.Inferred, replay.InferredAgents, replay.Unplaced)
	}
}

// TestWhoWasAnsweredAtOnceMayNotWantToWait: in a queue in which 3 of 10 hang up
// when told to wait, so do 3 of 10 of those who never had to.
func TestWhoWasAnsweredAtOnceMayNotWantToWait(t *testing.T) {
	log := new(calllog.Log)
	add := func(n int, c calllog.Call) {
		c.Queue, c.Arrival = "q", monday
		for range n {
			log.Calls = append(log.Calls, c)
		}
	}
	add(5000, calllog.Call{Outcome: calllog.Answered, Talk: time.Minute})
	add(30, calllog.Call{Outcome: calllog.Abandoned})
	add(70, calllog.Call{Outcome: calllog.Answered, Wait: 10 * time.Second, Talk: time.Minute})
	replay, err := sim.FromLog(log, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	calls := slices.Collect(replay.Calls(rand.New(rand.NewPCG(1, 1))))
	none := 0
	for _, c := range calls[:5000] {
		if c.Patience == 0 {
			none++
		}
	}
	if none < 1500-130 || none > 1500+130 { // 4 deviations of a share of 0.3
		t.Errorf("%d of 5000 have no patience, want about 1500", none)
	}
	for _, c := range calls[5030:] {
		if c.Patience <= 10*time.Second {
			t.Errorf("patience of %v of one who waited for 10 s", c.Patience)
		}
	}
}

// TestTheRecordTellsWhatTheLogDoes: by queue and tier, who came back and to whom,
// and when agents were at work and in talks.
func TestTheRecordTellsWhatTheLogDoes(t *testing.T) {
	at := func(minutes int) time.Time { return monday.Add(time.Duration(minutes) * time.Minute) }
	answered := func(minutes int, customer, caller, agent string) calllog.Call {
		return calllog.Call{
			Queue: "q", Customer: customer, Caller: caller, Tier: "gold", Arrival: at(minutes), Outcome: calllog.Answered,
			Wait: time.Minute, Agent: agent, Start: at(minutes + 1), Talk: 6 * time.Minute, TalkKnown: true,
		}
	}
	log := &calllog.Log{
		Calls: []calllog.Call{
			answered(0, "ann", "1", "aya"),
			answered(5, "ann", "2", "aya"), // whom she had
			{Queue: "q", Customer: "ann", Tier: "gold", Arrival: at(6), Outcome: calllog.Abandoned, Wait: 3 * time.Minute},
			answered(12, "ann", "3", "ben"), // another
			answered(14, "", "3", "ben"),    // the first of this number without a customer
			answered(18, "", "3", "ben"),    // and the second
			answered(19, "", "", "ben"),     // nobody known
			{Queue: "q", Tier: "gold", Arrival: at(21), Outcome: calllog.Left, Wait: 2 * time.Minute},
			{Queue: "q", Tier: "gold", Arrival: at(22), Outcome: calllog.Open},
		},
		Duty: []calllog.Duty{
			{Agent: "aya", Span: calllog.Span{From: at(0), To: at(15)}},
			{Agent: "ben", Span: calllog.Span{From: at(0), To: at(30)}},
		},
	}
	replay, err := sim.FromLog(log, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	was := replay.Recorded(log, sim.Every(monday, 10*time.Minute, 3), []time.Duration{time.Minute})
	var all sim.Figures
	for _, row := range was.Rows {
		if row.Queue != "q" || row.Tier != "gold" {
			t.Errorf("row %+v", row)
		}
		all.Merge(&row.Figures)
	}
	if len(was.Rows) != 3 || all.Offered != 9 || all.Answered != 6 || all.Abandoned != 1 || all.AnsweredWithin[0] != 6 || all.Repeats != 3 || all.SameAgent != 2 {
		t.Errorf("%d rows, all %+v", len(was.Rows), all)
	}
	if was.Outcomes[sim.Diverted] != 1 || was.Outcomes[sim.Unended] != 1 || was.Arrived != 9 {
		t.Errorf("outcomes %v of %d", was.Outcomes, was.Arrived)
	}
	// Talks: 1 to 7, 6 to 12; 13 to 19, 15 to 21, 19 to 25, 20 to 26.
	want := []sim.AgentTime{{Busy: 10 * time.Minute, Staffed: 20 * time.Minute}, {Busy: 14 * time.Minute, Staffed: 15 * time.Minute}, {Busy: 12 * time.Minute, Staffed: 10 * time.Minute}}
	if !slices.Equal(was.Time, want) {
		t.Errorf("time %v, want %v", was.Time, want)
	}
	if was.Busy != 36*time.Minute || was.Staffed != 45*time.Minute {
		t.Errorf("busy %v of %v", was.Busy, was.Staffed)
	}
}

// TestSourcesOfAReplayDoNotDisturbEachOther, however many goroutines draw.
func TestSourcesOfAReplayDoNotDisturbEachOther(t *testing.T) {
	log, _ := written(t)
	replay, err := sim.FromLog(log, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	draw := func(seed uint64) []sim.Call {
		return slices.Collect(replay.Calls(rand.New(rand.NewPCG(seed, 0))))
	}
	var at sync.WaitGroup
	together := make([][]sim.Call, 4)
	for i := range together {
		at.Go(func() { together[i] = draw(uint64(i)) })
	}
	at.Wait()
	for i, calls := range together {
		if !reflect.DeepEqual(calls, draw(uint64(i))) {
			t.Errorf("seed %d drew other calls in company", i)
		}
	}
}

// TestEachCallTakesTwoNumbers, whatever became of it and whatever its queue tells
// of talks and patience: so the calls after it do not depend on that.
func TestEachCallTakesTwoNumbers(t *testing.T) {
	log, _ := written(t)
	last := log.Calls[len(log.Calls)-1].Arrival
	log.Calls = append(log.Calls,
		calllog.Call{Queue: "nobody answers", Arrival: last, Outcome: calllog.Open},
		calllog.Call{Queue: "nobody answers", Arrival: last, Outcome: calllog.Left, Wait: time.Hour})
	replay, err := sim.FromLog(log, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	used, plain := rand.NewPCG(7, 7), rand.NewPCG(7, 7)
	for range replay.Calls(rand.New(used)) {
		plain.Uint64()
		plain.Uint64()
		if *used != *plain {
			t.Fatal("a call did not take two numbers")
		}
	}
}

func TestALogOfNothingIsRefused(t *testing.T) {
	for want, calls := range map[string][]calllog.Call{
		"no calls":                  nil,
		"no call that was answered": {{Queue: "a", Arrival: monday, Outcome: calllog.Abandoned, Wait: time.Second}},
	} {
		if _, err := sim.FromLog(&calllog.Log{Calls: calls}, sim.LogOptions{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
