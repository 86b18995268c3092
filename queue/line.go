package queue

import (
	"iter"
	"time"
)

const (
	smallMap  = 256 // keys below which the map of a Line is left as it is
	shrinkMap = 16  // it is made anew when this many times too large
)

// Line is a waiting line for those who want just one: keys (calls, tickets,
// customers) join with the time of their arrival and a head start, and stand in
// order of urgency = arrival − head start. The earliest urgency is served first;
// ties by arrival, then by order of joining.
//
// The zero value is an empty Line ready to use; it must not be copied after first
// use. It is not safe for concurrent use. Join, Leave, Front, Position and Ahead
// take O(log n) time with n in line (Leave amortized: the index of a line that has
// become far shorter is made anew).
//
// Times are kept to the nanosecond, from the year 1678 to 2262. An arrival
// outside counts as the nearest end of that range, and so does an urgency that a
// head start would carry outside.
type Line[K comparable] struct {
	order Ranking[K]
	ranks map[K]Rank
	most  int    // keys in ranks at its fullest: maps do not shrink by themselves
	next  uint64 // joining order of the next to join
}

// Join puts key in line. It returns false, and changes nothing, if key is in line
// already: the place is kept, whatever the arrival and head start now given. A
// key that does not equal itself (a NaN) could never leave, and is refused too.
//
// A head start of d treats the key as if it had arrived d earlier; a negative one
// as if later.
func (l *Line[K]) Join(key K, arrival time.Time, headStart time.Duration) bool {
	if _, ok := l.ranks[key]; ok || key != key {
		return false
	}
	if l.ranks == nil {
		l.ranks = make(map[K]Rank)
	}
	r := rankOf(arrival, headStart, l.next)
	l.next++
	l.ranks[key] = r
	l.order.Insert(r, key)
	l.most = max(l.most, len(l.ranks))
	return true
}

// Leave takes key out of line, wherever it stands. It returns false if key is not
// in line.
func (l *Line[K]) Leave(key K) bool {
	r, ok := l.ranks[key]
	if !ok {
		return false
	}
	delete(l.ranks, key)
	l.order.Delete(r)
	if l.most > smallMap && len(l.ranks) < l.most/shrinkMap {
		l.shrink()
	}
	return true
}

// shrink makes the map anew, at the size it has now.
func (l *Line[K]) shrink() {
	l.most = l.order.Len()
	l.ranks = make(map[K]Rank, l.most)
	for r, key := range l.order.All() {
		l.ranks[key] = r
	}
}

// Front returns the key that is served next, and leaves it in line. It returns
// false if nobody is in line.
func (l *Line[K]) Front() (K, bool) {
	_, key, ok := l.order.Min()
	return key, ok
}

// Position returns the place of key in line: 1 is next, 0 is not in line.
func (l *Line[K]) Position(key K) int {
	r, ok := l.ranks[key]
	if !ok {
		return 0
	}
	return l.order.Before(r) + 1
}

// Ahead returns how many would be ahead of a newcomer who joined now with this
// arrival and head start: its Position would be one more.
func (l *Line[K]) Ahead(arrival time.Time, headStart time.Duration) int {
	return l.order.Before(rankOf(arrival, headStart, l.next))
}

// Len returns how many are in line.
func (l *Line[K]) Len() int { return l.order.Len() }

// All returns the keys in line, the next to be served first. The Line must not be
// changed during the iteration: if it is, keys may be missed, seen twice or seen
// as zero.
func (l *Line[K]) All() iter.Seq[K] {
	return func(yield func(K) bool) {
		for _, key := range l.order.All() {
			if !yield(key) {
				return
			}
		}
	}
}
