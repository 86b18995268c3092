package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
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

// builtInWeek simulates the week and gives each call's record to add, in order of
// arrival.
func builtInWeek(add func(*sim.Record)) error {
	var names []string
	for _, q := range builtInQueues {
		names = append(names, q.name)
	}
	records := make(map[string]sim.Record)
	var order []string
	_, err := sim.Run(context.Background(), sim.Scenario{
		Plan:   withHeadStart(firstCome("queue", names, []string{gold}, builtInWrapUp), []string{gold}, builtInHead),
		Agents: builtInAgents(names),
		Calls:  sim.Random(monday, builtInRates(), builtInCaller),
		Seed:   7,
		Each: func(r *sim.Record) {
			kept := *r
			kept.Call = new(*r.Call)
			records[r.ID] = kept
		},
		Observe: func(c acd.Command, _ []acd.Event, _ error) {
			if c.Type == acd.CmdArrive {
				order = append(order, c.Call)
			}
		},
	})
	for _, id := range order {
		r := records[id]
		add(&r)
	}
	return err
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
	cmd := acd.Command{Attributes: map[string]string{"queue": of.name}}
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
