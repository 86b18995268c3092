package main

import (
	"fmt"

	"github.com/najimi-acd/najimi/erlang"
)

// agentsRow is an interval of a queue with some number of agents, by formula.
type agentsRow struct {
	Queue  string             `json:"queue"`
	Start  string             `json:"start"`
	Agents int                `json:"agents"`
	Levels map[string]float64 `json:"service_levels"`
	figures
}

// other is the day under another assumption, by formula, each queue on its own.
type other struct {
	Assumption string  `json:"assumption"`
	Hours      float64 `json:"agent_hours,omitempty"`
	Why        string  `json:"why_not,omitempty"`
}

// busiest is the interval of the largest load of any queue, with a few agents more
// or less.
func busiest(f forecast, r report, targets []erlang.Target) []agentsRow {
	at, where := 0, 0
	for q, e := range f.queues {
		for i, w := range e.day {
			if w.Load() > f.queues[at].day[where].Load() {
				at, where = q, i
			}
		}
	}
	var rows []agentsRow
	target, best := targets[at], r.Queues[at].Intervals[where].Agents
	for agents := max(1, best-3); agents <= best+2; agents++ {
		o, err := f.queues[at].day[where].With(agents)
		if err != nil {
			continue // so few have no long run, or so many no lines
		}
		row := agentsRow{
			Queue: f.queues[at].name, Start: clock(f.starts[where]), Agents: agents,
			Levels: map[string]float64{}, figures: figuresOf(o, target),
		}
		for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded; d++ {
			row.Levels[d.String()] = o.ServiceLevel(target.Within, d)
		}
		rows = append(rows, row)
	}
	return rows
}

// others staffs the same day under other assumptions.
func others(f forecast, targets []erlang.Target, options erlang.DayOptions, spread float64) []other {
	var list []other
	add := func(assumption string, f forecast, o erlang.DayOptions) {
		entry := other{Assumption: assumption}
		for q, e := range f.queues {
			needs, err := erlang.StaffDay(e.day, targets[q], o)
			if err != nil {
				entry.Why = fmt.Sprintf("%s: %v", e.name, err)
				entry.Hours = 0
				break
			}
			for i, need := range needs {
				entry.Hours += float64(need.Agents) * e.day[i].Per.Hours()
			}
		}
		list = append(list, entry)
	}
	add("as above", f, options)
	add("nobody ever hangs up or is blocked (Erlang C)", f.with(0, 0, 0), options)
	for _, method := range []erlang.Method{erlang.Stationary, erlang.Lagged, erlang.CarryOver} {
		if method != options.Method {
			o := options
			o.Method = method
			add("method "+method.String(), f, o)
		}
	}
	if spread > 0 {
		o := options
		o.Method, o.Spread = erlang.Stationary, spread
		add(fmt.Sprintf("days differ by %g %%, met on average over their calls, Stationary", 100*spread), f, o)
		o.Confidence = 0.9
		add(fmt.Sprintf("days differ by %g %%, met on nine days in ten, Stationary", 100*spread), f, o)
	}
	return list
}

// cells are the row's, as a table shows them.
func (b agentsRow) cells() []string {
	cells := []string{fmt.Sprint(b.Agents)}
	for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded; d++ {
		cells = append(cells, percent(b.Levels[d.String()]))
	}
	return append(cells, fmt.Sprintf("%.1f s", b.ASA), percent(b.Abandon), fmt.Sprintf("%.0f %%", 100*b.Occupancy))
}

// result is the hours, or why there are none.
func (o other) result(format string) string {
	if o.Why != "" {
		return o.Why
	}
	return fmt.Sprintf(format, o.Hours)
}
