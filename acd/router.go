package acd

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// ErrClosed is the error of a command that came after [Router.Close].
var ErrClosed = errors.New("the router is closed")

// Router is an [Engine] run against the real clock and a [Journal]. It is safe
// for concurrent use. Make one with [Open], give it commands with [Router.Do],
// carry out what [Router.Events] tell, and [Router.Close] it.
//
// # What is stored before what is told
//
// A command is a record of the journal before it is carried out: no event of it
// reaches anybody earlier. Commands that come while the journal is at work go
// into its next Append together. What timers cause is an "advance" command in
// the journal, so that a replay goes through the same.
//
// # When the journal fails
//
// New calls are refused with a [*JournalError] from then on; arrivals told
// again are not. Everything else goes on in memory, so that nobody who is on
// the telephone notices: events come at once, and records wait in order until
// the journal takes them; it is tried again after 50ms, then ever more seldom,
// up to once a second. When it has everything, new calls are taken again.
// If more than [Config.Backlog] waits, all that waits is dropped, and a
// snapshot is saved instead as soon as the journal takes one.
//
// A crash in such a time loses what waited. The next Router knows the centre as
// it was at the last stored record: calls that ended since are still there,
// agents are in the state of then, and events are numbered from there a second
// time (see [ErrAhead]). An arrival that was refused because the journal failed
// under it may be known then all the same, if the journal had stored it and
// the crash came before the next Append. So whoever drives the telephones
// compares after a restart, and says hangup, end or not_ready for what is gone.
//
// # Time
//
// The Router stamps commands, and time never goes back: a clock that was set
// back is held until it has caught up. Between commands one goroutine sleeps
// until [Engine.Next]; a clock that was set ahead is noticed with the next
// command or timer.
type Router struct {
	clock      func() time.Time
	lookups    *lookups
	logger     *slog.Logger
	logNumbers bool
	history    history
	reporter   reporter

	mu      sync.Mutex
	waiting []*request
	closed  bool
	wake    chan struct{} // something waits, or the Router is to close

	cancel context.CancelFunc // ends what is asked of the journal
	done   chan struct{}      // closed when the Router has closed
	err    error              // of closing, for reading after done
}

// request is a command on its way, or somebody who wants to look.
type request struct {
	cmd    Command
	look   func(*Engine)
	record []byte
	taken  bool // under Router.mu: it can no longer be taken back
	events []Event
	err    error
	done   chan struct{}
}

// Open makes a Router that goes on where the last one with this journal
// stopped: from the snapshot and the records after it. It calls no look-up for
// that. Events of those records can be had again from [Router.Events]; the
// timers that fell due since run at once.
//
// An empty journal gets the plan as its first record. ctx bounds the opening
// alone. The error joins all that is wrong with the configuration, or is the
// journal's, or tells that the plan lacks a queue in which calls wait.
func Open(ctx context.Context, c Config) (*Router, error) {
	return open(ctx, c, func() time.Time { return time.Now().UTC().Round(0) })
}

func open(ctx context.Context, c Config, clock func() time.Time) (*Router, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	r := &Router{
		clock:      clock,
		lookups:    newLookups(c.Lookup, c.LookupBudget),
		logger:     c.Logger,
		logNumbers: c.LogNumbers,
		reporter:   reporter{logger: c.Logger, callback: c.OnHealth, changed: make(chan struct{}, 1)},
		wake:       make(chan struct{}, 1),
		done:       make(chan struct{}),
	}
	past, err := r.restart(ctx, &c)
	if err != nil {
		return nil, err
	}
	lifetime, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r.cancel = cancel
	l := &loop{
		router: r, engine: past.engine, every: c.SnapshotEvery,
		store: newStore(lifetime, &c, r.reporter.set, clock),
		timer: time.NewTimer(0),
	}
	l.store.next, l.store.savedAt, l.store.settled = past.records+1, past.settled, past.settled
	go r.reporter.run(r.done)
	go l.store.write()
	go l.run()
	return r, nil
}

// Do carries a command out and returns the events that came of it, those of
// timers that fell due before it first, as [Engine.Apply] does; they must not
// be changed. Subscribers of [Router.Events] get the same. When it returns the
// journal has the command, unless it fails (see [Router]).
//
// A command without a time happened now. One with a time is taken to have
// happened then, but neither later than now nor before the command that was
// carried out before it: its time is moved as far as needed.
//
// The error is a [*Refused], a [*JournalError], [ErrClosed], or that of ctx:
// then the command was not carried out. When ctx ends after the command has
// gone to the journal, Do waits for the result and returns that.
//
// What is told of one call must be told in order: a hangup only after the Do of
// its arrival has returned, which may take as long as the look-up.
func (r *Router) Do(ctx context.Context, cmd Command) ([]Event, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	now := r.clock()
	if cmd.At.IsZero() || cmd.At.After(now) {
		cmd.At = now
	} else if cmd.At.Before(earliest) {
		cmd.At = earliest
	}
	q, err := r.request(ctx, cmd)
	if err != nil {
		r.logCommand(ctx, &Command{Type: cmd.Type}, 0, err)
		return nil, err
	}
	err = r.await(ctx, q)
	r.logCommand(ctx, &q.cmd, len(q.events), err)
	return q.events, err
}

// request makes the command one of the Router's own, and asks about the caller.
func (r *Router) request(ctx context.Context, cmd Command) (*request, error) {
	own, err := ownCopy(cmd)
	if err != nil {
		return nil, err
	}
	if own.Type == CmdArrive && own.Found == nil && r.lookups != nil {
		asked, err := ownCopy(cmd) // which the look-up may change, and keep
		if err != nil {
			return nil, err
		}
		own.Found = r.lookups.find(ctx, asked)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if own, err = ownCopy(own); err != nil {
			return nil, err
		}
	}
	return &request{cmd: own, done: make(chan struct{})}, nil
}

// await hands a request in and waits until it is done.
func (r *Router) await(ctx context.Context, q *request) error {
	if err := r.submit(q); err != nil {
		return err
	}
	select {
	case <-q.done:
	case <-ctx.Done():
		if r.takeBack(q) {
			return ctx.Err()
		}
		<-q.done
	}
	return q.err
}

func (r *Router) submit(q *request) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	r.waiting = append(r.waiting, q)
	r.rouse()
	return nil
}

// rouse wakes the goroutine that owns the Engine.
func (r *Router) rouse() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// takeBack gives a command up that is not in a frame yet.
func (r *Router) takeBack(q *request) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, other := range r.waiting {
		if other == q && !q.taken {
			r.waiting = append(r.waiting[:i:i], r.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// take returns what waits, as much as goes into a frame, and whether the Router
// is to close.
func (r *Router) take() (batch []*request, closed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := min(len(r.waiting), maxFrame-1) // and a timer
	batch, r.waiting = r.waiting[:n:n], r.waiting[n:]
	for _, q := range batch {
		q.taken = true
	}
	if len(r.waiting) > 0 {
		r.rouse()
	} else {
		r.waiting = nil
	}
	return batch, r.closed && len(r.waiting) == 0
}

// Close takes no more commands, carries out those that wait, saves a snapshot,
// and ends subscribers after their last event. The error tells what could not
// be stored. When ctx ends first, Close gives the journal up and returns the
// error of ctx; the rest ends by itself. Closing again waits for the same.
func (r *Router) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	r.rouse()
	r.mu.Unlock()
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		r.cancel()
		return ctx.Err()
	}
}
