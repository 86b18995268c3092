package queue

import (
	"math"
	"time"
)

const (
	longestEstimate = 24 * time.Hour         // told where the line would hardly move at all
	estimateStep    = 100 * time.Millisecond // what estimates are rounded to
)

// Estimate is how long someone in line will still wait: the mean of what may
// happen, the time that half of such waits exceed, and the time that one in ten
// exceeds. The zero value is an estimate that is not known.
//
// Times are rounded to 0.1 s, never negative, and at most 24 hours.
type Estimate struct {
	Known             bool
	Mean, Median, P90 time.Duration
}

// Estimate is for someone with so many ahead, who would be ahead of everyone
// who joins now with a head start below lead, and behind those who join with a
// larger one. As lead grows while one waits, so does their number fall: those
// with a lead of l join ahead for l − lead from now. It is the wait of someone who
// does not give up, with so many servers all busy now and from now on; not known
// without servers, or before anyone has been served or handled.
//
// The model is a birth and death process: servers finish at the rate of the
// past, those ahead give up at the rate of the past, and others join ahead as
// said; the time is that of the first passage (see Whitt, Predicting queueing
// delays, Management Science 45, 1999, for the part without joiners). It is
// computed in closed form, in a time that depends on how many leads there are and
// not on ahead, without allocating, and gives the same on every architecture.
//
// Against the exact process, with 1 to 200 servers, 0 to 200 ahead, people as
// patient as a service is long or more so, and joiners ahead at up to half the
// rate of service for 10 s to 10 minutes, the mean is within 3.5 % (19 in 20 within
// 1.2 %), and the 90th percentile is exceeded with probability 0.085 to 0.115 in 99
// of 100 cases. It is less good where joiners ahead come at half the rate of
// service or faster while patience is about as short as services and servers are
// very few: there the 90th percentile may be exceeded by as few as 6 %. More
// joiners ahead than are served, for a while, are counted, but their chance is
// underrated, and two such estimates may be out of order by some hundredths. Else
// more ahead never wait less, and more servers never take longer. Services that vary less than exponential ones are a little better
// than told.
//
// Counting only those now ahead would be too little for anyone who is overtaken.
// In simulated days of 20 servers, for those without a head start, it is 17 % too
// low if one in five has a head start of two minutes, and 45 % too low if half
// have one of five minutes; 7 % if waits are long against the head start.
func (p *Pace) Estimate(ahead, servers int, lead time.Duration) Estimate {
	finish := float64(float64(servers) * p.finishRate())
	if !(finish > 0) {
		return Estimate{}
	}
	var space [maxLeads]joiner
	mean, median, p90 := firstPassage(max(ahead, 0), finish, p.giveUpRate(), p.joiners(space[:0], max(lead, 0)))
	return Estimate{true, told(mean), told(median), told(p90)}
}

// told rounds seconds to what is told.
func told(seconds float64) time.Duration {
	if !(seconds < longestEstimate.Seconds()) {
		return longestEstimate
	}
	steps := math.Floor(float64(max(seconds, 0)*float64(time.Second/estimateStep)) + 0.5)
	return time.Duration(steps) * estimateStep
}
