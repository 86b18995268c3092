package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// A paper is the commonest colour of a screenshot.
type paper struct {
	lightness uint8 // 0 is black
	share     float64
}

// What a picture must have to be more than empty paper.
const (
	mostPaper    = 0.995
	leastColours = 8
)

// judgePicture returns the paper of a screenshot, and what is wrong with it: the
// whole, or one of its figures, is empty or nearly so.
func judgePicture(shot []byte, m measures) (paper, []string, error) {
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return paper{}, nil, fmt.Errorf("the screenshot: %w", err)
	}
	var faults []string
	bounds := picture.Bounds()
	whole, colours := census(picture, bounds)
	if whole.share > mostPaper || colours < leastColours {
		faults = append(faults, fmt.Sprintf("the screenshot is nearly empty: %.1f %% of one colour, %d colours", 100*whole.share, colours))
	}
	scale := float64(bounds.Dx()) / max(m.Width, m.Window, 1)
	for i, f := range m.Figures {
		for _, d := range f.Drawings {
			area := image.Rect(int(d.Box.X*scale), int(d.Box.Y*scale),
				int((d.Box.X+d.Box.Width)*scale), int((d.Box.Y+d.Box.Height)*scale)).Intersect(bounds)
			if area.Empty() {
				continue // judged as out of the window, or beyond the longest screenshot
			}
			if p, colours := census(picture, area); p.share > mostPaper || colours < leastColours {
				faults = append(faults, fmt.Sprintf("figure %d: the picture is nearly empty: %.1f %% of one colour, %d colours", i+1, 100*p.share, colours))
			}
		}
	}
	return whole, faults, nil
}

// census returns the commonest colour of a part of a picture, and how many colours
// there are.
func census(picture image.Image, area image.Rectangle) (paper, int) {
	counts := make(map[color.RGBA]int)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			r, g, b, a := picture.At(x, y).RGBA()
			counts[color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}]++
		}
	}
	var p paper
	most := 0
	for c, n := range counts {
		if light := color.GrayModel.Convert(c).(color.Gray).Y; n > most || n == most && light > p.lightness {
			most, p.lightness = n, light
		}
	}
	p.share = float64(most) / float64(max(area.Dx()*area.Dy(), 1))
	return p, len(counts)
}
