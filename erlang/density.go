package erlang

import "math"

// A density is that of a wait, up to a factor.
type density struct {
	// The logarithm at t ≥ 0, which must be concave.
	log func(t float64) float64
	// Its slope there, and about how fast that falls.
	shape func(t float64) (slope, bend float64)
	// Where the slope begins to fall faster, if above 0.
	edge float64
}

// sums are integrals of a density.
type sums struct {
	area float64 // of e^exponent
	kept float64 // times e^(−t)
	gone float64 // times 1 − e^(−t)
}

func (s sums) times(factor float64) sums {
	return sums{s.area * factor, s.kept * factor, s.gone * factor}
}

// maxPanels is far more than a concave bell takes.
const maxPanels = 500

// over integrates from low to high, panel by panel on both sides of top, where
// the exponent is largest, until the rest is negligible.
func (d density) over(low, high, top float64) (total sums) {
	best := d.log(top)
	for _, direction := range [2]float64{-1, 1} {
		at := top
		for range maxPanels {
			if !(d.log(at) >= best-cutoff-4) {
				break
			}
			slope, bend := d.shape(at)
			// So wide that the exponent changes by about 10.
			width := 10 / (math.Abs(slope)/2 + math.Sqrt(slope*slope/4+5*bend))
			next := min(max(low, at+direction*min(width, max(1, at/2))), high)
			if d.edge > 0 && (at-d.edge)*(next-d.edge) < 0 {
				next = d.edge
			}
			if next == at || math.IsNaN(next) {
				break
			}
			mid, half := (at+next)/2, math.Abs(next-at)/2
			for _, p := range oneSide {
				for _, t := range [2]float64{mid - half*p.at, mid + half*p.at} {
					w := half * p.weight * math.Exp(d.log(t))
					gone := -math.Expm1(-t)
					total.area += w
					total.gone += w * gone
					total.kept += w * math.Exp(-t)
				}
			}
			at = next
		}
	}
	return total
}
