package acd

import "container/heap"

// match makes offers while there is a waiting call and a ready agent eligible
// for it: each time the pair with the earliest rank of the call with that
// agent.
//
// Only lines that a call has joined, or that an agent who became ready may
// serve, can hold such a pair: those are open. Taking pairs removes calls and
// agents and adds none, so the first call of an open line can only become
// later, and one look at the front of the heap tells whether it has.
func (e *Engine) match() {
	for len(e.open) > 0 {
		l := e.open[0]
		rank, c, ok := l.byUrgency.Min()
		if !ok {
			heap.Pop(&e.open)
			continue
		}
		a := l.taker(e.now)
		if a == nil {
			heap.Pop(&e.open)
			continue
		}
		if rank != l.front {
			l.front = rank
			heap.Fix(&e.open, 0)
			continue
		}
		if own := c.own; own != nil && own.state == StateReady && own.mayServeOwn(c.line) {
			a = own
		}
		e.offerTo(c, a)
	}
}
