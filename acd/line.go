package acd

import (
	"container/heap"
	"math"

	"github.com/najimi-acd/najimi/queue"
)

// line holds the waiting calls that the same agents may take. There is one for
// each step with needs of each queue, and one a queue for held calls, which
// nobody takes from there. A waiting call is in exactly one of these. If it
// has an own agent it is also in that agent's line beside it, ordered by the
// urgency with that agent.
type line struct {
	queue *queueState
	pool  *pool  // the agents who meet the needs; nil for held calls
	owner *agent // of an own line
	base  *line  // of an own line: the line beside which it stands

	byUrgency queue.Ranking[*call]
	bySince   queue.Ranking[*call]

	open  int        // its place in openLines, from 1; 0: not there
	front queue.Rank // in openLines: its first call, or an earlier one that has left
}

func (l *line) size() int { return l.byUrgency.Len() }

func (l *line) add(c *call, rank queue.Rank) {
	l.byUrgency.Insert(rank, c)
	l.bySince.Insert(c.sinceRank(), c)
}

func (l *line) remove(c *call, rank queue.Rank) {
	l.byUrgency.Delete(rank)
	l.bySince.Delete(c.sinceRank())
}

// longer counts the calls that began to wait before since. O(log n).
func (l *line) longer(since int64) int {
	return l.bySince.Before(queue.Rank{Urgency: since, Arrival: math.MinInt64})
}

// taker is the ready agent to take the line's first call, nil if there is none.
func (l *line) taker(now int64) *agent {
	switch {
	case l.owner != nil:
		if l.owner.state == StateReady && l.owner.mayServeOwn(l.base) {
			return l.owner
		}
		return nil
	case l.pool != nil:
		return l.pool.ready.best(now)
	default:
		return nil
	}
}

// rank is the call's place among all: urgency, then arrival order (calls
// arrive in the order of their arrival times).
func (c *call) rank() queue.Rank { return queue.Rank{Urgency: c.since - c.lead, Order: c.order} }

// ownRank is the place with the own agent.
func (c *call) ownRank() queue.Rank { return queue.Rank{Urgency: c.since - c.ownLead, Order: c.order} }

// setLead fixes the call's head start under the cap, also that with its own
// agent. A call that was passed to its agent has no affinity.
func (e *Engine) setLead(c *call) {
	d := int64(e.rules.maxHeadStart)
	c.lead = min(d, c.headStart)
	c.ownLead = c.lead
	if c.own != nil && !c.passed {
		c.ownLead = min(d, later(c.headStart, e.rules.affinity.headStart))
	}
}

func (c *call) sinceRank() queue.Rank { return queue.Rank{Urgency: c.since, Order: c.order} }

// enterLine puts a call that waits into the line of its step. O(log n).
func (e *Engine) enterLine(c *call) {
	c.queue.pass(e.now)
	c.line = c.place()
	c.line.add(c, c.rank())
	e.open.push(c.line)
	if c.own != nil {
		l := c.own.ownLine(c.line)
		l.add(c, c.ownRank())
		e.open.push(l)
	}
}

// place is the line where a call stands if it stands in line.
func (c *call) place() *line {
	if c.held {
		return c.queue.held
	}
	return c.queue.steps[c.step].line
}

// leaveLine takes a call out of the line. O(log n).
func (e *Engine) leaveLine(c *call) {
	c.queue.pass(e.now)
	c.line.remove(c, c.rank())
	if c.own != nil {
		l := c.own.ownLine(c.line)
		l.remove(c, c.ownRank())
		if l.size() == 0 {
			c.own.dropOwnLine(l)
		}
	}
	c.line = nil
}

// openLines is a heap of the lines in which a call might meet a ready agent,
// by their first calls. Matching empties it.
type openLines []*line

func (o *openLines) push(l *line) {
	rank, _, ok := l.byUrgency.Min()
	switch {
	case !ok:
	case l.open == 0:
		l.front = rank
		heap.Push(o, l)
	case rank.Less(l.front):
		l.front = rank
		heap.Fix(o, l.open-1)
	}
}

func (o openLines) Len() int           { return len(o) }
func (o openLines) Less(i, j int) bool { return o[i].front.Less(o[j].front) }
func (o openLines) Swap(i, j int) {
	o[i], o[j] = o[j], o[i]
	o[i].open, o[j].open = i+1, j+1
}

func (o *openLines) Push(x any) {
	l := x.(*line)
	*o = append(*o, l)
	l.open = len(*o)
}

func (o *openLines) Pop() any {
	last := len(*o) - 1
	l := (*o)[last]
	(*o)[last] = nil
	*o = (*o)[:last]
	l.open = 0
	return l
}
