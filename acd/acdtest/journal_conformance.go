package acdtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/najimi-acd/najimi/acd"
)

// JournalConformance tests what [acd.Journal] asks of an implementation. open
// makes an empty journal, and reopen what another process finds of it after
// this one has died: it may close the journal first, but may not tell it to
// store anything. A journal in memory returns itself.
func JournalConformance(t *testing.T, open func(*testing.T) (j acd.Journal, reopen func() acd.Journal)) {
	for _, c := range []struct {
		name string
		test func(*journalTrial)
	}{
		{"an empty journal has nothing", func(j *journalTrial) {
			j.has(1)
			j.hasSnapshot(0, nil)
		}},
		{"records come back in order", func(j *journalTrial) {
			j.append(1, "a")
			j.append(2, "b", "c")
			j.append(4, "d")
			j.has(1, "a", "b", "c", "d")
			j.has(3, "c", "d")
			j.has(5)
			j.has(7)
		}},
		{"an empty frame changes nothing", func(j *journalTrial) {
			j.append(1, "a", "b")
			j.append(3)
			j.append(1)
			j.has(1, "a", "b")
		}},
		{"what is stored again is there once", func(j *journalTrial) {
			j.append(1, "a", "b")
			j.append(1, "a", "b")
			j.append(2, "b", "c")
			j.has(1, "a", "b", "c")
		}},
		{"records replace all from the first number on", func(j *journalTrial) {
			j.append(1, "a", "b", "c", "d")
			j.append(2, "x")
			j.has(1, "a", "x")
			j.append(3, "y")
			j.has(1, "a", "x", "y")
			j.append(1, "z")
			j.has(1, "z")
		}},
		{"a gap is an error and changes nothing", func(j *journalTrial) {
			j.refuses(2, "b")
			j.append(1, "a")
			j.refuses(3, "c")
			j.refuses(0, "o")
			j.has(1, "a")
		}},
		{"records may be long", func(j *journalTrial) {
			long := fmt.Sprintf("{%q:%q}", "x", bytes.Repeat([]byte("y"), 1<<18))
			j.append(1, "a", long, "b", `{"text":"馴染み \"\\ \u2028"}`)
			j.has(1, "a", long, "b", `{"text":"馴染み \"\\ \u2028"}`)
		}},
		{"there may be many records", func(j *journalTrial) {
			var all []string
			for i := range 200 {
				var frame []string
				for k := range 1 + i%7 {
					frame = append(frame, fmt.Sprintf("%d.%d", i, k))
				}
				j.append(uint64(len(all)+1), frame...)
				all = append(all, frame...)
			}
			j.has(1, all...)
			j.has(500, all[499:]...)
		}},
		{"a list can be left", func(j *journalTrial) {
			j.append(1, "a", "b", "c")
			for record, err := range j.Records(j.Context(), 1) {
				if string(record) != "a" || err != nil {
					j.Errorf("got %q, %v", record, err)
				}
				break
			}
			j.append(4, "d")
			j.has(1, "a", "b", "c", "d")
		}},
		{"the latest snapshot counts", func(j *journalTrial) {
			j.append(1, "a", "b", "c")
			j.save(2, "state\nof\x00two")
			j.hasSnapshot(2, []byte("state\nof\x00two"))
			j.has(3, "c")
			j.append(4, "d")
			j.save(4, "four")
			j.hasSnapshot(4, []byte("four"))
			j.has(5)
			j.append(5, "e")
			j.has(5, "e")
		}},
		{"a snapshot stands for records that never came", func(j *journalTrial) {
			j.append(1, "a", "b")
			j.save(9, "nine")
			j.refuses(11, "k")
			j.append(10, "j")
			j.has(10, "j")
			j.hasSnapshot(9, []byte("nine"))
		}},
		{"records below the snapshot come late and do no harm", func(j *journalTrial) {
			j.append(1, "a", "b")
			j.save(9, "nine")
			j.append(3, "c", "d")
			j.append(10, "j")
			j.has(10, "j")
		}},
		{"records are replaced up to the snapshot", func(j *journalTrial) {
			j.append(1, "a", "b", "c", "d")
			j.save(2, "two")
			j.append(3, "x")
			j.has(3, "x")
		}},
		{"append and snapshot run side by side", func(j *journalTrial) {
			j.append(1, "a")
			var both sync.WaitGroup
			both.Go(func() {
				for i := range uint64(50) {
					j.append(2+i, fmt.Sprint(i))
				}
			})
			both.Go(func() {
				for range 10 {
					j.save(1, "one")
				}
			})
			both.Wait()
			j.hasSnapshot(1, []byte("one"))
			var want []string
			for i := range 50 {
				want = append(want, fmt.Sprint(i))
			}
			j.has(2, want...)
		}},
		{"an end of context is told or too late", func(j *journalTrial) {
			ctx, cancel := context.WithCancel(j.Context())
			cancel()
			if j.Append(ctx, 1, [][]byte{[]byte("a")}) == nil {
				j.has(1, "a")
			}
			j.append(1, "b")
			j.has(1, "b")
			for record, err := range j.Records(ctx, 1) {
				if err != nil && !errors.Is(err, context.Canceled) {
					j.Errorf("got %q, %v", record, err)
				}
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			journal, reopen := open(t)
			c.test(&journalTrial{T: t, Journal: journal, reopen: reopen})
		})
	}
	t.Run("a router goes on where it was", func(t *testing.T) { journalCarriesRouter(t, open) })
}

// journalTrial is one test of one journal. Whatever is asked about it is asked
// twice, before and after it was opened again.
type journalTrial struct {
	*testing.T
	acd.Journal
	reopen func() acd.Journal
}

func (j *journalTrial) append(first uint64, texts ...string) {
	j.Helper()
	if err := j.tryAppend(first, texts); err != nil {
		j.Errorf("append %d: %v", first, err)
	}
}

func (j *journalTrial) refuses(first uint64, texts ...string) {
	j.Helper()
	if j.tryAppend(first, texts) == nil {
		j.Errorf("append %d: no error", first)
	}
}

func (j *journalTrial) tryAppend(first uint64, texts []string) error {
	records := make([][]byte, len(texts))
	for i, text := range texts {
		records[i] = []byte(text)
	}
	return j.Append(j.Context(), first, records)
}

func (j *journalTrial) has(from uint64, want ...string) {
	j.Helper()
	for _, when := range []string{"", " (opened again)"} {
		var got []string
		for record, err := range j.Records(j.Context(), from) {
			if err != nil {
				j.Fatalf("records from %d%s: %v", from, when, err)
			}
			got = append(got, string(record))
		}
		if !slices.Equal(got, want) {
			j.Fatalf("records from %d%s: got %.200q, want %.200q", from, when, got, want)
		}
		j.Journal = j.reopen()
	}
}

func (j *journalTrial) save(after uint64, state string) {
	j.Helper()
	if err := j.SaveSnapshot(j.Context(), after, []byte(state)); err != nil {
		j.Errorf("save snapshot %d: %v", after, err)
	}
}

func (j *journalTrial) hasSnapshot(after uint64, want []byte) {
	j.Helper()
	for range 2 {
		got, state, err := j.Snapshot(j.Context())
		if err != nil || got != after || !bytes.Equal(state, want) || (state == nil) != (want == nil) {
			j.Fatalf("snapshot: got %d, %q, %v; want %d, %q", got, state, err, after, want)
		}
		j.Journal = j.reopen()
	}
}

// journalCarriesRouter lets routers follow each other on one journal: each has
// the events of those before it.
func journalCarriesRouter(t *testing.T, open func(*testing.T) (acd.Journal, func() acd.Journal)) {
	journal, reopen := open(t)
	plan := acd.Plan{
		Entry:  []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support"}},
	}
	var told []string
	for day := range 3 {
		router, err := acd.Open(t.Context(), acd.Config{Plan: plan, Journal: journal, SnapshotEvery: -1})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			events, err := router.Do(t.Context(), acd.Command{Type: acd.CmdArrive, Call: fmt.Sprintf("c%d.%d", day, i)})
			if err != nil {
				t.Fatal(err)
			}
			for i := range events {
				told = append(told, string(events[i].AppendJSON(nil)))
			}
		}
		if err := router.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		var kept []string
		for e, err := range router.Events(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, string(e.AppendJSON(nil)))
		}
		if !slices.Equal(told, kept) {
			t.Fatalf("day %d:\ntold %s\nkept %s", day+1, strings.Join(told, "\n     "), strings.Join(kept, "\n     "))
		}
		journal = reopen()
	}
}
