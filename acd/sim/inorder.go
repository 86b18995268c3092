package sim

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// inOrder calls do with 0 to n − 1, as many at once as there are workers, and
// take with what each returned, in order and in the caller's goroutine, until
// take says that there is to be no more. An error of do ends it, of several the
// one of the smallest number, and so does ctx, with its error; all before has
// then been taken. No goroutine is left when it returns.
//
// A panic or a Goexit of do becomes one of the caller.
func inOrder[T any](ctx context.Context, n, workers int, do func(context.Context, int) (T, error), take func(T) (more bool)) error {
	inner, stop := context.WithCancel(ctx)
	results := make(chan attempt[T])
	defer func() {
		stop()
		for range results {
		}
	}()
	var (
		next    atomic.Int64
		working sync.WaitGroup
	)
	for range min(workers, n) {
		working.Go(func() {
			for inner.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				try(inner, i, do, func(a attempt[T]) {
					if a.err != nil || a.broken != nil {
						next.Store(int64(n)) // those before i have begun
					}
					results <- a
				})
			}
		})
	}
	go func() {
		working.Wait()
		close(results)
	}()
	early := make(map[int]attempt[T]) // until those before them are there
	taken := 0
	for a := range results {
		early[a.number] = a
		for {
			a, there := early[taken]
			if !there {
				break
			}
			delete(early, taken)
			switch {
			case a.broken != nil:
				a.broken()
			case ctx.Err() != nil:
				return ctx.Err()
			case a.err != nil:
				return a.err
			}
			taken++
			if !take(a.value) {
				return nil
			}
		}
	}
	if taken < n {
		return ctx.Err()
	}
	return nil
}

// attempt is what came of a call of do. If it did not return, broken does to its
// caller what do did.
type attempt[T any] struct {
	number int
	value  T
	err    error
	broken func()
}

func try[T any](ctx context.Context, i int, do func(context.Context, int) (T, error), tell func(attempt[T])) {
	a := attempt[T]{number: i, broken: runtime.Goexit}
	defer func() {
		if v := recover(); v != nil {
			stack := debug.Stack()
			a.broken = func() { panic(fmt.Sprintf("run %d: %v\n\n%s", i, v, stack)) }
		}
		tell(a)
	}()
	a.value, a.err = do(ctx, i)
	a.broken = nil
}
