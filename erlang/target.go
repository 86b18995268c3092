package erlang

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// A Target is what a planner promises. Every part that is not zero must be met.
// The zero Target promises nothing.
type Target struct {
	// ServiceLevel is the least share of calls served within Within, as
	// Definition counts them. From 0 to 1; 1 is met if fewer than 1e-16 are not.
	ServiceLevel float64
	// Within is the time of ServiceLevel. 0: at once.
	Within time.Duration
	// Definition says which calls ServiceLevel counts.
	Definition Definition
	// ASA is the longest mean wait of answered calls.
	ASA time.Duration
	// Abandon is the largest share of offered calls that give up.
	Abandon float64
	// Occupancy is the largest share of their time that agents spend on calls.
	Occupancy float64
	// Blocked is the largest share of offered calls that find no line.
	Blocked float64
}

// Check reports every field that is out of its domain.
func (t Target) Check() error {
	var faults []error
	proportion := func(field string, value float64) {
		if !(value >= 0 && value <= 1) {
			faults = append(faults, fmt.Errorf("erlang: Target.%s is %v: it must lie from 0 to 1", field, value))
		}
	}
	proportion("ServiceLevel", t.ServiceLevel)
	proportion("Abandon", t.Abandon)
	proportion("Occupancy", t.Occupancy)
	proportion("Blocked", t.Blocked)
	if t.Within < 0 {
		faults = append(faults, fmt.Errorf("erlang: Target.Within is %v: it must not be negative", t.Within))
	}
	if t.ASA < 0 {
		faults = append(faults, fmt.Errorf("erlang: Target.ASA is %v: it must not be negative", t.ASA))
	}
	if !t.Definition.known() {
		faults = append(faults, fmt.Errorf("erlang: Target.Definition is %v: there is no such definition", t.Definition))
	}
	return errors.Join(faults...)
}

// met tells whether every part of the target is met by the outcome. The service
// level is looked at last, for it costs most.
func (t Target) met(o Outcome) bool {
	rest := t
	rest.ServiceLevel = 0
	return rest.short(rest.rounded(o)) <= 0 && t.short(t.rounded(o)) <= 0
}

// rounded returns the figures as they can be read in an outcome, an ASA rounded to
// nanoseconds.
func (t Target) rounded(o Outcome) figures {
	f := t.figures(o)
	f.asa = float64(o.ASA)
	return f
}

// figures are what a target speaks of, not rounded.
type figures struct {
	level     float64 // service level
	missed    float64 // one minus it
	asa       float64 // in nanoseconds
	abandon   float64
	occupancy float64
	blocked   float64
}

// figures returns those of an outcome.
func (t Target) figures(o Outcome) figures {
	f := figures{
		asa:       o.queue.delay / o.queue.answered * o.queue.aht,
		abandon:   o.PAbandon,
		occupancy: o.Occupancy,
		blocked:   o.PBlocked,
	}
	if t.ServiceLevel > 0 {
		f.level, f.missed = o.queue.level(o.queue.time(float64(t.Within)), t.Definition)
	}
	return f
}

// shortfall tells how far an outcome is from the target.
func (t Target) shortfall(o Outcome, err error) float64 {
	if err != nil {
		return math.Inf(1)
	}
	return t.short(t.figures(o))
}

// short tells how far the figures are from the target by its part that is worst
// off, as a logarithm: above 0 if it is not met, below 0 if it is more than met.
func (t Target) short(f figures) float64 {
	worst := math.Inf(-1)
	part := func(figure, most float64) { worst = max(worst, math.Log(figure/most)) }
	switch {
	case t.ServiceLevel == 0:
	case t.ServiceLevel < 0.5:
		part(t.ServiceLevel, f.level)
	case t.ServiceLevel < 1:
		part(f.missed, 1-t.ServiceLevel)
	default:
		part(f.missed, 0x1p-53) // 1 − missed is rounded to 1
	}
	if t.ASA > 0 {
		part(f.asa, float64(t.ASA))
	}
	if t.Abandon > 0 {
		part(f.abandon, t.Abandon)
	}
	if t.Occupancy > 0 {
		part(f.occupancy, t.Occupancy)
	}
	if t.Blocked > 0 {
		part(f.blocked, t.Blocked)
	}
	return worst
}
