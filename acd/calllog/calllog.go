// Package calllog reads what happened in a contact centre from the logs that
// others write, so that it can be measured and played again.
//
//	log, err := calllog.ReadQueueLog(file)   // Asterisk's queue_log
//	log, err := calllog.ReadCSV(file, zone)  // a table with the columns below
//
// Each reader yields the same records, a [Log]: calls, and where the log tells
// who was on duty. A line that cannot be used is no error: it is counted, by
// reason and with its number, in Log.Dropped, and what is odd about those that
// are used in Log.Odd. Where a log does not say who was at work, [Log.Staff]
// infers it from the calls that were served.
//
// To play a log again, see [github.com/najimi-acd/najimi/acd/sim.FromLog].
package calllog

import (
	"cmp"
	"slices"
	"time"
)

// Call is one call, from the moment it asked for an agent.
type Call struct {
	ID    string
	Line  int // where it begins in the log
	Queue string
	// Caller is the number, Customer the centre's own key, Tier the group that
	// the customer is in; empty where the log does not know.
	Caller, Customer, Tier string

	// Arrival is when the call came to the queue.
	Arrival time.Time
	Outcome Outcome
	// Wait is from then to the outcome: the answer, the hang-up, the leaving. Of
	// a call that is Open it is 0.
	Wait time.Duration

	// Agent is who answered, empty if nobody did or the log does not say. Missed
	// counts phones that rang for this call and were not taken.
	Agent  string
	Missed int
	// Start is when the talk began, zero if there was none or that is not known.
	Start time.Time
	// Talk is its length. TalkKnown tells a talk of no length from one whose
	// length is not known.
	Talk      time.Duration
	TalkKnown bool
}

// Outcome is what became of a call.
type Outcome string

// The outcomes.
const (
	Answered  Outcome = "answered"
	Abandoned Outcome = "abandoned"
	// Left is out of the queue by another way than an agent: by a key, by the
	// queue's time limit, because nobody was on duty.
	Left Outcome = "left"
	// Open calls have no end in the log.
	Open Outcome = "open"
)

// Log is what a reader found.
type Log struct {
	// Calls are in order of arrival, and where that is the same of lines.
	Calls []Call
	// Duty is who was there to take calls, and when, where the log tells; in
	// order of agent and time, those of an agent apart.
	Duty []Duty
	// Odd counts what is odd about what was read, Dropped the lines that could
	// not be: in order of the kind.
	Odd, Dropped []Oddity
}

// Duty is a time in which an agent could take calls.
type Duty struct {
	Agent string
	Span
}

// Span is the time from From to To.
type Span struct{ From, To time.Time }

// Oddity is a kind of irregularity: how often it occurs, and in which line
// first.
type Oddity struct {
	Kind  string
	Count int
	Line  int
}

// tally counts oddities.
type tally map[string]Oddity

func (t tally) add(kind string, line int) {
	o, seen := t[kind]
	if !seen {
		o = Oddity{Kind: kind, Line: line}
	}
	o.Count++
	o.Line = min(o.Line, line)
	t[kind] = o
}

func (t tally) list() []Oddity {
	var list []Oddity
	for _, o := range t {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b Oddity) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}

// sortCalls puts calls into the order of a Log.
func sortCalls(calls []Call) {
	slices.SortStableFunc(calls, func(a, b Call) int {
		return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.Line, b.Line))
	})
}

// Queues are the names of the queues of calls, in alphabetical order.
func Queues(calls []Call) []string { return distinct(calls, func(c *Call) string { return c.Queue }) }

// Tiers are the tiers of calls, in alphabetical order, without "".
func Tiers(calls []Call) []string {
	return slices.DeleteFunc(distinct(calls, func(c *Call) string { return c.Tier }), func(t string) bool { return t == "" })
}

func distinct(calls []Call, of func(*Call) string) []string {
	seen := make(map[string]bool)
	var names []string
	for i := range calls {
		if name := of(&calls[i]); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
