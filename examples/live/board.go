package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// board is the wallboard, made from events alone. On a terminal it is drawn
// again and again; elsewhere it is a line now and then.
type board struct {
	out      io.Writer
	terminal bool
	speed    float64
	began    time.Time

	mu       sync.Mutex
	waiting  map[string]time.Time // calls in line and ringing, since when
	others   map[string]bool      // other calls without an outcome
	agents   map[string]string    // what each is doing
	pops     []string             // the latest screen pops
	answered int
	inTime   int // within 20s
	gaveUp   int
	called   int // callbacks booked
}

// The centre opens at nine.
var nine = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func newBoard(out io.Writer, terminal bool, speed float64) *board {
	return &board{
		out: out, terminal: terminal, speed: speed, began: time.Now(),
		waiting: make(map[string]time.Time), others: make(map[string]bool), agents: make(map[string]string),
	}
}

// felt is how long something took in the centre.
func (b *board) felt(d time.Duration) time.Duration {
	return time.Duration(float64(d) * b.speed).Round(time.Second)
}

// clock is the time on the centre's wall.
func (b *board) clock(at time.Time) string {
	return nine.Add(b.felt(at.Sub(b.began))).Format(time.TimeOnly)
}

// run draws until ctx ends.
func (b *board) run(ctx context.Context) {
	every := time.Duration(float64(30*time.Second) / b.speed)
	if b.terminal {
		every = 200 * time.Millisecond
	}
	ticks := time.NewTicker(max(every, time.Millisecond))
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			b.mu.Lock()
			b.draw()
			b.mu.Unlock()
		}
	}
}

// note learns from an event.
func (b *board) note(e *acd.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e.Type {
	case acd.EventQueued, acd.EventRequeued:
		if _, known := b.waiting[e.Call]; !known {
			b.waiting[e.Call] = e.At
		}
		delete(b.others, e.Call)
	case acd.EventOffered:
		b.agents[e.Agent] = "rings: " + e.Call
		b.pop(e)
	case acd.EventConnected:
		b.agents[e.Agent] = "talks: " + e.Call
		delete(b.waiting, e.Call)
		b.others[e.Call] = true
		b.answered++
		if b.felt(e.Waited) <= 20*time.Second {
			b.inTime++
		}
	case acd.EventAgent:
		b.agents[e.Agent] = strings.ReplaceAll(string(e.State), "_", " ")
	case acd.EventCallbackBooked:
		b.called++
	case acd.EventWithdrawn:
		if e.Reason == acd.ReasonNoAnswer { // a callback may rest now
			delete(b.waiting, e.Call)
			b.others[e.Call] = true
		}
	case acd.EventAbandoned, acd.EventCallbackFailed:
		b.gaveUp++
		fallthrough
	case acd.EventEnded:
		delete(b.waiting, e.Call)
		delete(b.others, e.Call)
	}
}

// pop is what an operator sees when the phone rings, so that nobody need ask.
func (b *board) pop(e *acd.Event) {
	c, who := e.Context, "unknown caller"
	switch {
	case c.Customer != "":
		who = c.Customer
	case c.Caller != "":
		who = c.Caller
	}
	var words []string
	say := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if c.Tier != "" {
		say("%s", c.Tier)
	}
	say("waited %v", b.felt(c.Waited))
	if e.Kind == acd.KindCallback {
		say("to be called back")
	}
	if e.Why.Reason == acd.ReasonSameAgent {
		say("knows %s from last time", e.Agent)
	}
	for _, key := range slices.Sorted(maps.Keys(c.Attributes)) {
		say("%s: %s", key, c.Attributes[key])
	}
	say("%s", c.Guide)
	text := fmt.Sprintf("%s  %s's screen: %s (%s)", b.clock(e.At), e.Agent, who, strings.Join(words, "; "))
	if !b.terminal {
		fmt.Fprintln(b.out, text)
	}
	b.pops = append(b.pops, text)
	b.pops = b.pops[max(0, len(b.pops)-6):]
}

func (b *board) draw() {
	if !b.terminal {
		fmt.Fprintln(b.out, b.summary())
		return
	}
	var text strings.Builder
	text.WriteString("\x1b[H\x1b[2J")
	fmt.Fprintf(&text, "%s\n\n", b.summary())
	for _, agent := range slices.Sorted(maps.Keys(b.agents)) {
		fmt.Fprintf(&text, "  %-5s %s\n", agent, b.agents[agent])
	}
	fmt.Fprintf(&text, "\n%s\n", strings.Join(b.pops, "\n"))
	io.WriteString(b.out, text.String())
}

func (b *board) summary() string {
	now := time.Now()
	longest := time.Duration(0)
	for _, since := range b.waiting {
		longest = max(longest, now.Sub(since))
	}
	count := func(prefix string) (n int) {
		for _, doing := range b.agents {
			if strings.HasPrefix(doing, prefix) {
				n++
			}
		}
		return n
	}
	percent := "-"
	if b.answered > 0 {
		percent = fmt.Sprintf("%d %%", 100*b.inTime/b.answered)
	}
	return fmt.Sprintf("%s  waiting %d, longest %v | talking %d, wrap-up %d, ready %d | answered %d, in 20s %s | gave up %d, callbacks %d",
		b.clock(now), len(b.waiting), b.felt(longest), count("talks"), count("wrap"), count(string(acd.StateReady)),
		b.answered, percent, b.gaveUp, b.called)
}

// live are the calls without an outcome.
func (b *board) live() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(union(b.waiting, b.others)))
}

func union(waiting map[string]time.Time, others map[string]bool) map[string]bool {
	all := maps.Clone(others)
	for call := range waiting {
		all[call] = true
	}
	return all
}

// finish says how the day was.
func (b *board) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	fmt.Fprintf(b.out, "\nThe day is over: %d answered, %d gave up, %d callbacks booked.\n", b.answered, b.gaveUp, b.called)
}
