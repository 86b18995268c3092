package acd

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// Health is how a [Router] and its [Journal] are.
type Health struct {
	// Err is what the journal failed with, nil if it has everything. While it
	// is not nil no new calls are taken.
	Err error
	// Since is when the journal began to fail.
	Since time.Time
	// Waiting counts the records that wait to be stored.
	Waiting int
	// Incomplete says that more had to wait than [Config.Backlog] allows: what
	// waited was dropped, and only a snapshot can make the journal whole. Until
	// then it ends with the last record that it stored.
	Incomplete bool
	// SnapshotErr is why the latest snapshot was not saved. It is no reason to
	// worry by itself: the records are there, a restart takes longer.
	SnapshotErr error
}

// Health tells how the Router is. It never waits.
func (r *Router) Health() Health { return r.reporter.latest() }

// reporter tells of changes in health. Callback and log may be as slow as they
// like: they are called by a goroutine of its own and miss what came between.
type reporter struct {
	logger   *slog.Logger
	callback func(Health)
	changed  chan struct{}

	mu     sync.Mutex
	health Health
}

func (p *reporter) latest() Health {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.health
}

// set takes note of the health, and tells of it if it is worth it.
func (p *reporter) set(h Health) {
	p.mu.Lock()
	before := p.health
	p.health = h
	p.mu.Unlock()
	if (before.Err == nil) != (h.Err == nil) || before.Incomplete != h.Incomplete ||
		(before.SnapshotErr == nil) != (h.SnapshotErr == nil) {
		select {
		case p.changed <- struct{}{}:
		default:
		}
	}
}

// run tells of changes until stop is closed, and then of the last one.
func (p *reporter) run(stop <-chan struct{}) {
	for {
		select {
		case <-p.changed:
			p.tell(p.latest())
		case <-stop:
			select {
			case <-p.changed:
				p.tell(p.latest())
			default:
			}
			return
		}
	}
}

func (p *reporter) tell(h Health) {
	if p.logger != nil {
		unharmed(func() { p.log(h) })
	}
	if p.callback != nil {
		unharmed(func() { p.callback(h) })
	}
}

func (p *reporter) log(h Health) {
	ctx := context.Background()
	switch {
	case h.Incomplete:
		p.logger.ErrorContext(ctx, "journal is incomplete, new calls are refused", "err", h.Err, "since", h.Since)
	case h.Err != nil:
		p.logger.ErrorContext(ctx, "journal fails, new calls are refused", "err", h.Err, "since", h.Since, "waiting", h.Waiting)
	case h.SnapshotErr != nil:
		p.logger.WarnContext(ctx, "snapshot was not saved", "err", h.SnapshotErr)
	default:
		p.logger.WarnContext(ctx, "journal works again")
	}
}

// unharmed calls somebody else's code.
func unharmed(f func()) {
	defer func() { recover() }()
	f()
}

// logCommand writes one line about a command, without anything that says who
// the caller is unless that is asked for.
func (r *Router) logCommand(ctx context.Context, cmd *Command, events int, err error) {
	if r.logger == nil {
		return
	}
	unharmed(func() {
		if !r.logger.Enabled(ctx, slog.LevelDebug) {
			return
		}
		attrs := []slog.Attr{slog.String("type", string(cmd.Type)), slog.Int("events", events)}
		text := func(name, value string) {
			if value != "" {
				attrs = append(attrs, slog.String(name, value))
			}
		}
		text("call", cmd.Call)
		text("agent", cmd.Agent)
		text("offer", cmd.Offer)
		text("queue", cmd.Queue)
		if r.logNumbers {
			text("caller", cmd.Caller)
			text("dialed", cmd.Dialed)
			text("customer", cmd.Customer)
			text("number", cmd.Number)
			text("note", cmd.Note)
			for _, key := range slices.Sorted(maps.Keys(cmd.Attributes)) {
				text("attributes."+key, cmd.Attributes[key])
			}
		}
		message := "command"
		if err != nil {
			message = "command refused"
			attrs = append(attrs, r.logError(err))
		}
		r.logger.LogAttrs(ctx, slog.LevelDebug, message, attrs...)
	})
}

// logError is an error for the log. The detail of a refusal quotes the command.
func (r *Router) logError(err error) slog.Attr {
	if refused, ok := err.(*Refused); ok && !r.logNumbers {
		return slog.String("code", string(refused.Code))
	}
	return slog.String("err", err.Error())
}
