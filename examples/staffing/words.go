package main

import (
	"fmt"
	"math"
	"strings"
)

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// text formats what is known.
func (n number) text(format string) string {
	if !n.known() {
		return "–"
	}
	return fmt.Sprintf(format, float64(n))
}

func (n number) percent() string { return (100 * n).text("%.1f %%") }

// percent is a share and half of its confidence interval.
func (e estimate) percent() string {
	half := (e.High - e.Low) / 2
	if !e.Value.known() || !half.known() {
		return e.Value.percent()
	}
	return fmt.Sprintf("%.1f ± %.1f %%", 100*float64(e.Value), 100*float64(half))
}

// within is a share whose interval ends where shares do.
func (e estimate) within() estimate {
	return estimate{e.Value, max(e.Low, 0), min(e.High, 1)}
}

// figure is a goal's figure in its own unit.
func (n number) figure(h held) string {
	if h.Seconds {
		return n.text("%.1f s")
	}
	return n.percent()
}

// goalSum is one goal over its intervals.
type goalSum struct {
	goal                  string
	of, kept, sure, binds int
	worst                 held
}

// byGoal sums up the goals, in their order.
func (s simulation) byGoal() []goalSum {
	var sums []goalSum
	at := make(map[string]int)
	for _, h := range s.Goals {
		i, known := at[h.Goal]
		if !known {
			i = len(sums)
			at[h.Goal] = i
			sums = append(sums, goalSum{goal: h.Goal, worst: h})
		}
		g := &sums[i]
		g.of++
		if h.kept() {
			g.kept++
		}
		if h.Sure {
			g.sure++
		}
		if margin := h.margin(); margin < g.worst.margin() || math.IsNaN(g.worst.margin()) {
			g.worst = h
		}
	}
	for _, b := range s.Binds {
		if i, known := at[b.Goal]; known {
			sums[i].binds++
		}
	}
	return sums
}

// when is when it went worst.
func (h held) when() string {
	if h.Start == wholeDay {
		return "over the day"
	}
	return "at " + h.Start
}

// margin is by how much a goal is more than kept, below 0 if it is not.
func (h held) margin() float64 {
	margin := float64(h.Value.Value) - h.Asked
	if !h.AtLeast {
		return -margin
	}
	return margin
}

// kept tells whether the estimate itself is on the right side; where there was
// nothing to measure nothing is missed.
func (h held) kept() bool { return !(h.margin() < 0) }

// sum says what the shifts come to, how far from the cheapest they may be, and who
// has none.
func (s *shifts) sum() string {
	without := 0
	for _, g := range s.Groups {
		if g.Why != "" {
			without++
		}
	}
	if without == len(s.Groups) {
		return "these kinds of shifts cover no group"
	}
	text := fmt.Sprintf("%d people cost %.4g; none of these kinds cost less", s.People, s.Cost)
	if s.Cost == s.Bound {
		text += ", which is proven"
	} else {
		text += fmt.Sprintf(" than %.4g, which is proven: the gap is %.2f %%", s.Bound, 100*s.Gap)
	}
	if without > 0 {
		text += fmt.Sprintf("; %d of %d groups are not covered, and not counted", without, len(s.Groups))
	}
	return text
}

// overText lists the people on shift that are not needed, stretch by stretch.
func (s *shifts) overText() string {
	var parts []string
	for i := 0; i < len(s.Need); {
		from, over := i, s.OnShift[i]-s.Need[i]
		for i < len(s.Need) && s.OnShift[i]-s.Need[i] == over {
			i++
		}
		if over != 0 {
			parts = append(parts, fmt.Sprintf("%s-%s %+d", clock(s.bounds[from]), clock(s.bounds[i]), over))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
