package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
	"github.com/najimi-acd/najimi/examples/cover"
)

// day is all that a simulation of a forecast needs.
type day struct {
	forecast forecast
	rules    acd.Plan // as they were given
	plan     acd.Plan // the rules, and how the forecast's calls come in
	kinds    []cover.Kind
	crew     crew
	tiers    []share
	targets  []erlang.Target // of the forecast's queues
	goals    []sim.Goal
	midnight time.Time
	patience time.Duration // mean; 0: nobody hangs up
	redial   float64
	seed     uint64
	effort   sim.Effort
}

// redialAfter is the mean time after which those call again who do.
const redialAfter = 5 * time.Minute

// scenario is the day without agents.
func (d day) scenario() (sim.Scenario, error) {
	rates, err := d.rates()
	s := sim.Scenario{
		Plan:   d.plan,
		Calls:  sim.Random(d.midnight, rates, d.call),
		Seed:   d.seed,
		Grid:   sim.Grid{Start: d.midnight, Bounds: d.forecast.bounds()},
		Effort: d.effort,
	}
	for _, g := range d.goals {
		s.Watch = append(s.Watch, g.Within)
	}
	for _, t := range d.targets {
		s.Watch = append(s.Watch, t.Within)
	}
	slices.Sort(s.Watch)
	s.Watch = slices.Compact(s.Watch)
	if d.redial > 0 {
		s.Redial = sim.Redials(d.redial, sim.Exponential{Mean: redialAfter}, d.waits())
	}
	return s, err
}

func (d day) waits() sim.Dist {
	if d.patience == 0 {
		return sim.Constant(sim.Forever)
	}
	return sim.Exponential{Mean: d.patience}
}

// rates are of all queues together. An error names a queue whose wrap-up leaves no
// time to talk.
func (d day) rates() ([]sim.Rate, error) {
	var rates []sim.Rate
	for i, start := range d.forecast.starts {
		calls := 0.0
		for _, q := range d.forecast.queues {
			w := q.day[i]
			calls += w.Calls
			if wrapUp := queueNamed(&d.plan, q.name).WrapUp; w.Calls > 0 && w.AHT <= wrapUp {
				return nil, fmt.Errorf("queue %q, %s: calls are handled in %v, and the plan's wrap_up alone is %v", q.name, clock(start), w.AHT, wrapUp)
			}
		}
		length := d.forecast.length(i)
		rates = append(rates, sim.Rate{From: start, To: start + length, PerHour: calls / length.Hours()})
	}
	return rates, sim.CheckRates(rates)
}

// call draws a caller: a queue in proportion to its calls at that time, a tier,
// and an exponential talk, so that talk and wrap-up together are the handle time.
func (d day) call(r *rand.Rand, at time.Time) sim.Call {
	since := at.Sub(d.midnight)
	i := 0
	for i+1 < len(d.forecast.starts) && d.forecast.starts[i+1] <= since {
		i++
	}
	calls := 0.0
	for _, q := range d.forecast.queues {
		calls += q.day[i].Calls
	}
	var chosen expected
	rest := float64(r.Float64() * calls) // rounded alike on any machine
	for _, q := range d.forecast.queues {
		if q.day[i].Calls == 0 {
			continue
		}
		chosen = q
		if rest -= q.day[i].Calls; rest < 0 {
			break
		}
	}
	c := sim.Call{Arrive: acd.Command{Attributes: map[string]string{attribute: chosen.name}}}
	rest = r.Float64()
	for _, s := range d.tiers {
		if rest -= s.part; rest < 0 {
			c.Arrive.Tier = s.tier
			break
		}
	}
	talk := chosen.day[i].AHT - queueNamed(&d.plan, chosen.name).WrapUp
	c.Service = sim.Exponential{Mean: talk}.Sample(r)
	c.Patience = d.waits().Sample(r)
	return c
}

// simulate finds the fewest agents under the plan, and tells in the report what
// the day is like with them.
func simulate(ctx context.Context, d day, r *report) error {
	s, err := d.scenario()
	if err != nil {
		return err
	}
	staffing, err := sim.Staff(ctx, s, sim.Targets{Goals: d.goals, Groups: d.crew.Groups})
	if err != nil {
		return err
	}
	r.Groups = nil
	for g, its := range d.crew.Groups {
		entry := group{Name: its.Name, Agents: staffing.Agents[g], Cost: its.Cost, Hours: agentHours(staffing.Agents[g], d.forecast)}
		for _, n := range entry.Agents {
			entry.Scheduled = append(entry.Scheduled, scheduled(n, r.Shrinkage))
		}
		entry.Paid = agentHours(entry.Scheduled, d.forecast)
		r.Groups = append(r.Groups, entry)
	}
	d.figures(staffing.Sample, r)
	r.Simulated = &simulation{Runs: staffing.Runs, Fresh: len(staffing.Sample.Runs), Seed: d.seed, Level: staffing.Sample.Level}
	for _, h := range staffing.Held {
		r.Simulated.Goals = append(r.Simulated.Goals, d.held(h))
	}
	for _, b := range staffing.Binds {
		missed := d.held(b.Missed)
		r.Simulated.Binds = append(r.Simulated.Binds, bind{
			Group: d.crew.Groups[b.Group].Name, Start: clock(d.forecast.starts[b.Interval]),
			Goal: missed.Goal, Missed: missed.Start, Misses: number(-missed.margin()),
		})
	}
	return nil
}

// wholeDay is in the place of an interval's start.
const wholeDay = "the day"

// held is how a part of a goal was kept, in words.
func (d day) held(h sim.Held) held {
	goal := d.goals[h.Goal]
	target := erlang.Target{Within: goal.Within, Definition: goal.Definition}
	switch h.Part {
	case "ServiceLevel":
		target.ServiceLevel = goal.ServiceLevel
	case "ASA":
		target.ASA = goal.ASA
	case "Abandon":
		target.Abandon = goal.Abandon
	}
	goal.Target = target
	start := wholeDay
	if h.Interval >= 0 {
		start = clock(d.forecast.starts[h.Interval])
	}
	return held{
		Goal: goalName(goal), Start: start, Value: estimateOf(h.Estimate), Asked: h.Target,
		AtLeast: h.Part == "ServiceLevel", Seconds: h.Part == "ASA", Sure: h.Sure,
	}
}

// figures adds what callers and agents live through.
func (d day) figures(sample *sim.Sample, r *report) {
	everywhere := make([]sim.Measure, 0, len(d.forecast.queues))
	all := &r.Total
	for q, e := range d.forecast.queues {
		its := &r.Queues[q]
		for i := range its.Intervals {
			its.Intervals[i].Simulated = d.lived(sample, q, sim.InQueue(e.name).And(sim.During(i)))
		}
		its.Total.Simulated = d.lived(sample, q, sim.InQueue(e.name))
		everywhere = append(everywhere, d.inTime(q, sim.InQueue(e.name)))
	}
	for i := range r.Intervals {
		row := &r.Intervals[i]
		row.Simulated = &need{
			ASA:     estimateOf(sample.Estimate(sim.ASA(sim.During(i)))),
			Abandon: estimateOf(sample.Estimate(sim.AbandonRate(sim.During(i)))),
		}
		occupancy := estimateOf(sample.Estimate(sim.Occupancy(i)))
		row.Simulated.Occupancy = &occupancy
		var here []sim.Measure
		for q, e := range d.forecast.queues {
			here = append(here, d.inTime(q, sim.InQueue(e.name).And(sim.During(i))))
		}
		row.Simulated.InTime = estimateOf(sample.Estimate(together(here)))
		for _, g := range r.Groups {
			row.Simulated.Agents += g.Agents[i]
			row.Simulated.Scheduled += g.Scheduled[i]
		}
	}
	for _, g := range r.Groups {
		all.SimulatedHours += g.Hours
		all.SimulatedScheduled += g.Paid
	}
	occupancy := estimateOf(sample.Estimate(sim.OverallOccupancy))
	all.Simulated = &need{
		InTime:    estimateOf(sample.Estimate(together(everywhere))),
		ASA:       estimateOf(sample.Estimate(sim.ASA(nil))),
		Abandon:   estimateOf(sample.Estimate(sim.AbandonRate(nil))),
		Occupancy: &occupancy,
	}
}

func (d day) lived(sample *sim.Sample, queue int, which sim.Which) *need {
	return &need{
		InTime:  estimateOf(sample.Estimate(d.inTime(queue, which))),
		ASA:     estimateOf(sample.Estimate(sim.ASA(which))),
		Abandon: estimateOf(sample.Estimate(sim.AbandonRate(which))),
	}
}

// inTime is the service level by a queue's own target.
func (d day) inTime(queue int, which sim.Which) sim.Measure {
	return sim.ServiceLevel(which, d.targets[queue].Within, d.targets[queue].Definition)
}

// together is several measures as one, of all their calls.
func together(measures []sim.Measure) sim.Measure {
	return func(r *sim.Result) (part, whole float64) {
		for _, m := range measures {
			p, w := m(r)
			part += p
			whole += w
		}
		return part, whole
	}
}
