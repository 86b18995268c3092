package acdtest

import (
	"container/list"
	"time"
)

// auditPerson is whom an agent knows again: a customer, or else a number.
type auditPerson struct{ customer, caller string }

// auditMemory is who served whom last in which queue: the latest talks, one a
// person and queue.
type auditMemory struct {
	limit    int
	remember time.Duration
	talks    map[auditMemoryKey]*list.Element
	written  *list.List // of auditTalk, oldest first
}

type auditMemoryKey struct {
	queue  string
	person auditPerson
}

type auditTalk struct {
	key   auditMemoryKey
	agent string
	at    time.Time
}

func newAuditMemory(limit int, remember time.Duration) *auditMemory {
	return &auditMemory{limit, remember, map[auditMemoryKey]*list.Element{}, list.New()}
}

func (m *auditMemory) write(queue string, person auditPerson, agent string, at time.Time) {
	if m.limit <= 0 || person == (auditPerson{}) {
		return
	}
	key := auditMemoryKey{queue, person}
	if old := m.talks[key]; old != nil {
		m.written.Remove(old)
	}
	m.talks[key] = m.written.PushBack(auditTalk{key, agent, at})
	m.shrink()
}

func (m *auditMemory) shrink() {
	for m.written.Len() > m.limit {
		m.forget(m.written.Front())
	}
}

func (m *auditMemory) forget(e *list.Element) {
	delete(m.talks, m.written.Remove(e).(auditTalk).key)
}

// follow is for a new plan: what was learnt in queues that are gone goes, and
// what is over the new limit.
func (m *auditMemory) follow(r *auditRules) {
	m.limit, m.remember = r.entries, r.remember
	for e := m.written.Front(); e != nil; {
		next := e.Next()
		if r.queues[e.Value.(auditTalk).key.queue] == nil {
			m.forget(e)
		}
		e = next
	}
	m.shrink()
}

// agent is who served the person last, empty if unknown or too long ago.
func (m *auditMemory) agent(queue string, person auditPerson, now time.Time) string {
	found := m.talks[auditMemoryKey{queue, person}]
	if found == nil {
		return ""
	}
	talk := found.Value.(auditTalk)
	if !now.Before(talk.at.Add(m.remember)) {
		return ""
	}
	return talk.agent
}

// How many finished calls a router remembers, and how many offers that are
// over the Auditor does.
const (
	auditFinished    = 100_000
	auditSpentOffers = 131_072
)

// auditRecent is a queue of the latest ids.
type auditRecent struct {
	limit int
	ids   []string
	next  int // where the oldest stands, once full
}

// add returns the id that is forgotten for the new one, empty if none.
func (r *auditRecent) add(id string) (forgotten string) {
	if len(r.ids) < r.limit {
		r.ids = append(r.ids, id)
		return ""
	}
	forgotten, r.ids[r.next] = r.ids[r.next], id
	r.next = (r.next + 1) % r.limit
	return forgotten
}
