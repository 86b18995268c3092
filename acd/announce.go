package acd

import (
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// awaitAnnouncement finds the next of the announcements that a call in a queue
// is told at even distances, and arms it unless time stands still for the call.
// The caller of a callback has left.
func (e *Engine) awaitAnnouncement(c *call) {
	c.announce.rank = queue.Rank{}
	every := int64(c.queue.announceEvery)
	if every == 0 || c.back != nil {
		return
	}
	n := (e.now-c.joined)/every + 1
	c.announce.rank = queue.Rank{Urgency: later(c.joined, time.Duration(n*every)), Order: e.number(1)}
	if c.state == waiting || c.state == ringing {
		e.armAnnouncement(c)
	}
}

func (e *Engine) armAnnouncement(c *call) {
	e.set(&c.announce, c.announce.rank.Urgency, c.announce.rank.Order, timer{kind: announceTimer, call: c})
}

// resumeAnnouncements goes on where they stopped, without what was missed.
func (e *Engine) resumeAnnouncements(c *call) {
	switch {
	case c.announce.set || c.announce.rank == queue.Rank{} || c.back != nil:
	case c.announce.rank.Urgency > e.now:
		e.armAnnouncement(c)
	default:
		e.awaitAnnouncement(c)
	}
}

// announceInTurn is for the alarm: while the call rings nothing is told.
func (e *Engine) announceInTurn(c *call) {
	if c.state == waiting {
		e.tellPlace(c)
	}
	e.awaitAnnouncement(c)
}

// tellPlace announces place and wait to a caller in line.
func (e *Engine) tellPlace(c *call) {
	position := c.queue.position(c)
	e.emit(Event{Type: EventAnnounced, Call: c.id, Position: position, Wait: e.estimate(c, position)})
}
