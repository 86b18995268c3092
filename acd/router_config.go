package acd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Config is what a [Router] is opened with. A Plan alone is enough.
type Config struct {
	// Plan is the centre's rules. If the journal has another one, Open changes
	// to this one as [CmdPlan] does. Zero (without queues): that of the journal.
	// It must not be changed afterwards.
	Plan Plan
	// Journal keeps what the Router is told. Nil: nothing is kept, and every
	// Open begins with an empty centre.
	Journal Journal
	// Lookup asks a customer data base about the caller of an arrival that has
	// no [Command.Found] yet; nil: none is asked. It is called for several
	// calls at once, by goroutines of its own, outside of the Engine, and
	// should end with its context. What it returns becomes part of the command,
	// so that a replay never asks again. If it fails, panics, or takes longer
	// than LookupBudget the call goes on without, with a warning. No more than
	// 1024 are under way at a time, those included that were given up.
	Lookup func(context.Context, Command) (*Found, error)
	// LookupBudget is the time that a look-up may take. Default 300ms.
	LookupBudget time.Duration
	// AppendBudget is how long an Append of the journal is waited for before it
	// counts as failed. So long everything stands still, once. Default 2s.
	AppendBudget time.Duration
	// SnapshotEvery is the number of records after which a snapshot is saved,
	// so that a restart replays no more than about so many. Commands wait while
	// it is taken, as long as [Engine.Snapshot] needs, and not while it is
	// saved. Default 100,000; negative: never, also not at Close.
	SnapshotEvery int
	// Backlog bounds, in bytes, the records that wait while the journal fails.
	// Default 64 MiB.
	Backlog int
	// History is the number of latest events that are kept for subscribers, up
	// to about half a kilobyte each. Default 65,536.
	History int
	// OnHealth is told when the Router's health has changed; nil: nobody is. It
	// is called by a goroutine of its own, one call after the other, and may
	// miss a state that did not last. See also [Router.Health].
	OnHealth func(Health)
	// Logger gets one line at level Debug for each command, and lines at Warn
	// and Error about the journal. Nil: silent.
	Logger *slog.Logger
	// LogNumbers lets numbers, customers, attributes, notes, and the details of
	// refusals, which quote them, into the log. Default: not.
	LogNumbers bool
}

// complete fills in the defaults.
func (c *Config) complete() error {
	var errs []error
	notNegative := func(name string, v int64) {
		if v < 0 {
			errs = append(errs, fmt.Errorf("%s: %d is negative", name, v))
		}
	}
	notNegative("LookupBudget", int64(c.LookupBudget))
	notNegative("AppendBudget", int64(c.AppendBudget))
	notNegative("Backlog", int64(c.Backlog))
	notNegative("History", int64(c.History))
	if len(c.Plan.Queues) > 0 || c.Journal == nil {
		errs = append(errs, c.Plan.Validate())
	}
	c.LookupBudget = cmp.Or(c.LookupBudget, 300*time.Millisecond)
	c.AppendBudget = cmp.Or(c.AppendBudget, 2*time.Second)
	c.SnapshotEvery = cmp.Or(c.SnapshotEvery, 100_000)
	c.Backlog = cmp.Or(c.Backlog, 64<<20)
	c.History = cmp.Or(c.History, 1<<16)
	return errors.Join(errs...)
}
