package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The measures that measure.js takes, in pixels of the page.
type (
	measures struct {
		Title    string   `json:"title"`
		Window   float64  `json:"window"`
		Width    float64  `json:"width"`
		Unfolded float64  `json:"unfolded"` // the width when all details are open
		Hidden   int      `json:"hidden"`   // tables that are folded away
		Figures  []figure `json:"figures"`
	}
	figure struct {
		Series   int       `json:"series"`
		Box      box       `json:"box"`
		Drawings []drawing `json:"drawings"`
	}
	drawing struct {
		Box   box     `json:"box"`
		Label string  `json:"label"`
		Marks int     `json:"marks"`
		Inks  int     `json:"inks"`
		Texts []label `json:"texts"`
	}
	label struct {
		Text string `json:"text"`
		Box  box    `json:"box"`
	}
	box struct {
		X      float64 `json:"x"`
		Y      float64 `json:"y"`
		Width  float64 `json:"width"`
		Height float64 `json:"height"`
	}
)

// What a drawing must measure, in pixels. A line of type is about 1.15 times as high
// as the size of its font.
const (
	leastWidth  = 240
	leastHeight = 80
	leastType   = 11
	slack       = 1
	mostInks    = 6
)

// check looks at the file in some views. It returns what is wrong
// with it, and how many figures it has.
func (b *browser) check(file, shots string, views []view) (faults []string, figures int, err error) {
	var papers []paper
	for _, v := range views {
		s, err := b.look(file, v)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", v.name, err)
		}
		if shots != "" {
			name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + "-" + v.name + ".png"
			if err := os.WriteFile(filepath.Join(shots, name), s.shot, 0o644); err != nil {
				return nil, 0, err
			}
		}
		found, p, err := s.judge()
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", v.name, err)
		}
		for _, fault := range found {
			faults = append(faults, v.name+": "+fault)
		}
		papers = append(papers, p)
		figures = len(s.measures.Figures)
	}
	for i, v := range views {
		if v.dark && papers[i].lightness >= papers[i-1].lightness {
			faults = append(faults, fmt.Sprintf("%s: the paper is not darker than that of %s", v.name, views[i-1].name))
		}
	}
	return faults, figures, nil
}

// judge returns what is wrong with a page in one view, and the paper it is on.
func (s sight) judge() ([]string, paper, error) {
	faults := s.troubles
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	m := s.measures
	if m.Title == "" {
		fault("the page has no title")
	}
	if m.Width > m.Window {
		fault("the page is %g pixels wide in a window of %g", m.Width, m.Window)
	} else if m.Unfolded > m.Window {
		fault("the page with all of it unfolded is %g pixels wide in a window of %g", m.Unfolded, m.Window)
	}
	if len(m.Figures) == 0 {
		fault("the page has no figure")
	}
	if s.view.print && m.Hidden > 0 {
		fault("%d tables are not printed", m.Hidden)
	}
	for i, f := range m.Figures {
		for _, problem := range f.judge(m.Window) {
			fault("figure %d: %s", i+1, problem)
		}
	}
	p, problems, err := judgePicture(s.shot, m)
	if err != nil {
		return nil, p, err
	}
	return append(faults, problems...), p, nil
}

// judge returns what is wrong with the figure in a window this wide.
func (f figure) judge(window float64) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if len(f.Drawings) != 1 {
		fault("%d drawings are shown", len(f.Drawings))
		return faults
	}
	d := f.Drawings[0]
	if d.Box.Width < leastWidth || d.Box.Height < leastHeight {
		fault("the drawing is small: %.0f by %.0f pixels", d.Box.Width, d.Box.Height)
	}
	if d.Box.X < -slack || d.Box.X+d.Box.Width > window+slack {
		fault("the drawing reaches out of the window")
	}
	if d.Label == "" {
		fault(`the drawing has no role="img" with a label`)
	}
	if want := min(f.Series, mostInks); d.Inks < want || f.Series > 0 && d.Marks == 0 {
		fault("marks of %d series are drawn, of %d that the page has", d.Inks, f.Series)
	}
	if len(d.Texts) == 0 {
		fault("the drawing has no text")
	}
	for i, t := range d.Texts {
		if !t.Box.inside(d.Box) {
			fault("the text %q reaches out of the drawing", t.Text)
		}
		if t.Box.Height < leastType {
			fault("the text %q is only %.1f pixels high", t.Text, t.Box.Height)
		}
		for _, other := range d.Texts[:i] {
			if t.Box.overlaps(other.Box) {
				fault("the texts %q and %q overlap", other.Text, t.Text)
			}
		}
	}
	return faults
}

func (b box) inside(frame box) bool {
	return b.X >= frame.X-slack && b.X+b.Width <= frame.X+frame.Width+slack &&
		b.Y >= frame.Y-slack && b.Y+b.Height <= frame.Y+frame.Height+slack
}

// overlaps reports whether two lines of text run into each other. Their boxes are
// higher than what is written in them, and may touch.
func (b box) overlaps(other box) bool {
	across := min(b.X+b.Width, other.X+other.Width) - max(b.X, other.X)
	down := min(b.Y+b.Height, other.Y+other.Height) - max(b.Y, other.Y)
	return across > slack && down > 0.4*min(b.Height, other.Height)
}
