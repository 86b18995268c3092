package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/najimi-acd/najimi/examples/cover"
)

// shifts is people's shifts that cover what is to be scheduled, group by group.
type shifts struct {
	// Minutes is the length of the intervals in which people are counted: the
	// longest that fits into all of the forecast's.
	Minutes float64      `json:"minutes"`
	Groups  []groupCover `json:"groups"`
	People  int          `json:"people"`
	Cost    float64      `json:"cost"`
	// Bound is proven: no shifts of these kinds cost less. Gap is the share of
	// Cost that better ones might save at most.
	Bound float64 `json:"bound"`
	Gap   float64 `json:"gap"`
	// Need and OnShift are people in each interval, breaks taken off.
	Start   []string `json:"start"`
	Need    []int    `json:"need"`
	OnShift []int    `json:"on_shift"`
	// bounds are where these intervals begin, and where the last ends.
	bounds []time.Duration
}

// groupCover is the shifts of one group, or why there are none.
type groupCover struct {
	Group   string     `json:"group"`
	Shifts  []oneShift `json:"shifts"`
	Cost    float64    `json:"cost"`
	Bound   float64    `json:"bound"`
	Need    []int      `json:"need"`
	OnShift []int      `json:"on_shift"`
	// NotExact says why Cost and Bound differ.
	NotExact string `json:"not_exact,omitempty"`
	Why      string `json:"why_not,omitempty"`
}

type oneShift struct {
	Kind   string   `json:"kind"`
	Time   string   `json:"time"`
	Breaks []string `json:"breaks,omitempty"`
	People int      `json:"people"`
	Cost   float64  `json:"cost_of_one"`
}

func readKinds(file string) ([]cover.Kind, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	kinds, err := cover.ReadKinds(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return kinds, nil
}

// evenly is the longest interval that fits into all of a day's, and how often into
// each of them.
func evenly(f forecast) (every time.Duration, times []int) {
	for i := range f.starts {
		for a, b := every, f.length(i); ; a, b = b, a%b {
			if b == 0 {
				every = a
				break
			}
		}
	}
	for i := range f.starts {
		times = append(times, int(f.length(i)/every))
	}
	return every, times
}

// coverDay turns what each group needs into shifts. A group that the kinds cannot
// cover says why.
func coverDay(ctx context.Context, f forecast, groups []group, kinds []cover.Kind, progress func(done, of int)) (*shifts, error) {
	every, times := evenly(f)
	s := &shifts{Minutes: every.Minutes()}
	for i, n := range times {
		for k := range n {
			at := f.starts[i] + time.Duration(k)*every
			s.bounds = append(s.bounds, at)
			s.Start = append(s.Start, clock(at))
		}
	}
	n := len(s.Start)
	s.bounds = append(s.bounds, s.bounds[n-1]+every)
	s.Need, s.OnShift = make([]int, n), make([]int, n)
	for _, g := range groups {
		day := cover.Day{Start: f.starts[0], Every: every, Around: time.Duration(n)*every == 24*time.Hour}
		for i, n := range times {
			for range n {
				day.Need = append(day.Need, g.Scheduled[i])
			}
		}
		entry := groupCover{Group: g.Name, Need: day.Need}
		c, err := cover.Solve(ctx, day, kinds, cover.Options{})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			entry.Why = err.Error()
		}
		for _, chosen := range c.Shifts {
			one := oneShift{Kind: chosen.Kind, Time: chosen.At.String(), People: chosen.People, Cost: g.Cost * chosen.Cost}
			for _, b := range chosen.Breaks {
				one.Breaks = append(one.Breaks, b.String())
			}
			entry.Shifts = append(entry.Shifts, one)
		}
		entry.Cost, entry.Bound = g.Cost*c.Cost, g.Cost*c.Bound
		entry.NotExact, entry.OnShift = c.WhyNotExact, c.Staffed
		for i, n := range c.Staffed {
			s.Need[i] += day.Need[i]
			s.OnShift[i] += n
		}
		s.People += c.People()
		s.Cost += entry.Cost
		s.Bound += entry.Bound
		s.Groups = append(s.Groups, entry)
		progress(len(s.Groups), len(groups))
	}
	if s.Cost > s.Bound && s.Cost > 0 {
		s.Gap = (s.Cost - s.Bound) / s.Cost
	}
	return s, nil
}

// uncovered says which groups no shifts cover.
func (s *shifts) uncovered() error {
	var faults []error
	for _, g := range s.Groups {
		if g.Why != "" {
			faults = append(faults, fmt.Errorf("group %q: %s", g.Group, g.Why))
		}
	}
	return errors.Join(faults...)
}
