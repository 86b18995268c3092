// Package page writes reports of text, charts and tables as one HTML file that
// needs nothing else: no network, no script, no font. It reads well on paper, on a
// phone and on a wide screen, in the light and the dark theme that the reader's
// system asks for, and each chart has the numbers behind it in a table below.
//
// A [Page] is made of sections, a [Section] of text and a [Chart] or a [Table]:
//
//	report := page.Page{
//		Title: "Monday",
//		Sections: []page.Section{{
//			Heading: "Agents needed",
//			Chart: &page.Chart{
//				Kind:   page.Steps,
//				YLabel: "agents",
//				At:     []float64{8, 8.5, 9}, // hours since midnight
//				Clock:  true,
//				Series: []page.Series{{Name: "Billing", Y: []float64{4, 9, 7}}},
//			},
//		}},
//	}
//	err := report.Write(file)
//
// All texts are plain text, whatever is in them: the package escapes them. The same
// page gives the same bytes.
//
// gonum.org/v1/plot draws the charts, each of them twice, for a wide and for a narrow
// window; the page shows the one that fits. The colours in the drawings are
// variables of the page's style sheet, so that one drawing serves both themes.
package page

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode"
)

// A Page is a report. The zero Page is an empty one.
type Page struct {
	// Title names the page, in its heading and in the browser's tab.
	Title string

	// Lead is the text below the title: what the page answers. An empty line
	// begins a new paragraph, as it does in the text of a section.
	Lead string

	// Facts are the few figures that the reader should see first.
	Facts []Fact

	// Sections follow in this order.
	Sections []Section
}

// A Fact is one figure in large type: a Name such as "Agents at the peak", and its
// Value, unit included.
type Fact struct {
	Name, Value string
}

// A Section is a part of a page. Whatever is left empty is left out.
type Section struct {
	Heading string
	Text    string

	// Chart is the section's picture.
	Chart *Chart

	// Table stands open where the section has no chart. Where it has one, the table
	// is folded below the picture, and an empty one is made from the chart's values.
	Table Table

	// Notes are remarks below the picture and the table: assumptions, caveats.
	Notes []string
}

// A Table has a row of headings and rows of cells, with as many cells as headings.
// The first cell of a row names it. A later column whose cells all look like numbers
// is set flush right.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Write writes the page as HTML. It tells all charts and tables that cannot be
// drawn, by the section's heading, and then writes nothing.
func (p Page) Write(w io.Writer) error {
	v := pageView{
		Title: clean(p.Title),
		Lead:  paragraphs(p.Lead),
		Facts: p.Facts,
		Style: template.CSS(themeVariables() + style),
	}
	var faults []error
	for i, s := range p.Sections {
		section, err := s.view()
		if err != nil {
			faults = append(faults, fmt.Errorf("section %d, %q: %w", i+1, s.Heading, err))
		}
		v.Sections = append(v.Sections, section)
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

// view lays the section out for the template.
func (s Section) view() (sectionView, error) {
	v := sectionView{Heading: s.Heading, Paragraphs: paragraphs(s.Text), Notes: s.Notes}
	table := s.Table
	if s.Chart != nil {
		if err := s.Chart.check(); err != nil {
			return v, err
		}
		figure, err := s.Chart.view(s.Heading)
		if err != nil {
			return v, err
		}
		v.Figure = &figure
		if table.empty() {
			table = s.Chart.table()
		}
	}
	if table.empty() {
		return v, nil
	}
	if err := table.check(); err != nil {
		return v, err
	}
	v.Table = new(table.view())
	return v, nil
}

// pageTemplate and style make up the file around the charts.
var (
	//go:embed page.tmpl
	pageText     string
	pageTemplate = template.Must(template.New("page").Parse(pageText))

	//go:embed page.css
	style string
)

// What the template shows.
type (
	pageView struct {
		Title    string
		Lead     []string
		Facts    []Fact
		Sections []sectionView
		Style    template.CSS
	}
	sectionView struct {
		Heading    string
		Paragraphs []string
		Figure     *figureView
		Table      *tableView
		Notes      []string
	}
	figureView struct {
		Label        string
		Drawn        int // series that have something to draw
		Legend       []legendView
		Intervals    string
		Wide, Narrow template.HTML
	}
	legendView struct {
		Name   string
		Swatch template.HTML
	}
	tableView struct {
		Caption string
		Head    []cellView
		Rows    [][]cellView
	}
	cellView struct {
		Text    string
		Numeric bool
	}
)

// paragraphs splits text at its empty lines.
func paragraphs(text string) []string {
	var all []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// clean makes text one line of valid UTF-8 without control characters, as labels of
// charts have to be.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cf) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
