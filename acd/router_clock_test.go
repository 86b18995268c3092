package acd

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A clock that is set back is held until it has caught up, and timers with it.
func TestRouterHoldsAClockThatGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var set atomic.Int64
		clock := func() time.Time { return time.Now().UTC().Add(time.Duration(set.Load())) }
		r, err := open(t.Context(), Config{Plan: Plan{
			Entry:  []Entry{{Queue: "support"}},
			Queues: []Queue{{Name: "support", Ring: new(15 * time.Second)}},
		}}, clock)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close(t.Context())
		told := func(cmd Command) time.Time {
			t.Helper()
			events, err := r.Do(t.Context(), cmd)
			if err != nil {
				t.Fatal(err)
			}
			return events[len(events)-1].At
		}
		told(Command{Type: CmdLogin, Agent: "aya"})
		told(Command{Type: CmdReady, Agent: "aya"})
		start := told(Command{Type: CmdArrive, Call: "c1"})
		set.Store(-int64(time.Minute))
		time.Sleep(10 * time.Second)
		if got := told(Command{Type: CmdArrive, Call: "c2"}).Sub(start); got != 0 {
			t.Errorf("held at %v", got)
		}
		before := r.Seq()
		time.Sleep(time.Minute + 5*time.Second - 1)
		synctest.Wait()
		if r.Seq() != before {
			t.Error("the ringing ended while the clock was held")
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if r.Seq() == before {
			t.Error("the ringing did not end when the clock had caught up")
		}
		if got := told(Command{Type: CmdArrive, Call: "c3"}).Sub(start); got != 15*time.Second {
			t.Errorf("then %v", got)
		}
	})
}
