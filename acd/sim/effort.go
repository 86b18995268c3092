package sim

import (
	"fmt"
	"runtime"
)

// Effort is how much [Replicate], [Compare] and [Staff] simulate, and how; [Run]
// does not look at it. The zero value will do.
type Effort struct {
	// Runs is how many runs an answer of Compare or Staff rests on; 0: 30.
	// Replicate is told.
	Runs int
	// Level is the confidence of intervals, between 0 and 1; 0: 0.95.
	Level float64
	// Workers is how many runs go on at the same time; 0: as many as there are
	// cores. The result does not depend on it.
	Workers int
	// Enough, if not nil, is asked after every [Batch] runs, in order of the
	// seeds, whether these are enough. See [Precise].
	Enough func(*Sample) bool
	// Progress, if not nil, is told after each run, in order of the seeds, how
	// many are done, of how many at the most. Like Enough it is called in the
	// goroutine that asked for the runs.
	Progress func(done, of int)
}

// Batch is after how many runs [Effort.Enough] is asked.
const Batch = 10

func (e *Effort) runs() int {
	if e.Runs == 0 {
		return 30
	}
	return e.Runs
}

func (e *Effort) level() float64 {
	if e.Level == 0 {
		return 0.95
	}
	return e.Level
}

func (e *Effort) workers() int {
	if e.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return e.Workers
}

func (e *Effort) check() error {
	switch {
	case e.Runs < 0:
		return fmt.Errorf("effort.runs: %d is negative", e.Runs)
	case e.Workers < 0:
		return fmt.Errorf("effort.workers: %d is negative", e.Workers)
	case !(e.Level >= 0 && e.Level < 1):
		return fmt.Errorf("effort.level: want 0 to below 1, got %v", e.Level)
	}
	return nil
}

// Precise is an [Effort.Enough]: the interval of the measure reaches no further
// than half to either side of its value. To stop where the interval happens to
// be narrow makes it a little too narrow; with few runs, the more so.
func Precise(m Measure, half float64) func(*Sample) bool {
	return func(s *Sample) bool {
		e := s.Estimate(m)
		return max(e.High-e.Value, e.Value-e.Low) <= half
	}
}
