package acd

import (
	"maps"
	"slices"
)

func (v *validator) steps(path string, q *Queue) {
	v.size(path, len(q.Steps), 0, maxSteps)
	for i := range q.Steps {
		s, path := &q.Steps[i], at(path, i)
		v.duration(path+".after", s.After)
		switch {
		case i == 0 && s.After > 0:
			v.fail(path+".after", "the first step is at 0s, got %v", s.After)
		case i > 0 && s.After <= q.Steps[i-1].After:
			v.fail(path+".after", "want more than the %v of the step before, got %v", q.Steps[i-1].After, s.After)
		}
		if s.If != nil {
			if i == 0 {
				v.fail(path+".if", "the first step has needs only")
			}
			v.condition(path+".if", s.If)
		}
		v.needs(path+".needs", s.Needs)
		if s.Do == nil {
			continue
		}
		switch {
		case i == 0:
			v.fail(path+".do", "the first step has needs only")
		case s.Needs != nil:
			v.fail(path, "want needs or do, got both")
		}
		v.do(path+".do", s.Do, q.Name)
	}
}

func (v *validator) condition(path string, c *If) {
	if c.WaitOver == nil && c.WaitingOver == nil && c.ReadyUnder == nil && c.Tier == nil {
		v.fail(path, "an empty condition always holds; leave it out, or give it wait_over, waiting_over, ready_under or tier")
	}
	v.optionalDuration(path+".wait_over", c.WaitOver)
	v.count(path+".waiting_over", c.WaitingOver)
	v.count(path+".ready_under", c.ReadyUnder)
	v.tierList(path+".tier", c.Tier)
}

func (v *validator) do(path string, d *Do, queue string) {
	if given(d.Overflow != "", d.Divert != "", d.Deflect != "", d.Callback, d.Announce) != 1 {
		v.fail(path, "want exactly one of overflow, divert, deflect, callback and announce")
	}
	if d.Overflow != "" {
		v.known(path+".overflow", "queue", d.Overflow, v.queues)
		if d.Overflow == queue {
			v.fail(path+".overflow", "queue %s would overflow into itself", quote(queue))
		}
	}
	if d.Divert != "" {
		v.name(path+".divert", d.Divert, nil)
	}
	if d.Deflect != "" {
		v.name(path+".deflect", d.Deflect, nil)
		if d.Deflect == ChannelCallback {
			v.fail(path+".deflect", "want callback: true to suggest a callback")
		}
	}
}

func (v *validator) needs(path string, needs Skills) {
	v.size(path, len(needs), 0, maxSkills)
	for _, name := range slices.Sorted(maps.Keys(needs)) {
		path := member(path, name)
		if !validID(name) {
			v.fail(path, "want a name of 1 to 128 bytes of printable UTF-8")
		}
		if level := needs[name]; level < 1 || level > maxLevel {
			v.fail(path, "want a level from 1 to %d, got %d", maxLevel, level)
		}
	}
}
