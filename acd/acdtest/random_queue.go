package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func randomQueue(draw Draw, name string, names, world []string, tiers []acd.Tier) acd.Queue {
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
	q.WhenFull = randomElsewhere(draw, others)
	if draw.one(3) {
		q.Hours = randomHours(draw)
		q.WhenClosed = randomElsewhere(draw, others)
		if draw.one(3) {
			q.WhenClosed = acd.Elsewhere{Callback: true}
		}
	}
	if draw.one(3) {
		q.AnnounceEvery = time.Duration(10+5*draw(5)) * time.Second
	}
	if draw.one(3) {
		q.Guide = "https://faq.example/" + name
	}
	q.Steps = randomSteps(draw, others, world, tiers)
	return q
}

func randomElsewhere(draw Draw, others []string) (elsewhere acd.Elsewhere) {
	switch draw(4) {
	case 1:
		elsewhere.Divert = "+81 3-1234-5678"
	case 2:
		if len(others) > 0 {
			elsewhere.Queue = pick(draw, others)
		}
	case 3:
		elsewhere.Block = true
	}
	return elsewhere
}

// randomSteps draws a ladder: the first step at 0 has needs, the others widen
// them, or do something else, if need be.
func randomSteps(draw Draw, others, world []string, tiers []acd.Tier) []acd.Step {
	n := draw(7)
	if n == 0 {
		return nil
	}
	steps := []acd.Step{{Needs: draw.skills(world, 2)}}
	var after time.Duration
	for range n - 1 {
		after += draw.duration()
		step := acd.Step{After: after}
		switch kind := draw(12); {
		case kind >= 9 && len(others) > 0:
			step.Do = &acd.Do{Overflow: pick(draw, others)}
		case kind == 8 && draw.one(2):
			step.Do = &acd.Do{Divert: "0120-999-999"}
		case kind == 7:
			step.Do = &acd.Do{Deflect: pick(draw, []string{"sms", "web"})}
		case kind == 6:
			step.Do = &acd.Do{Callback: true}
		case kind == 5:
			step.Do = &acd.Do{Announce: true}
		default:
			step.Needs = draw.skills(world, 1)
		}
		if draw.one(3) {
			step.If = randomIf(draw, tiers)
		}
		steps = append(steps, step)
	}
	return steps
}

// randomIf draws a condition, nil if it comes out empty.
func randomIf(draw Draw, tiers []acd.Tier) *acd.If {
	var condition acd.If
	if draw.one(3) {
		condition.WaitOver = new(draw.maybeZero() * time.Duration(1+draw(6)))
	}
	if draw.one(3) {
		condition.WaitingOver = new(draw(4))
	}
	if draw.one(3) {
		condition.ReadyUnder = new(draw(4))
	}
	if len(tiers) > 0 && draw.one(3) {
		condition.Tier = []string{pick(draw, tiers).Name}
	}
	if condition.WaitOver == nil && condition.WaitingOver == nil && condition.ReadyUnder == nil && condition.Tier == nil {
		return nil
	}
	return &condition
}

// randomHours draws hours that begin or end within an hour of randomStart, in
// zones in which it is day, early morning or nearly midnight then.
func randomHours(draw Draw) *acd.Hours {
	hours := &acd.Hours{Zone: pick(draw, []string{
		"", "UTC", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati",
	})}
	zone, err := time.LoadLocation(hours.Zone)
	if err != nil {
		hours.Zone, zone = "", time.UTC // a machine without time zones
	}
	start := randomStart.In(zone)
	days := []string{"wed", "mon-fri", "tue-wed", "sat-thu", "thu"}
	hours.Week = map[string][]string{pick(draw, days): randomIntervals(draw, start)}
	if draw.one(4) {
		hours.Dates = map[string][]string{start.Format(time.DateOnly): randomIntervals(draw, start)}
	}
	return hours
}

func randomIntervals(draw Draw, start time.Time) []string {
	intervals := []string{} // none: closed all day
	for range draw(4) {
		begin := start.Add(time.Duration(draw(40)-20) * time.Minute)
		end := begin.Add(time.Duration(1+draw(50)) * time.Minute)
		intervals = append(intervals, begin.Format("15:04")+"-"+end.Format("15:04"))
	}
	return intervals
}
