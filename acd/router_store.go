package acd

import (
	"context"
	"fmt"
	"time"
)

// JournalError refuses a new call because the journal fails (see [Config]), or
// tells that something could not be stored. It wraps the journal's own error.
type JournalError struct{ Err error }

// Error tells what the journal said.
func (e *JournalError) Error() string { return "journal: " + e.Err.Error() }

// Unwrap returns the journal's error.
func (e *JournalError) Unwrap() error { return e.Err }

const (
	// firstPause and longestPause bound how long a failed journal is left
	// alone; the pause doubles each time.
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
	// maxFrame bounds the records that one Append is given.
	maxFrame = 512
	// snapshotBudget is when the journal is told to give up saving a snapshot.
	snapshotBudget = time.Minute
)

// store is the Router's side of the journal. It belongs to the goroutine that
// owns the Engine, but for the writer, another goroutine, which calls the
// journal: so that one that hangs does not stop the telephones.
type store struct {
	journal Journal // nil: nothing is kept
	budget  time.Duration
	ctx     context.Context // of all that is asked of the journal
	report  func(Health)
	clock   func() time.Time

	frames  chan frame
	results chan error
	busy    bool // a frame is with the writer, or its result under way
	sent    int  // how many records of the backlog these are; 0: they no longer count
	late    *time.Timer

	next    uint64   // the number of the next record
	first   uint64   // the number of the backlog's first
	backlog [][]byte // records that were carried out and are not known to be stored
	bytes   int      // in the backlog
	limit   int      // of them
	pause   time.Duration
	retry   *time.Timer
	health  Health

	snapshots chan error // the result of saving one
	saving    bool
	savedAt   uint64 // what the latest snapshot that was tried stands for
	settled   uint64 // what the latest one that was saved stands for
}

type frame struct {
	first   uint64
	records [][]byte
}

func newStore(ctx context.Context, c *Config, report func(Health), clock func() time.Time) *store {
	s := &store{
		journal: c.Journal, budget: c.AppendBudget, limit: c.Backlog, ctx: ctx, report: report, clock: clock,
		frames: make(chan frame, 1), results: make(chan error, 1), snapshots: make(chan error, 1),
		late: time.NewTimer(time.Hour), retry: time.NewTimer(time.Hour),
	}
	s.late.Stop()
	s.retry.Stop()
	return s
}

// write is the writer's goroutine. It ends when frames is closed.
func (s *store) write() {
	for f := range s.frames {
		s.results <- s.append(f)
	}
}

func (s *store) append(f frame) (err error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.budget)
	defer cancel()
	defer recovered(&err)
	return s.journal.Append(ctx, f.first, f.records)
}

// recovered makes a panic of somebody else's code an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v", p)
	}
}

// failing says that the journal does not have everything.
func (s *store) failing() bool { return s.health.Err != nil }

// put stores the records of one frame, and returns when the journal has them.
// After an error the journal may or may not: the caller must keep what is left
// of the frame. It must not be failing before.
func (s *store) put(records [][]byte) error {
	if len(records) == 0 {
		return nil
	}
	s.frames <- frame{s.next, records}
	s.late.Reset(s.budget)
	var err error
	select {
	case err = <-s.results:
		s.late.Stop()
	case <-s.late.C:
		err = fmt.Errorf("no answer within %v", s.budget)
		s.busy, s.sent = true, 0
	}
	if err == nil {
		s.next += uint64(len(records))
		return nil
	}
	s.first = s.next
	s.pause = firstPause
	s.retry.Reset(s.pause)
	s.health.Err, s.health.Since = &JournalError{err}, s.clock()
	s.report(s.health)
	return s.health.Err
}

// keep puts records that are carried out without the journal into the backlog.
func (s *store) keep(records [][]byte) {
	s.next += uint64(len(records))
	if s.health.Incomplete && !s.saving {
		return // the next snapshot stands for them
	}
	for _, record := range records {
		s.bytes += len(record)
	}
	s.backlog = append(s.backlog, records...)
	alone := len(s.backlog) == 1 && s.saving && s.health.Incomplete // see loop.mark
	if s.bytes > s.limit && !alone {
		s.health.Incomplete = true
		s.drop()
	}
	s.health.Waiting = len(s.backlog)
	s.report(s.health)
}

// drop gives the backlog up. It begins again after the latest record.
func (s *store) drop() {
	s.backlog, s.bytes, s.sent, s.first = nil, 0, 0, s.next
}

// again tries once more to store what waits.
func (s *store) again(snapshot func() ([]byte, error)) {
	switch {
	case !s.failing():
	case s.health.Incomplete:
		s.save(snapshot)
	case len(s.backlog) == 0:
		s.recover()
	case !s.busy:
		s.sent = min(len(s.backlog), maxFrame)
		s.busy = true
		s.frames <- frame{s.first, s.backlog[:s.sent:s.sent]}
	}
}

// answered takes note of what became of a frame that was not waited for.
func (s *store) answered(err error, snapshot func() ([]byte, error)) {
	s.busy = false
	if err != nil {
		s.fail(err)
		return
	}
	for _, record := range s.backlog[:s.sent] {
		s.bytes -= len(record)
	}
	s.backlog = s.backlog[s.sent:]
	s.first += uint64(s.sent)
	s.sent = 0
	s.health.Waiting = len(s.backlog)
	s.report(s.health)
	s.again(snapshot)
}

// fail puts the next try off.
func (s *store) fail(err error) {
	s.sent = 0
	s.health.Err = &JournalError{err}
	s.pause = min(2*s.pause, longestPause)
	s.retry.Reset(s.pause)
	s.report(s.health)
}

// recover ends a failure: the journal has everything.
func (s *store) recover() {
	if s.busy {
		return // with a frame that no longer counts; its end will lead here
	}
	s.retry.Stop()
	s.drop()
	s.health = Health{SnapshotErr: s.health.SnapshotErr}
	s.report(s.health)
}

// save takes a snapshot of what has been carried out and begins to save it.
func (s *store) save(snapshot func() ([]byte, error)) {
	if s.saving {
		return
	}
	s.savedAt = s.next - 1
	state, err := snapshot()
	s.saving = true
	if s.health.Incomplete {
		s.drop() // from here on records are kept again
	}
	if err != nil {
		s.snapshots <- err
		return
	}
	go func(after uint64) { s.snapshots <- s.saveSnapshot(after, state) }(s.savedAt)
}

func (s *store) saveSnapshot(after uint64, state []byte) (err error) {
	ctx, cancel := context.WithTimeout(s.ctx, snapshotBudget)
	defer cancel()
	defer recovered(&err)
	return s.journal.SaveSnapshot(ctx, after, state)
}

// saved takes note of what became of a snapshot.
func (s *store) saved(err error, snapshot func() ([]byte, error)) {
	s.saving = false
	s.health.SnapshotErr = err
	switch {
	case err != nil && s.health.Incomplete:
		s.drop()
		s.fail(err)
		return
	case err == nil:
		s.settled = s.savedAt
		if s.first <= s.savedAt+1 { // else more was dropped since
			s.health.Incomplete = false
		}
	}
	s.report(s.health)
	s.again(snapshot)
}
