package queue

// entry is one value and its place.
type entry[V any] struct {
	rank  Rank
	value V
}

// leaf holds values in order in slots[start:]. Every other slot, up to the
// capacity, is zero, so that what has left is not kept from the collector.
//
// The start moves: taking the first value away, the commonest deletion of all,
// costs one step instead of a shift of everything behind it.
type leaf[V any] struct {
	slots []entry[V]
	start int
}

func (l *leaf[V]) len() int { return len(l.slots) - l.start }

// find returns the slot of the first value not before r.
func (l *leaf[V]) find(r Rank) int {
	lo, hi := l.start, len(l.slots)
	if lo == hi || l.slots[hi-1].rank.Less(r) {
		return hi // joining at the end, the usual case
	}
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if l.slots[mid].rank.Less(r) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (l *leaf[V]) has(i int, r Rank) bool {
	return i < len(l.slots) && l.slots[i].rank == r
}

// room makes sure that one more value fits, growing up to limit, and reports
// whether it does. Slots move: find must be asked again.
func (l *leaf[V]) room(limit int) bool {
	n := l.len()
	size := cap(l.slots)
	switch {
	case n >= limit:
		return false
	case n < size/2, size >= limit: // move to the front of the same slots
		copy(l.slots, l.slots[l.start:])
		clear(l.slots[n:])
		l.slots = l.slots[:n]
	default:
		grown := make([]entry[V], n, min(max(1, 2*size), limit))
		copy(grown, l.slots[l.start:])
		l.slots = grown
	}
	l.start = 0
	return true
}

// insert puts a value into slot i. There must be a slot free behind the last.
func (l *leaf[V]) insert(i int, e entry[V]) {
	l.slots = l.slots[:len(l.slots)+1]
	copy(l.slots[i+1:], l.slots[i:])
	l.slots[i] = e
}

// delete takes the value out of slot i, moving the fewer of its neighbours.
func (l *leaf[V]) delete(i int) V {
	v := l.slots[i].value
	last := len(l.slots) - 1
	if i-l.start < last-i {
		copy(l.slots[l.start+1:], l.slots[l.start:i])
		l.slots[l.start] = entry[V]{}
		l.start++
	} else {
		copy(l.slots[i:], l.slots[i+1:])
		l.slots[last] = entry[V]{}
		l.slots = l.slots[:last]
	}
	if l.start == len(l.slots) {
		l.slots, l.start = l.slots[:0], 0
	}
	return v
}
