package acd

import "container/heap"

// strategies makes the ready set of each way to select an agent. A new
// strategy is a line here: a score that stays the same while an agent is
// ready, the smallest first; one whose order changes with time brings its own
// set.
var strategies = map[Select]func() readySet{
	SelectLongestIdle: byScore(func(*agent, int) int { return 0 }),
	SelectMostSkilled: byScore(func(_ *agent, skill int) int { return -skill }),
	SelectLeastSkilled: byScore(func(_ *agent, skill int) int {
		return skill
	}),
	SelectFewestCalls:   byScore(func(a *agent, _ int) int { return a.talks }),
	SelectLeastOccupied: func() readySet { return new(occupiedSet) },
}

// idleLonger is how every tie between ready agents is broken: who became ready
// first, then the bytewise smaller id.
func idleLonger(a, b *agent) bool {
	if a.idleSince != b.idleSince {
		return a.idleSince < b.idleSince
	}
	return a.id < b.id
}

func byScore(score func(a *agent, skill int) int) func() readySet {
	return func() readySet { return &scoredSet{score: score} }
}

// scoredSet is a heap of agents by score, then by idle time. Add and remove
// cost O(log n), best O(1).
type scoredSet struct {
	score func(a *agent, skill int) int
	heap  scoredHeap
}

type scored struct {
	score int
	agent *agent
	i     int // of the agent's places
}

func (s *scoredSet) add(a *agent, i, skill int, _ int64) {
	a.places[i] = len(s.heap)
	s.heap = append(s.heap, scored{s.score(a, skill), a, i})
	heap.Fix(&s.heap, a.places[i]) // not heap.Push, which would allocate
}

func (s *scoredSet) remove(a *agent, i int, _ int64) {
	place, last := a.places[i], len(s.heap)-1
	s.heap.Swap(place, last)
	s.heap[last] = scored{}
	s.heap = s.heap[:last]
	if place < last {
		heap.Fix(&s.heap, place)
	}
}

func (s *scoredSet) best(int64) *agent {
	if len(s.heap) == 0 {
		return nil
	}
	return s.heap[0].agent
}

func (s *scoredSet) size() int { return len(s.heap) }

type scoredHeap []scored

func (h scoredHeap) Len() int { return len(h) }

func (h scoredHeap) Less(i, j int) bool {
	if h[i].score != h[j].score {
		return h[i].score < h[j].score
	}
	return idleLonger(h[i].agent, h[j].agent)
}

func (h scoredHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].agent.places[h[i].i] = i
	h[j].agent.places[h[j].i] = j
}

// Push and Pop complete heap.Interface; Fix is all that is used.
func (h *scoredHeap) Push(any) { panic("unused") }
func (h *scoredHeap) Pop() any { panic("unused") }
