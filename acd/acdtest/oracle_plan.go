package acdtest

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/najimi-acd/najimi/acd"
)

// changePlan puts another plan in force. What was set by the old one and has
// not ended runs on: rings, rests, wrap-ups, windows, holds.
func (o *Oracle) changePlan(cmd acd.Command) *acd.Refused {
	named := func(name string) bool {
		return slices.ContainsFunc(cmd.Plan.Queues, func(q acd.Queue) bool { return q.Name == name })
	}
	for _, c := range o.calls {
		if c.place != finished && !named(c.queue.Name) {
			return refused(acd.CodeBadPlan, "queues: there are calls in "+c.queue.Name)
		}
	}
	old := o.plan
	o.plan = *cmd.Plan

	o.paces = slices.DeleteFunc(o.paces, func(p oraclePace) bool { return !named(p.queue) })
	for _, a := range o.agents {
		if a.handled != nil && !named(a.handled.queue) {
			a.handled = nil
		}
	}
	o.memory = slices.DeleteFunc(o.memory, func(m oracleMemory) bool { return !named(m.queue) })
	for len(o.memory) > orElse(o.plan.Affinity.Entries, 1_000_000) {
		o.memory = slices.Delete(o.memory, 0, 1)
	}

	for _, c := range o.calls {
		if c.place == finished {
			continue
		}
		was := c.queue
		c.queue = o.queue(c.queue.Name)
		if own := o.agent(c.own); c.held && !meets(own, floorNeeds(c.queue)) {
			o.endHold(c)
		}
		switch {
		case len(c.been) == 0: // in no line so far
		case sameLadder(was.Steps, c.queue.Steps):
			o.dropTimersOf(c, timerAnnounce)
			o.setAnnouncement(c)
		default:
			o.readLadderAnew(c)
		}
	}
	if longestStay(old) != longestStay(o.plan) {
		o.watchAnew()
	}
	return nil
}

// sameLadder says whether two ladders are the same, as they would be written
// down; what is empty is as if it were not there.
func sameLadder(a, b []acd.Step) bool {
	written := func(steps []acd.Step) string {
		text := ""
		for _, s := range steps {
			if len(s.Needs) == 0 {
				s.Needs = nil
			}
			if s.If != nil && len(s.If.Tier) == 0 {
				plain := *s.If
				plain.Tier = nil
				s.If = &plain
			}
			line, err := json.Marshal(s)
			if err != nil {
				panic(err) // durations, numbers and texts: it cannot be
			}
			text += string(line) + "\n"
		}
		return text
	}
	return written(a) == written(b)
}

// readLadderAnew finds where the call stands on the ladder of its queue as that
// is now. What is past is not done.
func (o *Oracle) readLadderAnew(c *oracleCall) {
	o.dropLadder(c)
	c.step = 0
	for i := 1; i < len(c.queue.Steps); i++ {
		step := c.queue.Steps[i]
		at := c.joined + int64(step.After)
		switch {
		case at > o.now:
			o.setTimerAt(at, oracleTimer{kind: timerStep, call: c, step: i})
		case step.Do == nil:
			c.step = i
		}
	}
	o.setAnnouncement(c)
}

// watchAnew begins to count every stay now, the oldest first.
func (o *Oracle) watchAnew() {
	o.dropTimers(func(t oracleTimer) bool { return t.kind == timerGuard })
	var staying []*oracleCall
	for _, c := range o.calls {
		if c.stay > 0 {
			staying = append(staying, c)
		}
	}
	slices.SortFunc(staying, func(a, b *oracleCall) int { return cmp.Compare(a.stay, b.stay) })
	for _, c := range staying {
		o.watch(c)
	}
}
