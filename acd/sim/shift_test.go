package sim_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// states is what an agent does in a scenario, each state with its time of day.
func states(t *testing.T, s sim.Scenario, agent string) []string {
	t.Helper()
	var list []string
	s.Observe = func(cmd acd.Command, events []acd.Event, err error) {
		if err != nil {
			t.Errorf("%s at %v: %v", cmd.Type, cmd.At, err)
		}
		for _, e := range events {
			if e.Agent != agent {
				continue
			}
			switch e.Type {
			case acd.EventAgent:
				list = append(list, e.At.Format("15:04 ")+string(e.State))
			case acd.EventConnected:
				list = append(list, e.At.Format("15:04 ")+"talking")
			}
		}
	}
	if _, err := sim.Run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return list
}

func at(hour, minute int) time.Time {
	return monday.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// TestABreakBeginsAfterTheTalkAndKeepsItsLength: a break of half an hour at
// 10:00 in the middle of a talk; one at 12:00 that the end of the shift cuts
// off; one between shifts that is none.
func TestABreakBeginsAfterTheTalkAndKeepsItsLength(t *testing.T) {
	s := sim.Scenario{
		Plan: plain(),
		Agents: []sim.Agent{{
			ID:     "aya",
			Shifts: []sim.Span{{From: at(9, 0), To: at(12, 10)}, {From: at(14, 0), To: at(15, 0)}},
			Breaks: []sim.Span{{From: at(10, 0), To: at(10, 30)}, {From: at(12, 0), To: at(12, 20)}, {From: at(13, 0), To: at(14, 30)}},
		}},
		Calls: sim.Log([]sim.Call{
			{Arrive: acd.Command{At: at(9, 50), Call: "one"}, Service: 15 * time.Minute, Patience: sim.Forever},
			{Arrive: acd.Command{At: at(10, 1), Call: "two"}, Service: time.Minute, Patience: sim.Forever},
		}),
	}
	got := states(t, s, "aya")
	want := []string{
		"09:00 not_ready", "09:00 ready", "09:50 talking", "10:05 not_ready", "10:35 ready", "10:35 talking", "10:36 ready",
		"12:00 not_ready", "12:10 logged_out", "14:00 not_ready", "14:00 ready", "15:00 logged_out",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestASecondBreakDuringABreakDoesNotShortenIt: the first began late, so that
// the second's time comes before its end. Whoever is on a break already is away
// until both are over.
func TestASecondBreakDuringABreakDoesNotShortenIt(t *testing.T) {
	s := sim.Scenario{
		Plan: plain(),
		Agents: []sim.Agent{{
			ID:     "aya",
			Shifts: []sim.Span{{From: at(9, 0), To: at(12, 0)}},
			Breaks: []sim.Span{{From: at(10, 0), To: at(10, 30)}, {From: at(10, 40), To: at(11, 10)}},
		}},
		Calls: sim.Log([]sim.Call{{Arrive: acd.Command{At: at(9, 59), Call: "one"}, Service: 16 * time.Minute}}),
	}
	got := states(t, s, "aya")
	want := []string{"09:00 not_ready", "09:00 ready", "09:59 talking", "10:15 not_ready", "11:10 ready", "12:00 logged_out"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestAShareOfShiftsIsMissed counts shifts that were not begun. Each is drawn
// by itself, and whoever else works makes no difference.
func TestAShareOfShiftsIsMissed(t *testing.T) {
	const agents, days, share = 50, 40, 0.1
	came := func(n int) map[string]bool {
		s := sim.Scenario{Plan: plain(), Calls: sim.Log(nil), Seed: 8}
		for i := range n {
			a := sim.Agent{ID: fmt.Sprintf("agent %d", i), NoShow: share}
			for d := range days {
				a.Shifts = append(a.Shifts, sim.Span{From: at(24*d+9, 0), To: at(24*d+17, 0)})
			}
			s.Agents = append(s.Agents, a)
		}
		begun := make(map[string]bool)
		s.Observe = func(cmd acd.Command, _ []acd.Event, _ error) {
			if cmd.Type == acd.CmdLogin {
				begun[cmd.Agent+cmd.At.String()] = true
			}
		}
		if _, err := sim.Run(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		return begun
	}
	all := came(agents)
	n := float64(agents * days)
	if got := 1 - float64(len(all))/n; math.Abs(got-share) > 4*math.Sqrt(share*(1-share)/n) {
		t.Errorf("%.3f of the shifts were missed, want %v", got, share)
	}
	for shift := range came(agents / 2) {
		if !all[shift] {
			t.Errorf("%s: came only when fewer others worked", shift)
		}
	}
}

// TestBadScenariosNameThePlace: the error says where.
func TestBadScenariosNameThePlace(t *testing.T) {
	shift := []sim.Span{{From: at(9, 0), To: at(10, 0)}}
	for want, change := range map[string]func(*sim.Scenario){
		"agents[1]: there are two":            func(s *sim.Scenario) { s.Agents = []sim.Agent{{ID: "a"}, {ID: "a"}} },
		"agents[0].shifts[1]: begins":         func(s *sim.Scenario) { s.Agents = []sim.Agent{{ID: "a", Shifts: append(shift, shift...)}} },
		"agents[0].breaks[0]: ends":           func(s *sim.Scenario) { s.Agents = []sim.Agent{{ID: "a", Breaks: make([]sim.Span, 1)}} },
		"agents[0].no_show: want 0 to 1":      func(s *sim.Scenario) { s.Agents = []sim.Agent{{ID: "a", NoShow: math.NaN()}} },
		"habits.deflect: want 0 to 1, got -1": func(s *sim.Scenario) { s.Habits.Deflect = -1 },
		"habits.unreached: want 0 to 1":       func(s *sim.Scenario) { s.Habits.Unreached = 1.1 },
		"watch[0]: -1ns":                      func(s *sim.Scenario) { s.Watch = []time.Duration{-1} },
		"grid.bounds[1]":                      func(s *sim.Scenario) { s.Grid.Bounds = []time.Duration{5, 5} },
		"grid.bounds: one":                    func(s *sim.Scenario) { s.Grid.Bounds = []time.Duration{5} },
		"within one cycle of 4ns":             func(s *sim.Scenario) { s.Grid = sim.Grid{Bounds: []time.Duration{0, 5}, Cycle: 4} },
		"calls: there is no source":           func(s *sim.Scenario) { s.Calls = nil },
	} {
		s := sim.Scenario{Plan: plain(), Calls: sim.Log(nil)}
		change(&s)
		if _, err := sim.Run(t.Context(), s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
