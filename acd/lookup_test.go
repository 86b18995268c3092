package acd_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
)

func TestLookupFillsInWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []acd.Command
		j := new(acd.MemoryJournal)
		found := &acd.Found{Tier: "gold", Attributes: map[string]string{"plan": "pro"}}
		c := acd.Config{Journal: j, SnapshotEvery: -1, Lookup: func(ctx context.Context, cmd acd.Command) (*acd.Found, error) {
			asked = append(asked, cmd)
			time.Sleep(200 * time.Millisecond)
			return found, nil
		}}
		r := openRouter(t, c)
		onDuty(t, r, "aya")
		cmd := arrive("c1")
		cmd.Caller = "03-1234-5678"
		cmd.At = time.Now()
		events := do(t, r, cmd)
		if len(asked) != 1 || asked[0].Caller != cmd.Caller || asked[0].Call != "c1" {
			t.Errorf("asked %v", asked)
		}
		found.Attributes["plan"] = "changed"
		if events[0].Tier != "gold" || events[1].Context.Attributes["plan"] != "pro" || events[0].Warnings != nil {
			t.Errorf("got %+v", events[0])
		}
		if !events[0].At.Equal(cmd.At) {
			t.Errorf("arrived at %v, %v after the telephone rang", events[0].At, events[0].At.Sub(cmd.At))
		}
		// The same call told again is no other call, whatever is found now.
		found.Tier = ""
		if events := do(t, r, cmd); len(events) > 0 {
			t.Errorf("told again: %v", types(events))
		}
		// Whoever knows already need not ask.
		known := arrive("c2")
		known.Found = &acd.Found{Customer: "k2"}
		asked = nil
		do(t, r, known)
		if len(asked) > 0 {
			t.Error("asked about a caller who was known")
		}
		// A replay does not ask.
		live := tillNow(t, r)
		r.Close(t.Context())
		again := openRouter(t, c)
		if diff := cmp.Diff(live, tillNow(t, again)); diff != "" || len(asked) > 0 {
			t.Errorf("asked %v (-lived +replayed):\n%s", asked, diff)
		}
	})
}

// Whatever a look-up does, the call goes on within the budget.
func TestLookupFailsOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		defer close(forever)
		ways := map[string]func(context.Context) (*acd.Found, error){
			"lookup: no such host":            func(context.Context) (*acd.Found, error) { return nil, errors.New("no such host") },
			"lookup: panic: oh":               func(context.Context) (*acd.Found, error) { panic("oh") },
			"lookup: ended without an answer": func(context.Context) (*acd.Found, error) { runtime.Goexit(); return nil, nil },
			"lookup: no answer within 100ms":  func(context.Context) (*acd.Found, error) { <-forever; return nil, nil },
			"lookup: context deadline exceeded": func(ctx context.Context) (*acd.Found, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			},
			"": func(context.Context) (*acd.Found, error) { return nil, nil },
		}
		r := openRouter(t, acd.Config{LookupBudget: 100 * time.Millisecond, Lookup: func(ctx context.Context, cmd acd.Command) (*acd.Found, error) {
			return ways[cmd.Attributes["way"]](ctx)
		}})
		for way := range ways {
			start := time.Now()
			cmd := arrive("c" + way)
			cmd.Attributes = map[string]string{"way": way}
			events := do(t, r, cmd)
			if time.Since(start) > 100*time.Millisecond {
				t.Errorf("%s: took %v", way, time.Since(start))
			}
			got := strings.Join(events[0].Warnings, ", ")
			if got != way && (way != "lookup: context deadline exceeded" || got != "lookup: no answer within 100ms") {
				t.Errorf("got the warning %q, want %q", got, way)
			}
		}
	})
}

// Look-ups do not wait for each other, and do not hold up anything else; those
// that never return are bounded.
func TestLookupsRunSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		r := openRouter(t, acd.Config{Lookup: func(context.Context, acd.Command) (*acd.Found, error) {
			<-forever
			return nil, nil
		}})
		start := time.Now()
		var all sync.WaitGroup
		for i := range 1500 {
			all.Go(func() { do(t, r, arrive(fmt.Sprint("c", i))) })
		}
		synctest.Wait()
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		if time.Since(start) != 0 {
			t.Error("a command waited for look-ups")
		}
		if r.Seq() != 1500-1024 {
			t.Errorf("%d calls went on at once", r.Seq())
		}
		all.Wait()
		if time.Since(start) != 300*time.Millisecond {
			t.Errorf("took %v", time.Since(start))
		}
		if w := do(t, r, arrive("late"))[0].Warnings; len(w) != 1 || w[0] != "lookup: 1024 are under way already" {
			t.Errorf("warnings %q", w)
		}
		close(forever)
		synctest.Wait()
		if w := do(t, r, arrive("later"))[0].Warnings; w != nil {
			t.Errorf("warnings %q", w)
		}
	})
}

func TestArrivalIsGivenUpDuringItsLookup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{Lookup: func(ctx context.Context, _ acd.Command) (*acd.Found, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if _, err := r.Do(ctx, arrive("c1")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if r.Seq() != 0 {
			t.Error("the call arrived")
		}
	})
}
