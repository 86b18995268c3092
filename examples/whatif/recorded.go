package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// recorded puts what the log says into the form of a simulation's result, so that
// the same figures are made of both.
func recorded(calls []calllog.Call, agents []sim.Agent, watch []time.Duration) *sim.Sample {
	result := sim.Result{Watch: watch}
	working := make(map[string]bool)
	for _, a := range agents {
		working[a.ID] = true
		for _, s := range a.Shifts {
			result.Staffed += s.To.Sub(s.From)
		}
	}
	before := make(map[string]string) // who answered, by customer
	for i := range calls {
		c := &calls[i]
		at, found := slices.BinarySearchFunc(result.Rows, c, func(r sim.Row, c *calllog.Call) int {
			return cmp.Or(cmp.Compare(r.Queue, c.Queue), cmp.Compare(r.Tier, c.Tier))
		})
		if !found {
			result.Rows = slices.Insert(result.Rows, at, sim.Row{Queue: c.Queue, Tier: c.Tier, Figures: sim.Figures{
				AnsweredWithin: make([]int, len(watch)), AbandonedWithin: make([]int, len(watch)),
			}})
		}
		count(&result.Rows[at].Figures, c, watch)
		who := cmp.Or(c.Customer, c.Caller)
		if c.Agent == "" || who == "" {
			continue
		}
		if last := before[who]; last != "" {
			result.Rows[at].Repeats++
			if last == c.Agent {
				result.Rows[at].SameAgent++
			}
		}
		before[who] = c.Agent
	}
	for i := range calls {
		if working[calls[i].Agent] {
			result.Busy += calls[i].Talk
		}
	}
	return &sim.Sample{Runs: []sim.Result{result}, Level: 0.95}
}

// count adds a call to the figures of its kind.
func count(f *sim.Figures, c *calllog.Call, watch []time.Duration) {
	f.Offered++
	f.AllWaited += c.Wait
	within := f.AbandonedWithin
	switch c.Outcome {
	case calllog.Answered:
		f.Answered++
		f.Wait.Add(c.Wait)
		f.Talked += c.Talk
		within = f.AnsweredWithin
	case calllog.Abandoned:
		f.Abandoned++
	case calllog.Left:
		f.Diverted++
		return
	default:
		f.Unended++
		return
	}
	for i, t := range watch {
		if c.Wait <= t {
			within[i]++
		}
	}
}
