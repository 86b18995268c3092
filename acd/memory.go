package acd

import (
	"hash/maphash"
	"iter"
	"strings"
	"time"
)

// memory is who served which customer last, by queue. It holds a bounded
// number of entries; over that, the one written longest ago goes. The zero
// value is empty and ready to use. Recall and write cost O(1).
type memory struct {
	// index finds the first entry of a hash; the others are chained to it. (The
	// key itself as the map's key would take twice the space. The seed is
	// another in every process, and decides nothing that can be seen.)
	index map[uint64]int32
	seed  maphash.Seed
	// blocks hold the entries, so that growing copies nothing. Entry 0 is no
	// one's: it closes the ring of entries by writing, the oldest after it.
	blocks [][]remembered
	size   int   // entries in use, without entry 0
	used   int32 // entries ever made, entry 0 included
	free   int32 // the first of the entries to use again, linked by next; 0: none
}

// memoryKey is a customer, or a caller number, in a queue.
type memoryKey struct {
	who   string // "": nobody to remember
	queue uint32 // twice the queue's index, plus one for a caller number
}

type remembered struct {
	key            memoryKey
	same           int32 // the next entry of the same hash; 0: none
	agent          *agent
	at             int64
	previous, next int32
}

const memoryBlock = 1024

// memoryHash is a variable so that a test can make keys collide.
var memoryHash = maphash.Comparable[memoryKey]

func (m *memory) entry(i int32) *remembered { return &m.blocks[i/memoryBlock][i%memoryBlock] }

// find returns a key's entry, 0 if it has none.
func (m *memory) find(key memoryKey) int32 {
	if m.size == 0 {
		return 0
	}
	i := m.index[memoryHash(m.seed, key)]
	for i != 0 && m.entry(i).key != key {
		i = m.entry(i).same
	}
	return i
}

// recall returns who served key, nil if that is unknown or as old as remember.
func (m *memory) recall(key memoryKey, now int64, remember time.Duration) *agent {
	if i := m.find(key); i != 0 {
		if e := m.entry(i); now < later(e.at, remember) {
			return e.agent
		}
	}
	return nil
}

// write remembers that a served key.
func (m *memory) write(key memoryKey, a *agent, now int64, entries int) {
	if key.who == "" || entries == 0 {
		return
	}
	i := m.find(key)
	if i != 0 {
		m.unlink(i)
	} else {
		m.trim(entries - 1)
		i = m.newEntry(key)
	}
	e, head := m.entry(i), m.entry(0)
	e.agent, e.at = a, now
	e.previous, e.next = head.previous, 0
	m.entry(e.previous).next = i
	head.previous = i
}

// newEntry takes an unused entry for a key that has none.
func (m *memory) newEntry(key memoryKey) int32 {
	if m.index == nil {
		m.index, m.seed = make(map[uint64]int32), maphash.MakeSeed()
		m.blocks = [][]remembered{make([]remembered, 1, memoryBlock)}
		m.used = 1
	}
	i := m.free
	if i != 0 {
		m.free = m.entry(i).next
	} else {
		i = m.used
		m.used++
		if int(i/memoryBlock) == len(m.blocks) {
			m.blocks = append(m.blocks, make([]remembered, 0, memoryBlock))
		}
		block := &m.blocks[i/memoryBlock]
		*block = append(*block, remembered{})
	}
	key.who = strings.Clone(key.who) // it may be part of a longer text
	hash := memoryHash(m.seed, key)
	*m.entry(i) = remembered{key: key, same: m.index[hash]}
	m.index[hash] = i
	m.size++
	return i
}

func (m *memory) unlink(i int32) {
	e := m.entry(i)
	m.entry(e.previous).next = e.next
	m.entry(e.next).previous = e.previous
}

// forget frees an entry.
func (m *memory) forget(i int32) {
	m.unlink(i)
	e := m.entry(i)
	hash := memoryHash(m.seed, e.key)
	switch first := m.index[hash]; {
	case first != i:
		for m.entry(first).same != i {
			first = m.entry(first).same
		}
		m.entry(first).same = e.same
	case e.same != 0:
		m.index[hash] = e.same
	default:
		delete(m.index, hash)
	}
	*e = remembered{next: m.free}
	m.free = i
	m.size--
}

// all visits the entries, the oldest first.
func (m *memory) all() iter.Seq[*remembered] {
	return func(yield func(*remembered) bool) {
		if m.size == 0 {
			return
		}
		for i := m.entry(0).next; i != 0; i = m.entry(i).next {
			if !yield(m.entry(i)) {
				return
			}
		}
	}
}

// trim forgets the oldest entries down to a number.
func (m *memory) trim(entries int) {
	for m.size > entries {
		m.forget(m.entry(0).next)
	}
}

// forgetQueues forgets what was learnt in these queues, by index. O(entries).
func (m *memory) forgetQueues(gone map[uint32]bool) {
	if len(gone) == 0 || m.size == 0 {
		return
	}
	for i := m.entry(0).next; i != 0; {
		next := m.entry(i).next
		if gone[m.entry(i).key.queue/2] {
			m.forget(i)
		}
		i = next
	}
}

// memoryKey is by what the call's customer is remembered in its queue.
func (c *call) memoryKey() memoryKey {
	if c.customer != "" {
		return memoryKey{c.customer, 2 * c.queue.index}
	}
	return memoryKey{c.number, 2*c.queue.index + 1}
}
