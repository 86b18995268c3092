package sim

import "math"

// diary is what the world has planned, by time and then by writing: a heap.
type diary []entry

type entry struct {
	at     int64
	number uint64
	caller *caller
	visit  int32 // the caller's or the agent's shift, to tell that it is not over
	nth    int32 // of the caller's offers or suggestions, of the agent's breaks
	agent  int32
	kind   entryKind
}

type entryKind uint8

const (
	begins entryKind = iota
	leaves
	answers
	hangsUp
	finishes
	books
	deflects
	redials
	pauses
	returns
)

func (e *entry) before(f *entry) bool {
	if e.at != f.at {
		return e.at < f.at
	}
	return e.number < f.number
}

// write plans something. A time too far off never comes.
func (w *world) write(at int64, e entry) {
	if at < 0 {
		at = math.MaxInt64
	}
	w.entries++
	e.at, e.number = at, w.entries
	if e.caller != nil {
		e.visit = e.caller.visit
	}
	w.diary.push(e)
}

func (d *diary) push(e entry) {
	h := append(*d, e)
	i := len(h) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if !e.before(&h[parent]) {
			break
		}
		h[i] = h[parent]
		i = parent
	}
	h[i] = e
	*d = h
}

func (d *diary) pop() entry {
	h := *d
	top, last := h[0], h[len(h)-1]
	h[len(h)-1] = entry{}
	h = h[:len(h)-1]
	for i := 0; len(h) > 0; {
		child := 2*i + 1
		if child >= len(h) {
			h[i] = last
			break
		}
		if child+1 < len(h) && h[child+1].before(&h[child]) {
			child++
		}
		if last.before(&h[child]) {
			h[i] = last
			break
		}
		h[i] = h[child]
		i = child
	}
	*d = h
	return top
}
