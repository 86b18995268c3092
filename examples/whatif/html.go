package main

import (
	"fmt"
	"slices"

	"github.com/najimi-acd/najimi/examples/page"
)

// page makes the report a page of pictures, each with its table.
func (r *report) page() page.Page {
	p := page.Page{
		Title: "What would it have been under another rule?",
		Lead: fmt.Sprintf("%s: %s calls on %s, %s to %s, taken through %d rules by the router itself. "+
			"Each was simulated %d times with the same seeds; intervals are at %.0f %%.\n\n"+
			"Read the last section too: it says what such a replay cannot know.",
			r.Source, thousands(r.Calls), inDays(r.Days), r.From.Format("2 January 2006"), r.To.Format("2 January 2006"),
			len(r.Variants), r.Runs, 100*r.Level),
		Facts: r.facts(),
	}
	p.Sections = append(p.Sections, r.rules())
	if len(r.Calibration) > 0 {
		p.Sections = append(p.Sections, r.calibrated())
	}
	p.Sections = append(p.Sections, r.charts()...)
	for _, c := range r.Variants[0].Callers {
		p.Sections = append(p.Sections, r.tables(c.Kind)...)
	}
	last := page.Section{Heading: "What replay cannot know"}
	for _, l := range r.Limits {
		last.Notes = append(last.Notes, l.Title+". "+l.Text)
	}
	p.Sections = append(p.Sections, last)
	return p
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

// tables have everything about a kind of caller: what became of the calls, and
// the waits, each with the differences from the base line. A sheet of paper is too
// narrow for all in one.
func (r *report) tables(kind string) []page.Section {
	isWait := func(f figure) bool { return f.unit == seconds }
	columns := r.columns(kind)
	waits := slices.DeleteFunc(slices.Clone(columns), func(f figure) bool { return !isWait(f) })
	rest := slices.DeleteFunc(columns, isWait)
	var sections []page.Section
	for _, part := range []struct {
		name    string
		columns []figure
	}{{"what became of them", rest}, {"waits", waits}} {
		heading := fmt.Sprintf("Callers: %s, %s", kind, part.name)
		t := r.tableOfFigures("± is half the interval.", part.columns)
		for _, v := range append([]*lived{r.Recorded}, r.Variants...) {
			row := []string{v.Name}
			for _, f := range part.columns {
				row = append(row, f.unit.bare(v.kind(kind).Figures[f.key]))
			}
			t.Rows = append(t.Rows, row)
		}
		sections = append(sections, page.Section{Heading: heading, Table: t})
		if len(r.Variants) == 1 {
			continue
		}
		t = r.tableOfFigures("More than "+r.Base+", paired. * marks a difference whose interval leaves out zero.", part.columns)
		for _, v := range r.Variants[1:] {
			row := []string{v.Name}
			for _, f := range part.columns {
				row = append(row, f.unit.change(v.kind(kind).Differences[f.key]))
			}
			t.Rows = append(t.Rows, row)
		}
		sections = append(sections, page.Section{Heading: heading + ", against " + r.Base, Table: t})
	}
	return sections
}

// tableOfFigures is an empty table with a column for each figure.
func (r *report) tableOfFigures(caption string, columns []figure) page.Table {
	t := page.Table{Caption: caption, Head: []string{"rule"}}
	for _, f := range columns {
		head := nameOf(f.key, duration(r.Within))
		if name := f.unit.name(); name != "" {
			head += "," + name
		}
		t.Head = append(t.Head, head)
	}
	return t
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
