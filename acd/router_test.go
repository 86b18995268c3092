package acd_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// routerPlan rings for 15s and wraps up for 30s.
func routerPlan() acd.Plan {
	return acd.Plan{
		Tiers: []acd.Tier{{Name: "gold", HeadStart: time.Minute}},
		Entry: []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{
			Name: "support", Ring: new(15 * time.Second), WrapUp: 30 * time.Second,
			Steps: []acd.Step{{Needs: acd.Skills{"support": 1}}},
		}},
	}
}

func openRouter(t *testing.T, c acd.Config) *acd.Router {
	t.Helper()
	if c.Plan.Queues == nil {
		c.Plan = routerPlan()
	}
	r, err := acd.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(context.Background()) })
	return r
}

// do carries a command out that must succeed.
func do(t *testing.T, r *acd.Router, cmd acd.Command) []acd.Event {
	t.Helper()
	events, err := r.Do(t.Context(), cmd)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Type, err)
	}
	return events
}

func arrive(call string) acd.Command { return acd.Command{Type: acd.CmdArrive, Call: call} }

// onDuty logs an agent in who can take any call of routerPlan.
func onDuty(t *testing.T, r *acd.Router, agent string) {
	t.Helper()
	do(t, r, acd.Command{Type: acd.CmdLogin, Agent: agent, Skills: acd.Skills{"support": 5}})
	do(t, r, acd.Command{Type: acd.CmdReady, Agent: agent})
}

// kept are the events that a closed router has for subscribers.
func kept(t *testing.T, r *acd.Router) []acd.Event {
	t.Helper()
	var events []acd.Event
	for e, err := range r.Events(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

func types(events []acd.Event) (list []acd.EventType) {
	for _, e := range events {
		list = append(list, e.Type)
	}
	return list
}

func TestRouterTellsCallerAndSubscribersTheSame(t *testing.T) {
	r := openRouter(t, acd.Config{})
	var told []acd.Event
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "aya", Skills: acd.Skills{"support": 5}},
		{Type: acd.CmdReady, Agent: "aya"},
		arrive("c1"),
		{Type: acd.CmdAccept, Offer: "o1"},
		{Type: acd.CmdEnd, Call: "c1"},
	} {
		told = append(told, do(t, r, cmd)...)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(told, kept(t, r)); diff != "" {
		t.Errorf("(-told +kept):\n%s", diff)
	}
	want := []acd.EventType{"agent", "agent", "queued", "offered", "connected", "ended", "agent"}
	if diff := cmp.Diff(want, types(told)); diff != "" {
		t.Error(diff)
	}
	if got := r.Seq(); got != uint64(len(told)) {
		t.Errorf("seq %d of %d events", got, len(told))
	}
}

func TestRouterRefusesAsTheEngineDoes(t *testing.T) {
	j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
	r := openRouter(t, acd.Config{Journal: j})
	before := j.Appends()
	for _, c := range []struct {
		cmd  acd.Command
		want acd.Code
	}{
		{acd.Command{Type: "sing"}, acd.CodeMalformed},
		{arrive("\xff"), acd.CodeBadID},
		{arrive(""), acd.CodeBadID},
		{acd.Command{Type: acd.CmdLogin, Agent: "a", Skills: acd.Skills{"x": 11}}, acd.CodeBadValue},
	} {
		_, err := r.Do(t.Context(), c.cmd)
		if refused, ok := errors.AsType[*acd.Refused](err); !ok || refused.Code != c.want {
			t.Errorf("%v: got %v, want %s", c.cmd, err, c.want)
		}
	}
	if j.Appends() != before {
		t.Error("what makes no sense was stored")
	}
	_, err := r.Do(t.Context(), acd.Command{Type: acd.CmdReady, Agent: "nobody"})
	if refused, ok := errors.AsType[*acd.Refused](err); !ok || refused.Code != acd.CodeUnknownAgent {
		t.Errorf("got %v", err)
	}
}

func TestRouterKeepsItsOwnCopyOfACommand(t *testing.T) {
	r := openRouter(t, acd.Config{})
	onDuty(t, r, "aya")
	cmd := arrive("c1")
	cmd.Attributes = map[string]string{"menu": "2"}
	events := do(t, r, cmd)
	cmd.Attributes["menu"] = "changed"
	if got := events[1].Context.Attributes["menu"]; got != "2" {
		t.Errorf("the offer shows %q", got)
	}
}

func TestRouterMovesTimesAsFarAsNeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		start := time.Now().UTC()
		at := func(d time.Duration, given time.Time) {
			t.Helper()
			events := do(t, r, acd.Command{Type: acd.CmdLogin, Agent: fmt.Sprint(d, given), At: given})
			if got := events[0].At.Sub(start); got != d {
				t.Errorf("given %v: happened after %v, want %v", given.Sub(start), got, d)
			}
		}
		at(0, time.Time{})
		time.Sleep(10 * time.Second)
		at(4*time.Second, start.Add(4*time.Second))
		at(4*time.Second, start.Add(2*time.Second))
		at(4*time.Second, start.AddDate(-500, 0, 0))
		at(6*time.Second, start.Add(6*time.Second).In(time.FixedZone("JST", 9*3600)))
		at(10*time.Second, start.Add(time.Hour))
		at(10*time.Second, start.AddDate(9000, 0, 0))
		at(10*time.Second, start.Add(6*time.Second))
		time.Sleep(time.Second)
		at(11*time.Second, time.Time{})
	})
}

// While one Append is under way the commands that come gather for the next.
func TestRouterStoresCommandsTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour})
		before := j.Appends()
		slow := make(chan struct{})
		j.Set(acdtest.Fault{Wait: slow})
		var all sync.WaitGroup
		for i := range 2000 {
			all.Go(func() { do(t, r, arrive(fmt.Sprint("c", i))) })
			if i == 0 {
				synctest.Wait()
			}
		}
		synctest.Wait()
		if r.Seq() != 0 {
			t.Error("events came before the journal had the command")
		}
		close(slow)
		all.Wait()
		if got := j.Appends() - before; got != 5 { // 1 and then 511 at a time
			t.Errorf("%d appends for 2000 commands", got)
		}
		if r.Seq() != 2000 {
			t.Errorf("%d events", r.Seq())
		}
	})
}

func TestRouterGivesUpACommandThatIsNotOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour})
		slow := make(chan struct{})
		j.Set(acdtest.Fault{Wait: slow})
		ctx, cancel := context.WithCancel(t.Context())
		results := make(chan string, 2)
		for _, call := range []string{"c1", "c2"} {
			go func() {
				_, err := r.Do(ctx, arrive(call))
				results <- fmt.Sprint(call, " ", err)
			}()
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		if got := <-results; got != "c2 context canceled" {
			t.Errorf("first: %s", got)
		}
		close(slow)
		if got := <-results; got != "c1 <nil>" {
			t.Errorf("then: %s", got)
		}
		if _, err := r.Do(ctx, arrive("c3")); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end of its context: %v", err)
		}
		if r.Seq() != 1 {
			t.Errorf("%d events, want c1 queued alone", r.Seq())
		}
	})
}

// However many tell it things, what comes of it is one history: that of an
// Engine told the same in the journal's order.
func TestRouterServesManyAtOnce(t *testing.T) {
	j := new(acd.MemoryJournal)
	r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: -1})
	var all sync.WaitGroup
	var mu sync.Mutex
	told := map[uint64]acd.Event{}
	for s := range 4 { // subscribers, of whom two leave, one of them by a panic
		go func() {
			defer func() { recover() }()
			next := uint64(1)
			for e, err := range r.Events(t.Context(), 0) {
				if err != nil || e.Seq != next {
					t.Errorf("subscriber %d: got %d, %v, want %d", s, e.Seq, err, next)
				}
				switch next++; {
				case s == 0 && next > 100:
					return
				case s == 1 && next > 200:
					panic("gone")
				}
			}
		}()
	}
	for g := range 8 {
		all.Go(func() {
			agent := fmt.Sprint("a", g)
			note := func(cmd acd.Command) []acd.Event {
				events, err := r.Do(t.Context(), cmd)
				if err != nil {
					if _, ok := errors.AsType[*acd.Refused](err); !ok {
						t.Error(err)
					}
				}
				mu.Lock()
				defer mu.Unlock()
				for _, e := range events {
					told[e.Seq] = e
				}
				return events
			}
			note(acd.Command{Type: acd.CmdLogin, Agent: agent, Skills: acd.Skills{"support": 1}})
			for i := range 100 {
				note(acd.Command{Type: acd.CmdReady, Agent: agent})
				for _, e := range note(arrive(fmt.Sprintf("%d.%d", g, i))) {
					if e.Type == acd.EventOffered {
						note(acd.Command{Type: acd.CmdAccept, Offer: e.Offer})
						note(acd.Command{Type: acd.CmdEnd, Call: e.Call})
						note(acd.Command{Type: acd.CmdWrapUp, Agent: e.Agent})
					}
				}
			}
		})
	}
	all.Wait()
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	events := kept(t, r)
	for i, e := range events {
		if e.Seq != uint64(i+1) {
			t.Fatalf("event %d has the number %d", i+1, e.Seq)
		}
		if mine, ok := told[e.Seq]; ok && !cmp.Equal(mine, e) {
			t.Fatalf("told %v, kept %v", mine, e)
		}
	}
	again := openRouter(t, acd.Config{Journal: j, SnapshotEvery: -1})
	again.Close(t.Context())
	if replayed := kept(t, again); !cmp.Equal(events, replayed[:len(events)]) {
		t.Error("a replay gives other events")
	}
}

func TestClosedRouterTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour})
		slow := make(chan struct{})
		j.Set(acdtest.Fault{Wait: slow})
		results := make(chan string, 9)
		for _, call := range []string{"c1", "c2"} { // on its way, and waiting
			go func() {
				_, err := r.Do(t.Context(), arrive(call))
				results <- fmt.Sprint(call, " ", err)
			}()
			synctest.Wait()
		}
		for range 2 {
			go func() { results <- fmt.Sprint("close ", r.Close(t.Context())) }()
		}
		synctest.Wait()
		if _, err := r.Do(t.Context(), arrive("c3")); err != acd.ErrClosed {
			t.Errorf("a command while it closes: %v", err)
		}
		if len(results) > 0 {
			t.Errorf("too early: %s", <-results)
		}
		close(slow)
		var got []string
		for range 4 {
			got = append(got, <-results)
		}
		slices.Sort(got)
		if diff := cmp.Diff([]string{"c1 <nil>", "c2 <nil>", "close <nil>", "close <nil>"}, got); diff != "" {
			t.Error(diff)
		}
		if _, err := r.Do(t.Context(), arrive("c4")); err != acd.ErrClosed {
			t.Errorf("a command after it closed: %v", err)
		}
	})
}

func TestCloseEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour})
		stuck := make(chan struct{})
		j.Set(acdtest.Fault{Wait: stuck})
		done := make(chan error, 1)
		go func() {
			_, err := r.Do(t.Context(), arrive("c1"))
			done <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := r.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if _, ok := errors.AsType[*acd.JournalError](<-done); !ok {
			t.Error("the call under way was not refused")
		}
	})
}

func TestOpenTellsAllThatIsWrong(t *testing.T) {
	_, err := acd.Open(t.Context(), acd.Config{
		LookupBudget: -1, AppendBudget: -1, Backlog: -1, History: -1, Plan: acd.Plan{Queues: []acd.Queue{{}}},
	})
	for _, want := range []string{"LookupBudget", "AppendBudget", "Backlog", "History", "entry"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not tell of %s", err, want)
		}
	}
	if _, err := acd.Open(t.Context(), acd.Config{}); err == nil {
		t.Error("a router without a plan")
	}
	if _, err := acd.Open(t.Context(), acd.Config{Journal: new(acd.MemoryJournal)}); err == nil {
		t.Error("a router without a plan anywhere")
	}
}
