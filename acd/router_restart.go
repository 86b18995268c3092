package acd

import (
	"bytes"
	"context"
	"fmt"
)

// past is what a Router begins with.
type past struct {
	engine  *Engine
	records uint64
	settled uint64 // the snapshot stands for so many of them
}

// restart makes the Engine what the journal says it was, under the plan of the
// configuration.
func (r *Router) restart(ctx context.Context, c *Config) (*past, error) {
	p := &past{}
	r.history.begin(1, c.History)
	if c.Journal == nil {
		engine, err := New(c.Plan)
		return &past{engine: engine}, err
	}
	if err := r.replay(ctx, c, p); err != nil {
		return nil, &JournalError{err}
	}
	if p.engine == nil {
		engine, err := New(c.Plan)
		if err != nil {
			return nil, err
		}
		p.engine = engine
		return p, p.keep(ctx, c.Journal, Command{Type: CmdPlan, At: r.clock(), Plan: &c.Plan})
	}
	return p, r.follow(ctx, c, p)
}

// replay reads the journal. An empty one leaves p without an Engine.
func (r *Router) replay(ctx context.Context, c *Config, p *past) error {
	after, state, err := c.Journal.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if state != nil {
		if p.engine, err = Restore(state); err != nil {
			return err
		}
		p.records, p.settled = after, after
		r.history.begin(p.engine.seq+1, c.History)
	}
	for record, err := range c.Journal.Records(ctx, after+1) {
		if err == nil {
			err = r.repeat(p, record)
		}
		if err != nil {
			return fmt.Errorf("record %d: %w", p.records+1, err)
		}
		p.records++
	}
	return nil
}

// repeat carries a record out once more.
func (r *Router) repeat(p *past, record []byte) error {
	cmd, err := ParseCommand(record)
	if err != nil {
		return err
	}
	if p.engine == nil {
		if cmd.Type != CmdPlan {
			return fmt.Errorf("the first is not the plan, but %q", cmd.Type)
		}
		p.engine, err = New(*cmd.Plan)
		return err
	}
	if refused := p.engine.judge(&cmd); refused != nil {
		return refused // such a command was never stored
	}
	events, _ := p.engine.Apply(cmd) // what was refused then is refused again
	r.history.publish(events)
	return nil
}

// follow puts the plan of the configuration in force, if it is another.
func (r *Router) follow(ctx context.Context, c *Config, p *past) error {
	if len(c.Plan.Queues) == 0 {
		return nil
	}
	then, err := p.engine.plan.MarshalJSON()
	if err != nil {
		return err
	}
	now, err := c.Plan.MarshalJSON()
	if err != nil || bytes.Equal(then, now) {
		return err
	}
	at := r.clock()
	if last := instant(p.engine.now); at.Before(last) {
		at = last
	}
	cmd := Command{Type: CmdPlan, At: at, Plan: &c.Plan}
	if refused := p.engine.judge(&cmd); refused != nil {
		return fmt.Errorf("the plan cannot replace the one in force: %w", refused)
	}
	if err := p.keep(ctx, c.Journal, cmd); err != nil {
		return err
	}
	events, err := p.engine.Apply(cmd)
	r.history.publish(events)
	if err != nil {
		return fmt.Errorf("the plan cannot replace the one in force: %w", err)
	}
	return nil
}

// keep stores a command as the next record.
func (p *past) keep(ctx context.Context, journal Journal, cmd Command) error {
	record, err := cmd.MarshalJSON()
	if err != nil {
		return err
	}
	p.records++
	if err := journal.Append(ctx, p.records, [][]byte{record}); err != nil {
		return &JournalError{err}
	}
	return nil
}
