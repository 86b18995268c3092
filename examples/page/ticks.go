package page

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// valueTicks returns about as many ticks as wanted, at round numbers; the first is
// not above low, and the last not below high.
func valueTicks(low, high float64, wanted int) []plot.Tick {
	if high <= low {
		high = low + 1
	}
	step := roundStep((high - low) / float64(wanted))
	return ticksAt(multiples(math.Floor(low/step)*step, math.Ceil(high/step)*step, step), step)
}

// roundStep returns the least of 1, 2, 2.5 and 5 times a power of ten that is not
// below size, which must be above zero.
func roundStep(size float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(size, 1e-300))))
	for _, factor := range []float64{1, 2, 2.5, 5} {
		if factor*power >= size*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
}

// multiples returns the multiples of step from low to high.
func multiples(low, high, step float64) []float64 {
	const rounding = 1e-9
	first, last := math.Ceil(low/step-rounding), math.Floor(high/step+rounding)
	var all []float64
	for i := range int(last - first + 1) {
		all = append(all, (first+float64(i))*step)
	}
	return all
}

// ticksAt labels values that are multiples of step.
func ticksAt(values []float64, step float64) []plot.Tick {
	var ticks []plot.Tick
	for _, value := range values {
		ticks = append(ticks, plot.Tick{Value: value, Label: tickLabel(value, step)})
	}
	return ticks
}

// tickLabel writes a value with the decimal places that steps of this size need.
func tickLabel(value, step float64) string {
	switch {
	case value == 0:
		return "0"
	case value < 0:
		return "−" + tickLabel(-value, step)
	case value >= 1e6 || step < 1e-4:
		return strconv.FormatFloat(value, 'g', 4, 64)
	}
	places := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	if mantissa := step * math.Pow(10, float64(places)); math.Abs(mantissa-math.Round(mantissa)) > 1e-6 {
		places++ // steps of 2.5
	}
	return strconv.FormatFloat(value, 'f', places, 64)
}

// placeTicks returns the ticks of the places, as many as there is room for.
func (d *drawing) placeTicks(low, high float64) []plot.Tick {
	if d.At != nil {
		return d.scaleTicks(low, high)
	}
	labels := d.labels()
	limit := d.width / 3
	if d.sideways {
		limit = d.width * 0.4
	}
	widest := vg.Length(0)
	style := d.label(inkMuted)
	for i, label := range labels {
		labels[i] = d.fit(label, limit)
		widest = max(widest, style.Width(labels[i]))
	}
	stride, sign := 1, 1.0
	if d.sideways {
		sign = -1
	} else if n := len(labels); n > 0 {
		room := float64(d.dataWidth()) / float64(n)
		stride = evenStride(float64(widest+8) / room)
	}
	var ticks []plot.Tick
	for i := 0; i < len(labels); i += stride {
		ticks = append(ticks, plot.Tick{Value: sign * float64(i), Label: labels[i]})
	}
	return ticks
}

// evenStride returns the least of 1, 2, 4, 6, 8, 12, and so on in twelves, that is
// not below least: halves of hours are then named at whole ones.
func evenStride(least float64) int {
	for _, stride := range []int{1, 2, 4, 6, 8} {
		if float64(stride) >= least {
			return stride
		}
	}
	return 12 * int(math.Ceil(least/12))
}

// scaleTicks returns ticks on an axis of numbers, or of times of day.
func (d *drawing) scaleTicks(low, high float64) []plot.Tick {
	if d.places() == 1 {
		return []plot.Tick{{Value: d.At[0], Label: d.labels()[0]}}
	}
	style := d.label(inkMuted)
	if !d.Clock {
		wanted := int(d.dataWidth() / (style.Width(tickLabel(high, 1)) + 30))
		step := roundStep((high - low) / float64(min(max(wanted, 2), 8)))
		return ticksAt(multiples(low, high, step), step)
	}
	room := float64(d.dataWidth() / (style.Width("00:00") + 12))
	hours := 24 * math.Ceil((high-low)/room/24)
	for _, step := range []float64{5. / 60, 0.25, 0.5, 1, 2, 3, 4, 6, 12} {
		if (high-low)/step <= room {
			hours = step
			break
		}
	}
	var ticks []plot.Tick
	for _, hour := range multiples(low, high, hours) {
		ticks = append(ticks, plot.Tick{Value: hour, Label: clock(hour)})
	}
	return ticks
}
