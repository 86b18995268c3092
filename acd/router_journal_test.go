package acd_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

var errDisk = errors.New("disk full")

// A failing journal stops new calls; who is on the telephone does not notice,
// and nothing of it is missing in the journal in the end.
func TestRouterKeepsLiveCallsWhenTheJournalFails(t *testing.T) {
	for name, fault := range map[string]acdtest.Fault{
		"nothing stored":       {Err: errDisk},
		"stored all the same":  {Err: errDisk, Stored: 1 << 20},
		"the beginning stored": {Err: errDisk, Stored: 1},
		"panic":                {Panic: errDisk, Stored: 1},
		"hangs":                {Wait: make(chan struct{})},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if fault.Wait != nil {
					fault.Wait = make(chan struct{}) // one of this bubble
				}
				inner := new(acd.MemoryJournal)
				j := acdtest.NewFaultyJournal(inner)
				r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: -1})
				onDuty(t, r, "aya")
				do(t, r, arrive("c1"))

				j.Set(fault)
				wantJournalError(t, r, arrive("c2"))
				before := time.Now()
				do(t, r, acd.Command{Type: acd.CmdAccept, Offer: "o1"})
				do(t, r, arrive("c1")) // told again
				wantJournalError(t, r, arrive("c3"))
				time.Sleep(3 * time.Second)
				do(t, r, acd.Command{Type: acd.CmdEnd, Call: "c1"})
				time.Sleep(30 * time.Second) // the wrap-up ends by itself
				synctest.Wait()
				if waited := time.Since(before) - 33*time.Second; waited != 0 {
					t.Errorf("commands waited %v for a journal that fails", waited)
				}
				health := r.Health()
				if health.Err == nil || health.Waiting < 4 || health.Incomplete {
					t.Errorf("health %+v", health)
				}

				j.Set(acdtest.Fault{})
				time.Sleep(6 * time.Second)
				synctest.Wait()
				if health := r.Health(); health != (acd.Health{}) {
					t.Errorf("health after: %+v", health)
				}
				if events := do(t, r, arrive("c4")); len(events) != 2 {
					t.Errorf("aya is free, but: %v", types(events))
				}
				live, seq := tillNow(t, r), r.Seq()
				again := openRouter(t, acd.Config{Journal: inner, SnapshotEvery: -1})
				if diff := cmp.Diff(live, tillNow(t, again)[:seq]); diff != "" {
					t.Errorf("(-lived +replayed):\n%s", diff)
				}
			})
		})
	}
}

func wantJournalError(t *testing.T, r *acd.Router, cmd acd.Command) {
	t.Helper()
	_, err := r.Do(t.Context(), cmd)
	if _, ok := errors.AsType[*acd.JournalError](err); !ok {
		t.Errorf("%s: got %v", cmd.Type, err)
	}
}

// tillNow are the events so far.
func tillNow(t *testing.T, r *acd.Router) (events []acd.Event) {
	t.Helper()
	if r.Seq() == 0 {
		return nil
	}
	for e, err := range r.Events(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if events = append(events, e); e.Seq == r.Seq() {
			break
		}
	}
	return events
}

// Of commands that were stored together and failed together, only new calls
// are refused.
func TestRouterRefusesOnlyNewCallsOfAFailedFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour, SnapshotEvery: -1})
		onDuty(t, r, "aya")
		slow := make(chan struct{})
		j.Set(acdtest.Fault{Wait: slow})
		go r.Do(t.Context(), acd.Command{Type: acd.CmdAdvance})
		synctest.Wait()
		j.Set(acdtest.Fault{Err: errDisk, Stored: 2})
		results := make(chan string, 3)
		for _, cmd := range []acd.Command{arrive("c1"), arrive("c2"), {Type: acd.CmdNotReady, Agent: "aya"}} {
			go func() {
				events, err := r.Do(t.Context(), cmd)
				_, journal := errors.AsType[*acd.JournalError](err)
				results <- fmt.Sprintf("%s%s: refused %v, events %v", cmd.Type, cmd.Call, journal, types(events))
			}()
			synctest.Wait()
		}
		close(slow)
		got := []string{<-results, <-results, <-results}
		slices.Sort(got)
		want := []string{
			"arrivec1: refused true, events []", "arrivec2: refused true, events []", "not_ready: refused false, events [agent]",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		j.Set(acdtest.Fault{})
		time.Sleep(2 * time.Second)
		synctest.Wait()
		again := openRouter(t, acd.Config{Journal: inner, SnapshotEvery: -1})
		if diff := cmp.Diff(tillNow(t, r), tillNow(t, again)); diff != "" {
			t.Errorf("(-lived +replayed):\n%s", diff)
		}
	})
}

// The journal is tried after 50ms, 100ms, ... and then once a second, however
// much goes on.
func TestRouterTriesAgainMoreAndMoreSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j})
		j.Set(acdtest.Fault{Err: errDisk})
		before, start := j.Appends(), time.Now()
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		var tries []time.Duration
		for seen := j.Appends(); time.Since(start) < 5*time.Second; time.Sleep(25 * time.Millisecond) {
			do(t, r, acd.Command{Type: acd.CmdAdvance})
			synctest.Wait()
			if n := j.Appends(); n > seen {
				seen = n
				tries = append(tries, time.Since(start)/time.Millisecond)
			}
		}
		if before == j.Appends() {
			t.Fatal("never tried")
		}
		if diff := cmp.Diff([]time.Duration{50, 150, 350, 750, 1550, 2550, 3550, 4550}, tries); diff != "" {
			t.Error(diff)
		}
	})
}

// A journal that hangs, whatever its context says, hangs alone.
func TestRouterDoesNotHangWithItsJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: 2 * time.Second, SnapshotEvery: -1})
		stuck := make(chan struct{})
		j.Set(acdtest.Fault{Wait: stuck, Deaf: true})
		start := time.Now()
		wantJournalError(t, r, arrive("c1"))
		if got := time.Since(start); got != 2*time.Second {
			t.Errorf("refused after %v", got)
		}
		time.Sleep(time.Minute)
		onDuty(t, r, "aya")
		if got := time.Since(start); got != 2*time.Second+time.Minute {
			t.Errorf("a command waited: %v", got)
		}
		j.Set(acdtest.Fault{})
		close(stuck) // and c1 is stored after all
		synctest.Wait()
		if health := r.Health(); health.Err != nil {
			t.Errorf("health %+v", health)
		}
		if events := do(t, r, arrive("c2")); len(events) != 2 {
			t.Errorf("got %v", types(events))
		}
		again := openRouter(t, acd.Config{Journal: inner, SnapshotEvery: -1})
		if diff := cmp.Diff(tillNow(t, r), tillNow(t, again)); diff != "" {
			t.Errorf("(-lived +replayed):\n%s", diff)
		}
	})
}

// When a call is refused because its Append failed, and nothing else is told,
// the journal forgets that call before new ones are taken.
func TestRefusedArrivalLeavesTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: -1})
		j.Set(acdtest.Fault{Err: errDisk, Stored: 1})
		wantJournalError(t, r, arrive("c1"))
		j.Set(acdtest.Fault{})
		time.Sleep(50 * time.Millisecond)
		synctest.Wait()
		if r.Health().Err != nil {
			t.Error("not tried again")
		}
		again := openRouter(t, acd.Config{Journal: inner, SnapshotEvery: -1})
		if again.Seq() != 0 {
			t.Errorf("a restart knows: %v", tillNow(t, again))
		}
	})
}

func TestCloseTellsWhatWasNotStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, mended := range []bool{true, false} {
			j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
			r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: -1})
			j.Set(acdtest.Fault{Err: errDisk})
			onDuty(t, r, "aya")
			if mended {
				j.Set(acdtest.Fault{})
			}
			err := r.Close(context.Background())
			if mended != (err == nil) || !mended && !errors.Is(err, errDisk) {
				t.Errorf("mended %v: %v", mended, err)
			}
		}
	})
}

func TestOnHealthIsToldAndCannotHarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		told := make(chan acd.Health, 9)
		var r *acd.Router
		r = openRouter(t, acd.Config{Journal: j, OnHealth: func(h acd.Health) {
			r.Health() // as it holds no lock
			told <- h
			panic("no matter")
		}})
		start := time.Now().UTC()
		j.Set(acdtest.Fault{Err: errDisk})
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		synctest.Wait()
		if h := <-told; !errors.Is(h.Err, errDisk) || !h.Since.Equal(start) {
			t.Errorf("told %+v", h)
		}
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		j.Set(acdtest.Fault{})
		time.Sleep(time.Second)
		synctest.Wait()
		if h := <-told; h != (acd.Health{}) {
			t.Errorf("then told %+v", h)
		}
		if len(told) > 0 {
			t.Errorf("and then %+v", <-told)
		}
	})
}

// What cannot wait any more is lost to a restart, and said to be.
func TestRouterGoesOnWhenTheBacklogOverflows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, Backlog: 1000})
		do(t, r, arrive("c0"))
		j.Set(acdtest.Fault{Err: errDisk})
		j.SetSnapshot(errDisk)
		for i := range 100 {
			do(t, r, acd.Command{Type: acd.CmdLogin, Agent: fmt.Sprint("a", i)})
		}
		synctest.Wait()
		if h := r.Health(); !h.Incomplete || h.Err == nil || h.Waiting > 10 {
			t.Errorf("health %+v", h)
		}
		crashed := openRouter(t, acd.Config{Journal: inner})
		if got := crashed.Seq(); got != 1 {
			t.Errorf("a restart knows %d events, want that of c0 alone", got)
		}
		wantJournalError(t, r, arrive("c1"))
		time.Sleep(time.Minute)
		j.Set(acdtest.Fault{}) // records alone do not help
		time.Sleep(time.Minute)
		wantJournalError(t, r, arrive("c1"))
		do(t, r, acd.Command{Type: acd.CmdReady, Agent: "a7"})

		j.SetSnapshot(nil)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if h := r.Health(); h != (acd.Health{}) {
			t.Errorf("health after: %+v", h)
		}
		do(t, r, acd.Command{Type: acd.CmdLogout, Agent: "a8"})
		seq := r.Seq()
		again := openRouter(t, acd.Config{Journal: inner})
		if got := again.Seq(); got != seq {
			t.Errorf("a restart knows %d events of %d", got, seq)
		}
		if diff := cmp.Diff(do(t, r, arrive("c1")), do(t, again, arrive("c1"))); diff != "" {
			t.Errorf("(-live +restarted):\n%s", diff)
		}
	})
}

// Calls that were refused are not in the journal after a snapshot has mended it
// either, even if it had stored them.
func TestRefusedArrivalsLeaveTheJournalWithASnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, AppendBudget: time.Hour, Backlog: 1})
		slow := make(chan struct{})
		j.Set(acdtest.Fault{Wait: slow})
		go r.Do(t.Context(), acd.Command{Type: acd.CmdAdvance})
		synctest.Wait()
		for i := range 5 { // one frame
			go wantJournalError(t, r, arrive(fmt.Sprint("c", i)))
		}
		synctest.Wait()
		j.Set(acdtest.Fault{Err: errDisk, Stored: 5})
		close(slow)
		synctest.Wait()
		if h := r.Health(); !h.Incomplete {
			t.Fatalf("health %+v", h)
		}
		j.Set(acdtest.Fault{})
		time.Sleep(time.Second)
		synctest.Wait()
		if h := r.Health(); h != (acd.Health{}) {
			t.Errorf("health after: %+v", h)
		}
		if again := openRouter(t, acd.Config{Journal: inner}); again.Seq() != 0 {
			t.Errorf("a restart knows: %v", tillNow(t, again))
		}
	})
}

// A snapshot that is not saved is told of, and new calls are taken all the same.
func TestRouterGoesOnWithoutItsSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: 5})
		j.SetSnapshot(errDisk)
		arriveMany(t, r, 20)
		synctest.Wait()
		if h := r.Health(); h.Err != nil || h.SnapshotErr != errDisk {
			t.Errorf("health %+v", h)
		}
		if tried := j.Snapshots(); tried < 1 || tried > 4 { // of 21 records
			t.Errorf("%d tries", tried)
		}
		j.SetSnapshot(nil)
		arriveMany(t, r, 5)
		synctest.Wait()
		if h := r.Health(); h != (acd.Health{}) {
			t.Errorf("health after: %+v", h)
		}
		j.SetSnapshot(errDisk)
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		if err := r.Close(t.Context()); !errors.Is(err, errDisk) {
			t.Errorf("close: %v", err)
		}
	})
}
