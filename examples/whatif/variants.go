package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Names of rules that need no file.
const (
	fcfs = "fcfs"
	own  = "own"
)

// variants are all that were asked for, the base line first, and the one that
// head starts, holds and other staffings changed.
func variants(h *history, o options) (list []variant, changed variant, err error) {
	plans := o.plans
	if len(plans) == 0 {
		plans = []string{fcfs}
		if h.own != nil {
			plans = append(plans, own)
		}
	}
	for _, text := range plans {
		v, err := ruleOf(h, text)
		if err != nil {
			return nil, changed, err
		}
		list = append(list, v)
	}
	changed, err = anchor(h, o, list)
	if err != nil {
		return nil, changed, err
	}
	if len(o.plans) == 0 && !o.asked() {
		o.holds = []time.Duration{20 * time.Second}
		o.agents = []int{-1, +1}
		if h.own == nil && len(h.Tiers) > 0 {
			o.headStarts = []time.Duration{time.Minute}
		}
	}
	tiers := headStartTiers(h, o)
	as := fmt.Sprintf("As %q, but ", changed.name)
	for _, d := range o.headStarts {
		if len(tiers) == 0 {
			return nil, changed, fmt.Errorf("-head-starts: no call of the log has a tier, so nobody would have one")
		}
		list = append(list, variant{
			name: "head start " + inSeconds(d), says: as + "with " + sayHeadStart(tiers, d),
			plan: withHeadStart(changed.plan, tiers, d), agents: changed.agents,
		})
	}
	for _, d := range o.holds {
		name := "hold " + inSeconds(d)
		if d == 0 {
			name = "prefer"
		}
		list = append(list, variant{name: name, says: as + sayHold(d), plan: withHold(changed.plan, d), agents: changed.agents})
	}
	for _, n := range o.agents {
		list = append(list, variant{name: nameStaff(n), says: as + sayStaff(n), plan: changed.plan, agents: changeStaff(changed.agents, n), staff: n})
	}
	seen := make(map[string]bool)
	for i := range list {
		v := &list[i]
		if seen[v.name] {
			return nil, changed, fmt.Errorf("two variants are called %q", v.name)
		}
		seen[v.name] = true
		v.plan = withTiers(v.plan, h.Tiers)
		if err := v.plan.Validate(); err != nil {
			return nil, changed, fmt.Errorf("%s: %w", v.name, err)
		}
	}
	return list, changed, nil
}

// ruleOf is fcfs, own, or NAME=FILE.
func ruleOf(h *history, text string) (variant, error) {
	switch {
	case text == fcfs:
		return variant{
			name: "first come", says: "First come, first served, whoever calls", agents: h.Agents,
			plan: firstCome(h.Queues, h.Tiers, h.wrapUp),
		}, nil
	case text == own && h.own != nil:
		return *h.own, nil
	case text == own:
		return variant{}, fmt.Errorf("-plan %s: nobody knows by which rule this log came about; give it as NAME=FILE", own)
	}
	name, file, ok := strings.Cut(text, "=")
	if !ok || name == "" || file == "" {
		return variant{}, fmt.Errorf("-plan: want NAME=FILE, %q or %q, got %q", fcfs, own, text)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return variant{}, err
	}
	plan, err := acd.ParsePlan(data)
	if err != nil {
		return variant{}, fmt.Errorf("%s:\n%w", file, err)
	}
	v := variant{name: name, says: "The plan in " + file, plan: plan, agents: h.Agents}
	skills := make(map[string]acd.Skills)
	for _, a := range h.Agents {
		skills[a.ID] = a.Skills
	}
	for _, finding := range plan.Check(skills) {
		v.doubts = append(v.doubts, finding.String())
	}
	for _, q := range plan.Queues {
		if q.WrapUp+time.Second < h.wrapUp {
			v.doubts = append(v.doubts, fmt.Sprintf("queue %q gives %v of wrap-up, but operators took %v from one call to the next", q.Name, q.WrapUp, h.wrapUp))
		}
	}
	return v, nil
}

// anchor is the rule that head starts, holds and other staffings change.
func anchor(h *history, o options, list []variant) (variant, error) {
	i := 0
	if o.on != "" {
		i = slices.IndexFunc(list, func(v variant) bool { return v.name == o.on })
		if i < 0 {
			return variant{}, fmt.Errorf("-on: no rule is called %q", o.on)
		}
	} else if h.own != nil {
		i = max(0, slices.IndexFunc(list, func(v variant) bool { return v.name == h.own.name }))
	}
	return list[i], nil
}

// headStartTiers are those named, else the rarest of the log: the loyal are few.
func headStartTiers(h *history, o options) []string {
	if len(o.tiers) > 0 {
		return o.tiers
	}
	if h.own != nil {
		return h.ownTiers
	}
	if len(h.Tiers) == 0 {
		return nil
	}
	return []string{slices.MinFunc(h.Tiers, func(a, b string) int { return cmp.Compare(h.callsOf[a], h.callsOf[b]) })}
}

// headStarts are the variants that differ in the head start of the tiers and in
// nothing else, by head start.
func headStarts(list []variant, changed variant, tiers []string) []headStart {
	var found []headStart
	want := planText(withHeadStart(changed.plan, tiers, 0))
	for _, v := range list {
		d, ok := headStartOf(v.plan, tiers)
		if !ok || planText(withHeadStart(v.plan, tiers, 0)) != want || v.staff != changed.staff {
			continue
		}
		found = append(found, headStart{Seconds: d.Seconds(), Variant: v.name})
	}
	slices.SortStableFunc(found, func(a, b headStart) int { return cmp.Compare(a.Seconds, b.Seconds) })
	return slices.CompactFunc(found, func(a, b headStart) bool { return a.Seconds == b.Seconds })
}

// planText is a plan as JSON, by which plans are compared. The cap on head
// starts is left out.
func planText(plan acd.Plan) string {
	plan.MaxHeadStart = nil
	text, err := json.Marshal(plan)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// headStartOf is the head start of all of the tiers, false if they differ.
func headStartOf(plan acd.Plan, tiers []string) (d time.Duration, ok bool) {
	for _, t := range plan.Tiers {
		if slices.Contains(tiers, t.Name) {
			if ok && t.HeadStart != d {
				return 0, false
			}
			d, ok = t.HeadStart, true
		}
	}
	return d, ok
}
