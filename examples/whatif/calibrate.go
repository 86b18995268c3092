package main

import (
	"fmt"
	"math"
	"strings"
)

// calibrate sets the record beside the replay of the rule that was in force or,
// where that is not known or was not played, of the base line.
func (r *report) calibrate() {
	was, is := r.Recorded.Callers[0].Figures, r.replayed().Callers[0].Figures
	for _, key := range []string{keyAnswered, keyHungUp, keyWithin, keyWait, keyMedian, keyP90, keyP99, keySame, keyOccupancy} {
		if was[key].Value != nil {
			r.Calibration = append(r.Calibration, calibration{key, was[key].Value, is[key]})
		}
	}
}

// replayed is the variant that is set beside the record.
func (r *report) replayed() *lived {
	if v := r.variant(r.InForce); v != nil {
		return v
	}
	return r.Variants[0]
}

func (r *report) calibrationTitle() string {
	return fmt.Sprintf("How well the replay of %q tells what was recorded", r.replayed().Name)
}

// calibrationText says how far levels can be trusted.
func (r *report) calibrationText() string {
	var b strings.Builder
	v := r.replayed()
	was, is := r.Recorded.Callers[0].Figures[keyWait].Value, v.Callers[0].Figures[keyWait].Value
	if was != nil && is != nil {
		fmt.Fprintf(&b, "Callers who were answered waited %.1f s on average; in the replay they wait %.1f s", *was, *is)
		if *was > 0 {
			off := 100 * (*is / *was - 1)
			word := "more"
			if off < 0 {
				word = "less"
			}
			fmt.Fprintf(&b, ", %.0f %% %s", math.Abs(off), word)
		}
		b.WriteString(". ")
	}
	if r.InForce == "" {
		b.WriteString("The log does not say by which rule it came about. If it was another one, a part of the gap is the rule's, " +
			"and the rest what the log does not tell. ")
	} else if v.Name == r.InForce {
		b.WriteString("That is the rule by which the log came about, so the gap is what the log does not tell, above all who was there and idle. ")
	}
	b.WriteString("Trust a level of the other rules no further than this. Differences between rules have most of these errors in common and carry further")
	if was != nil && is != nil && *is < 0.9**was {
		b.WriteString("; but where the replay waits less than people did, what a rule gives and takes shows smaller than it was, too")
	}
	b.WriteString(".")
	return b.String()
}
