package acdtest

import (
	"context"
	"sync"

	"github.com/najimi-acd/najimi/acd"
)

// FaultyJournal is a journal whose faults are on demand. Without one it is the
// journal that it wraps. It is safe for concurrent use.
type FaultyJournal struct {
	acd.Journal

	mu        sync.Mutex
	fault     Fault
	snapshot  error
	appends   int
	snapshots int
}

// Fault is what goes wrong with each Append. The zero value: nothing.
type Fault struct {
	// Wait is waited for before anything else, until ctx ends; nil: not.
	Wait <-chan struct{}
	// Deaf waits for Wait even if ctx ends.
	Deaf bool
	// Stored is how many of the records are stored before the fault, all if
	// there are fewer.
	Stored int
	// Panic is thrown, if not nil.
	Panic any
	// Err is returned. Without it, and without Panic, all is stored.
	Err error
}

// NewFaultyJournal wraps a journal.
func NewFaultyJournal(j acd.Journal) *FaultyJournal { return &FaultyJournal{Journal: j} }

// Set makes all later Appends go wrong like that.
func (j *FaultyJournal) Set(f Fault) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.fault = f
}

// SetSnapshot makes all later SaveSnapshots fail with err, if it is not nil.
func (j *FaultyJournal) SetSnapshot(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.snapshot = err
}

// Appends is how often Append was called.
func (j *FaultyJournal) Appends() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.appends
}

// Snapshots is how often SaveSnapshot was called.
func (j *FaultyJournal) Snapshots() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.snapshots
}

// Append implements [acd.Journal].
func (j *FaultyJournal) Append(ctx context.Context, first uint64, records [][]byte) error {
	j.mu.Lock()
	f := j.fault
	j.appends++
	j.mu.Unlock()
	if f.Wait != nil {
		given := ctx.Done()
		if f.Deaf {
			given = nil
		}
		select {
		case <-f.Wait:
		case <-given:
			return ctx.Err()
		}
	}
	if f.Err == nil && f.Panic == nil {
		return j.Journal.Append(context.WithoutCancel(ctx), first, records)
	}
	if n := min(f.Stored, len(records)); n > 0 {
		if err := j.Journal.Append(context.WithoutCancel(ctx), first, records[:n]); err != nil {
			return err
		}
	}
	if f.Panic != nil {
		panic(f.Panic)
	}
	return f.Err
}

// SaveSnapshot implements [acd.Journal].
func (j *FaultyJournal) SaveSnapshot(ctx context.Context, after uint64, state []byte) error {
	j.mu.Lock()
	err := j.snapshot
	j.snapshots++
	j.mu.Unlock()
	if err != nil {
		return err
	}
	return j.Journal.SaveSnapshot(ctx, after, state)
}
