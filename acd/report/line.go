package report

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// joinLine puts the call, or puts it back, into its queue's line.
func (r *Report) joinLine(c *call) {
	if !c.seen() || c.inLine {
		return
	}
	if !c.clock {
		c.clock, c.since = true, r.now
	}
	line := r.lines[c.queue]
	if line == nil {
		line = new(queue.Ranking[*call])
		r.lines[c.queue] = line
	}
	r.joined++
	began := c.since - int64(c.waited) // to wait, as if without a break
	c.place = queue.Rank{Urgency: began, Arrival: began, Order: r.joined}
	c.inLine = line.Insert(c.place, c)
}

// leaveLine takes the call out of line. Its wait goes on if the clock runs.
func (r *Report) leaveLine(c *call) {
	if c.inLine {
		c.inLine = false
		r.lines[c.queue].Delete(c.place)
	}
}

// pause takes the call out of line and stops its wait.
func (r *Report) pause(c *call) {
	r.leaveLine(c)
	if c.clock {
		c.clock = false
		c.waited = plus(c.waited, time.Duration(r.now-c.since))
	}
}

// offered takes the call out of line and counts whom it overtook. The event
// tells how many, not whom: they are taken to be those of the same queue who
// have waited longest.
func (r *Report) offered(c *call, e *acd.Event) {
	c.talk = talk{on: c.talk.on, agent: e.Agent}
	if e.Why != nil {
		c.talk.same = e.Why.Reason == acd.ReasonSameAgent
		c.count((*Figures).given, e.Why.Overtaken)
		if c.inLine {
			r.overtake(c, e.Why.Overtaken)
		}
	}
	r.leaveLine(c)
}

func (r *Report) overtake(c *call, n int) {
	if n <= 0 {
		return
	}
	for place, other := range r.lines[c.queue].All() {
		if n == 0 || place.Urgency >= c.place.Urgency {
			return
		}
		other.count((*Figures).suffered, 1)
		n--
	}
}

func (f *Figures) given() *int    { return &f.OvertakingsGiven }
func (f *Figures) suffered() *int { return &f.OvertakingsSuffered }

// waitedTo is the time waited up to an instant.
func (c *call) waitedTo(now int64) time.Duration {
	if c.clock {
		return plus(c.waited, time.Duration(max(now-c.since, 0)))
	}
	return c.waited
}
