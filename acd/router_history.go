package acd

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
)

// FellBehind tells a subscriber of [Router.Events] that events From to To are
// no longer kept.
type FellBehind struct{ From, To uint64 }

// Error tells the numbers.
func (f *FellBehind) Error() string {
	return fmt.Sprintf("fell behind: events %d to %d are no longer kept", f.From, f.To)
}

// ErrAhead tells a subscriber of [Router.Events] that the number it goes on
// from has not been reached: the Router was opened from a journal that lacks
// the latest commands, and numbers events a second time.
var ErrAhead = errors.New("the events seen before are not those of this router")

// Events lists the events with a number above after, in order and without a
// gap, and then goes on with new ones as they come. It ends when ctx is done,
// or after the last event when the Router is closed.
//
// Every subscriber has its own list and its own pace. The Router waits for
// nobody: it keeps the latest [Config.History] events, and who falls behind
// that is given a [*FellBehind] as the error of one item and goes on with the
// oldest event that is kept. An after that is above the latest number gives
// [ErrAhead] and goes on with the next event.
//
// Events are shared by all subscribers and must not be changed. To begin with
// what comes next, pass [Router.Seq].
func (r *Router) Events(ctx context.Context, after uint64) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		h := &r.history
		var events [64]Event
		next := after + 1
		for ctx.Err() == nil {
			n, from, news := h.read(next, events[:])
			switch {
			case from > next:
				if !yield(Event{}, &FellBehind{next, from - 1}) {
					return
				}
			case from < next:
				if !yield(Event{}, ErrAhead) {
					return
				}
			}
			next = from
			for i := range events[:n] {
				if ctx.Err() != nil || !yield(events[i], nil) {
					return
				}
				next++
			}
			if n > 0 {
				continue
			}
			if news == nil {
				return
			}
			select {
			case <-news:
			case <-ctx.Done():
			}
		}
	}
}

// Seq is the number of the latest event, 0 before the first.
func (r *Router) Seq() uint64 {
	r.history.mu.Lock()
	defer r.history.mu.Unlock()
	return r.history.next - 1
}

// history keeps the latest events for subscribers.
type history struct {
	mu    sync.Mutex
	limit int
	// ring has event seq at seq % len(ring). It grows up to limit.
	ring   []Event
	oldest uint64 // the first that is kept, or next
	next   uint64 // the number of the next event
	// news is closed when there are more events, or there will never be any;
	// nil while nobody waits for it.
	news   chan struct{}
	closed bool
}

// begin says what number the first event will have.
func (h *history) begin(next uint64, limit int) {
	h.oldest, h.next, h.limit = next, next, limit
}

// publish adds events. It costs no more when subscribers are slow.
func (h *history) publish(events []Event) {
	if len(events) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range events {
		if int(h.next-h.oldest) == len(h.ring) {
			if len(h.ring) < h.limit {
				h.grow()
			} else {
				h.oldest++
			}
		}
		h.ring[h.next%uint64(len(h.ring))] = events[i]
		h.next++
	}
	h.wake()
}

func (h *history) grow() {
	ring := make([]Event, min(max(2*len(h.ring), 64), h.limit))
	for seq := h.oldest; seq < h.next; seq++ {
		ring[seq%uint64(len(ring))] = h.ring[seq%uint64(len(h.ring))]
	}
	h.ring = ring
}

func (h *history) wake() {
	if h.news != nil {
		close(h.news)
		h.news = nil
	}
}

func (h *history) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.wake()
}

// read copies events from number next on, or from the nearest that there is,
// which it returns as from. If there are none it returns a channel to wait on,
// or nil if there will be none.
func (h *history) read(next uint64, into []Event) (n int, from uint64, news <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	from = min(max(next, h.oldest), h.next)
	for ; n < len(into) && from+uint64(n) < h.next; n++ {
		into[n] = h.ring[(from+uint64(n))%uint64(len(h.ring))]
	}
	if n > 0 || h.closed {
		return n, from, nil
	}
	if h.news == nil {
		h.news = make(chan struct{})
	}
	return 0, from, h.news
}
