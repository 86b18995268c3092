package queue

import (
	"iter"
	"slices"
)

const (
	fanOut     = 64 // values in a leaf and children of a branch, at most
	smallLeaf  = 8  // slots an empty Ranking may keep for its next values
	spareNodes = 2  // emptied leaves and branches kept for reuse, of each kind
)

// Ranking holds values in order of [Rank]. No two values have the same Rank.
// The zero value is an empty Ranking ready to use; it must not be copied after
// first use. It is not safe for concurrent use.
//
// With n values in it, Insert, Delete, Before and Min take O(log n) time in
// ordinary use (the exact bound is below) and Len is O(1). An insertion at the
// end and a deletion at the front are cheapest, and in a steady state of these
// two nothing is allocated.
//
// A Ranking is a B+ tree in which every branch knows how many values are under
// each child. A node is removed when it is empty and never before: there is no
// borrowing and no merging. This follows
//
//	Siddhartha Sen and Robert E. Tarjan, "Deletion without rebalancing in
//	multiway search trees", ACM Transactions on Database Systems 39(1),
//	article 8, January 2014, https://doi.org/10.1145/2540068
//
// who show that the height stays logarithmic in the number of insertions,
// whatever the deletions. A node at the right edge is split unevenly here, its
// left part staying full or nearly so, and the bound still holds: the height (0
// for a single leaf) is at most
//
//	log m ÷ log 32
//
// for m insertions since the Ranking was last empty, that is 3 after a million
// and 5 after a thousand million. (Give a node of s children, of at most b,
// the potential max(0, 2s/b − 1), or 2(s−1)/b on the right edge, times
// (b/2)^level. An insertion adds at most 2/b to the sum, nothing else adds to it,
// and a root of level h with two children has (b/2)^(h−1).)
//
// The price is space: a leaf is 64 slots, and one value left in it keeps them
// all. A Ranking of few values, never split, has fewer than four times
// the slots it needed at its fullest, and one that has become empty keeps at
// most 8.
type Ranking[V any] struct {
	root node[V]
	size int
	pool *pool[V] // nil until the first split
}

// node is a leaf, or a branch if branch is not nil.
type node[V any] struct {
	leaf   leaf[V]
	branch *branch[V]
}

// branch has its children in order. Child i holds what is not before lows[i] and
// before lows[i+1]. lows[0] says nothing: the first child takes what is smaller.
type branch[V any] struct {
	lows   []Rank
	counts []int // values under each child, never 0
	kids   []node[V]
}

// pool keeps a few emptied nodes, so that a line which moves on without growing
// does not allocate.
type pool[V any] struct {
	fan      int // fan-out; 0: fanOut
	leaves   [][]entry[V]
	branches []*branch[V]
}

// Insert adds v at r. It returns false, and changes nothing, if there is a value
// at r already.
func (k *Ranking[V]) Insert(r Rank, v V) bool {
	e := entry[V]{r, v}
	for {
		switch k.insert(&k.root, &e, true) {
		case present:
			return false
		case inserted:
			k.size++
			return true
		}
		// The root is full: it becomes the only child of a new root.
		b := k.newBranch()
		b.lows = append(b.lows, Rank{})
		b.counts = append(b.counts, k.size)
		b.kids = append(b.kids, k.root)
		k.root = node[V]{branch: b}
		k.split(b, 0, r, true)
	}
}

type outcome int

const (
	inserted outcome = iota
	present          // nothing was changed
	full             // nothing was changed: the node must be split first
)

// insert adds e under n. At the right edge, edge is true.
func (k *Ranking[V]) insert(n *node[V], e *entry[V], edge bool) outcome {
	b := n.branch
	if b == nil {
		i := n.leaf.find(e.rank)
		if n.leaf.has(i, e.rank) {
			return present
		}
		if len(n.leaf.slots) == cap(n.leaf.slots) {
			if !n.leaf.room(k.fan()) {
				return full
			}
			i = n.leaf.find(e.rank)
		}
		n.leaf.insert(i, *e)
		return inserted
	}
	for {
		i := b.child(e.rank)
		last := edge && i == len(b.kids)-1
		switch k.insert(&b.kids[i], e, last) {
		case inserted:
			b.counts[i]++
			return inserted
		case present:
			return present
		}
		if len(b.kids) == k.fan() {
			return full
		}
		k.split(b, i, e.rank, last)
	}
}

// split divides child i of b, which is full, to make room for r. b must have
// room for one child more. At the right edge, edge is true.
func (k *Ranking[V]) split(b *branch[V], i int, r Rank, edge bool) {
	left := &b.kids[i]
	var right node[V]
	var low Rank
	moved := 0
	if left.branch == nil {
		right.leaf.slots = k.newLeaf()
		at, n := left.leaf.find(r), len(left.leaf.slots)
		keep := n / 2
		if edge {
			keep = n - max(1, n/8)
		}
		if edge && at == n {
			low = r // the new leaf is empty for the moment: r goes there next
		} else {
			low = left.leaf.slots[keep].rank
			right.leaf.slots = append(right.leaf.slots, left.leaf.slots[keep:]...)
			clear(left.leaf.slots[keep:])
			left.leaf.slots = left.leaf.slots[:keep]
			moved = n - keep
		}
	} else {
		from := left.branch
		n := len(from.kids)
		keep := n / 2
		if edge {
			keep = n - 1
		}
		low = from.lows[keep]
		to := k.newBranch()
		to.lows = append(to.lows, from.lows[keep:]...)
		to.counts = append(to.counts, from.counts[keep:]...)
		to.kids = append(to.kids, from.kids[keep:]...)
		from.lows = from.lows[:keep]
		from.counts = from.counts[:keep]
		from.kids = slices.Delete(from.kids, keep, n)
		right.branch = to
		for _, c := range to.counts {
			moved += c
		}
	}
	b.counts[i] -= moved
	b.lows = slices.Insert(b.lows, i+1, low)
	b.counts = slices.Insert(b.counts, i+1, moved)
	b.kids = slices.Insert(b.kids, i+1, right)
}

// Delete removes the value at r and returns it. It returns false if there is
// none.
func (k *Ranking[V]) Delete(r Rank) (V, bool) {
	v, ok := k.delete(&k.root, r)
	if !ok {
		return v, false
	}
	k.size--
	for b := k.root.branch; b != nil && len(b.kids) == 1; b = k.root.branch {
		k.root = b.kids[0]
		k.freeBranch(b)
	}
	if k.size == 0 {
		if cap(k.root.leaf.slots) > smallLeaf {
			k.root.leaf.slots = nil
		}
		k.freePool()
	}
	return v, true
}

func (k *Ranking[V]) delete(n *node[V], r Rank) (v V, ok bool) {
	b := n.branch
	if b == nil {
		i := n.leaf.find(r)
		if !n.leaf.has(i, r) {
			return v, false
		}
		return n.leaf.delete(i), true
	}
	i := b.child(r)
	v, ok = k.delete(&b.kids[i], r)
	if !ok {
		return v, false
	}
	b.counts[i]--
	if b.counts[i] == 0 {
		k.free(b.kids[i])
		b.lows = slices.Delete(b.lows, i, i+1)
		b.counts = slices.Delete(b.counts, i, i+1)
		b.kids = slices.Delete(b.kids, i, i+1)
	}
	return v, true
}

// Min returns the value served first, without removing it. It returns false if
// the Ranking is empty.
func (k *Ranking[V]) Min() (Rank, V, bool) {
	n := &k.root
	for n.branch != nil {
		n = &n.branch.kids[0]
	}
	if n.leaf.len() == 0 {
		var v V
		return Rank{}, v, false
	}
	e := &n.leaf.slots[n.leaf.start]
	return e.rank, e.value, true
}

// Before returns how many values have a smaller rank than r. There need not be a
// value at r.
func (k *Ranking[V]) Before(r Rank) int {
	before := 0
	n := &k.root
	for n.branch != nil {
		i := n.branch.child(r)
		for _, c := range n.branch.counts[:i] {
			before += c
		}
		n = &n.branch.kids[i]
	}
	return before + n.leaf.find(r) - n.leaf.start
}

// Len returns the number of values.
func (k *Ranking[V]) Len() int { return k.size }

// All returns the values in order. The Ranking must not be changed during the
// iteration: if it is, values may be missed, seen twice or seen as zero, though
// the Ranking itself stays sound. To remove what an iteration finds, collect the
// ranks first.
func (k *Ranking[V]) All() iter.Seq2[Rank, V] {
	return func(yield func(Rank, V) bool) { k.root.all(yield) }
}

func (n *node[V]) all(yield func(Rank, V) bool) bool {
	if n.branch != nil {
		for i := range n.branch.kids {
			if !n.branch.kids[i].all(yield) {
				return false
			}
		}
		return true
	}
	for _, e := range n.leaf.slots[n.leaf.start:] {
		if !yield(e.rank, e.value) {
			return false
		}
	}
	return true
}

// child returns the index of the child in whose range r is.
func (b *branch[V]) child(r Rank) int {
	lo, hi := 1, len(b.lows)-1
	// The two ends first: most of the traffic is there.
	if hi == 0 || r.Less(b.lows[1]) {
		return 0
	}
	if !r.Less(b.lows[hi]) {
		return hi
	}
	for hi-lo > 1 { // lows[lo] ≤ r < lows[hi]
		mid := int(uint(lo+hi) / 2)
		if r.Less(b.lows[mid]) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return lo
}

func (k *Ranking[V]) fan() int {
	if k.pool != nil && k.pool.fan != 0 {
		return k.pool.fan
	}
	return fanOut
}

func (k *Ranking[V]) newLeaf() []entry[V] {
	if k.pool != nil && len(k.pool.leaves) > 0 {
		last := len(k.pool.leaves) - 1
		slots := k.pool.leaves[last]
		k.pool.leaves = slices.Delete(k.pool.leaves, last, last+1)
		return slots
	}
	return make([]entry[V], 0, k.fan())
}

func (k *Ranking[V]) newBranch() *branch[V] {
	if k.pool == nil {
		k.pool = &pool[V]{}
	}
	if last := len(k.pool.branches) - 1; last >= 0 {
		b := k.pool.branches[last]
		k.pool.branches = slices.Delete(k.pool.branches, last, last+1)
		return b
	}
	return &branch[V]{}
}

// free keeps a node that has become empty, if there is room in the pool.
func (k *Ranking[V]) free(n node[V]) {
	if n.branch != nil {
		k.freeBranch(n.branch)
	} else if len(k.pool.leaves) < spareNodes {
		k.pool.leaves = append(k.pool.leaves, n.leaf.slots)
	}
}

func (k *Ranking[V]) freeBranch(b *branch[V]) {
	if len(k.pool.branches) < spareNodes {
		clear(b.kids)
		b.lows, b.counts, b.kids = b.lows[:0], b.counts[:0], b.kids[:0]
		k.pool.branches = append(k.pool.branches, b)
	}
}

// freePool lets go of the spare nodes of a Ranking that has become empty.
func (k *Ranking[V]) freePool() {
	if k.pool == nil {
		return
	}
	k.pool.leaves, k.pool.branches = nil, nil
	if k.pool.fan == 0 {
		k.pool = nil
	}
}
