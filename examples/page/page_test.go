package page_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/examples/page"
)

// written returns the page's HTML.
func written(t *testing.T, p page.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var drawing = regexp.MustCompile(`(?s)<svg class="(wide|narrow)".*?</svg>`)

// drawings returns the pictures of a page with one chart, for wide and for narrow
// windows.
func drawings(t *testing.T, c page.Chart) []string {
	t.Helper()
	text := written(t, page.Page{Sections: []page.Section{{Chart: &c}}})
	all := drawing.FindAllString(text, -1)
	if len(all) != 2 {
		t.Fatalf("the page has %d drawings, want a wide and a narrow one", len(all))
	}
	return all
}

func TestTheSamePageGivesTheSameBytes(t *testing.T) {
	first := written(t, sample())
	for range 3 {
		if written(t, sample()) != first {
			t.Fatal("a page was written in two ways")
		}
	}
}

func TestEverySeriesIsDrawnAndNamed(t *testing.T) {
	for _, kind := range []page.Kind{page.Lines, page.Steps, page.Bars, page.StackedBars} {
		for n := 1; n <= 12; n++ {
			c := page.Chart{Kind: kind, X: []string{"a", "b", "c"}}
			for i := range n {
				c.Series = append(c.Series, page.Series{Name: fmt.Sprintf("series <%d>", i), Y: []float64{float64(i), 3, 5}, Dashed: i%5 == 4})
			}
			for _, svg := range drawings(t, c) {
				for i := range min(n, 6) {
					if ink := fmt.Sprintf("var(--series-%d)", i+1); !strings.Contains(svg, ink) {
						t.Errorf("kind %d with %d series: nothing is drawn with %s", kind, n, ink)
					}
				}
			}
			text := written(t, page.Page{Sections: []page.Section{{Chart: &c}}})
			for i := range n {
				if name := fmt.Sprintf("<span>series &lt;%d&gt;</span>", i); !strings.Contains(text, name) {
					t.Errorf("kind %d with %d series: the legend has no %s", kind, n, name)
				}
			}
		}
	}
}

func TestPagesNeedNothingElse(t *testing.T) {
	text := written(t, sample())
	for _, forbidden := range []string{"<script", "<link", "<img", "<iframe", "<image", "url(", "@import", "src=", "href="} {
		if strings.Contains(strings.ToLower(text), forbidden) {
			t.Errorf("the page has %q in it", forbidden)
		}
	}
}

func TestTextsAreEscaped(t *testing.T) {
	p := page.Page{Title: hostile, Lead: hostile, Facts: []page.Fact{{Name: hostile, Value: hostile}}, Sections: []page.Section{{
		Heading: hostile, Text: hostile, Notes: []string{hostile},
		Chart: &page.Chart{Kind: page.Bars, X: []string{hostile}, XLabel: hostile, YLabel: hostile, Series: []page.Series{{Name: hostile, Y: []float64{1}}}},
		Table: page.Table{Caption: hostile, Head: []string{hostile}, Rows: [][]string{{hostile}}},
	}}}
	text := written(t, p)
	if strings.Contains(text, "<script") {
		t.Error("a name has become an element")
	}
	const count = "&lt;script&gt;alert("
	if n := strings.Count(text, count); n < 14 {
		t.Errorf("%d texts of the page are there as they were given, want at least 14", n)
	}
	for _, svg := range drawing.FindAllString(text, -1) {
		if !strings.Contains(svg, "fill:#0C4DAE") {
			t.Error("a name in a drawing was taken for a colour")
		}
		reader := xml.NewDecoder(strings.NewReader(svg))
		for {
			_, err := reader.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("the drawing is no XML: %v", err)
			}
		}
	}
}

func TestMissingValuesBreakTheLine(t *testing.T) {
	chart := func(y ...float64) page.Chart {
		return page.Chart{Kind: page.Steps, X: []string{"a", "b", "c", "d", "e"}, Series: []page.Series{{Name: "s", Y: y}}}
	}
	lines := func(c page.Chart) int { return strings.Count(drawings(t, c)[0], "stroke:var(--series-1)") }
	if n := lines(chart(1, 2, 3, 4, 5)); n != 1 {
		t.Errorf("a whole line is drawn in %d parts", n)
	}
	for _, missing := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64} {
		if n := lines(chart(1, 2, missing, 4, 5)); n != 2 {
			t.Errorf("a line without its middle value, %g, is drawn in %d parts", missing, n)
		}
	}
	if all := drawings(t, chart(nan, nan, nan, nan, nan)); !strings.Contains(all[0], "no values") {
		t.Error("a chart without values does not say so")
	}
}

func TestTheNumbersAreBehindThePicture(t *testing.T) {
	text := written(t, page.Page{Sections: []page.Section{{Chart: &page.Chart{
		Kind: page.Steps, XLabel: "time", At: []float64{8, 8.5, 25.5}, Clock: true,
		Series: []page.Series{{Name: "agents", Y: []float64{12.3456, -0.00012, 1234567}, Low: []float64{1, nan, 3}, High: []float64{2, 3, 4}}},
	}}}})
	for _, want := range []string{
		"<details>", "08:00</th>", "08:30</th>", "25:30</th>",
		">12.35</td>", ">−0.00012</td>", ">1234567</td>", ">1 – 2</td>", `<td class="number"></td>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the table has no %s", want)
		}
	}
}

func TestFaultyChartsAreRefused(t *testing.T) {
	two := []float64{1, 2}
	tests := []struct {
		name  string
		chart page.Chart
		says  string
	}{
		{"kind", page.Chart{Kind: 9}, "unknown kind"},
		{"lengths", page.Chart{X: []string{"a"}, Series: []page.Series{{Y: two}}}, "2 values at 1 places"},
		{"uneven", page.Chart{Kind: page.Steps, At: two, Series: []page.Series{{Y: two}, {Y: two[:1]}}}, "has 1 values"},
		{"both", page.Chart{X: []string{"a", "b"}, At: two, Series: []page.Series{{Y: two}}}, "both X and At"},
		{"bars to scale", page.Chart{Kind: page.Bars, At: two, Series: []page.Series{{Y: two}}}, "its places are names"},
		{"order", page.Chart{At: []float64{2, 1}, Series: []page.Series{{Y: two}}}, "above the one before"},
		{"no place", page.Chart{At: []float64{1, nan}, Series: []page.Series{{Y: two}}}, "above the one before"},
		{"clock", page.Chart{X: []string{"a", "b"}, Clock: true, Series: []page.Series{{Y: two}}}, "Clock without At"},
		{"ends", page.Chart{X: []string{"a", "b"}, Series: []page.Series{{Y: two, Low: two}}}, "0 high ends"},
		{"stacked ends", page.Chart{Kind: page.StackedBars, X: []string{"a", "b"}, Series: []page.Series{{Y: two, Low: two, High: two}}}, "has intervals"},
		{"too many", page.Chart{Series: make([]page.Series, 13)}, "13 series"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := page.Page{Sections: []page.Section{{Heading: "the faulty one", Chart: &test.chart}}}.Write(&b)
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "the faulty one") {
				t.Errorf("the error is %v, want one with %q", err, test.says)
			}
			if b.Len() > 0 {
				t.Error("a part of the page was written")
			}
		})
	}
	table := page.Table{Head: []string{"a", "b"}, Rows: [][]string{{"1"}}}
	if err := (page.Page{Sections: []page.Section{{Table: table}}}).Write(io.Discard); err == nil || !strings.Contains(err.Error(), "row 1 ") {
		t.Errorf("a row that is too short gives %v", err)
	}
}

// Any values give a picture, however extreme: no panic, no endless loop, and no
// coordinate that is no number.
func TestAnyValuesGiveAPicture(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	extremes := []float64{0, 1, -1, nan, math.Inf(1), 5e-324, -5e-324, 1e15, -1e15, 1e16, 0.1, 1e15 - 0.125, math.MaxFloat64}
	value := func() float64 { return extremes[random.IntN(len(extremes))] }
	values := func(n int) []float64 {
		all := make([]float64, n)
		for i := range all {
			all[i] = value()
		}
		return all
	}
	for range 300 {
		n := random.IntN(6)
		c := page.Chart{Kind: page.Kind(random.IntN(4)), XLabel: "x", YLabel: "y"}
		if c.Kind == page.Bars || c.Kind == page.StackedBars || random.IntN(2) == 0 {
			c.X = make([]string, n)
		} else {
			c.Clock = random.IntN(2) == 0
			step := []float64{0.125, 1e-3, 1e9}[random.IntN(3)]
			for i := range n {
				c.At = append(c.At, []float64{0, 1e15 - 10, -1e12}[random.IntN(3)]+float64(i)*step)
			}
		}
		for range random.IntN(4) {
			s := page.Series{Y: values(n)}
			if c.Kind != page.StackedBars && random.IntN(2) == 0 {
				s.Low, s.High = values(n), values(n)
			}
			c.Series = append(c.Series, s)
		}
		var b bytes.Buffer
		if err := (page.Page{Sections: []page.Section{{Chart: &c}}}).Write(&b); err != nil {
			if strings.Contains(err.Error(), "above the one before") {
				continue // rounded to the same place
			}
			t.Fatalf("%+v: %v", c, err)
		}
		for _, svg := range drawing.FindAllString(b.String(), -1) {
			if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
				t.Fatalf("%+v: a coordinate is no number", c)
			}
		}
	}
}
