package bank

import (
	"cmp"
	"slices"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// Priority is the tier of the customers of priority 2.
const Priority = "priority"

// Records are the rows in which the caller left the VRU for a queue or an agent,
// as every reader of logs gives them: the queue is the type, the customers of
// priority 2 are the tier [Priority], the agent is the server. Left out are
// Phantom rows and callers who hung up in the VRU: outcome Hang, and neither a
// queue nor a service recorded.
//
// Outcome Agent is answered and Hang is not, whatever else the row says: where
// a service is recorded for a caller who hung up (2.5 % of them, mostly a few
// seconds by no named server) the agent came too late.
//
// Do not compare the tiers with each other. A customer, and with it the
// priority, was recorded only for callers who had to queue; all who did not,
// priority customers too, are of no tier. So the waits of the priority tier lack
// the zeros. What may be compared is a tier with the same calls under another
// rule.
func (l *Log) Records() *calllog.Log {
	log := new(calllog.Log)
	for _, r := range l.Rows {
		asked := r.Outcome == Agent || r.Outcome == Hang && (r.Queued || r.ServiceTime > 0)
		if !asked {
			continue
		}
		c := calllog.Call{
			ID: r.VRU + "-" + r.CallID, Line: r.Line, Customer: r.Customer, Queue: r.Type,
			Arrival: r.VRUExit, Wait: r.QueueTime, Outcome: calllog.Abandoned,
		}
		if r.Priority == 2 {
			c.Tier = Priority
		}
		if r.Outcome == Agent {
			c.Outcome = calllog.Answered
			c.Talk, c.Start, c.Agent = r.ServiceTime, r.ServiceStart, r.Server
			c.TalkKnown = !r.ServiceStart.IsZero()
		}
		log.Calls = append(log.Calls, c)
	}
	slices.SortStableFunc(log.Calls, func(a, b calllog.Call) int {
		return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.Line, b.Line))
	})
	for _, o := range l.Odd {
		log.Odd = append(log.Odd, calllog.Oddity{Kind: string(o.Kind), Count: o.Count, Line: o.Line})
	}
	for _, o := range l.Dropped {
		log.Dropped = append(log.Dropped, calllog.Oddity{Kind: string(o.Kind), Count: o.Count, Line: o.Line})
	}
	return log
}
