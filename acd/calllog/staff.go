package calllog

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Absence is how long an agent must have served nobody to be taken as absent,
// unless [Log.Staff] is told otherwise.
const Absence = 5 * time.Minute

// Presence is one agent on one day.
type Presence struct {
	Agent string
	Day   time.Time     // its beginning
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

// Staff infers who was at work when from who served calls: an agent is there
// from the start of the first to the end of the last talk of a day, less every
// time of gap or longer in which there was none. A gap of 0 or less is taken as
// [Absence]. By day, then by agent. A day is that of the zone (nil: UTC) in which
// the call arrived, so that a talk past midnight still belongs to the evening.
//
// Someone who was there and had nothing to do for so long counts as absent, and
// someone who was away for less as there. An agent whose only talks of a day had
// no length is left out. What Duty says is not used.
func (l *Log) Staff(gap time.Duration, zone *time.Location) []Presence {
	if gap <= 0 {
		gap = Absence
	}
	if zone == nil {
		zone = time.UTC
	}
	type served struct {
		*Call
		day time.Time
	}
	var talks []served
	for i := range l.Calls {
		c := &l.Calls[i]
		if c.Outcome == Answered && c.Agent != "" && !c.Start.IsZero() {
			year, month, day := c.Arrival.In(zone).Date()
			talks = append(talks, served{c, time.Date(year, month, day, 0, 0, 0, 0, zone)})
		}
	}
	slices.SortStableFunc(talks, func(a, b served) int {
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.Agent, b.Agent), a.Start.Compare(b.Start))
	})
	var staff []Presence
	for len(talks) > 0 {
		first := talks[0]
		p := Presence{Agent: first.Agent, Day: first.day}
		span := Span{first.Start, first.Start}
		end := func() {
			if span.To.After(span.From) {
				p.Spans = append(p.Spans, span)
			}
		}
		for len(talks) > 0 && talks[0].Agent == first.Agent && talks[0].day.Equal(first.day) {
			c := talks[0]
			talks = talks[1:]
			p.Calls++
			if c.Start.Sub(span.To) >= gap {
				end()
				span = Span{c.Start, c.Start}
			}
			from, to := c.Start, c.Start.Add(c.Talk)
			if from.Before(span.To) { // two calls at once
				from = span.To
			}
			if to.After(from) {
				p.Busy += to.Sub(from)
				span.To = to
			} else if from.After(span.To) {
				span.To = from
			}
		}
		end()
		if len(p.Spans) > 0 {
			staff = append(staff, p)
		}
	}
	return staff
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

// Skills are the queues an agent is taken to serve.
type Skills struct {
	Agent  string
	Calls  int      // answered, of any queue
	Queues []string // in alphabetical order
}

// Skilled infers from calls what each agent can do, by agent: the queues of
// which the agent answered at least 20 calls, or at least 1 % of the agent's
// calls.
func Skilled(calls []Call) []Skills {
	answered := make(map[string]map[string]int)
	for i := range calls {
		c := &calls[i]
		if c.Outcome != Answered || c.Agent == "" {
			continue
		}
		if answered[c.Agent] == nil {
			answered[c.Agent] = make(map[string]int)
		}
		answered[c.Agent][c.Queue]++
	}
	var skilled []Skills
	for _, agent := range slices.Sorted(maps.Keys(answered)) {
		s := Skills{Agent: agent}
		for _, n := range answered[agent] {
			s.Calls += n
		}
		for _, queue := range slices.Sorted(maps.Keys(answered[agent])) {
			if n := answered[agent][queue]; n >= 20 || 100*n >= s.Calls {
				s.Queues = append(s.Queues, queue)
			}
		}
		skilled = append(skilled, s)
	}
	return skilled
}

// Patience is the observations of how long callers of a queue ("": of all) were
// ready to wait, for a Kaplan–Meier estimate: their waits, censored if they were
// answered or left by another way. Those who were answered without a wait are
// left out: nobody told them that they would have to wait, so they say nothing,
// and as observations censored at 0 they would hide a part of those who hung up
// at once when told.
func Patience(calls []Call, queue string) (times []time.Duration, censored []bool) {
	for i := range calls {
		c := &calls[i]
		if queue != "" && c.Queue != queue || c.Outcome == Open || c.Outcome == Answered && c.Wait == 0 {
			continue
		}
		times = append(times, c.Wait)
		censored = append(censored, c.Outcome != Abandoned)
	}
	return times, censored
}

// Talks are the lengths of the answered calls of a queue ("": of all), those of
// 0 left out.
func Talks(calls []Call, queue string) []time.Duration {
	var times []time.Duration
	for i := range calls {
		if c := &calls[i]; c.Talk > 0 && (queue == "" || c.Queue == queue) {
			times = append(times, c.Talk)
		}
	}
	return times
}
