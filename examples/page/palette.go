package page

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
)

// An ink is a colour of the charts by its part in them. It has one tone in the light
// theme and another in the dark one; drawings name the ink, and the page's style
// sheet gives the tone.
type ink int

// The inks of all but the series; palette[0] is the ink after them.
const (
	inkText ink = iota
	inkMuted
	inkGrid
	inkPaper
	inkSeries
)

// A tone is what an ink looks like on light and on dark paper, as #RRGGBB.
type tone struct{ light, dark string }

// frameTones are the tones of the inks below inkSeries.
var frameTones = [...]tone{
	inkText:  {"#1C2128", "#E9EDF1"},
	inkMuted: {"#57606A", "#A5B0BC"},
	inkGrid:  {"#DDE2E7", "#333B45"},
	inkPaper: {"#FFFFFF", "#14181D"},
}

// palette has the inks of the series. Every tone has a contrast of at least 3 to the
// paper (WCAG 2.1, 1.4.11), and any two of a theme differ by at least 20 in CIE Lab,
// also for those who lack one kind of cones.
var palette = [...]tone{
	{"#0C4DAE", "#7B91FE"},
	{"#CF5609", "#DA5914"},
	{"#008B4F", "#45ED8C"},
	{"#93477B", "#BF6A9C"},
	{"#23262C", "#DFFFFF"},
	{"#5E88FF", "#FFDC19"},
}

// variable names the ink in the style sheet.
func (i ink) variable() string {
	if i >= inkSeries {
		return fmt.Sprintf("--series-%d", i-inkSeries+1)
	}
	return [...]string{inkText: "--text", inkMuted: "--muted", inkGrid: "--grid", inkPaper: "--paper"}[i]
}

// A code is a colour that stands for an ink and its opacity in the library's
// drawing: the library knows of colours only. Red is the ink and green the opacity,
// in steps of eight so that rounding on the way does no harm.
type code struct {
	ink        ink
	twentieths int // opacity in twentieths
}

// pale thins the ink to an opacity of 0 to 1, in twentieths.
func (i ink) pale(opacity float64) code { return code{i, int(opacity*20 + 0.5)} }

// RGBA gives the code of the full ink.
func (i ink) RGBA() (r, g, b, a uint32) { return i.pale(1).RGBA() }

// RGBA gives the code as the library asks for colours.
func (c code) RGBA() (r, g, b, a uint32) {
	return color.NRGBA{uint8(c.ink)*8 + 4, uint8(c.twentieths)*8 + 4, 0x80, 0xFF}.RGBA()
}

// decode replaces the code #RRGGBB of a style's property, "fill" or "stroke", by the
// ink's variable. What is no code stays as it is.
func decode(property, value string) string {
	var red, green, blue int
	if _, err := fmt.Sscanf(value, "#%02X%02X%02X", &red, &green, &blue); err != nil {
		return property + ":" + value
	}
	c := code{ink(red / 8), green / 8}
	text := fmt.Sprintf("%s:var(%s)", property, c.ink.variable())
	if c.twentieths < 20 {
		text += fmt.Sprintf(";%s-opacity:%g", property, float64(c.twentieths)/20)
	}
	return text
}

// colourOf returns the ink of a series. After six they come again: dashesOf and
// fillOf tell the second six from the first.
func colourOf(series int) ink { return inkSeries + ink(series%len(palette)) }

// dashesOf returns the pattern of a series' line.
func dashesOf(series int, dashed bool) []vg.Length {
	second := series >= len(palette)
	switch {
	case dashed && second:
		return []vg.Length{8, 3, 2, 3}
	case dashed:
		return []vg.Length{7, 4}
	case second:
		return []vg.Length{2, 2.5}
	}
	return nil
}

// fillOf returns the opacity of a series' bars.
func fillOf(series int, dashed bool) float64 {
	second := series >= len(palette)
	switch {
	case dashed && second:
		return 0.05
	case dashed:
		return 0.2
	case second:
		return 0.45
	}
	return 1
}

// themeVariables is the part of the style sheet that gives the inks their tones.
func themeVariables() string {
	var light, dark strings.Builder
	for i, t := range append(frameTones[:], palette[:]...) {
		fmt.Fprintf(&light, "%s:%s;", ink(i).variable(), t.light)
		fmt.Fprintf(&dark, "%s:%s;", ink(i).variable(), t.dark)
	}
	return fmt.Sprintf(":root{%s}\n@media screen and (prefers-color-scheme:dark){:root{%s}}\n", light.String(), dark.String())
}
