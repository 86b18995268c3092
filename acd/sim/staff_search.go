package sim

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// planner is the state of one search of [Staff].
type planner struct {
	ctx      context.Context
	scenario Scenario
	targets  Targets
	parts    []part
	runs     int

	demand             map[string][]demand // by queue and interval
	most               []int               // calls of an interval on the busiest surveyed day
	patient            time.Duration       // the patience of the impatient together
	callers, impatient int

	known map[string]verdict // by seeds and staffing
}

// verdict is what a sample says of a staffing: the parts that are missed, and
// where callers waited how long.
type verdict struct {
	missed  []Held
	leasts  []bool
	waiting map[rowKey]float64
}

// A search looks at two sets of seeds, at a part of the first for whatever is
// looked at more closely later; the answer is shown on a third set.
const (
	searchSeeds = iota
	secondSeeds
	freshSeeds
	someSeeds
)

// few is how many runs a first look takes, of all.
func few(runs int) int { return min(runs, max(runs/3, 5)) }

// play simulates a staffing.
func (p *planner) play(agents [][]int, seeds int) (*Sample, error) {
	s := p.scenario
	runs := s.Effort.runs()
	switch seeds {
	case secondSeeds, freshSeeds:
		s.Seed = mix(s.Seed, ^uint64(seeds))
	case someSeeds:
		runs = few(runs)
	}
	s.Agents = append(slices.Clone(s.Agents), Crew(p.targets.Groups, s.Grid, agents)...)
	before := p.runs
	if tell := s.Effort.Progress; tell != nil {
		s.Effort.Progress = func(done, _ int) { tell(before+done, 0) }
	}
	sample, err := Replicate(p.ctx, s, runs)
	p.runs += len(sample.Runs)
	return sample, err
}

// judge says what a staffing misses on a set of seeds.
func (p *planner) judge(agents [][]int, seeds int) (verdict, error) {
	key := []byte{byte(seeds)}
	for _, row := range agents {
		for _, n := range row {
			key = binary.AppendUvarint(key, uint64(n))
		}
	}
	if v, ok := p.known[string(key)]; ok {
		return v, nil
	}
	sample, err := p.play(agents, seeds)
	if err != nil {
		return verdict{}, err
	}
	v := verdict{waiting: make(map[rowKey]float64)}
	for i := range p.parts {
		if h, ok := p.parts[i].held(sample); ok && !h.Met {
			v.missed = append(v.missed, h)
			v.leasts = append(v.leasts, p.parts[i].least)
		}
	}
	for i := range sample.Runs {
		for j := range sample.Runs[i].Rows {
			row := &sample.Runs[i].Rows[j]
			v.waiting[rowKey{row.Interval, row.Queue, row.Tier}] += row.AllWaited.Seconds()
		}
	}
	p.known[string(key)] = v
	return v, nil
}

// meets tells whether a staffing misses nothing, on either set of seeds.
func (p *planner) meets(agents [][]int) (bool, error) {
	for seeds := range freshSeeds {
		v, err := p.judge(agents, seeds)
		if err != nil || len(v.missed) > 0 {
			return false, err
		}
	}
	return true, nil
}

// search adds agents until nothing is missed, takes out what is too much, and
// sees to it that the second seeds agree.
func (p *planner) search(agents [][]int) ([][]int, error) {
	if err := p.repair(agents, searchSeeds); err != nil {
		return nil, err
	}
	if err := p.improve(agents); err != nil {
		return nil, err
	}
	for {
		if err := p.repair(agents, secondSeeds); err != nil {
			return nil, err
		}
		if err := p.repair(agents, searchSeeds); err != nil { // more agents elsewhere may do harm, if seldom
			return nil, err
		}
		if ok, err := p.meets(agents); ok || err != nil {
			return agents, err
		}
	}
}

// repair adds agents where goals are missed, the more the longer they have been
// missed.
func (p *planner) repair(agents [][]int, seeds int) error {
	tries := make(map[[2]int]int) // by goal and interval
	for {
		v, err := p.judge(agents, seeds)
		if err != nil || len(v.missed) == 0 {
			return err
		}
		more := make(map[[2]int]int) // by group and interval
		for n := range v.missed {
			h := &v.missed[n]
			interval, queue := p.whereToHelp(h, v.waiting)
			place := [2]int{h.Goal, h.Interval}
			tries[place]++
			group, why := p.whoHelps(agents, interval, queue)
			if group < 0 {
				return p.unmet(h, why)
			}
			add := 1 + tries[place]/4*agents[group][interval]/10
			if short := h.shortfall(v.leasts[n]); tries[place] == 1 && short > 0.5 {
				add += agents[group][interval] / 20
			}
			more[[2]int{group, interval}] = max(more[[2]int{group, interval}], add)
		}
		for cell, n := range more {
			if most := p.targets.Groups[cell[0]].Most; most > 0 {
				n = min(n, most-agents[cell[0]][cell[1]])
			}
			agents[cell[0]][cell[1]] += n
		}
	}
}

// whereToHelp is the interval and queue in which those callers waited longest
// who missed their goal.
func (p *planner) whereToHelp(h *Held, waiting map[rowKey]float64) (interval int, queue string) {
	goal := &p.targets.Goals[h.Goal]
	longest := -1.0
	for i := range p.scenario.Grid.Len() {
		if h.Interval >= 0 && i != h.Interval {
			continue
		}
		for q := range p.scenario.Plan.Queues {
			name := p.scenario.Plan.Queues[q].Name
			if goal.Queue != "" && name != goal.Queue {
				continue
			}
			sum := 0.0
			if goal.Tier != "" {
				sum = waiting[rowKey{i, name, goal.Tier}]
			} else {
				sum = waiting[rowKey{i, name, ""}]
				for t := range p.scenario.Plan.Tiers {
					sum += waiting[rowKey{i, name, p.scenario.Plan.Tiers[t].Name}]
				}
			}
			if goal.Occupancy != 0 && h.Part == "Occupancy" { // nobody need wait
				sum = float64(p.demand[name][i].calls)
			}
			if sum > longest {
				longest, interval, queue = sum, i, name
			}
		}
	}
	return interval, queue
}

// whoHelps is the group to send to a queue: the first able one with someone to
// spare. −1, and why, if there is nobody, or if every call of the busiest day
// could already have an agent to itself.
func (p *planner) whoHelps(agents [][]int, interval int, queue string) (int, string) {
	i := slices.IndexFunc(p.scenario.Plan.Queues, func(q acd.Queue) bool { return q.Name == queue })
	able := p.able(&p.scenario.Plan.Queues[i])
	if len(able) == 0 {
		return -1, "no group has the skills of queue " + queue
	}
	enough := 0
	for k := max(interval-1, 0); k <= interval; k++ {
		enough += p.most[k]
	}
	working := 0
	for _, g := range able {
		working += agents[g][interval]
	}
	if working > 2*enough+10 {
		return -1, "more agents would not help"
	}
	for _, g := range able {
		if most := p.targets.Groups[g].Most; most == 0 || agents[g][interval] < most {
			return g, ""
		}
	}
	return -1, "all who could help are at work"
}

func clone(agents [][]int) [][]int {
	c := make([][]int, len(agents))
	for g := range agents {
		c[g] = slices.Clone(agents[g])
	}
	return c
}
