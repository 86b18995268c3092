package acd

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Bounds of hours.
const (
	maxDates     = 10_000
	maxIntervals = 1_440 // a day: as many as it has minutes
)

// hours validates and compiles hours. What it returns is of use if nothing
// failed.
func (v *validator) hours(path string, h *Hours) *opening {
	if h == nil {
		return nil
	}
	o := &opening{dates: make(map[int64][]interval, len(h.Dates))}
	var err error
	o.zone, err = time.LoadLocation(h.Zone)
	if err != nil || h.Zone == "Local" || h.Zone == "localtime" { // a plan means the same on every machine
		v.fail(path+".zone", "no time zone is named %s", quote(h.Zone))
	}
	v.week(path+".week", h.Week, o)
	v.size(path+".dates", len(h.Dates), 0, maxDates)
	for _, date := range slices.Sorted(maps.Keys(h.Dates)) {
		path := member(path+".dates", date)
		t, err := time.Parse(time.DateOnly, date)
		if err != nil {
			v.fail(path, `want a date such as "2026-12-31"`)
		}
		o.dates[t.Unix()/secondsADay] = v.intervals(path, h.Dates[date])
	}
	return o
}

func (v *validator) week(path string, week map[string][]string, o *opening) {
	var named [7]string
	for _, days := range slices.Sorted(maps.Keys(week)) {
		path := member(path, days)
		intervals := v.intervals(path, week[days])
		first, last, ok := weekdays(days)
		if !ok {
			v.fail(path, `want a day such as "sat" or a range such as "mon-fri"`)
			continue
		}
		for day := first; ; day = (day + 1) % 7 {
			if named[day] != "" {
				v.fail(path, "%s is already in %s", weekdayNames[day], quote(named[day]))
			}
			named[day] = days
			o.week[day] = intervals
			if day == last {
				break
			}
		}
	}
}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// weekdays reads a day, or a range of two, which may go over the week's end.
func weekdays(text string) (first, last int, ok bool) {
	from, to, isRange := strings.Cut(text, "-")
	first = slices.Index(weekdayNames, from)
	last = first
	if isRange {
		last = slices.Index(weekdayNames, to)
	}
	return first, last, first >= 0 && last >= 0 && (first != last || !isRange)
}

// intervals reads those of a day, and puts them in order and together.
func (v *validator) intervals(path string, texts []string) []interval {
	v.size(path, len(texts), 0, maxIntervals)
	var all []interval
	for k, text := range texts {
		begin, end, _ := strings.Cut(text, "-")
		from, fromOK := minutes(begin)
		to, toOK := minutes(end)
		switch {
		case !fromOK || !toOK || from == minutesADay:
			v.fail(at(path, k), `want an interval such as "09:00-18:00", got %s`, quote(text))
		case from == to:
			v.fail(at(path, k), `%s has no length; a whole day is "00:00-24:00"`, quote(text))
		case to < from:
			all = append(all, interval{from, to + minutesADay})
		default:
			all = append(all, interval{from, to})
		}
	}
	slices.SortFunc(all, func(a, b interval) int { return cmp.Compare(a.begin, b.begin) })
	apart := all[:0]
	for _, i := range all {
		if n := len(apart); n > 0 && i.begin <= apart[n-1].end {
			apart[n-1].end = max(apart[n-1].end, i.end)
		} else {
			apart = append(apart, i)
		}
	}
	return apart
}

// minutes reads a time of day from "00:00" to "24:00".
func minutes(text string) (int, bool) {
	if len(text) != len("09:00") || text[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	m := int(text[3]-'0')*10 + int(text[4]-'0')
	n := (int(text[0]-'0')*10+int(text[1]-'0'))*60 + m
	return n, m < 60 && n <= minutesADay
}
