package queue

import "math"

// passageOfThose returns the mean and the variance of the time until all ahead
// are gone and one more is served, if nobody joins:
//
//	mean     = Σ 1/(finish + j·giveUp)    j = 0 … ahead
//	variance = Σ 1/(finish + j·giveUp)²
//
// The first terms are summed; the rest are integrals with the first correction
// of Euler and Maclaurin for the midpoint rule.
func passageOfThose(ahead int, finish, giveUp float64) (mean, variance float64) {
	if giveUp == 0 {
		mean = float64(ahead+1) / finish
		return mean, mean / finish
	}
	const direct = 5
	r := giveUp / finish
	for j := range min(ahead+1, direct) {
		f := 1 / (1 + float64(float64(j)*r))
		mean += f
		variance += float64(f * f)
	}
	if ahead >= direct {
		n := float64(ahead - direct + 1)
		from, to := 1/(1+float64(r*(direct-0.5))), 1/(1+float64(r*(float64(ahead)+0.5)))
		mean += log1p(float64(float64(n*r)*from))/r + float64(r*(float64(to*to)-float64(from*from)))/24
		variance += float64(float64(n*from)*to) + float64(r*(float64(float64(to*to)*to)-float64(float64(from*from)*from)))/12
	}
	return mean / finish, variance / float64(finish*finish)
}

// cube is a distribution of mean 1 that is nearly a gamma distribution: the cube
// of a normal one,
//
//	(1 − variance/9 + √variance/3·z)³   z normal
//
// after Wilson and Hilferty, The distribution of chi-square, Proc. Nat. Acad. Sci.
// 17, 1931.
type cube struct{ middle, spread float64 }

func cubeOf(variance float64) cube { return cube{1 - variance/9, math.Sqrt(variance) / 3} }

func (c cube) at(z float64) float64 {
	b := max(c.middle+float64(c.spread*z), 0)
	return float64(b*b) * b
}

// fourthPower is a distribution of mean 1: the fourth power of a normal one,
//
//	(1 + spread·z)⁴/(1 + 6·spread² + 3·spread⁴)   z normal
//
// It is skewed as passages are while others join ahead: more than a gamma
// distribution, less than a lognormal one.
type fourthPower struct{ spread, scale float64 }

// fourthPowerOf returns the fourthPower of about that variance, which is at most 6:
// the square of its spread is variance/(16 − 1.53·variance) to one percent.
func fourthPowerOf(variance float64) fourthPower {
	v := min(variance, 6)
	u := v / (16 - float64(1.53*v))
	return fourthPower{math.Sqrt(u), 1 / (1 + float64(u*(6+float64(3*u))))}
}

func (f fourthPower) at(z float64) float64 {
	b := max(1+float64(f.spread*z), 0)
	b = float64(b * b)
	return float64(b*b) * f.scale
}

const z90 = 1.2815515655446004 // one in ten of a normal distribution is above

// places stand for a normal distribution. They go up, and are exact for
// polynomials of degree 7. The median and the 90th percentile are among them.
var places = [7]struct{ z, weight float64 }{
	{-2.6, 0.021659615812948292},
	{-z90, 0.18043562665705543},
	{-z90 / 2, 0.139403390051412},
	{0, 0.3170027349571686},
	{z90 / 2, 0.139403390051412},
	{z90, 0.18043562665705543},
	{2.6, 0.021659615812948292},
}

const placeOfMedian, placeOfP90 = 3, 5
