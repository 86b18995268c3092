package queue

// joiner is a kind of people who join ahead of somebody in line: so many in a
// second, for so many seconds from now.
type joiner struct{ rate, until float64 }

// firstPassage returns the mean, the median and the 90th percentile, in seconds,
// of the time until somebody in line is served who has so many ahead, while
//
//	servers finish at the rate finish (> 0), all together, in a second,
//	each of those ahead gives up at the rate giveUp (≥ 0), and
//	joiners (the soonest to end first) join ahead, and may give up too.
//
// This is the first passage of a birth and death process through zero. If nobody
// joins, its mean and variance are sums, see [passageOfThose]. With those who join,
// let W be what a clock shows that runs as e^(giveUp·t), and Y the work, on the
// same clock, that those now in line are; then on the average, and for any number
// of people without their chance,
//
//	Y = W − Σ rate/finish · min(W, W(until))
//
// So the passage if nobody joined is drawn at seven places of its distribution,
// with its variance raised by what the joiners' own chance adds:
//
//	(W + (1 + giveUp·W)·(W − Y)/(1 + giveUp·Y)·finish/(finish + giveUp)) / Y
//
// at the mean; each is carried over to the W that belongs to it (a straight line
// between any two ends of joiners), and from there to time. The middle one is
// the median. If nobody gives up, the equation of the means is exact, by Wald.
//
// It takes time proportional to the kinds of joiners, whatever ahead is. joiners
// are used as working space.
func firstPassage(ahead int, finish, giveUp float64, joiners []joiner) (mean, median, p90 float64) {
	alone, variance := passageOfThose(ahead, finish, giveUp)
	if len(joiners) == 0 {
		spread := cubeOf(variance / float64(alone*alone))
		return alone, float64(alone * spread.at(0)), float64(alone * spread.at(z90))
	}
	c := clockOf(giveUp, alone)
	var space [maxLeads]float64
	w := walk{joiners: joiners, ends: space[:len(joiners)], slope: 1}
	for i := range joiners {
		w.ends[i] = c.at(joiners[i].until)
		joiners[i].rate /= finish
		w.slope -= joiners[i].rate
	}
	first := w
	work := c.at(alone)
	done := first.reach(work)
	chance := done - work
	if c.giveUp > 0 {
		chance *= (1 + done) / (1 + work) * (finish / (finish + giveUp))
	}
	spread := fourthPowerOf(variance / float64(alone*alone) * ((done + chance) / work))

	var times [len(places)]float64
	for i, p := range places {
		t := float64(alone * spread.at(p.z))
		work := c.at(t)
		times[i] = t + c.later(work, w.reach(work))
		mean += float64(p.weight * times[i])
	}
	return mean, times[placeOfMedian], times[placeOfP90]
}

// clock runs ahead of time, so that those who give up need not be counted: at
// time t it shows e^(giveUp·t) − 1, or t if nobody gives up.
type clock struct{ giveUp, scale float64 }

// largestExponent bounds giveUp·t, so that products of what clocks show stay
// finite. So many people giving up leave nobody ahead.
const largestExponent = 300

// clockOf returns the clock for times of about typical.
func clockOf(giveUp, typical float64) clock {
	if float64(giveUp*typical) < 1e-9 {
		return clock{}
	}
	return clock{giveUp, 1 / giveUp}
}

func (c clock) at(t float64) float64 {
	if c.giveUp == 0 {
		return t
	}
	return expm1(min(float64(c.giveUp*t), largestExponent))
}

// later returns the time from when the clock shows from to when it shows to.
func (c clock) later(from, to float64) float64 {
	if c.giveUp == 0 {
		return to - from
	}
	return float64(log1p((to-from)/(1+from)) * c.scale)
}

// walk finds when work is done that joiners add to, until their ends.
type walk struct {
	joiners []joiner  // still joining, their rates per rate of finishing
	ends    []float64 // theirs, on the clock
	slope   float64   // work done while the clock moves by one, less what they add
	added   float64   // by those who have ended
}

// reach returns what the clock shows when work is done, which would be the work
// if nobody joined. From call to call, work must not go down. While more join than
// are served, the end is only reached later.
func (w *walk) reach(work float64) float64 {
	for len(w.ends) > 0 {
		end := w.ends[0]
		if w.slope > 0 && work+w.added <= float64(w.slope*end) {
			return (work + w.added) / w.slope
		}
		w.added += float64(w.joiners[0].rate * end)
		w.slope += w.joiners[0].rate
		w.joiners, w.ends = w.joiners[1:], w.ends[1:]
	}
	return work + w.added
}
