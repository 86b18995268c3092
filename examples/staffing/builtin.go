package main

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// builtIn is a weekday of a help desk with three queues, two of them small: each
// on its own they need many agents for few calls.
func builtIn() forecast {
	f := forecast{Source: "a built-in day"}
	for i := range 18 {
		f.starts = append(f.starts, 9*time.Hour+time.Duration(i)*30*time.Minute)
	}
	for _, q := range []struct {
		name  string
		aht   time.Duration
		calls []float64
	}{
		{"support", 5 * time.Minute, []float64{26, 40, 54, 60, 58, 50, 44, 42, 48, 54, 56, 52, 48, 44, 38, 32, 25, 18}},
		{"billing", 4 * time.Minute, []float64{14, 20, 26, 30, 27, 22, 18, 19, 22, 25, 24, 21, 19, 16, 14, 12, 9, 6}},
		{"sales", 6 * time.Minute, []float64{8, 12, 16, 20, 20, 18, 15, 14, 17, 20, 22, 22, 20, 18, 16, 14, 11, 8}},
	} {
		e := expected{name: q.name}
		for _, calls := range q.calls {
			e.day = append(e.day, erlang.Interval{Calls: calls, Per: 30 * time.Minute, AHT: q.aht})
		}
		f.queues = append(f.queues, e)
	}
	return f
}

// builtInTiers is who calls on the built-in day.
func builtInTiers() []share {
	return []share{{"gold", 0.15}, {"silver", 0.25}}
}

// builtInPlan is the built-in day's rules: loyal callers have head starts, and a
// queue's own agents have ten seconds before the generalists help.
func builtInPlan(f forecast) acd.Plan {
	p := defaultPlan(f)
	p.Tiers = []acd.Tier{
		{Name: "gold", MinScore: new(80.0), HeadStart: time.Minute},
		{Name: "silver", MinScore: new(50.0), HeadStart: 20 * time.Second},
	}
	for i := range p.Queues {
		name := p.Queues[i].Name
		p.Queues[i].WrapUp = 30 * time.Second
		p.Queues[i].Steps = []acd.Step{
			{Needs: acd.Skills{name: 6}},
			{After: 10 * time.Second, Needs: acd.Skills{name: 3}},
		}
	}
	return p
}

// builtInCrew is who could work on the built-in day: specialists for each queue,
// and dearer generalists who can help everywhere.
func builtInCrew(f forecast) crew {
	all := make(acd.Skills)
	var c crew
	for _, q := range f.queues {
		c.Groups = append(c.Groups, sim.Group{Name: q.name, Skills: acd.Skills{q.name: 8}, Cost: 1})
		all[q.name] = 4
	}
	c.Groups = append(c.Groups, sim.Group{Name: "generalists", Skills: all, Cost: 1.15})
	c.Goals = []sim.Goal{{Tier: "gold", Daily: true, Target: erlang.Target{ServiceLevel: 0.9, Within: 20 * time.Second}}}
	return c
}
