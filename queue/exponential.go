package queue

import "math"

// The two functions here give the same bits on every architecture, unlike those
// of package math, which are assembly on some: they use nothing but + − · / on
// float64, and no product is added before it is rounded.

const (
	ln2High = 6.93147180369123816490e-01 // with 32 bits, so that its multiples are exact
	ln2Low  = 1.90821492927058770002e-10
)

// expm1 returns e^x − 1 for 0 ≤ x ≤ 700, with a relative error below 1e-11.
//
// With r = x − k·ln 2 and R = r·coth(r/2), whose series has Bernoulli's numbers,
//
//	e^r − 1 = 2r/(R − r)
func expm1(x float64) float64 {
	k := math.Floor(float64(x*(1/math.Ln2)) + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)
	q := float64(r * r)
	R := 2 + float64(q*(1.0/6-float64(q*(1.0/360-float64(q*(1.0/15120-float64(q*(1.0/604800))))))))
	y := float64(2*r) / (R - r)
	if k == 0 {
		return y
	}
	power := math.Float64frombits(uint64(int64(k)+1023) << 52)
	return float64(power*(1+y)) - 1
}

// log1p returns ln(1 + x) for 0 ≤ x < 1e308, with a relative error below 2e-12.
//
// With m = (1 + x)/2^k near 1 and v = (m − 1)/(m + 1),
//
//	ln m = 2·(v + v³/3 + v⁵/5 + …)
func log1p(x float64) float64 {
	k, v := 0.0, x/(2+x)
	if x > 0.4 {
		b := math.Float64bits(1 + x)
		e := int64(b>>52) - 1023
		m := math.Float64frombits(b&(1<<52-1) | 1023<<52)
		if m > math.Sqrt2 {
			m, e = m/2, e+1
		}
		k, v = float64(e), (m-1)/(m+1)
	}
	q := float64(v * v)
	s := 1.0 / 13
	s = 1.0/11 + float64(q*s)
	s = 1.0/9 + float64(q*s)
	s = 1.0/7 + float64(q*s)
	s = 1.0/5 + float64(q*s)
	s = 1.0/3 + float64(q*s)
	s = 1 + float64(q*s)
	return float64(k*math.Ln2) + float64(float64(2*v)*s)
}
