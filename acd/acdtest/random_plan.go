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
// with ladders, tiers, affinity and limits, and durations of a few round
// values, so that deadlines often coincide.
func RandomPlan(draw Draw) acd.Plan {
	var plan acd.Plan
	names := randomQueues[:1+draw(len(randomQueues))]
	world := randomSkills[:1+draw(len(randomSkills))]
	for _, name := range names {
		plan.Queues = append(plan.Queues, randomQueue(draw, name, names, world))
	}
	plan.MaxHeadStart = draw.maybe()
	if draw.one(6) {
		plan.MaxCalls = new(draw(8))
	}
	plan.RequireVerified = draw.one(4)
	plan.Affinity = randomAffinity(draw)
	for i, name := range randomTiers[:draw(len(randomTiers)+1)] {
		tier := acd.Tier{Name: name, HeadStart: draw.maybeZero()}
		if draw(3) != 0 {
			tier.MinScore = new(float64(90 - 30*i - draw(10)))
		}
		plan.Tiers = append(plan.Tiers, tier)
	}
	for i := range draw(5) {
		plan.Entry = append(plan.Entry, acd.Entry{
			Name: fmt.Sprintf("rule %d", i+1), When: randomWhen(draw, plan.Tiers),
			Queue: pick(draw, names), HeadStart: draw.maybeZero(),
		})
	}
	plan.Entry = append(plan.Entry, acd.Entry{
		Name: "everyone else", Queue: pick(draw, names), HeadStart: draw.maybeZero(),
	})
	return plan
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

func randomWhen(draw Draw, tiers []acd.Tier) acd.When {
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
	return when
}

func randomQueue(draw Draw, name string, names, world []string) acd.Queue {
	q := acd.Queue{Name: name}
	q.Select = pick(draw, []acd.Select{
		"", acd.SelectMostSkilled, acd.SelectLeastSkilled, acd.SelectLeastOccupied,
		acd.SelectFewestCalls, acd.SelectLongestIdle,
	})
	if draw(3) != 0 {
		q.Ring = new(draw.duration())
	}
	q.WrapUp = draw.maybeZero()
	q.RestAfterMissed = draw.maybeZero()
	q.RestAfterError = draw.maybe()
	if draw(2) != 0 {
		q.MaxMissed = new(draw(4))
	}
	var others []string
	for _, other := range names {
		if other != name {
			others = append(others, other)
		}
	}
	if draw.one(3) {
		q.Capacity = new(draw(5))
	}
	switch draw(4) {
	case 1:
		q.WhenFull.Divert = "+81 3-1234-5678"
	case 2:
		if len(others) > 0 {
			q.WhenFull.Queue = pick(draw, others)
		}
	case 3:
		q.WhenFull.Block = true
	}
	if draw.one(3) {
		q.Guide = "https://faq.example/" + name
	}
	q.Steps = randomSteps(draw, others, world)
	return q
}

// randomSteps draws a ladder: the first step at 0 has needs, the others widen
// them, or overflow, or divert.
func randomSteps(draw Draw, others, world []string) []acd.Step {
	n := draw(6)
	if n == 0 {
		return nil
	}
	steps := []acd.Step{{Needs: draw.skills(world, 2)}}
	var after time.Duration
	for range n - 1 {
		after += draw.duration()
		step := acd.Step{After: after}
		switch kind := draw(8); {
		case kind >= 6 && len(others) > 0:
			step.Do = &acd.Do{Overflow: pick(draw, others)}
		case kind == 5 && draw.one(2):
			step.Do = &acd.Do{Divert: "0120-999-999"}
		default:
			step.Needs = draw.skills(world, 1)
		}
		steps = append(steps, step)
	}
	return steps
}
