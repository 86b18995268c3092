package cover

import (
	"context"
	"math"
	"slices"
)

// search is a walk through the covers of a problem.
type search struct {
	*problem
	best  []int // how often each shift is taken
	cost  int64 // of best
	nodes int   // linear problems that may still be solved
}

// result of a search: no cover costs less than bound.
type result struct {
	counts      []int
	cost, bound int64
	nodes       int // linear problems that were solved
}

// solve finds a cover by branch and bound. It solves at most so many linear
// problems. The problem must have a cover.
func (p *problem) solve(ctx context.Context, nodes int) (result, error) {
	s := &search{problem: p, best: make([]int, len(p.shifts)), nodes: nodes}
	s.cost = p.fill(s.best)
	root := node{low: make([]int, len(p.shifts)), high: slices.Repeat([]int{unlimited}, len(p.shifts))}
	bound := int64(math.MaxInt64) // of what was left unsearched
	stack := []node{root}
	for len(stack) > 0 {
		if err := ctx.Err(); err != nil {
			return result{}, err
		}
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if n.bound >= s.cost {
			continue
		}
		if s.nodes <= 0 {
			bound = min(bound, n.bound)
			continue
		}
		s.nodes--
		r := p.relax(n.low, n.high)
		n.bound = max(n.bound, r.bound)
		if n.bound >= s.cost {
			continue
		}
		s.try(n, r)
		if err := s.dive(ctx, n, r); err != nil {
			return result{}, err
		}
		if n.bound >= s.cost {
			continue
		}
		j, at := branch(n, r)
		if j < 0 {
			bound = min(bound, n.bound) // the solver has no hint left
			continue
		}
		fewer, more := n, n
		fewer.high = slices.Clone(n.high)
		fewer.high[j] = at
		more.low = slices.Clone(n.low)
		more.low[j] = at + 1
		stack = append(stack, fewer, more)
	}
	return result{s.best, s.cost, min(bound, s.cost), nodes - s.nodes}, nil
}

// floor is a float from the solver as a whole number: what is nearly whole is.
func floor(v float64) (whole int, part float64) {
	f := math.Floor(v + 1e-6)
	return int(f), max(0, v-f)
}

// branch returns the shift whose number is to be split: at most at, or more.
func branch(n node, r relaxation) (shift, at int) {
	shift = -1
	most := 1e-6
	for j, v := range r.more {
		whole, part := floor(v)
		if part > most {
			shift, at, most = j, n.low[j]+whole, part
		}
	}
	return shift, at
}

// keep remembers a cover if it is the best so far.
func (s *search) keep(counts []int, cost int64) {
	if cost < s.cost {
		s.best, s.cost = counts, cost
	}
}

// try rounds what the solver says down, and up, and makes covers of both.
func (s *search) try(n node, r relaxation) {
	down, up := slices.Clone(n.low), slices.Clone(n.low)
	for j, v := range r.more {
		whole, part := floor(v)
		down[j] += whole
		up[j] += whole
		if part > 1e-6 {
			up[j]++
		}
	}
	s.keep(down, s.fill(down))
	s.keep(up, s.fill(up))
}

// dive takes for certain what the solver takes in whole, and one of what it
// takes most of, and asks again what is best for the rest, until all is covered
// or it cannot get better than the best.
func (s *search) dive(ctx context.Context, n node, r relaxation) error {
	n.low = slices.Clone(n.low)
	n.high = slices.Clone(n.high)
	for s.nodes > 0 && r.more != nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		biggest, most := -1, 1e-6
		for j, v := range r.more {
			whole, part := floor(v)
			n.low[j] += whole
			if part > most {
				biggest, most = j, part
			}
		}
		if biggest < 0 {
			break
		}
		n.low[biggest]++
		s.nodes--
		r = s.relax(n.low, n.high)
		if r.bound >= s.cost {
			break
		}
		s.try(n, r)
	}
	return nil
}
