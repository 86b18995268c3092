package acd

import (
	"strings"
	"time"
)

// memory is who served which customer last, by queue. It holds a bounded
// number of entries; over that, the one written longest ago goes. The zero
// value is empty and ready to use. Recall and write cost O(1).
type memory struct {
	index map[memoryKey]int32
	// blocks hold the entries, so that growing copies nothing. Entry 0 is no
	// one's: it closes the ring of entries by writing, the oldest after it.
	blocks [][]remembered
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
	agent          *agent
	at             int64
	previous, next int32
}

const memoryBlock = 1024

func (m *memory) entry(i int32) *remembered { return &m.blocks[i/memoryBlock][i%memoryBlock] }

// recall returns who served key, nil if that is unknown or as old as remember.
func (m *memory) recall(key memoryKey, now int64, remember time.Duration) *agent {
	i, ok := m.index[key]
	if !ok {
		return nil
	}
	if e := m.entry(i); now < later(e.at, remember) {
		return e.agent
	}
	return nil
}

// write remembers that a served key.
func (m *memory) write(key memoryKey, a *agent, now int64, entries int) {
	if key.who == "" || entries == 0 {
		return
	}
	i, ok := m.index[key]
	if ok {
		m.unlink(i)
	} else {
		if len(m.index) >= entries {
			m.forget(m.entry(0).next)
		}
		i = m.newEntry()
		key.who = strings.Clone(key.who) // the caller's text may be part of a longer one
		m.index[key] = i
		m.entry(i).key = key
	}
	e, head := m.entry(i), m.entry(0)
	e.agent, e.at = a, now
	e.previous, e.next = head.previous, 0
	m.entry(e.previous).next = i
	head.previous = i
}

func (m *memory) newEntry() int32 {
	if i := m.free; i != 0 {
		m.free = m.entry(i).next
		return i
	}
	if m.index == nil {
		m.index = make(map[memoryKey]int32)
		m.blocks = [][]remembered{make([]remembered, 1, memoryBlock)}
		m.used = 1
	}
	block := int(m.used / memoryBlock)
	if block == len(m.blocks) {
		m.blocks = append(m.blocks, make([]remembered, 0, memoryBlock))
	}
	m.blocks[block] = append(m.blocks[block], remembered{})
	m.used++
	return m.used - 1
}

func (m *memory) unlink(i int32) {
	e := m.entry(i)
	m.entry(e.previous).next = e.next
	m.entry(e.next).previous = e.previous
}

func (m *memory) forget(i int32) {
	m.unlink(i)
	e := m.entry(i)
	delete(m.index, e.key)
	*e = remembered{next: m.free}
	m.free = i
}

// memoryKey is by what the call's customer is remembered in its queue.
func (c *call) memoryKey() memoryKey {
	if c.customer != "" {
		return memoryKey{c.customer, 2 * c.queue.index}
	}
	return memoryKey{c.number, 2*c.queue.index + 1}
}
