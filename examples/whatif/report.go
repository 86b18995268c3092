package main

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// report is all that is told, in the form of its JSON. Shares are from 0 to 1,
// times in seconds. The text and the page are made of it and of nothing else.
type report struct {
	Source string    `json:"source"`
	Format string    `json:"format"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Days   int       `json:"days"` // on which somebody called
	Calls  int       `json:"calls"`

	Runs    int     `json:"runs"`
	Seed    uint64  `json:"seed"`
	Level   float64 `json:"level"`              // of confidence of the intervals
	Within  float64 `json:"within"`             // what "answered_within" means
	Base    string  `json:"base"`               // the variant that all others are compared with
	InForce string  `json:"in_force,omitempty"` // the variant that was in force when the log was written, if that is known

	Recorded    *lived        `json:"recorded"`
	Variants    []*lived      `json:"variants"`
	HeadStarts  []headStart   `json:"head_starts,omitempty"` // the variants that differ in nothing else
	Day         []moment      `json:"day"`
	Calibration []calibration `json:"calibration"`
	Limits      []limit       `json:"limits"`        // what replay cannot know
	Odd         []string      `json:"odd,omitempty"` // about the log's records
}

// lived is what callers and operators lived through under a variant, or in
// reality.
type lived struct {
	Name    string    `json:"name"`
	Says    string    `json:"says"`
	Doubts  []string  `json:"doubts,omitempty"`
	Callers []callers `json:"callers"` // all first
	// Day is the operators by half hour of the day, as report.Day has them.
	Day []presence `json:"day,omitempty"`
}

// callers are a kind of caller.
type callers struct {
	Kind        string                `json:"kind"`
	Queue       string                `json:"queue,omitempty"`
	Tier        string                `json:"tier,omitempty"`
	Figures     map[string]estimate   `json:"figures"`
	Differences map[string]difference `json:"differences,omitempty"`
	// Waits is the share of the calls that was answered within each time.
	Waits []point `json:"waits,omitempty"`
}

// point is a share of calls by time.
type point struct {
	Seconds float64 `json:"seconds"`
	estimate
}

// presence is how many operators are there and how many of them are busy, on
// average over the days.
type presence struct {
	Present   *float64 `json:"present"`
	Busy      *float64 `json:"busy"`
	Occupancy estimate `json:"occupancy"`
}

// moment is a half hour of the day, on average over the days.
type moment struct {
	From   string  `json:"from"` // 08:30
	Calls  float64 `json:"calls"`
	Needed float64 `json:"needed"` // operators, by formula
}

// calibration is a figure as it was recorded, and as the replay of the rule that
// was in force has it.
type calibration struct {
	Figure   string   `json:"figure"`
	Recorded *float64 `json:"recorded"`
	Replayed estimate `json:"replayed"`
}

// headStart is that of a variant.
type headStart struct {
	Seconds float64 `json:"seconds"`
	Variant string  `json:"variant"`
}

// limit is something that replay cannot know.
type limit struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// kind is a kind of caller that is told apart.
type kind struct{ name, queue, tier string }

func (k kind) which() sim.Which {
	var w sim.Which
	if k.queue != "" {
		w = w.And(sim.InQueue(k.queue))
	}
	if k.tier != "" {
		tier := k.tier
		if tier == noTier {
			tier = ""
		}
		w = w.And(sim.OfTier(tier))
	}
	return w
}

// all are all callers.
func (k kind) all() bool { return k.queue == "" && k.tier == "" }

// noTier is the name of those who are in none.
const noTier = "no tier"

// kinds are all callers, those of each tier if there are several, and if asked
// for those of each queue.
func kinds(tiers, queues []string) []kind {
	list := []kind{{name: "all"}}
	if len(tiers) > 1 {
		for _, t := range tiers {
			list = append(list, kind{name: t, tier: t})
		}
	}
	for _, q := range queues {
		list = append(list, kind{name: "queue " + q, queue: q})
	}
	return list
}

// tell measures a sample, and how it differs from the base line (nil: it is the
// base line itself, or nothing to compare).
func tell(sample, base *sim.Sample, kinds []kind, o options) *lived {
	l := new(lived)
	for _, k := range kinds {
		c := callers{Kind: k.name, Queue: k.queue, Tier: k.tier, Figures: make(map[string]estimate)}
		if base != nil {
			c.Differences = make(map[string]difference)
		}
		for _, f := range figures(o.within) {
			if f.overall && !k.all() {
				continue
			}
			m := f.of(k.which())
			c.Figures[f.key] = estimateOf(sample.Estimate(m))
			if base != nil {
				c.Differences[f.key] = difference{estimateOf(sample.Minus(base, m))}
			}
		}
		c.Waits = curve(sample, k, o)
		l.Callers = append(l.Callers, c)
	}
	return l
}

// curve is the share of a kind's calls that was answered by each time.
func curve(sample *sim.Sample, k kind, o options) []point {
	var points []point
	for _, t := range watch(o.within) {
		m := sim.ServiceLevel(k.which(), t, erlang.AnsweredOfOffered)
		points = append(points, point{t.Seconds(), estimateOf(sample.Estimate(m))})
	}
	return points
}

// day is the operators by half hour.
func day(sample *sim.Sample, days int) []presence {
	var list []presence
	length := float64(days) * halfHour.Seconds()
	for i := range int(24 * time.Hour / halfHour) {
		of := func(time func(sim.AgentTime) time.Duration) *float64 {
			return finite(sample.Estimate(func(r *sim.Result) (part, whole float64) {
				return time(r.Time[i]).Seconds(), length
			}).Value)
		}
		list = append(list, presence{
			Present:   of(func(t sim.AgentTime) time.Duration { return t.Staffed }),
			Busy:      of(func(t sim.AgentTime) time.Duration { return t.Busy }),
			Occupancy: estimateOf(sample.Estimate(sim.Occupancy(i))),
		})
	}
	return list
}

func clock(halfHours int) string {
	minutes := halfHours * int(halfHour/time.Minute)
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// kind finds what a kind of caller lived through; nil if it is not told.
func (l *lived) kind(name string) *callers {
	for i := range l.Callers {
		if l.Callers[i].Kind == name {
			return &l.Callers[i]
		}
	}
	return nil
}

// variant finds one by name; nil if there is none.
func (r *report) variant(name string) *lived {
	for _, v := range r.Variants {
		if v.Name == name {
			return v
		}
	}
	return nil
}
