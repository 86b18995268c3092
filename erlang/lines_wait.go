package erlang

import "math"

// limitedDensity returns the density of the wait of a call that is let in and
// finds no agent free, as a multiple of its top: w(τ)·P(N < m), N a Poisson number
// with mean h·(1 − e^(−τ)), those who have come since among whom there must be
// room. Times are in mean patiences, or in handle times if nobody hangs up.
//
// All exponents are differences to the top, taken before they are large.
func (q queue) limitedDensity() (top float64, f density) {
	c, h, x := q.n*q.unit(), q.load*q.unit(), q.places-1
	passed := func(t float64) (mean, rate float64) { return h * t, h }
	if q.patience > 0 {
		passed = func(t float64) (mean, rate float64) { return -h * math.Expm1(-t), h * math.Exp(-t) }
	}
	// P(N < m) is the Poisson probability of m−1, over B(m−1, mean); so the slope
	// of its logarithm is −B, and the density's top is where rate·(1 − B) is c.
	slope := func(t float64) float64 {
		mean, rate := passed(t)
		return rate*freeStates(x, mean, x-mean).complement() - c
	}
	if h > c {
		high := 1 / c
		for slope(high) > 0 {
			high *= 2
		}
		top = zero(slope, 0, high)
	}
	// As long as so few have come, the places do not matter.
	few := x - 9*math.Sqrt(x)
	edge := 0.0
	switch {
	case few <= 0:
	case q.patience == 0:
		edge = few / h
	case few < h:
		edge = -math.Log1p(-few / h)
	default:
		edge = math.Inf(1)
	}
	meanTop, rateTop := passed(top)
	roomTop := logRoom(x, meanTop)
	busyTop := freeStates(x, meanTop, x-meanTop).log1p()
	return top, density{
		edge: edge,
		log: func(t float64) float64 {
			mean, _ := passed(t)
			d := t - top
			more := rateTop * d // arrivals since the top
			if q.patience > 0 {
				more = -rateTop * math.Expm1(-d)
			}
			if meanTop >= 1.5*x && x > 0 && mean > 0 {
				return x*logRatio(mean, meanTop, more) - c*d + freeStates(x, mean, x-mean).log1p() - busyTop
			}
			exponent := (rateTop-c)*d + logRoom(x, mean) - roomTop
			if q.patience > 0 {
				exponent -= rateTop * expGap(d)
			}
			return exponent
		},
		shape: func(t float64) (slope, bend float64) {
			mean, rate := passed(t)
			slope = rate*freeStates(x, mean, x-mean).complement() - c
			if t >= edge*(1-1e-9) { // a panel that begins there may have been rounded
				root := math.Sqrt(x + 1)
				bend = rate / max(root, mean/root)
				bend *= bend
			}
			if q.patience > 0 {
				bend += slope + c
			}
			return slope, bend
		},
	}
}

// logRoom returns ln P(N ≤ x) of a Poisson number N with the given mean.
func logRoom(x, mean float64) float64 {
	if x == 0 || mean == 0 {
		return -mean
	}
	free := freeStates(x, mean, x-mean)
	base := 0.5*math.Log(2*math.Pi*x) + stirling(x)
	if free.log > 0 {
		return math.Log(free.mass+math.Exp(-free.log)) - base
	}
	return math.Log1p(free.mass) - base - deviance(x, mean, mean-x)
}

// log1p returns ln(1 + s).
func (s states) log1p() float64 {
	if s.log > 0 {
		return s.log + math.Log(s.mass+math.Exp(-s.log))
	}
	return math.Log1p(s.mass)
}

// limitedOver is over for a line with so many places.
func (q queue) limitedOver(t float64) later {
	t /= q.unit()
	var total sums // as shares of those who must wait
	if q.addsPlaces(t) {
		total = q.placesOver(t).times(1 / q.line.mass)
	} else {
		top, f := q.limitedDensity()
		since := density{
			edge:  f.edge - t,
			log:   func(u float64) float64 { return f.log(t + u) },
			shape: func(u float64) (slope, bend float64) { return f.shape(t + u) },
		}
		total = since.over(0, math.Inf(1), max(top-t, 0))
		total = total.times(1 / (total.area + f.over(0, t, min(top, t)).area))
	}
	if q.patience == 0 {
		waits := q.waits * total.area
		return later{waits: waits, answered: waits}
	}
	// Of those who would wait longer, e^(−t) are still there after t.
	share := q.waits * math.Exp(-t)
	return later{waits: min(share*total.area, q.waits), answered: share * total.kept, gone: share * total.gone}
}

// limitedUntil returns the share answered by t, and the share answered or hung
// up by t.
func (q queue) limitedUntil(t float64) (answered, met float64) {
	t /= q.unit()
	var area, kept float64 // as shares of those who must wait
	if q.addsPlaces(t) {
		area, kept = q.placesUntil(t)
		area, kept = area/q.line.mass, kept/q.line.mass
	} else {
		top, f := q.limitedDensity()
		total := f.over(0, t, min(top, t))
		all := total.area + f.over(t, math.Inf(1), max(top, t)).area
		area, kept = total.area/all, total.kept/all
	}
	if q.patience == 0 {
		answered = q.free + q.waits*area
		return answered, answered
	}
	met = q.free + q.waits*(math.Exp(-t)*area-math.Expm1(-t))
	return min(q.free+q.waits*kept, met), met
}

// unit returns what the density of a limited line counts time in.
func (q queue) unit() float64 {
	if q.patience > 0 {
		return q.patience
	}
	return 1
}

// addsPlaces tells whether the waits from each place of the line are few and
// likely enough to be added one by one. Otherwise the density is integrated.
func (q queue) addsPlaces(t float64) bool {
	return q.places <= 256 && q.n*q.unit()*t < 600 && q.line.log < 600
}

// place is a place in the line as a caller finds it, from the first on.
type place struct {
	arrive float64 // so many callers join here, as a multiple of e^log of the line
	longer float64 // the probability that exactly so many others have left by t
	kept   float64 // the same, and the caller's patience outlasts them, divided by e^(−t)
}

// A caller who finds j waiting has a longer wait than t if at most j calls have
// left by then. The rates at which they leave are c, c+1, … if callers hang up,
// so that their number has a negative binomial distribution, and n all along if
// not: a Poisson distribution.
func (q queue) eachPlace(t float64) func(yield func(place) bool) {
	return func(yield func(place) bool) {
		scale := math.Exp(-q.line.log)
		if q.patience == 0 {
			p := place{arrive: scale, longer: math.Exp(-q.n * t)}
			for j := 1.0; yield(p); j++ {
				p.arrive *= q.load / q.n
				p.longer *= q.n * t / j
			}
			return
		}
		c, h := q.n*q.patience, q.load*q.patience
		left := -math.Expm1(-t)
		p := place{arrive: scale, longer: math.Exp(-c * t), kept: math.Exp(-c * t)}
		for j := 1.0; yield(p); j++ {
			p.arrive *= h / (c + j)
			p.longer *= left * (c + j - 1) / j
			p.kept *= left * (c + j) / j
		}
	}
}

// placesOver adds up the waits longer than t, as multiples of e^log of the line,
// counting patience from t on.
func (q queue) placesOver(t float64) (total sums) {
	c, j := q.n*q.unit(), 0.0
	var longer, keeps, goes float64
	for p := range q.eachPlace(t) {
		if j == q.places {
			break
		}
		// The share that hangs up, of those who find j waiting: the others are
		// answered if their patience outlasts the wait.
		goes += p.longer/(c+j+1) + c/(c+j)*keeps/(c+j+1)
		longer += p.longer
		keeps += p.kept
		total.area += p.arrive * longer
		total.kept += p.arrive * keeps * c / (c + j + 1)
		total.gone += p.arrive * goes
		j++
	}
	return total
}

// placesUntil adds up the waits of at most t, and those of them that are
// answered, as multiples of e^log of the line.
func (q queue) placesUntil(t float64) (area, kept float64) {
	var places [256]place
	c, last := q.n*q.unit(), int(q.places)-1
	// The probability that more have left by t than there are places: one less
	// what is left, or, where that would cancel, the terms beyond.
	shorter, keeps := 1.0, math.Exp(t)
	var beyond, keepsBeyond float64
	j := 0
	for p := range q.eachPlace(t) {
		if j <= last {
			places[j] = p
			shorter -= p.longer
			keeps -= p.kept
		} else {
			beyond += p.longer
			keepsBeyond += p.kept
			if p.longer <= 1e-18*beyond && p.kept <= 1e-18*keepsBeyond || j > last+10_000 {
				break
			}
		}
		if j == last && shorter > 0.01 && keeps > 0.01*math.Exp(t) {
			beyond, keepsBeyond = shorter, keeps
			break
		}
		j++
	}
	shorter, keeps = beyond, keepsBeyond
	for j := last; j >= 0; j-- {
		p := places[j]
		area += p.arrive * shorter
		kept += p.arrive * keeps * c / (c + float64(j) + 1)
		shorter += p.longer
		keeps += p.kept
	}
	return area, kept * math.Exp(-t)
}
