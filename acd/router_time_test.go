package acd_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
)

// What falls due is told at its time, by nobody's command.
func TestRouterRunsTimers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		onDuty(t, r, "aya")
		start := time.Now()
		do(t, r, arrive("c1"))
		type line struct {
			Type  acd.EventType
			After time.Duration // as its time says
			Heard time.Duration // as a clock on the wall says
		}
		var got []line
		for e, err := range r.Events(t.Context(), r.Seq()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line{e.Type, e.At.Sub(start), time.Since(start)})
			if len(got) == 3 {
				break
			}
		}
		want := []line{
			{acd.EventWithdrawn, 15 * time.Second, 15 * time.Second},
			{acd.EventRequeued, 15 * time.Second, 15 * time.Second},
			{acd.EventAgent, 15 * time.Second, 15 * time.Second},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// An earlier deadline than the one it sleeps for wakes the Router.
func TestRouterMindsTheEarliestTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		onDuty(t, r, "aya")
		onDuty(t, r, "ken")
		do(t, r, arrive("c1"))
		do(t, r, acd.Command{Type: acd.CmdAccept, Offer: "o1"})
		do(t, r, acd.Command{Type: acd.CmdEnd, Call: "c1"}) // wraps up for 30s
		time.Sleep(time.Second)
		do(t, r, arrive("c2")) // rings for 15s
		before := r.Seq()
		time.Sleep(15*time.Second - 1)
		synctest.Wait()
		if r.Seq() != before {
			t.Errorf("%d events too early", r.Seq()-before)
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if got := r.Seq() - before; got != 3 { // withdrawn, requeued, agent
			t.Errorf("%d events at the end of the ringing", got)
		}
		time.Sleep(14 * time.Second)
		synctest.Wait()
		if got := r.Seq() - before; got != 5 { // agent, offered
			t.Errorf("%d events at the end of the wrap-up", got)
		}
	})
}

// Deadlines that passed while no router ran are met at once, at their own time.
func TestRouterCatchesUpAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := new(acd.MemoryJournal)
		first := openRouter(t, acd.Config{Journal: j})
		onDuty(t, first, "aya")
		do(t, first, arrive("c1"))
		start := time.Now().UTC()
		seq := first.Seq()
		if err := first.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		second := openRouter(t, acd.Config{Journal: j})
		synctest.Wait()
		if second.Seq() != seq+3 {
			t.Fatalf("%d events", second.Seq()-seq)
		}
		for e := range second.Events(t.Context(), seq) {
			if e.At.Sub(start) != 15*time.Second {
				t.Errorf("%s at %v", e.Type, e.At.Sub(start))
			}
			if e.Seq == seq+3 {
				break
			}
		}
	})
}
