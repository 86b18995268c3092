package bank

import (
	"cmp"
	"slices"
	"time"
)

// Call is a caller who asked for an agent, and what became of it.
type Call struct {
	ID       string // VRU and call id, joined: unique in a file
	Line     int
	Customer string // empty: unknown. Recorded only for callers who queued
	Priority int    // 0 and 1 regular, 2 priority
	Type     string

	Arrival  time.Time     // exit from the VRU
	Queued   bool          // false: an agent was free
	Wait     time.Duration // as recorded; 0 unless Queued
	Answered bool          // false: the caller hung up

	Service      time.Duration // as recorded; 0 unless Answered, and sometimes then
	ServiceStart time.Time     // zero unless Answered, and sometimes then
	Server       string        // empty unless Answered, and sometimes then

	// LastServer is who served this customer last before this call, within the
	// log; empty if that is not known.
	LastServer string
}

// Tier is the name of the call's tier: "priority" or "regular".
func (c Call) Tier() string {
	if c.Priority == 2 {
		return "priority"
	}
	return "regular"
}

// Calls are the rows in which the caller left the VRU for a queue or an agent,
// by arrival and, where that is the same, in the order of the file. Left out are
// Phantom rows and callers who hung up in the VRU: outcome Hang, and neither a
// queue nor a service recorded.
//
// Outcome Agent is answered and Hang is not, whatever else the row says: where
// a service is recorded for a caller who hung up (2.5 % of them, mostly a few
// seconds by no named server) the agent came too late.
func (l *Log) Calls() []Call {
	var calls []Call
	for _, r := range l.Rows {
		asked := r.Outcome == Agent || r.Outcome == Hang && (r.Queued || r.ServiceTime > 0)
		if !asked {
			continue
		}
		c := Call{
			ID: r.VRU + "-" + r.CallID, Line: r.Line, Customer: r.Customer, Priority: r.Priority, Type: r.Type,
			Arrival: r.VRUExit, Queued: r.Queued, Wait: r.QueueTime, Answered: r.Outcome == Agent,
		}
		if c.Answered {
			c.Service, c.ServiceStart, c.Server = r.ServiceTime, r.ServiceStart, r.Server
		}
		calls = append(calls, c)
	}
	slices.SortStableFunc(calls, func(a, b Call) int {
		return cmp.Or(a.Arrival.Compare(b.Arrival), cmp.Compare(a.Line, b.Line))
	})
	last := map[string]string{} // by customer
	for i := range calls {
		c := &calls[i]
		if c.Customer == "" {
			continue
		}
		c.LastServer = last[c.Customer]
		if c.Server != "" {
			last[c.Customer] = c.Server
		}
	}
	return calls
}

// TypesOf are the types that occur in calls, in alphabetical order.
func TypesOf(calls []Call) []string {
	var types []string
	for _, c := range calls {
		types = append(types, c.Type)
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// Patience is the observations of how long callers of a type (empty: all) were
// ready to wait, for a Kaplan–Meier estimate: the recorded wait of those who
// queued, censored if they were answered.
//
// Callers who did not queue are left out: nobody told them that they would have
// to wait, so they say nothing, and as observations censored at 0 they would
// hide a part of those who hung up at once when told.
func Patience(calls []Call, typ string) (times []time.Duration, censored []bool) {
	for _, c := range calls {
		if c.Queued && (typ == "" || c.Type == typ) {
			times = append(times, c.Wait)
			censored = append(censored, c.Answered)
		}
	}
	return times, censored
}

// ServiceTimes are the lengths of the answered calls of a type (empty: all),
// those of 0 left out.
func ServiceTimes(calls []Call, typ string) []time.Duration {
	var times []time.Duration
	for _, c := range calls {
		if c.Service > 0 && (typ == "" || c.Type == typ) {
			times = append(times, c.Service)
		}
	}
	return times
}
