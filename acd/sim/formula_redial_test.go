package sim_test

import (
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// redialer is the number that everyone has who tries again.
const redialer = "0312345678"

// redials are the calls to come of those who gave up or were blocked. They try
// again as if anew, half an hour to several hours later: so late that they do
// not find the queue as they left it, which is what the formula supposes.
type redials struct {
	centre centre
	random *rand.Rand
	due    []sim.Call // in order of time
}

const soonest = 30 * time.Minute

// lost lets the caller try again, or not.
func (q *redials) lost(r *sim.Record) {
	if q.random.Float64() >= q.centre.redial {
		return
	}
	gone := r.Call.Arrive.At.Add(r.Waited)
	call := sim.Call{
		Arrive:   acd.Command{At: gone.Add(soonest + sim.Exponential{Mean: time.Hour}.Sample(q.random)), Caller: redialer},
		Service:  sim.Exponential{Mean: aht}.Sample(q.random),
		Patience: sim.Exponential{Mean: q.centre.patience}.Sample(q.random),
	}
	i, _ := slices.BinarySearchFunc(q.due, call, func(a, b sim.Call) int { return a.Arrive.At.Compare(b.Arrive.At) })
	q.due = slices.Insert(q.due, i, call)
}

// among is the source with the redials put between its calls, and ends with its
// last one. Nobody lost while it waits for a fresh call is due before that one:
// fresh calls are never as far apart as the soonest redial.
func (q *redials) among(fresh sim.Source) sim.Source {
	return func(r *rand.Rand) iter.Seq[sim.Call] {
		return func(yield func(sim.Call) bool) {
			for call := range fresh(r) {
				for len(q.due) > 0 && q.due[0].Arrive.At.Before(call.Arrive.At) {
					next := q.due[0]
					q.due = q.due[1:]
					if !yield(next) {
						return
					}
				}
				if !yield(call) {
					return
				}
			}
		}
	}
}
