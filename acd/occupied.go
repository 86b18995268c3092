package acd

import (
	"math"
	"math/bits"
)

// occupiedSet holds ready agents for SelectLeastOccupied: the smallest share
// of busy time in staffed time first. While agents are ready their busy time
// stands still and their staffed time grows, so the order changes by itself.
//
// It is a kinetic tournament: a binary tree whose leaves are agents and whose
// inner nodes keep the winner of their two halves and the instant until which
// that stands. Of two agents the order changes at most once, since
//
//	busyA·(staffedB + u) − busyB·(staffedA + u)
//
// is linear in the time u that passes. Add and remove cost O(log n), best O(1)
// and a little more when winners have changed (J. Basch, L. Guibas, J.
// Hershberger, "Data Structures for Mobile Data", Journal of Algorithms 31,
// 1999). All arithmetic is in 128-bit integers.
type occupiedSet struct {
	width  int // leaves, a power of two
	nodes  []contest
	spare  []int // leaves without an agent
	fresh  int   // leaves from here on were never used
	people int
}

// contest is a node: nodes[1] is the root, node n has the halves 2n and 2n+1.
type contest struct {
	winner seated
	until  int64 // the first instant at which the winner may be another
}

type seated struct {
	agent *agent
	i     int // of the agent's places
}

func (o *occupiedSet) add(a *agent, i, _ int, now int64) {
	leaf := o.fresh
	if n := len(o.spare); n > 0 {
		leaf, o.spare = o.spare[n-1], o.spare[:n-1]
	} else {
		if o.fresh == o.width {
			o.grow(now)
		}
		o.fresh++
	}
	o.people++
	a.places[i] = leaf
	o.put(leaf, seated{a, i}, now)
}

func (o *occupiedSet) remove(a *agent, i int, now int64) {
	leaf := a.places[i]
	o.people--
	if o.people == 0 {
		*o = occupiedSet{}
		return
	}
	o.spare = append(o.spare, leaf)
	o.put(leaf, seated{}, now)
}

func (o *occupiedSet) best(now int64) *agent {
	if o.people == 0 {
		return nil
	}
	o.refresh(1, now)
	return o.nodes[1].winner.agent
}

func (o *occupiedSet) size() int { return o.people }

// grow doubles the leaves.
func (o *occupiedSet) grow(now int64) {
	old := o.nodes[o.width:]
	o.width = max(1, 2*o.width)
	o.nodes = make([]contest, 2*o.width)
	for n := range o.nodes {
		o.nodes[n].until = math.MaxInt64
	}
	copy(o.nodes[o.width:], old)
	for n := o.width - 1; n >= 1; n-- {
		o.meet(n, now)
	}
}

// put seats an agent, or nobody, at a leaf.
func (o *occupiedSet) put(leaf int, s seated, now int64) {
	n := o.width + leaf
	o.nodes[n] = contest{s, math.MaxInt64}
	for n /= 2; n >= 1; n /= 2 {
		o.refresh(2*n, now)
		o.refresh(2*n+1, now)
		o.meet(n, now)
	}
}

// refresh decides anew what has run out at or below node n.
func (o *occupiedSet) refresh(n int, now int64) {
	if o.nodes[n].until > now {
		return
	}
	o.refresh(2*n, now)
	o.refresh(2*n+1, now)
	o.meet(n, now)
}

// meet decides node n, whose halves are decided.
func (o *occupiedSet) meet(n int, now int64) {
	left, right := &o.nodes[2*n], &o.nodes[2*n+1]
	winner, until := left.winner, int64(math.MaxInt64)
	switch {
	case left.winner.agent == nil:
		winner = right.winner
	case right.winner.agent != nil:
		var first bool
		first, until = lessOccupied(left.winner.agent, right.winner.agent, now)
		if !first {
			winner = right.winner
		}
	}
	o.nodes[n] = contest{winner, min(until, left.until, right.until)}
}

// lessOccupied says whether ready agent a comes before ready agent b, and the
// first instant at which the answer may be another.
func lessOccupied(a, b *agent, now int64) (first bool, until int64) {
	if a.busy == 0 || b.busy == 0 { // a share of 0, now and later
		if a.busy == b.busy {
			return idleLonger(a, b), math.MaxInt64
		}
		return a.busy == 0, math.MaxInt64
	}
	aHi, aLo := bits.Mul64(uint64(a.busy), uint64(b.staffedAt(now)))
	bHi, bLo := bits.Mul64(uint64(b.busy), uint64(a.staffedAt(now)))
	switch {
	case aHi == bHi && aLo == bLo:
		first = idleLonger(a, b)
	default:
		first = aHi < bHi || aHi == bHi && aLo < bLo
	}
	if !first {
		a, b = b, a
		aHi, aLo, bHi, bLo = bHi, bLo, aHi, aLo
	}
	// a leads. b, if it was less busy, catches up when the lead
	// busyB·staffedA − busyA·staffedB is made good by u·(busyA − busyB).
	if b.busy >= a.busy {
		return first, math.MaxInt64
	}
	gain := uint64(a.busy - b.busy)
	lo, borrow := bits.Sub64(bLo, aLo, 0)
	hi, _ := bits.Sub64(bHi, aHi, borrow)
	if hi >= gain {
		return first, math.MaxInt64
	}
	u, rest := bits.Div64(hi, lo, gain)
	if rest > 0 || !idleLonger(b, a) {
		u++
	}
	if u > uint64(math.MaxInt64-now) {
		return first, math.MaxInt64
	}
	return first, now + int64(u)
}
