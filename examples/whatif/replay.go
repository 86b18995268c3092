package main

import (
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

const attribute = "queue"

func (h *history) replay(o options) error {
	calls := h.log.Calls
	patience := make(map[string]sim.Survival)
	service := make(map[string]sim.Empirical)
	var err error
	for _, k := range h.queues {
		var times []time.Duration
		var cens []bool
		var talks []time.Duration
		for _, c := range calls {
			if c.Queue == k {
				if c.Wait > 0 {
					times = append(times, c.Wait)
					cens = append(cens, c.Outcome == calllog.Answered)
				}
				if c.Talk > 0 {
					talks = append(talks, c.Talk)
				}
			}
		}
		if patience[k], err = sim.KaplanMeier(times, cens); err != nil {
			return err
		}
		if service[k], err = sim.NewEmpirical(talks); err != nil {
			return err
		}
	}
	h.calls = func(r *rand.Rand) iter.Seq[sim.Call] {
		return func(yield func(sim.Call) bool) {
			for _, c := range calls {
				a := service[c.Queue].Sample(r)
				b := patience[c.Queue].SampleAbove(r, c.Wait)
				call := sim.Call{Arrive: acd.Command{At: c.Arrival, Customer: c.Customer, Tier: c.Tier, Attributes: map[string]string{attribute: c.Queue}}, Service: c.Talk, Patience: c.Wait}
				if c.Talk == 0 {
					call.Service = a
				}
				if c.Outcome == calllog.Answered {
					call.Patience = b
				}
				if !yield(call) {
					return
				}
			}
		}
	}
	by := map[string][]calllog.Call{}
	var names []string
	for _, c := range calls {
		if c.Agent != "" && c.TalkKnown && !c.Start.IsZero() {
			if by[c.Agent] == nil {
				names = append(names, c.Agent)
			}
			by[c.Agent] = append(by[c.Agent], c)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		l := by[n]
		a := sim.Agent{ID: n, Skills: acd.Skills{}}
		slices.SortFunc(l, func(a, b calllog.Call) int { return a.Start.Compare(b.Start) })
		cnt := map[string]int{}
		for _, c := range l {
			cnt[c.Queue]++
			if m := cnt[c.Queue]; m >= 20 || m*100 >= len(l) {
				a.Skills[c.Queue] = 1
			}
			end := c.Start.Add(c.Talk)
			if k := len(a.Shifts); k > 0 && c.Start.Sub(a.Shifts[k-1].To) < o.gap {
				if end.After(a.Shifts[k-1].To) {
					a.Shifts[k-1].To = end
				}
			} else if c.Talk > 0 {
				a.Shifts = append(a.Shifts, sim.Span{From: c.Start, To: end})
			}
		}
		h.agents = append(h.agents, a)
	}
	return nil
}
