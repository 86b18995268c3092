package sim

import (
	"slices"
	"time"
)

// part is one thing that one goal promises in one interval.
type part struct {
	goal, interval int // −1: the whole grid
	name           string
	target         float64
	least          bool // the target is the least, not the most
	measure        Measure
}

// parts are those of all goals, by interval.
func (t *Targets) parts(intervals int) []part {
	var parts []part
	for i := -1; i < intervals; i++ {
		for n, g := range t.Goals {
			if g.Daily != (i < 0) {
				continue
			}
			which := g.which()
			occupancy := OverallOccupancy
			if i >= 0 {
				which = which.And(During(i))
				occupancy = Occupancy(i)
			} else {
				occupancy = gridOccupancy
			}
			add := func(name string, target float64, least bool, m Measure) {
				if target != 0 {
					parts = append(parts, part{n, i, name, target, least, m})
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

// held is how the part is met in a sample; false if it has no such callers.
func (p *part) held(s *Sample) (Held, bool) {
	e := s.Estimate(p.measure)
	h := Held{Goal: p.goal, Interval: p.interval, Part: p.name, Target: p.target, Estimate: e}
	if p.least {
		h.Met, h.Sure = e.Value >= p.target, e.Low >= p.target
	} else {
		h.Met, h.Sure = e.Value <= p.target, e.High <= p.target
	}
	return h, e.Value == e.Value // not NaN
}

// shortfall is by how much of the target the value is on the wrong side; 0 or
// less if it is met.
func (h *Held) shortfall(least bool) float64 {
	if least {
		return (h.Target - h.Value) / h.Target
	}
	return (h.Value - h.Target) / h.Target
}
