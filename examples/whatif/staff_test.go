package main

import (
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// hours makes a shift of a day of the built-in week.
func hours(day, from, to int) sim.Span {
	at := monday.AddDate(0, 0, day)
	return sim.Span{From: at.Add(time.Duration(from) * time.Hour), To: at.Add(time.Duration(to) * time.Hour)}
}

// Ann is in the middle on the first day, Bo on the second, and nobody else is
// there on the third but Cy.
func TestTheOperatorInTheMiddleOfEachDayGoesOrIsDoubled(t *testing.T) {
	agents := []sim.Agent{
		{ID: "Ann", Shifts: []sim.Span{hours(0, 8, 10), hours(0, 11, 14), hours(1, 9, 10)}},
		{ID: "Bo", Shifts: []sim.Span{hours(0, 9, 11), hours(1, 9, 11)}},
		{ID: "Cy", Shifts: []sim.Span{hours(0, 8, 17), hours(1, 8, 17), hours(2, 8, 17)}},
	}
	total := func(agents []sim.Agent) (sum time.Duration) {
		for _, a := range agents {
			for _, s := range a.Shifts {
				sum += s.To.Sub(s.From)
			}
		}
		return sum
	}
	fewer := changeStaff(agents, -1)
	want := []sim.Agent{
		{ID: "Ann", Shifts: []sim.Span{hours(1, 9, 10)}},
		{ID: "Bo", Shifts: []sim.Span{hours(0, 9, 11)}},
		{ID: "Cy", Shifts: []sim.Span{hours(0, 8, 17), hours(1, 8, 17)}},
	}
	same := func(a, b sim.Agent) bool { return a.ID == b.ID && slices.Equal(a.Shifts, b.Shifts) }
	if !slices.EqualFunc(fewer, want, same) {
		t.Errorf("one fewer: %v", fewer)
	}
	more := changeStaff(agents, +1)
	want = []sim.Agent{
		agents[0], {ID: "Ann (double)", Shifts: []sim.Span{hours(0, 8, 10), hours(0, 11, 14)}},
		agents[1], {ID: "Bo (double)", Shifts: []sim.Span{hours(1, 9, 11)}},
		agents[2], {ID: "Cy (double)", Shifts: []sim.Span{hours(2, 8, 17)}},
	}
	if !slices.EqualFunc(more, want, same) {
		t.Errorf("one more: %v", more)
	}
	if total(more)-total(agents) != total(agents)-total(fewer) {
		t.Errorf("%v less and %v more of %v", total(fewer), total(more), total(agents))
	}
	if none := changeStaff(agents, -3); len(none) != 0 {
		t.Errorf("three fewer of three: %v", none)
	}
	if all := changeStaff(agents, 0); !slices.EqualFunc(all, agents, same) {
		t.Errorf("none fewer: %v", all)
	}
}

// Of four pauses of Ann's the first is before a caller who came later, and the
// last so long that she was away.
func TestTheChangeoverIsThatWithACallerWaiting(t *testing.T) {
	var calls []calllog.Call
	for _, c := range []struct{ start, talk, wait int }{
		{0, 60, 0}, {90, 60, 10}, {155, 60, 20}, {230, 60, 300}, {900, 60, 900},
	} {
		calls = append(calls, calllog.Call{
			Agent: "Ann", Start: monday.Add(time.Duration(c.start) * time.Second), Outcome: calllog.Answered,
			Talk: time.Duration(c.talk) * time.Second, TalkKnown: true, Wait: time.Duration(c.wait) * time.Second,
		})
	}
	slices.Reverse(calls)
	if mean, pairs := changeover(calls, 5*time.Minute); mean != 10*time.Second || pairs != 2 {
		t.Errorf("%v of %d pairs, want 10s of 2", mean, pairs)
	}
	if mean, pairs := changeover(calls[:1], 5*time.Minute); mean != 0 || pairs != 0 {
		t.Errorf("%v of %d pairs in a single talk", mean, pairs)
	}
}
