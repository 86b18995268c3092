package cover

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Options say how long to look. The zero value will do.
type Options struct {
	// Nodes is how many linear problems are solved at most. 0: 300. It is a
	// limit of work and not of time, so that the same input has the same cover.
	Nodes int
}

// Cover is shifts that cover a day.
type Cover struct {
	Shifts []Chosen // by start; then in the order of the kinds; then by breaks
	Cost   float64  // of all
	// Bound is proven: no cover with these kinds costs less. Costs that are
	// multiples of one number have covers that cost multiples of it, so the
	// bound is one.
	Bound float64
	// Exact says that no cover costs less than this one: Cost is Bound.
	Exact bool
	// WhyNotExact is empty if it is exact.
	WhyNotExact string
	Staffed     []int // people who work all of an interval; never fewer than are needed
	Over        []int // of them, those beyond the need
}

// Chosen is a shift of a cover.
type Chosen struct {
	Kind   string
	At     Span   // from coming to going
	Breaks []Span // times of day too
	People int    // at least 1
	Cost   float64
}

// Gap is the share of the cost that a better cover might save, from 0 to below
// 1: (Cost − Bound) ÷ Cost. It is 0 for an exact one.
func (c Cover) Gap() float64 {
	if c.Cost == c.Bound {
		return 0
	}
	return (c.Cost - c.Bound) / c.Cost
}

// People is how many work that day.
func (c Cover) People() int {
	n := 0
	for _, s := range c.Shifts {
		n += s.People
	}
	return n
}

// Solve returns a cover of the day with shifts of these kinds at the least cost
// that it finds, and tells whether it is the least there is.
//
// An error tells all that is wrong with day and kinds, names the intervals that
// no shift could cover, or is ctx.Err(). Each linear problem takes O(intervals³)
// an iteration at worst; ctx is asked between them.
//
// The same input has the same cover on one kind of processor. Another may round
// otherwise and find other shifts of the same or, if not Exact, another cost.
func Solve(ctx context.Context, day Day, kinds []Kind, o Options) (Cover, error) {
	faults := []error{day.check(), check(kinds)}
	if o.Nodes < 0 {
		faults = append(faults, fmt.Errorf("nodes is %d: it must not be negative", o.Nodes))
	}
	if err := errors.Join(faults...); err != nil {
		return Cover{}, fmt.Errorf("cover: %w", err)
	}
	choice, err := expand(day, kinds)
	if err != nil {
		return Cover{}, fmt.Errorf("cover: %w", err)
	}
	shifts := make([]shift, len(choice))
	for j, p := range choice {
		shifts[j] = shift{covers: p.covers(day), cost: kinds[p.kind].units(), kind: p.kind, start: int(p.whole.From / time.Second)}
	}
	if err := uncovered(day, shifts); err != nil {
		return Cover{}, fmt.Errorf("cover: %w", err)
	}
	keep := undominated(shifts, len(day.Need))
	kept := make([]shift, len(keep))
	for i, j := range keep {
		kept[i] = shifts[j]
	}
	unit := divisor(kept)
	for i := range kept {
		kept[i].cost /= unit
	}
	problem, ok := newProblem(day.Need, kept, unit)
	if !ok {
		return Cover{}, errors.New("cover: the costs are too fine beside one another for so many people: round them")
	}
	found, err := problem.solve(ctx, cmp.Or(o.Nodes, 300))
	if err != nil {
		return Cover{}, fmt.Errorf("cover: %w", err)
	}
	c := Cover{
		Cost:    money(found.cost * unit),
		Bound:   money(found.bound * unit),
		Exact:   found.cost == found.bound,
		Staffed: make([]int, len(day.Need)),
		Over:    make([]int, len(day.Need)),
	}
	if !c.Exact {
		c.WhyNotExact = fmt.Sprintf("linear problems solved: %d; a cover that costs up to %.4g less is not ruled out", found.nodes, money((found.cost-found.bound)*unit))
	}
	for i, n := range found.counts {
		if n == 0 {
			continue
		}
		p := choice[keep[i]]
		k := kinds[p.kind]
		c.Shifts = append(c.Shifts, Chosen{Kind: k.Name, At: p.whole, Breaks: p.breaks, People: n, Cost: money(k.units())})
		for _, t := range shifts[keep[i]].covers {
			c.Staffed[t] += n
		}
	}
	slices.SortStableFunc(c.Shifts, func(a, b Chosen) int { return cmp.Compare(a.At.From, b.At.From) })
	for i, n := range day.Need {
		c.Over[i] = c.Staffed[i] - n
		if c.Over[i] < 0 {
			return Cover{}, fmt.Errorf("cover: internal fault: %v is not covered", day.interval(i))
		}
	}
	return c, nil
}
