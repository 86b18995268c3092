package sim

import (
	"cmp"
	"math"
)

// Sample is what several runs of one scenario came to.
type Sample struct {
	// Runs are in order of the seeds: the same for any number of workers.
	Runs []Result
	// Level is the confidence of the intervals of estimates, 0: 0.95.
	Level float64
}

// Estimate is a value and its confidence interval.
type Estimate struct {
	Value, Low, High float64
	Runs             int
}

// Estimate estimates a measure: the sum of its parts over the sum of its wholes,
//
//	r = Σ pᵢ ÷ Σ wᵢ
//	s² = Σ (pᵢ − r·wᵢ)² ÷ (n−1)
//	r ± t · s ÷ (√n · mean w)
//
// with n runs that had anything to count and Student's t with n−1 degrees of
// freedom (the ratio estimator; W. G. Cochran, "Sampling Techniques", 3rd
// edition, Wiley 1977, chapter 6). An interval may reach below 0 or above 1 of a
// share; it has no width where the runs do not differ, which of what happened in
// none of them only says that it is rare.
//
// Special cases are:
//
//	nothing was measured (all wholes 0): NaN
//	one run with anything to count: the interval is from −Inf to +Inf
func (s *Sample) Estimate(m Measure) Estimate {
	value, residuals, counted := s.ratio(m)
	return interval(value, residuals, counted, s.Level)
}

// Minus estimates by how much a measure is larger than in another sample of the
// same seeds: run by run, so that what the runs have in common does not widen
// the interval. Of a sample minus itself all is 0.
//
// The samples are compared as far as the shorter one goes.
func (s *Sample) Minus(base *Sample, m Measure) Estimate {
	n := min(len(s.Runs), len(base.Runs))
	a, left, some := (&Sample{Runs: s.Runs[:n]}).ratio(m)
	b, right, other := (&Sample{Runs: base.Runs[:n]}).ratio(m)
	for i := range left {
		left[i] -= right[i]
	}
	return interval(a-b, left, min(some, other), s.Level)
}

// ratio is the value of a measure, for each run how much it moves the value
// (residuals add up to 0), and how many runs had anything to count.
func (s *Sample) ratio(m Measure) (value float64, residuals []float64, counted int) {
	parts, wholes := make([]float64, len(s.Runs)), make([]float64, len(s.Runs))
	var part, whole float64
	for i := range s.Runs {
		parts[i], wholes[i] = m(&s.Runs[i])
		part += parts[i]
		whole += wholes[i]
		if parts[i] != 0 || wholes[i] != 0 {
			counted++
		}
	}
	if whole == 0 {
		return math.NaN(), parts, counted
	}
	value = part / whole
	mean := whole / float64(len(s.Runs))
	for i := range parts {
		parts[i] = (parts[i] - float64(value*wholes[i])) / mean
	}
	return value, parts, counted
}

// interval is that of the mean of the residuals, around a value. Runs with
// nothing to count are no evidence that the others agree.
func interval(value float64, residuals []float64, counted int, level float64) Estimate {
	e := Estimate{Value: value, Low: math.Inf(-1), High: math.Inf(1), Runs: len(residuals)}
	switch {
	case math.IsNaN(value):
		e.Low, e.High = value, value
	case counted >= 2:
		var squares float64
		for _, r := range residuals {
			squares += float64(r * r)
		}
		n, k := float64(len(residuals)), float64(counted)
		half := studentT(counted-1, cmp.Or(level, 0.95)) * math.Sqrt(squares*k/(k-1)) / n
		e.Low, e.High = value-half, value+half
	}
	return e
}
