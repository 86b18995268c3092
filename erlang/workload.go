package erlang

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// A Workload is what a group of agents is to carry: so many calls in so long a
// time, how long each takes, and what callers do when they have to wait.
type Workload struct {
	// Calls is how many fresh calls are offered in Per, on average. At least 0.
	Calls float64
	// Per is the time in which they are offered. Above 0.
	Per time.Duration
	// AHT is the mean handle time of a call: talk and wrap-up. Above 0.
	AHT time.Duration
	// Patience is the mean time after which a waiting caller hangs up.
	// 0: nobody hangs up.
	Patience time.Duration
	// Lines is the number of trunk lines: a call that finds as many calls
	// talking and waiting is blocked. 0: no limit. At least the agents.
	Lines int
	// Redial is the probability that a caller who gave up or was blocked tries
	// again. From 0 to 1.
	Redial float64
}

// Load returns the fresh load in erlangs: Calls × AHT ÷ Per, rounded once.
//
// Special cases are:
//
//	NaN if Calls is below 0 or NaN, or Per or AHT is not above 0
func (w Workload) Load() float64 {
	if !(w.Calls >= 0) || w.Per <= 0 || w.AHT <= 0 {
		return math.NaN()
	}
	if w.AHT == w.Per {
		return w.Calls
	}
	// A product and a quotient, each with its remainder, so that a load that can
	// be written as a float64 comes out as just that.
	aht, per := float64(w.AHT), float64(w.Per)
	product := w.Calls * aht
	if math.IsInf(product, 0) {
		return w.Calls / per * aht
	}
	rest := math.FMA(w.Calls, aht, -product)
	quotient := product / per
	return quotient + (math.FMA(-quotient, per, product)+rest)/per
}

// endless tells whether a queue can grow without end.
func (w Workload) endless() bool { return w.Patience == 0 && w.Lines == 0 }

// check reports every field that is out of its domain.
func (w Workload) check() error {
	var faults []error
	fault := func(field string, value any, domain string) {
		faults = append(faults, fmt.Errorf("erlang: Workload.%s is %v: %s", field, value, domain))
	}
	if !(w.Calls >= 0) || math.IsInf(w.Calls, 1) {
		fault("Calls", w.Calls, "it must be finite and at least 0")
	}
	if w.Per <= 0 {
		fault("Per", w.Per, "it must be above 0")
	}
	if w.AHT <= 0 {
		fault("AHT", w.AHT, "it must be above 0")
	}
	if w.Patience < 0 {
		fault("Patience", w.Patience, "it must not be negative")
	}
	if w.Lines < 0 {
		fault("Lines", w.Lines, "it must not be negative")
	}
	if !(w.Redial >= 0 && w.Redial <= 1) {
		fault("Redial", w.Redial, "it must lie from 0 to 1")
	}
	if len(faults) == 0 && !(w.Load()*max(1, float64(w.Patience)/float64(w.AHT)) <= 1e280) {
		fault("Calls", w.Calls, "more than 1e280 come in a handle time, or in a mean patience")
	}
	return errors.Join(faults...)
}
