package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// What is not said by a plan's file is made of a plan here. Each function gives
// a plan of its own and leaves the one it is given as it was.

// firstCome has a queue for each of the log's, served by whoever has that
// skill. It knows the tiers, so that their calls are counted apart, and gives
// none of them anything. Operators take wrapUp after each talk.
func firstCome(queues, tiers []string, wrapUp time.Duration) acd.Plan {
	var plan acd.Plan
	for _, name := range tiers {
		plan.Tiers = append(plan.Tiers, acd.Tier{Name: name})
	}
	for i, name := range queues {
		entry := acd.Entry{Name: name, Queue: name}
		if i < len(queues)-1 { // the last rule must match everything
			entry.When.Attributes = map[string]string{attribute: name}
		}
		plan.Entry = append(plan.Entry, entry)
		plan.Queues = append(plan.Queues, acd.Queue{
			Name: name, WrapUp: wrapUp, Steps: []acd.Step{{Needs: acd.Skills{name: 1}}},
		})
	}
	return plan
}

// withHeadStart gives tiers a head start in place of the one they had, and
// raises the cap where it would cut it.
func withHeadStart(plan acd.Plan, tiers []string, headStart time.Duration) acd.Plan {
	plan = withTiers(plan, tiers)
	for i := range plan.Tiers {
		if slices.Contains(tiers, plan.Tiers[i].Name) {
			plan.Tiers[i].HeadStart = headStart
		}
	}
	limit := 10 * time.Minute
	if plan.MaxHeadStart != nil {
		limit = *plan.MaxHeadStart
	}
	if headStart > limit {
		plan.MaxHeadStart = new(headStart)
	}
	return plan
}

// withTiers adds the tiers that the plan does not know, without a head start:
// nothing is decided otherwise, but their calls are counted apart.
func withTiers(plan acd.Plan, tiers []string) acd.Plan {
	plan.Tiers = slices.Clone(plan.Tiers)
	for _, name := range tiers {
		if !slices.ContainsFunc(plan.Tiers, func(t acd.Tier) bool { return t.Name == name }) {
			plan.Tiers = append(plan.Tiers, acd.Tier{Name: name})
		}
	}
	return plan
}

// withHold keeps a caller for the operator of last time; 0 prefers that
// operator only if ready.
func withHold(plan acd.Plan, hold time.Duration) acd.Plan {
	plan.Affinity.Mode = acd.AffinityPrefer
	if hold > 0 {
		plan.Affinity.Mode = acd.AffinityHold
		plan.Affinity.Hold = new(hold)
	}
	return plan
}

// sayHeadStart and sayHold tell a rule in words.
func sayHeadStart(tiers []string, d time.Duration) string {
	return fmt.Sprintf("a head start of %s for %s", inSeconds(d), list(tiers))
}

func sayHold(d time.Duration) string {
	if d == 0 {
		return "who calls again gets the operator of last time if that one is free"
	}
	return fmt.Sprintf("who calls again waits up to %s for the operator of last time", inSeconds(d))
}
