package sim

import (
	"time"

	"github.com/najimi-acd/najimi/acd/report"
)

// Row is what the calls of one interval, queue and tier lived through.
//
// A call belongs to the interval in which it arrived and to the queue that it
// came to first, wherever it ended: rows tell what callers lived through, not
// what queues did. (For those, feed [Scenario.Observe]'s events to
// [github.com/najimi-acd/najimi/acd/report].)
type Row struct {
	Interval    int // of the scenario's Grid
	Queue, Tier string
	Figures
}

// Figures count calls. Each one offered has exactly one outcome:
//
//	Offered = Answered + Abandoned + Blocked + Diverted + Deflected + Failed + Unended
type Figures struct {
	Offered int

	// Answered calls talked to an agent, called back or not. Failed are
	// callbacks that never reached the customer. Unended are those that had no
	// outcome when the simulation ended.
	Answered, Abandoned, Blocked, Diverted, Deflected, Failed, Unended int

	// Redials are those of Offered who had been lost before, Callbacks those of
	// Answered whom the centre called back.
	Redials, Callbacks int
	// Repeats are those of Answered whose customer (else: whose number) had been
	// answered before in the run, SameAgent those of them who met the same
	// agent again.
	Repeats, SameAgent int

	// AnsweredWithin and AbandonedWithin count those of Answered and of
	// Abandoned that waited no longer than each time of [Scenario.Watch].
	AnsweredWithin, AbandonedWithin []int
	// Wait is the waits of Answered, AllWaited those of all calls together.
	Wait      report.Waits
	AllWaited time.Duration
	// Talked is the length of all talks.
	Talked time.Duration
}

// Of is the number of calls with an outcome.
func (f *Figures) Of(o Outcome) int {
	switch o {
	case Answered:
		return f.Answered
	case Abandoned:
		return f.Abandoned
	case Blocked:
		return f.Blocked
	case Diverted:
		return f.Diverted
	case Deflected:
		return f.Deflected
	case Failed:
		return f.Failed
	case Unended:
		return f.Unended
	}
	return 0
}

// Merge adds the calls of another row, exactly. Both must have watched the same
// times.
func (f *Figures) Merge(o *Figures) {
	to, from := f.counts(), o.counts()
	for i := range to {
		*to[i] += *from[i]
	}
	f.AnsweredWithin = addEach(f.AnsweredWithin, o.AnsweredWithin)
	f.AbandonedWithin = addEach(f.AbandonedWithin, o.AbandonedWithin)
	f.Wait.Merge(&o.Wait)
	f.AllWaited += o.AllWaited
	f.Talked += o.Talked
}

func (f *Figures) counts() [12]*int {
	return [...]*int{
		&f.Offered, &f.Answered, &f.Abandoned, &f.Blocked, &f.Diverted, &f.Deflected, &f.Failed, &f.Unended,
		&f.Redials, &f.Callbacks, &f.Repeats, &f.SameAgent,
	}
}

// addEach adds b to a, which may be shorter.
func addEach(a, b []int) []int {
	a = append(a, make([]int, max(len(b)-len(a), 0))...)
	for i, n := range b {
		a[i] += n
	}
	return a
}

// count adds a call that has had its outcome, or has none.
func (f *Figures) count(r *Record, watch []time.Duration) {
	f.Offered++
	f.AllWaited += r.Waited
	if r.Attempt > 1 {
		f.Redials++
	}
	switch r.Outcome {
	case Answered:
		f.Answered++
		f.Wait.Add(r.Waited)
		f.Talked += r.Talked
		if r.CalledBack {
			f.Callbacks++
		}
		if r.Before != "" {
			f.Repeats++
			if r.Before == r.Agent {
				f.SameAgent++
			}
		}
		within(f.AnsweredWithin, r.Waited, watch)
	case Abandoned:
		f.Abandoned++
		within(f.AbandonedWithin, r.Waited, watch)
	case Blocked:
		f.Blocked++
	case Diverted:
		f.Diverted++
	case Deflected:
		f.Deflected++
	case Failed:
		f.Failed++
	default:
		f.Unended++
	}
}

func within(counts []int, waited time.Duration, watch []time.Duration) {
	for i, t := range watch {
		if waited <= t {
			counts[i]++
		}
	}
}

// AgentTime is what the agents' time of one interval was.
type AgentTime struct {
	// Busy is in talk and wrap-up, Staffed in all states but not_ready.
	Busy, Staffed time.Duration
}
