package bank

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Absence is how long an agent must have served nobody to be taken as absent,
// unless [Log.Staff] is told otherwise.
const Absence = 5 * time.Minute

// Span is the time from From to To.
type Span struct{ From, To time.Time }

// Presence is one agent on one day.
type Presence struct {
	Agent string
	Day   time.Time
	Spans []Span        // at work; in order, apart
	Calls int           // served
	Busy  time.Duration // on at least one call, within Spans
}

// Time is the length of all spans.
func (p Presence) Time() time.Duration {
	var sum time.Duration
	for _, s := range p.Spans {
		sum += s.To.Sub(s.From)
	}
	return sum
}

// Staff infers who was at work when, for the file does not say: an agent is
// there from the start of the first to the end of the last service of a day,
// less every time of gap or longer in which there was none. A gap of 0 or less
// is taken as [Absence]. By day, then by agent; a day is the Row's Date, so that
// a service past midnight still belongs to the evening.
//
// Someone who was there and had nothing to do for so long counts as absent, and
// someone who was away for less as there. An agent whose only services of a day
// had no length is left out.
func (l *Log) Staff(gap time.Duration) []Presence {
	if gap <= 0 {
		gap = Absence
	}
	var served []Row
	for _, r := range l.Rows {
		if r.Outcome == Agent && r.Server != "" && !r.ServiceStart.IsZero() {
			served = append(served, r)
		}
	}
	slices.SortStableFunc(served, func(a, b Row) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Server, b.Server), a.ServiceStart.Compare(b.ServiceStart))
	})
	var staff []Presence
	for len(served) > 0 {
		first := served[0]
		n := slices.IndexFunc(served, func(r Row) bool { return r.Server != first.Server || !r.Date.Equal(first.Date) })
		if n < 0 {
			n = len(served)
		}
		if p := presence(served[:n], gap); len(p.Spans) > 0 {
			staff = append(staff, p)
		}
		served = served[n:]
	}
	return staff
}

// presence is that of one agent on one day, from the services in order.
func presence(served []Row, gap time.Duration) Presence {
	p := Presence{Agent: served[0].Server, Day: served[0].Date, Calls: len(served)}
	span := Span{served[0].ServiceStart, served[0].ServiceStart}
	end := func() {
		if span.To.After(span.From) {
			p.Spans = append(p.Spans, span)
		}
	}
	for _, r := range served {
		if r.ServiceStart.Sub(span.To) >= gap {
			end()
			span = Span{r.ServiceStart, r.ServiceStart}
		}
		from := r.ServiceStart
		if from.Before(span.To) { // two calls at once
			from = span.To
		}
		if r.ServiceExit.After(from) {
			p.Busy += r.ServiceExit.Sub(from)
			span.To = r.ServiceExit
		} else if from.After(span.To) {
			span.To = from
		}
	}
	end()
	return p
}

// Occupancy is the share of the time at work that was spent on calls, over all
// of staff; 0 if there is none. With inferred presences it is too high by as
// much as idle agents were taken as absent.
func Occupancy(staff []Presence) float64 {
	var busy, time float64
	for _, p := range staff {
		busy += p.Busy.Seconds()
		time += p.Time().Seconds()
	}
	if time == 0 {
		return 0
	}
	return busy / time
}

// Skills are the types an agent is taken to know.
type Skills struct {
	Agent string
	Calls int      // served, of any type
	Types []string // in alphabetical order
}

// Skilled infers from calls what each agent can do, by agent: the types of
// which the agent served at least 20 calls, or at least 1 % of the agent's
// calls.
func Skilled(calls []Call) []Skills {
	served := map[string]map[string]int{}
	for _, c := range calls {
		if c.Server == "" {
			continue
		}
		if served[c.Server] == nil {
			served[c.Server] = map[string]int{}
		}
		served[c.Server][c.Type]++
	}
	var skilled []Skills
	for _, agent := range slices.Sorted(maps.Keys(served)) {
		s := Skills{Agent: agent}
		for _, n := range served[agent] {
			s.Calls += n
		}
		for _, typ := range slices.Sorted(maps.Keys(served[agent])) {
			if n := served[agent][typ]; n >= 20 || 100*n >= s.Calls {
				s.Types = append(s.Types, typ)
			}
		}
		skilled = append(skilled, s)
	}
	return skilled
}
