package sim

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/erlang"
)

// surveyed is on how many days' calls the formula's staffing rests.
const surveyed = 10

// demand is what comes to a queue in an interval, all surveyed days together.
type demand struct {
	calls   int
	service time.Duration
}

// survey lets the plan say which queue the calls come to: nobody works, and
// everyone hangs up at once.
func (p *planner) survey() error {
	p.demand = make(map[string][]demand)
	for _, q := range p.scenario.Plan.Queues {
		p.demand[q.Name] = make([]demand, p.scenario.Grid.Len())
	}
	p.most = make([]int, p.scenario.Grid.Len())
	for day := range surveyed {
		calls := make([]int, p.scenario.Grid.Len())
		s := Scenario{
			Plan: p.scenario.Plan,
			Seed: seedOfRun(p.scenario.Seed, day),
			Calls: func(r *rand.Rand) iter.Seq[Call] {
				return func(yield func(Call) bool) {
					for c := range p.scenario.Calls(r) {
						if c.Patience < time.Hour {
							p.patient += c.Patience
							p.impatient++
						}
						p.callers++
						c.Patience = 0
						if !yield(c) {
							return
						}
					}
				}
			},
			Each: func(r *Record) {
				i := p.scenario.Grid.At(r.Call.Arrive.At)
				if i < 0 || r.Entry == "" {
					return
				}
				d := &p.demand[r.Entry][i]
				d.calls++
				d.service += r.Call.Service
				calls[i]++
			},
		}
		if _, err := Run(p.ctx, s); err != nil {
			return err
		}
		for i, n := range calls {
			p.most[i] = max(p.most[i], n)
		}
	}
	return nil
}

// formula is the staffing that package erlang has for each queue by itself.
func (p *planner) formula() ([][]int, error) {
	grid := p.scenario.Grid
	agents := make([][]int, len(p.targets.Groups))
	for g := range agents {
		agents[g] = make([]int, grid.Len())
	}
	for _, q := range p.scenario.Plan.Queues {
		groups := p.able(&q)
		asked := slices.ContainsFunc(p.targets.Goals, func(g Goal) bool { return g.Queue == "" || g.Queue == q.Name })
		if len(groups) == 0 || !asked {
			continue
		}
		for i, d := range p.demand[q.Name] {
			if d.calls == 0 {
				continue
			}
			n := p.byFormula(&q, i, d)
			for _, g := range groups {
				room := n
				if most := p.targets.Groups[g].Most; most > 0 {
					room = min(n, most-agents[g][i])
				}
				agents[g][i] += room
				n -= room
			}
		}
	}
	return agents, nil
}

// byFormula is how many agents an interval of a queue would need if it went on
// for ever. Where the formula has no answer it is the load, rounded up.
func (p *planner) byFormula(q *acd.Queue, i int, d demand) int {
	w := erlang.Workload{
		Calls: float64(d.calls) / surveyed,
		Per:   p.scenario.Grid.Bounds[i+1] - p.scenario.Grid.Bounds[i],
		AHT:   d.service/time.Duration(d.calls) + q.WrapUp,
	}
	if p.impatient > p.callers/2 {
		w.Patience = p.patient / time.Duration(p.impatient)
	}
	n := 0
	for _, goal := range p.targets.Goals {
		if goal.Queue != "" && goal.Queue != q.Name {
			continue
		}
		least, _, err := w.Staff(goal.Target)
		if err != nil {
			least = int(math.Ceil(w.Load()))
		}
		n = max(n, least)
	}
	return n
}

// able are the groups that can serve a queue, those first who meet its first
// step, then those who can do least else, then the cheapest.
func (p *planner) able(q *acd.Queue) []int {
	floor, first := floorOf(q), acd.Skills(nil)
	if len(q.Steps) > 0 {
		first = q.Steps[0].Needs
	}
	var groups []int
	for g := range p.targets.Groups {
		if p.targets.Groups[g].Skills.Meets(floor) {
			groups = append(groups, g)
		}
	}
	late := func(g int) int {
		if p.targets.Groups[g].Skills.Meets(first) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(groups, func(a, b int) int {
		return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(p.breadth(a), p.breadth(b)),
			cmp.Compare(p.targets.Groups[a].cost(), p.targets.Groups[b].cost()))
	})
	return groups
}

// floorOf is what an agent must at least be able to do for a queue.
func floorOf(q *acd.Queue) acd.Skills {
	if i := q.Floor(); i >= 0 {
		return q.Steps[i].Needs
	}
	return nil
}

// breadth is how many queues a group can serve.
func (p *planner) breadth(g int) int {
	n := 0
	for i := range p.scenario.Plan.Queues {
		if p.targets.Groups[g].Skills.Meets(floorOf(&p.scenario.Plan.Queues[i])) {
			n++
		}
	}
	return n
}

// unmet is the error of a goal that cannot be met.
func (p *planner) unmet(h *Held, why string) error {
	g := &p.targets.Goals[h.Goal]
	where := "over the whole grid"
	if h.Interval >= 0 {
		grid := p.scenario.Grid
		where = fmt.Sprintf("in interval %d, from %s", h.Interval, grid.Start.Add(grid.Bounds[h.Interval]).Format("2006-01-02 15:04"))
	}
	return fmt.Errorf("goals[%d] (queue %q, tier %q): %s %.4g is not reached %s: the best is %.4g, and %s",
		h.Goal, g.Queue, g.Tier, h.Part, h.Target, where, h.Value, why)
}
