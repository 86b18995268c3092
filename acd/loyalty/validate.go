package loyalty

import (
	"fmt"
	"slices"
	"time"
)

// Bounds: of weights that are not 0 and of the values of a scale, so that sums
// are exact enough, and of the cuts of bands.
const (
	minWeight = 1e-6
	maxWeight = 1e6
	maxAnswer = 1e9
	maxBands  = 100
)

// Validate reports everything that is wrong with the rules, in the order of
// their fields: it joins an [*Error] for each. Rules without bands are valid.
func (r *Rules) Validate() error {
	var f faults
	f.bands("behaviour.bands", &r.Behaviour.Bands)
	f.duration("behaviour.window", r.Behaviour.Window)
	f.duration("behaviour.new_within", r.Behaviour.NewWithin)
	f.number("behaviour.high", r.Behaviour.High, 0, 100)

	for _, name := range r.Attitude.names() {
		if name == "" {
			f.add("attitude.scales", "want a name for each scale, got nothing")
		}
		f.scale(at("attitude.scales", name), r.Attitude.Scales[name])
	}
	f.duration("attitude.window", r.Attitude.Window)
	f.duration("attitude.half_life", r.Attitude.HalfLife)
	low, high := r.Attitude.Low, r.Attitude.High
	f.number("attitude.low", low, 0, 100)
	f.number("attitude.high", high, 0, 100)
	if low >= high {
		f.add("attitude.low", "want less than the high of %v, got %v", high, low)
	}
	f.weights(&r.Weights)
	return f.err()
}

func (f *faults) weights(w *Weights) {
	f.weight("weights.recency", w.Recency)
	f.weight("weights.frequency", w.Frequency)
	f.weight("weights.money", w.Money)
	f.weight("weights.behaviour", w.Behaviour)
	f.weight("weights.attitude", w.Attitude)
	if w.Recency == 0 && w.Frequency == 0 && w.Money == 0 {
		f.add("weights", "want recency, frequency or money above 0")
	}
	if w.Behaviour == 0 && w.Attitude == 0 {
		f.add("weights", "want behaviour or attitude above 0")
	}
}

func (f *faults) weight(path string, w float64) {
	if !(w == 0 || w >= minWeight && w <= maxWeight) {
		f.add(path, "want 0, or %v to %v, got %v", minWeight, maxWeight, w)
	}
}

func (f *faults) bands(path string, b *Bands) {
	if b.none() {
		return
	}
	cuts(f, path+".recency", b.Recency)
	cuts(f, path+".frequency", b.Frequency)
	cuts(f, path+".money", b.Money)
	if len(b.Recency) > 0 && b.Recency[0] < 0 {
		f.add(path+".recency[0]", "want 0s or more, got %v", b.Recency[0])
	}
}

func cuts[T int | int64 | time.Duration](f *faults, path string, values []T) {
	if n := len(values); n < 1 || n > maxBands {
		f.add(path, "want 1 to %d values, got %d", maxBands, n)
	}
	for i := 1; i < len(values); i++ {
		if values[i] < values[i-1] {
			f.add(fmt.Sprintf("%s[%d]", path, i), "want at least the %v before, got %v", values[i-1], values[i])
		}
	}
}

func (f *faults) scale(path string, s Scale) {
	values := []float64{s.Worst, s.Bad, s.Good, s.Best}
	for i, field := range []string{"worst", "bad", "good", "best"} {
		f.number(path+"."+field, values[i], -maxAnswer, maxAnswer)
	}
	if s.Best < s.Worst {
		slices.Reverse(values)
	}
	if !(slices.IsSorted(values) && values[1] < values[2]) {
		f.add(path, "want worst, bad, good and best in this order, up or down, bad and good apart, got %v, %v, %v, %v",
			s.Worst, s.Bad, s.Good, s.Best)
	}
}

func (f *faults) number(path string, x, least, most float64) {
	if !(x >= least && x <= most) {
		f.add(path, "want %v to %v, got %v", least, most, x)
	}
}

func (f *faults) duration(path string, d time.Duration) {
	if d < 0 {
		f.add(path, "want 0s or more, got %v", d)
	}
}
