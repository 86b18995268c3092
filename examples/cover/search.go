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

// solve finds a cover by branch and bound, lowest bound first, and dives from each
// node on the way. It solves at most so many linear problems. The problem must
// have a cover.
func (p *problem) solve(ctx context.Context, nodes int) (result, error) {
	s := &search{problem: p, best: make([]int, len(p.shifts)), nodes: nodes}
	s.cost = p.fill(s.best)
	stack := []node{{
		need:  p.need,
		limit: slices.Repeat([]int64{unlimited}, len(p.need)),
		taken: make([]int, len(p.shifts)),
	}}
	open := int64(math.MaxInt64) // bound of what was left unsearched
	for len(stack) > 0 {
		next := len(stack) - 1 // the lowest bound, and of those the last
		for k, n := range slices.Backward(stack) {
			if n.bound < stack[next].bound {
				next = k
			}
		}
		n := stack[next]
		stack = slices.Delete(stack, next, next+1)
		if n.bound >= s.cost {
			continue
		}
		if s.nodes <= 0 {
			open = min(open, n.bound)
			continue
		}
		more, err := s.visit(ctx, &n)
		if err != nil {
			return result{}, err
		}
		if n.bound >= s.cost {
			continue
		}
		if err := s.dive(ctx, n, more); err != nil {
			return result{}, err
		}
		row, at := p.branch(more)
		if row < 0 {
			open = min(open, n.bound) // the solver has no hint to go on
			continue
		}
		fewer, beyond := n.halves(row, at)
		stack = append(stack, fewer, beyond)
	}
	return result{s.best, s.cost, min(open, s.cost), nodes - s.nodes}, nil
}

// halves are the covers of a node with at most at people in a row, and with more.
func (n node) halves(row int, at int64) (fewer, beyond node) {
	fewer, beyond = n, n
	fewer.limit = slices.Clone(n.limit)
	fewer.limit[row] = at
	beyond.need = slices.Clone(n.need)
	beyond.need[row] = at + 1
	return fewer, beyond
}

// visit solves a node's linear problem, raises its bound, and makes covers of
// what the solver says: rounded down and filled up, and rounded up.
func (s *search) visit(ctx context.Context, n *node) ([]float64, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.nodes--
	more, bound := s.relax(*n)
	n.bound = max(n.bound, bound)
	if n.bound >= s.cost || more == nil {
		return more, nil
	}
	down, up := slices.Clone(n.taken), slices.Clone(n.taken)
	for j, v := range more {
		whole, part := split(v)
		down[j] += whole
		up[j] += whole
		if part > 0 {
			up[j]++
		}
	}
	for _, counts := range [][]int{down, up} {
		if cost := s.fill(counts); cost < s.cost {
			s.best, s.cost = counts, cost
		}
	}
	return more, nil
}

// dive takes for certain what the solver takes in whole, and one of what it
// takes most of, and asks again what is best for the rest, until all is covered
// or it cannot get better than the best.
func (s *search) dive(ctx context.Context, n node, more []float64) error {
	n.taken = slices.Clone(n.taken)
	for s.nodes > 0 && n.bound < s.cost && more != nil {
		biggest, most := -1, 0.0
		for j, v := range more {
			whole, part := split(v)
			n.taken[j] += whole
			if part > most {
				biggest, most = j, part
			}
		}
		if biggest < 0 {
			break
		}
		n.taken[biggest]++
		var err error
		if more, err = s.visit(ctx, &n); err != nil {
			return err
		}
	}
	return nil
}

// split is a float from the solver as a whole number and a part of one: what is
// nearly whole is whole.
func split(v float64) (whole int, part float64) {
	const nearly = 1e-6
	f := math.Floor(v + nearly)
	if v-f < nearly {
		return int(f), 0
	}
	return int(f), v - f
}

// branch returns the row that is to have at most at people in one part of the
// search and more in the other: of the coarsest level that has one that is not
// whole, the one with the biggest part. It is -1 if all are whole.
func (p *problem) branch(more []float64) (row int, at int64) {
	sums := make([]float64, len(p.need))
	for j, v := range more {
		for _, i := range p.shifts[j].rows {
			sums[i] += v
		}
	}
	for _, level := range p.levels {
		row, most := -1, 0.0
		for _, i := range level {
			if whole, part := split(sums[i]); part > most {
				row, at, most = i, int64(whole), part
			}
		}
		if row >= 0 {
			return row, at
		}
	}
	return -1, 0
}
