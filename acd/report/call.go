package report

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

// call is one that has no outcome yet. One whose beginning was not seen has
// neither of the rows, now or later.
type call struct {
	id, tier string

	centre *Figures
	first  acd.ServiceLevel // of the first queue
	open   bool             // the centre's row has no outcome for it yet
	over   bool             // nothing can come of it any more

	stay // in the present queue

	callback bool
	talk     talk

	// waited is the time waited up to since; while clock runs, it grows.
	waited time.Duration
	clock  bool
	since  int64
	place  queue.Rank // in the queue's line, if inLine
	inLine bool

	// turnedAway is the full or closed queue that sent the call on before it was
	// queued anywhere.
	turnedAway string
	via        acd.EventType // how it left the queue before
}

// stay is a call's time in one queue.
type stay struct {
	queue  string
	visit  *Figures // nil between two queues
	level  acd.ServiceLevel
	open   bool          // the row has no outcome for it yet
	before time.Duration // waited before it
}

// talk is the present one, or the offer that may become one.
type talk struct {
	on    bool
	agent string
	same  bool // the agent of last time
	// What its answer counted as, to take it back if the bridge fails.
	total, here           time.Duration
	centre, visit, called bool
}

// callEvent is the part of an event that concerns its call.
func (r *Report) callEvent(e *acd.Event) {
	c := r.calls[e.Call]
	if c == nil {
		c = r.newCall(e)
	} else if c.turnedAway != "" && e.Type != acd.EventQueued {
		c.turnedAway = ""
		r.unseen++
	}
	switch e.Type {
	case acd.EventQueued:
		r.queued(c, e)
	case acd.EventRequeued:
		if c.talk.on {
			c.answer(-1)
		}
		r.joinLine(c)
	case acd.EventOffered:
		r.offered(c, e)
	case acd.EventWithdrawn:
		r.pause(c)
	case acd.EventConnected:
		r.pause(c)
		r.connected(c, e)
	case acd.EventSuggested:
		c.count((*Figures).suggested, 1)
	case acd.EventAnnounced:
		c.count((*Figures).announced, 1)
	case acd.EventOverdue:
		c.count((*Figures).overdue, 1)
	case acd.EventCallbackBooked:
		if !c.callback {
			c.callback = true
			c.count((*Figures).booked, 1)
		}
		if e.NotBefore.After(e.At) {
			r.pause(c)
		}
	case acd.EventOverflowed:
		if c.turnedAway == "" {
			r.leaveQueue(c, e.Type, (*Figures).overflowed)
		}
	case acd.EventTransferred:
		r.transferred(c, e)
	case acd.EventEnded:
		r.endTalk(c, e.Agent, e)
		c.over = true
	case acd.EventAbandoned:
		if e.Reason == acd.ReasonCancelled {
			c.leave((*Figures).cancelled)
		} else {
			c.abandon(e.Waited)
		}
	case acd.EventBlocked:
		c.leave((*Figures).blocked)
		if e.Reason == acd.ReasonClosed {
			c.count((*Figures).closed, 1)
		}
	case acd.EventDiverted:
		c.leave((*Figures).diverted)
	case acd.EventDeflected:
		c.leave((*Figures).deflected)
	case acd.EventCallbackFailed:
		if c.talk.on { // the bridge failed, and it was too late to try again
			c.answer(-1)
		}
		c.leave((*Figures).failed)
	}
	if terminal(e.Type) {
		c.leave((*Figures).unknown) // has an effect only if the events made no sense
		r.forget(c)
	}
}

func terminal(t acd.EventType) bool {
	switch t {
	case acd.EventEnded, acd.EventAbandoned, acd.EventBlocked, acd.EventDiverted, acd.EventDeflected, acd.EventCallbackFailed:
		return true
	}
	return false
}

// newCall makes the record of a call that has none. Its first event tells
// whether this is its beginning.
func (r *Report) newCall(e *acd.Event) *call {
	var c *call
	if n := len(r.spare); n > 0 {
		c, r.spare = r.spare[n-1], r.spare[:n-1]
	} else {
		c = new(call)
	}
	c.id = e.Call
	r.calls[c.id] = c
	switch e.Type {
	case acd.EventQueued:
		r.begin(c, e.Tier, e.Queue)
	case acd.EventSuggested, acd.EventBlocked, acd.EventDiverted:
		r.begin(c, e.Tier, e.Queue)
		if e.Queue != "" {
			r.enterQueue(c, e.Queue)
		}
	case acd.EventOverflowed:
		c.turnedAway = e.From // the tier comes with the next event
	default:
		r.unseen++
	}
	return c
}

func (r *Report) forget(c *call) {
	r.pause(c)
	delete(r.calls, c.id)
	*c = call{}
	r.spare = append(r.spare, c)
}

// begin offers a call to the centre.
func (r *Report) begin(c *call, tier, queue string) {
	c.tier, c.first = tier, r.levelOf(queue)
	c.centre, c.open = r.present.centreRow(tier), true
	c.centre.Offered++
	c.centre.Waiting++
}

// seen says whether the call's beginning was seen.
func (c *call) seen() bool { return c.centre != nil }

func (r *Report) queued(c *call, e *acd.Event) {
	if from := c.turnedAway; from != "" {
		c.turnedAway = ""
		r.begin(c, e.Tier, from)
		r.enterQueue(c, from)
		r.leaveQueue(c, acd.EventOverflowed, (*Figures).overflowed)
	}
	if c.visit != nil && (c.queue != e.Queue || !c.stay.open) { // makes no sense
		r.leaveQueue(c, "", (*Figures).unknown)
	}
	if c.visit == nil {
		r.enterQueue(c, e.Queue)
	}
	r.joinLine(c)
}

// enterQueue begins a stay.
func (r *Report) enterQueue(c *call, queue string) {
	if !c.seen() {
		return
	}
	r.leaveLine(c)
	c.stay = stay{
		queue: queue, visit: r.present.queueRow(queue, c.tier), level: r.levelOf(queue),
		open: true, before: c.waited,
	}
	c.visit.Offered++
	c.visit.Waiting++
	switch c.via {
	case acd.EventOverflowed:
		c.visit.OverflowedIn++
	case acd.EventTransferred:
		c.visit.TransferredIn++
	}
}

// leaveQueue ends a stay, and not the call.
func (r *Report) leaveQueue(c *call, via acd.EventType, how count) {
	r.pause(c)
	c.hangUp()
	c.leaveVisit(how)
	c.visit, c.via = nil, via
}

func (c *call) leaveVisit(how count) {
	if c.stay.open {
		c.stay.open = false
		c.visit.Waiting--
		*how(c.visit)++
	}
}

// leave gives the call its outcome.
func (c *call) leave(how count) {
	c.leaveVisit(how)
	switch {
	case c.open:
		c.open = false
		c.centre.Waiting--
		*how(c.centre)++
	case c.seen() && !c.over && !c.talk.on:
		c.centre.LeftLater++
	}
	c.over = true
	c.hangUp()
}

// hangUp ends a talk that nothing more is known of.
func (c *call) hangUp() {
	if c.talk.on {
		c.talk.on = false
		c.count((*Figures).talking, -1)
	}
}

func (c *call) abandon(waited time.Duration) {
	if c.stay.open {
		c.visit.abandon(max(waited-c.before, 0), c.level)
	}
	if c.open {
		c.centre.abandon(waited, c.first)
	}
	c.leave((*Figures).abandoned)
}

func (f *Figures) abandon(waited time.Duration, l acd.ServiceLevel) {
	f.AbandonWait = plus(f.AbandonWait, max(waited, 0))
	if waited <= l.Within {
		f.AbandonedWithin++
	}
	if waited <= l.ShortAbandon {
		f.ShortAbandoned++
	}
}

// A count is one of a row's.
type count = func(*Figures) *int

// count adds n in both of the call's rows.
func (c *call) count(what count, n int) {
	if c.centre != nil {
		*what(c.centre) += n
	}
	if c.visit != nil {
		*what(c.visit) += n
	}
}

func (f *Figures) abandoned() *int   { return &f.Abandoned }
func (f *Figures) cancelled() *int   { return &f.Cancelled }
func (f *Figures) blocked() *int     { return &f.Blocked }
func (f *Figures) diverted() *int    { return &f.Diverted }
func (f *Figures) deflected() *int   { return &f.Deflected }
func (f *Figures) failed() *int      { return &f.Failed }
func (f *Figures) overflowed() *int  { return &f.Overflowed }
func (f *Figures) moved() *int       { return &f.Moved }
func (f *Figures) unknown() *int     { return &f.Unknown }
func (f *Figures) closed() *int      { return &f.Closed }
func (f *Figures) talking() *int     { return &f.Talking }
func (f *Figures) transferred() *int { return &f.Transferred }
func (f *Figures) booked() *int      { return &f.Booked }
func (f *Figures) suggested() *int   { return &f.Suggested }
func (f *Figures) announced() *int   { return &f.Announced }
func (f *Figures) overdue() *int     { return &f.Overdue }
