package main

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// figure is something that is told of each kind of caller.
type figure struct {
	key  string   // in JSON
	head []string // of its column, one word a line
	unit unit
	of   func(sim.Which) sim.Measure
	// overall figures are of all calls together and of no part of them.
	overall bool
}

// unit is how a figure is written.
type unit int

const (
	number  unit = iota // of calls
	share               // in percent
	seconds             // of time
)

// The keys that the program looks up itself.
const (
	keyCalls     = "calls"
	keyAnswered  = "answered"
	keyHungUp    = "hung_up"
	keyWithin    = "answered_within"
	keyWait      = "wait_of_answered"
	keyMedian    = "wait_median"
	keyP90       = "wait_p90"
	keyP99       = "wait_p99"
	keyWaitOfAll = "wait_of_all"
	keySame      = "same_operator"
	keyOccupancy = "occupancy"
	keyAway      = "turned_away"
)

// figures are told in this order.
func figures(within time.Duration) []figure {
	quantile := func(p float64) func(sim.Which) sim.Measure {
		return func(w sim.Which) sim.Measure { return sim.WaitQuantile(w, p) }
	}
	return []figure{
		{key: keyCalls, head: []string{"", "calls"}, of: sim.Offered},
		{key: keyAnswered, head: []string{"", "answered"}, of: answered},
		{key: keyHungUp, head: []string{"hung", "up"}, unit: share, of: func(w sim.Which) sim.Measure { return sim.Share(w, sim.Abandoned) }},
		{key: keyWithin, head: []string{"answered", "in " + inSeconds(within)}, unit: share, of: func(w sim.Which) sim.Measure {
			return sim.ServiceLevel(w, within, erlang.AnsweredOfOffered)
		}},
		{key: keyWait, head: []string{"wait of", "answered"}, unit: seconds, of: sim.ASA},
		{key: keyMedian, head: []string{"", "median"}, unit: seconds, of: quantile(0.5)},
		{key: keyP90, head: []string{"", "p90"}, unit: seconds, of: quantile(0.9)},
		{key: keyP99, head: []string{"", "p99"}, unit: seconds, of: quantile(0.99)},
		{key: keyWaitOfAll, head: []string{"wait", "of all"}, unit: seconds, of: sim.MeanWait},
		{key: keySame, head: []string{"same", "operator"}, unit: share, of: sim.SameAgentRate},
		{key: keyAway, head: []string{"turned", "away"}, unit: share, of: turnedAway},
		{key: keyOccupancy, head: []string{"operators", "busy"}, unit: share, overall: true, of: func(sim.Which) sim.Measure {
			return sim.OverallOccupancy
		}},
	}
}

// answered counts the calls that were answered in a run.
func answered(w sim.Which) sim.Measure {
	of := sim.Share(w, sim.Answered)
	return func(r *sim.Result) (part, whole float64) {
		part, _ = of(r)
		return part, 1
	}
}

// turnedAway is the share that was blocked, diverted, deflected, or never
// reached by a callback, or had no outcome: neither answered nor hung up.
func turnedAway(w sim.Which) sim.Measure {
	gone, stayed := sim.Share(w, sim.Abandoned), sim.Share(w, sim.Answered)
	return func(r *sim.Result) (part, whole float64) {
		hungUp, offered := gone(r)
		answered, _ := stayed(r)
		return offered - answered - hungUp, offered
	}
}

// watch is the times for which "answered within" is told, in order.
func watch(within time.Duration) []time.Duration {
	times := []time.Duration{within}
	for _, s := range []int{0, 5, 10, 15, 20, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 240, 300} {
		times = append(times, time.Duration(s)*time.Second)
	}
	slices.Sort(times)
	return slices.Compact(times)
}
