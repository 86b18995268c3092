package report

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// connected begins a talk.
func (r *Report) connected(c *call, e *acd.Event) {
	if c.talk.on { // makes no sense
		c.hangUp()
	}
	c.talk = talk{
		on: true, agent: e.Agent, same: c.talk.same,
		total: max(e.Waited, 0), here: max(e.Waited-c.before, 0),
		centre: c.open, visit: c.stay.open, called: c.callback,
	}
	c.answer(1)
}

// answer counts the present talk as the answer of what has none yet: the call,
// its stay. With n = −1 it takes that back, because the talk never began.
func (c *call) answer(n int) {
	t := &c.talk
	t.on = n > 0
	c.count((*Figures).talking, n)
	if t.visit {
		c.visit.answer(n, t.here, c.level, t.same)
		c.stay.open = n < 0
	}
	if t.centre {
		c.centre.answer(n, t.total, c.first, t.same)
		c.open = n < 0
	}
	if t.called {
		if c.visit != nil {
			c.visit.reach(n, t.here)
		}
		if c.centre != nil {
			c.centre.reach(n, t.total)
		}
	}
}

func (f *Figures) answer(n int, waited time.Duration, l acd.ServiceLevel, same bool) {
	f.Answered += n
	f.Waiting -= n
	if waited <= l.Within {
		f.AnsweredWithin += n
	}
	if same {
		f.SameAgent += n
	}
	if n > 0 {
		f.Wait.Add(waited)
	} else {
		f.Wait.remove(waited)
	}
}

func (f *Figures) reach(n int, waited time.Duration) {
	f.Reached += n
	if n > 0 {
		f.CallbackWait = plus(f.CallbackWait, waited)
	} else {
		f.CallbackWait -= waited
	}
}

// transferred passes a call on, out of a talk or out of the line.
func (r *Report) transferred(c *call, e *acd.Event) {
	if c.talk.on || !c.seen() && e.Talked > 0 {
		r.endTalk(c, e.From, e)
		c.count((*Figures).transferred, 1)
		r.rowOf(r.agent(e.From)).Transferred++
		c.callback = false
	}
	r.leaveQueue(c, e.Type, (*Figures).moved)
}

// endTalk ends a talk, and its agent's wrap-up begins: what comes of the agent
// is told by the next event.
func (r *Report) endTalk(c *call, agent string, e *acd.Event) {
	c.hangUp()
	if agent == "" {
		return
	}
	a := r.agent(agent)
	if a.last.open { // makes no sense
		r.handled(a)
	}
	a.last = conversation{visit: c.visit, centre: c.centre, open: true, ended: r.now, talked: max(e.Talked, 0)}
	row := r.rowOf(a)
	row.Talks++
	if c.talk.same {
		row.SameAgent++
	}
}
