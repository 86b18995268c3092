package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// The built-in log is a week of a small centre that never was: three queues, a
// fifth of the calls from gold customers, who have a head start of a minute. It
// is made by simulation and written down as a log would be.

// monday is when the built-in week begins.
var monday = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

var builtInQueues = []struct {
	name  string
	share int // of 20 calls
	talk  sim.LogNormal
}{
	{"orders", 10, sim.LogNormal{Mean: 170 * time.Second, SD: 150 * time.Second}},
	{"billing", 6, sim.LogNormal{Mean: 210 * time.Second, SD: 180 * time.Second}},
	{"support", 4, sim.LogNormal{Mean: 330 * time.Second, SD: 300 * time.Second}},
}

const (
	gold          = "gold"
	builtInHead   = time.Minute
	builtInWrapUp = 15 * time.Second
	builtInKnown  = 6 // of 10 calls: the centre knows whose they are
)

// builtInLog simulates the week and keeps a log of it.
func builtInLog() (*calllog.Log, error) {
	var names []string
	for _, q := range builtInQueues {
		names = append(names, q.name)
	}
	log := new(calllog.Log)
	_, err := sim.Run(context.Background(), sim.Scenario{
		Plan:   withHeadStart(firstCome(names, []string{gold}, builtInWrapUp), []string{gold}, builtInHead),
		Agents: builtInAgents(names),
		Calls:  sim.Random(monday, builtInRates(), builtInCaller),
		Seed:   7,
		Each:   func(r *sim.Record) { log.Calls = append(log.Calls, written(r)) },
	})
	slices.SortStableFunc(log.Calls, func(a, b calllog.Call) int {
		return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.ID, b.ID))
	})
	for i := range log.Calls {
		log.Calls[i].Line = i + 2 // a table has a head
	}
	return log, err
}

// written is a call as a log in whole seconds has it.
func written(r *sim.Record) calllog.Call {
	arrive := &r.Call.Arrive
	c := calllog.Call{
		ID: r.ID, Queue: arrive.Attributes[attribute], Customer: arrive.Customer, Tier: arrive.Tier,
		Arrival: arrive.At.Truncate(time.Second), Outcome: calllog.Abandoned, Wait: r.Waited.Round(time.Second),
	}
	if r.Outcome == sim.Answered {
		c.Outcome, c.Agent = calllog.Answered, r.Agent
		c.Start, c.Talk, c.TalkKnown = c.Arrival.Add(c.Wait), r.Talked.Round(time.Second), true
	}
	return c
}

// builtInRates are the calls an hour from 8 to 20 on five days.
func builtInRates() []sim.Rate {
	perHour := []float64{25, 55, 75, 70, 55, 50, 55, 60, 50, 40, 30, 20}
	var rates []sim.Rate
	for day := range 5 {
		for i, n := range perHour {
			from := time.Duration(24*day+8+i) * time.Hour
			rates = append(rates, sim.Rate{From: from, To: from + time.Hour, PerHour: n})
		}
	}
	return rates
}

// builtInCaller draws a caller. The known customers are 300, of whom a third
// are gold.
func builtInCaller(r *rand.Rand, _ time.Time) sim.Call {
	pick, of := r.IntN(20), builtInQueues[0]
	for _, of = range builtInQueues {
		if pick -= of.share; pick < 0 {
			break
		}
	}
	cmd := acd.Command{Attributes: map[string]string{attribute: of.name}}
	if known, customer := r.IntN(10), r.IntN(300); known < builtInKnown {
		cmd.Customer = fmt.Sprintf("customer %03d", customer)
		if customer%3 == 0 {
			cmd.Tier = gold
		}
	}
	return sim.Call{
		Arrive:   cmd,
		Service:  max(of.talk.Sample(r).Round(time.Second), time.Second),
		Patience: sim.LogNormal{Mean: 5 * time.Minute, SD: 8 * time.Minute}.Sample(r).Round(time.Second),
	}
}

// builtInAgents are seven on early, middle and late shifts, each with one or two
// of the skills.
func builtInAgents(queues []string) []sim.Agent {
	var agents []sim.Agent
	for i, name := range []string{"Aoi", "Botan", "Chika", "Daichi", "Emi", "Fuji", "Gaku"} {
		a := sim.Agent{ID: name, Skills: acd.Skills{queues[i%3]: 1, queues[(i+i/3+1)%3]: 1}}
		from := []int{8, 9, 11}[i%3]
		for day := range 5 {
			at := monday.Add(time.Duration(24*day+from) * time.Hour)
			lunch := at.Add(3*time.Hour + time.Duration(i/2)*30*time.Minute)
			a.Shifts = append(a.Shifts, sim.Span{From: at, To: lunch}, sim.Span{From: lunch.Add(30 * time.Minute), To: at.Add(9 * time.Hour)})
		}
		agents = append(agents, a)
	}
	return agents
}
