package erlang

import "math"

// waiting is the part of a queue in which callers wait and hang up, as a caller
// sees it who finds all agents busy.
type waiting struct {
	states         // all busy, by number waiting, from none on
	kept   float64 // share of those who must wait who are answered
	gone   float64 // share who hang up
	delay  float64 // mean over those who must wait of the wait, 0 if they hang up; in mean patiences
}

// waitingStates sums up the queue of M/M/n+M (Erlang A): h callers arrive in a
// mean patience, busy agents finish c. gap is h − c.
//
// The states are those of bell.go (C. Palm, "Research on telephone traffic
// carried by full availability groups", Tele 1, 1957; O. Garnett, A. Mandelbaum,
// M. Reiman, "Designing a Call Center with Impatient Customers", Manufacturing &
// Service Operations Management 4, 2002, doi:10.1287/msom.4.3.208.7753). A caller
// who finds j waiting is through after j+1 others have left, at rates c … c+j, so
// that e^(−wait) has a beta distribution with parameters c and j+1; hence the
// chance c/(c+j+1) to be answered, and a mean wait of 1/(c+1) + … + 1/(c+j+1) if
// so.
func waitingStates(c, h, gap float64) waiting {
	far := 0.0 // from 0 up to the top of the curve, in exponents
	if gap > 0 {
		far = deviance(c, h, gap)
	}
	switch {
	case gap > 0 && (c >= manyStates || far > 40):
		// The top lies on this half: all of the curve, less the other half. Over
		// all of it h·e^(−τ) has a gamma distribution with parameter c.
		area := wholeArea(c) / c
		delay := c / h * (logRatio(h, c, gap) - digammaGap(c)) * area
		foot := 0.0 // of the curve, at 0
		if far <= 40 {
			foot = math.Exp(-far)
			left := integrate(h, -gap, -1)
			area -= left.area * foot
			delay += left.delay * foot
		}
		return waiting{
			states: states{c * area, far},
			kept:   (c - foot/area) / h,
			gone:   (gap + foot/area) / h,
			delay:  delay / area,
		}
	case c >= manyStates:
		right := integrate(h, gap, 1)
		gone := right.gone / right.area
		return waiting{states{mass: c * right.area}, 1 - gone, gone, right.delay / right.area}
	}
	var w waiting
	term, slowness := 1.0, 0.0
	for j := 1.0; ; j++ {
		share := 1 / (c + j)
		slowness += share
		w.mass += term
		w.kept += term * c * share
		w.gone += term * j * share
		w.delay += term * c * share * slowness
		if h < c+j && term < 1e-17*w.gone || term == 0 {
			break
		}
		term *= h * share
	}
	w.share()
	w.mass *= math.Exp(-far)
	w.log = far
	return w
}

// share turns sums over the states into shares of those who must wait.
func (w *waiting) share() {
	w.kept /= w.mass
	w.gone /= w.mass
	w.delay /= w.mass
}

// digammaGap returns ψ(x+1) − ln x for x > 0 (NIST Digital Library of
// Mathematical Functions, 5.11.2, after the recurrence 5.5.2).
func digammaGap(x float64) float64 {
	shift, y := 0.0, x
	for ; y < 12; y++ {
		shift += 1 / (y + 1)
	}
	z := 1 / (y * y)
	gap := 0.5/y - z*(1.0/12-z*(1.0/120-z*(1.0/252-z*(1.0/240-z*(1.0/132-z*691.0/32760)))))
	if y == x {
		return gap
	}
	return gap + math.Log(y/x) - shift
}
