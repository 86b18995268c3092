package main

import (
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// history is what a log says, ready to be played.
type history struct {
	source, format string
	midnight       time.Time // before the first call
	from, to       time.Time // the first call and the last
	days, count    int       // on which somebody called, and calls
	queues, tiers  []string
	attribute      string         // of a call, that names its queue
	callsOf        map[string]int // by tier; "": those of none

	calls  sim.Source
	agents []sim.Agent

	// own is the rule by which the log came about, nil if that is not known,
	// and ownTiers those whom it favours.
	own      *variant
	ownTiers []string

	was sim.Result // as recorded, without Watch
	odd []string

	// What the log does not know is told of these.
	answered, hungUp, known int           // calls; known: of a customer
	longest                 time.Duration // wait
	wrapUp                  time.Duration // of the rules made here
	pairs                   int           // of talks from which it was measured; 0: it was not
	presenceInferred        bool
}

// kindsOfTier are the tiers, and that of callers in none if there are such.
func (h *history) kindsOfTier() []string {
	list := slices.Clone(h.tiers)
	if len(list) > 0 && h.callsOf[""] > 0 {
		list = append(list, noTier)
	}
	return list
}
