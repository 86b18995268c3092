package acd

import (
	"slices"
	"strings"
)

// way is how calls get from one queue into another.
type way struct {
	to   int
	path string
}

// overflows are the ways out of a queue by its ladder.
func (c *checker) overflows(queue int) []way {
	var ways []way
	for k, step := range c.plan.Queues[queue].Steps {
		if step.Do == nil {
			continue
		}
		if to, ok := c.queues[step.Do.Overflow]; ok {
			ways = append(ways, way{to, at(at("queues", queue)+".steps", k) + ".do.overflow"})
		}
	}
	return ways
}

// overflow looks for ways that lead back. Two queues that help each other out
// by when_full are none: a call goes only from the first that is full.
func (c *checker) overflow() {
	for i := range c.plan.Queues {
		if q := &c.plan.Queues[i]; q.Name != "" && q.WhenFull.Queue == q.Name {
			c.find(at("queues", i)+".when_full.queue", "queue %s is full itself: the call is blocked", quote(q.Name))
		}
	}
	graph := make([][]way, len(c.plan.Queues))
	for i := range graph {
		graph[i] = c.overflows(i)
		for _, w := range graph[i] {
			if c.openings[w.to].never() {
				c.find(w.path, "queue %s is never open: the call stays", quote(c.plan.Queues[w.to].Name))
			}
		}
	}
	named := make([]bool, len(graph))
	for i := range graph {
		if named[i] {
			continue
		}
		cycle, path := shortestCycle(graph, i)
		if cycle == nil {
			continue
		}
		var names []string
		for _, queue := range cycle {
			named[queue] = true
			names = append(names, quote(c.plan.Queues[queue].Name))
		}
		c.find(path, "overflow cycle %s: a call is not taken back into a queue that it was in", strings.Join(append(names, names[0]), " -> "))
	}
}

// shortestCycle finds a shortest cycle through start: its queues from start
// on, and the path of the first way. Nil: there is none. O(ways).
func shortestCycle(graph [][]way, start int) (cycle []int, path string) {
	type visit struct {
		from int
		path string
	}
	visits := map[int]visit{}
	for next := []int{start}; len(next) > 0; next = next[1:] {
		for _, w := range graph[next[0]] {
			if _, ok := visits[w.to]; ok {
				continue
			}
			visits[w.to] = visit{next[0], w.path}
			if w.to != start {
				next = append(next, w.to)
				continue
			}
			for queue := start; ; {
				queue, path = visits[queue].from, visits[queue].path
				cycle = append(cycle, queue)
				if queue == start {
					slices.Reverse(cycle)
					return cycle, path
				}
			}
		}
	}
	return nil, ""
}

// reach looks for queues that no call can get into.
func (c *checker) reach() {
	reached := make([]bool, len(c.plan.Queues))
	var next []int
	lead := func(queue int, ok bool) {
		if ok && !reached[queue] {
			reached[queue] = true
			next = append(next, queue)
		}
	}
	for i := range c.plan.Entry {
		to, ok := c.queues[c.plan.Entry[i].Queue]
		lead(to, ok)
	}
	for ; len(next) > 0; next = next[1:] {
		for _, w := range c.overflows(next[0]) {
			lead(w.to, true)
		}
		q := &c.plan.Queues[next[0]]
		if q.Capacity != nil {
			to, ok := c.queues[q.WhenFull.Queue]
			lead(to, ok)
		}
		if q.Hours != nil {
			to, ok := c.queues[q.WhenClosed.Queue]
			lead(to, ok)
		}
	}
	for i := range reached {
		if !reached[i] {
			c.find(at("queues", i), "nothing but a transfer leads to queue %s", quote(c.plan.Queues[i].Name))
		}
	}
}
