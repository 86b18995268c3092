package acdtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditIsOpen reports whether hours of a valid plan include an instant. It is
// for entry rules alone: whether a call should have found its queue closed is
// left to the comparison with the Oracle.
func auditIsOpen(hours *acd.Hours, now time.Time) bool {
	if hours == nil {
		return true
	}
	zone, err := time.LoadLocation(hours.Zone) // "" is UTC
	if err != nil {
		return false
	}
	year, month, day := now.In(zone).Date()
	for _, back := range []int{0, 1} { // yesterday's may go on until today
		date := time.Date(year, month, day-back, 0, 0, 0, 0, time.UTC)
		for _, interval := range auditIntervals(hours, date) {
			var h1, m1, h2, m2 int
			if _, err := fmt.Sscanf(interval, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil {
				return false
			}
			begin, end := h1*60+m1, h2*60+m2
			if end < begin {
				end += 24 * 60
			}
			first := auditWallClock(date.Add(time.Duration(begin)*time.Minute), zone, false)
			last := auditWallClock(date.Add(time.Duration(end)*time.Minute), zone, true)
			if !now.Before(first) && now.Before(last) {
				return true
			}
		}
	}
	return false
}

// auditIntervals are those of a date, or else of its day of the week.
func auditIntervals(hours *acd.Hours, date time.Time) []string {
	if own, ok := hours.Dates[date.Format(time.DateOnly)]; ok {
		return own
	}
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	for days, intervals := range hours.Week {
		from, to, isRange := strings.Cut(days, "-")
		if !isRange {
			to = from
		}
		first, last := slices.Index(names, from), slices.Index(names, to)
		for i := range 7 {
			today := (first + i) % 7
			if today == int(date.Weekday()) {
				return intervals
			}
			if today == last {
				break
			}
		}
	}
	return nil
}

// auditWallClock is when the clocks of a zone show what wall shows in UTC: at
// their change, if they leave it out; if they show it twice, the last time or
// the first.
func auditWallClock(wall time.Time, zone *time.Location, last bool) time.Time {
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	early := wall.Add(-time.Duration(before) * time.Second).In(zone)
	late := wall.Add(-time.Duration(after) * time.Second).In(zone)
	_, earlyOffset := early.Zone()
	_, lateOffset := late.Zone()
	switch isEarly, isLate := earlyOffset == before, lateOffset == after; {
	case isEarly && isLate:
		if last == late.After(early) {
			return late
		}
		return early
	case isEarly:
		return early
	case isLate:
		return late
	}
	// Left out: by the offset of before it lies behind the change.
	change, _ := early.ZoneBounds()
	return change
}
