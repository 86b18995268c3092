package erlang

import "math"

// tierWaits is the distribution of the wait of a tier's calls that have to
// wait, in mean handle times. While others may still join ahead, it is an
// average over steps; thereafter a sum in closed form.
type tierWaits struct {
	legs []leg
	last drain

	wait  float64 // mean
	delay float64 // mean, counting the answered calls only
	kept  float64 // share that is answered
}

// leg is a time in which others join ahead at one rate.
type leg struct {
	from, until float64
	rate        float64 // of steps
	// After so many steps: the share that still waits, and the share that is
	// yet to be answered.
	waits, answered []float64
}

// drain is a line that nobody joins ahead any more.
type drain struct {
	from     float64
	c, theta float64
	// waits[j] is the share that has at least j calls ahead, answered[j] the
	// share of these that is answered in the end.
	waits, answered []float64
	// More calls ahead follow as a geometric series of this ratio, with rest =
	// 1 − ratio.
	ratio, rest float64
}

// waitsBehind returns the waits of a call that finds this line ahead of it.
// Others join ahead at the rates of births, each for its time.
func waitsBehind(a line, births, times []float64) (*tierWaits, error) {
	t := &tierWaits{}
	var legAnswered []float64
	from, left := 0.0, 1.0
	for i, birth := range births {
		answered, err := t.pass(a, birth, from, times[i], &left)
		if err != nil {
			return nil, err
		}
		legAnswered = append(legAnswered, answered)
		from += times[i]
		if left < 1e-18 {
			break
		}
	}
	if left >= 1e-18 {
		t.drain(a.drained(), from)
	}
	for i := len(t.legs) - 1; i >= 0; i-- {
		t.kept += legAnswered[i]
		seen := 0.0
		for k, now := range t.legs[i].answered {
			t.legs[i].answered[k] = max(t.kept-seen, 0)
			seen += now
		}
	}
	return t, nil
}

// pass adds a leg, with what is answered in each step, and returns what is
// answered in the leg. left is the share that is there at its beginning, and
// then that at its end. A call that is still there after k steps stays for one
// more, 1 ÷ rate long on average, if the leg, of N steps, has one: P(N > k).
func (t *tierWaits) pass(a line, birth, from, time float64, left *float64) (answered float64, err error) {
	l := leg{from: from, until: from + time, rate: a.rate(birth)}
	settled := a.settled(birth)
	events := newPoisson(l.rate * min(time, settled))
	still := *left
	err = a.during(events, func() bool {
		left, answered := a.step(l.rate, birth)
		l.waits = append(l.waits, still)
		l.answered = append(l.answered, answered)
		still = left
		return still > 1e-18
	})
	if err != nil {
		return 0, err
	}
	*left = 0
	beyond, further := 1.0, 1.0 // P(N > k) and P(N > k+1)
	lasting := time < settled
	if lasting {
		*left = poissonMean(events.mean, l.waits, 0, 1)
		further = 0
		for k := events.last; k > len(l.waits) && k >= events.first; k-- {
			further += events.at(k)
		}
		beyond = further + events.at(len(l.waits))
	}
	for k := len(l.waits) - 1; k >= 0; k-- {
		t.wait += l.waits[k] * beyond / l.rate
		answered += l.answered[k] * beyond
		t.delay += l.answered[k] * (from*beyond + float64(k+1)/l.rate*further)
		if lasting {
			further = beyond
			beyond = min(beyond+events.at(k), 1)
		}
	}
	t.legs = append(t.legs, l)
	return answered, nil
}

// drain adds the time in which nobody joins ahead any more. With j calls ahead
// a call waits (j+1)/(c+(j+1)θ) on average, is answered with probability
// c/(c+(j+1)θ), and then waits 1/(c+θ) + … + 1/(c+(j+1)θ).
func (t *tierWaits) drain(a *ahead, from float64) {
	d := drain{from: from, c: a.c, theta: a.theta, waits: make([]float64, a.high+1), answered: make([]float64, a.high+1)}
	slowness := 0.0
	for j := range a.high + 1 {
		through := a.c + float64(j+1)*a.theta
		slowness += 1 / through
		d.waits[j] = a.share[j]
		d.answered[j] = a.share[j] * a.c / through
		t.wait += a.share[j] * float64(j+1) / through
		t.kept += d.answered[j]
		t.delay += d.answered[j] * (from + slowness)
	}
	if top := len(a.share) - 1; a.ratio > 0 && a.high == top {
		// Sums of further terms and of terms times their number.
		d.ratio, d.rest = a.ratio, a.rest
		further := a.share[top] * a.ratio / a.rest
		slower := further * (float64(top+1) + 1/a.rest) / a.c
		d.waits[top] += further
		d.answered[top] += further
		t.kept += further
		t.wait += slower
		t.delay += further*from + slower
	}
	for j := a.high - 1; j >= 0; j-- {
		d.waits[j] += d.waits[j+1]
		d.answered[j] += d.answered[j+1]
	}
	t.last = d
}

// over returns, of the calls that have to wait, the share that waits longer than
// x, and the share that does and is answered in the end.
func (t *tierWaits) over(x float64) (waits, answered float64) {
	if x == 0 {
		return 1, t.kept
	}
	for _, l := range t.legs {
		if x < l.until {
			steps := l.rate * (x - l.from)
			return poissonMean(steps, l.waits, 0, 1), poissonMean(steps, l.answered, 0, 1)
		}
	}
	return t.last.over(x - t.last.from)
}

// over is tierWaits.over, with x counted from the beginning of the drain. The
// call is there as long as fewer than j+1 of the calls ahead and the agents'
// other talks have ended. Without hanging up their number is Poisson. Else
// e^(−θx) is a beta variable at the call's turn, so that the number is negative
// binomial, and for those who are answered in the end the same with one agents'
// patience more: c/θ + 1 in place of c/θ.
func (d drain) over(x float64) (waits, answered float64) {
	if len(d.waits) == 0 {
		return 0, 0
	}
	if d.theta == 0 {
		waits = poissonMean(d.c*x, d.waits, d.ratio, d.rest)
		return waits, waits
	}
	r := d.c / d.theta
	return math.Exp(-d.theta*x) * negativeBinomialMean(r, d.theta*x, d.waits), negativeBinomialMean(r+1, d.theta*x, d.answered)
}
