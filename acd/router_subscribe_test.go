package acd_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd"
)

// What a subscriber was given, one word an item.
func heard(items iter.Seq2[acd.Event, error], most int) (words []string) {
	if most == 0 {
		return nil
	}
	for e, err := range items {
		word := fmt.Sprint(e.Seq)
		if err != nil {
			word = err.Error()
		}
		if words = append(words, word); len(words) == most {
			break
		}
	}
	return words
}

func arriveMany(t *testing.T, r *acd.Router, n int) {
	t.Helper()
	for range n {
		do(t, r, arrive(fmt.Sprint("c", r.Seq()+1)))
	}
}

// Who has seen the first so many events goes on with the next.
func TestSubscribersGoOnWhereTheyWere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		arriveMany(t, r, 200)
		for _, after := range []uint64{0, 1, 63, 64, 150, 199} {
			got := heard(r.Events(t.Context(), after), int(200-after))
			for i, word := range got {
				if want := fmt.Sprint(after + uint64(i) + 1); word != want {
					t.Fatalf("after %d: item %d is %s", after, i, word)
				}
			}
		}
		done := make(chan []string)
		go func() { done <- heard(r.Events(t.Context(), 199), -1) }()
		synctest.Wait()
		arriveMany(t, r, 2)
		synctest.Wait()
		r.Close(t.Context())
		if diff := cmp.Diff([]string{"200", "201", "202"}, <-done); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"201", "202"}, heard(r.Events(t.Context(), 200), -1)); diff != "" {
			t.Errorf("after it closed: %s", diff)
		}
	})
}

func TestSubscriberWhoFellBehindIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{History: 10})
		arriveMany(t, r, 25)
		want := []string{"fell behind: events 1 to 15 are no longer kept", "16", "17"}
		if diff := cmp.Diff(want, heard(r.Events(t.Context(), 0), 3)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(want[:1], heard(r.Events(t.Context(), 0), 1)); diff != "" {
			t.Error(diff)
		}
		// One that falls behind between two events.
		var got []string
		for e, err := range r.Events(t.Context(), 15) {
			if f, ok := errors.AsType[*acd.FellBehind](err); ok {
				got = append(got, fmt.Sprint(f.From, "-", f.To))
				continue
			}
			got = append(got, fmt.Sprint(e.Seq))
			if len(got) == 1 {
				arriveMany(t, r, 20) // 45 in all; what was fetched may still come
			}
			if e.Seq == 45 {
				break
			}
		}
		want = []string{"16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26-35"}
		for i := 36; i <= 45; i++ {
			want = append(want, fmt.Sprint(i))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSubscriberOfALostFutureIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		arriveMany(t, r, 3)
		done := make(chan []string)
		go func() { done <- heard(r.Events(t.Context(), 7), 2) }()
		synctest.Wait()
		arriveMany(t, r, 1)
		if diff := cmp.Diff([]string{acd.ErrAhead.Error(), "4"}, <-done); diff != "" {
			t.Error(diff)
		}
	})
}

// Subscribers that stall, panic or leave harm neither the Router nor others.
func TestSubscribersCannotHarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		stall := make(chan struct{})
		ended := make(chan string, 9)
		subscribe := func(name string, each func(acd.Event) bool) {
			all.Go(func() {
				defer func() {
					if p := recover(); p != nil {
						ended <- fmt.Sprint(name, ": ", p)
					}
				}()
				n := 0
				for e := range r.Events(ctx, 0) {
					n++
					if !each(e) {
						break
					}
				}
				ended <- fmt.Sprint(name, ": ", n)
			})
		}
		subscribe("stalls", func(acd.Event) bool { <-stall; return true })
		subscribe("panics", func(e acd.Event) bool {
			if e.Seq == 3 {
				panic("oh")
			}
			return true
		})
		subscribe("leaves", func(e acd.Event) bool { return e.Seq < 5 })
		subscribe("stays", func(acd.Event) bool { return true })
		synctest.Wait()
		start := time.Now()
		arriveMany(t, r, 500)
		if time.Since(start) != 0 {
			t.Error("the router waited")
		}
		synctest.Wait()
		ends := make(map[string]bool)
		for len(ended) > 0 {
			ends[<-ended] = true
		}
		for _, want := range []string{"panics: oh", "leaves: 5"} {
			if !ends[want] {
				t.Errorf("no end of %s", want)
			}
		}
		r.Close(t.Context())
		if got := <-ended; got != "stays: 500" {
			t.Errorf("at the end: %s", got)
		}
		close(stall)
		if got := <-ended; got != "stalls: 500" {
			t.Errorf("at last: %s", got)
		}
		cancel()
		all.Wait()
	})
}

func TestSubscriptionEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := openRouter(t, acd.Config{})
		arriveMany(t, r, 100)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan []string)
		go func() { done <- heard(r.Events(ctx, 98), -1) }()
		synctest.Wait()
		cancel()
		if diff := cmp.Diff([]string{"99", "100"}, <-done); diff != "" {
			t.Error(diff)
		}
		if got := heard(r.Events(ctx, 0), -1); got != nil {
			t.Errorf("after its end: %v", got)
		}
	})
}
