package page

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A format is the size that a chart is drawn in. Lengths are points of the library
// and pixels of the page: drawings are shown at about their own size.
type format struct {
	width, height vg.Length
	text          vg.Length // size of the type
}

var (
	wide   = format{width: 760, height: 320, text: 12}
	narrow = format{width: 336, height: 264, text: 11.5}
)

// A drawing is one picture of a chart in the making.
type drawing struct {
	*Chart
	format
	plot *plot.Plot

	// sideways says that the places run from top to bottom, and bars to the right.
	sideways bool
}

// draw draws the chart.
func (c *Chart) draw(f format) (*vgsvg.Canvas, error) {
	d := drawing{Chart: c, format: f, plot: plot.New()}
	d.sideways = d.lieDown()
	if d.sideways {
		thickness := vg.Length(26)
		if c.Kind == Bars {
			thickness = max(thickness, vg.Length(11*len(c.Series)+10))
		}
		d.height = max(110, 60+thickness*vg.Length(c.places()))
	}
	d.frame()
	var err error
	switch c.Kind {
	case Lines, Steps:
		err = d.lines()
	default:
		err = d.bars()
	}
	if err != nil {
		return nil, err
	}
	if err := d.axes(); err != nil {
		return nil, err
	}

	picture := vgsvg.New(d.width, d.height)
	canvas := draw.New(picture)
	const margin = 2
	inner := draw.Crop(canvas, margin, -margin, margin, -margin)
	if label := d.fit(d.YLabel, d.width-2*margin); label != "" {
		style := d.label(inkMuted)
		style.YAlign = draw.YTop
		style.XAlign = draw.XLeft
		at := vg.Point{X: inner.Min.X, Y: inner.Max.Y}
		if d.sideways { // the values run along the bottom
			at = vg.Point{X: inner.Max.X, Y: inner.Min.Y + style.Height(label)}
			style.XAlign = draw.XRight
			inner.Min.Y += d.text * 1.4
		} else {
			inner.Max.Y -= d.text * 1.8
		}
		canvas.FillText(style, at, label)
	}
	if len(d.plot.X.Tick.Marker.Ticks(0, 1)) == 0 { // nothing else keeps the lowest value's label inside
		inner.Min.Y += d.text
	}
	d.plot.Draw(inner)
	if d.drawn() == 0 {
		style := d.label(inkMuted)
		style.XAlign = draw.XCenter
		style.YAlign = draw.YCenter
		data := d.plot.DataCanvas(inner)
		canvas.FillText(style, data.Center(), "no values")
	}
	return picture, nil
}

// frame sets what the plot looks like apart from the data.
func (d *drawing) frame() {
	p := d.plot
	p.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		aligned := axis.Tick.Label
		axis.Tick.Label = d.label(inkMuted)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = aligned.XAlign, aligned.YAlign
		axis.Label.TextStyle = d.label(inkMuted)
		axis.Label.TextStyle.XAlign, axis.Label.TextStyle.YAlign = draw.XCenter, draw.YBottom
		axis.Label.Padding = 4
		axis.LineStyle = draw.LineStyle{Color: inkMuted, Width: 1}
		axis.Tick.LineStyle = axis.LineStyle
		axis.Tick.Length = 4
		axis.Padding = 0
	}
	grid := plotter.NewGrid()
	rule := draw.LineStyle{Color: inkGrid, Width: 1}
	values := &p.Y
	if d.sideways {
		grid.Vertical, grid.Horizontal.Color = rule, nil
		values = &p.X
	} else {
		grid.Horizontal, grid.Vertical.Color = rule, nil
	}
	values.LineStyle.Width = 0
	values.Tick.Length = 3
	values.Tick.LineStyle.Color = inkGrid
	p.Add(grid)
}

// label returns the style of the chart's texts.
func (d *drawing) label(ink ink) text.Style {
	return text.Style{
		Color:   ink,
		Font:    font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, d.text),
		Handler: plot.DefaultTextHandler,
	}
}

// fit shortens a text until it is at most as wide as said.
func (d *drawing) fit(s string, width vg.Length) string {
	s = clean(s)
	style := d.label(inkMuted)
	if style.Width(s) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && style.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// span returns the least and the greatest value that the picture has to show, zero
// among them.
func (d *drawing) span() (low, high float64) {
	include := func(v float64) { low, high = min(low, v), max(high, v) }
	for i := range d.places() {
		up, down := 0.0, 0.0
		for _, s := range d.Series {
			y := s.Y[i]
			switch {
			case !drawable(y):
			case d.Kind != StackedBars:
				include(y)
			case y > 0:
				up += y
			default:
				down += y
			}
			if from, to, ok := s.interval(i); ok {
				include(from)
				include(to)
			}
		}
		include(up)
		include(down)
	}
	return low, high
}

// axes sets the ranges of the axes, their ticks and labels.
func (d *drawing) axes() error {
	places, values := &d.plot.X, &d.plot.Y
	if d.sideways {
		places, values = values, places
	}
	low, high := d.span()
	ticks := valueTicks(low, high, 5)
	values.Min = min(low, ticks[0].Value)
	values.Max = max(high, ticks[len(ticks)-1].Value)
	values.Tick.Marker = plot.ConstantTicks(ticks)

	n := d.places()
	switch {
	case d.sideways:
		places.Min, places.Max = 0.5-float64(max(n, 1)), 0.5
	case d.Kind == Bars || d.Kind == StackedBars:
		places.Min, places.Max = -0.5, float64(max(n, 1))-0.5
	case n == 0:
		places.Min, places.Max = 0, 1
	case d.Kind == Steps:
		places.Min, places.Max = d.at(0), d.end(n-1)
	default:
		places.Min, places.Max = d.at(0), d.at(n-1)
	}
	if places.Max <= places.Min { // one point: leave room on both sides
		room := max(0.5, math.Abs(places.Min)/100)
		places.Min, places.Max = places.Min-room, places.Max+room
	}
	places.Tick.Marker = plot.ConstantTicks(d.placeTicks(places.Min, places.Max))
	if values.Min < 0 {
		zero := plotter.XYs{{X: places.Min}, {X: places.Max}}
		if d.sideways {
			zero = plotter.XYs{{Y: places.Min}, {Y: places.Max}}
		}
		line, err := plotter.NewLine(zero)
		if err != nil {
			return err
		}
		line.LineStyle = draw.LineStyle{Color: inkMuted, Width: 1}
		d.plot.Add(line)
		places.LineStyle.Width = 0
		places.Tick.LineStyle.Color = inkGrid
	}
	if d.sideways {
		places.Tick.Length = 0
		places.Tick.LineStyle.Width = 0
		return nil
	}
	places.Label.Text = d.fit(d.XLabel, d.dataWidth())
	return nil
}

// dataWidth is about the width that is left between the axes.
func (d *drawing) dataWidth() vg.Length { return d.width - 52 }
