package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/examples/bank"
)

// attribute of a call names its queue.
const attribute = "queue"

// history is what a log says, ready to be played.
type history struct {
	source, format string
	log            *calllog.Log
	midnight       time.Time      // before the first call
	from, to       time.Time      // the first call and the last
	days           int            // on which somebody called
	callsOf        map[string]int // by tier; "": those of none

	*sim.Replay
	// wrapUp is what the rules that are made here give operators after a talk.
	// It was measured from so many pairs of talks; 0: it was not.
	wrapUp time.Duration
	pairs  int

	// own is the rule by which the log came about, nil if that is not known,
	// and ownTiers those whom it favours.
	own      *variant
	ownTiers []string
}

// readHistory reads the log and makes it ready.
func readHistory(o options) (*history, error) {
	zone, err := time.LoadLocation(o.zone)
	if err != nil {
		return nil, fmt.Errorf("-zone: %w", err)
	}
	log, source, format, err := readLog(o, zone)
	if err != nil {
		return nil, err
	}
	if len(log.Calls) == 0 {
		return nil, fmt.Errorf("%s: there is no call in it%s", source, firstDropped(log))
	}
	h := &history{
		source: source, format: format, log: log, callsOf: make(map[string]int),
	}
	if format == formatBank {
		zone = time.UTC // its wall clock is read as such
	}
	dates := make(map[string]bool)
	for i := range log.Calls {
		c := &log.Calls[i]
		c.Arrival = c.Arrival.In(zone)
		dates[c.Arrival.Format(time.DateOnly)] = true
		h.callsOf[c.Tier]++
	}
	h.days = len(dates)
	h.from, h.to = log.Calls[0].Arrival, log.Calls[len(log.Calls)-1].Arrival
	h.midnight = time.Date(h.from.Year(), h.from.Month(), h.from.Day(), 0, 0, 0, 0, zone)
	h.Replay, err = sim.FromLog(log, sim.LogOptions{Gap: o.gap, Zone: zone, Attribute: attribute})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	for _, a := range h.Agents {
		for i, s := range a.Shifts { // whose days are the zone's
			a.Shifts[i] = sim.Span{From: s.From.In(zone), To: s.To.In(zone)}
		}
	}
	h.wrapUp, h.pairs = o.wrapUp, 0
	if o.wrapUp < 0 {
		h.wrapUp, h.pairs = changeover(log.Calls, o.gap)
	}
	switch format {
	case formatBank:
		h.ownRule("bank's rule", bank.Priority, bankCredit)
	case formatBuiltIn:
		h.ownRule("centre's rule", gold, builtInHead)
	}
	return h, nil
}

// ownRule is that a tier has a head start.
func (h *history) ownRule(name, tier string, headStart time.Duration) {
	h.ownTiers = []string{tier}
	h.own = &variant{
		name: name, says: "First come, first served, with " + sayHeadStart(h.ownTiers, headStart) + ": the rule by which the log came about",
		plan:   withHeadStart(firstCome(h.Queues, h.Tiers, h.wrapUp), h.ownTiers, headStart),
		agents: h.Agents,
	}
}

// kindsOfTier are the tiers, and that of callers in none if there are such.
func (h *history) kindsOfTier() []string {
	list := slices.Clone(h.Tiers)
	if len(list) > 0 && h.callsOf[""] > 0 {
		list = append(list, noTier)
	}
	return list
}

// recordedSays is what is to be known of the recorded figures.
func (h *history) recordedSays() string {
	if h.format == formatBank {
		return "What the bank wrote down. It knew a customer only after a wait, so its recorded tiers do not compare with each other."
	}
	return "What the log says."
}

// odd lists what is odd about the log's records.
func (h *history) odd() []string {
	var list []string
	for _, of := range []struct {
		what string
		list []calllog.Oddity
	}{{"left out", h.log.Dropped}, {"kept", h.log.Odd}} {
		for _, odd := range of.list {
			list = append(list, fmt.Sprintf("%s (%s): %d, first in line %d", odd.Kind, of.what, odd.Count, odd.Line))
		}
	}
	return list
}

// firstDropped tells the first line that could not be read, if there is one.
func firstDropped(log *calllog.Log) string {
	if len(log.Dropped) == 0 {
		return ""
	}
	first := slices.MinFunc(log.Dropped, func(a, b calllog.Oddity) int { return cmp.Compare(a.Line, b.Line) })
	return fmt.Sprintf("; line %d could not be used: %s", first.Line, first.Kind)
}
