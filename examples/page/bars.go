package page

import (
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lieDown reports whether the chart's bars should run to the right: where the names
// of the places do not fit side by side below them, and there are not too many.
func (d *drawing) lieDown() bool {
	if d.Kind != Bars && d.Kind != StackedBars {
		return false
	}
	const most = 16
	n := d.places()
	if n == 0 || n > most {
		return false
	}
	room := d.dataWidth() / vg.Length(n)
	style := d.label(inkMuted)
	for _, label := range d.labels() {
		if style.Width(label)+8 > room {
			return true
		}
	}
	const thin = 6
	return d.Kind == Bars && room*0.8/vg.Length(max(len(d.Series), 1)) < thin
}

// bars adds the series as bars, side by side or on top of each other.
func (d *drawing) bars() error {
	n, beside := d.places(), 1
	if d.Kind == Bars {
		beside = max(len(d.Series), 1)
	}
	length := d.dataWidth()
	if d.sideways {
		length = d.height - 50
	}
	const widest = 56
	group := min(0.8, float64(widest*vg.Length(beside*n)/length))
	width := group / float64(beside)
	for i := range n {
		up, down := 0.0, 0.0
		for k := range d.Series {
			s := &d.Series[k]
			y := s.Y[i]
			if !drawable(y) {
				continue
			}
			from, middle := 0.0, float64(i)
			if d.Kind == Bars {
				middle += (float64(k)+0.5)*width - group/2
			} else if y >= 0 {
				from, up = up, up+y
			} else {
				from, down = down, down+y
			}
			if err := d.bar(k, middle, width, from, from+y); err != nil {
				return err
			}
			if low, high, ok := s.interval(i); ok {
				if err := d.whisker(d.turn(middle, y), low, high, inkText); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// turn gives the point of a place and a value.
func (d *drawing) turn(place, value float64) plotter.XY {
	if d.sideways {
		return plotter.XY{X: value, Y: -place}
	}
	return plotter.XY{X: place, Y: value}
}

// bar adds one bar of a series, from one value to another.
func (d *drawing) bar(series int, middle, width, from, to float64) error {
	left, right := middle-width/2, middle+width/2
	shape, err := plotter.NewPolygon(plotter.XYs{
		d.turn(left, from), d.turn(left, to), d.turn(right, to), d.turn(right, from),
	})
	if err != nil {
		return err
	}
	colour := colourOf(series)
	shape.Color = colour
	shape.LineStyle = draw.LineStyle{Color: inkPaper, Width: 1}
	if opacity := fillOf(series, d.Series[series].Dashed); opacity < 1 {
		shape.Color = colour.pale(opacity)
		shape.LineStyle = draw.LineStyle{Color: colour, Width: 1.5}
	}
	if from == to { // a value of zero is a line
		shape.LineStyle = draw.LineStyle{Color: colour, Width: 2}
	}
	d.plot.Add(shape)
	return nil
}

// whisker adds an interval around a point, as a line with ends. A rim in the colour
// of the paper sets it off from a bar below it.
func (d *drawing) whisker(at plotter.XY, low, high float64, colour ink) error {
	const ends = 7
	for _, style := range []draw.LineStyle{{Color: inkPaper, Width: 3.5}, {Color: colour, Width: 1.5}} {
		if d.sideways {
			bars, err := plotter.NewXErrorBars(struct {
				plotter.XYs
				plotter.XErrors
			}{plotter.XYs{{X: low, Y: at.Y}}, plotter.XErrors{{High: high - low}}})
			if err != nil {
				return err
			}
			bars.LineStyle, bars.CapWidth = style, ends+style.Width
			d.plot.Add(bars)
			continue
		}
		bars, err := plotter.NewYErrorBars(struct {
			plotter.XYs
			plotter.YErrors
		}{plotter.XYs{{X: at.X, Y: low}}, plotter.YErrors{{High: high - low}}})
		if err != nil {
			return err
		}
		bars.LineStyle, bars.CapWidth = style, ends+style.Width
		d.plot.Add(bars)
	}
	return nil
}
