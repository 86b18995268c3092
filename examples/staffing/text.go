package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// across is how many queues or groups stand side by side in a table of text.
const across = 6

// print writes the report as tables of text.
func (r report) print(out io.Writer) error {
	fmt.Fprintf(out, "%s: %s\n", r.Source, strings.Join(r.Targets, "; "))
	fmt.Fprintln(out, r.how())
	parts := []func(io.Writer) error{r.printCentre, r.printQueues, r.printGroups, r.printGoals, r.printShifts, r.printBusiest, r.printOthers}
	for _, part := range parts {
		if err := part(out); err != nil {
			return err
		}
	}
	return nil
}

// how says where the numbers come from.
func (r report) how() string {
	text := fmt.Sprintf("By formula (%s): each queue on its own, with agents who do nothing else.", r.Method)
	if s := r.Simulated; s != nil {
		text += fmt.Sprintf("\nBy simulation: the fewest agents of each group with which the router itself, under the plan, keeps every goal; %d days simulated,"+
			"\nfigures and their %g %% confidence intervals from %d days that the search did not see, seed %d.", s.Runs, 100*s.Level, s.Fresh, s.Seed)
	}
	return text + fmt.Sprintf("\nScheduled: people to plan for, as %g %% of their paid time is away from the phones.", 100*r.Shrinkage)
}

func right(out io.Writer) *tabwriter.Writer {
	return tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
}

func left(out io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(out, 0, 0, 2, ' ', 0) }

// row writes cells, each with its tab.
func row(out io.Writer, cells ...string) {
	fmt.Fprintln(out, strings.Join(cells, "\t")+"\t")
}

func (r report) printCentre(out io.Writer) error {
	fmt.Fprintf(out, "\nThe whole centre. One pool is what would do, by formula, if everybody answered every queue alike; in time is of the offered calls,\nanswered after is the mean wait of the answered ones, hung up is of the offered ones; busy is of the agents' time on the phones.\n\n")
	table := right(out)
	head := []string{"from", "calls", "handled in", "erlangs", "formula", "exact", "one pool", "scheduled", "in time", "answered after", "hung up", "blocked", "busy"}
	if r.Simulated != nil {
		head = append(head, "|", "simulated", "scheduled", "in time", "answered after", "hung up", "busy")
	}
	row(table, head...)
	for _, i := range r.Intervals {
		cells := []string{
			i.Start, fmt.Sprintf("%.0f", i.Calls), fmt.Sprintf("%.0f s", i.AHT), fmt.Sprintf("%.1f", i.Load),
			fmt.Sprint(i.Agents), fmt.Sprintf("%.1f", i.Exact), i.OnePool.text("%.1f"), fmt.Sprint(i.Scheduled),
			percent(i.InTime), fmt.Sprintf("%.1f s", i.ASA), percent(i.Abandon), percent(i.Blocked), fmt.Sprintf("%.0f %%", 100*i.Occupancy),
		}
		if n := i.Simulated; n != nil {
			cells = append(cells, "|", fmt.Sprint(n.Agents), fmt.Sprint(n.Scheduled), n.InTime.percent(), n.ASA.Value.text("%.1f s"), n.Abandon.Value.percent(), n.Occupancy.Value.percent())
		}
		row(table, cells...)
	}
	t := r.Total
	cells := []string{
		"hours", fmt.Sprintf("%.0f", t.Calls), "", "", fmt.Sprintf("%.1f", t.Hours), fmt.Sprintf("%.1f", t.Exact), t.OnePool.text("%.1f"), fmt.Sprintf("%.1f", t.Scheduled),
		percent(t.InTime), "", "", "", "",
	}
	if n := t.Simulated; n != nil {
		cells = append(cells, "|", fmt.Sprintf("%.1f", t.SimulatedHours), fmt.Sprintf("%.1f", t.SimulatedScheduled), n.InTime.percent(), n.ASA.Value.text("%.1f s"), n.Abandon.Value.percent(), n.Occupancy.Value.percent())
	}
	row(table, cells...)
	return table.Flush()
}

// printQueues sets the queues side by side.
func (r report) printQueues(out io.Writer) error {
	for some := range slices.Chunk(r.Queues, across) {
		fmt.Fprintf(out, "\nBy queue, by formula: agents (scheduled)")
		if r.Simulated != nil {
			fmt.Fprint(out, "; and, simulated under the plan, percent of the offered calls answered in time")
		}
		fmt.Fprint(out, "\n\n")
		table := right(out)
		head := []string{"from"}
		for _, q := range some {
			head = append(head, q.Name)
			if r.Simulated != nil {
				head = append(head, "in time")
			}
		}
		row(table, head...)
		for i, whole := range r.Intervals {
			cells := []string{whole.Start}
			for _, q := range some {
				its := q.Intervals[i]
				cells = append(cells, fmt.Sprintf("%d (%d)", its.Agents, its.Scheduled))
				if its.Simulated != nil {
					cells = append(cells, its.Simulated.InTime.percent())
				}
			}
			row(table, cells...)
		}
		cells := []string{"hours"}
		for _, q := range some {
			cells = append(cells, fmt.Sprintf("%.1f (%.1f)", q.Total.Hours, q.Total.Scheduled))
			if q.Total.Simulated != nil {
				cells = append(cells, q.Total.Simulated.InTime.percent())
			}
		}
		row(table, cells...)
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// printGroups sets the groups side by side, where they are not the queues.
func (r report) printGroups(out io.Writer) error {
	if r.Simulated == nil {
		return nil
	}
	for some := range slices.Chunk(r.Groups, across) {
		fmt.Fprint(out, "\nBy group of agents, by simulation: agents (scheduled)\n\n")
		table := right(out)
		head := []string{"from"}
		for _, g := range some {
			head = append(head, g.Name)
		}
		row(table, head...)
		for i, whole := range r.Intervals {
			cells := []string{whole.Start}
			for _, g := range some {
				cells = append(cells, fmt.Sprintf("%d (%d)", g.Agents[i], g.Scheduled[i]))
			}
			row(table, cells...)
		}
		cells := []string{"hours"}
		for _, g := range some {
			cells = append(cells, fmt.Sprintf("%.1f (%.1f)", g.Hours, g.Paid))
		}
		row(table, cells...)
		if err := table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// printGoals tells how sure it is that the goals are kept, and what binds.
func (r report) printGoals(out io.Writer) error {
	s := r.Simulated
	if s == nil {
		return nil
	}
	fmt.Fprint(out, "\nGoals, on days that the search did not see. Sure: the whole confidence interval is on the right side.\nBinds: in so many intervals it is what keeps a group from having one agent fewer.\n\n")
	table := left(out)
	row(table, "goal", "kept", "sure", "binds", "worst")
	for _, g := range s.byGoal() {
		row(table, g.goal, fmt.Sprintf("%d of %d", g.kept, g.of), fmt.Sprintf("%d of %d", g.sure, g.of), fmt.Sprint(g.binds),
			g.worst.Value.Value.figure(g.worst)+" "+g.worst.when())
	}
	return table.Flush()
}

func (r report) printShifts(out io.Writer) error {
	s := r.Shifts
	if s == nil {
		return nil
	}
	fmt.Fprintf(out, "\nShifts for those scheduled: %s. A break within a shift is on top of the shrinkage.\n\n", s.sum())
	table := left(out)
	row(table, "group", "shift", "from-to", "breaks", "people", "cost of one")
	for _, g := range s.Groups {
		if g.Why != "" {
			row(table, g.Group, g.Why)
		}
		for _, one := range g.Shifts {
			row(table, g.Group, one.Kind, one.Time, strings.Join(one.Breaks, ", "), fmt.Sprint(one.People), fmt.Sprintf("%.4g", one.Cost))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nOver-staffing: people on shift beyond those to be scheduled, in all groups: %s\n", s.overText())
	return nil
}

func (r report) printBusiest(out io.Writer) error {
	if len(r.Busiest) == 0 {
		return nil
	}
	first := r.Busiest[0]
	fmt.Fprintf(out, "\nThe busiest interval of a queue, %s at %s, taken on its own, by formula, with other numbers of agents. Service levels are told in four ways:\n\n", first.Queue, first.Start)
	table := right(out)
	row(table, "agents", "of offered", "of answered", "short hang-ups met", "short hang-ups left out", "answered after", "hung up", "busy")
	for _, b := range r.Busiest {
		row(table, b.cells()...)
	}
	return table.Flush()
}

func (r report) printOthers(out io.Writer) error {
	fmt.Fprint(out, "\nThe same day under other assumptions, by formula, each queue on its own:\n\n")
	table := left(out)
	for _, o := range r.Others {
		row(table, "  "+o.Assumption, o.result("%.1f agent hours"))
	}
	return table.Flush()
}
