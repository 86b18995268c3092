package main

import (
	"encoding/json"
	"math"

	"github.com/najimi-acd/najimi/acd/sim"
)

// estimate is a value and the ends of its interval, null where there is none.
type estimate struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low,omitempty"`
	High  *float64 `json:"high,omitempty"`
}

func estimateOf(e sim.Estimate) estimate {
	return estimate{finite(e.Value), finite(e.Low), finite(e.High)}
}

// finite is nil for what no JSON number can say.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// orNaN is the value, for charts, which leave NaN out.
func orNaN(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// half is half the interval's length, NaN if there is no interval.
func (e estimate) half() float64 { return (orNaN(e.High) - orNaN(e.Low)) / 2 }

// sure says that the interval is on one side of zero.
func (e estimate) sure() bool { return orNaN(e.Low) > 0 || orNaN(e.High) < 0 }

// MarshalJSON adds "sure" to a difference whose interval is on one side of zero.
func (d difference) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		estimate
		Sure bool `json:"sure"`
	}{d.estimate, d.sure()})
}

// difference is by how much a figure is larger than under the base line.
type difference struct{ estimate }
