package acd

import (
	"errors"
	"time"
	_ "time/tzdata" // for systems that have no time zones
)

const (
	minutesADay = 24 * 60
	secondsADay = minutesADay * 60
)

// opening is when a queue is open: [Hours] compiled. Nil is always open. It
// keeps its last answer, so it is not safe for concurrent use; what it says
// depends on nothing but the hours and the instant asked for.
type opening struct {
	zone  *time.Location
	week  [7][]interval // by [time.Weekday]
	dates map[int64][]interval
	last  stretch
}

// interval is a part of a day in minutes since its midnight, the end in the
// next day if it is over 24 hours. Those of a day are in order and apart.
type interval struct{ begin, end int }

// stretch is a time in which a queue stays open or closed. Both ends are in
// nanoseconds since 1970; the second is not part of it.
type stretch struct {
	from, to int64
	open     bool
	changes  bool // at its end; false: no change in the year that was looked at
}

// compileHours compiles hours. The error joins all that is wrong, each a
// [*PlanError] with a path below "hours".
func compileHours(h *Hours) (*opening, error) {
	var v validator
	o := v.hours("hours", h)
	return o, errors.Join(v.errs...)
}

// open reports whether the queue is open at an instant, in nanoseconds since
// 1970 and before 2200. It costs a comparison as long as the last answer
// holds, and else a look at the days around the instant.
func (o *opening) open(now int64) bool {
	if o == nil {
		return true
	}
	if now < o.last.from || now >= o.last.to {
		o.last = o.stretch(now)
	}
	return o.last.open
}

// until tells when the queue next closes, if it is open at now, or else when
// it next opens. False: not within a year.
func (o *opening) until(now int64) (at int64, ok bool) {
	if o == nil {
		return 0, false
	}
	if o.open(now); !o.last.changes { // what was looked at may end a year after an earlier instant
		o.last = o.stretch(now)
	}
	return o.last.to, o.last.changes
}

// stretch finds how long the answer at now holds. It looks a year ahead.
func (o *opening) stretch(now int64) stretch {
	const year = 366
	second := floorDivide(now, int64(time.Second))
	today := o.day(second)
	s := stretch{from: now, changes: true}
	end, open := o.covered(second)
	s.open = open
	for more := open; more; {
		if o.day(end) > today+year {
			s.changes = false
			break
		}
		var further int64
		if further, more = o.covered(end); more {
			end = further
		}
	}
	if !open {
		if end, s.changes = o.begins(second, today, today+year); !s.changes {
			end = second + (year-1)*secondsADay
		}
	}
	s.to = end * int64(time.Second)
	return s
}

// covered finds the latest end of the intervals in which an instant is.
//
// Those may have begun two days before, where clocks that go back over midnight
// bring a day back, and may be those of the next day, where they have just
// done so.
func (o *opening) covered(second int64) (end int64, ok bool) {
	today := o.day(second)
	for day := today - 2; day <= today+1; day++ {
		for _, i := range o.on(day) {
			if from, to := o.instants(day, i); from <= second && second < to {
				end, ok = max(end, to), true
			}
		}
	}
	return end, ok
}

// begins finds the first interval that begins after an instant at which none
// is. Those of a later day never begin before those of an earlier one.
func (o *opening) begins(second, first, last int64) (at int64, ok bool) {
	for day := first; day <= last; day++ {
		for _, i := range o.on(day) {
			if from, to := o.instants(day, i); from > second && from < to {
				return from, true
			}
		}
	}
	return 0, false
}

// on is the intervals that begin on a day, in days since 1970.
func (o *opening) on(day int64) []interval {
	if intervals, ok := o.dates[day]; ok {
		return intervals
	}
	return o.week[(int64(time.Thursday)+day%7+7)%7] // 1970 began on a Thursday
}

// day is the day at an instant.
func (o *opening) day(second int64) int64 {
	offset, _ := o.offset(second)
	return floorDivide(second+offset, secondsADay)
}

// instants are the beginning and the end of an interval in seconds since 1970:
// the first instant at which the clock shows the one, and the last at which it
// shows the other. What the clock leaves out is at the change. The end of a day
// is the beginning of the next.
func (o *opening) instants(day int64, i interval) (from, to int64) {
	begin := day*secondsADay + int64(i.begin)*60
	end := day*secondsADay + int64(i.end)*60
	reached := false
	// Offsets are less than a day, so this walks over all that matters.
	for t := begin - secondsADay; t <= end+secondsADay; {
		offset, next := o.offset(t)
		if !reached && begin-offset < next {
			from, reached = max(t, begin-offset), true
		}
		if end-offset >= t {
			to = min(next, end-offset)
		}
		t = next
	}
	return from, to
}

// offset is what the zone adds to UTC at an instant, in seconds, and until
// when it surely does.
func (o *opening) offset(second int64) (offset, until int64) {
	t := time.Unix(second, 0).In(o.zone)
	_, seconds := t.Zone()
	_, end := t.ZoneBounds()
	until = end.Unix()
	switch {
	case end.IsZero():
		until = 1<<63 - 1
	case until <= second: // package time ends a leap year a day early
		until = second - second%secondsADay + secondsADay
	}
	return int64(seconds), until
}

func floorDivide(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
