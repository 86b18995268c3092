package acdtest

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Draw returns a number in [0, n), n being at least 1. All that is random here
// comes from one, so that a property test or a fuzz target can drive it; zeros
// give the simplest things.
type Draw func(n int) int

// The world of random plans and commands is small, so that things meet.
var (
	randomSkills    = []string{"support", "billing", "english", "japanese", "tech"}
	randomDurations = []time.Duration{
		time.Second, 2 * time.Second, 3 * time.Second, 5 * time.Second,
		10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second,
	}
	randomQueues = []string{"support", "billing", "loyal", "desk"}
	randomTiers  = []string{"gold", "silver", "bronze"}
	randomLevels = []int{1, 3, 5, 8, 10}
	randomLines  = []string{"0120-111-222", "0120-333-444", "03 1234 5678"}
	randomMenu   = []string{"1", "2", "3"}
)

func (draw Draw) one(in int) bool { return draw(in) == in-1 }

func pick[T any](draw Draw, from []T) T { return from[draw(len(from))] }

func (draw Draw) duration() time.Duration { return pick(draw, randomDurations) }

// maybeZero is 0 or a duration.
func (draw Draw) maybeZero() time.Duration {
	if draw(3) == 0 {
		return 0
	}
	return draw.duration()
}

// maybe is nil (the default), 0 or a duration.
func (draw Draw) maybe() *time.Duration {
	switch draw(5) {
	case 0:
		return nil
	case 1:
		return new(time.Duration)
	}
	return new(draw.duration())
}

func (draw Draw) skills(world []string, atMost int) acd.Skills {
	skills := acd.Skills{}
	for range draw(atMost + 1) {
		skills[pick(draw, world)] = pick(draw, randomLevels)
	}
	return skills
}

// RandomPlan draws a valid plan: 1 to 4 queues in a world of 1 to 5 skills,
// with ladders, hours, tiers, affinity, callbacks and limits, and durations of a
// few round values, so that deadlines often coincide. Queues open and close
// around 2026-04-01 09:00 UTC, when the commands of [Random] begin.
func RandomPlan(draw Draw) acd.Plan {
	return randomPlan(draw, randomQueues[:1+draw(len(randomQueues))], randomTierList(draw))
}

// randomPlan draws a plan with these queues and tiers.
func randomPlan(draw Draw, names []string, tiers []acd.Tier) acd.Plan {
	plan := acd.Plan{Tiers: tiers}
	world := randomSkills[:1+draw(len(randomSkills))]
	for _, name := range names {
		plan.Queues = append(plan.Queues, randomQueue(draw, name, names, world, tiers))
	}
	randomLimits(draw, &plan)
	plan.Affinity = randomAffinity(draw)
	for i := range draw(5) {
		plan.Entry = append(plan.Entry, acd.Entry{
			Name: fmt.Sprintf("rule %d", i+1), When: randomWhen(draw, plan.Tiers, names),
			Queue: pick(draw, names), HeadStart: draw.maybeZero(),
		})
	}
	plan.Entry = append(plan.Entry, acd.Entry{
		Name: "everyone else", Queue: pick(draw, names), HeadStart: draw.maybeZero(),
	})
	return plan
}

// randomLimits draws what holds for the whole centre.
func randomLimits(draw Draw, plan *acd.Plan) {
	plan.MaxHeadStart = draw.maybe()
	plan.MaxCalls = nil
	if draw.one(6) {
		plan.MaxCalls = new(draw(8))
	}
	plan.RequireVerified = draw.one(4)
	plan.TransferHeadStart = draw.maybeZero()
	plan.LongestStay = nil
	switch draw(8) {
	case 4:
		plan.LongestStay = new(time.Duration)
	case 5, 6, 7:
		plan.LongestStay = new(pick(draw, []time.Duration{10 * time.Second, 20 * time.Second, time.Minute}))
	}
	plan.Callback = acd.Callback{}
	if draw(5) != 0 {
		plan.Callback = acd.Callback{Attempts: new(1 + draw(3)), RetryAfter: new(draw.maybeZero())}
	}
}

func randomTierList(draw Draw) []acd.Tier {
	var tiers []acd.Tier
	for i, name := range randomTiers[:draw(len(randomTiers)+1)] {
		tier := acd.Tier{Name: name, HeadStart: draw.maybeZero()}
		if draw(3) != 0 {
			tier.MinScore = new(float64(90 - 30*i - draw(10)))
		}
		tiers = append(tiers, tier)
	}
	return tiers
}

func randomAffinity(draw Draw) acd.Affinity {
	affinity := acd.Affinity{Mode: pick(draw, []acd.AffinityMode{
		"", acd.AffinityPrefer, acd.AffinityHold, acd.AffinityPrefer, acd.AffinityHold, acd.AffinityOff,
	})}
	affinity.HeadStart = draw.maybe()
	affinity.Hold = draw.maybe()
	if draw(3) != 0 {
		affinity.Remember = new(draw.duration() * time.Duration(1+draw(20)))
	}
	if draw.one(4) {
		affinity.Entries = new(draw(4))
	}
	if draw(4) != 0 {
		affinity.MinTalk = new(time.Duration(draw(4)) * time.Second)
	}
	return affinity
}

func randomWhen(draw Draw, tiers []acd.Tier, names []string) acd.When {
	var when acd.When
	if draw.one(3) {
		when.Dialed = []string{pick(draw, randomLines)}
		if draw.one(2) {
			when.Dialed = append(when.Dialed, "0120(333)*")
		}
	}
	if draw.one(4) {
		when.Caller = []string{pick(draw, []string{"090*", "+81 90-*", "(03)5555-0001"})}
	}
	if len(tiers) > 0 && draw.one(4) {
		when.Tier = []string{pick(draw, tiers).Name}
	}
	if draw.one(4) {
		when.Attributes = map[string]string{"menu": pick(draw, randomMenu)}
	}
	if draw.one(5) {
		when.Withheld = new(draw(2) == 0)
	}
	if draw.one(4) {
		when.Open = pick(draw, names)
	}
	return when
}
