package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// attribute tells the plan which of the forecast's queues a call is for.
const attribute = "forecast_queue"

// defaultPlan sends each of a forecast's queues to those who have the skill of its
// name.
func defaultPlan(f forecast) acd.Plan {
	var p acd.Plan
	for i, q := range f.queues {
		rule := acd.Entry{Name: q.name, Queue: q.name}
		if i < len(f.queues)-1 { // the last must match everything
			rule.When.Attributes = map[string]string{attribute: q.name}
		}
		p.Entry = append(p.Entry, rule)
		p.Queues = append(p.Queues, acd.Queue{Name: q.name, Steps: []acd.Step{{Needs: acd.Skills{q.name: 1}}}})
	}
	return p
}

func readPlan(file string) (acd.Plan, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return acd.Plan{}, err
	}
	p, err := acd.ParsePlan(text)
	if err != nil {
		return acd.Plan{}, fmt.Errorf("%s:\n%w", file, err)
	}
	return p, nil
}

// admitting is the plan with rules before its own that bring the forecast's calls
// to the queues that the forecast names, and with no more lines than there are.
func admitting(p acd.Plan, f forecast, lines int) (acd.Plan, error) {
	var faults []error
	var entry []acd.Entry
	for _, q := range f.queues {
		if queueNamed(&p, q.name) == nil {
			faults = append(faults, fmt.Errorf("the plan has no queue %q, which the forecast has", q.name))
		}
		entry = append(entry, acd.Entry{
			Name: "forecast " + strconv.Itoa(len(entry)+1), Queue: q.name,
			When: acd.When{Attributes: map[string]string{attribute: q.name}},
		})
	}
	if len(faults) > 0 {
		return p, errors.Join(faults...)
	}
	p.Entry = append(entry, p.Entry...)
	if lines > 0 && (p.MaxCalls == nil || *p.MaxCalls > lines) {
		p.MaxCalls = &lines
	}
	return p, p.Validate()
}

func queueNamed(p *acd.Plan, name string) *acd.Queue {
	i := slices.IndexFunc(p.Queues, func(q acd.Queue) bool { return q.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Queues[i]
}

// zone is where the centre is: where its plan's first hours are told.
func zone(p acd.Plan) (*time.Location, error) {
	for _, q := range p.Queues {
		if q.Hours != nil {
			return time.LoadLocation(q.Hours.Zone)
		}
	}
	return time.UTC, nil
}

// share is a tier and which part of the calls are of it.
type share struct {
	tier string
	part float64
}

// readShares reads percentages by tier, as in gold=15,silver=25.
func readShares(text string) ([]share, error) {
	var all []share
	sum := 0.0
	for part := range strings.SplitSeq(text, ",") {
		tier, number, ok := strings.Cut(part, "=")
		tier = strings.TrimSpace(tier)
		percent, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(number, "%")), 64)
		if !ok || tier == "" || err != nil || !(percent >= 0 && percent <= 100) {
			return nil, fmt.Errorf("-tiers: %q is not a tier and its percent of the calls, like gold=15", part)
		}
		if slices.ContainsFunc(all, func(s share) bool { return s.tier == tier }) {
			return nil, fmt.Errorf("-tiers: tier %q is there twice", tier)
		}
		sum += percent
		all = append(all, share{tier, percent / 100})
	}
	if sum > 100+1e-9 {
		return nil, fmt.Errorf("-tiers: the tiers have %g percent of the calls", sum)
	}
	return all, nil
}

// knownTiers says which of the shares' tiers the plan does not have.
func knownTiers(p acd.Plan, shares []share) error {
	var faults []error
	for _, s := range shares {
		if !slices.ContainsFunc(p.Tiers, func(t acd.Tier) bool { return t.Name == s.tier }) {
			faults = append(faults, fmt.Errorf("-tiers: the plan has no tier %q", s.tier))
		}
	}
	return errors.Join(faults...)
}
