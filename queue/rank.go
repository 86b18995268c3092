package queue

import (
	"cmp"
	"math"
	"time"
)

// Rank is a place in the order: the smaller Rank is served first.
//
// Urgency and Arrival are nanoseconds since the Unix epoch. They are integers
// because an order decided by floating point may differ between architectures.
// A timer is ranked by the same type, its Urgency being the deadline.
type Rank struct {
	Urgency int64  // since − head start: the earliest is served first
	Arrival int64  // first tie-break: who came first
	Order   uint64 // second tie-break: who joined first
}

// Compare returns −1 if r is served before o, +1 if after, and 0 if the two are
// the same Rank. Urgency decides, then Arrival, then Order.
func (r Rank) Compare(o Rank) int {
	return cmp.Or(
		cmp.Compare(r.Urgency, o.Urgency),
		cmp.Compare(r.Arrival, o.Arrival),
		cmp.Compare(r.Order, o.Order),
	)
}

// Less reports whether r is served before o.
func (r Rank) Less(o Rank) bool {
	if r.Urgency != o.Urgency {
		return r.Urgency < o.Urgency
	}
	if r.Arrival != o.Arrival {
		return r.Arrival < o.Arrival
	}
	return r.Order < o.Order
}

// rankOf is the rank of a caller who has only waited since arrival.
func rankOf(arrival time.Time, headStart time.Duration, order uint64) Rank {
	at := nanoseconds(arrival)
	return Rank{Urgency: subtract(at, int64(headStart)), Arrival: at, Order: order}
}

var (
	earliest = time.Unix(0, math.MinInt64) // in the year 1677
	latest   = time.Unix(0, math.MaxInt64) // in the year 2262
)

// nanoseconds is t.UnixNano, clamped to int64 where UnixNano is undefined.
func nanoseconds(t time.Time) int64 {
	switch {
	case t.Before(earliest):
		return math.MinInt64
	case t.After(latest):
		return math.MaxInt64
	}
	return t.UnixNano()
}

// subtract is a − b, clamped to int64.
func subtract(a, b int64) int64 {
	d := a - b
	switch {
	case b > 0 && d > a:
		return math.MinInt64
	case b < 0 && d < a:
		return math.MaxInt64
	}
	return d
}
