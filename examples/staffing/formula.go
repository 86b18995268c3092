package main

import (
	"fmt"
	"math"

	"github.com/najimi-acd/najimi/erlang"
)

// byFormula staffs each queue on its own, and all as one pool if they have the
// same target.
func byFormula(f forecast, targets []erlang.Target, options erlang.DayOptions) (report, error) {
	r := report{Source: f.Source, Method: options.Method.String(), Shrinkage: options.Shrinkage}
	for i, q := range f.queues {
		entry, err := staffQueue(f, q, targets[i], options)
		if err != nil {
			return r, fmt.Errorf("queue %q: %w", q.name, err)
		}
		r.Queues = append(r.Queues, entry)
		r.Groups = append(r.Groups, groupOf(f, entry))
	}
	pool, err := onePool(f, targets, options)
	if err != nil {
		return r, fmt.Errorf("all queues as one: %w", err)
	}
	for i, w := range f.pooled() {
		row := interval{Start: clock(f.starts[i]), hours: f.starts[i].Hours(), Minutes: w.Per.Minutes(), Calls: w.Calls, AHT: w.AHT.Seconds(), OnePool: pool[i]}
		busy := 0.0
		for _, q := range r.Queues {
			its := q.Intervals[i]
			row.Load += its.Load
			row.Agents += its.Agents
			row.Exact += its.Exact
			row.Scheduled += its.Scheduled
			// Means over calls; the wait over those that were answered.
			row.InTime += its.Calls * its.InTime
			row.Abandon += its.Calls * its.Abandon
			row.Blocked += its.Calls * its.Blocked
			row.ASA += its.Calls * (1 - its.Abandon - its.Blocked) * its.ASA
			busy += float64(its.Agents) * its.Occupancy
		}
		if row.Calls > 0 {
			row.InTime /= row.Calls
			row.Abandon /= row.Calls
			row.Blocked /= row.Calls
			if answered := row.Calls * (1 - row.Abandon - row.Blocked); answered > 0 {
				row.ASA /= answered
			}
		} else {
			row.InTime = 1
		}
		if row.Agents > 0 {
			row.Occupancy = busy / float64(row.Agents)
		}
		r.Intervals = append(r.Intervals, row)
	}
	r.Total = totalOf(f, r.Intervals)
	r.Targets = targetTexts(f, targets)
	return r, nil
}

func staffQueue(f forecast, q expected, target erlang.Target, options erlang.DayOptions) (queue, error) {
	entry := queue{Name: q.name, Target: targetName(target), target: target.ServiceLevel}
	needs, err := erlang.StaffDay(q.day, target, options)
	if err != nil {
		return entry, err
	}
	for i, need := range needs {
		w := q.day[i]
		entry.Intervals = append(entry.Intervals, interval{
			Start: clock(f.starts[i]), hours: f.starts[i].Hours(), Minutes: w.Per.Minutes(), Calls: w.Calls, AHT: w.AHT.Seconds(), Load: need.Outcome.Load,
			Agents: need.Agents, Exact: need.Exact, Scheduled: need.Scheduled, OnePool: number(need.Exact),
			figures: figuresOf(need.Outcome, target),
		})
	}
	entry.Total = totalOf(f, entry.Intervals)
	return entry, nil
}

func groupOf(f forecast, q queue) group {
	g := group{Name: q.Name, Hours: q.Total.Hours, Paid: q.Total.Scheduled, Cost: 1}
	for _, i := range q.Intervals {
		g.Agents = append(g.Agents, i.Agents)
		g.Scheduled = append(g.Scheduled, i.Scheduled)
	}
	return g
}

// onePool is how many agents, unrounded, would do if everybody answered every
// queue and first come were first served: what no plan can better for all queues
// at once. Without a value if the queues' targets differ.
func onePool(f forecast, targets []erlang.Target, options erlang.DayOptions) ([]number, error) {
	pool := make([]number, len(f.starts))
	for i := range pool {
		pool[i] = number(math.NaN())
	}
	for _, t := range targets {
		if t != targets[0] {
			return pool, nil
		}
	}
	needs, err := erlang.StaffDay(f.pooled(), targets[0], options)
	for i, need := range needs {
		pool[i] = number(need.Exact)
	}
	return pool, err
}

func totalOf(f forecast, intervals []interval) total {
	var t total
	for i, row := range intervals {
		hours := f.length(i).Hours()
		t.Calls += row.Calls
		t.Hours += float64(row.Agents) * hours
		t.Exact += row.Exact * hours
		t.OnePool += row.OnePool * number(hours)
		t.Scheduled += float64(row.Scheduled) * hours
		t.InTime += row.Calls * row.InTime
	}
	if t.Calls > 0 {
		t.InTime /= t.Calls
	} else {
		t.InTime = 1
	}
	return t
}

// targetTexts tells the targets: once if all queues have the same.
func targetTexts(f forecast, targets []erlang.Target) []string {
	var texts []string
	for i, t := range targets {
		if len(texts) > 0 || t != targets[0] {
			for len(texts) < i {
				texts = append(texts, f.queues[len(texts)].name+": "+targetName(targets[0]))
			}
			texts = append(texts, f.queues[i].name+": "+targetName(t))
		}
	}
	if len(texts) == 0 {
		texts = []string{targetName(targets[0])}
	}
	return texts
}

func figuresOf(o erlang.Outcome, t erlang.Target) figures {
	return figures{
		InTime: o.ServiceLevel(t.Within, t.Definition), ASA: o.ASA.Seconds(),
		Abandon: o.PAbandon, Blocked: o.PBlocked, Occupancy: o.Occupancy,
	}
}
