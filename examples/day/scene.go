package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/examples/bank"
)

// scene is a centre's callers and people, which all rules get alike.
type scene struct {
	source   string
	calls    []sim.Call
	agents   []sim.Agent
	kinds    []string // of call, each a queue and a skill
	recorded *ruled   // what really happened, if it is known
	notes    []string
}

// A caller of the "priority" tier has a head start; "regular" is everyone else.
const (
	priority = "priority"
	regular  = "regular"
)

// fromLog makes a scene of a month of the bank's records.
//
// The calls are every one that asked for an agent, at the time it left the
// menu. Talks last as recorded; the talk of someone who hung up in reality is
// drawn from those of the same type. Patience is the recorded wait of those who
// hung up; the others are known only to have borne their recorded wait, so
// theirs is drawn from their type's Kaplan–Meier curve given that.
func fromLog(file string, gap time.Duration, seed uint64) (*scene, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	log, err := bank.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	calls := log.Calls()
	if len(calls) == 0 {
		return nil, fmt.Errorf("%s: nobody in it asked for an agent", file)
	}
	s := &scene{source: filepath.Base(file), kinds: bank.TypesOf(calls)}

	patience := make(map[string]sim.Survival)
	service := make(map[string]sim.Empirical)
	if len(bank.ServiceTimes(calls, "")) == 0 {
		return nil, fmt.Errorf("%s: nobody in it was answered", file)
	}
	for _, kind := range s.kinds {
		if patience[kind], err = survival(calls, kind); err != nil {
			return nil, fmt.Errorf("%s: patience of type %q: %w", file, kind, err)
		}
		if service[kind], err = talks(calls, kind); err != nil {
			return nil, fmt.Errorf("%s: service of type %q: %w", file, kind, err)
		}
	}
	random := rand.New(rand.NewPCG(seed, 0))
	for _, c := range calls {
		// Two numbers a call, whatever it needs, so that calls do not depend
		// on those before.
		drawnService := service[c.Type].Sample(random)
		drawnPatience := patience[c.Type].SampleAbove(random, c.Wait)
		call := sim.Call{
			Arrive:   arrival(c.Arrival, c.Type, c.Tier(), c.Customer),
			Service:  c.Service,
			Patience: c.Wait,
		}
		if c.Service == 0 {
			call.Service = drawnService
		}
		if c.Answered {
			call.Patience = drawnPatience
		}
		s.calls = append(s.calls, call)
	}

	presence := log.Staff(gap)
	s.agents = staffOf(presence, bank.Skilled(calls))
	s.recorded = recorded(bank.Record(calls), bank.Occupancy(presence))
	for _, odd := range slices.Concat(log.Dropped, log.Odd) {
		s.notes = append(s.notes, fmt.Sprintf("%s: %d, first in line %d", odd.Kind, odd.Count, odd.Line))
	}
	return s, nil
}

// survival is a type's patience curve, or everyone's where nobody of that type
// ever queued.
func survival(calls []bank.Call, kind string) (sim.Survival, error) {
	times, censored := bank.Patience(calls, kind)
	if !slices.Contains(censored, false) {
		times, censored = bank.Patience(calls, "")
	}
	return sim.KaplanMeier(times, censored)
}

func talks(calls []bank.Call, kind string) (sim.Empirical, error) {
	times := bank.ServiceTimes(calls, kind)
	if len(times) == 0 {
		times = bank.ServiceTimes(calls, "")
	}
	return sim.NewEmpirical(times)
}

func arrival(at time.Time, kind, tier, customer string) acd.Command {
	cmd := acd.Command{At: at, Customer: customer, Attributes: map[string]string{"type": kind}}
	if tier == priority {
		cmd.Tier = priority
	}
	return cmd
}

// staffOf joins the days of each agent. Who served nothing often enough to be
// taken as skilled takes no calls.
func staffOf(presence []bank.Presence, skilled []bank.Skills) []sim.Agent {
	var agents []sim.Agent
	index := make(map[string]int)
	for _, s := range skilled {
		skills := make(acd.Skills)
		for _, kind := range s.Types {
			skills[kind] = 1
		}
		index[s.Agent] = len(agents)
		agents = append(agents, sim.Agent{ID: s.Agent, Skills: skills})
	}
	for _, p := range presence {
		i, ok := index[p.Agent]
		if !ok {
			continue
		}
		a := &agents[i]
		for _, span := range p.Spans {
			// A service past midnight may reach into the next day's first.
			if n := len(a.Shifts); n > 0 && span.From.Before(a.Shifts[n-1].To) {
				if span.To.After(a.Shifts[n-1].To) {
					a.Shifts[n-1].To = span.To
				}
				continue
			}
			a.Shifts = append(a.Shifts, sim.Span{From: span.From, To: span.To})
		}
	}
	return agents
}
