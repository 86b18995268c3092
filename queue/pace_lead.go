package queue

import (
	"slices"
	"time"
)

// Lead is a head start over those who join now, and how many joined with it.
type Lead struct {
	Lead   time.Duration `json:"lead"`
	Joined float64       `json:"joined"`
}

// Join counts someone who joins with that head start over those who join now
// without one. A negative one counts as 0.
//
// Leads are kept apart to the nanosecond while there are at most 32. One more is
// counted as the next smaller lead that is kept, or as the smallest. Leads with
// which nobody has joined lately are forgotten.
func (p *Pace) Join(lead time.Duration) {
	lead = max(lead, 0)
	for p.Elapsed >= 2*recentJoined {
		p.fade()
	}
	i := 0
	for i < len(p.Leads) && p.Leads[i].Lead < lead {
		i++
	}
	switch {
	case i < len(p.Leads) && p.Leads[i].Lead == lead:
		p.Leads[i].Joined++
	case len(p.Leads) < maxLeads:
		p.Leads = slices.Insert(p.Leads, i, Lead{lead, 1})
	default:
		p.Leads[max(i-1, 0)].Joined++
	}
}

// fade halves the joiners and the time in which they joined.
func (p *Pace) fade() {
	p.Elapsed /= 2
	for i := range p.Leads {
		p.Leads[i].Joined /= 2
	}
	p.Leads = slices.DeleteFunc(p.Leads, func(l Lead) bool { return l.Joined < fadedJoined })
	if len(p.Leads) == 0 {
		p.Leads = nil // as encoding/json would read it back
	}
}

// joiners appends to dst those who will join ahead of somebody with that lead:
// their rates, and for how long from now they do.
func (p *Pace) joiners(dst []joiner, lead time.Duration) []joiner {
	during := max(p.Elapsed, minElapsed).Seconds()
	for _, l := range p.Leads {
		if l.Lead > lead && len(dst) < maxLeads {
			dst = append(dst, joiner{rate: l.Joined / during, until: (l.Lead - lead).Seconds()})
		}
	}
	return dst
}
