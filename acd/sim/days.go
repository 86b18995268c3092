package sim

import (
	"iter"
	"math"
	"math/rand/v2"
	"time"
)

// RandomDays is [Random] with days that differ: all rates of a day are
// multiplied by one factor, drawn for that day from the gamma distribution of
// mean 1 and standard deviation spread. A day is 24 hours from start on. Calls
// are then a doubly stochastic Poisson process: their number varies more from
// day to day than a Poisson process of known rate would have it, as forecasts
// are uncertain (G. Jongbloed, G. Koole, "Managing uncertainty in call centres
// using Poisson mixtures", Applied Stochastic Models in Business and Industry 17,
// 2001, 307–318, doi:10.1002/asmb.444). It is the mixture for which
// [github.com/najimi-acd/najimi/erlang.StaffDay] staffs with its Spread.
//
// A spread that is 0, negative or not a number: as Random. One number is taken
// from r for each day, besides those of Random.
func RandomDays(start time.Time, rates []Rate, spread float64, next func(r *rand.Rand, at time.Time) Call) Source {
	if !(spread > 0) || CheckRates(rates) != nil {
		return Random(start, rates, next)
	}
	byDay := cutByDay(rates)
	return func(r *rand.Rand) iter.Seq[Call] {
		busy := make([]Rate, len(byDay))
		factor, day := 1.0, time.Duration(-1)
		for i, rate := range byDay {
			if d := rate.From / (24 * time.Hour); d != day {
				day = d
				seed := r.Uint64()
				factor = gamma(rand.New(rand.NewPCG(seed, mix(seed, 0))), spread)
			}
			busy[i] = rate
			busy[i].PerHour = min(float64(rate.PerHour*factor), maxPerHour)
		}
		return Random(start, busy, next)(r)
	}
}

// cutByDay cuts rates where a day of 24 hours ends.
func cutByDay(rates []Rate) []Rate {
	const day = 24 * time.Hour
	var cut []Rate
	for _, r := range rates {
		for r.From/day < (r.To-1)/day {
			part := r
			part.To = (r.From/day + 1) * day
			cut = append(cut, part)
			r.From = part.To
		}
		cut = append(cut, r)
	}
	return cut
}

// gamma draws from the gamma distribution of mean 1 with this standard
// deviation, of shape k = 1/spread²: G. Marsaglia, W. W. Tsang, "A simple method
// for generating gamma variables", ACM Transactions on Mathematical Software 26,
// 2000, 363–372, doi:10.1145/358407.358414. For k < 1 a draw for k+1 is
// multiplied by U^(1/k).
func gamma(r *rand.Rand, spread float64) float64 {
	k := 1 / float64(spread*spread)
	switch {
	case k > 1e15: // closer to 1 than float64 tells
		return 1
	case k < 1:
		small := exp(ln(openUniform(r)) / k)
		return float64(standardGamma(r, k+1)*small) / k
	}
	return standardGamma(r, k) / k
}

// standardGamma is of scale 1, for shapes from 1 on.
func standardGamma(r *rand.Rand, shape float64) float64 {
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := normQuantile(openUniform(r))
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = float64(v*v) * v
		half := float64(x*x) / 2
		if ln(openUniform(r)) < half+d-float64(d*v)+float64(d*ln(v)) {
			return float64(d * v)
		}
	}
}
