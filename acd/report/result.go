package report

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Result is what a report came to. It shares nothing with the report.
type Result struct {
	// At is up to when time is counted.
	At time.Time
	// Interval and Zone are the report's.
	Interval time.Duration
	Zone     *time.Location
	// First and Last are the numbers of the first and the latest event, 0 if
	// there was none.
	First, Last uint64
	// Missed counts the events in gaps between them. If it is not 0, the figures
	// are too low.
	Missed uint64
	// Unseen counts the calls whose beginning was before the first event or in a
	// gap. They are in no row.
	Unseen int
	// Dropped counts the intervals that are no longer kept.
	Dropped int

	// Levels are the queues' service levels, of those that have their own.
	Levels map[string]acd.ServiceLevel
	// Level is of all other queues.
	Level acd.ServiceLevel

	// Centre has a row for each interval and tier of the calls offered to the
	// centre: each call once. Every interval has one for the tier "".
	Centre []Row
	// Queues has a row for each interval, queue and tier of the calls offered to
	// the queue, from wherever they came.
	Queues []Row
	// Agents has a row for each interval and agent logged in.
	Agents []AgentRow
}

// Row is the figures of some calls. Start and End are its interval; Queue and
// Tier are empty where the row is for all of them, and Tier also for callers
// without one.
type Row struct {
	Start, End time.Time
	Queue      string
	Tier       string
	Figures
}

// AgentRow is the figures of an agent, or of all if Agent is empty.
type AgentRow struct {
	Start, End time.Time
	Agent      string
	AgentFigures
}

// Result returns the figures so far, in order of interval, queue, tier and
// agent. Times that still run, of agents and of waiting calls, are counted up to
// now, or up to the latest event if that is later (the zero time: up to that).
// Nothing is changed by it. It takes time in proportion to the rows and the
// live calls.
func (r *Report) Result(now time.Time) Result {
	at := r.now
	if !now.IsZero() {
		at = max(at, now.UnixNano())
	}
	result := Result{
		Interval: r.grid.every, Zone: r.grid.zone,
		First: r.first, Last: r.last, Missed: r.missed, Unseen: r.unseen, Dropped: r.dropped,
		Levels: make(map[string]acd.ServiceLevel, len(r.levels)), Level: r.level,
	}
	maps.Copy(result.Levels, r.levels)
	if r.present == nil {
		return result
	}
	result.At = r.time(at)
	over := r.waitingOver(at)
	for _, i := range r.intervals {
		row := Row{Start: r.time(i.start), End: r.time(i.end)}
		add := func(rows *[]Row, f *Figures) {
			row.Figures = f.clone()
			row.WaitingOver = over[f]
			*rows = append(*rows, row)
		}
		for tier, f := range i.centre {
			row.Queue, row.Tier = "", tier
			add(&result.Centre, f)
		}
		for place, f := range i.queues {
			row.Queue, row.Tier = place.queue, place.tier
			add(&result.Queues, f)
		}
	}
	result.Agents = r.agentRows(at)
	slices.SortFunc(result.Centre, compareRows)
	slices.SortFunc(result.Queues, compareRows)
	return result
}

func (r *Report) time(ns int64) time.Time { return time.Unix(0, ns).In(r.grid.zone) }

func compareRows(a, b Row) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Tier, b.Tier))
}

// waitingOver counts, by row, the calls that wait and have done so for too long.
func (r *Report) waitingOver(at int64) map[*Figures]int {
	over := make(map[*Figures]int)
	for _, c := range r.calls {
		waited := c.waitedTo(at)
		if c.open && waited > c.first.Within {
			over[c.centre]++
		}
		if c.stay.open && waited-c.before > c.level.Within {
			over[c.visit]++
		}
	}
	return over
}

// agentRows are the rows of agents, with what goes on counted up to an instant.
func (r *Report) agentRows(at int64) []AgentRow {
	var rows []AgentRow
	for _, i := range r.intervals {
		for id, f := range i.agents {
			rows = append(rows, AgentRow{r.time(i.start), r.time(i.end), id, *f})
		}
	}
	slices.SortFunc(rows, func(a, b AgentRow) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Agent, b.Agent))
	})
	var running []AgentRow
	for _, a := range r.agents {
		if a.state == "" {
			continue
		}
		for from := max(a.since, at-min(at, r.longest)); from < at; {
			start, end := r.grid.span(from)
			row := AgentRow{Start: r.time(start), End: r.time(end), Agent: a.id}
			row.spend(a.state, time.Duration(min(at, end)-from))
			running = append(running, row)
			from = end
		}
	}
	if len(running) == 0 {
		return rows
	}
	return GroupAgents(append(rows, running...), ByInterval|ByAgent)
}

// Between keeps the intervals that begin within [from, to).
func (r Result) Between(from, to time.Time) Result {
	outside := func(start time.Time) bool { return start.Before(from) || !start.Before(to) }
	out := func(row Row) bool { return outside(row.Start) }
	r.Centre = slices.DeleteFunc(slices.Clone(r.Centre), out)
	r.Queues = slices.DeleteFunc(slices.Clone(r.Queues), out)
	r.Agents = slices.DeleteFunc(slices.Clone(r.Agents), func(row AgentRow) bool { return outside(row.Start) })
	return r
}

// By says what rows are kept apart by when they are merged; what is not named is
// merged. The zero value merges all into one.
type By uint

// These can be combined: ByInterval|ByQueue.
const (
	ByInterval By = 1 << iota
	ByQueue
	ByTier
	ByAgent
)

// Group merges rows, exactly: the figures are those that all their calls
// together would have given, quantiles included. The result is in order of
// interval, queue and tier, and shares nothing with rows.
func Group(rows []Row, by By) []Row {
	return group(rows, by, func(row Row) (key, Row) {
		row.Figures = row.Figures.clone()
		if by&ByQueue == 0 {
			row.Queue = ""
		}
		if by&ByTier == 0 {
			row.Tier = ""
		}
		return key{row.Start.UnixNano(), row.Queue, row.Tier}, row
	}, func(to, from *Row) {
		to.Merge(&from.Figures)
		to.Start, to.End = hull(to.Start, to.End, from.Start, from.End)
	})
}

// GroupAgents merges rows of agents, in order of interval and agent.
func GroupAgents(rows []AgentRow, by By) []AgentRow {
	return group(rows, by, func(row AgentRow) (key, AgentRow) {
		if by&ByAgent == 0 {
			row.Agent = ""
		}
		return key{row.Start.UnixNano(), row.Agent, ""}, row
	}, func(to, from *AgentRow) {
		to.Merge(&from.AgentFigures)
		to.Start, to.End = hull(to.Start, to.End, from.Start, from.End)
	})
}

type key struct {
	start      int64
	name, tier string
}

func group[R any](rows []R, by By, keyed func(R) (key, R), merge func(to, from *R)) []R {
	index := make(map[key]int)
	var keys []key
	var merged []R
	for _, row := range rows {
		k, row := keyed(row)
		if by&ByInterval == 0 {
			k.start = 0
		}
		if i, ok := index[k]; ok {
			merge(&merged[i], &row)
			continue
		}
		index[k] = len(merged)
		keys = append(keys, k)
		merged = append(merged, row)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.name, b.name), cmp.Compare(a.tier, b.tier))
	})
	sorted := make([]R, len(keys))
	for i, k := range keys {
		sorted[i] = merged[index[k]]
	}
	return sorted
}

// hull is the shortest time that covers both.
func hull(start, end, start2, end2 time.Time) (time.Time, time.Time) {
	if start2.Before(start) {
		start = start2
	}
	if end2.After(end) {
		end = end2
	}
	return start, end
}
