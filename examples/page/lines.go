package page

import (
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lines adds the series as lines or steps, above the bands of all of them.
func (d *drawing) lines() error {
	for i := range d.Series {
		for _, run := range d.runs(&d.Series[i], true) {
			if err := d.band(i, run); err != nil {
				return err
			}
		}
	}
	for i := range d.Series {
		for _, run := range d.runs(&d.Series[i], false) {
			if err := d.line(i, run); err != nil {
				return err
			}
		}
	}
	return nil
}

// A run is a stretch of places, the last one included, whose values can all be
// drawn.
type run struct{ first, last int }

// runs splits a series where values, or intervals, are missing.
func (d *drawing) runs(s *Series, intervals bool) []run {
	var all []run
	open := false
	for i, y := range s.Y {
		ok := drawable(y)
		if intervals {
			_, _, ok = s.interval(i)
		}
		switch {
		case ok && open:
			all[len(all)-1].last = i
		case ok:
			all = append(all, run{i, i})
		}
		open = ok
	}
	return all
}

// outline follows the values of a run from left to right, in steps where the chart
// has steps.
func (d *drawing) outline(r run, value func(i int) float64) plotter.XYs {
	var points plotter.XYs
	for i := r.first; i <= r.last; i++ {
		points = append(points, plotter.XY{X: d.at(i), Y: value(i)})
		if d.Kind == Steps {
			points = append(points, plotter.XY{X: d.end(i), Y: value(i)})
		}
	}
	return points
}

// line adds one run of a series. A single point is a dot; so is every point where
// they are few.
func (d *drawing) line(series int, r run) error {
	s := &d.Series[series]
	points := d.outline(r, func(i int) float64 { return s.Y[i] })
	if len(points) > 1 {
		line, err := plotter.NewLine(points)
		if err != nil {
			return err
		}
		line.LineStyle = draw.LineStyle{
			Color:  colourOf(series),
			Width:  d.lineWidth(series),
			Dashes: dashesOf(series, s.Dashed),
		}
		d.plot.Add(line)
	}
	const few = 16
	if d.Kind == Lines && (len(points) == 1 || d.places() <= few) {
		dots, err := plotter.NewScatter(points)
		if err != nil {
			return err
		}
		dots.GlyphStyle = draw.GlyphStyle{
			Color:  colourOf(series),
			Radius: d.lineWidth(series)/2 + 2,
			Shape:  draw.CircleGlyph{},
		}
		d.plot.Add(dots)
	}
	return nil
}

// lineWidth is greater for a line that a later one covers, so that it shows on both
// sides of that one.
func (d *drawing) lineWidth(series int) vg.Length {
	width := vg.Length(2.25)
	for _, later := range d.Series[series+1:] {
		same, all := 0, 0
		for i, y := range d.Series[series].Y {
			if drawable(y) {
				all++
				if y == later.Y[i] {
					same++
				}
			}
		}
		if same > 0 && 2*same >= all {
			width += 3
		}
	}
	return min(width, 9)
}

// band shades the intervals of a run; a single one is a bar with ends.
func (d *drawing) band(series int, r run) error {
	s := &d.Series[series]
	low := func(i int) float64 { from, _, _ := s.interval(i); return from }
	high := func(i int) float64 { _, to, _ := s.interval(i); return to }
	if r.first == r.last && d.Kind == Lines {
		i := r.first
		return d.whisker(plotter.XY{X: d.at(i), Y: s.Y[i]}, low(i), high(i), colourOf(series))
	}
	ring := d.outline(r, high)
	below := d.outline(r, low)
	for i := len(below) - 1; i >= 0; i-- {
		ring = append(ring, below[i])
	}
	area, err := plotter.NewPolygon(ring)
	if err != nil {
		return err
	}
	area.Color = colourOf(series).pale(0.2)
	area.LineStyle.Width = 0
	d.plot.Add(area)
	return nil
}
