package sim_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// everyone is one group that can do everything, with one goal for all callers.
func everyone(t erlang.Target) sim.Targets {
	return sim.Targets{Goals: []sim.Goal{{Target: t}}, Groups: []sim.Group{{Name: "all"}}}
}

// TestAGoalOfTheAnsweredNeedsSomebodyAnswered: where so few call that one agent
// does, nobody at all would leave no wait of answered calls to complain of.
func TestAGoalOfTheAnsweredNeedsSomebodyAnswered(t *testing.T) {
	for name, target := range map[string]erlang.Target{
		"ASA":                {ASA: 5 * time.Minute},
		"AnsweredOfAnswered": {ServiceLevel: 0.2, Within: time.Minute, Definition: erlang.AnsweredOfAnswered},
	} {
		s := steady(0.05, 3*time.Minute, 20)
		s.Effort.Runs = 5
		got, err := sim.Staff(t.Context(), s, everyone(target))
		if err != nil {
			t.Fatal(err)
		}
		if got.Agents[0][0] != 1 {
			t.Errorf("%s: %d agents, want one", name, got.Agents[0][0])
		}

		none := everyone(target)
		none.Groups[0].Skills = acd.Skills{"other": 1}
		s.Plan.Queues[0].Steps = []acd.Step{{Needs: acd.Skills{"this": 1}}}
		_, err = sim.Staff(t.Context(), s, none)
		if err == nil || !strings.Contains(err.Error(), "no group has the skills") {
			t.Errorf("%s, and nobody has the skill: %v", name, err)
		}
	}
}

// TestABacklogIsRepaired: a morning's peak whose promise allows for a long line
// leaves that line to the quiet hour after it, for which the formula, that knows
// of no hour before, has too few agents.
func TestABacklogIsRepaired(t *testing.T) {
	const most = 0.3 // share who hang up
	perHour := 1 / aht.Hours()
	s := steady(0, 0, 3)
	s.Calls = sim.Random(monday, []sim.Rate{{To: time.Hour, PerHour: 24 * perHour}, {From: time.Hour, To: 3 * time.Hour, PerHour: 3 * perHour}},
		func(r *rand.Rand, _ time.Time) sim.Call {
			return sim.Call{Service: sim.Exponential{Mean: aht}.Sample(r), Patience: 40 * time.Minute}
		})
	s.Grid = sim.Every(monday, time.Hour, 3)
	s.Effort.Runs = 10
	targets := everyone(erlang.Target{Abandon: most})
	got, err := sim.Staff(t.Context(), s, targets)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("agents %v, by formula %v", got.Agents, got.Formula)
	afterPeak := func(agents [][]int) sim.Estimate {
		fresh := s
		fresh.Seed = 77
		fresh.Agents = sim.Crew(targets.Groups, s.Grid, agents)
		sample, err := sim.Replicate(t.Context(), fresh, 30)
		if err != nil {
			t.Fatal(err)
		}
		return sample.Estimate(sim.AbandonRate(sim.During(1)))
	}
	if e := afterPeak(got.Formula); e.Low <= most {
		t.Errorf("by the formula alone %+v hang up after the peak: there is no backlog to repair", e)
	}
	if e := afterPeak(got.Agents); e.Low > most {
		t.Errorf("%+v hang up after the peak, at the most %v were to", e, most)
	}
}

// TestAgentsOfTheScenarioWorkBesides: who is there anyway need not be found
// again.
func TestAgentsOfTheScenarioWorkBesides(t *testing.T) {
	s := steady(4, 3*time.Minute, 20)
	s.Effort.Runs = 5
	alone, err := sim.Staff(t.Context(), s, everyone(level80))
	if err != nil {
		t.Fatal(err)
	}
	s.Agents = sim.Crew([]sim.Group{{Name: "permanent"}}, s.Grid, [][]int{{2}})
	beside, err := sim.Staff(t.Context(), s, everyone(level80))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := alone.Agents[0][0], beside.Agents[0][0]; b != a-2 {
		t.Errorf("%d agents, and %d beside two who are there anyway", a, b)
	}
}
