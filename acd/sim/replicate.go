package sim

import (
	"context"
	"fmt"
)

// Replicate plays a scenario n times, each time with another seed, and returns
// what the runs came to, in order of the seeds: run 0 is [Run] with the
// scenario's own. Fewer than n, if [Effort.Enough] says so. The runs share the
// machine's cores; the sample is the same for any number of them, to the byte.
//
// When ctx is done it stops at once, with ctx's error; when a run fails, with
// that run's. The sample is then that of the runs before, without a gap. A panic
// in a function of the scenario's becomes one of Replicate.
//
// Each and Observe are for single runs and refused here, and Calls, Redial and
// the distributions must be safe for use by several goroutines at once, as all
// of this package are: a [Source] that remembers something from one call of it
// to the next is not.
//
// A Sample takes for each run and each row of it (interval, queue and tier with
// calls) some 400 bytes and 8 to 16 for each answered call, 60 KiB at the most:
// about 1.3 KiB for a row of a hundred calls.
func Replicate(ctx context.Context, s Scenario, n int) (*Sample, error) {
	sample := &Sample{Level: s.Effort.level()}
	if err := s.checkReplication(n); err != nil {
		return sample, fmt.Errorf("scenario: %w", err)
	}
	play := func(ctx context.Context, i int) (Result, error) {
		one := s
		one.Seed = seedOfRun(s.Seed, i)
		result, err := Run(ctx, one)
		if err != nil {
			err = fmt.Errorf("run %d: %w", i, err)
		}
		return result, err
	}
	take := func(r Result) (more bool) {
		sample.Runs = append(sample.Runs, r)
		done := len(sample.Runs)
		if s.Effort.Progress != nil {
			s.Effort.Progress(done, n)
		}
		return s.Effort.Enough == nil || done%Batch != 0 || done == n || !s.Effort.Enough(sample)
	}
	return sample, inOrder(ctx, n, s.Effort.workers(), play, take)
}

// seedOfRun is that of a replication's run. (Generators whose seeds differ in a
// few high bits alone draw numbers that are alike.)
func seedOfRun(seed uint64, run int) uint64 {
	if run == 0 {
		return seed
	}
	return mix(seed, uint64(run))
}

func (s *Scenario) checkReplication(n int) error {
	switch {
	case n < 1:
		return fmt.Errorf("effort: want at least 1 run, got %d", n)
	case s.Each != nil:
		return fmt.Errorf("each: it is for single runs")
	case s.Observe != nil:
		return fmt.Errorf("observe: it is for single runs")
	}
	return s.Effort.check()
}
