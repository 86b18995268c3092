package page_test

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/examples/page"
)

var writeTo = flag.String("html", "", "write the sample page to this `file`, to look at")

var nan = math.NaN()

// hostile is a name as a file of a user may have it.
const hostile = `<script>alert("1")</script> & 'fill:#0C4DAE' style="x" </svg>`

// day is a series over the half hours from 8 to 18.
func day(scale, shift float64) []float64 {
	var all []float64
	for i := range 20 {
		x := float64(i)/20*2*math.Pi + shift
		all = append(all, math.Round(scale*(1.3-math.Cos(x)+0.4*math.Sin(2*x))))
	}
	return all
}

func around(values []float64, part float64) (low, high []float64) {
	for _, v := range values {
		low = append(low, v*(1-part))
		high = append(high, v*(1+part)+0.2)
	}
	return low, high
}

func hours(n int) []float64 {
	var all []float64
	for i := range n {
		all = append(all, 8+float64(i)/2)
	}
	return all
}

// sample is a page with every kind of chart, as planners would have them, and then
// the odd cases.
func sample() page.Page {
	formula, routed := day(22, 0), day(24, 0.1)
	low, high := around(routed, 0.08)
	occupancy := []float64{0.71, 0.78, 0.83, 0.86, 0.88, 0.84, 0.79}
	few, many := around(occupancy, 0.03)
	tiers := []string{"Gold", "Silver", "Bronze"}
	var dozen, stacked []page.Series
	for i := range 12 {
		dozen = append(dozen, page.Series{Name: fmt.Sprintf("Queue %d", i+1), Y: day(5+float64(i)*2, float64(i)/7)})
		stacked = append(stacked, page.Series{Name: fmt.Sprintf("Queue %d", i+1), Y: []float64{float64(12 - i), float64(i), 4}})
	}
	sections := []page.Section{{
		Heading: "Agents needed over the day",
		Text:    "The formula looks at each half hour by itself. The simulation routes every call by the plan, through the whole day.",
		Chart: &page.Chart{Kind: page.Steps, YLabel: "agents", XLabel: "time of day", At: hours(21), Clock: true, Series: []page.Series{
			{Name: "by simulation", Y: routed, Low: low, High: high},
			{Name: "by formula", Y: formula, Dashed: true},
		}},
		Notes: []string{"Intervals are at 95 %, from 20 replications.", "Shrinkage is left out."},
	}, {
		Heading: "Mean wait by tier",
		Chart: &page.Chart{Kind: page.Bars, YLabel: "seconds", X: tiers, Series: []page.Series{
			{Name: "first come, first served", Y: []float64{48, 47, 49}, Low: []float64{44, 44, 43}, High: []float64{52, 50, 55}},
			{Name: "head start of 120 s", Y: []float64{9, 31, 74}, Low: []float64{8, 28, 66}, High: []float64{10, 34, 82}},
		}},
	}, {
		Heading: "What agents did",
		Chart: &page.Chart{Kind: page.StackedBars, YLabel: "hours", X: []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}, Series: []page.Series{
			{Name: "talking", Y: []float64{120, 110, 108, 112, 98, 40}},
			{Name: "after-call work", Y: []float64{22, 20, 19, 21, 18, 8}},
			{Name: "idle", Y: []float64{30, 38, 40, 36, 48, 22}},
		}},
	}, {
		Heading: "Occupancy against the number of agents",
		Chart: &page.Chart{Kind: page.Lines, YLabel: "share of time", XLabel: "agents", At: []float64{12, 13, 14, 16, 18, 20, 24}, Series: []page.Series{
			{Name: "the whole day", Y: occupancy, Low: few, High: many},
			{Name: "busiest hour", Y: []float64{0.99, 0.98, nan, 0.93, 0.91, 0.9, 0.85}},
		}},
	}, {
		Heading: "A table alone",
		Table: page.Table{Caption: "Paired differences", Head: []string{"tier", "wait", "interval"}, Rows: [][]string{
			{"Gold", "−39.2 s", "−42.0 – −36.1"}, {"Silver", "−16.0 s", "−18.2 – −13.9"}, {"Bronze", "+25.1 s", "+20.4 – +29.9"},
		}},
	}, {
		Heading: hostile,
		Text:    hostile,
		Chart: &page.Chart{Kind: page.Bars, XLabel: hostile, YLabel: hostile, X: []string{hostile, "日本語のキュー", "line\nbreak\x00\xff"}, Series: []page.Series{
			{Name: hostile, Y: []float64{1, 2, 3}, Low: []float64{0.5, 1.5, 2.5}, High: []float64{1.5, 2.5, 3.5}},
			{Name: strings.Repeat("Unbroken", 12), Y: []float64{1, 1, 1}},
			{Name: "A queue whose name goes on and on, Monday to Friday from eight to six, without Bank holidays", Y: []float64{2, nan, 0}},
		}},
		Notes: []string{hostile},
	}, {
		Heading: "Twelve lines",
		Chart:   &page.Chart{Kind: page.Lines, YLabel: "calls", At: hours(20), Clock: true, Series: dozen},
	}, {
		Heading: "Twelve parts",
		Chart:   &page.Chart{Kind: page.StackedBars, YLabel: "calls", X: tiers, Series: stacked},
	}, {
		Heading: "Twelve bars",
		Chart:   &page.Chart{Kind: page.Bars, YLabel: "calls", X: tiers, Series: stacked},
	}, {
		Heading: "Two equal lines",
		Chart: &page.Chart{Kind: page.Steps, YLabel: "agents", X: []string{"08:00", "09:00", "10:00"}, Series: []page.Series{
			{Name: "this plan", Y: []float64{3, 5, 4}}, {Name: "that plan", Y: []float64{3, 5, 4}},
		}},
	}, {
		Heading: "One point",
		Chart: &page.Chart{Kind: page.Lines, YLabel: "s", At: []float64{30}, Series: []page.Series{
			{Name: "wait", Y: []float64{12}, Low: []float64{10}, High: []float64{15}},
		}},
	}, {
		Heading: "No points",
		Chart:   &page.Chart{Kind: page.Bars, YLabel: "s", Series: []page.Series{{Name: "wait"}}},
	}, {
		Heading: "No numbers",
		Chart: &page.Chart{Kind: page.Lines, YLabel: "s", X: []string{"a", "b", "c"}, Series: []page.Series{
			{Name: "wait", Y: []float64{nan, math.Inf(1), -math.MaxFloat64}},
		}},
	}, {
		Heading: "Gaps, and a lone point",
		Chart: &page.Chart{Kind: page.Lines, YLabel: "s", At: hours(20), Clock: true, Series: []page.Series{
			{Name: "wait", Y: append([]float64{4, 5, nan, 7, nan}, day(3, 1)[5:]...), Low: append([]float64{3, 4, nan, 5, nan}, day(2, 1)[5:]...), High: append([]float64{5, 6, nan, 9, nan}, day(4, 1)[5:]...)},
		}},
	}, {
		Heading: "Zeros",
		Chart: &page.Chart{Kind: page.Bars, YLabel: "abandoned", X: tiers, Series: []page.Series{
			{Name: "this plan", Y: []float64{0, 0, 0}}, {Name: "that plan", Y: []float64{0, 0, 0}},
		}},
	}, {
		Heading: "Above and below",
		Chart: &page.Chart{Kind: page.Bars, YLabel: "difference in seconds", X: tiers, Series: []page.Series{
			{Name: "wait", Y: []float64{-39, -16, 25}, Low: []float64{-42, -18, 20}, High: []float64{-36, -14, 30}},
			{Name: "target", Y: []float64{-30, -10, 30}, Dashed: true},
		}},
	}, {
		Heading: "Large numbers",
		Chart: &page.Chart{Kind: page.StackedBars, YLabel: "s", X: []string{"a", "b"}, Series: []page.Series{
			{Name: "wait", Y: []float64{1e15, -1e15}}, {Name: "more", Y: []float64{1e15, 1e-9}},
		}},
	}}
	return page.Page{
		Title:    "Staffing for Monday",
		Lead:     "How many agents each half hour needs, so that 80 % of the callers are answered within 20 seconds.\n\nThe plan is the one that routes the calls today.",
		Facts:    []page.Fact{{"Agents at the peak", "54"}, {"Paid hours", "391 h"}, {"Answered within 20 s", "82.4 %"}, {"Longest mean wait", "1 min 14 s"}},
		Sections: sections,
	}
}

func TestSampleIsWritten(t *testing.T) {
	var b bytes.Buffer
	if err := sample().Write(&b); err != nil {
		t.Fatal(err)
	}
	if *writeTo != "" {
		if err := os.WriteFile(*writeTo, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
