package erlang

import "math"

// limitedPatient is M/M/n/K+M. See waitingStates for what a caller lives through
// who finds j waiting.
func (q *queue) limitedPatient() (full states) {
	c, h, m := q.n*q.patience, q.load*q.patience, q.places
	last := logPlace(c, h, -q.gap*q.patience, m) // of the state with all lines busy
	if h < c+m && last < -50-math.Log(c+m)-math.Log1p(c) {
		// The lines hardly ever matter.
		q.line = waitingStates(c, h, -q.gap*q.patience)
		return states{math.Exp(last - q.line.log), q.line.log}
	}
	// The likeliest number waiting, and from there both ways.
	peak := math.Floor(min(max(0, h-c), m))
	scale := logPlace(c, h, -q.gap*q.patience, peak)
	full = states{math.Exp(logPlace(c+peak, h, h-c-peak, m-peak)), scale}
	if dense(c, h, peak, m) {
		q.line = waiting{states: states{log: scale}}
		q.line.addDense(c, h, peak, m)
		return full
	}
	line := waiting{states: states{log: scale}}
	add := func(j, term, share, slowness float64) {
		line.mass += term
		term *= share
		line.gone += term * (j + 1)
		term *= c
		line.kept += term
		line.delay += term * slowness
	}
	// Of a caller who finds j waiting: one over the rate at which the place is
	// worked off, and the mean wait if answered, the sum of all those up to it.
	share := 1 / (c + peak + 1)
	before := math.Log1p(peak/c) + digammaGap(c+peak) - digammaGap(c)
	if peak < 64 {
		before = 0
		for j := range int(peak) {
			before += 1 / (c + float64(j) + 1)
		}
	}
	term, slowness := 1.0, before
	for j := peak; j < m && term > 1e-18*line.gone; j++ {
		slowness += share
		add(j, term, share, slowness)
		term *= h * share
		share = 1 / (c + j + 2)
	}
	term, slowness = 1, before
	for j := peak - 1; j >= 0 && term > 1e-18*line.mass; j-- {
		term *= (c + j + 1) / h
		add(j, term, 1/(c+j+1), slowness)
		slowness -= 1 / (c + j + 1)
	}
	if m > 0 {
		line.share()
	}
	q.line = line
	return full
}

// logPlace returns the logarithm of h^j / ((c+1)…(c+j)), where gap is h − c. With
// Stirling's formula for both factorials it is
//
//	j·ln(h/y) + c·(j/c − ln(1 + j/c)) − ½·ln(y/c) + δ(c) − δ(y),  y = c + j
func logPlace(c, h, gap, j float64) float64 {
	if c < 1_000 && j >= 0 && j <= 16 && j == math.Trunc(j) {
		product := 1.0
		for i := range int(j) {
			product *= h / (c + float64(i) + 1)
		}
		if product > 1e-300 && product < 1e300 {
			return math.Log(product)
		}
	}
	y := c + j
	return j*logRatio(h, y, gap-j) + c*logGap(j/c) - 0.5*math.Log1p(j/c) + stirling(c) - stirling(y)
}
