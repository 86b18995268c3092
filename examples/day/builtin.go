package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// builtIn is a day made up after the figures of a real bank's centre (I. Guedj
// and A. Mandelbaum, "Anonymous Bank Call-Center Data", Technion, 2000): about
// 1,460 calls on a working day, talks of 185 s on average. Fewer callers hang up
// here than there (7 against 14 %). No record of it is copied.
func builtIn(seed uint64) *scene {
	s := &scene{source: "built-in day"}
	for _, k := range kinds {
		s.kinds = append(s.kinds, k.name)
	}
	s.agents = builtInStaff()
	source := sim.Random(day, profile(), newCaller)
	s.calls = slices.Collect(source(rand.New(rand.NewPCG(seed, 0))))
	return s
}

var day = time.Date(2026, time.January, 5, 0, 0, 0, 0, time.UTC)

// kinds of call: how many of a hundred, and how long the talk lasts.
var kinds = []struct {
	name  string
	share int
	talk  sim.LogNormal
}{
	{"accounts", 68, sim.LogNormal{Mean: 175 * time.Second, SD: 210 * time.Second}},
	{"stock", 13, sim.LogNormal{Mean: 240 * time.Second, SD: 260 * time.Second}},
	{"new_customer", 12, sim.LogNormal{Mean: 130 * time.Second, SD: 120 * time.Second}},
	{"internet", 5, sim.LogNormal{Mean: 360 * time.Second, SD: 380 * time.Second}},
	{"english", 2, sim.LogNormal{Mean: 220 * time.Second, SD: 210 * time.Second}},
}

// profile is the calls an hour from 07:00 to midnight.
func profile() []sim.Rate {
	perHour := []float64{25, 75, 125, 145, 145, 135, 125, 125, 125, 105, 85, 65, 55, 55, 45, 30, 15}
	var rates []sim.Rate
	for i, n := range perHour {
		from := time.Duration(7+i) * time.Hour
		rates = append(rates, sim.Rate{From: from, To: from + time.Hour, PerHour: n})
	}
	return rates
}

var patience = sim.LogNormal{Mean: 6 * time.Minute, SD: 10 * time.Minute}

// newCaller draws a caller: a third are of the priority tier, and half belong
// to 400 customers who may call again the same day.
func newCaller(r *rand.Rand, at time.Time) sim.Call {
	pick := r.IntN(100)
	kind := kinds[0]
	for _, kind = range kinds {
		if pick -= kind.share; pick < 0 {
			break
		}
	}
	customer, tier := "", regular
	if known := r.IntN(800); known < 400 {
		customer = fmt.Sprintf("customer %03d", known)
		if known%3 > 0 {
			tier = priority
		}
	}
	return sim.Call{
		Arrive:   arrival(at, kind.name, tier, customer),
		Service:  kind.talk.Sample(r),
		Patience: patience.Sample(r),
	}
}

// builtInStaff is 13 operators on early, middle and late shifts with a lunch
// break each.
func builtInStaff() []sim.Agent {
	names := []string{
		"Aya", "Ben", "Chika", "Dan", "Emi", "Fumi", "Go", "Hana", "Ichiro", "Jun", "Kei", "Lea", "Mio",
	}
	var agents []sim.Agent
	for i, name := range names {
		skills := acd.Skills{"accounts": 3 + i%3, "new_customer": 3}
		if i%2 == 0 {
			skills["stock"] = 5
		}
		if i%3 == 0 {
			skills["internet"] = 5
		}
		if i%4 == 1 {
			skills["english"] = 5
		}
		var from, to int // hours
		switch {
		case i < 4:
			from, to = 7, 16
		case i < 9:
			from, to = 9, 18
		default:
			from, to = 15, 24
		}
		lunch := time.Duration(from+4)*time.Hour + time.Duration(i%5)*15*time.Minute
		agents = append(agents, sim.Agent{ID: name, Skills: skills, Shifts: []sim.Span{
			{From: day.Add(time.Duration(from) * time.Hour), To: day.Add(lunch)},
			{From: day.Add(lunch + 30*time.Minute), To: day.Add(time.Duration(to) * time.Hour)},
		}})
	}
	return agents
}
