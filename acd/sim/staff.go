package sim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/erlang"
)

// Targets are what [Staff] is to reach, and with whom.
type Targets struct {
	Goals  []Goal
	Groups []Group
}

// Goal is what is promised to some callers. Every part of the Target that is not
// zero must be met.
type Goal struct {
	// Queue is the queue that the callers came to first, Tier their tier; empty:
	// all. Occupancy is of all agents, whatever these say.
	Queue, Tier string
	// Daily goals are to be met over the whole grid, others in each interval. An
	// interval without such callers meets every goal, and one in which nobody
	// works that of Occupancy. What is promised to those who are answered (ASA,
	// [erlang.AnsweredOfAnswered]) is missed where callers hang up and nobody is
	// answered.
	Daily bool
	erlang.Target
}

// Group is agents who can do the same.
type Group struct {
	Name   string
	Skills acd.Skills
	// Most is how many there are; 0: as many as one likes.
	Most int
	// Cost is that of an agent for an hour; 0: 1.
	Cost float64
}

func (g *Group) cost() float64 {
	if g.Cost == 0 {
		return 1
	}
	return g.Cost
}

// Staffing is the answer of [Staff].
type Staffing struct {
	// Agents is how many of each group work in each interval, by group and then
	// interval; Formula is what package erlang alone would have had, each queue
	// by itself.
	Agents, Formula [][]int
	// Binds is, for each group and interval with agents, why there is not one
	// fewer.
	Binds []Bind
	// Held is how every goal was met on seeds that no decision was based on, in
	// each interval with such callers, and Sample is what happened on them.
	Held   []Held
	Sample *Sample
	// Runs is how many were played in all.
	Runs int
}

// Held is how a part of a goal was met.
type Held struct {
	// Goal is an index of [Targets.Goals]; Interval is −1 for a daily one.
	Goal, Interval int
	// Part names the field of [erlang.Target].
	Part string
	// Target is what the value must reach, or must not exceed: a share, or
	// seconds.
	Target float64
	Estimate
	// Met is true if the value is on the right side, Sure if its whole interval
	// is. With few callers in an interval hardly anything is sure.
	Met, Sure bool
}

// Bind is a part of a goal that would be missed with one agent of a group fewer
// in an interval.
type Bind struct {
	Group, Interval int
	// Missed is the goal's part, with its value, and the interval, in which the
	// agent would be lacking most.
	Missed Held
}

// Staff finds the fewest agents, by group and interval of the scenario's grid,
// for whom every goal is met under the plan's own rules.
//
// It begins with what package erlang has for each queue by itself, given to the
// group that can do least else; adds agents where goals are missed; and then
// takes out, and exchanges two for one who can do the work of both, wherever the
// goals stay met. A staffing meets a goal if the estimates on two sets of seeds
// do, of [Effort.Runs] runs each. In the end nobody can be taken out: with one
// agent of any group fewer in any interval, a goal is missed on one of the two
// (Binds). There may be other staffings as small, and smaller ones that differ
// in more than one place. What the answer is worth on days it has not seen, Held
// says. [Effort.Enough] is not asked, and Progress does not know how many runs
// there will be: of is 0.
//
// Agents are interchangeable within a group, log in and out at the bounds of the
// intervals, and finish the talk that they are in. Those of the last interval
// stay another hour for callers who still wait. Agents of the scenario itself
// work besides, as they say. The grid must have intervals and no cycle; the
// wished times are watched without being in the scenario's Watch.
//
// Errors: a goal that cannot be met, with the best that was reached; a field out
// of its domain; ctx's. The time is that of some tens of runs for each group and
// interval.
func Staff(ctx context.Context, s Scenario, t Targets) (*Staffing, error) {
	s.Watch = t.watched(s.Watch)
	s.Effort.Enough = nil
	if err := t.check(&s); err != nil {
		return nil, err
	}
	p := planner{ctx: ctx, scenario: s, targets: t, known: make(map[string]verdict)}
	p.parts = t.parts(s.Grid.Len())
	if err := p.survey(); err != nil {
		return nil, err
	}
	agents, err := p.formula()
	if err != nil {
		return nil, err
	}
	result := &Staffing{Formula: clone(agents)}
	if agents, err = p.search(agents); err != nil {
		return nil, err
	}
	if agents, result.Binds, err = p.minimal(agents); err != nil {
		return nil, err
	}
	result.Agents = agents
	result.Sample, err = p.play(agents, freshSeeds)
	if err != nil {
		return nil, err
	}
	for i := range p.parts {
		if h, ok := p.parts[i].held(result.Sample); ok {
			result.Held = append(result.Held, h)
		}
	}
	result.Runs = p.runs
	return result, nil
}

// Crew is a staffing as agents with shifts, named after their groups and
// numbered from 1. Number k of a group works whenever k or more do.
func Crew(groups []Group, grid Grid, agents [][]int) []Agent {
	const stay = time.Hour // after the last interval
	var crew []Agent
	for g, group := range groups {
		most := 0
		for _, n := range agents[g] {
			most = max(most, n)
		}
		for k := range most {
			a := Agent{ID: fmt.Sprintf("%s %d", group.Name, k+1), Skills: group.Skills}
			for i, n := range agents[g] {
				if n <= k {
					continue
				}
				span := Span{grid.Start.Add(grid.Bounds[i]), grid.Start.Add(grid.Bounds[i+1])}
				if i == len(agents[g])-1 {
					span.To = span.To.Add(stay)
				}
				if last := len(a.Shifts) - 1; last >= 0 && a.Shifts[last].To.Equal(span.From) {
					a.Shifts[last].To = span.To
				} else {
					a.Shifts = append(a.Shifts, span)
				}
			}
			crew = append(crew, a)
		}
	}
	return crew
}

func (t *Targets) check(s *Scenario) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("targets: "+format, args...)) }
	if len(s.Grid.Bounds) == 0 || s.Grid.Cycle != 0 {
		fault("the scenario's grid must have intervals and no cycle")
	}
	if len(t.Goals) == 0 {
		fault("there are no goals")
	}
	if len(t.Groups) == 0 {
		fault("there are no groups")
	}
	queues, tiers := make(map[string]bool), make(map[string]bool)
	for _, q := range s.Plan.Queues {
		queues[q.Name] = true
	}
	for _, tier := range s.Plan.Tiers {
		tiers[tier.Name] = true
	}
	for i, g := range t.Goals {
		if err := g.Check(); err != nil {
			fault("goals[%d]: %w", i, err)
		}
		if g.Target == (erlang.Target{Within: g.Within, Definition: g.Definition}) {
			fault("goals[%d]: it asks for nothing", i)
		}
		if g.Queue != "" && !queues[g.Queue] {
			fault("goals[%d].queue: the plan has no queue %q", i, g.Queue)
		}
		if g.Tier != "" && !tiers[g.Tier] {
			fault("goals[%d].tier: the plan has no tier %q", i, g.Tier)
		}
	}
	names := make(map[string]bool)
	for i, g := range t.Groups {
		switch {
		case g.Name == "" || names[g.Name]:
			fault("groups[%d].name: %q is empty or there twice", i, g.Name)
		case g.Most < 0:
			fault("groups[%d].most: %d is negative", i, g.Most)
		case !(g.Cost >= 0 && g.Cost < 1e12):
			fault("groups[%d].cost: want at least 0, got %v", i, g.Cost)
		}
		names[g.Name] = true
	}
	if err := s.checkReplication(1); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}
