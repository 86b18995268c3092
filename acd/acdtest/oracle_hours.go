package acdtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// open says whether the queue is open now.
func (o *Oracle) open(q *acd.Queue) bool {
	return q.Hours == nil || isOpen(q.Hours, instant(o.now))
}

// isOpen looks at the intervals of the local day, of the day before, which may
// go on past midnight, of the day before that, which may then come back, and of
// the day after, whose midnight may come twice. A zone that is not there is
// never open.
func isOpen(hours *acd.Hours, at time.Time) bool {
	zone, err := time.LoadLocation(hours.Zone)
	if err != nil {
		return false
	}
	year, month, day := at.In(zone).Date()
	for shift := -2; shift <= 1; shift++ {
		// The date on its own, in UTC, where every date is.
		date := time.Date(year, month, day+shift, 0, 0, 0, 0, time.UTC)
		for _, interval := range intervalsOf(hours, date) {
			first, second, _ := strings.Cut(interval, "-")
			begins, ends := clockTime(first), clockTime(second)
			if ends < begins {
				ends += 24 * time.Hour
			}
			if begins == ends {
				continue
			}
			opens, _ := clockReads(zone, date.Add(begins))
			_, closes := clockReads(zone, date.Add(ends))
			if !at.Before(opens) && at.Before(closes) {
				return true
			}
		}
	}
	return false
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// intervalsOf are those of the date, else those of its day of the week.
func intervalsOf(hours *acd.Hours, date time.Time) []string {
	if intervals, ok := hours.Dates[date.Format(time.DateOnly)]; ok {
		return intervals
	}
	var intervals []string
	for days, of := range hours.Week {
		first, last, isRange := strings.Cut(days, "-")
		if !isRange {
			last = first
		}
		for day := slices.Index(weekdays, first); day >= 0; day = (day + 1) % 7 {
			if day == int(date.Weekday()) {
				intervals = append(intervals, of...)
			}
			if weekdays[day] == last || !slices.Contains(weekdays, last) {
				break
			}
		}
	}
	return intervals
}

// clockTime reads "09:30" as the time since midnight.
func clockTime(text string) time.Duration {
	hour, minute, _ := strings.Cut(text, ":")
	hours, _ := strconv.Atoi(hour)
	minutes, _ := strconv.Atoi(minute)
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
}

// clockReads finds the first and the last instant at which the zone's clocks
// read as wall does in UTC; if they never do, both are the change of clocks
// that leaves it out. No offset exceeds 16 hours, and none is in force for less
// than an hour, so they are looked up hour by hour.
func clockReads(zone *time.Location, wall time.Time) (first, last time.Time) {
	offsetAt := func(t time.Time) time.Duration {
		_, seconds := t.In(zone).Zone()
		return time.Duration(seconds) * time.Second
	}
	found := false
	var change time.Time
	for hour := -16; hour <= 16; hour++ {
		t := wall.Add(time.Duration(hour) * time.Hour)
		if change.IsZero() && t.Add(offsetAt(t)).After(wall) {
			change, _ = t.In(zone).ZoneBounds()
		}
		at := wall.Add(-offsetAt(t))
		if offsetAt(at) != offsetAt(t) {
			continue
		}
		if !found || at.Before(first) {
			first = at
		}
		if !found || at.After(last) {
			last = at
		}
		found = true
	}
	if !found {
		return change, change
	}
	return first, last
}
