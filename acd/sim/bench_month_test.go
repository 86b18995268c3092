package sim_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// bank is 60 days of 500 calls each, as of a small bank: 15 agents in two shifts
// with breaks, a tier with a head start, a queue of some and a queue of all, and
// customers who call again and are held for the operator of last time.
func bank() sim.Scenario {
	const days = 60
	plan := acd.Plan{
		Tiers:    []acd.Tier{{Name: "priority", HeadStart: time.Minute}},
		Affinity: acd.Affinity{Mode: acd.AffinityHold, Hold: new(20 * time.Second)},
		Entry: []acd.Entry{
			{Name: "stocks", Queue: "stocks", When: acd.When{Attributes: map[string]string{"type": "stocks"}}},
			{Name: "others", Queue: "service"},
		},
		Queues: []acd.Queue{
			{Name: "stocks", WrapUp: 30 * time.Second, Steps: []acd.Step{{Needs: acd.Skills{"stocks": 5}}, {After: time.Minute}}},
			{Name: "service", WrapUp: 15 * time.Second},
		},
	}
	talk := sim.LogNormal{Mean: 180 * time.Second, SD: 200 * time.Second}
	patience := sim.Exponential{Mean: 6 * time.Minute}
	var rates []sim.Rate
	for day := range time.Duration(days) {
		open := day*24*time.Hour + 7*time.Hour
		for hour, perHour := range []float64{10, 25, 45, 55, 50, 45, 45, 45, 45, 40, 30, 25, 20, 15, 5} {
			from := open + time.Duration(hour)*time.Hour
			rates = append(rates, sim.Rate{From: from, To: from + time.Hour, PerHour: perHour})
		}
	}
	s := sim.Scenario{
		Plan:   plan,
		PickUp: sim.Exponential{Mean: 3 * time.Second},
		Grid:   sim.Every(monday, 24*time.Hour, days),
		Watch:  []time.Duration{20 * time.Second, time.Minute},
		Calls: sim.RandomDays(monday, rates, 0.15, func(r *rand.Rand, _ time.Time) sim.Call {
			c := sim.Call{Service: talk.Sample(r), Patience: patience.Sample(r)}
			c.Arrive.Customer = fmt.Sprint("customer ", r.IntN(8_000))
			if r.IntN(8) == 0 {
				c.Arrive.Attributes = map[string]string{"type": "stocks"}
			}
			if r.IntN(4) == 0 {
				c.Arrive.Tier = "priority"
			}
			return c
		}),
		Seed: 1,
	}
	for i := range 15 {
		a := sim.Agent{ID: fmt.Sprint("agent ", i)}
		if i%4 == 0 {
			a.Skills = acd.Skills{"stocks": 5 + i%3}
		}
		for day := range days {
			begin := monday.AddDate(0, 0, day).Add(7*time.Hour + time.Duration(i%2)*7*time.Hour)
			lunch := begin.Add(3*time.Hour + time.Duration(i)*10*time.Minute)
			a.Shifts = append(a.Shifts, sim.Span{From: begin, To: begin.Add(9 * time.Hour)})
			a.Breaks = append(a.Breaks, sim.Span{From: lunch, To: lunch.Add(30 * time.Minute)})
		}
		s.Agents = append(s.Agents, a)
	}
	return s
}

// BenchmarkBankMonth is such days, one run of 30,000 calls.
func BenchmarkBankMonth(b *testing.B) {
	benchmarkRun(b, bank())
}
