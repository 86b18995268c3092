package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// plan is the centre's, with every time made shorter.
func plan(speed float64) acd.Plan {
	short := func(d time.Duration) time.Duration { return max(1, time.Duration(float64(d)/speed)) }
	return acd.Plan{
		Tiers: []acd.Tier{{Name: "gold", HeadStart: short(2 * time.Minute)}},
		Affinity: acd.Affinity{
			Mode: acd.AffinityHold, Hold: new(short(20 * time.Second)),
			HeadStart: new(short(time.Minute)), MinTalk: new(short(10 * time.Second)),
		},
		Callback: acd.Callback{RetryAfter: new(short(2 * time.Minute))},
		Entry: []acd.Entry{
			{Name: "menu 2", When: acd.When{Attributes: map[string]string{"menu": "2"}}, Queue: "billing"},
			{Name: "everyone else", Queue: "support"},
		},
		Queues: []acd.Queue{
			{
				Name: "support", Ring: new(short(15 * time.Second)), WrapUp: short(30 * time.Second),
				Guide: "https://faq.example/support",
				Steps: []acd.Step{
					{Needs: acd.Skills{"support": 3}},
					{After: short(30 * time.Second), Needs: acd.Skills{"support": 1}},
					{After: short(75 * time.Second), Do: &acd.Do{Callback: true}},
				},
			},
			{
				Name: "billing", Ring: new(short(15 * time.Second)), WrapUp: short(45 * time.Second),
				Guide: "https://faq.example/billing",
				Steps: []acd.Step{{Needs: acd.Skills{"billing": 1}}},
			},
		},
	}
}

// operators and what they can do.
var operators = []struct {
	name   string
	skills acd.Skills
}{
	{"aya", acd.Skills{"support": 5, "billing": 2}},
	{"ken", acd.Skills{"support": 3}},
	{"mio", acd.Skills{"support": 1, "billing": 4}},
	{"ren", acd.Skills{"support": 4}},
}

// customerBase is who calls, by number: what a CRM would know.
type customerBase map[string]acd.Found

var customers = customerBase{
	"03-1111-1111": {Customer: "Ms Mori", Tier: "gold", Attributes: map[string]string{"last order": "a kettle"}},
	"03-2222-2222": {Customer: "Mr Sato", Attributes: map[string]string{"last order": "a lamp, returned"}},
	"03-3333-3333": {Customer: "Ms Ito", Tier: "gold"},
	"03-4444-4444": {Customer: "Mr Abe"},
}

var numbers = []string{"03-1111-1111", "03-2222-2222", "03-3333-3333", "03-4444-4444", "03-5555-5555", "03-6666-6666", ""}

// find is the look-up of [acd.Config].
func (b customerBase) find(_ context.Context, cmd acd.Command) (*acd.Found, error) {
	if cmd.Caller == "" {
		return nil, nil
	}
	found, ok := b[cmd.Caller]
	if !ok {
		return nil, nil
	}
	return &found, nil
}

// centre is the people on both ends of the lines.
type centre struct {
	router *acd.Router
	ctx    context.Context
	speed  float64

	mu   sync.Mutex
	errs []error
}

// do tells the router something. People are late at times: what is refused
// came to nothing.
func (c *centre) do(cmd acd.Command) {
	_, err := c.router.Do(c.ctx, cmd)
	if _, refused := errors.AsType[*acd.Refused](err); err == nil || refused || err == acd.ErrClosed {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

func (c *centre) failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return errors.Join(c.errs...)
}

// after lets somebody do something later.
func (c *centre) after(d time.Duration, cmd acd.Command) *time.Timer {
	return time.AfterFunc(time.Duration(float64(d)/c.speed), func() { c.do(cmd) })
}

// open begins the day.
func (c *centre) open() {
	for _, o := range operators {
		c.do(acd.Command{Type: acd.CmdLogin, Agent: o.name, Skills: o.skills})
		c.do(acd.Command{Type: acd.CmdReady, Agent: o.name})
	}
}

// bringCalls lets callers arrive at random until ctx ends. Their numbers begin
// where an earlier day ended.
func (c *centre) bringCalls(ctx context.Context, first uint64, random *rand.Rand) {
	var all sync.WaitGroup
	defer all.Wait()
	for n := first + 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(random.ExpFloat64() * float64(24*time.Second) / c.speed)):
		}
		cmd := acd.Command{Type: acd.CmdArrive, Call: fmt.Sprint("c", n), Caller: numbers[random.IntN(len(numbers))]}
		if random.IntN(4) == 0 {
			cmd.Attributes = map[string]string{"menu": "2"}
		}
		all.Go(func() { c.do(cmd) })
	}
}

// react lets people do what they do when they are told something, until the
// router is closed.
func (c *centre) react(after uint64, random *rand.Rand, b *board) {
	patience := make(map[string]*time.Timer)
	about := func(mean time.Duration) time.Duration { return time.Duration(random.ExpFloat64() * float64(mean)) }
	for e, err := range c.router.Events(c.ctx, after) {
		if err != nil {
			c.mu.Lock()
			c.errs = append(c.errs, err)
			c.mu.Unlock()
			continue
		}
		b.note(&e)
		switch e.Type {
		case acd.EventQueued:
			if patience[e.Call] == nil {
				patience[e.Call] = c.after(20*time.Second+about(2*time.Minute), acd.Command{Type: acd.CmdHangup, Call: e.Call})
			}
		case acd.EventSuggested:
			if random.IntN(2) == 0 {
				c.after(5*time.Second, acd.Command{Type: acd.CmdCallback, Call: e.Call})
			}
		case acd.EventOffered:
			pickUp := 2*time.Second + about(2*time.Second)
			switch {
			case e.Kind == acd.KindCallback && random.IntN(4) == 0:
				c.after(10*time.Second, acd.Command{Type: acd.CmdDecline, Offer: e.Offer, Party: "customer", Reason: acd.ReasonNoAnswer})
			case random.IntN(20) > 0: // else nobody is at the desk
				c.after(pickUp, acd.Command{Type: acd.CmdAccept, Offer: e.Offer})
			}
		case acd.EventConnected:
			if timer := patience[e.Call]; timer != nil {
				timer.Stop()
			}
			delete(patience, e.Call)
			c.after(15*time.Second+about(65*time.Second), acd.Command{Type: acd.CmdEnd, Call: e.Call})
		case acd.EventAgent:
			if e.State == acd.StateNotReady && e.Reason == acd.ReasonNoAnswer {
				c.after(30*time.Second, acd.Command{Type: acd.CmdReady, Agent: e.Agent})
			}
		case acd.EventAbandoned:
			delete(patience, e.Call)
		}
	}
}
