package page

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Kind is a way to draw a chart.
type Kind int

const (
	// Lines joins each series' points, and shades its intervals as a band.
	Lines Kind = iota

	// Steps holds each value until the next one begins: what is needed, or was
	// there, in each interval of a day.
	Steps

	// Bars sets the series of each place side by side, with their intervals.
	Bars

	// StackedBars sets the series of each place on top of each other: parts of a
	// whole. Values below zero are stacked downwards. It has no intervals.
	StackedBars
)

// A Chart is a picture of one or more series over common places on the horizontal
// axis. The places are names at equal distances (X), or numbers to scale (At).
type Chart struct {
	Kind Kind

	// XLabel and YLabel say what the axes measure, and in which unit.
	XLabel, YLabel string

	// X names the places: one name for each value of a series.
	X []string

	// At gives the places as increasing numbers, for Lines and Steps, instead of X.
	// For Steps it may have one more number than the series have values: where the
	// last step ends. Without it the last step is as long as the one before it.
	At []float64

	// Clock says that At counts hours since midnight: 8.5 is written 08:30.
	Clock bool

	// Series are drawn and listed in this order. Two to six can be told apart well;
	// more than twelve are refused.
	Series []Series
}

// A Series is a named row of values. A value that is no finite number, or is larger
// than 1e15 either way, is not drawn.
type Series struct {
	Name string
	Y    []float64

	// Low and High are the ends of an interval around each value. Both may be nil:
	// no intervals.
	Low, High []float64

	// Dashed draws the line with dashes, and bars pale with an outline: for what is
	// not of the same kind as the rest, such as a target.
	Dashed bool
}

// mostSeries is the most series that a chart takes.
const mostSeries = 12

// check tells everything that keeps the chart from being drawn.
func (c *Chart) check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	bars := c.Kind == Bars || c.Kind == StackedBars
	if c.Kind < Lines || c.Kind > StackedBars {
		fault("the chart is of the unknown kind %d", c.Kind)
	}
	if len(c.Series) > mostSeries {
		fault("the chart has %d series, at most %d can be told apart", len(c.Series), mostSeries)
	}
	switch {
	case c.X != nil && c.At != nil:
		fault("the chart has both X and At")
	case bars && c.At != nil:
		fault("a chart of bars has At: its places are names, in X")
	case c.Clock && c.At == nil && len(c.Series) > 0 && len(c.X) > 0:
		fault("the chart has Clock without At")
	}
	for i, at := range c.At {
		if !drawable(at) || i > 0 && at <= c.At[i-1] {
			fault("place %d of the chart, %g, is no number above the one before it", i+1, at)
			break
		}
	}
	for _, s := range c.Series {
		n := len(c.X) + len(c.At)
		if c.Kind == Steps && c.At != nil && len(s.Y) == n-1 {
			n--
		}
		if len(s.Y) != n {
			fault("series %q has %d values at %d places", s.Name, len(s.Y), n)
		}
		if len(s.Y) != len(c.Series[0].Y) {
			fault("series %q has %d values, series %q has %d", s.Name, len(s.Y), c.Series[0].Name, len(c.Series[0].Y))
		}
		if (s.Low != nil || s.High != nil) && (len(s.Low) != len(s.Y) || len(s.High) != len(s.Y)) {
			fault("series %q has %d values, %d low ends and %d high ends", s.Name, len(s.Y), len(s.Low), len(s.High))
		}
		if c.Kind == StackedBars && s.Low != nil {
			fault("series %q has intervals: stacked bars show none", s.Name)
		}
	}
	return errors.Join(faults...)
}

// places returns how many values each series has.
func (c *Chart) places() int {
	if len(c.Series) > 0 {
		return len(c.Series[0].Y)
	}
	return len(c.X) + len(c.At)
}

// at returns where value i lies on the horizontal axis.
func (c *Chart) at(i int) float64 {
	if c.At != nil {
		return c.At[i]
	}
	return float64(i)
}

// end returns where step i ends.
func (c *Chart) end(i int) float64 {
	switch {
	case c.At == nil:
		return float64(i + 1)
	case i+1 < len(c.At):
		return c.At[i+1]
	case i > 0:
		return 2*c.At[i] - c.At[i-1]
	case c.Clock:
		return c.At[i] + 0.5
	}
	return c.At[i] + 1
}

// labels names the places.
func (c *Chart) labels() []string {
	all := make([]string, c.places())
	for i := range all {
		switch {
		case c.At == nil:
			all[i] = clean(c.X[i])
		case c.Clock:
			all[i] = clock(c.At[i])
		default:
			all[i] = figure(c.At[i])
		}
	}
	return all
}

// clock writes hours since midnight as a time of day, to the minute. From midnight
// on the hours go on: 25:30.
func clock(hours float64) string {
	sign := ""
	minutes := int64(math.Round(hours * 60))
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	return fmt.Sprintf("%s%02d:%02d", sign, minutes/60, minutes%60)
}

// drawable reports whether v has a place on an axis.
func drawable(v float64) bool { return math.Abs(v) <= 1e15 }

// drawn counts the series that have a value to draw.
func (c *Chart) drawn() int {
	n := 0
	for _, s := range c.Series {
		if slices.ContainsFunc(s.Y, drawable) {
			n++
		}
	}
	return n
}

// interval returns the interval around value i, its ends in order, and whether there
// is one to draw.
func (s *Series) interval(i int) (low, high float64, ok bool) {
	if s.Low == nil || !drawable(s.Y[i]) || !drawable(s.Low[i]) || !drawable(s.High[i]) {
		return 0, 0, false
	}
	return min(s.Low[i], s.High[i]), max(s.Low[i], s.High[i]), true
}

// describe says in a sentence what the chart shows, for those who cannot see it.
func (c *Chart) describe(heading string) string {
	kinds := [...]string{Lines: "Line chart", Steps: "Step chart", Bars: "Bar chart", StackedBars: "Stacked bar chart"}
	var b strings.Builder
	b.WriteString(kinds[c.Kind])
	if heading = clean(heading); heading != "" {
		fmt.Fprintf(&b, ": %s", heading)
	}
	if label := clean(c.YLabel); label != "" {
		fmt.Fprintf(&b, ", %s", label)
	}
	if label := clean(c.XLabel); label != "" {
		fmt.Fprintf(&b, " by %s", label)
	} else if c.Clock {
		b.WriteString(" by time of day")
	}
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = clean(s.Name)
	}
	if len(names) > 0 {
		fmt.Fprintf(&b, "; %s", strings.Join(names, ", "))
	}
	b.WriteString(". The numbers are in the table below.")
	return b.String()
}
