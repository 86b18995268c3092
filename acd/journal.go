package acd

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
)

// Journal keeps what a [Router] has been told, so that after a crash another
// Router goes on where this one stopped. It is a list of records numbered from
// 1, and beside it the latest snapshot, which stands for all records up to a
// number. A record is one command as a line of JSON, without the newline; the
// first one is the plan.
//
// One Router uses a journal at a time; a journal that can see to it should.
// The Router never calls Append twice at once, nor SaveSnapshot, but one of
// each may be under way together. Whoever opened a journal closes it, after
// [Router.Close].
//
// The suite for implementations is acdtest.JournalConformance.
type Journal interface {
	// Append stores records as number first, first+1 and so on, in place of
	// whatever the journal has from first on. When it returns nil they will
	// survive a crash, and so will all before them. When it fails, or the
	// process dies meanwhile, the journal may have none of them, all, or the
	// beginning (but never a part of a record); the Router then appends from
	// first again, not necessarily the same.
	//
	// Without records it changes nothing. It is an error if first is 0 or leaves a gap: if it is above the last
	// record's number, and the snapshot's, by more than 1. Records are never
	// changed afterwards, so a journal may keep them as they are.
	//
	// When ctx ends Append should give up. One that does not is waited for,
	// while the Router goes on as after a failure.
	Append(ctx context.Context, first uint64, records [][]byte) error

	// Records lists the records in order from number from on, which is at
	// least 1 and above the snapshot's number. There are none if from is beyond
	// the last. An error ends the list; one that does not belong to the end of
	// the journal must not pass for the end. A record is for reading, until the
	// next one is asked for.
	Records(ctx context.Context, from uint64) iter.Seq2[[]byte, error]

	// SaveSnapshot keeps the state after record number after in place of the
	// snapshot before, all or nothing. The journal may then drop the records up
	// to that number. It may be above the last record's: then those in between
	// were never stored, and the next Append follows the snapshot.
	SaveSnapshot(ctx context.Context, after uint64, state []byte) error

	// Snapshot returns what was saved last, and 0 and nil if nothing was.
	Snapshot(ctx context.Context) (after uint64, state []byte, err error)
}

// MemoryJournal is a [Journal] that lives as long as the process: for tests,
// and for Routers that follow each other in one program. The zero value is
// empty and ready. It is safe for concurrent use. It keeps every record until
// a snapshot stands for it.
type MemoryJournal struct {
	mu      sync.Mutex
	dropped uint64 // records that are gone, from the first on
	records [][]byte
	after   uint64
	state   []byte
}

// Append implements [Journal].
func (j *MemoryJournal) Append(ctx context.Context, first uint64, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.dropped + uint64(len(j.records))
	switch {
	case first == 0:
		return errors.New("records are numbered from 1")
	case first > last+1:
		return fmt.Errorf("a gap: record %d after %d", first, last)
	}
	if len(records) == 0 {
		return nil
	}
	if first <= j.dropped { // a snapshot stands for these
		records = records[min(j.dropped+1-first, uint64(len(records))):]
		first = j.dropped + 1
	}
	keep := first - 1 - j.dropped
	clear(j.records[keep:])
	j.records = append(j.records[:keep], records...)
	return nil
}

// Records implements [Journal]. It lists what there was when the list began.
func (j *MemoryJournal) Records(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		j.mu.Lock()
		dropped := j.dropped
		records := slices.Clone(j.records)
		j.mu.Unlock()
		if from <= dropped {
			yield(nil, fmt.Errorf("record %d is gone: a snapshot stands for all up to %d", from, dropped))
			return
		}
		for _, record := range records[min(from-1-dropped, uint64(len(records))):] {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(record, nil) {
				return
			}
		}
	}
}

// SaveSnapshot implements [Journal].
func (j *MemoryJournal) SaveSnapshot(ctx context.Context, after uint64, state []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.after, j.state = after, slices.Clone(state)
	if after > j.dropped {
		j.records = slices.Clone(j.records[min(after-j.dropped, uint64(len(j.records))):])
		j.dropped = after
	}
	return nil
}

// Snapshot implements [Journal].
func (j *MemoryJournal) Snapshot(ctx context.Context) (after uint64, state []byte, err error) {
	if err := ctx.Err(); err != nil {
		return 0, nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.after, slices.Clone(j.state), nil
}
