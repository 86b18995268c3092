package erlang

import "math"

// manyPlaces is where the sum over the places of a line gives way to an integral,
// which takes about as long.
const manyPlaces = 1_500

// dense tells whether the states that matter, of those with 0 … m−1 waiting, are
// so many that their sum is better taken as an integral. The likeliest has peak
// waiting.
func dense(c, h, peak, m float64) bool {
	right, left := reach(c+peak, h-c-peak), reach(c+peak, c+peak-h)
	return min(m-peak, right)+min(peak, left) > manyPlaces
}

// reach returns about how many states away from the likeliest the others are
// negligible, going the way where the rate of change is y and its lead is gap ≤ 0.
func reach(y, gap float64) float64 {
	gap = min(gap, 0)
	return 2 * cutoff * y / (math.Sqrt(gap*gap+2*cutoff*y) - gap)
}

// addDense sums over the states with 0 … m−1 waiting, as multiples of the one with
// peak waiting, each side of it by the Euler–Maclaurin formula for midpoints with
// central differences at the ends (F. B. Hildebrand, "Introduction to Numerical
// Analysis", 2nd ed., 1974, section 5.8):
//
//	Σ f(j) = ∫ f − [δf]/24 + 17·[δ³f]/5760 − …
//
// With so many states neighbours differ by 3 % at the most, and what is left out is
// about 1e-13 of the sum.
func (w *waiting) addDense(c, h, peak, m float64) {
	y := c + peak
	low, high := max(-0.5, peak-reach(y, y-h)), min(m-0.5, peak+reach(y, h-y))
	add := func(j, weight float64) {
		v := weight * math.Exp(logPlace(y, h, h-y, j-peak))
		share := v / (c + j + 1)
		w.mass += v
		w.kept += share * c
		w.gone += share * (j + 1)
		w.delay += share * c * (logRatio(c+j+1, c, j+1) + digammaGap(c+j+1) - digammaGap(c))
	}
	for _, side := range [2][2]float64{{low, peak}, {peak, high}} {
		mid, half := (side[0]+side[1])/2, (side[1]-side[0])/2
		for _, p := range oneSide {
			add(mid-half*p.at, half*p.weight)
			add(mid+half*p.at, half*p.weight)
		}
	}
	end := func(j, sign float64) {
		const first, third = 1.0 / 24, 17.0 / 5760
		add(j+1.5, sign*third)
		add(j+0.5, -sign*(first+3*third))
		add(j-0.5, sign*(first+3*third))
		add(j-1.5, -sign*third)
	}
	if low == -0.5 {
		end(low, -1)
	}
	if high == m-0.5 {
		end(high, 1)
	}
	w.share()
}
