package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"
)

// print writes the report for a terminal.
func (r *report) print(out io.Writer) error {
	p := &printer{out: out}
	p.line("%s: %s calls on %s, %s to %s", r.Source, thousands(r.Calls), inDays(r.Days),
		r.From.Format(time.DateOnly), r.To.Format(time.DateOnly))
	p.line("Each variant was simulated %d times with the same seeds. ± is the interval at %.0f %%.", r.Runs, 100*r.Level)
	p.line("")
	for i, v := range r.Variants {
		note := ""
		if i == 0 {
			note = " (the base line)"
		}
		p.wrap(fmt.Sprintf("%s%s: %s.", v.Name, note, v.Says), 2)
		for _, doubt := range v.Doubts {
			p.wrap("doubtful: "+doubt, 4)
		}
	}
	for _, c := range r.Variants[0].Callers {
		p.line("")
		p.kind(r, c.Kind)
	}
	if len(r.Variants) > 1 {
		p.line("")
		p.wrap(fmt.Sprintf("* The interval leaves out zero: with these callers and talks the difference from %s is no accident of what was drawn.", r.Base), 0)
	}
	if len(r.Calibration) > 0 {
		p.line("")
		p.line("%s", r.calibrationTitle())
		w := p.table()
		fmt.Fprintln(w, "\trecorded\treplayed\t")
		for _, c := range r.Calibration {
			u := unitOf(c.Figure)
			fmt.Fprintf(w, "%s\t%s\t%s\t\n", nameOf(c.Figure, duration(r.Within)), u.alone(c.Recorded), u.plusMinus(c.Replayed))
		}
		p.flush(w)
		p.wrap(r.calibrationText(), 0)
	}
	p.line("")
	p.line("What replay cannot know")
	for _, l := range r.Limits {
		p.wrap(l.Title+". "+l.Text, 2)
	}
	if len(r.Odd) > 0 {
		p.line("")
		p.line("Odd in the log")
		for _, o := range r.Odd {
			p.wrap(o, 2)
		}
	}
	return p.err
}

// printer writes until something fails.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// wrap writes a paragraph in lines of at most 100 characters, those after the
// first two deeper than the first.
func (p *printer) wrap(text string, indent int) {
	const width = 100
	line := strings.Repeat(" ", indent)
	length, first := indent, true
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		if !first && length+1+n > width {
			p.line("%s", line)
			indent := strings.Repeat(" ", indent+2)
			line, length, first = indent, len(indent), true
		}
		if !first {
			line += " "
			length++
		}
		line, length, first = line+word, length+n, false
	}
	p.line("%s", line)
}

func (p *printer) table() *tabwriter.Writer {
	return tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
}

func (p *printer) flush(w *tabwriter.Writer) {
	if err := w.Flush(); p.err == nil {
		p.err = err
	}
}

// kind writes what a kind of caller lived through, and the differences.
func (p *printer) kind(r *report, kind string) {
	columns := r.columns(kind)
	p.line("Callers: %s", kind)
	w := p.table()
	for line := range 2 {
		for _, f := range columns {
			fmt.Fprintf(w, "\t%s", f.head[line])
		}
		fmt.Fprintln(w, "\t")
	}
	row := func(l *lived) {
		if l == nil || l.kind(kind) == nil {
			return
		}
		fmt.Fprint(w, l.Name)
		for _, f := range columns {
			fmt.Fprintf(w, "\t%s", f.unit.plusMinus(l.kind(kind).Figures[f.key]))
		}
		fmt.Fprintln(w, "\t")
	}
	row(r.Recorded)
	for _, v := range r.Variants {
		row(v)
	}
	for _, v := range r.Variants[1:] {
		fmt.Fprintf(w, "%s − %s", v.Name, r.Base)
		for _, f := range columns {
			if f.unit == number {
				fmt.Fprint(w, "\t")
				continue
			}
			fmt.Fprintf(w, "\t%s", f.unit.change(v.kind(kind).Differences[f.key]))
		}
		fmt.Fprintln(w, "\t")
	}
	p.flush(w)
}

// columns are the figures that are told of a kind of caller. That callers were
// turned away is told if any were.
func (r *report) columns(kind string) []figure {
	var list []figure
	for _, f := range figures(duration(r.Within)) {
		told := false
		for _, v := range r.Variants {
			e, ok := v.kind(kind).Figures[f.key]
			told = told || ok && (f.key != keyAway || e.Value != nil && *e.Value > 0)
		}
		if told {
			list = append(list, f)
		}
	}
	return list
}

func unitOf(key string) unit {
	for _, f := range figures(0) {
		if f.key == key {
			return f.unit
		}
	}
	return number
}

// nameOf is a figure's name on one line.
func nameOf(key string, within time.Duration) string {
	for _, f := range figures(within) {
		if f.key == key {
			return strings.TrimSpace(strings.Join(f.head, " "))
		}
	}
	return key
}
