package sim_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// brokenIn is a scenario of which one run's calls do something to the goroutine
// that asks for them, and no other run's do. It tells which by the first number
// that the run draws.
func brokenIn(t *testing.T, run int, broken func()) sim.Scenario {
	t.Helper()
	var first []uint64
	s := everything(1)
	source := s.Calls
	s.Effort.Workers = 1
	s.Calls = func(r *rand.Rand) iter.Seq[sim.Call] {
		first = append(first, r.Uint64())
		return func(func(sim.Call) bool) {}
	}
	if _, err := sim.Replicate(t.Context(), s, run+1); err != nil {
		t.Fatal(err)
	}
	s.Effort.Workers = 0
	s.Calls = func(r *rand.Rand) iter.Seq[sim.Call] {
		if r.Uint64() == first[run] {
			broken()
		}
		return source(r)
	}
	return s
}

// TestConcurrentPanicReachesTheCaller: it could not be recovered otherwise.
func TestConcurrentPanicReachesTheCaller(t *testing.T) {
	for _, workers := range []int{1, 3} {
		s := brokenIn(t, 5, func() { panic("no such day") })
		s.Effort.Workers = workers
		done := 0
		s.Effort.Progress = func(n, _ int) { done = n }
		var got any
		func() {
			defer func() { got = recover() }()
			sim.Replicate(t.Context(), s, 40)
		}()
		text, _ := got.(string)
		if !strings.HasPrefix(text, "run 5: no such day\n") || !strings.Contains(text, "brokenIn") {
			t.Errorf("%d workers: recovered %v, want the run, the value and the stack", workers, got)
		}
		if done != 5 {
			t.Errorf("%d workers: told of %d runs before", workers, done)
		}
	}
}

// TestConcurrentGoexitReachesTheCaller: a source that ends its goroutine, as
// t.Fatal does, ends the caller's; a shorter sample without an error would be
// worse.
func TestConcurrentGoexitReachesTheCaller(t *testing.T) {
	for _, workers := range []int{1, 3} {
		s := brokenIn(t, 5, runtime.Goexit)
		s.Effort.Workers = workers
		returned := false
		over := make(chan bool)
		go func() {
			defer close(over)
			sim.Replicate(t.Context(), s, 40)
			returned = true
		}()
		<-over
		if returned {
			t.Errorf("%d workers: Replicate returned", workers)
		}
	}
}

// TestConcurrentPanicsOfTheCallerLeaveNoRunBehind: when Replicate is over, no
// run is.
func TestConcurrentPanicsOfTheCallerLeaveNoRunBehind(t *testing.T) {
	s := everything(1)
	s.Effort.Workers = 4
	s.Effort.Progress = func(int, int) { panic("enough of it") }
	before := runtime.NumGoroutine()
	func() {
		defer func() {
			if got := recover(); got != "enough of it" {
				t.Errorf("recovered %v", got)
			}
		}()
		sim.Replicate(t.Context(), s, 40)
	}()
	for range 1000 { // ended goroutines are counted for a moment more
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// TestConcurrentFailureIsThatOfTheFirstRun that fails, in order of the runs, and
// the sample is that of the runs before.
func TestConcurrentFailureIsThatOfTheFirstRun(t *testing.T) {
	var want *sim.Sample
	var wrong error
	for _, workers := range []int{1, 2, 5} {
		s := everything(1)
		s.Effort.Workers = workers
		source := s.Calls
		s.Calls = func(r *rand.Rand) iter.Seq[sim.Call] {
			return func(yield func(sim.Call) bool) {
				n := 0
				for c := range source(r) {
					if n++; n == 1550 { // few days are so busy
						c.Service = -time.Second
					}
					if !yield(c) {
						return
					}
				}
			}
		}
		got, err := sim.Replicate(t.Context(), s, 200)
		if want == nil {
			want, wrong = got, err
			if err == nil || len(got.Runs) < 2 || len(got.Runs) > 190 {
				t.Fatalf("%d runs, %v: this proves little", len(got.Runs), err)
			}
			t.Logf("after %d runs: %v", len(got.Runs), err)
		}
		if err == nil || err.Error() != wrong.Error() || !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: %d runs, %v; one: %d runs, %v", workers, len(got.Runs), err, len(want.Runs), wrong)
		}
		if prefix := fmt.Sprintf("run %d: ", len(got.Runs)); !strings.HasPrefix(err.Error(), prefix) {
			t.Errorf("%v, want %q before it", err, prefix)
		}
	}
}

// TestCancellingAfterTheLastRunIsNoError: nothing is missing.
func TestCancellingAfterTheLastRunIsNoError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := everything(1)
	s.Effort.Progress = func(done, of int) {
		if done == of {
			cancel()
		}
	}
	if sample, err := sim.Replicate(ctx, s, 7); err != nil || len(sample.Runs) != 7 {
		t.Errorf("%d runs, %v", len(sample.Runs), err)
	}
	if _, err := sim.Replicate(ctx, s, 7); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the first run: %v", err)
	}
}
