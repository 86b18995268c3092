package erlang

import (
	"fmt"
	"math"
	"math/big"
	"time"
)

// A chain is the second implementation: the birth–death process itself, written
// from its definition in 96-digit numbers. With k calls in the system the next
// one arrives at rate load, and one leaves at rate min(k, agents) +
// max(k − agents, 0)·hangups, in handle times. Every figure is a plain sum of
// positive numbers over the states; nothing is taken from the formulas under
// test.
type chain struct {
	agents  *big.Float
	load    *big.Float
	hangups *big.Float // in a handle time, of each caller waiting
	places  int        // to wait in; −1: no limit
	endless bool       // no limit, and nobody hangs up
	aht     time.Duration

	// line has the shares of the states in which all agents are busy and j
	// callers wait, j from 0 on, from which an arriving call waits too.
	line []*big.Float
	// kept[j] is the chance to be answered of a caller who finds j waiting.
	kept []*big.Float

	idle, waits, blocked, gone, answered *big.Float
	wait, delay, busy                    *big.Float // delay counts the answered only
}

// newChain returns the chain of w with n agents, its sums done.
func newChain(w Workload, n float64) *chain {
	c := &chain{agents: long(n), load: exactLoad(w), hangups: long(0), places: -1, aht: w.AHT}
	if w.Patience > 0 {
		c.hangups = longRatio(int64(w.AHT), int64(w.Patience))
	}
	if w.Lines > 0 {
		c.places = w.Lines - int(math.Ceil(n))
	}
	c.endless = w.Patience == 0 && c.places < 0

	// All as multiples of the state in which all are busy and nobody waits.
	if free := math.Floor(n); free == n {
		c.idle = freeSum(int(n), c.load)
	} else {
		c.idle = longDifference(longInverseB(n, c.load), long(1))
	}
	c.blocked = long(0)
	if c.endless {
		// A geometric series: Σ (load/n)^j.
		c.waits = longQuotient(c.agents, longDifference(c.agents, c.load))
	} else {
		c.waits = c.busyStates(depthFor(sizeOf(w, n)))
	}
	total := longSum(longSum(c.idle, c.waits), c.blocked)
	for _, share := range append([]*big.Float{c.idle, c.waits, c.blocked}, c.line...) {
		share.Quo(share, total)
	}
	if c.endless {
		// Σ (j+1)/n·(load/n)^j, another one.
		c.answered, c.gone = long(1), long(0)
		c.wait = longQuotient(c.waits, longDifference(c.agents, c.load))
		c.delay = c.wait
	} else {
		c.callers()
	}
	c.busy = longQuotient(longProduct(c.load, c.answered), c.agents)
	return c
}

// depthFor returns how far below the likeliest state the busy states are
// followed, in bits: 2^(−1100) is 1e-331, so that tails are complete too. Where
// the states are many it is 1e-90.
func depthFor(size float64) int {
	if size > 6000 {
		return 300
	}
	return 1100
}

// freeSum adds up the states in which at least one of n agents is free, from all
// busy downwards.
func freeSum(n int, load *big.Float) *big.Float {
	sum, state := long(0), long(1)
	for k := n; k > 0; k-- {
		calls := long(float64(k))
		state.Mul(state, calls)
		state.Quo(state, load)
		sum.Add(sum, state)
		if longNegligible(state, sum, 200) && load.Cmp(calls) > 0 {
			break
		}
	}
	return sum
}

// busyStates adds up the states from which callers wait, upwards.
func (c *chain) busyStates(depth int) *big.Float {
	sum, state, top := long(0), long(1), long(1)
	rate := long(0).Set(c.agents) // at which calls leave
	for j := 0; j != c.places; j++ {
		p := long(0).Set(state)
		c.line = append(c.line, p)
		sum.Add(sum, p)
		rate.Add(rate, c.hangups)
		state.Mul(state, c.load)
		state.Quo(state, rate)
		if state.Cmp(top) > 0 {
			top.Set(state)
		} else if c.places < 0 && longNegligible(state, top, depth) {
			break
		}
	}
	if c.places >= 0 {
		c.blocked.Set(state)
	}
	return sum
}

// callers adds up what becomes of callers.
func (c *chain) callers() {
	// What becomes of a caller who finds j waiting: the next to happen is that
	// one of the agents or callers ahead is through or gone, at rate ahead, or
	// that the caller hangs up. After the former it is as with j−1.
	c.gone, c.wait, c.delay = long(0), long(0), long(0)
	kept, wait, delay := long(1), long(0), long(0)
	ahead := long(0).Set(c.agents)
	lost := long(0)
	c.answered = long(0).Set(c.idle)
	for _, p := range c.line {
		all := longSum(ahead, c.hangups)
		step := longQuotient(ahead, all)
		lost = longSum(longProduct(step, lost), longQuotient(c.hangups, all))
		kept = longProduct(step, kept)
		wait = longSum(longProduct(step, wait), longQuotient(long(1), all))
		delay = longSum(longProduct(step, delay), longQuotient(kept, all))
		c.kept = append(c.kept, kept)
		c.gone.Add(c.gone, longProduct(p, lost))
		c.wait.Add(c.wait, longProduct(p, wait))
		c.delay.Add(c.delay, longProduct(p, delay))
		c.answered.Add(c.answered, longProduct(p, kept))
		ahead = all
	}
}

// exactLoad returns Calls·AHT/Per. All tests here have it as a float64.
func exactLoad(w Workload) *big.Float {
	return longProduct(long(w.Calls), longRatio(int64(w.AHT), int64(w.Per)))
}

// passages returns, for i from 0 to m−1, the chance that exactly i have left the
// line after t when those who leave do so at rates n + (first + i)·hangups, fewest
// first: the same sum of exponential times as most first. And the chance that m
// or more have.
func (c *chain) passages(t *big.Float, first int64, m int) (exactly []*big.Float, more *big.Float) {
	base := longSum(c.agents, longProduct(c.hangups, long(float64(first))))
	p := longExp(long(0).Neg(longProduct(base, t)))
	// (1 − e^(−hangups·t))/hangups, or t.
	z := long(0).Set(t)
	shrink := long(1)
	if c.hangups.Sign() > 0 {
		shrink = longExp(long(0).Neg(longProduct(c.hangups, t)))
		z = longQuotient(longDifference(long(1), shrink), c.hangups)
	}
	rate := base
	for i := 1; ; i++ {
		if i <= m {
			exactly = append(exactly, p)
		}
		p = longProduct(p, longProduct(rate, z))
		p.Quo(p, long(float64(i)))
		rate = longSum(rate, c.hangups)
		switch {
		case i < m:
		case i == m:
			mean := longQuotient(longProduct(base, z), shrink)
			if mean.Cmp(long(float64(m))) > 0 || shrink.Cmp(long(1e-3)) < 0 {
				// More than m leave as a rule, or at least not with a chance anywhere
				// near 1e-96: one minus the others loses little.
				more = long(1)
				for _, q := range exactly {
					more.Sub(more, q)
				}
				return exactly, more
			}
			more = long(0).Set(p)
		default:
			more.Add(more, p)
			if longNegligible(p, more, 150) {
				return exactly, more
			}
		}
	}
}

// An exactLater is what is yet to come of callers who have waited for t.
type exactLater struct{ waits, answered, gone *big.Float }

// An exactServed is what has become of callers within t.
type exactServed struct{ answered, met, goneLater *big.Float }

// at returns both for a time t.
//
// A caller who finds j waiting is through after j+1 others have left, if patient:
// still waiting at t with chance e^(−hangups·t) times that of at most j having
// left. To be answered after t: the density of the way through times
// e^(−hangups·time) is kept[j] times that of a way whose rates are all higher by
// hangups.
func (c *chain) at(t time.Duration) (exactLater, exactServed) {
	x := longRatio(int64(t), int64(c.aht))
	stay := longExp(long(0).Neg(longProduct(c.hangups, x)))
	later := exactLater{long(0), long(0), long(0)}
	done := exactServed{long(0).Set(c.idle), long(0).Set(c.idle), long(0)}
	if c.endless {
		// A geometric number of exponential times at rate n is an exponential time
		// at rate n − load.
		rate := longDifference(c.agents, c.load)
		later.waits = longProduct(c.waits, longExp(long(0).Neg(longProduct(rate, x))))
		later.answered = later.waits
		done.answered = longDifference(long(1), later.waits)
		done.met = done.answered
		return later, done
	}
	if len(c.line) == 0 {
		return later, done
	}
	if t == 0 {
		later.waits, later.gone, done.goneLater = c.waits, c.gone, c.gone
		for j, p := range c.line {
			later.answered.Add(later.answered, longProduct(p, c.kept[j]))
		}
		return later, done
	}
	m := len(c.line)
	left, above := c.passages(x, 0, m)
	leftKept, aboveKept := c.passages(x, 1, m)
	below, belowKept := long(0), long(0)
	for j, p := range c.line {
		below.Add(below, left[j])
		belowKept.Add(belowKept, leftKept[j])
		later.waits.Add(later.waits, longProduct(p, below))
		later.answered.Add(later.answered, longProduct(longProduct(p, c.kept[j]), belowKept))
	}
	later.waits.Mul(later.waits, stay)
	later.gone.Sub(later.waits, later.answered)
	done.goneLater = later.gone

	quit := longDifference(long(1), stay)
	for j := m - 1; j >= 0; j-- {
		p := c.line[j]
		done.answered.Add(done.answered, longProduct(longProduct(p, c.kept[j]), aboveKept))
		done.met.Add(done.met, longProduct(p, longSum(quit, longProduct(stay, above))))
		above.Add(above, left[j])
		aboveKept.Add(aboveKept, leftKept[j])
	}
	return later, done
}

// level is the service level by definition d.
func (c *chain) level(s exactServed, d Definition) *big.Float {
	switch d {
	case AnsweredOfOffered:
		return s.answered
	case AnsweredOfAnswered:
		return longQuotient(s.answered, c.answered)
	case ShortAbandonsMet:
		return s.met
	}
	// All but those who hung up by then, who are met less answered.
	return longQuotient(s.answered, longDifference(long(1), longDifference(s.met, s.answered)))
}

// longInverseB returns 1/B(x, load) for a real number x: for its fraction from
// the continued fraction of the incomplete gamma function (NIST Digital Library
// of Mathematical Functions, 8.9.2), then by 1/B(x) = 1 + x/load·1/B(x−1).
func longInverseB(x float64, load *big.Float) *big.Float {
	fraction := x - math.Floor(x)
	inverse := long(1)
	if fraction > 0 {
		// Its error falls like e^(−4√(terms·load)).
		f, _ := load.Float64()
		terms := int(900/f) + 20
		below := long(0).Set(load)
		for k := terms; k > 0; k-- {
			below = longSum(long(1), longQuotient(long(float64(k)), below))
			below = longSum(load, longQuotient(long(float64(k-1)-fraction), below))
		}
		inverse = longQuotient(load, below)
	}
	for k := fraction + 1; k <= x; k++ {
		inverse.Mul(inverse, longQuotient(long(k), load))
		inverse.Add(inverse, long(1))
	}
	return inverse
}

// sizeOf estimates how many states newChain has to visit.
func sizeOf(w Workload, n float64) float64 {
	load := w.Load()
	free := min(n, 20*math.Sqrt(load)+100)
	if load < n {
		free = min(n, n-load+20*math.Sqrt(load)+100)
	}
	line := 0.0
	switch {
	case w.Patience > 0:
		patience := float64(w.Patience) / float64(w.AHT)
		h, c := load*patience, n*patience
		line = max(0, h-c) + 25*math.Sqrt(max(h, c)) + 300
	case w.Lines > 0:
		line = float64(w.Lines) - n
	}
	if w.Lines > 0 {
		line = min(line, float64(w.Lines)-n)
	}
	return free + line
}

func describe(w Workload, n float64) string {
	return fmt.Sprintf("Workload{Calls: %v, Per: %d, AHT: %d, Patience: %d, Lines: %d} with %v agents",
		w.Calls, w.Per, w.AHT, w.Patience, w.Lines, n)
}
