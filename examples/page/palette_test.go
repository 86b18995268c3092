package page

import (
	"fmt"
	"math"
	"testing"
)

// linear returns the linear red, green and blue of a colour as #RRGGBB, by sRGB
// (IEC 61966-2-1).
func linear(t *testing.T, colour string) (rgb [3]float64) {
	t.Helper()
	var bytes [3]uint8
	if _, err := fmt.Sscanf(colour, "#%02X%02X%02X", &bytes[0], &bytes[1], &bytes[2]); err != nil {
		t.Fatal(err)
	}
	for i, b := range bytes {
		v := float64(b) / 255
		if rgb[i] = v / 12.92; v > 0.04045 {
			rgb[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

// contrast is WCAG 2.1's ratio of relative luminances.
func contrast(t *testing.T, one, other string) float64 {
	luminance := func(c string) float64 {
		rgb := linear(t, c)
		return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
	}
	a, b := luminance(one), luminance(other)
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// eyes are the colours that people see who have all cones, or lack one kind: the
// matrices on linear colours of Machado, Oliveira and Fernandes, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
// TVCG 15(6), 2009, doi:10.1109/TVCG.2009.113, at severity 1.
var eyes = map[string][3][3]float64{
	"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab gives a colour's place in CIE 1976 Lab (white D65) as such eyes see it.
func lab(rgb [3]float64, eye [3][3]float64) [3]float64 {
	var seen [3]float64
	for i, row := range eye {
		seen[i] = min(max(row[0]*rgb[0]+row[1]*rgb[1]+row[2]*rgb[2], 0), 1)
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*seen[0] + 0.3576*seen[1] + 0.1805*seen[2]) / 0.9505)
	y := f(0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2])
	z := f((0.0193*seen[0] + 0.1192*seen[1] + 0.9505*seen[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestSeriesStandOutFromThePaperAndFromEachOther(t *testing.T) {
	themes := map[string]func(tone) string{
		"light": func(t tone) string { return t.light },
		"dark":  func(t tone) string { return t.dark },
	}
	for theme, in := range themes {
		paper := in(frameTones[inkPaper])
		for i, one := range palette {
			if ratio := contrast(t, in(one), paper); ratio < 3 {
				t.Errorf("%s: series %d has a contrast of %.2f to the paper", theme, i+1, ratio)
			}
			for k, other := range palette[:i] {
				for name, eye := range eyes {
					a, b := lab(linear(t, in(one)), eye), lab(linear(t, in(other)), eye)
					if d := math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2]); d < 20 {
						t.Errorf("%s, %s: series %d and %d differ by %.1f only", theme, name, k+1, i+1, d)
					}
				}
			}
		}
		for _, text := range []ink{inkText, inkMuted} {
			if ratio := contrast(t, in(frameTones[text]), paper); ratio < 4.5 {
				t.Errorf("%s: text has a contrast of %.2f to the paper", theme, ratio)
			}
		}
	}
}

// A code must survive the library, which keeps colours multiplied by their opacity.
func TestInksSurviveTheLibrary(t *testing.T) {
	for i := range inkSeries + ink(len(palette)) {
		for twentieths := 1; twentieths <= 20; twentieths++ {
			want := fmt.Sprintf("fill:var(%s)", i.variable())
			if twentieths < 20 {
				want += fmt.Sprintf(";fill-opacity:%g", float64(twentieths)/20)
			}
			r, g, b, a := i.pale(float64(twentieths) / 20).RGBA()
			for _, off := range []int{-2, 0, 2} { // more than any rounding
				text := fmt.Sprintf("#%02X%02X%02X", int(r>>8)+off, int(g>>8)+off, b>>8)
				if got := decode("fill", text); got != want || a != 0xFFFF {
					t.Errorf("%s is taken for %s, want %s", text, got, want)
				}
			}
		}
	}
	if got := decode("fill", "none"); got != "fill:none" {
		t.Errorf("none becomes %s", got)
	}
}
