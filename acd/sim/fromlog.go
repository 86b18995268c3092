package sim

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
)

// LogOptions say what a log does not. The zero value will do.
type LogOptions struct {
	// Gap is how long an agent must have served nobody to be taken as absent,
	// where the log does not say who was on duty; 0: [calllog.Absence].
	Gap time.Duration
	// Zone is where a day ends; nil: UTC.
	Zone *time.Location
	// Attribute is that of the arrivals which names the call's queue; empty:
	// "queue".
	Attribute string
}

// Replay is a call log made ready to be played again. Its queues are skills: of
// level 1, had by the agents who served them.
type Replay struct {
	// Calls are those of the log, at their times: each run draws anew what the
	// log does not know. They carry the caller, the customer, the tier and, in
	// an attribute, the queue, and have numbers for ids.
	Calls Source
	// Agents are who served calls, with the shifts that the log tells of or that
	// are inferred.
	Agents []Agent
	// Queues and Tiers are those of the log, in alphabetical order.
	Queues, Tiers []string
	// Arrived counts the calls that are played. Left counts those of them who
	// left their queue by another way than an agent, or have no end: they are
	// played as callers whose patience was at least their wait.
	Arrived, Left int
	// DrawnPatience and DrawnTalks count the calls of which the patience, or the
	// talk, is drawn because it is not known: most of the first, for whoever was
	// answered never came to the end of it.
	DrawnPatience, DrawnTalks int
	// Inferred says that the log does not tell of anybody when they were at
	// work; InferredAgents counts those of whom it does not.
	Inferred       bool
	InferredAgents int
	// Unplaced counts those of whom the log tells that they were at work, and
	// not that they served a call: what they could do is not known, and so they
	// are not among Agents.
	Unplaced int
}

// FromLog makes of a log what a [Scenario] needs to play it again.
//
// A caller who hung up has the recorded wait as patience; of one who was
// answered it is only known that it was longer, and so it is drawn from the
// queue's [KaplanMeier] curve given that; without a condition if the answer came
// at once, so that in a replay in which there is a wait they may be those who hang
// up when told. Talks last as recorded; that of a call
// which had none is drawn from the queue's. Where a queue has no such records,
// those of all queues serve. Each call takes two numbers, whatever it needs, so
// that the calls of a run do not depend on each other.
//
// Agents are at work when [calllog.Log.Duty] says so, and when they served calls
// all the same: a log that was cut from a longer one has not seen some of them
// come. Those other times are inferred from the calls, with Gap.
//
// The error is of a log in which nobody called, or in which nobody was answered.
func FromLog(log *calllog.Log, o LogOptions) (*Replay, error) {
	calls := log.Calls
	if len(calls) == 0 {
		return nil, fmt.Errorf("the log has no calls")
	}
	if len(calllog.Talks(calls, "")) == 0 {
		return nil, fmt.Errorf("the log has no call that was answered and of which it is known how long it took")
	}
	if o.Attribute == "" {
		o.Attribute = "queue"
	}
	r := &Replay{Queues: calllog.Queues(calls), Tiers: calllog.Tiers(calls), Arrived: len(calls)}
	patience := make(map[string]Survival)
	talks := make(map[string]Empirical)
	about := make(map[string]map[string]string)
	for _, queue := range r.Queues {
		times, censored := calllog.Patience(calls, queue)
		if !slices.Contains(censored, false) {
			times, censored = calllog.Patience(calls, "")
		}
		var err error
		if len(times) > 0 {
			if patience[queue], err = KaplanMeier(times, censored); err != nil {
				return nil, fmt.Errorf("patience of queue %q: %w", queue, err)
			}
		}
		lengths := calllog.Talks(calls, queue)
		if len(lengths) == 0 {
			lengths = calllog.Talks(calls, "")
		}
		if talks[queue], err = NewEmpirical(lengths); err != nil {
			return nil, fmt.Errorf("talks of queue %q: %w", queue, err)
		}
		about[queue] = map[string]string{o.Attribute: queue}
	}
	for i := range calls {
		c := &calls[i]
		if c.Outcome == calllog.Left || c.Outcome == calllog.Open {
			r.Left++
		}
		if c.Outcome != calllog.Abandoned {
			r.DrawnPatience++
		}
		if c.Talk == 0 {
			r.DrawnTalks++
		}
	}
	r.Calls = func(random *rand.Rand) iter.Seq[Call] {
		return func(yield func(Call) bool) {
			for i := range calls {
				c := &calls[i]
				talk := talks[c.Queue].Sample(random)
				known := c.Wait
				if c.Outcome == calllog.Answered && c.Wait == 0 {
					known = -1 // nobody told them to wait, so they may be of those who would not
				}
				bears := patience[c.Queue].SampleAbove(random, known)
				if c.Talk > 0 {
					talk = c.Talk
				}
				if c.Outcome == calllog.Abandoned {
					bears = c.Wait
				}
				if !yield(Call{Service: talk, Patience: bears, Arrive: acd.Command{
					At: c.Arrival, Caller: c.Caller, Customer: c.Customer, Tier: c.Tier, Attributes: about[c.Queue],
				}}) {
					return
				}
			}
		}
	}
	r.staff(log, o)
	return r, nil
}

// staff makes agents of who served calls.
func (r *Replay) staff(log *calllog.Log, o LogOptions) {
	duty := make(map[string][]Span)
	for _, d := range log.Duty {
		duty[d.Agent] = append(duty[d.Agent], Span(d.Span))
	}
	shifts := make(map[string][]Span)
	for agent, spans := range duty {
		shifts[agent] = joined(spans)
	}
	served := log // by agents of whom Duty does not say that they were there
	if len(duty) > 0 {
		served = new(calllog.Log)
		for _, c := range log.Calls {
			if !covered(shifts[c.Agent], c.Start) {
				served.Calls = append(served.Calls, c)
			}
		}
	}
	for _, p := range served.Staff(o.Gap, o.Zone) {
		for _, span := range p.Spans {
			shifts[p.Agent] = append(shifts[p.Agent], Span(span))
		}
	}
	r.Inferred = len(duty) == 0
	r.Unplaced = len(duty)
	for _, s := range calllog.Skilled(log.Calls) {
		a := Agent{ID: s.Agent, Skills: make(acd.Skills), Shifts: joined(shifts[s.Agent])}
		for _, queue := range s.Queues {
			a.Skills[queue] = 1
		}
		if duty[s.Agent] != nil {
			r.Unplaced--
		} else {
			r.InferredAgents++
		}
		r.Agents = append(r.Agents, a)
	}
}

// covered tells whether an instant is in one of spans, which are in order and
// apart, or at an end of it. O(log n).
func covered(spans []Span, at time.Time) bool {
	i, _ := slices.BinarySearchFunc(spans, at, func(s Span, at time.Time) int { return s.To.Compare(at) })
	return i < len(spans) && !at.Before(spans[i].From)
}

// joined puts spans in order, and those together that touch: a talk past
// midnight may reach into the next day's first.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	var apart []Span
	for _, s := range spans {
		if last := len(apart) - 1; last >= 0 && !s.From.After(apart[last].To) {
			if s.To.After(apart[last].To) {
				apart[last].To = s.To
			}
			continue
		}
		if s.From.Before(s.To) {
			apart = append(apart, s)
		}
	}
	return apart
}

// Recorded is what a log itself says, in the form of a run, so that it can be
// measured as a run is: calls by interval, queue and tier, and the agents' time
// as the replay has it, with talks for all that they were busy with. Callers who
// left by another way count as Diverted, those without an end as Unended.
func (r *Replay) Recorded(log *calllog.Log, grid Grid, watch []time.Duration) Result {
	w := world{scenario: &Scenario{Grid: grid, Watch: watch}, rows: make(map[rowKey]*Figures), served: make(map[client]string)}
	w.result = Result{Outcomes: make(map[Outcome]int), Time: make([]AgentTime, grid.Len()), Watch: watch}
	outcomes := map[calllog.Outcome]Outcome{
		calllog.Answered: Answered, calllog.Abandoned: Abandoned, calllog.Left: Diverted, calllog.Open: Unended,
	}
	for i := range log.Calls {
		c := &log.Calls[i]
		record := Record{
			Outcome: outcomes[c.Outcome], Entry: c.Queue, Queue: c.Queue, Tier: c.Tier,
			Agent: c.Agent, Attempt: 1, Waited: c.Wait, Talked: c.Talk,
		}
		who := clientOf(&acd.Command{Customer: c.Customer, Caller: c.Caller})
		if record.Outcome == Answered && c.Agent != "" && who != (client{}) {
			record.Before = w.served[who]
			w.served[who] = c.Agent
		}
		w.result.Arrived++
		w.result.Outcomes[record.Outcome]++
		if at := grid.At(c.Arrival); at >= 0 {
			w.row(rowKey{at, c.Queue, c.Tier}).count(&record, watch)
		}
		if c.Talk > 0 && !c.Start.IsZero() {
			w.result.Busy += c.Talk
			grid.split(c.Start, c.Talk, func(i int, part time.Duration) { w.result.Time[i].Busy += part })
		}
	}
	for _, a := range r.Agents {
		for _, s := range a.Shifts {
			w.result.Staffed += s.To.Sub(s.From)
			grid.split(s.From, s.To.Sub(s.From), func(i int, part time.Duration) { w.result.Time[i].Staffed += part })
		}
	}
	w.close()
	return w.result
}
