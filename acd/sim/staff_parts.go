package sim

import (
	"math"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// part is one thing that one goal promises in one interval.
type part struct {
	goal, interval int // −1: the whole grid
	name           string
	target         float64
	least          bool // the target is the least, not the most
	measure        Measure
	definition     erlang.Definition
	lost           Measure // callers who could have been answered and were not
}

// parts are those of all goals, by interval.
func (t *Targets) parts(intervals int) []part {
	var parts []part
	for i := -1; i < intervals; i++ {
		for n, g := range t.Goals {
			if g.Daily != (i < 0) {
				continue
			}
			which, occupancy := g.which(), Measure(gridOccupancy)
			if i >= 0 {
				which, occupancy = which.And(During(i)), Occupancy(i)
			}
			add := func(name string, target float64, least bool, m Measure) {
				if target != 0 {
					parts = append(parts, part{n, i, name, target, least, m, g.Definition, lostIn(which)})
				}
			}
			add("ServiceLevel", g.ServiceLevel, true, ServiceLevel(which, g.Within, g.Definition))
			add("ASA", g.ASA.Seconds(), false, ASA(which))
			add("Abandon", g.Abandon, false, Share(which, Abandoned))
			add("Occupancy", g.Occupancy, false, occupancy)
			add("Blocked", g.Blocked, false, Share(which, Blocked))
		}
	}
	return parts
}

// lostIn counts the callers who hung up or are still in line in the end.
func lostIn(w Which) Measure {
	return each(w, func(f *Figures) float64 { return float64(f.Of(Abandoned) + f.Unended) })
}

// which picks the callers of a goal.
func (g *Goal) which() Which {
	var w Which
	if g.Queue != "" {
		w = w.And(InQueue(g.Queue))
	}
	if g.Tier != "" {
		w = w.And(OfTier(g.Tier))
	}
	return w
}

// gridOccupancy is that of all intervals together.
func gridOccupancy(r *Result) (part, whole float64) {
	for _, t := range r.Time {
		part += t.Busy.Seconds()
		whole += t.Staffed.Seconds()
	}
	return part, whole
}

// watched adds the times of the goals to those that are watched anyway.
func (t *Targets) watched(watch []time.Duration) []time.Duration {
	watch = slices.Clone(watch)
	for _, g := range t.Goals {
		if g.ServiceLevel != 0 && !slices.Contains(watch, g.Within) {
			watch = append(watch, g.Within)
		}
	}
	return watch
}

// held is how the part is met in a sample; false if it has no such callers. What
// is promised to those who are answered is missed by as much as can be if callers
// were lost and nobody was answered.
func (p *part) held(s *Sample) (Held, bool) {
	e := s.Estimate(p.measure)
	if math.IsNaN(e.Value) {
		if !p.ofAnswered() || s.Estimate(p.lost).Value == 0 {
			return Held{}, false
		}
		e.Value, e.Low, e.High = math.Inf(1), math.Inf(1), math.Inf(1)
		if p.least {
			e.Value, e.Low, e.High = 0, 0, 0
		}
	}
	h := Held{Goal: p.goal, Interval: p.interval, Part: p.name, Target: p.target, Estimate: e}
	if p.least {
		h.Met, h.Sure = e.Value >= p.target, e.Low >= p.target
	} else {
		h.Met, h.Sure = e.Value <= p.target, e.High <= p.target
	}
	return h, true
}

// ofAnswered tells whether the part speaks of answered calls alone.
func (p *part) ofAnswered() bool {
	return p.name == "ASA" || p.name == "ServiceLevel" && p.definition == erlang.AnsweredOfAnswered
}

// shortfall is by how much of the target the value is on the wrong side; 0 or
// less if it is met.
func (h *Held) shortfall(least bool) float64 {
	if least {
		return (h.Target - h.Value) / h.Target
	}
	return (h.Value - h.Target) / h.Target
}
