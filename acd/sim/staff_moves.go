package sim

import (
	"cmp"
	"slices"
)

// move is a change in one interval, by group: one agent fewer, or one in the
// place of two others.
type move []int

// moves are those that save something, the most first.
func (p *planner) moves() []move {
	groups := p.targets.Groups
	var all []move
	for g := range groups {
		m := make(move, len(groups))
		m[g] = -1
		all = append(all, m)
	}
	for a := range groups {
		for b := a; b < len(groups); b++ {
			for g := range groups {
				if g != a && g != b && p.replaces(g, a) && p.replaces(g, b) && groups[g].cost() < groups[a].cost()+groups[b].cost() {
					m := make(move, len(groups))
					m[a]--
					m[b]--
					m[g]++
					all = append(all, m)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b move) int { return cmp.Compare(p.cost(a), p.cost(b)) })
	return all
}

// replaces tells whether group g can serve every queue that group a can.
func (p *planner) replaces(g, a int) bool {
	for i := range p.scenario.Plan.Queues {
		floor := floorOf(&p.scenario.Plan.Queues[i])
		if p.targets.Groups[a].Skills.Meets(floor) && !p.targets.Groups[g].Skills.Meets(floor) {
			return false
		}
	}
	return true
}

func (p *planner) cost(m move) float64 {
	sum := 0.0
	for g, n := range m {
		sum += float64(n) * p.targets.Groups[g].cost()
	}
	return sum
}

// can tells whether a move can be made in an interval.
func (p *planner) can(agents [][]int, m move, interval int) bool {
	for g, n := range m {
		after := agents[g][interval] + n
		most := p.targets.Groups[g].Most
		if after < 0 || n > 0 && most > 0 && after > most {
			return false
		}
	}
	return true
}

func (m move) in(agents [][]int, interval, sign int) {
	for g, n := range m {
		agents[g][interval] += sign * n
	}
}

// apart is how far intervals are from each other in which moves are tried at the
// same time. An interval bears on the next, and little on the one after.
const apart = 3

// improve makes moves in many intervals at once as long as a first look misses
// nothing: those at and before an interval that misses something are taken back.
// What it takes too much of, a repair gives back.
func (p *planner) improve(agents [][]int) error {
	for progress := true; progress; {
		progress = false
		for _, m := range p.moves() {
			for offset := range apart {
				kept, err := p.tryApart(agents, m, offset)
				if err != nil {
					return err
				}
				progress = progress || kept
			}
		}
	}
	return nil
}

func (p *planner) tryApart(agents [][]int, m move, offset int) (kept bool, err error) {
	var made []int // intervals
	for i := offset; i < p.scenario.Grid.Len(); i += apart {
		if p.can(agents, m, i) {
			m.in(agents, i, 1)
			made = append(made, i)
		}
	}
	for len(made) > 0 {
		v, err := p.judge(agents, someSeeds)
		if err != nil {
			return false, err
		}
		if len(v.missed) == 0 {
			return true, nil
		}
		before := len(made)
		made = slices.DeleteFunc(made, func(i int) bool {
			near := slices.ContainsFunc(v.missed, func(h Held) bool { return h.Interval-apart < i && i <= h.Interval })
			if near {
				m.in(agents, i, -1)
			}
			return near
		})
		if len(made) == before { // a daily goal, or one that is missed far off: every second move may do
			kept := made[:0]
			for n, i := range made {
				if n%2 == 0 && len(made) > 1 {
					kept = append(kept, i)
				} else {
					m.in(agents, i, -1)
				}
			}
			made = kept
		}
	}
	return false, nil
}

// minimal takes agents out one by one, the costliest first, until for each one
// left a goal is known that would be missed without.
func (p *planner) minimal(agents [][]int) ([][]int, []Bind, error) {
	groups := make([]int, len(p.targets.Groups))
	for g := range groups {
		groups[g] = g
	}
	slices.SortStableFunc(groups, func(a, b int) int {
		return cmp.Compare(p.targets.Groups[b].cost(), p.targets.Groups[a].cost())
	})
	for {
		var binds []Bind
		fewer := false
		for _, g := range groups {
			for i := range agents[g] {
				for agents[g][i] > 0 {
					missed, err := p.without(agents, g, i)
					if err != nil {
						return nil, nil, err
					}
					if missed != nil {
						binds = append(binds, Bind{g, i, *missed})
						break
					}
					agents[g][i]--
					fewer = true
				}
			}
		}
		if !fewer { // so that all binds are of this very staffing
			slices.SortFunc(binds, func(a, b Bind) int {
				return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Interval, b.Interval))
			})
			return agents, binds, nil
		}
	}
}

// without is what would be missed most with one agent fewer; nil: nothing.
func (p *planner) without(agents [][]int, group, interval int) (*Held, error) {
	agents[group][interval]--
	defer func() { agents[group][interval]++ }()
	for seeds := range freshSeeds {
		v, err := p.judge(agents, seeds)
		if err != nil {
			return nil, err
		}
		if len(v.missed) > 0 {
			worst := 0
			for n := range v.missed {
				if v.missed[n].shortfall(v.leasts[n]) > v.missed[worst].shortfall(v.leasts[worst]) {
					worst = n
				}
			}
			return &v.missed[worst], nil
		}
	}
	return nil, nil
}
