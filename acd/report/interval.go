package report

import (
	"fmt"
	"sort"
	"time"
)

// grid cuts time into intervals by the clock on the wall.
type grid struct {
	every time.Duration
	zone  *time.Location
}

const day = 24 * time.Hour

func (g grid) check() error {
	switch {
	case g.every == day, g.every >= time.Second && time.Hour%g.every == 0:
		return nil
	}
	return fmt.Errorf("report: Options.Interval: want a whole part of an hour, from 1s on, or 24h, got %v", g.every)
}

// span is the interval of an instant: [start, end). Where the clocks change
// within an interval, it is cut there; a day may be of 23 or 25 hours.
func (g grid) span(ns int64) (start, end int64) {
	t := time.Unix(0, ns).In(g.zone)
	if g.every == day {
		return firstOf(t, 0).UnixNano(), firstOf(t, 1).UnixNano()
	}
	_, offset := t.Zone()
	wall := ns + int64(offset)*int64(time.Second)
	part := wall % int64(g.every)
	if part < 0 {
		part += int64(g.every)
	}
	start, end = ns-part, ns-part+int64(g.every)
	from, until := t.ZoneBounds()
	if !from.IsZero() {
		start = max(start, boundary(from))
	}
	if !until.IsZero() {
		end = min(end, boundary(until))
	}
	return start, end
}

// boundary is an instant in nanoseconds since 1970, saturating.
func boundary(t time.Time) int64 {
	return int64(t.Sub(time.Unix(0, 0)))
}

// firstOf is the first instant of t's date, or of the date so many days later.
// Midnight may come twice or not at all.
func firstOf(t time.Time, days int) time.Time {
	year, month, date := t.Date()
	want := time.Date(year, month, date+days, 0, 0, 0, 0, time.UTC)
	from := time.Date(year, month, date+days, -15, 0, 0, 0, time.UTC) // no zone is further ahead
	seconds := sort.Search(int(2*day/time.Second), func(i int) bool {
		y, m, d := from.Add(time.Duration(i) * time.Second).In(t.Location()).Date()
		return !time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Before(want)
	})
	return from.Add(time.Duration(seconds) * time.Second)
}

// interval is the rows of one interval.
type interval struct {
	start, end int64
	centre     map[string]*Figures // by tier
	queues     map[place]*Figures
	agents     map[string]*AgentFigures
}

type place struct{ queue, tier string }

// advance lets time pass.
func (r *Report) advance(now int64) {
	if r.present == nil {
		r.open(now)
	}
	r.now = max(r.now, now)
	for r.now >= r.present.end {
		next := r.present.end
		switch {
		case r.onDuty == 0: // nothing to count meanwhile
			next = r.now
		case r.now-next > r.longest: // nor anything that would be kept
			r.dropped += int((r.now - r.longest - next) / int64(r.grid.every))
			next = r.now - r.longest
		}
		for _, a := range r.agents {
			r.settle(a, r.present.end)
			a.row = nil
		}
		r.open(next)
		for _, a := range r.agents {
			a.since = r.present.start
		}
	}
}

// open begins the interval of an instant.
func (r *Report) open(ns int64) {
	start, end := r.grid.span(ns)
	r.present = &interval{
		start: start, end: end,
		centre: map[string]*Figures{"": {}},
		queues: make(map[place]*Figures),
		agents: make(map[string]*AgentFigures),
	}
	r.intervals = append(r.intervals, r.present)
	if len(r.intervals) > r.keep {
		r.intervals[0] = nil
		r.intervals = r.intervals[1:]
		r.dropped++
	}
	r.now = max(r.now, ns)
}

func (i *interval) centreRow(tier string) *Figures {
	f := i.centre[tier]
	if f == nil {
		f = new(Figures)
		i.centre[tier] = f
	}
	return f
}

func (i *interval) queueRow(queue, tier string) *Figures {
	f := i.queues[place{queue, tier}]
	if f == nil {
		f = new(Figures)
		i.queues[place{queue, tier}] = f
	}
	return f
}
