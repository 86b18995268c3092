package main

import (
	"fmt"
	"strings"

	"github.com/najimi-acd/najimi/examples/page"
)

// page is the report with pictures.
func (r report) page() page.Page {
	p := page.Page{
		Title: "Staffing: " + r.Source,
		Lead:  "How many people the day needs. " + r.how(),
	}
	fact := func(name, format string, value float64) {
		p.Facts = append(p.Facts, page.Fact{Name: name, Value: fmt.Sprintf(format, value)})
	}
	fact("Calls", "%.0f", r.Total.Calls)
	fact("Agent hours by formula", "%.1f", r.Total.Hours)
	if r.Simulated != nil {
		fact("Agent hours by simulation", "%.1f", r.Total.SimulatedHours)
		fact("Answered in time", "%.1f %%", 100*float64(r.Total.Simulated.InTime.Value))
	}
	if r.Shifts != nil && r.Shifts.People > 0 {
		fact("People on shifts", "%.0f", float64(r.Shifts.People))
	}
	for _, section := range []func() (page.Section, bool){
		r.callsSection, r.loadSection, r.needSection, r.groupsSection, r.levelSection, r.busySection,
		r.goalsSection, r.bindsSection, r.shiftsSection, r.shiftsTable, r.busiestSection, r.othersSection,
	} {
		if s, ok := section(); ok {
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

func (r report) callsSection() (page.Section, bool) {
	return page.Section{
		Heading: "Calls over the day",
		Text:    "Calls expected in an hour, by the queue that they come to.",
		Chart: r.over(page.Steps, "calls an hour", r.byQueue(func(i interval) float64 {
			return 60 * i.Calls / i.Minutes
		})...),
	}, true
}

func (r report) loadSection() (page.Section, bool) {
	return page.Section{
		Heading: "What comes in",
		Text:    "The load of each queue in erlangs: how many agents its calls keep busy, on average, if none waits for another.",
		Chart:   r.over(page.Steps, "erlangs", r.byQueue(func(i interval) float64 { return i.Load })...),
	}, true
}

func (r report) byQueue(of func(interval) float64) []page.Series {
	var series []page.Series
	for _, q := range r.Queues {
		series = append(series, r.series(q.Name, func(i int) float64 { return of(q.Intervals[i]) }))
	}
	return fold(series)
}

func (r report) needSection() (page.Section, bool) {
	formula := r.series("by formula", func(i int) float64 { return float64(r.Intervals[i].Agents) })
	exact := r.series("by formula, not rounded", func(i int) float64 { return r.Intervals[i].Exact })
	exact.Dashed = true
	series := []page.Series{formula, exact}
	text := "Agents on the phones that the formula asks for, each queue on its own."
	if r.Simulated != nil {
		series = append(series, r.series("by simulation", func(i int) float64 { return float64(r.Intervals[i].Simulated.Agents) }))
		text = "Agents on the phones: by formula, each queue on its own; and by simulation, with the plan's own rules, ladders and shared agents."
	}
	scheduled := r.series("to be scheduled", func(i int) float64 {
		if n := r.Intervals[i].Simulated; n != nil {
			return float64(n.Scheduled)
		}
		return float64(r.Intervals[i].Scheduled)
	})
	scheduled.Dashed = true
	return page.Section{
		Heading: "Agents needed",
		Text:    text,
		Chart:   r.over(page.Steps, "agents", append(series, scheduled)...),
		Notes:   []string{fmt.Sprintf("To be scheduled: with %g %% of paid time away from the phones.", 100*r.Shrinkage)},
	}, true
}

func (r report) groupsSection() (page.Section, bool) {
	var series []page.Series
	for _, g := range r.Groups {
		series = append(series, r.series(g.Name, func(i int) float64 { return float64(g.Agents[i]) }))
	}
	chart := page.Chart{Kind: page.StackedBars, XLabel: "from", YLabel: "agents", Series: fold(series)}
	for _, i := range r.Intervals {
		chart.X = append(chart.X, i.Start)
	}
	return page.Section{
		Heading: "Who they are",
		Text:    "Agents of each group in each interval, as the simulation found them.",
		Chart:   &chart,
	}, r.Simulated != nil
}

func (r report) levelSection() (page.Section, bool) {
	var series, lines []page.Series
	shown := largest(len(r.Queues), func(q int) float64 { return r.Queues[q].Total.Calls })
	targets := make(map[float64]bool)
	for _, at := range shown {
		q := r.Queues[at]
		if r.Simulated == nil {
			series = append(series, r.series(q.Name, func(i int) float64 { return 100 * q.Intervals[i].InTime }))
		} else {
			series = append(series, r.estimates(q.Name, func(i int) estimate { return q.Intervals[i].Simulated.InTime }))
		}
		if q.target > 0 && !targets[q.target] {
			targets[q.target] = true
			line := r.series(fmt.Sprintf("target %.4g %%", 100*q.target), func(int) float64 { return 100 * q.target })
			line.Dashed = true
			lines = append(lines, line)
		}
	}
	section := page.Section{
		Heading: "Answered in time",
		Text:    "Percent of the offered calls of each queue that are answered in time, with the agents above, by formula.",
		Chart:   r.over(page.Lines, "% of the calls", append(series, lines[:min(len(lines), 12-len(series))]...)...),
		Table:   r.levelTable(),
	}
	if r.Simulated != nil {
		section.Text = fmt.Sprintf("Percent of the offered calls of each queue that are answered in time, with the agents above, under the plan. The bands are %g %% confidence intervals, from days that the search did not see.", 100*r.Simulated.Level)
	}
	if out := len(r.Queues) - len(shown); out > 0 {
		section.Notes = []string{fmt.Sprintf("The %d queues with the fewest calls are in the table only.", out)}
	}
	return section, true
}

// levelTable has a row for each queue and interval: side by side, with their
// intervals, many queues would be too wide for paper.
func (r report) levelTable() page.Table {
	t := page.Table{Head: []string{"queue", "from", "by formula"}}
	if r.Simulated != nil {
		t.Head = append(t.Head, "simulated", "low", "high")
	}
	for _, q := range r.Queues {
		for _, i := range q.Intervals {
			cells := []string{q.Name, i.Start, percent(i.InTime)}
			if n := i.Simulated; n != nil {
				e := n.InTime.within()
				cells = append(cells, e.Value.percent(), e.Low.percent(), e.High.percent())
			}
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

func (r report) busySection() (page.Section, bool) {
	series := []page.Series{r.series("by formula", func(i int) float64 { return 100 * r.Intervals[i].Occupancy })}
	if r.Simulated != nil {
		series = append(series, r.estimates("by simulation", func(i int) estimate { return *r.Intervals[i].Simulated.Occupancy }))
	}
	return page.Section{
		Heading: "How busy agents are",
		Text:    "Percent of the agents' time on the phones that is talk or wrap-up.",
		Chart:   r.over(page.Lines, "% of the time", series...),
	}, true
}

func (r report) goalsSection() (page.Section, bool) {
	if r.Simulated == nil {
		return page.Section{}, false
	}
	t := page.Table{Head: []string{"goal", "kept in", "for sure in", "binds in", "worst", "at"}}
	for _, g := range r.Simulated.byGoal() {
		t.Rows = append(t.Rows, []string{
			g.goal, fmt.Sprintf("%d of %d", g.kept, g.of), fmt.Sprintf("%d of %d", g.sure, g.of), fmt.Sprint(g.binds),
			g.worst.Value.Value.figure(g.worst), g.worst.Start,
		})
	}
	return page.Section{
		Heading: "What is promised, and what binds",
		Text: "Each goal in the intervals in which it was asked for, on days that the search did not see. It is sure where the whole confidence interval is on the right side. " +
			"It binds where it is what keeps a group from having one agent fewer.",
		Table: t,
	}, len(t.Rows) > 0
}

// bindsSection counts by group what binds, each count an interval.
func (r report) bindsSection() (page.Section, bool) {
	if r.Simulated == nil || len(r.Simulated.Binds) == 0 {
		return page.Section{}, false
	}
	chart := page.Chart{Kind: page.StackedBars, YLabel: "intervals"}
	t := page.Table{Head: []string{"group", "from", "what one agent fewer would miss", "when"}}
	at := make(map[string]int)
	for i, g := range r.Groups {
		at[g.Name] = i
		chart.X = append(chart.X, g.Name)
	}
	for _, g := range r.Simulated.byGoal() {
		s := page.Series{Name: g.goal, Y: make([]float64, len(r.Groups))}
		for _, b := range r.Simulated.Binds {
			if b.Goal == g.goal {
				s.Y[at[b.Group]]++
			}
		}
		chart.Series = append(chart.Series, s)
	}
	chart.Series = fold(chart.Series)
	for _, b := range r.Simulated.Binds {
		t.Rows = append(t.Rows, []string{b.Group, b.Start, b.Goal, b.Missed})
	}
	return page.Section{
		Heading: "What keeps each group from having fewer",
		Text:    "In how many intervals a group cannot do with one agent fewer, by the goal that would then be missed, in that interval or another.",
		Chart:   &chart,
		Table:   t,
	}, true
}

func (r report) shiftsSection() (page.Section, bool) {
	s := r.Shifts
	if s == nil || s.People == 0 {
		return page.Section{}, false
	}
	chart := page.Chart{Kind: page.Steps, XLabel: "time of day", YLabel: "people", Clock: true}
	need, on := page.Series{Name: "to be scheduled", Dashed: true}, page.Series{Name: "on shift"}
	for i := range s.Need {
		chart.At = append(chart.At, s.bounds[i].Hours())
		need.Y = append(need.Y, float64(s.Need[i]))
		on.Y = append(on.Y, float64(s.OnShift[i]))
	}
	chart.At = append(chart.At, s.bounds[len(s.Need)].Hours())
	chart.Series = []page.Series{on, need}
	return page.Section{
		Heading: "Shifts",
		Text:    "People on shifts, breaks taken off, beside those to be scheduled: " + s.sum() + ".",
		Chart:   &chart,
	}, true
}

func (r report) shiftsTable() (page.Section, bool) {
	s := r.Shifts
	if s == nil {
		return page.Section{}, false
	}
	t := page.Table{Head: []string{"group", "shift", "from-to", "breaks", "people", "cost of one"}}
	var notes []string
	for _, g := range s.Groups {
		for _, one := range g.Shifts {
			t.Rows = append(t.Rows, []string{g.Group, one.Kind, one.Time, strings.Join(one.Breaks, ", "), fmt.Sprint(one.People), fmt.Sprintf("%.4g", one.Cost)})
		}
		if g.Why != "" {
			notes = append(notes, fmt.Sprintf("%s: %s", g.Group, g.Why))
		}
		if g.NotExact != "" {
			notes = append(notes, fmt.Sprintf("%s: %s", g.Group, g.NotExact))
		}
	}
	return page.Section{Heading: "The shifts, one by one", Table: t, Notes: notes}, len(t.Rows)+len(notes) > 0
}

func (r report) busiestSection() (page.Section, bool) {
	if len(r.Busiest) == 0 {
		return page.Section{}, false
	}
	t := page.Table{Head: []string{"agents", "of offered", "of answered", "short hang-ups met", "short hang-ups left out", "answered after", "hung up", "busy"}}
	for _, b := range r.Busiest {
		t.Rows = append(t.Rows, b.cells())
	}
	return page.Section{
		Heading: "The busiest interval with more or fewer",
		Text: fmt.Sprintf("%s at %s, taken on its own, by formula. The service level is told in four ways, as percent of the offered calls, of the answered ones, "+
			"with short hang-ups counted as met, and with them left out.", r.Busiest[0].Queue, r.Busiest[0].Start),
		Table: t,
	}, true
}

func (r report) othersSection() (page.Section, bool) {
	t := page.Table{Head: []string{"assumption", "agent hours"}}
	for _, o := range r.Others {
		t.Rows = append(t.Rows, []string{o.Assumption, o.result("%.1f")})
	}
	return page.Section{
		Heading: "The same day under other assumptions",
		Text:    "By formula, each queue on its own.",
		Table:   t,
	}, len(t.Rows) > 0
}
