package erlang

import (
	"errors"
	"math"
	"slices"
)

// line is the calls in line that are ahead of others, which join at a rate that
// falls in steps.
type line interface {
	// ofCall returns a copy as it is ahead of a call that comes and waits.
	ofCall() line
	// grow lets the line go on for a time, with others joining at this rate.
	grow(birth, time float64) error
	// rate returns a rate of events that has room for those of all states.
	rate(birth float64) float64
	// step lets one of these events happen. Of a call that waits it returns the
	// share that still does and the share answered.
	step(rate, birth float64) (left, answered float64)
	// during averages over a number of steps, which next takes until it returns
	// false, when there is nothing left.
	during(events poisson, next func() bool) error
	// settled returns a time after which no call that waits is left.
	settled(birth float64) float64
	// drained returns the number ahead, when nobody joins there any more.
	drained() *ahead
}

// ahead is the number of calls in line that are more urgent than a given
// instant, as shares of the time in which all agents are busy: a birth–death
// chain. A further call joins at some rate that falls in steps; with j in line
// one leaves at the rate c + jθ.
type ahead struct {
	c     float64 // rate at which busy agents finish
	theta float64 // rate at which a caller hangs up
	// share[j] is the share of j calls ahead; it is negligible outside of
	// low … high. If high is the last, further ones follow as a geometric series
	// of this ratio, with rest = 1 − ratio.
	share       []float64
	low, high   int
	ratio, rest float64
	// waiting: it is the line ahead of a call that waits; at answered or hung up
	// the call is gone.
	waiting bool
	// work is how many more entries of share may be worked out.
	work *int
}

const (
	// negligible is the share that is dropped.
	negligible = 1e-22
	// maxAhead is how many calls ahead can be told apart.
	maxAhead = 1 << 20
	// maxWork bounds the entries worked out in all, about a second's work, a
	// step counting as workOfStep of them more for what it leaves behind, and
	// maxSteps the steps of one leg.
	maxWork    = 800_000_000
	workOfStep = 100
	maxSteps   = 1 << 22
)

var errTooLarge = errors.New("erlang: the line is so long, and its calls are answered so fast beside the head starts, that the tiers cannot be worked out in bounded time")

// aheadOf returns the calls in line of M/M/n or M/M/n+M while all are busy, for
// use over so long a time. Their shares are as λ^j / ((c+θ)…(c+jθ)). gap is
// c − birth.
func aheadOf(c, theta, birth, gap, time float64, work *int) (*ahead, error) {
	a := &ahead{c: c, theta: theta, rest: 1, work: work}
	peak := 0.0
	if theta == 0 {
		a.ratio, a.rest = birth/c, gap/c
	} else if birth > c {
		peak = math.Floor((birth - c) / theta)
	}
	// Within the time the front of the line, where it differs from a geometric
	// series, is not felt beyond this place.
	reach := c*time + 10*math.Sqrt(c*time) + 50
	if !(peak < maxAhead) {
		return nil, errTooLarge
	}
	a.share = make([]float64, int(peak)+1)
	a.low, a.high = int(peak), int(peak)
	sum, term := 0.0, 1.0
	for j := int(peak); ; j-- {
		a.share[j], a.low = term, j
		sum += term
		if term *= (c + float64(j)*theta) / birth; j == 0 || term < negligible {
			break
		}
	}
	for term = 1; ; {
		term *= birth / (c + float64(a.high+1)*theta)
		if term < negligible || theta == 0 && float64(a.high) > reach {
			break
		}
		if a.high++; a.high >= maxAhead {
			return nil, errTooLarge
		}
		a.share = append(a.share, term)
		sum += term
	}
	if theta == 0 {
		sum = 1 / a.rest
	}
	for j := a.low; j <= a.high; j++ {
		a.share[j] /= sum
	}
	return a, nil
}

func (a *ahead) ofCall() line {
	call := *a
	call.share, call.waiting = slices.Clone(a.share), true
	*a.work -= len(a.share)
	return &call
}

func (a *ahead) drained() *ahead { return a }

// step lets one event of a Poisson process of the given rate happen, which is
// an arrival, a departure, or none of them (uniformization: A. Jensen, "Markoff
// chains as an aid in the study of Markoff processes", Skandinavisk
// Aktuarietidskrift 36, 1953).
func (a *ahead) step(rate, birth float64) (left, answered float64) {
	top := len(a.share) - 1
	low, high := max(a.low-1, 0), min(a.high+1, top)
	*a.work -= high - low + 1
	up, down, thin := birth/rate, a.c/rate, a.theta/rate
	leave := down + float64(low)*thin // of j, the first of which is low
	stay := 1 - up - leave
	if a.waiting {
		stay -= thin
	}
	p := a.share[low : high+1]
	last := len(p) - 1
	front, before := p[0], 0.0 // before is the share of j − 1, as it was
	for i := range last {
		now := p[i]
		leave += thin
		next := now*stay + before*up + p[i+1]*leave
		stay -= thin
		left += next
		p[i], before = next, now
	}
	now := p[last]
	next := now*stay + before*up
	if high == top {
		// The next would be ratio times as much. If the series ends here, no
		// further call joins.
		next += now * a.ratio * down
		if a.ratio == 0 {
			next += now * up
		}
		left += next * a.ratio / a.rest
	}
	p[last] = next
	left += next
	if low == 0 && a.waiting {
		answered = front * down
	} else if low == 0 {
		p[0] += front * down // nobody ahead can leave
	}
	for low < high && a.share[low] < negligible {
		a.share[low] = 0
		low++
	}
	for high > low && a.share[high] < negligible {
		a.share[high] = 0
		high--
	}
	a.low, a.high = low, high
	return left, answered
}

func (a *ahead) rate(birth float64) float64 {
	return birth + a.c + float64(len(a.share))*a.theta
}

// settled returns a time after which the line is as in the long run under this
// rate of arrivals, up to e^(−40), however it begins, and after which a call
// that begins in it has left. Two lines, one above the other, meet at the latest
// when the upper one is empty; Chernoff's bound on that is, for any x > 0,
//
//	x·high − t·(c·(1 − e^(−x)) − birth·(e^x − 1)) ≤ −40
//
// and if callers hang up the difference falls at least like e^(−θt).
func (a *ahead) settled(birth float64) float64 {
	far := float64(a.high+1) + 40*a.ratio/a.rest
	settled := math.Inf(1)
	if a.theta > 0 {
		settled = (math.Log(far) + 40) / a.theta
	}
	if a.c > birth {
		for x := min(math.Log(a.c/birth)/2, 40); x > 1e-12; x /= 2 {
			fall := -a.c*math.Expm1(-x) - birth*math.Expm1(x)
			settled = min(settled, (x*far+40)/fall)
		}
	}
	return settled
}

func (a *ahead) grow(birth, time float64) error {
	rate := a.rate(birth)
	events := newPoisson(rate * min(time, a.settled(birth)))
	return a.during(events, func() bool {
		a.step(rate, birth)
		return true
	})
}

func (a *ahead) during(events poisson, next func() bool) error {
	if events.last > maxSteps {
		return errTooLarge
	}
	*a.work -= 3*len(a.share) + 2*len(events.shares)
	end := make([]float64, len(a.share))
	low, high := len(end)-1, 0
	for k := 0; k <= events.last; k++ {
		if k >= events.first {
			weight := events.shares[k-events.first]
			for j := a.low; j <= a.high; j++ {
				end[j] += weight * a.share[j]
			}
			*a.work -= a.high - a.low
			low, high = min(low, a.low), max(high, a.high)
		}
		if !next() {
			break
		}
		if *a.work -= workOfStep; *a.work < 0 {
			return errTooLarge
		}
	}
	a.share, a.low, a.high = end, low, high
	return nil
}
