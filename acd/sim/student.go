package sim

import "math"

// studentT is the t for which a variable of Student's distribution with a number
// of degrees of freedom lies between −t and t with this probability, to about
// 1e-12 of it. O(degrees).
func studentT(degrees int, level float64) float64 {
	low, high := 0.0, 1.0
	for studentWithin(high, degrees) < level && !math.IsInf(high, 1) {
		high *= 2
	}
	for range 100 {
		middle := low + (high-low)/2
		if studentWithin(middle, degrees) < level {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// studentWithin is P(−t < T < t), t ≥ 0. With θ = atan(t/√ν) it is, for even ν,
//
//	sin θ · (1 + ½ cos²θ + (1·3)/(2·4) cos⁴θ + … up to cos^(ν−2) θ)
//
// and for odd ν
//
//	2/π · (θ + sin θ · (cos θ + ⅔ cos³θ + … + (2·4…(ν−3))/(1·3…(ν−2)) cos^(ν−2) θ))
//
// (M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 1964,
// 26.7.3 and 26.7.4).
func studentWithin(t float64, degrees int) float64 {
	nu := float64(degrees)
	tangent := t / math.Sqrt(nu)
	cosine := 1 / math.Sqrt(1+float64(tangent*tangent))
	sine := tangent * cosine
	square := cosine * cosine
	if math.IsInf(tangent, 1) {
		return 1
	}
	odd := degrees%2 == 1
	term, k := 1.0, 1.0 // the next factor is k/(k+1)
	if odd {
		term, k = cosine, 2
	}
	var sum float64
	for i := degrees % 2; i <= degrees-2; i += 2 {
		sum += term
		term *= float64(k/(k+1)) * square
		k += 2
		if term < 1e-18*sum {
			break
		}
	}
	if odd {
		return 2 / math.Pi * (math.Atan(tangent) + float64(sine*sum))
	}
	return sine * sum
}
