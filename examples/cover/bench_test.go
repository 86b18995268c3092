package cover

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// busy is a day of 17 hours from six in the morning, with a peak before noon and
// a lower one in the afternoon, and a jag on top.
func busy(every time.Duration, peak float64) Day {
	d := Day{Start: 6 * time.Hour, Every: every, Need: make([]int, 17*time.Hour/every)}
	for i := range d.Need {
		at := (float64(i) + 0.5) * every.Hours()
		hump := func(hour, width float64) float64 { return math.Exp(-(at - hour) * (at - hour) / (width * width)) }
		d.Need[i] = 1 + int(peak*(0.15+0.75*hump(5, 2.5)+0.5*hump(10, 3))+float64(i*7%5))
	}
	return d
}

// A day of real size: the ordinary kinds make 226 shifts to choose from.
func TestOrdinaryDays(t *testing.T) {
	for _, every := range []time.Duration{30 * time.Minute, 15 * time.Minute} {
		c, err := Solve(t.Context(), busy(every, 41), Ordinary(), Options{})
		if err != nil || !c.Exact {
			t.Errorf("intervals of %v: cost %v, bound %v, %s, %v", every, c.Cost, c.Bound, c.WhyNotExact, err)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, every := range []time.Duration{30 * time.Minute, 15 * time.Minute} {
		for _, costs := range [][3]float64{{}, {8, 6.3, 4.4}} {
			d, kinds := busy(every, 41), Ordinary()
			for i := range kinds {
				kinds[i].Cost = costs[i]
			}
			b.Run(fmt.Sprintf("%d intervals, costs %v", len(d.Need), costs), func(b *testing.B) {
				var c Cover
				for b.Loop() {
					c, _ = Solve(b.Context(), d, kinds, Options{})
				}
				b.ReportMetric(100*c.Gap(), "%gap")
			})
		}
	}
}
