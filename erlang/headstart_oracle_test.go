package erlang_test

import "math"

// joint is the whole Markov chain behind HeadStarts, without any thought saved:
// how many agents are busy, how many calls in line are ahead of an instant and
// how many are not. It is integrated by the method of Runge and Kutta.
type joint struct {
	n, places     int
	lambda, theta float64 // in handle times
	ahead         float64 // rate of arrivals that join ahead
	call          bool    // a call of the instant waits
}

// at returns the index of x calls ahead and y others in line. Below are the
// states with 0 … n−1 agents busy.
func (j joint) at(x, y int) int { return j.n + x*(j.places+1) + y }

func (j joint) states() int { return j.at(j.places, j.places) + 1 }

// slope sets d to the slope of p.
func (j joint) slope(p, d []float64) {
	clear(d)
	move := func(from, to int, rate float64) {
		d[from] -= rate * p[from]
		if to >= 0 {
			d[to] += rate * p[from]
		}
	}
	own := 0 // places taken by the call itself
	if j.call {
		own = 1
	} else {
		for b := range j.n {
			to := b + 1
			if to == j.n {
				to = j.at(0, 0)
			}
			move(b, to, j.lambda)
			if b > 0 {
				move(b, b-1, float64(b))
			}
		}
	}
	for x := range j.places + 1 - own {
		for y := range j.places + 1 - own - x {
			here := j.at(x, y)
			if x+y+own < j.places {
				move(here, j.at(x+1, y), j.ahead)
				move(here, j.at(x, y+1), j.lambda-j.ahead)
			}
			switch free := float64(j.n); {
			case x > 0:
				move(here, j.at(x-1, y), free)
			case j.call:
				move(here, -1, free)
			case y > 0:
				move(here, j.at(x, y-1), free)
			default:
				move(here, j.n-1, free)
			}
			if x > 0 {
				move(here, j.at(x-1, y), float64(x)*j.theta)
			}
			if y > 0 {
				move(here, j.at(x, y-1), float64(y)*j.theta)
			}
			move(here, -1, float64(own)*j.theta)
		}
	}
}

// run lets a time pass, in steps of about the given length, and shows each.
func (j joint) run(p []float64, time, step float64, each func(p []float64, step float64)) {
	if time == 0 {
		return
	}
	steps := math.Ceil(time / step)
	h := time / steps
	k := [4][]float64{}
	for i := range k {
		k[i] = make([]float64, len(p))
	}
	q := make([]float64, len(p))
	for range int(steps) {
		each(p, h)
		for i, part := range [4]float64{0, 0.5, 0.5, 1} {
			for s := range p {
				q[s] = p[s]
				if i > 0 {
					q[s] += part * h * k[i-1][s]
				}
			}
			j.slope(q, k[i])
		}
		for s := range p {
			p[s] += h / 6 * (k[0][s] + 2*k[1][s] + 2*k[2][s] + k[3][s])
		}
	}
}

// oracle is what the calls of one tier live through, as shares of those offered
// and in handle times.
type oracle struct {
	waits, wait, gone, answered, delay float64
	over                               float64 // P(W > at)
}

// tier works out the tier of the given head start, among others of these shares
// and head starts, all in order from 0 up.
func (j joint) tier(tier int, share, start []float64, at float64) oracle {
	const step = 0.01
	p := make([]float64, j.states())
	sum, term := 0.0, 1.0
	for k := range j.n + j.places + 1 {
		state := k
		if k >= j.n {
			state = j.at(k-j.n, 0)
		}
		p[state] = term
		sum += term
		term *= j.lambda / (min(float64(k+1), float64(j.n)) + max(0, float64(k+1-j.n))*j.theta)
	}
	for s := range p {
		p[s] /= sum
	}
	above := func(e int) (rate float64) {
		for k := e; k < len(share); k++ {
			rate += j.lambda * share[k]
		}
		return rate
	}
	for e := 1; e <= tier; e++ {
		j.ahead = above(e)
		j.run(p, start[e]-start[e-1], step, func([]float64, float64) {})
	}
	var o oracle
	for s := range j.n {
		o.answered += p[s]
	}
	clear(p[:j.n])
	for x := range j.places + 1 {
		p[j.at(x, j.places-x)] = 0 // blocked
	}
	j.call = true
	time := 0.0
	var before [4]float64
	see := func(p []float64, h float64) {
		still, first := 0.0, 0.0
		for _, share := range p {
			still += share
		}
		for y := range j.places {
			first += p[j.at(0, y)]
		}
		if time == 0 {
			o.waits = still
		}
		// The trapezium rule, whose error with this step is below 1e-4 … 1e-6.
		now := [4]float64{still, float64(j.n) * first, float64(j.n) * first * time, h}
		if time > 0 {
			h := before[3] / 2
			o.wait += h * (now[0] + before[0])
			o.answered += h * (now[1] + before[1])
			o.delay += h * (now[2] + before[2])
		}
		if math.Abs(time-at) < h/2 {
			o.over = still
		}
		before = now
		time += h
	}
	for e := tier + 1; e < len(start); e++ {
		j.ahead = above(e)
		j.run(p, start[e]-start[e-1], step, see)
	}
	j.ahead = 0
	for still := 1.0; still > 1e-8; still = before[0] {
		j.run(p, 2, step, see)
	}
	o.gone = o.wait * j.theta
	return o
}
