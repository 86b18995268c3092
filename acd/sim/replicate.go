package sim

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// Replicate plays a scenario n times, each time with another seed, and returns
// what the runs came to, in order of the seeds: run 0 is [Run] with the
// scenario's own. Fewer than n, if [Effort.Enough] says so. The runs share the
// machine's cores; the sample is the same for any number of them, to the byte.
//
// When ctx is done it stops at once, with ctx's error and the runs that were
// done without a gap. Each and Observe are for single runs and refused here, and
// Calls, Redial and the distributions must be safe for use by several
// goroutines at once, as all of this package are.
//
// A Sample takes for each run about 1 KiB for each row (interval, queue and tier
// with calls).
func Replicate(ctx context.Context, s Scenario, n int) (*Sample, error) {
	sample := &Sample{Level: s.Effort.level()}
	if err := s.checkReplication(n); err != nil {
		return sample, fmt.Errorf("scenario: %w", err)
	}
	all := make([]finished, n)
	inOrder, done := 0, 0
	for f := range s.runs(ctx, n) {
		all[f.run] = f
		done++
		for inOrder < n && all[inOrder].ok {
			next := &all[inOrder]
			if next.err != nil {
				return sample, next.err
			}
			inOrder++
			sample.Runs = append(sample.Runs, next.result)
			next.result = Result{}
			if inOrder%Batch == 0 && inOrder < n && s.Effort.Enough != nil && s.Effort.Enough(sample) {
				return sample, nil
			}
		}
		if s.Effort.Progress != nil {
			s.Effort.Progress(done, n)
		}
	}
	return sample, ctx.Err()
}

// finished is a run that is over.
type finished struct {
	run    int
	ok     bool
	result Result
	err    error
}

// runs plays n runs and gives them as they finish. When the loop over them
// ends, the runs still going on are broken off, and none is left when it
// returns.
func (s *Scenario) runs(ctx context.Context, n int) func(yield func(finished) bool) {
	return func(yield func(finished) bool) {
		ctx, stop := context.WithCancel(ctx)
		var (
			next    atomic.Int64
			working sync.WaitGroup
			results = make(chan finished)
		)
		for range min(s.Effort.workers(), n) {
			working.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= n || ctx.Err() != nil {
						return
					}
					one := *s
					if i > 0 {
						one.Seed = mix(s.Seed, uint64(i))
					}
					result, err := Run(ctx, one)
					select {
					case results <- finished{i, true, result, err}:
					case <-ctx.Done():
						return
					}
				}
			})
		}
		go func() {
			working.Wait()
			close(results)
		}()
		defer func() {
			stop()
			working.Wait()
		}()
		for f := range results {
			if !yield(f) {
				return
			}
		}
	}
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
