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
type ink struct {
	name        string // of the style sheet's variable
	light, dark string // #RRGGBB
	opacity     float64
}

var (
	inkText  = ink{"--text", "#1C2128", "#E9EDF1", 1}
	inkMuted = ink{"--muted", "#57606A", "#A5B0BC", 1}
	inkGrid  = ink{"--grid", "#DDE2E7", "#333B45", 1}
	inkPaper = ink{"--paper", "#FFFFFF", "#14181D", 1}
)

// palette has the inks of the series. Every tone has a contrast of at least 3 to the
// paper (WCAG 2.1, 1.4.11), and any two of a theme differ by at least 20 in CIE Lab,
// also for those who lack one kind of cones.
var palette = []ink{
	{"--series-1", "#0C4DAE", "#7B91FE", 1},
	{"--series-2", "#CF5609", "#DA5914", 1},
	{"--series-3", "#008B4F", "#45ED8C", 1},
	{"--series-4", "#93477B", "#BF6A9C", 1},
	{"--series-5", "#23262C", "#DFFFFF", 1},
	{"--series-6", "#5E88FF", "#FFDC19", 1},
}

// inks lists every ink once.
func inks() []ink {
	return append([]ink{inkText, inkMuted, inkGrid, inkPaper}, palette...)
}

// RGBA gives the tone of the light theme, as the library asks for colours. It must
// tell the inks apart.
func (i ink) RGBA() (r, g, b, a uint32) {
	var red, green, blue uint8
	fmt.Sscanf(i.light, "#%02X%02X%02X", &red, &green, &blue)
	return color.NRGBA{red, green, blue, uint8(i.opacity*255 + 0.5)}.RGBA()
}

// pale returns the ink thinned to an opacity of 0 to 1.
func (i ink) pale(opacity float64) ink {
	i.opacity = opacity
	return i
}

// colourOf returns the ink of a series. After six they come again: dashesOf and
// fillOf tell the second six from the first.
func colourOf(series int) ink { return palette[series%len(palette)] }

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
	for _, i := range inks() {
		fmt.Fprintf(&light, "%s:%s;", i.name, i.light)
		fmt.Fprintf(&dark, "%s:%s;", i.name, i.dark)
	}
	return fmt.Sprintf(":root{%s}\n@media screen and (prefers-color-scheme:dark){:root{%s}}\n", light.String(), dark.String())
}
