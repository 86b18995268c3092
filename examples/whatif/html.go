package main

import (
	"fmt"

	"github.com/najimi-acd/najimi/examples/page"
)

// most is how many lines a picture shows; the table below it has all.
const most = 6

// page makes the report a page of pictures, each with its table.
func (r *report) page() page.Page {
	p := page.Page{
		Title: "What would it have been under another rule?",
		Lead: fmt.Sprintf("%s: %s calls on %d days, %s to %s, taken through %d rules by the router itself. "+
			"Each was simulated %d times with the same seeds; intervals are at %.0f %%.\n\n"+
			"Read the last section too: it says what such a replay cannot know.",
			r.Source, thousands(r.Calls), r.Days, r.From.Format("2 January 2006"), r.To.Format("2 January 2006"),
			len(r.Variants), r.Runs, 100*r.Level),
		Facts: r.facts(),
	}
	p.Sections = append(p.Sections, r.rules(),
		r.bars("Mean wait of answered calls", keyWait, "seconds"),
		r.curves(),
		r.bars("Hung up", keyHungUp, "percent of calls"),
		r.bars("The operator of last time", keySame, "percent of repeat calls"))
	if s, ok := r.tradeOff(); ok {
		p.Sections = append(p.Sections, s)
	}
	if s, ok := r.differences(); ok {
		p.Sections = append(p.Sections, s)
	}
	p.Sections = append(p.Sections, r.occupancy(), r.staffing())
	for _, c := range r.Variants[0].Callers {
		p.Sections = append(p.Sections, r.table(c.Kind))
		if len(r.Variants) > 1 {
			p.Sections = append(p.Sections, r.differenceTable(c.Kind))
		}
	}
	if len(r.Calibration) > 0 {
		p.Sections = append(p.Sections, r.calibrated())
	}
	last := page.Section{Heading: "What replay cannot know"}
	for _, l := range r.Limits {
		last.Notes = append(last.Notes, l.Title+". "+l.Text)
	}
	return page.Page{Title: p.Title, Lead: p.Lead, Facts: p.Facts, Sections: append(p.Sections, last)}
}

// facts are the mean waits, recorded and under the first variants.
func (r *report) facts() []page.Fact {
	facts := []page.Fact{{Name: "Calls", Value: thousands(r.Calls)}}
	if r.Recorded != nil {
		facts = append(facts, page.Fact{Name: "Mean wait, recorded", Value: unitOf(keyWait).alone(r.Recorded.Callers[0].Figures[keyWait].Value)})
	}
	for _, v := range r.Variants[:min(len(r.Variants), 4)] {
		facts = append(facts, page.Fact{Name: "Mean wait, " + v.Name, Value: unitOf(keyWait).alone(v.Callers[0].Figures[keyWait].Value)})
	}
	return facts
}

func (r *report) rules() page.Section {
	s := page.Section{Heading: "The rules", Table: page.Table{Head: []string{"name", "rule"}}}
	for i, v := range r.Variants {
		says := v.Says
		if i == 0 {
			says += " (the base line)"
		}
		s.Table.Rows = append(s.Table.Rows, []string{v.Name, says})
		for _, doubt := range v.Doubts {
			s.Notes = append(s.Notes, v.Name+": doubtful: "+doubt)
		}
	}
	return s
}

// bars are a figure by variant, a bar for each tier.
func (r *report) bars(heading, key, label string) page.Section {
	all := r.Variants
	var notes []string
	if r.Recorded != nil && r.Recorded.Callers[0].Figures[key].Value != nil {
		all = append([]*lived{r.Recorded}, all...)
		notes = append(notes, r.Recorded.Says)
	}
	chart := &page.Chart{Kind: page.Bars, YLabel: label}
	for _, v := range all {
		chart.X = append(chart.X, v.Name)
	}
	for _, c := range r.Variants[0].Callers {
		if c.Queue != "" || len(chart.Series) > most {
			continue
		}
		series := page.Series{Name: c.Kind}
		for _, v := range all {
			e := v.kind(c.Kind).Figures[key]
			scale := scaleOf(key)
			series.Y = append(series.Y, scale*orNaN(e.Value))
			series.Low = append(series.Low, scale*orNaN(e.Low))
			series.High = append(series.High, scale*orNaN(e.High))
		}
		chart.Series = append(chart.Series, series)
	}
	return page.Section{Heading: heading, Chart: chart, Notes: notes}
}

// scaleOf makes shares percent.
func scaleOf(key string) float64 {
	if unitOf(key) == share {
		return 100
	}
	return 1
}

// curves are the calls answered by each time.
func (r *report) curves() page.Section {
	shown, note := r.shown()
	chart := &page.Chart{Kind: page.Lines, XLabel: "seconds waited", YLabel: "percent of calls answered"}
	table := page.Table{Head: []string{"within"}}
	for _, v := range r.Variants {
		table.Head = append(table.Head, v.Name)
	}
	for i, at := range r.Variants[0].Waits {
		row := []string{short(duration(at.Seconds))}
		for _, v := range r.Variants {
			row = append(row, share.plusMinus(v.Waits[i].estimate))
		}
		table.Rows = append(table.Rows, row)
		chart.At = append(chart.At, at.Seconds)
	}
	for _, v := range shown {
		series := page.Series{Name: v.Name}
		for _, at := range v.Waits {
			series.Y = append(series.Y, 100*orNaN(at.Value))
			series.Low = append(series.Low, 100*orNaN(at.Low))
			series.High = append(series.High, 100*orNaN(at.High))
		}
		chart.Series = append(chart.Series, series)
	}
	return page.Section{
		Heading: "Answered within a time", Chart: chart, Table: table, Notes: note,
		Text: "Of all calls, those who hung up among them: the lines do not come up to 100 %.",
	}
}

// shown are the variants that fit into a picture of lines, and a note of those
// that do not.
func (r *report) shown() ([]*lived, []string) {
	if len(r.Variants) <= most {
		return r.Variants, nil
	}
	var rest []string
	for _, v := range r.Variants[most:] {
		rest = append(rest, v.Name)
	}
	return r.Variants[:most], []string{"Only in the table: " + list(rest) + "."}
}

// tradeOff sets what head starts give to those who have them against what they
// take from the others, if several were asked for.
func (r *report) tradeOff() (page.Section, bool) {
	if len(r.HeadStarts) < 3 {
		return page.Section{}, false
	}
	chart := &page.Chart{Kind: page.Lines, XLabel: "head start in seconds", YLabel: "mean wait of answered calls in seconds"}
	for _, h := range r.HeadStarts {
		chart.At = append(chart.At, h.Seconds)
	}
	for _, c := range r.Variants[0].Callers {
		if c.Queue != "" {
			continue
		}
		series := page.Series{Name: c.Kind, Dashed: c.Tier == ""}
		for _, h := range r.HeadStarts {
			e := r.variant(h.Variant).kind(c.Kind).Figures[keyWait]
			series.Y = append(series.Y, orNaN(e.Value))
			series.Low = append(series.Low, orNaN(e.Low))
			series.High = append(series.High, orNaN(e.High))
		}
		chart.Series = append(chart.Series, series)
	}
	return page.Section{
		Heading: "What a head start gives, and takes",
		Text:    "Time is the only currency: what callers with a head start do not wait, others wait. Where the curves flatten, more of it buys nothing.",
		Chart:   chart,
	}, true
}

// differences are the waits less those of the base line.
func (r *report) differences() (page.Section, bool) {
	if len(r.Variants) < 2 {
		return page.Section{}, false
	}
	chart := &page.Chart{Kind: page.Bars, YLabel: "seconds more than " + r.Base}
	for _, v := range r.Variants[1:] {
		chart.X = append(chart.X, v.Name)
	}
	for _, c := range r.Variants[0].Callers {
		if c.Queue != "" || len(chart.Series) > most {
			continue
		}
		series := page.Series{Name: c.Kind}
		for _, v := range r.Variants[1:] {
			d := v.kind(c.Kind).Differences[keyWait]
			series.Y = append(series.Y, orNaN(d.Value))
			series.Low = append(series.Low, orNaN(d.Low))
			series.High = append(series.High, orNaN(d.High))
		}
		chart.Series = append(chart.Series, series)
	}
	return page.Section{
		Heading: "Mean wait against " + r.Base,
		Text:    "Paired differences: the same callers with the same patience under both rules, seed by seed. An interval that does not touch zero is a difference; one that does may be none.",
		Chart:   chart,
	}, true
}

// openHours are the half hours from the first to the last with a call or an
// operator.
func (r *report) openHours() (from, to int) {
	from, to = len(r.Day), 0
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
	shown, notes := r.shown()
	chart := &page.Chart{Kind: page.Lines, Clock: true, XLabel: "time of day", YLabel: "percent of operators' time"}
	table := page.Table{Head: []string{"from"}}
	for _, v := range r.Variants {
		table.Head = append(table.Head, v.Name)
	}
	for i := from; i < to; i++ {
		chart.At = append(chart.At, float64(i)*halfHour.Hours())
		row := []string{clock(i)}
		for _, v := range r.Variants {
			row = append(row, share.plusMinus(v.Day[i].Occupancy))
		}
		table.Rows = append(table.Rows, row)
	}
	for _, v := range shown {
		series := page.Series{Name: v.Name}
		for _, m := range v.Day[from:to] {
			series.Y = append(series.Y, 100*orNaN(m.Occupancy.Value))
			series.Low = append(series.Low, 100*orNaN(m.Occupancy.Low))
			series.High = append(series.High, 100*orNaN(m.Occupancy.High))
		}
		chart.Series = append(chart.Series, series)
	}
	return page.Section{
		Heading: "Occupancy over the day", Chart: chart, Table: table,
		Text:  "The share of the time of the operators present that was talk or wrap-up, by half hour, over all days.",
		Notes: append(notes, "Who had nothing to do for long is taken as away, so the true occupancy is lower. The rule hardly moves it: the work is the same."),
	}
}

// staffing sets who was there against who was busy and who was needed.
func (r *report) staffing() page.Section {
	from, to := r.openHours()
	v := r.Variants[0]
	if known := r.variant(r.InForce); known != nil {
		v = known
	}
	chart := &page.Chart{Kind: page.Steps, Clock: true, XLabel: "time of day", YLabel: "operators, on average over the days"}
	present, busy, needed := page.Series{Name: "present"}, page.Series{Name: "busy"}, page.Series{Name: "needed, by formula", Dashed: true}
	for i := from; i < to; i++ {
		chart.At = append(chart.At, float64(i)*halfHour.Hours())
		present.Y = append(present.Y, orNaN(v.Day[i].Present))
		busy.Y = append(busy.Y, orNaN(v.Day[i].Busy))
		needed.Y = append(needed.Y, r.Day[i].Needed)
	}
	chart.At = append(chart.At, float64(to)*halfHour.Hours())
	chart.Series = []page.Series{present, busy, needed}
	return page.Section{
		Heading: "Staffing against what was needed",
		Text:    fmt.Sprintf("Present and busy are those of %q.", v.Name),
		Chart:   chart,
		Notes: []string{fmt.Sprintf("Needed is the mean over the days of the fewest operators who answer %.0f %% of that half hour's calls within %s, "+
			"by the formula for callers who hang up (Erlang A), as if everybody could take every call.", 100*goal, short(duration(r.Within)))},
	}
}

// table has everything about a kind of caller.
func (r *report) table(kind string) page.Section {
	t, columns := r.emptyTable(kind)
	t.Caption = "± is half the interval."
	all := r.Variants
	if r.Recorded != nil {
		all = append([]*lived{r.Recorded}, all...)
	}
	for _, v := range all {
		row := []string{v.Name}
		for _, f := range columns {
			row = append(row, f.unit.plusMinus(v.kind(kind).Figures[f.key]))
		}
		t.Rows = append(t.Rows, row)
	}
	return page.Section{Heading: "Callers: " + kind, Table: t}
}

// differenceTable has what differs from the base line.
func (r *report) differenceTable(kind string) page.Section {
	t, columns := r.emptyTable(kind)
	t.Caption = "More than " + r.Base + ", in percentage points and seconds. * marks a difference whose interval leaves out zero."
	for _, v := range r.Variants[1:] {
		row := []string{v.Name}
		for _, f := range columns {
			row = append(row, f.unit.change(v.kind(kind).Differences[f.key]))
		}
		t.Rows = append(t.Rows, row)
	}
	return page.Section{Heading: "Callers: " + kind + ", against " + r.Base, Table: t}
}

func (r *report) emptyTable(kind string) (page.Table, []figure) {
	t := page.Table{Head: []string{"rule"}}
	columns := r.columns(kind)
	for _, f := range columns {
		t.Head = append(t.Head, nameOf(f.key, duration(r.Within)))
	}
	return t, columns
}

// calibrated sets the record beside the replay.
func (r *report) calibrated() page.Section {
	t := page.Table{Head: []string{"", "recorded", "replayed"}}
	for _, c := range r.Calibration {
		u := unitOf(c.Figure)
		t.Rows = append(t.Rows, []string{nameOf(c.Figure, duration(r.Within)), u.alone(c.Recorded), u.plusMinus(c.Replayed)})
	}
	return page.Section{Heading: r.calibrationTitle(), Text: r.calibrationText(), Table: t}
}
