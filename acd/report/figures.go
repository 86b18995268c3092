package report

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// Figures are what became of the calls of one row: those offered to the centre,
// or to a queue, in an interval. The package documentation says what a call
// counts as.
//
// Every call offered is in exactly one of the fields below Offered, up to
// Waiting:
//
//	Offered = Answered + Abandoned + Cancelled + Blocked + Diverted + Deflected
//	        + Failed + Overflowed + Moved + Unknown + Waiting
type Figures struct {
	Offered int

	// Answered calls have talked to an agent, or do now.
	Answered int
	// Abandoned by a caller who hung up before a talk.
	Abandoned int
	// Cancelled, Failed: callbacks that were given up, or that never reached
	// the customer.
	Cancelled int
	// Blocked calls were turned away.
	Blocked int
	// Diverted to an outside number.
	Diverted int
	// Deflected to another channel.
	Deflected int
	Failed    int
	// Overflowed to another queue. 0 for the centre, as is Moved.
	Overflowed int
	// Moved out of the line by a supervisor: a transfer without a talk.
	Moved int
	// Unknown is what became of calls that lived when events were missed.
	Unknown int
	// Waiting calls have no outcome yet: in line, ringing, thinking about a
	// suggestion, or booked to be called back.
	Waiting int

	// OverflowedIn and TransferredIn are those of Offered that came from another
	// queue or agent. 0 for the centre.
	OverflowedIn, TransferredIn int
	// Talking are those of Answered whose talk goes on.
	Talking int
	// SameAgent are those of Answered that their own agent of last time took.
	SameAgent int
	// AnsweredWithin are those of Answered that waited no longer than the
	// service level's Within, AbandonedWithin those of Abandoned.
	AnsweredWithin, AbandonedWithin int
	// ShortAbandoned are those of Abandoned that waited no longer than the
	// service level's ShortAbandon.
	ShortAbandoned int
	// Closed are those of Blocked that found the queue closed.
	Closed int
	// WaitingOver are those of Waiting that have already waited longer than
	// Within.
	WaitingOver int
	// LeftLater are those of Answered that were passed on after the talk and
	// never reached another agent: abandoned, cancelled, diverted, deflected or
	// failed in the end. 0 for a queue, where the second wait is a row's own.
	LeftLater int

	// Wait is the waits of Answered.
	Wait Waits
	// AbandonWait is how long Abandoned waited in all.
	AbandonWait time.Duration

	// Handled counts the talks that are over, wrap-up included; Talk and WrapUp
	// are their times in all.
	Handled      int
	Talk, WrapUp time.Duration
	// Transferred counts the talks that ended in a transfer.
	Transferred int

	// Booked counts the callbacks that callers booked (a change of one is not
	// another), Reached those that became a talk, after CallbackWait in all.
	Booked, Reached int
	CallbackWait    time.Duration

	// OvertakingsGiven counts, over all offers, the calls in line that had begun
	// to wait earlier; OvertakingsSuffered counts how often a call was one of
	// those.
	OvertakingsGiven, OvertakingsSuffered int
	// Suggested, Announced and Overdue count events.
	Suggested, Announced, Overdue int
	// Dispositions counts the codes that agents gave, [Other] among them.
	Dispositions map[string]int
}

// ServiceLevel is the share of calls answered in time, by the definitions of
// package erlang: with the calls answered within the time S = AnsweredWithin,
// those that gave up within it G = AbandonedWithin, A = Answered and N,
//
//	AnsweredOfOffered     S ÷ N
//	AnsweredOfAnswered    S ÷ A
//	ShortAbandonsMet      (S + G) ÷ N
//	ShortAbandonsExcluded S ÷ (N − G)
//
// N is the calls of which it is decided whether they were answered in time: all
// offered but those that still wait and have not waited too long, and those
// whose fate is unknown. When the day is over and no event was missed, it is
// Offered. NaN if there is no such call, or no such definition.
func (f *Figures) ServiceLevel(d erlang.Definition) float64 {
	s, g := f.AnsweredWithin, f.AbandonedWithin
	n := f.Offered - f.Unknown - (f.Waiting - f.WaitingOver)
	switch d {
	case erlang.AnsweredOfOffered:
		return ratio(s, n)
	case erlang.AnsweredOfAnswered:
		return ratio(s, f.Answered)
	case erlang.ShortAbandonsMet:
		return ratio(s+g, n)
	case erlang.ShortAbandonsExcluded:
		return ratio(s, n-g)
	}
	return math.NaN()
}

// ASA is the mean wait of answered calls; false if there are none.
func (f *Figures) ASA() (time.Duration, bool) { return f.Wait.Mean() }

// MeanAbandonWait is the mean wait of abandoned calls; false if there are none.
func (f *Figures) MeanAbandonWait() (time.Duration, bool) { return mean(f.AbandonWait, f.Abandoned) }

// CallbackASA is the mean wait of callbacks that became a talk, who did not hold
// the line meanwhile; false if there are none.
func (f *Figures) CallbackASA() (time.Duration, bool) { return mean(f.CallbackWait, f.Reached) }

// AHT is the mean of talk + wrap-up, of the talks that are over; false if there
// are none.
func (f *Figures) AHT() (time.Duration, bool) { return mean(plus(f.Talk, f.WrapUp), f.Handled) }

// AbandonRate is Abandoned ÷ Offered, NaN if nothing was offered.
func (f *Figures) AbandonRate() float64 { return ratio(f.Abandoned, f.Offered) }

// TransfersPerCall is Transferred ÷ Answered: how often a caller who reached an
// agent was passed on. NaN if no call was answered.
func (f *Figures) TransfersPerCall() float64 { return ratio(f.Transferred, f.Answered) }

// SameAgentRate is SameAgent ÷ Answered, NaN if no call was answered.
func (f *Figures) SameAgentRate() float64 { return ratio(f.SameAgent, f.Answered) }

func ratio(part, whole int) float64 {
	if whole <= 0 {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}

// Merge adds the calls of another row, exactly: the result is what all of them
// together would have given.
func (f *Figures) Merge(o *Figures) {
	to, from := f.counts(), o.counts()
	for i := range to {
		*to[i] += *from[i]
	}
	f.Wait.Merge(&o.Wait)
	f.AbandonWait = plus(f.AbandonWait, o.AbandonWait)
	f.Talk = plus(f.Talk, o.Talk)
	f.WrapUp = plus(f.WrapUp, o.WrapUp)
	f.CallbackWait = plus(f.CallbackWait, o.CallbackWait)
	for code, n := range o.Dispositions {
		f.disposed(code, n)
	}
}

func (f *Figures) disposed(code string, n int) {
	if f.Dispositions == nil {
		f.Dispositions = make(map[string]int)
	}
	f.Dispositions[code] += n
}

// counts are the plain counts, in the order of the struct.
func (f *Figures) counts() [31]*int {
	return [...]*int{
		&f.Offered, &f.Answered, &f.Abandoned, &f.Cancelled, &f.Blocked, &f.Diverted, &f.Deflected,
		&f.Failed, &f.Overflowed, &f.Moved, &f.Unknown, &f.Waiting,
		&f.OverflowedIn, &f.TransferredIn, &f.Talking, &f.SameAgent, &f.AnsweredWithin, &f.AbandonedWithin,
		&f.ShortAbandoned, &f.Closed, &f.WaitingOver, &f.LeftLater,
		&f.Handled, &f.Transferred, &f.Booked, &f.Reached,
		&f.OvertakingsGiven, &f.OvertakingsSuffered, &f.Suggested, &f.Announced, &f.Overdue,
	}
}

// clone shares nothing with f.
func (f *Figures) clone() Figures {
	c := *f
	c.Wait.buckets = slices.Clone(f.Wait.buckets)
	c.Dispositions = maps.Clone(f.Dispositions)
	return c
}
