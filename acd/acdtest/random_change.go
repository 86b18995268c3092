package acdtest

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// RandomChange draws a plan to follow a plan, which shares nothing with it: the
// same but for a few rules, or with other ladders, or drawn anew, now and then
// with a queue more or less. Queues are the names of those that ever were.
func RandomChange(draw Draw, plan acd.Plan, queues []string) acd.Plan {
	old, err := copiedPlan(plan)
	if err != nil {
		return randomPlan(draw, queues, randomTierList(draw))
	}
	switch draw(6) {
	case 0:
		randomLimits(draw, &old)
		return old
	case 1:
		old.Affinity = randomAffinity(draw)
		return old
	case 2, 3:
		// Tiers stay, and perhaps queues, which name them.
		changed := randomPlan(draw, queues, old.Tiers)
		if slices.ContainsFunc(old.Queues, func(q acd.Queue) bool { return !slices.Contains(queues, q.Name) }) {
			return changed // a queue that stayed might name one that is gone
		}
		for i := range changed.Queues {
			if j := slices.IndexFunc(old.Queues, func(q acd.Queue) bool { return q.Name == changed.Queues[i].Name }); j >= 0 && draw.one(2) {
				changed.Queues[i] = old.Queues[j]
			}
		}
		if draw.one(2) {
			changed.LongestStay, changed.Affinity = old.LongestStay, old.Affinity
		}
		return changed
	case 4:
		queues = slices.Clone(queues)
		if n := draw(len(queues) + 1); n < len(queues) && len(queues) > 1 {
			queues = slices.Delete(queues, n, n+1)
		} else if name := pick(draw, randomQueues); !slices.Contains(queues, name) {
			queues = append(queues, name)
		}
	}
	return randomPlan(draw, queues, randomTierList(draw))
}

// copiedPlan shares nothing with plan. It goes by way of JSON, of which a valid
// plan comes back as it was.
func copiedPlan(plan acd.Plan) (acd.Plan, error) {
	text, err := plan.MarshalJSON()
	if err != nil {
		return plan, err
	}
	return acd.ParsePlan(text)
}

// spoilPlan makes a valid plan one that must be refused.
func spoilPlan(draw Draw, plan *acd.Plan) {
	switch draw(7) {
	case 0:
		plan.Queues = nil
	case 1:
		plan.Entry[len(plan.Entry)-1].Queue = "nowhere"
	case 2:
		plan.Queues[0].Ring = new(time.Duration)
	case 3:
		plan.Queues[0].Hours = &acd.Hours{Zone: "Mars/Olympus"}
	case 4:
		plan.Callback.Attempts = new(0)
	case 5:
		plan.Queues[0].Steps = []acd.Step{{If: &acd.If{WaitingOver: new(1)}}}
	case 6:
		plan.Queues[0].Name = "\xff"
	}
}
