package acd_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// recordsOf are all that a journal has.
func recordsOf(t *testing.T, j acd.Journal) (records [][]byte) {
	t.Helper()
	for record, err := range j.Records(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, record)
	}
	return records
}

// journalOf is a journal that has just these.
func journalOf(t *testing.T, records [][]byte) *acd.MemoryJournal {
	t.Helper()
	j := new(acd.MemoryJournal)
	if err := j.Append(t.Context(), 1, records); err != nil {
		t.Fatal(err)
	}
	return j
}

func asText(events []acd.Event) string {
	var text strings.Builder
	for i := range events {
		text.Write(append(events[i].AppendJSON(nil), '\n'))
	}
	return text.String()
}

// shadow is an Engine that is told what a journal has.
type shadow struct {
	engine *acd.Engine
	done   int    // records
	lived  string // the events as text
}

func (s *shadow) follow(t *testing.T, records [][]byte) {
	t.Helper()
	for ; s.done < len(records); s.done++ {
		cmd, err := acd.ParseCommand(records[s.done])
		if err != nil {
			t.Fatal(err)
		}
		if s.done == 0 {
			if s.engine, err = acd.New(*cmd.Plan); err != nil {
				t.Fatal(err)
			}
			continue
		}
		s.apply(cmd)
	}
}

func (s *shadow) apply(cmd acd.Command) {
	events, _ := s.engine.Apply(cmd)
	s.lived += asText(events)
}

// randomRun lets a router live through random commands, with a journal that
// fails now and then, and returns what the journal has in the end. It checks
// that the router's history is that of an Engine told the same.
func randomRun(t *testing.T, seed uint64, commands int, faults bool) [][]byte {
	draw := acdtest.Draw(rand.New(rand.NewPCG(seed, 0)).IntN)
	plan := acdtest.RandomPlan(draw)
	inner := new(acd.MemoryJournal)
	j := acdtest.NewFaultyJournal(inner)
	r := openRouter(t, acd.Config{Plan: plan, Journal: j, SnapshotEvery: -1})
	random := acdtest.NewRandom(plan, draw)
	var lived shadow
	for range commands {
		if faults && draw(10) == 0 {
			j.Set(acdtest.Fault{})
			if draw(2) == 0 {
				j.Set(acdtest.Fault{Err: errDisk, Stored: draw(3)})
			}
		}
		cmd := random.Next()
		if wait := time.Until(cmd.At); wait < 50*365*24*time.Hour {
			time.Sleep(wait) // in the bubble's time
			synctest.Wait()
		}
		events, err := r.Do(t.Context(), cmd)
		if _, failed := errors.AsType[*acd.JournalError](err); failed && (!faults || cmd.Type != acd.CmdArrive) {
			t.Fatalf("%+v: %v", cmd, err)
		}
		random.Saw(events)
		if !faults {
			lived.follow(t, recordsOf(t, inner))
			random.SetNext(lived.engine.Next())
		}
	}
	j.Set(acdtest.Fault{})
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	records := recordsOf(t, inner)
	lived.follow(t, records)
	if got := asText(kept(t, r)); got != lived.lived {
		t.Fatalf("seed %d: the router lived through other events than its journal tells:\n%s", seed, cmp.Diff(lived.lived, got))
	}
	return records
}

func TestRouterLivesThroughWhatItsJournalTells(t *testing.T) {
	for seed := range uint64(15) {
		for _, faults := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) { randomRun(t, seed, 150, faults) })
		}
	}
}

// After a crash at any record the next router knows all that was released, has
// the same events for subscribers, and goes on like an Engine that never
// stopped.
func TestRouterGoesOnAfterACrashAtAnyRecord(t *testing.T) {
	for seed := range uint64(4) {
		synctest.Test(t, func(t *testing.T) {
			records := randomRun(t, seed, 100, seed%2 == 1)
			for n := 1; n <= len(records); n++ {
				var engine shadow
				engine.follow(t, records[:n])
				due, hasDue := engine.engine.Next()
				r := openRouter(t, acd.Config{Plan: acd.Plan{Queues: []acd.Queue{}}, Journal: journalOf(t, records[:n]), SnapshotEvery: -1})
				synctest.Wait()
				if now := time.Now(); hasDue && !due.After(now) {
					engine.apply(acd.Command{Type: acd.CmdAdvance, At: now})
				}
				for i := range 3 {
					cmd := arrive(fmt.Sprint("new", i))
					cmd.At = time.Now()
					engine.apply(cmd)
					r.Do(t.Context(), cmd)
				}
				if due, hasDue := engine.engine.Next(); hasDue {
					time.Sleep(time.Until(due))
					synctest.Wait()
					engine.apply(acd.Command{Type: acd.CmdAdvance, At: due})
				}
				if err := r.Close(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := asText(kept(t, r)); got != engine.lived {
					t.Fatalf("seed %d, crash after record %d:\n%s", seed, n, cmp.Diff(engine.lived, got))
				}
			}
		})
	}
}

func TestOpenRefusesADamagedJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good := randomRun(t, 1, 20, false)
		for want, spoil := range map[string]func([][]byte) [][]byte{
			"record 1: the first is not the plan": func(r [][]byte) [][]byte { return r[1:] },
			"record 3: refused: malformed": func(r [][]byte) [][]byte {
				return append(r[:2:2], r[2][:len(r[2])/2])
			},
			"record 22: refused: time_backwards": func(r [][]byte) [][]byte {
				return append(r[:21:21], []byte(`{"type":"advance","at":"1999-01-01T00:00:00Z"}`))
			},
			"record 2: refused: bad_plan": func(r [][]byte) [][]byte {
				return append(r[:1:1], []byte(`{"type":"plan","at":"2026-04-01T00:00:00Z","plan":{}}`))
			},
		} {
			_, err := acd.Open(t.Context(), acd.Config{Journal: journalOf(t, spoil(good))})
			if _, ok := errors.AsType[*acd.JournalError](err); !ok || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	})
}

// Another plan at a restart is a plan change like any other.
func TestRestartWithAnotherPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := new(acd.MemoryJournal)
		open := func(c acd.Config) *acd.Router {
			t.Helper()
			c.Journal, c.SnapshotEvery = j, -1
			r, err := acd.Open(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		r := open(acd.Config{Plan: routerPlan()})
		do(t, r, arrive("c1"))
		r.Close(t.Context())

		r = open(acd.Config{Plan: routerPlan()})
		r.Close(t.Context())
		if n := len(recordsOf(t, j)); n != 2 {
			t.Errorf("%d records, want the plan and c1: the same plan changes nothing", n)
		}

		other := routerPlan()
		other.Queues[0].Ring = new(5 * time.Second)
		r = open(acd.Config{Plan: other})
		r.Close(t.Context())
		r = open(acd.Config{}) // that of the journal
		onDuty(t, r, "aya")
		events := tillNow(t, r)
		last := events[len(events)-1]
		if last.Type != acd.EventOffered || last.Call != "c1" || last.Until.Sub(last.At) != 5*time.Second {
			t.Errorf("got %+v", last)
		}
		r.Close(t.Context())

		gone := acd.Plan{Entry: []acd.Entry{{Queue: "sales"}}, Queues: []acd.Queue{{Name: "sales"}}}
		_, err := acd.Open(t.Context(), acd.Config{Plan: gone, Journal: j, SnapshotEvery: -1})
		if refused, ok := errors.AsType[*acd.Refused](err); !ok || refused.Code != acd.CodeBadPlan {
			t.Errorf("a plan without the queue of c1: %v", err)
		}
		open(acd.Config{Plan: other}).Close(t.Context()) // and nothing is broken
	})
}

// A journal that fails while a router opens is told of.
func TestOpenTellsOfItsJournal(t *testing.T) {
	j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
	j.Set(acdtest.Fault{Err: errDisk})
	_, err := acd.Open(t.Context(), acd.Config{Plan: routerPlan(), Journal: j})
	if _, ok := errors.AsType[*acd.JournalError](err); !ok || !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

// A restart from a snapshot and the records after it, and one from all records,
// go on alike.
func TestSnapshotStandsForItsRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := new(acd.MemoryJournal)
		j := acdtest.NewFaultyJournal(inner)
		r := openRouter(t, acd.Config{Journal: j, SnapshotEvery: 10})
		var lived []acd.Event
		live := func(cmd acd.Command) { lived = append(lived, do(t, r, cmd)...) }
		for i := range 9 { // with the plan 10 records
			live(arrive(fmt.Sprint("c", i)))
			if i < 8 && j.Snapshots() > 0 {
				t.Fatalf("a snapshot after %d records", i+2)
			}
		}
		synctest.Wait()
		if after, _, _ := j.Snapshot(t.Context()); after != 10 {
			t.Fatalf("the snapshot stands for %d records", after)
		}
		live(acd.Command{Type: acd.CmdLogin, Agent: "aya", Skills: acd.Skills{"support": 1}})
		live(acd.Command{Type: acd.CmdReady, Agent: "aya"})
		crashed := openRouter(t, acd.Config{Journal: inner})
		if got := crashed.Seq(); got != uint64(len(lived)) {
			t.Errorf("%d events, want %d", got, len(lived))
		}
		want := []string{"fell behind: events 1 to 9 are no longer kept", "10", "11", "12"}
		if diff := cmp.Diff(want, heard(crashed.Events(t.Context(), 0), 4)); diff != "" {
			t.Error(diff)
		}
		accept := acd.Command{Type: acd.CmdAccept, Offer: "o1"}
		if diff := cmp.Diff(do(t, r, accept), do(t, crashed, accept)); diff != "" {
			t.Errorf("(-live +crashed):\n%s", diff)
		}
		r.Close(t.Context())
		if after, _, _ := j.Snapshot(t.Context()); after != 13 {
			t.Errorf("at the close the snapshot stands for %d records", after)
		}
	})
}
