package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// changeStaff gives who works when each day has some operators more (or, below
// 0, fewer).
//
// Fewer leaves out, on each day, the operators whose hours that day are in the
// middle: neither those who only look in nor those who stay all day. More adds a
// double of them, who has the same skills and hours and a name of their own. So a
// change is one of every day, with the hours that are usual on that day.
func changeStaff(agents []sim.Agent, by int) []sim.Agent {
	count := max(by, -by)
	chosen := make(map[string]map[string]bool) // by agent, then by day
	for _, d := range daysOf(agents) {
		for _, id := range d.middle(count) {
			if chosen[id] == nil {
				chosen[id] = make(map[string]bool)
			}
			chosen[id][d.date] = true
		}
	}
	var changed []sim.Agent
	for _, a := range agents {
		days := chosen[a.ID]
		if by > 0 {
			changed = append(changed, a)
		}
		if by > 0 && len(days) == 0 {
			continue
		}
		if by > 0 {
			a.ID += " (double)"
		}
		a.Shifts = slices.DeleteFunc(slices.Clone(a.Shifts), func(s sim.Span) bool { return days[dateOf(s)] != (by > 0) })
		if len(a.Shifts) > 0 {
			changed = append(changed, a)
		}
	}
	return changed
}

// workday is who works how long on a date.
type workday struct {
	date   string
	agents []string
	hours  map[string]time.Duration
}

// middle are n operators around the one with the middle number of hours; all,
// if there are not more.
func (d *workday) middle(n int) []string {
	sorted := slices.SortedFunc(slices.Values(d.agents), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.hours[b], d.hours[a]), cmp.Compare(a, b))
	})
	n = min(n, len(sorted))
	from := (len(sorted) - n) / 2
	return sorted[from : from+n]
}

// daysOf are the days in order of the first who works on them. A shift belongs to
// the day on which it begins.
func daysOf(agents []sim.Agent) []*workday {
	byDate := make(map[string]*workday)
	var days []*workday
	for _, a := range agents {
		for _, s := range a.Shifts {
			date := dateOf(s)
			d := byDate[date]
			if d == nil {
				d = &workday{date: date, hours: make(map[string]time.Duration)}
				byDate[date] = d
				days = append(days, d)
			}
			if d.hours[a.ID] == 0 {
				d.agents = append(d.agents, a.ID)
			}
			d.hours[a.ID] += s.To.Sub(s.From)
		}
	}
	return days
}

func dateOf(s sim.Span) string { return s.From.Format(time.DateOnly) }

// nameStaff is "1 fewer" or "2 more".
func nameStaff(by int) string {
	if by < 0 {
		return fmt.Sprintf("%d fewer", -by)
	}
	return fmt.Sprintf("%d more", by)
}

func sayStaff(by int) string {
	who := "the operator with the middle number of hours that day"
	if by > 1 || by < -1 {
		who = "the operators with the middle numbers of hours that day"
	}
	if by < 0 {
		return "every day without " + who
	}
	return "every day with a double of " + who
}
