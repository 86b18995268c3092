package main

import (
	"context"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// The rules under which the same calls are played.
const (
	ruleFIFO   = "fifo"   // first come, first served
	ruleBank   = "bank"   // priority customers are credited 90 s of waiting
	ruleNajimi = "najimi" // that, and the operator of last time
)

// planFor is the plan of a rule: a queue for each kind of call, served by whoever
// has that skill.
func planFor(rule string, kinds []string) acd.Plan {
	var plan acd.Plan
	if rule != ruleFIFO {
		plan.Tiers = []acd.Tier{{Name: priority, HeadStart: 90 * time.Second}}
	} else {
		plan.Tiers = []acd.Tier{{Name: priority}}
	}
	if rule == ruleNajimi {
		plan.Affinity = acd.Affinity{
			Mode:      acd.AffinityHold,
			HeadStart: new(time.Minute),
			Hold:      new(20 * time.Second),
		}
	}
	for i, kind := range kinds {
		entry := acd.Entry{Name: kind, Queue: kind}
		if i < len(kinds)-1 { // the last rule must match everything
			entry.When.Attributes = map[string]string{"type": kind}
		}
		plan.Entry = append(plan.Entry, entry)
		plan.Queues = append(plan.Queues, acd.Queue{
			Name:  kind,
			Steps: []acd.Step{{Needs: acd.Skills{kind: 1}}},
		})
	}
	return plan
}

// ruled is what callers lived through under a rule, as it is printed in JSON.
type ruled struct {
	Rule      string  `json:"rule"`
	Occupancy float64 `json:"occupancy"`
	Tiers     []tally `json:"tiers"`

	warned  int // arrivals
	warning string
}

// tally counts calls. Waits are those of answered calls, in seconds. A repeat
// call is an answered one whose customer was answered before.
type tally struct {
	Tier         string  `json:"tier"`
	Calls        int     `json:"calls"`
	Answered     int     `json:"answered"`
	Abandoned    int     `json:"abandoned"`
	TurnedAway   int     `json:"turned_away,omitempty"` // blocked or diverted
	Within20s    int     `json:"within_20s"`
	WaitMean     float64 `json:"wait_mean"`
	WaitP50      float64 `json:"wait_p50"`
	WaitP99      float64 `json:"wait_p99"`
	RepeatCalls  int     `json:"repeat_calls"`
	SameOperator int     `json:"same_operator"`

	waits []time.Duration
}

// play takes the scene's calls through a plan.
func play(ctx context.Context, s *scene, rule string, plan acd.Plan, seed uint64, step func()) (*ruled, *decisions, error) {
	result := &ruled{Rule: rule, Tiers: tiersOf()}
	var words decisions
	run, err := sim.Run(ctx, sim.Scenario{
		Plan:   plan,
		Agents: s.agents,
		Calls:  sim.Log(s.calls),
		Seed:   seed,
		Observe: func(_ acd.Command, events []acd.Event, _ error) {
			for i := range events {
				if warnings := events[i].Warnings; len(warnings) > 0 {
					result.warned++
					result.warning = warnings[0]
				}
			}
		},
		Each: func(r *sim.Record) {
			step()
			result.add(r)
			words.consider(r)
		},
	})
	if err != nil {
		return nil, nil, err
	}
	result.Occupancy = run.Occupancy()
	result.close()
	return result, &words, nil
}

// tiersOf are the rows of the table, all of 0.
func tiersOf() []tally { return []tally{{Tier: priority}, {Tier: regular}, {Tier: "all"}} }

func (u *ruled) add(r *sim.Record) {
	tier := &u.Tiers[1]
	if r.Call.Arrive.Tier == priority {
		tier = &u.Tiers[0]
	}
	tier.add(r)
	u.Tiers[2].add(r)
}

func (u *ruled) close() {
	for i := range u.Tiers {
		u.Tiers[i].close()
	}
}

func (t *tally) add(r *sim.Record) {
	t.Calls++
	switch r.Outcome {
	case sim.Abandoned:
		t.Abandoned++
	case sim.Blocked, sim.Diverted:
		t.TurnedAway++
	case sim.Answered:
		t.Answered++
		t.waits = append(t.waits, r.Waited)
		if r.Waited <= 20*time.Second {
			t.Within20s++
		}
		if r.Before != "" && r.Call.Arrive.Customer != "" {
			t.RepeatCalls++
			if r.Before == r.Agent {
				t.SameOperator++
			}
		}
	}
}

func (t *tally) close() {
	if len(t.waits) == 0 {
		return
	}
	slices.Sort(t.waits)
	var sum time.Duration
	for _, w := range t.waits {
		sum += w
	}
	t.WaitMean = sum.Seconds() / float64(len(t.waits))
	t.WaitP50 = quantile(t.waits, 50).Seconds()
	t.WaitP99 = quantile(t.waits, 99).Seconds()
}

// quantile is the smallest of sorted that percent of them do not exceed.
func quantile(sorted []time.Duration, percent int) time.Duration {
	rank := (percent*len(sorted) + 99) / 100
	return sorted[max(rank, 1)-1]
}

// recorded puts the bank's own figures into the same form.
func recorded(log *calllog.Log, occupancy float64) *ruled {
	was := &ruled{Rule: "recorded", Occupancy: occupancy, Tiers: tiersOf()}
	last := make(map[string]string) // agent by customer
	for _, c := range log.Calls {
		r := sim.Record{
			Call:    &sim.Call{Arrive: arrival(c.Arrival, c.Queue, c.Tier, c.Customer)},
			Outcome: sim.Abandoned, Waited: c.Wait, Agent: c.Agent,
		}
		if c.Outcome == calllog.Answered {
			r.Outcome = sim.Answered
			if c.Agent != "" && c.Customer != "" {
				r.Before = last[c.Customer]
				last[c.Customer] = c.Agent
			}
		}
		was.add(&r)
	}
	was.close()
	return was
}
