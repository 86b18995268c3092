package sim_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// TestAScenarioThatCannotBeIsAnError names the place; nothing is left out in
// silence.
func TestAScenarioThatCannotBeIsAnError(t *testing.T) {
	one := func(call sim.Call) sim.Source { call.Arrive.At = monday; return sim.Log([]sim.Call{call}) }
	for _, c := range []struct {
		want   string
		change func(*sim.Scenario)
	}{
		{"agents[0]: refused: bad_value", func(s *sim.Scenario) { s.Agents[0].Skills = acd.Skills{"x": 11} }},
		{"agents[0]: refused: bad_id", func(s *sim.Scenario) { s.Agents[0].ID = "" }},
		{"agents[1]: there are two", func(s *sim.Scenario) { s.Agents = append(s.Agents, s.Agents[0]) }},
		{"agents[0].shifts[0]: ends", func(s *sim.Scenario) { s.Agents[0].Shifts[0].To = monday.Add(-time.Hour) }},
		{"agents[0].shifts[1]: begins", func(s *sim.Scenario) {
			s.Agents[0].Shifts = append(s.Agents[0].Shifts, s.Agents[0].Shifts[0])
		}},
		{"call 1: a service of -1m0s", func(s *sim.Scenario) { s.Calls = one(sim.Call{Service: -time.Minute}) }},
		{"call 1: a service of 0s and a patience of -1m0s", func(s *sim.Scenario) { s.Calls = one(sim.Call{Patience: -time.Minute}) }},
		{"call 1: refused: bad_id", func(s *sim.Scenario) { s.Calls = one(sim.Call{Arrive: acd.Command{Call: "\n"}}) }},
		{"call 2: there is one of id", func(s *sim.Scenario) {
			call := sim.Call{Arrive: acd.Command{Call: "c", At: monday}, Service: time.Hour}
			s.Calls = sim.Log([]sim.Call{call, call})
		}},
		{"call 2: there was one of id", func(s *sim.Scenario) {
			call := sim.Call{Arrive: acd.Command{Call: "c", At: monday}}
			later := call
			later.Arrive.At = monday.Add(time.Hour)
			s.Calls = sim.Log([]sim.Call{call, later})
		}},
		{"call 2: refused: time_backwards", func(s *sim.Scenario) {
			s.Calls = sim.Log([]sim.Call{{Arrive: acd.Command{At: monday.Add(time.Hour)}}, {Arrive: acd.Command{At: monday}}})
		}},
		{"calls: there is no source", func(s *sim.Scenario) { s.Calls = nil }},
		{"queues", func(s *sim.Scenario) { s.Plan.Queues = nil }},
	} {
		s := sim.Scenario{Plan: plain(), Agents: staff(1, nil), Calls: one(sim.Call{})}
		c.change(&s)
		if _, err := sim.Run(t.Context(), s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want an error with %q, got %v", c.want, err)
		}
	}
}

// TestPhonesThatRingTooLongAreMissed has everyone pick up too late.
func TestPhonesThatRingTooLongAreMissed(t *testing.T) {
	plan := plain()
	plan.Queues[0].RestAfterMissed = 8760 * time.Hour
	plan.Queues[0].MaxMissed = new(0)
	agents := staff(1, nil)
	agents[0].Shifts[0].To = time.Date(2200, 12, 31, 0, 0, 0, 0, time.UTC)
	missed := 0
	result, err := sim.Run(t.Context(), sim.Scenario{
		Plan: plan, Agents: agents, PickUp: sim.Constant(time.Minute),
		Calls: sim.Log([]sim.Call{{Arrive: acd.Command{At: monday}, Patience: sim.Forever}}),
		Observe: func(_ acd.Command, events []acd.Event, _ error) {
			for _, e := range events {
				if e.Reason == acd.ReasonNoAnswer && e.Type == acd.EventWithdrawn {
					missed++
				}
			}
		},
	})
	// About once a year until the shift ends; then nothing more can happen.
	if err != nil || missed < 100 || result.Outcomes[sim.Unended] != 1 {
		t.Errorf("%d missed, %v, %v", missed, result.Outcomes, err)
	}
}

func TestRandomCallsComeInOrderWithTheirTimes(t *testing.T) {
	source := sim.Random(monday, []sim.Rate{{To: time.Hour, PerHour: 100}}, func(r *rand.Rand, at time.Time) sim.Call {
		return sim.Call{Service: time.Duration(r.IntN(100)) * time.Second}
	})
	last, n := monday, 0
	for call := range source(rand.New(rand.NewPCG(1, 1))) {
		if call.Arrive.At.Before(last) {
			t.Errorf("%v after %v", call.Arrive.At, last)
		}
		last, n = call.Arrive.At, n+1
	}
	if n < 60 || n > 140 {
		t.Errorf("%d calls at 100 an hour", n)
	}
}
