package sim

import (
	"context"

	"github.com/najimi-acd/najimi/acd"
)

// Comparison is two samples of the same seeds.
type Comparison struct{ A, B *Sample }

// Difference estimates by how much a measure is larger under B than under A.
func (c *Comparison) Difference(m Measure) Estimate { return c.B.Minus(c.A, m) }

// Compare plays a scenario under two plans with the same seeds, [Effort.Runs]
// times: the same callers come at the same times with the same patience and
// talks, and decide alike. A plan compared with itself differs by exactly 0.
// [Effort.Enough] is not asked.
func Compare(ctx context.Context, s Scenario, a, b acd.Plan) (*Comparison, error) {
	other := s
	s.Plan, other.Plan = a, b
	return CompareScenarios(ctx, s, other)
}

// CompareScenarios is [Compare] for whatever else differs: who works when, how
// many call, what callers do. The seed and the effort are a's. To compare more
// than two, take a [Replicate] of each with one seed and [Sample.Minus].
func CompareScenarios(ctx context.Context, a, b Scenario) (*Comparison, error) {
	runs := a.Effort.runs()
	effort := a.Effort
	effort.Enough = nil
	if tell := effort.Progress; tell != nil {
		effort.Progress = func(done, _ int) { tell(done, 2*runs) }
	}
	a.Effort = effort
	first, err := Replicate(ctx, a, runs)
	c := &Comparison{A: first, B: &Sample{Level: first.Level}}
	if err != nil {
		return c, err
	}
	if tell := effort.Progress; tell != nil {
		effort.Progress = func(done, _ int) { tell(runs+done, 2*runs) }
	}
	b.Seed, b.Effort = a.Seed, effort
	c.B, err = Replicate(ctx, b, runs)
	return c, err
}
