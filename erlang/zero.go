package erlang

import "math"

// zero returns where a falling function of a positive number crosses 0 between
// low and high, to the last digits. It narrows the bracket by false position
// with the Illinois change (M. Dowell, P. Jarratt, BIT 11, 1971,
// doi:10.1007/BF01934364) and halves it when that is slow.
func zero(f func(float64) float64, low, high float64) float64 {
	atLow, atHigh := f(low), f(high)
	if !(atLow > 0) {
		return low
	}
	if !(atHigh < 0) {
		return high
	}
	side := 0
	for step := range 200 {
		width := high - low
		x := low + width*atLow/(atLow-atHigh)
		if step%4 == 3 || !(x > low && x < high) || math.IsInf(atHigh, -1) || math.IsInf(atLow, 1) {
			x = low + width/2
			if low > 0 && high > 4*low {
				x = math.Sqrt(low) * math.Sqrt(high)
			}
		}
		if !(x > low && x < high) {
			break
		}
		at := f(x)
		switch {
		case at == 0:
			return x
		case at > 0:
			low, atLow = x, at
			if side == 1 {
				atHigh /= 2
			}
			side = 1
		default:
			high, atHigh = x, at
			if side == -1 {
				atLow /= 2
			}
			side = -1
		}
		if high-low <= 4e-16*high {
			break
		}
	}
	return low + (high-low)/2
}
