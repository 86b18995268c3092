package acd

import (
	"maps"
	"slices"
)

// hours looks at when queues open, and where calls go that find one closed.
func (c *checker) hours() {
	for i := range c.plan.Queues {
		q, path := &c.plan.Queues[i], at("queues", i)
		if c.openings[i].never() {
			c.find(path+".hours", "queue %s is never open", quote(q.Name))
		}
		if q.WhenClosed != (Elsewhere{}) && q.Hours == nil {
			c.find(path+".when_closed", "queue %s has no hours, so it is never closed", quote(q.Name))
			continue
		}
		to, ok := c.queues[q.WhenClosed.Queue]
		switch path := path + ".when_closed.queue"; {
		case q.WhenClosed.Queue == "" || !ok:
		case to == i:
			c.find(path, "queue %s is closed itself: the call is blocked", quote(q.Name))
		case c.openings[to].never():
			c.find(path, "queue %s is never open: the call is blocked", quote(q.WhenClosed.Queue))
		case c.openings[i].same(c.openings[to]):
			c.find(path, "queue %s has the same hours and is closed too: the call is blocked", quote(q.WhenClosed.Queue))
		}
	}
}

// never reports hours without a single interval.
func (o *opening) never() bool {
	if o == nil {
		return false
	}
	intervals := 0
	for _, day := range o.week {
		intervals += len(day)
	}
	for _, day := range o.dates {
		intervals += len(day)
	}
	return intervals == 0
}

// same reports whether two queues have the same intervals in the same zone.
func (o *opening) same(other *opening) bool {
	if o == nil || other == nil {
		return o == other
	}
	return o.zone.String() == other.zone.String() &&
		slices.EqualFunc(o.week[:], other.week[:], slices.Equal) &&
		maps.EqualFunc(o.dates, other.dates, slices.Equal)
}
