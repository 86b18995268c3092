package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// report is all that is printed, in the form of its JSON.
type report struct {
	Source    string      `json:"source"`
	Target    string      `json:"target"`
	Method    string      `json:"method"`
	Intervals []interval  `json:"intervals"`
	Total     total       `json:"total"`
	Busiest   []agentsRow `json:"busiest"`
	Others    []other     `json:"other_assumptions"`
}

type interval struct {
	Start string  `json:"start"`
	Calls float64 `json:"calls"`
	AHT   float64 `json:"aht_seconds"`
	Load  float64 `json:"erlangs"`
	// Agents on the phones, the same unrounded, and to be scheduled.
	Agents    int     `json:"agents"`
	Exact     float64 `json:"agents_exact"`
	Scheduled int     `json:"scheduled"`
	figures
}

type figures struct {
	InTime    float64 `json:"answered_in_time"`
	ASA       float64 `json:"asa_seconds"`
	Abandon   float64 `json:"hung_up"`
	Blocked   float64 `json:"blocked"`
	Occupancy float64 `json:"occupancy"`
}

type total struct {
	Calls     float64 `json:"calls"`
	Hours     float64 `json:"agent_hours"`
	Exact     float64 `json:"agent_hours_exact"`
	Scheduled float64 `json:"scheduled_hours"`
	InTime    float64 `json:"answered_in_time"`
}

type agentsRow struct {
	Start  string             `json:"start"`
	Agents int                `json:"agents"`
	Levels map[string]float64 `json:"service_levels"`
	figures
}

type other struct {
	Assumption string  `json:"assumption"`
	Hours      float64 `json:"agent_hours,omitempty"`
	Why        string  `json:"why_not,omitempty"`
}

func plan(f forecast, target erlang.Target, options erlang.DayOptions, spread float64) (report, error) {
	needs, err := erlang.StaffDay(f.day, target, options)
	if err != nil {
		return report{}, err
	}
	r := report{
		Source: f.Source,
		Target: fmt.Sprintf("%g %% of the calls answered within %v", 100*target.ServiceLevel, target.Within),
		Method: options.Method.String(),
	}
	busiest := 0
	for i, need := range needs {
		w, hours := f.day[i], f.day[i].Per.Hours()
		r.Intervals = append(r.Intervals, interval{
			Start: clock(f.starts[i]), Calls: w.Calls, AHT: w.AHT.Seconds(), Load: need.Outcome.Load,
			Agents: need.Agents, Exact: need.Exact, Scheduled: need.Scheduled,
			figures: figuresOf(need.Outcome, target),
		})
		r.Total.Calls += w.Calls
		r.Total.Hours += float64(need.Agents) * hours
		r.Total.Exact += need.Exact * hours
		r.Total.Scheduled += float64(need.Scheduled) * hours
		r.Total.InTime += w.Calls * need.Outcome.ServiceLevel(target.Within, target.Definition)
		if w.Load() > f.day[busiest].Load() {
			busiest = i
		}
	}
	if r.Total.Calls > 0 {
		r.Total.InTime /= r.Total.Calls
	}
	for agents := max(1, needs[busiest].Agents-3); agents <= needs[busiest].Agents+2; agents++ {
		o, err := f.day[busiest].With(agents)
		if err != nil {
			continue // so few have no long run, or so many no lines
		}
		row := agentsRow{Start: clock(f.starts[busiest]), Agents: agents, Levels: map[string]float64{}, figures: figuresOf(o, target)}
		for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded; d++ {
			row.Levels[d.String()] = o.ServiceLevel(target.Within, d)
		}
		r.Busiest = append(r.Busiest, row)
	}
	r.Others = others(f.day, target, options, spread)
	return r, nil
}

func figuresOf(o erlang.Outcome, t erlang.Target) figures {
	return figures{
		InTime: o.ServiceLevel(t.Within, t.Definition), ASA: o.ASA.Seconds(),
		Abandon: o.PAbandon, Blocked: o.PBlocked, Occupancy: o.Occupancy,
	}
}

// others staffs the same day under other assumptions.
func others(day []erlang.Interval, target erlang.Target, options erlang.DayOptions, spread float64) []other {
	var list []other
	add := func(assumption string, day []erlang.Interval, o erlang.DayOptions) {
		needs, err := erlang.StaffDay(day, target, o)
		entry := other{Assumption: assumption}
		for i, need := range needs {
			entry.Hours += float64(need.Agents) * day[i].Per.Hours()
		}
		if err != nil {
			entry.Why = err.Error()
		}
		list = append(list, entry)
	}
	add("as above", day, options)
	patient := make([]erlang.Interval, len(day))
	for i, w := range day {
		w.Patience, w.Lines, w.Redial = 0, 0, 0
		patient[i] = w
	}
	add("nobody ever hangs up or is blocked (Erlang C)", patient, options)
	for _, method := range []erlang.Method{erlang.Stationary, erlang.Lagged, erlang.CarryOver} {
		if method != options.Method {
			o := options
			o.Method = method
			add("method "+method.String(), day, o)
		}
	}
	if spread > 0 {
		o := options
		o.Method, o.Spread = erlang.Stationary, spread
		add(fmt.Sprintf("days differ by %g %%, met on average over their calls, Stationary", 100*spread), day, o)
		o.Confidence = 0.9
		add(fmt.Sprintf("days differ by %g %%, met on nine days in ten, Stationary", 100*spread), day, o)
	}
	return list
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

func (r report) print(out io.Writer) error {
	fmt.Fprintf(out, "%s: %s, %s\n\n", r.Source, r.Target, r.Method)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "from\tcalls\thandled in\terlangs\tagents\texact\tscheduled\tin time\tanswered after\thang up\tblocked\tbusy\t")
	for _, i := range r.Intervals {
		fmt.Fprintf(table, "%s\t%.0f\t%.0f s\t%.1f\t%d\t%.1f\t%d\t%.1f %%\t%.1f s\t%.1f %%\t%.1f %%\t%.0f %%\t\n",
			i.Start, i.Calls, i.AHT, i.Load, i.Agents, i.Exact, i.Scheduled,
			100*i.InTime, i.ASA, 100*i.Abandon, 100*i.Blocked, 100*i.Occupancy)
	}
	fmt.Fprintf(table, "hours\t%.0f\t\t\t%.1f\t%.1f\t%.1f\t%.1f %%\t\t\t\t\t\n",
		r.Total.Calls, r.Total.Hours, r.Total.Exact, r.Total.Scheduled, 100*r.Total.InTime)
	if err := table.Flush(); err != nil {
		return err
	}
	if len(r.Busiest) > 0 {
		fmt.Fprintf(out, "\nThe busiest interval, %s, taken on its own, with other numbers of agents. Service levels are told in four ways:\n\n", r.Busiest[0].Start)
		fmt.Fprintln(table, "agents\tof offered\tof answered\tshort hang-ups met\tshort hang-ups left out\tanswered after\thang up\tbusy\t")
		for _, row := range r.Busiest {
			fmt.Fprintf(table, "%d", row.Agents)
			for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded; d++ {
				fmt.Fprintf(table, "\t%.1f %%", 100*row.Levels[d.String()])
			}
			fmt.Fprintf(table, "\t%.1f s\t%.1f %%\t%.0f %%\t\n", row.ASA, 100*row.Abandon, 100*row.Occupancy)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "\nThe same day under other assumptions:\n\n")
	plain := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, o := range r.Others {
		if o.Why != "" {
			fmt.Fprintf(plain, "  %s\t%s\n", o.Assumption, o.Why)
			continue
		}
		fmt.Fprintf(plain, "  %s\t%.1f agent hours\n", o.Assumption, o.Hours)
	}
	return plain.Flush()
}
