package main

import (
	"fmt"

	"github.com/najimi-acd/najimi/examples/page"
)

// most is how many lines a picture of lines and its table show.
const most = 6

// charts are the pictures, those of which there is something to show.
func (r *report) charts() []page.Section {
	sections := []page.Section{r.bars("Mean wait of answered calls", keyWait, "seconds")}
	if len(r.Variants) > 1 {
		sections = append(sections, r.differences())
	}
	if len(r.HeadStarts) > 2 {
		sections = append(sections, r.tradeOff())
	}
	for _, c := range r.tierKinds() {
		sections = append(sections, r.curves(c.Kind))
	}
	sections = append(sections, r.bars("Hung up", keyHungUp, "percent of calls"))
	for _, v := range r.Variants {
		if v.Callers[0].Figures[keySame].Value != nil {
			sections = append(sections, r.bars("The operator of last time", keySame, "percent of repeat calls"))
			break
		}
	}
	return append(sections, r.occupancy(), r.staffing())
}

// tierKinds are all callers and those of the tiers, as many as a picture shows.
func (r *report) tierKinds() []callers {
	var list []callers
	for _, c := range r.Variants[0].Callers {
		if c.Queue == "" && len(list) < most {
			list = append(list, c)
		}
	}
	return list
}

// series are estimates to be drawn, of shares in percent.
func series(name string, u unit, estimates []estimate) page.Series {
	s := page.Series{Name: name}
	scale := 1.0
	if u == share {
		scale = 100
	}
	for _, e := range estimates {
		s.Y = append(s.Y, scale*orNaN(e.Value))
		s.Low = append(s.Low, scale*orNaN(e.Low))
		s.High = append(s.High, scale*orNaN(e.High))
	}
	return s
}

// bars are a figure by variant, with a bar for each tier.
func (r *report) bars(heading, key, label string) page.Section {
	all := r.Variants
	var notes []string
	if r.Recorded.Callers[0].Figures[key].Value != nil {
		all = append([]*lived{r.Recorded}, all...)
		notes = append(notes, "Recorded: "+r.Recorded.Says)
	}
	chart := &page.Chart{Kind: page.Bars, YLabel: label}
	for _, v := range all {
		chart.X = append(chart.X, v.Name)
	}
	for _, c := range r.tierKinds() {
		var list []estimate
		for _, v := range all {
			list = append(list, v.kind(c.Kind).Figures[key])
		}
		chart.Series = append(chart.Series, series(c.Kind, unitOf(key), list))
	}
	return page.Section{Heading: heading, Chart: chart, Notes: notes}
}

// differences are the waits less those of the base line.
func (r *report) differences() page.Section {
	chart := &page.Chart{Kind: page.Bars, YLabel: "seconds more than " + r.Base}
	for _, v := range r.Variants[1:] {
		chart.X = append(chart.X, v.Name)
	}
	for _, c := range r.tierKinds() {
		var list []estimate
		for _, v := range r.Variants[1:] {
			list = append(list, v.kind(c.Kind).Differences[keyWait].estimate)
		}
		chart.Series = append(chart.Series, series(c.Kind, seconds, list))
	}
	return page.Section{
		Heading: "Mean wait against " + r.Base,
		Text: "Paired differences: the same callers with the same patience under both rules, seed by seed. " +
			"An interval that does not touch zero is a difference; one that does may be none.",
		Chart: chart,
	}
}

// tradeOff sets what head starts give to those who have them against what they
// take from the others.
func (r *report) tradeOff() page.Section {
	chart := &page.Chart{Kind: page.Lines, XLabel: "head start in seconds", YLabel: "mean wait of answered calls in seconds"}
	for _, h := range r.HeadStarts {
		chart.At = append(chart.At, h.Seconds)
	}
	for _, c := range r.tierKinds() {
		var list []estimate
		for _, h := range r.HeadStarts {
			list = append(list, r.variant(h.Variant).kind(c.Kind).Figures[keyWait])
		}
		s := series(c.Kind, seconds, list)
		s.Dashed = c.Tier == ""
		chart.Series = append(chart.Series, s)
	}
	return page.Section{
		Heading: "What a head start gives, and takes",
		Text: "Time is the only currency: what callers with a head start do not wait, others wait. " +
			"Where the lines flatten, more of it buys little.",
		Chart: chart,
	}
}

// curves are the calls of a kind that were answered by each time.
func (r *report) curves(kind string) page.Section {
	chart := &page.Chart{Kind: page.Lines, XLabel: "seconds waited", YLabel: "percent of calls answered"}
	shown, notes := r.shown()
	table := tableOf("within", shown)
	for i, at := range r.Variants[0].kind(kind).Waits {
		chart.At = append(chart.At, at.Seconds)
		row := []string{inSeconds(duration(at.Seconds))}
		for _, v := range shown {
			row = append(row, share.bare(v.kind(kind).Waits[i].estimate))
		}
		table.Rows = append(table.Rows, row)
	}
	for _, v := range shown {
		var list []estimate
		for _, at := range v.kind(kind).Waits {
			list = append(list, at.estimate)
		}
		chart.Series = append(chart.Series, series(v.Name, share, list))
	}
	return page.Section{
		Heading: "Answered within a time: " + kind, Chart: chart, Table: table, Notes: notes,
		Text: "Of all calls of this kind, those who hung up among them: the lines do not come up to 100 %.",
	}
}

// shown are the variants that fit into a picture of lines, the first two and some
// of the others at equal steps, and a note of those that do not.
func (r *report) shown() (list []*lived, notes []string) {
	n := len(r.Variants)
	if n <= most {
		return r.Variants, nil
	}
	picked := map[int]bool{0: true, 1: true}
	for i := 1; i <= most-2; i++ {
		picked[1+i*(n-2)/(most-2)] = true
	}
	var rest string
	for i, v := range r.Variants {
		switch {
		case picked[i]:
			list = append(list, v)
		case rest == "":
			rest = v.Name
		default:
			rest += ", " + v.Name
		}
	}
	return list, []string{"Not shown here, but in the JSON: " + rest + "."}
}

// openHours are the half hours from the first to the last with a call or an
// operator.
func (r *report) openHours() (from, to int) {
	from = len(r.Day)
	for i, m := range r.Day {
		open := m.Calls > 0
		for _, v := range r.Variants {
			open = open || orNaN(v.Day[i].Present) > 0
		}
		if open {
			from, to = min(from, i), i+1
		}
	}
	return min(from, to), to
}

// occupancy is that of the half hours of the day.
func (r *report) occupancy() page.Section {
	from, to := r.openHours()
	chart := &page.Chart{Kind: page.Lines, Clock: true, XLabel: "time of day", YLabel: "percent of operators' time"}
	shown, notes := r.shown()
	table := tableOf("from", shown)
	for i := from; i < to; i++ {
		chart.At = append(chart.At, float64(i)*halfHour.Hours())
		row := []string{clock(i)}
		for _, v := range shown {
			row = append(row, share.bare(v.Day[i].Occupancy))
		}
		table.Rows = append(table.Rows, row)
	}
	for _, v := range shown {
		var list []estimate
		for _, m := range v.Day[from:to] {
			list = append(list, m.Occupancy)
		}
		s := series(v.Name, share, list)
		for i, high := range s.High {
			s.High[i] = min(high, 100)
		}
		chart.Series = append(chart.Series, s)
	}
	return page.Section{
		Heading: "Occupancy over the day", Chart: chart, Table: table,
		Text: "The share of the time of the operators present that was talk or wrap-up, by half hour, over all days.",
		Notes: append(notes, "A rule hardly moves it, for the work is the same; another number of operators does. "+
			"Where the log does not say who was there, whoever had nothing to do for long is taken as away, and the true occupancy is lower."),
	}
}

// staffing sets who was there against who was busy and who was needed.
func (r *report) staffing() page.Section {
	from, to := r.openHours()
	v := r.replayed()
	chart := &page.Chart{Kind: page.Steps, Clock: true, XLabel: "time of day", YLabel: "operators, on average over the days"}
	present, busy, talking := page.Series{Name: "present"}, page.Series{Name: "busy"}, page.Series{Name: "talking, recorded"}
	needed := page.Series{Name: "needed, by formula", Dashed: true}
	for i := from; i < to; i++ {
		chart.At = append(chart.At, float64(i)*halfHour.Hours())
		present.Y = append(present.Y, orNaN(v.Day[i].Present))
		busy.Y = append(busy.Y, orNaN(v.Day[i].Busy))
		talking.Y = append(talking.Y, orNaN(r.Recorded.Day[i].Busy))
		needed.Y = append(needed.Y, r.Day[i].Needed)
	}
	chart.At = append(chart.At, float64(to)*halfHour.Hours())
	chart.Series = []page.Series{present, busy, talking, needed}
	return page.Section{
		Heading: "Staffing against what was needed",
		Text:    fmt.Sprintf("Present and busy are those of %q.", v.Name),
		Chart:   chart,
		Notes: []string{fmt.Sprintf("Needed is the mean over the days of the fewest operators who answer %.0f %% of that half hour's calls within %s, "+
			"by the formula for callers who hang up (Erlang A), as if everybody could take every call.", 100*goal, inSeconds(duration(r.Within)))},
	}
}

// tableOf is an empty table with a column for each variant.
func tableOf(first string, variants []*lived) page.Table {
	t := page.Table{Caption: "In percent. ± is half the interval.", Head: []string{first}}
	for _, v := range variants {
		t.Head = append(t.Head, v.Name)
	}
	return t
}
