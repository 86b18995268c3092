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
	v := figureView{Label: c.describe(heading)}
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
	colour := colourOf(series).name
	dashed := c.Series[series].Dashed
	mark := fmt.Sprintf(`<rect x="7" y="1" width="12" height="12" style="fill:var(%s);fill-opacity:%g;stroke:var(%[1]s);stroke-width:1.5"/>`,
		colour, fillOf(series, dashed))
	if c.Kind == Lines || c.Kind == Steps {
		var dashes []string
		for _, length := range dashesOf(series, dashed) {
			dashes = append(dashes, fmt.Sprint(float64(length)))
		}
		mark = fmt.Sprintf(`<path d="M1,7H25" style="fill:none;stroke:var(%s);stroke-width:3;stroke-dasharray:%s"/>`,
			colour, strings.Join(append(dashes, "none")[:max(len(dashes), 1)], ","))
	}
	return template.HTML(`<svg class="swatch" viewBox="0 0 26 14" width="26" height="14" aria-hidden="true">` + mark + `</svg>`)
}

// What the library writes, and what the page needs changed. Texts cannot be mistaken
// for attributes: the library escapes their quotes and angle brackets.
var (
	styleAttribute = regexp.MustCompile(`style="([^"]*)"`)
	textElement    = regexp.MustCompile(`<text ([^>]*)>([^<]*)</text>`)
	fontSize       = regexp.MustCompile(`font-size:([0-9.]+)px`)
)

// inline makes the picture a part of the page: without the head of a file of its
// own, with a label, with the names of the inks in place of their light tones, with
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
	tones := make([]string, 0, 2*len(inks()))
	for _, i := range inks() {
		tones = append(tones, i.light, "var("+i.name+")")
	}
	replacer := strings.NewReplacer(tones...)
	d := drawing{format: f}
	body = textElement.ReplaceAllStringFunc(body, func(element string) string {
		parts := textElement.FindStringSubmatch(element)
		width := d.label(inkMuted).Width(html.UnescapeString(parts[2]))
		return fmt.Sprintf(`<text %s textLength="%.5g" lengthAdjust="spacingAndGlyphs">%s</text>`, parts[1], float64(width), parts[2])
	})
	body = styleAttribute.ReplaceAllStringFunc(body, func(attribute string) string {
		var kept []string
		for property := range strings.SplitSeq(attribute[len(`style="`):len(attribute)-1], ";") {
			if strings.HasPrefix(property, "font-") && !fontSize.MatchString(property) {
				continue
			}
			kept = append(kept, replacer.Replace(property))
		}
		return `style="` + strings.Join(kept, ";") + `"`
	})
	w, h := picture.Size()
	return template.HTML(fmt.Sprintf(`<svg class="%s" viewBox="0 0 %.5g %.5g" role="img" aria-label="%s">%s`,
		class, float64(w), float64(h), template.HTMLEscapeString(label), body)), nil
}
