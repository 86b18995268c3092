package queue

import (
	"math/bits"
	"slices"
	"time"
)

const (
	// How far back a Pace looks: after so many served and given up, or handled,
	// the sums are halved.
	recentServed  = 800
	recentHandled = 600
	// A joiner counts for recentJoined to twice as long.
	recentJoined = 15 * time.Minute
	// As long as fewer than this have been served, handle times help out.
	enoughServed = 120
	// They then weigh as much as this many served.
	handleWeight = 30
	// Leads kept apart.
	maxLeads = 32
	// A lead whose joiners have faded to less than this is forgotten.
	fadedJoined = 1.0 / 32
	// The shortest time over which joiners are counted as a rate.
	minElapsed = time.Minute
)

// Pace is what a line's own past says about how fast it moves: how many its
// servers finish, how many give up, and who joins with which head start. From it
// comes an [Estimate] of anyone's wait.
//
// It is fed by [Pace.Pass] whenever time goes by, and by [Pace.Join],
// [Pace.Serve], [Pace.GiveUp] and [Pace.Handle] as these things happen. It keeps
// sums only, and halves them now and then, so that the recent past counts most:
// the last 400 to 800 served or given up, and the joiners of the last 15 to 30
// minutes. Halving happens at Join, Serve, GiveUp and Handle alone, so it does
// not matter how a stretch of time is cut: Pass(a) and Pass(b) are Pass(a+b).
// Times that would exceed the largest Duration stay there.
//
// The zero value knows nothing and is ready to use. The fields are there to be
// stored: what encoding/json writes and reads back gives the same estimates, to
// the bit. At most 32 leads are kept. A copy shares Leads with its original;
// [Pace.Clone] does not. Nothing here reads a clock; a Pace is not safe for
// concurrent use.
type Pace struct {
	Served     float64       `json:"served,omitzero"`      // served after a wait
	GaveUp     float64       `json:"gave_up,omitzero"`     // left without being served
	ServerTime time.Duration `json:"server_time,omitzero"` // of all servers together, while someone waited
	WaitTime   time.Duration `json:"wait_time,omitzero"`   // of all who waited together
	Handled    float64       `json:"handled,omitzero"`     // handle times counted
	HandleTime time.Duration `json:"handle_time,omitzero"` // their sum
	Elapsed    time.Duration `json:"elapsed,omitzero"`     // time in which those of Leads joined
	Leads      []Lead        `json:"leads,omitempty"`      // by lead, the smallest first
}

// Clone returns a Pace of its own with the same past.
func (p *Pace) Clone() Pace {
	c := *p
	c.Leads = slices.Clone(p.Leads)
	return c
}

// Pass lets d go by, with so many servers at work and so many in line. Servers
// count while someone waits: only then do they show how fast they can be. A
// negative argument counts as 0.
func (p *Pace) Pass(d time.Duration, servers, waiting int) {
	if d <= 0 {
		return
	}
	p.Elapsed = addTimes(p.Elapsed, d, 1)
	if waiting > 0 {
		p.ServerTime = addTimes(p.ServerTime, d, servers)
		p.WaitTime = addTimes(p.WaitTime, d, waiting)
	}
}

// Serve counts someone who had to wait and is served.
func (p *Pace) Serve() {
	p.Served++
	p.forget()
}

// GiveUp counts someone who leaves the line without being served.
func (p *Pace) GiveUp() {
	p.GaveUp++
	p.forget()
}

func (p *Pace) forget() {
	if p.Served+p.GaveUp >= recentServed {
		p.Served /= 2
		p.GaveUp /= 2
		p.ServerTime /= 2
		p.WaitTime /= 2
	}
}

// Handle counts the time that a server had for one who was served. Until enough
// have been served after a wait, these times tell how fast servers are; a Pace
// that is never told any waits for the first who is served.
func (p *Pace) Handle(d time.Duration) {
	p.Handled++
	p.HandleTime = addTimes(p.HandleTime, max(d, 0), 1)
	if p.Handled >= recentHandled {
		p.Handled /= 2
		p.HandleTime /= 2
	}
}

// addTimes returns sum + d·n, at most the largest Duration. d is positive.
func addTimes(sum, d time.Duration, n int) time.Duration {
	const most = 1<<63 - 1
	hi, lo := bits.Mul64(uint64(d), uint64(max(n, 0)))
	if hi != 0 || lo > most-uint64(sum) {
		return most
	}
	return sum + time.Duration(lo)
}

// finishRate returns how many a single server finishes in a second. Zero is not
// known.
func (p *Pace) finishRate() float64 {
	served, during := p.Served, p.ServerTime.Seconds()
	if p.Handled > 0 && served < enoughServed {
		weight := min(p.Handled, handleWeight) * (1 - served/enoughServed)
		served += weight
		during += float64(weight * (p.HandleTime.Seconds() / p.Handled))
	}
	if !(served > 0 && during > 0) {
		return 0
	}
	return served / during
}

// giveUpRate returns how many of each who waits give up in a second.
func (p *Pace) giveUpRate() float64 {
	if !(p.GaveUp > 0 && p.WaitTime > 0) {
		return 0
	}
	return p.GaveUp / p.WaitTime.Seconds()
}
