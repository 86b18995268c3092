package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/najimi-acd/najimi/examples/page"
)

// over is a chart over the day, in hours since midnight.
func (r report) over(kind page.Kind, label string, series ...page.Series) *page.Chart {
	c := &page.Chart{Kind: kind, XLabel: "time of day", YLabel: label, Clock: true, Series: series}
	for _, i := range r.Intervals {
		c.At = append(c.At, i.hours)
	}
	if last := r.Intervals[len(r.Intervals)-1]; kind == page.Steps {
		c.At = append(c.At, last.hours+last.Minutes/60)
	}
	return c
}

// series takes one value of each interval.
func (r report) series(name string, of func(i int) float64) page.Series {
	s := page.Series{Name: name}
	for i := range r.Intervals {
		s.Y = append(s.Y, of(i))
	}
	return s
}

// estimates takes one estimate of each interval, as a percentage.
func (r report) estimates(name string, of func(i int) estimate) page.Series {
	s := page.Series{Name: name}
	for i := range r.Intervals {
		e := of(i).within()
		s.Y = append(s.Y, 100*float64(e.Value))
		s.Low = append(s.Low, 100*float64(e.Low))
		s.High = append(s.High, 100*float64(e.High))
	}
	return s
}

// inChart is how many queues, groups or goals stand in one chart.
const inChart = 10

// largest is the first so many by size, in their own order.
func largest(n int, size func(i int) float64) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	all = all[:min(n, inChart)]
	slices.Sort(all)
	return all
}

// fold adds up those series that would be too many, the smallest.
func fold(series []page.Series) []page.Series {
	if len(series) <= inChart {
		return series
	}
	shown := largest(len(series), func(i int) float64 {
		sum := 0.0
		for _, y := range series[i].Y {
			sum += y
		}
		return sum
	})
	rest := page.Series{Name: fmt.Sprintf("the %d smallest", len(series)-len(shown)), Y: make([]float64, len(series[0].Y))}
	var all []page.Series
	for i, s := range series {
		if slices.Contains(shown, i) {
			all = append(all, s)
			continue
		}
		for k, y := range s.Y {
			rest.Y[k] += y
		}
	}
	return append(all, rest)
}
