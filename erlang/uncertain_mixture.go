package erlang

import "math"

// A mixture sums up what calls live through over all days, as multiples of the
// mean number of fresh calls.
type mixture struct {
	attempts float64 // fresh calls and redials
	waits    float64
	blocked  float64
	gone     float64
	answered float64
	busy     float64 // handled by the agents in their time
	delay    float64 // of the answered, in handle times

	// Within the time of the target:
	inTime    float64 // answered
	met       float64 // answered or hung up
	goneLater float64 // hung up later
}

// over sums up all days with n agents:
//
//	E[X·f(X)],  X the day's volume over its mean, f a share on such a day
//
// If X has a gamma distribution with shape k = 1/spread² and mean 1, then
// weighing by X makes it one of shape K = k + 1 and mean K/k; and ln X has, with
// z counted from the top, the density
//
//	exp(−K·(e^z − 1 − z)) / (Γ(K)·(e/K)^K)
//
// which is smooth, falls fast on both sides, and has none of the gamma density's
// trouble near 0. What f adds are bends, see [Workload.bends], and a kink where
// queues without end begin. So the sum goes outwards from where load meets
// agents, by Gauss–Legendre panels that are narrow at the bends.
func (u Uncertain) over(n float64, t Target) mixture { return u.panels(n, t, 6, 4) }

// panels is over with panels of so many standard deviations of ln X, and of so
// many widths of a bend.
func (u Uncertain) panels(n float64, t Target, wide, fine float64) mixture {
	w := u.Workload
	square := u.Spread * u.Spread
	shape := 1 + 1/square
	top := math.Log(w.Load()) + math.Log1p(square)
	low, high := -densityEnd(shape, 1), densityEnd(shape, -1)
	high = max(low, min(high, math.Log(math.MaxFloat64)-1-top))
	bends, width := w.bends(n, t)
	middle := min(max(bends[0]-top, low), high)
	norm := wholeArea(shape) / shape
	var m mixture
	for _, direction := range [2]float64{-1, 1} {
		for at := middle; ; {
			step := wide / math.Sqrt(shape)
			for _, bend := range bends {
				step = min(step, max(fine*width, math.Abs(at+top-bend)/2))
			}
			next := min(max(at+direction*step, low), high)
			if next == at {
				break
			}
			mid, half := (at+next)/2, math.Abs(next-at)/2
			for _, p := range oneSide {
				for _, z := range [2]float64{mid - half*p.at, mid + half*p.at} {
					weight := half * p.weight * math.Exp(-shape*expGap(-z)) / norm
					m.add(w, n, math.Exp(top+z), weight, t)
				}
			}
			at = next
		}
	}
	return m
}

// bends returns the logarithms of the fresh loads at which what becomes of calls
// changes fast, and about over how much of a logarithm it does:
//
//	where load meets agents
//	where, beyond that, the wait passes the time of the service level: as long as
//	load·e^(−wait/patience) is above the agents, the line grows
//	where the line fills its places: it is patience·(load − agents) long
func (w Workload) bends(n float64, t Target) (at [3]float64, width float64) {
	aht := float64(w.AHT)
	patience, within := float64(w.Patience)/aht, 0.0
	if t.ServiceLevel > 0 {
		within = float64(t.Within) / aht
	}
	at = [3]float64{n, n, n}
	sharp := math.Sqrt(n * (1 + patience))
	if w.Patience > 0 {
		at[1] = n * math.Exp(min(within/patience, 700))
		within = min(within, patience)
	}
	if w.Lines > 0 {
		places := float64(w.Lines) - math.Ceil(n)
		within = min(within, places/n)
		if w.Patience > 0 {
			at[2] = n + places/patience
			sharp = min(sharp, math.Sqrt(n)+places)
		} else {
			sharp = math.Sqrt(n) + places
		}
	}
	for i, load := range at {
		// Of those over the agents, a share of 1/(1 − r) are redials.
		at[i] = math.Log(n + (load-n)*(1-w.Redial))
	}
	// They also make it sharper: their number grows with itself.
	return at, (1 - w.Redial) / max(1, sharp, n*within)
}

// densityEnd returns how far the density is followed to the side: until its exponent
// has fallen by cutoff.
func densityEnd(shape, side float64) float64 {
	end := math.Sqrt(2 * cutoff / shape)
	for range 6 {
		end -= (expGap(side*end) - cutoff/shape) / (-side * math.Expm1(-side*end))
	}
	return end
}

// add adds the calls of the days that have this fresh load.
func (m *mixture) add(w Workload, n, load, weight float64, t Target) {
	q, err := w.queue(n, load)
	if err == nil && w.Redial > 0 {
		q, err = w.withRedials(q, load)
	}
	if err != nil {
		m.attempts += weight
		m.waits += weight
		m.answered += weight
		m.busy += weight * min(n/load, 1)
		m.delay = math.Inf(1)
		return
	}
	if load == 0 {
		return
	}
	weight *= q.load / load
	m.attempts += weight
	m.waits += weight * q.waits
	m.blocked += weight * q.blocked
	m.gone += weight * q.gone
	m.answered += weight * q.answered
	m.busy += weight * q.answered
	m.delay += weight * q.delay
	if t.ServiceLevel > 0 {
		s := q.within(q.time(float64(t.Within)))
		m.inTime += weight * s.answered
		m.met += weight * s.met
		m.goneLater += weight * s.goneLater
	}
}

// figures returns what a target speaks of.
func (u Uncertain) figures(m mixture, n float64, t Target) figures {
	f := figures{
		asa:       m.delay / m.answered * float64(u.Workload.AHT),
		abandon:   m.gone / m.attempts,
		occupancy: min(u.Workload.Load()*m.busy/n, 1),
		blocked:   m.blocked / m.attempts,
	}
	if t.ServiceLevel > 0 {
		switch t.Definition {
		case AnsweredOfOffered:
			f.level = m.inTime / m.attempts
		case AnsweredOfAnswered:
			f.level = m.inTime / m.answered
		case ShortAbandonsMet:
			f.level = m.met / m.attempts
		case ShortAbandonsExcluded:
			f.level = m.inTime / (m.answered + m.blocked + m.goneLater)
		}
		f.level = min(f.level, 1)
		f.missed = 1 - f.level
	}
	return f
}

// volumeQuantile returns the p-quantile of a gamma distribution with mean 1 and
// this standard deviation.
func volumeQuantile(spread, p float64) float64 {
	if spread < 1e-9 {
		return 1
	}
	shape := 1 / (spread * spread)
	if p == 0 {
		return 0
	}
	excess := func(x float64) float64 {
		below, above := gammaShares(shape, shape*x, shape*(x-1))
		if p < 0.5 {
			return math.Log(p / below)
		}
		return math.Log(above / (1 - p))
	}
	low, high := 1.0, 1.0
	for step := 2.0; excess(high) > 0; step *= 2 {
		low, high = high, high*(1+min(step*spread, 3))
	}
	for step := 2.0; low > 0 && !(excess(low) > 0); step *= 2 {
		low, high = low/(1+step*spread), low
	}
	if low == 0 {
		return 0
	}
	return zero(excess, low, high)
}

// gammaShares returns the shares of a gamma distribution with the given shape
// and scale 1 below and above x; gap is x − shape. The curve of bell.go is that
// of the logarithm of a gamma variable, so that they are the shares of callers
// who wait and who do not wait in an M/M/n+M queue with patience as long as
// handle times, shape agents and load x.
func gammaShares(shape, x, gap float64) (below, above float64) {
	if x == 0 {
		return 0, 1
	}
	free := freeStates(shape, x, -gap)
	line := waitingStates(shape, x, gap)
	ratio := states{free.mass / line.mass, free.log - line.log}
	return ratio.blocking(), ratio.complement()
}
