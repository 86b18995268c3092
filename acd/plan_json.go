package acd

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
)

// ParsePlan reads a plan from JSON and validates it.
//
// Reading is strict: a field that is not known, or written in another case, or
// given twice, a null, a value of another type, a duration that is not a Go
// duration string, and text that is not valid Unicode are errors, and so is
// anything after the plan. The error joins all that is wrong, each a
// [*PlanError] that names its JSON path, or the line and column if the text is
// no JSON at all. A plan is validated (see [Plan.Validate]) when all of it
// could be read.
func ParsePlan(data []byte) (Plan, error) {
	var p Plan
	var reader strictReader
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // the byte order mark that some editors write
	if err := reader.read(data, &p); err != nil {
		return Plan{}, err
	}
	if err := p.Validate(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// UnmarshalJSON is [ParsePlan].
func (p *Plan) UnmarshalJSON(data []byte) error {
	plan, err := ParsePlan(data)
	if err == nil {
		*p = plan
	}
	return err
}

// MarshalJSON writes the plan as JSON from which [ParsePlan] makes an equal
// plan: fields in the order of the structs, durations as Go duration strings,
// and nothing for a field that is nil or zero. It does not validate, but for
// what JSON cannot say: numbers that are not finite.
func (p Plan) MarshalJSON() ([]byte, error) {
	if err := p.finite(); err != nil {
		return nil, err
	}
	return appendStrict(nil, reflect.ValueOf(p)), nil
}

func (p *Plan) finite() error {
	var errs []error
	check := func(f float64, path string) {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			errs = append(errs, &PlanError{path, fmt.Sprintf("%v is no JSON number", f)})
		}
	}
	for i := range p.Tiers {
		if score := p.Tiers[i].MinScore; score != nil {
			check(*score, at("tiers", i)+".min_score")
		}
	}
	for i := range p.Queues {
		if level := p.Queues[i].ServiceLevel; level != nil {
			check(level.Target, at("queues", i)+".service_level.target")
		}
	}
	return errors.Join(errs...)
}
