package sim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
	"github.com/najimi-acd/najimi/acd/sim"
)

// asking is a plan that asks for everything: who waits a minute is asked about a
// text message, who waits two about a callback; at night about a callback only.
func asking() acd.Plan {
	plan := plain()
	plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: time.Minute}}
	plan.Affinity = acd.Affinity{Mode: acd.AffinityPrefer}
	q := &plan.Queues[0]
	q.WrapUp = 15 * time.Second
	q.RestAfterMissed = time.Minute
	q.Steps = []acd.Step{
		{},
		{After: time.Minute, Do: &acd.Do{Deflect: "sms"}},
		{After: 2 * time.Minute, Do: &acd.Do{Callback: true}},
	}
	return plan
}

// everything is a day on which everything happens.
func everything(seed uint64) sim.Scenario {
	start := monday.Add(9 * time.Hour)
	s := sim.Scenario{
		Plan: asking(),
		Calls: sim.RandomDays(start, []sim.Rate{{To: 8 * time.Hour, PerHour: 130}}, 0.2, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{
				Service:  sim.LogNormal{Mean: 3 * time.Minute, SD: 3 * time.Minute}.Sample(r),
				Patience: sim.Exponential{Mean: 4 * time.Minute}.Sample(r),
			}
			c.Arrive.Customer = fmt.Sprintf("customer %d", r.IntN(300))
			if r.IntN(4) == 0 {
				c.Arrive.Tier = "gold"
			}
			return c
		}),
		PickUp: sim.Exponential{Mean: 5 * time.Second},
		Habits: sim.Habits{Callback: 0.5, Deflect: 0.2, Unreached: 0.3, Decide: sim.Exponential{Mean: 8 * time.Second}},
		Redial: sim.Redials(0.6, sim.Exponential{Mean: 10 * time.Minute}, sim.Exponential{Mean: 3 * time.Minute}),
		Grid:   sim.Every(start, 30*time.Minute, 16),
		Watch:  []time.Duration{0, 20 * time.Second, time.Minute},
		Seed:   seed,
	}
	for i := range 7 {
		lunch := start.Add(time.Duration(3*60+20*i) * time.Minute)
		s.Agents = append(s.Agents, sim.Agent{
			ID:     fmt.Sprintf("agent %d", i),
			Skills: acd.Skills{"a": 1},
			Shifts: []sim.Span{{From: start, To: start.Add(9 * time.Hour)}},
			Breaks: []sim.Span{{From: lunch, To: lunch.Add(30 * time.Minute)}},
			NoShow: 0.05,
		})
	}
	return s
}

// TestADayWithEverythingKeepsTheLaws lets the auditor read such days, and counts
// that each call is in one row with one outcome.
func TestADayWithEverythingKeepsTheLaws(t *testing.T) {
	met := make(map[sim.Outcome]int)
	var total sim.Figures
	for seed := range uint64(6) {
		s := everything(seed)
		auditor := acdtest.NewAuditor(s.Plan)
		arrivals := make(map[string]acd.Command)
		last := make(map[string]string) // agent by customer
		repeats, same := 0, 0
		s.Observe = func(cmd acd.Command, events []acd.Event, err error) {
			if cmd.Type == acd.CmdArrive {
				arrivals[cmd.Call] = cmd
			}
			for _, e := range events {
				if e.Type != acd.EventConnected {
					continue
				}
				customer := arrivals[e.Call].Customer
				if before := last[customer]; before != "" && s.Grid.At(arrivals[e.Call].At) >= 0 {
					repeats++
					if before == e.Agent {
						same++
					}
				}
				last[customer] = e.Agent
			}
			for _, v := range auditor.Applied(cmd, events, err) {
				t.Errorf("%v: %s: %s", v.At, v.Law, v.Detail)
			}
		}
		inGrid := 0
		s.Each = func(r *sim.Record) {
			met[r.Outcome]++
			if s.Grid.At(r.Call.Arrive.At) >= 0 {
				inGrid++
			}
			if again := strings.Contains(r.ID, "+"); again != (r.Attempt > 1) {
				t.Errorf("attempt %d has the id %s", r.Attempt, r.ID)
			}
		}
		result, err := sim.Run(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		var all sim.Figures
		for _, row := range result.Rows {
			all.Merge(&row.Figures)
			if sum := row.Answered + row.Abandoned + row.Blocked + row.Diverted + row.Deflected + row.Failed + row.Unended; sum != row.Offered {
				t.Errorf("seed %d: %d outcomes of %d calls in %+v", seed, sum, row.Offered, row)
			}
		}
		if all.Offered != inGrid || result.Arrived < inGrid {
			t.Errorf("seed %d: %d calls in rows, %d arrived in the grid, %d in all", seed, all.Offered, inGrid, result.Arrived)
		}
		if all.Repeats != repeats || all.SameAgent != same {
			t.Errorf("seed %d: %d of %d repeat calls met the same agent, counted %d of %d", seed, all.SameAgent, all.Repeats, same, repeats)
		}
		var staffed, busy time.Duration
		for _, a := range result.Time {
			staffed += a.Staffed
			busy += a.Busy
		}
		if staffed > result.Staffed || busy > result.Busy || staffed < result.Staffed*3/4 || busy == 0 {
			t.Errorf("seed %d: %v of %v busy in the grid, %v of %v in all", seed, busy, staffed, result.Busy, result.Staffed)
		}
		total.Merge(&all)
	}
	for _, o := range []sim.Outcome{sim.Answered, sim.Abandoned, sim.Deflected, sim.Failed} {
		if met[o] == 0 {
			t.Errorf("no call was %s: the days prove little", o)
		}
	}
	if total.Redials == 0 || total.Callbacks == 0 || total.Repeats == 0 || total.SameAgent == 0 {
		t.Errorf("the days prove little: %+v", total)
	}
	if w := total.AnsweredWithin; w[0] > w[1] || w[1] > w[2] || w[2] > total.Answered || w[1] == 0 {
		t.Errorf("answered within: %v of %d", w, total.Answered)
	}
}

// TestCallersAcceptAsOftenAsTheyDo: a closed queue asks everyone about a
// callback; a share accepts, of those a share is never reached, and the others
// hang up at once.
func TestCallersAcceptAsOftenAsTheyDo(t *testing.T) {
	const calls = 20_000
	for _, h := range []sim.Habits{{}, {Callback: 0.3, Unreached: 0.5}, {Callback: 1}, {Callback: 1, Unreached: 1}} {
		plan := plain()
		plan.Callback.Attempts = new(2)
		plan.Callback.RetryAfter = new(time.Minute)
		plan.Queues[0].Hours = &acd.Hours{Zone: "UTC", Week: map[string][]string{"tue": {"08:00-09:00"}}}
		plan.Queues[0].WhenClosed = acd.Elsewhere{Callback: true}
		s := sim.Scenario{
			Plan: plan, Habits: h, Seed: 3,
			Agents: []sim.Agent{{ID: "aya", Shifts: []sim.Span{{From: monday, To: monday.Add(100 * time.Hour)}}}},
			Calls: sim.Random(monday, []sim.Rate{{To: 2 * time.Hour, PerHour: calls / 2}}, func(*rand.Rand, time.Time) sim.Call {
				return sim.Call{Service: time.Second, Patience: sim.Forever}
			}),
		}
		result, err := sim.Run(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		n := float64(result.Arrived)
		share := func(o sim.Outcome, want float64) {
			t.Helper()
			got := float64(result.Outcomes[o]) / n
			if math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/n) {
				t.Errorf("%+v: %.4f of the calls are %s, want %.4f", h, got, o, want)
			}
		}
		share(sim.Abandoned, 1-h.Callback)
		share(sim.Failed, h.Callback*h.Unreached*h.Unreached)
		share(sim.Answered, h.Callback*(1-h.Unreached*h.Unreached))
	}
}

// TestRedialersComeBackUntilTheyAreTired: nobody works, so everyone is lost, and
// the attempts of a caller are geometric, up to MaxAttempts.
func TestRedialersComeBackUntilTheyAreTired(t *testing.T) {
	const calls = 5_000
	for _, p := range []float64{0, 0.5, 0.9, 1} {
		most := 0
		s := sim.Scenario{
			Plan: plain(), Seed: 5,
			Redial: sim.Redials(p, sim.Constant(time.Hour), nil),
			Calls: sim.Random(monday, []sim.Rate{{To: time.Hour, PerHour: calls}}, func(*rand.Rand, time.Time) sim.Call {
				return sim.Call{Patience: time.Minute}
			}),
			Each: func(r *sim.Record) { most = max(most, r.Attempt) },
		}
		if p == 1 {
			s.Calls = sim.Log([]sim.Call{{Arrive: acd.Command{At: monday, Call: "never tired"}, Patience: time.Minute}})
		}
		result, err := sim.Run(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		fresh := 0
		for _, row := range result.Rows {
			fresh += row.Offered - row.Redials
		}
		switch {
		case p == 1:
			if most != sim.MaxAttempts || result.Arrived != sim.MaxAttempts {
				t.Errorf("%d attempts, the last of number %d", result.Arrived, most)
			}
		default:
			want := 1 / (1 - p)
			error4 := 4 * math.Sqrt(p) / (1 - p) / math.Sqrt(float64(fresh))
			if got := float64(result.Arrived) / float64(fresh); math.Abs(got-want) > error4 {
				t.Errorf("p = %v: %.3f attempts a caller, want %.3f", p, got, want)
			}
		}
	}
}

// TestCallersBehaveAlikeUnderTwoPlans: what a caller decides does not depend on
// what the plan did to others. Under the second plan a gold caller waits less;
// whoever is asked under both gives the same answer.
func TestCallersBehaveAlikeUnderTwoPlans(t *testing.T) {
	answers := func(headStart time.Duration) map[string]bool {
		s := everything(9)
		s.Plan.Tiers[0].HeadStart = headStart
		s.Habits.Decide = nil
		s.Redial = nil
		accepted := make(map[string]bool)
		asked := ""
		s.Observe = func(_ acd.Command, events []acd.Event, _ error) {
			for _, e := range events {
				switch {
				case e.Type == acd.EventSuggested && e.Channel == "sms":
					asked = e.Call
					accepted[asked] = false
				case e.Type == acd.EventDeflected:
					accepted[e.Call] = true
				}
			}
		}
		if _, err := sim.Run(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		return accepted
	}
	a, b := answers(0), answers(5*time.Minute)
	both, accepted := 0, 0
	for id, yes := range a {
		other, ok := b[id]
		if !ok {
			continue
		}
		both++
		if yes {
			accepted++
		}
		if yes != other {
			t.Errorf("call %s accepts under one plan and not under the other", id)
		}
	}
	if both < 50 || accepted < 5 || len(a) == len(b) {
		t.Errorf("%d were asked under both plans, %d accepted: proves little", both, accepted)
	}
}
