package page

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"gonum.org/v1/plot/vg/vgsvg"
)

// view draws the chart in both formats, with a legend.
func (c *Chart) view(heading string) (figureView, error) {
	v := figureView{Label: c.describe(heading), Drawn: c.drawn()}
	for _, f := range []struct {
		format
		class string
		to    *template.HTML
	}{{wide, "wide", &v.Wide}, {narrow, "narrow", &v.Narrow}} {
		picture, err := c.draw(f.format)
		if err != nil {
			return v, err
		}
		if *f.to, err = inline(picture, f.format, f.class, v.Label); err != nil {
			return v, err
		}
	}
	intervals := false
	for i, s := range c.Series {
		v.Legend = append(v.Legend, legendView{clean(s.Name), c.swatch(i)})
		intervals = intervals || s.Low != nil
	}
	if intervals {
		v.Intervals = "whiskers: the interval around a value"
		if c.Kind == Lines || c.Kind == Steps {
			v.Intervals = "shaded: the interval around a line"
		}
	}
	return v, nil
}

// swatch draws what a series looks like, for the legend.
func (c *Chart) swatch(series int) template.HTML {
	colour := colourOf(series).variable()
	dashed := c.Series[series].Dashed
	mark, width := fmt.Sprintf(`<rect x="1" y="1" width="12" height="12" style="fill:var(%s);fill-opacity:%g;stroke:var(%[1]s);stroke-width:1.5"/>`,
		colour, fillOf(series, dashed)), 14
	if c.Kind == Lines || c.Kind == Steps {
		var dashes []string
		for _, length := range dashesOf(series, dashed) {
			dashes = append(dashes, fmt.Sprint(float64(length)))
		}
		width = 26
		mark = fmt.Sprintf(`<path d="M1,7H25" style="fill:none;stroke:var(%s);stroke-width:3;stroke-dasharray:%s"/>`,
			colour, strings.Join(append(dashes, "none")[:max(len(dashes), 1)], ","))
	}
	return template.HTML(fmt.Sprintf(`<svg class="swatch" viewBox="0 0 %d 14" width="%[1]d" height="14" aria-hidden="true">%s</svg>`, width, mark))
}

// What the library writes, and what the page needs changed. Texts cannot be mistaken
// for attributes: the library escapes their quotes and angle brackets.
var (
	styleAttribute = regexp.MustCompile(`style="([^"]*)"`)
	textElement    = regexp.MustCompile(`<text ([^>]*)>([^<]*)</text>`)
)

// inline makes the picture a part of the page: without the head of a file of its
// own, with a label, with the inks' variables in place of their codes, with
// the reader's own sans-serif font, and with every text set to the width that the
// library has reckoned with, whatever that font is.
func inline(picture *vgsvg.Canvas, f format, class, label string) (template.HTML, error) {
	var b bytes.Buffer
	if _, err := picture.WriteTo(&b); err != nil {
		return "", err
	}
	_, body, found := strings.Cut(b.String(), "<svg ")
	if found {
		_, body, found = strings.Cut(body, ">")
	}
	if !found {
		return "", fmt.Errorf("the drawing of %q is no SVG", label)
	}
	d := drawing{format: f}
	body = textElement.ReplaceAllStringFunc(body, func(element string) string {
		parts := textElement.FindStringSubmatch(element)
		width := d.label(inkMuted).Width(html.UnescapeString(parts[2]))
		return fmt.Sprintf(`<text %s textLength="%.5g" lengthAdjust="spacingAndGlyphs">%s</text>`, parts[1], float64(width), parts[2])
	})
	body = styleAttribute.ReplaceAllStringFunc(body, func(attribute string) string {
		var kept []string
		for property := range strings.SplitSeq(attribute[len(`style="`):len(attribute)-1], ";") {
			name, value, _ := strings.Cut(property, ":")
			switch {
			case name == "fill" || name == "stroke":
				kept = append(kept, decode(name, value))
			case name == "font-size" || !strings.HasPrefix(name, "font-"):
				kept = append(kept, property)
			}
		}
		return `style="` + strings.Join(kept, ";") + `"`
	})
	w, h := picture.Size()
	return template.HTML(fmt.Sprintf(`<svg class="%s" viewBox="0 0 %.5g %.5g" role="img" aria-label="%s">%s`,
		class, float64(w), float64(h), template.HTMLEscapeString(label), body)), nil
}
