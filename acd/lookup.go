package acd

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// maxLookups bounds the look-ups under way, those included that were given up
// and have not returned.
const maxLookups = 1024

// lookups asks a customer data base about callers, within a budget of time.
type lookups struct {
	ask    func(context.Context, Command) (*Found, error)
	budget time.Duration
	places chan struct{} // one for each look-up under way
}

func newLookups(ask func(context.Context, Command) (*Found, error), budget time.Duration) *lookups {
	if ask == nil {
		return nil
	}
	return &lookups{ask, budget, make(chan struct{}, maxLookups)}
}

// find asks about an arrival. It always returns within the budget: without an
// answer the call goes on with a warning that says why.
func (l *lookups) find(ctx context.Context, arrive Command) *Found {
	found, err := l.within(ctx, arrive)
	if err != nil {
		return &Found{Warning: "lookup: " + err.Error()}
	}
	return found
}

func (l *lookups) within(ctx context.Context, arrive Command) (*Found, error) {
	select {
	case l.places <- struct{}{}:
	default:
		return nil, fmt.Errorf("%d are under way already", maxLookups)
	}
	ctx, cancel := context.WithTimeout(ctx, l.budget)
	defer cancel()
	type answer struct {
		found *Found
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-l.places }()
		a := answer{err: errors.New("ended without an answer")} // by runtime.Goexit
		defer func() {
			if p := recover(); p != nil {
				a = answer{err: fmt.Errorf("panic: %v", p)}
			}
			answers <- a
		}()
		a.found, a.err = l.ask(ctx, arrive)
	}()
	select {
	case a := <-answers:
		return a.found, a.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, fmt.Errorf("no answer within %v", l.budget)
		}
		return nil, ctx.Err()
	}
}
