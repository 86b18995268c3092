package erlang

import "math"

// crowd is the line of a queue with so many places: as ahead, and beside each
// number x of calls ahead the number y of the others, which take places too, as
// shares of the time in which all agents are busy. Of a call that waits, which
// has a place of its own, it is those behind it.
type crowd struct {
	c     float64 // rate at which busy agents finish
	theta float64 // rate at which a caller hangs up
	all   float64 // rate of arrivals
	// share[x + y·(places+1)] is the share of x + y ≤ places.
	share, next []float64
	places      int
	waiting     bool
	work        *int
}

// crowdOf returns the line of M/M/n/K or M/M/n/K+M while all agents are busy,
// with every call of it ahead: shares λ^x / ((c+θ)…(c+xθ)).
func crowdOf(c, theta, birth, places float64, work *int) (*crowd, error) {
	if !((places+1)*(places+1) <= maxAhead) {
		return nil, errTooLarge
	}
	size := int(places) + 1
	a := &crowd{c: c, theta: theta, all: birth, places: size - 1, work: work}
	a.share, a.next = make([]float64, size*size), make([]float64, size*size)
	peak := 0.0
	if birth > c {
		peak = places
		if theta > 0 {
			peak = min(peak, math.Floor((birth-c)/theta))
		}
	}
	sum, term := 0.0, 1.0
	for x := peak; x >= 0; x-- {
		a.share[int(x)] = term
		sum += term
		term *= (c + x*theta) / birth
	}
	term = 1
	for x := peak + 1; x <= places; x++ {
		term *= birth / (c + x*theta)
		a.share[int(x)] = term
		sum += term
	}
	for x := range size {
		a.share[x] /= sum
	}
	return a, nil
}

// ofCall returns the line without the state in which it is full: a call that
// comes then is blocked. One place is the call's.
func (a *crowd) ofCall() line {
	call := *a
	size := a.places
	call.places, call.waiting = size-1, true
	call.share, call.next = make([]float64, size*size), make([]float64, size*size)
	*a.work -= 2 * len(a.share)
	sum := 0.0
	for y := range size {
		for x := range size - y {
			now := a.share[x+y*(size+1)]
			call.share[x+y*size] = now
			sum += now
		}
	}
	for i := range call.share {
		call.share[i] /= sum
	}
	return &call
}

func (a *crowd) rate(float64) float64 {
	return a.all + a.c + float64(a.places+1)*a.theta
}

// settled is that of ahead: with places without end no fewer join ahead.
func (a *crowd) settled(birth float64) float64 {
	unlimited := ahead{c: a.c, theta: a.theta, high: a.places, rest: 1}
	return unlimited.settled(birth)
}

func (a *crowd) step(rate, birth float64) (left, answered float64) {
	size := a.places + 1
	*a.work -= size * (size + 1) * 3 / 2 // an entry takes three times as long as one of ahead
	ahead, behind := birth/rate, max(a.all-birth, 0)/rate
	down, thin := a.c/rate, a.theta/rate
	for y := range size {
		row := a.share[y*size : y*size+size-y]
		for x, now := range row {
			leaves := float64(x+y) * thin
			if a.waiting {
				leaves += thin
			}
			if a.waiting || x+y > 0 {
				// Without a call in line, an agent who becomes free takes nobody;
				// the next call to come makes all busy again, and that is as often.
				leaves += down
			}
			if x+y < a.places {
				leaves += ahead + behind
			}
			sum := now * (1 - leaves)
			if x > 0 {
				sum += row[x-1] * ahead
			}
			if y > 0 {
				sum += a.share[x+(y-1)*size] * behind
			}
			if x+y < a.places {
				sum += row[x+1] * (down + float64(x+1)*thin)
				further := float64(y+1) * thin
				if x == 0 && !a.waiting {
					further += down
				}
				sum += a.share[x+(y+1)*size] * further
			}
			a.next[x+y*size] = sum
			left += sum
		}
		if a.waiting {
			answered += row[0] * down
		}
	}
	a.share, a.next = a.next, a.share
	return left, answered
}

// grow stops when nothing changes any more.
func (a *crowd) grow(birth, time float64) error {
	rate := a.rate(birth)
	const most = maxSteps / 2
	changes := true
	err := a.during(newPoisson(min(rate*time, most)), func() bool {
		a.step(rate, birth)
		change := 0.0
		for i, now := range a.share {
			change += math.Abs(now - a.next[i])
		}
		changes = change > 1e-15
		return changes
	})
	if err == nil && changes && rate*time > most {
		return errTooLarge
	}
	return err
}

func (a *crowd) during(events poisson, next func() bool) error {
	if events.last > maxSteps {
		return errTooLarge
	}
	*a.work -= 3*len(a.share) + 2*len(events.shares)
	end := make([]float64, len(a.share))
	add := func(weight float64) {
		*a.work -= len(end)
		for i, now := range a.share {
			end[i] += weight * now
		}
	}
	rest := 1.0
	for k := 0; k <= events.last; k++ {
		if weight := events.at(k); weight > 0 {
			add(weight)
			rest -= weight
		}
		if !next() {
			add(max(rest, 0))
			break
		}
		if *a.work -= workOfStep; *a.work < 0 {
			return errTooLarge
		}
	}
	a.share, a.next = end, make([]float64, len(end))
	return nil
}

func (a *crowd) drained() *ahead {
	size := a.places + 1
	d := &ahead{c: a.c, theta: a.theta, share: make([]float64, size), high: size - 1, rest: 1, work: a.work}
	for y := range size {
		for x := range size - y {
			d.share[x] += a.share[x+y*size]
		}
	}
	return d
}
