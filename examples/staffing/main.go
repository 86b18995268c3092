// Staffing tells how many people a day's forecast of calls needs: by formula, each
// queue on its own, and by simulation under the very rules of a routing plan, where
// queues share agents; then which shifts would cover it.
//
//	go run ./examples/staffing
//	go run ./examples/staffing -html monday.html -csv monday.csv
//	go run ./examples/staffing -forecast monday.csv -plan rules.json -groups people.json
//
// A forecast is CSV with a header: start (15:04), calls, aht (a duration such as
// 4m30s, or seconds), and queue if there are several. An interval lasts until the
// next begins, the last as long as the one before it; a single one is half an hour.
// All queues have the same intervals.
//
// A plan is JSON as package acd reads it. The forecast's calls come to the queues
// that it names, whatever the plan's entry rules say of them. A group is people of
// the same skills, who can stand in for one another. See what -show-forecast,
// -show-plan and -show-groups print.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"time"
)

func main() {
	// Simulations make garbage beside a small heap: by default the collector would
	// run all the time.
	debug.SetGCPercent(400)
	o := options{explicit: map[string]bool{}}
	flag.StringVar(&o.forecast, "forecast", "", "staff for this `file` of CSV (start,calls,aht and perhaps queue) instead of a built-in day")
	flag.StringVar(&o.plan, "plan", "", "route by the plan in this `file` of JSON; default: a queue and a skill for each of the forecast's queues")
	flag.StringVar(&o.groups, "groups", "", "the groups of agents, and goals beside each queue's service level, from this `file` of JSON; default: a group for each queue")
	flag.StringVar(&o.shifts, "shifts", "", "the kinds of shifts in this `file` of JSON; default: 9 h with an hour for lunch, 6.5 h with half an hour off, 4 h")
	flag.StringVar(&o.tiers, "tiers", "", "percent of the calls by tier of the plan, like gold=15,silver=25")
	flag.StringVar(&o.date, "date", "2026-06-01", "the `day`, for the opening hours in a plan")
	flag.Float64Var(&o.service, "service", 80, "percent of each queue's offered calls to be answered in time; the default gives way to a queue's service_level in the plan")
	flag.DurationVar(&o.within, "within", 20*time.Second, "the time that -service speaks of")
	flag.DurationVar(&o.patience, "patience", 2*time.Minute, "mean time until a waiting caller hangs up; 0: nobody does")
	flag.IntVar(&o.lines, "lines", 0, "calls that fit in, talking and waiting: in all by simulation, for each queue by formula; 0: no limit")
	flag.Float64Var(&o.redial, "redial", 0, "percent of those who gave up or were blocked that call again")
	flag.Float64Var(&o.shrinkage, "shrinkage", 30, "percent of paid time away from the phones: breaks, meetings, illness")
	flag.Float64Var(&o.spread, "spread", 10, "percent by which days differ in volume, for the other assumptions: standard deviation over mean")
	flag.StringVar(&o.method, "method", "stationary", "how intervals bear on each other by formula: stationary, lagged or carryover")
	flag.BoolVar(&o.simulate, "simulate", true, "simulate under the plan; false: formulas only")
	flag.IntVar(&o.runs, "runs", 30, "runs of the day, with seeds of their own, that the simulated figures are from")
	flag.Uint64Var(&o.seed, "seed", 1, "decides everything that is drawn")
	flag.BoolVar(&o.json, "json", false, "print one JSON object instead of tables")
	flag.StringVar(&o.csv, "csv", "", "write the tables to this `file` as CSV too")
	flag.StringVar(&o.html, "html", "", "write a page with charts to this `file` too; it needs no network")
	flag.BoolVar(&o.showForecast, "show-forecast", false, "print the forecast, a beginning for an own one")
	flag.BoolVar(&o.showPlan, "show-plan", false, "print the plan, a beginning for an own one")
	flag.BoolVar(&o.showGroups, "show-groups", false, "print the groups, a beginning for own ones")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "staffing: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	flag.Visit(func(f *flag.Flag) { o.explicit[f.Name] = true })
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "staffing:", err)
		os.Exit(1)
	}
}

// run prints to out, and to told what is doubtful and how far it is.
func run(ctx context.Context, o options, out io.Writer, told io.Writer) error {
	d, err := o.read(told)
	if err != nil {
		return err
	}
	switch {
	case o.showForecast:
		return writeForecast(out, d.forecast)
	case o.showPlan:
		return writeJSON(out, d.rules)
	case o.showGroups:
		return writeCrew(out, d.crew)
	}
	r, err := o.report(ctx, d, progress(told))
	if err != nil {
		return err
	}
	if o.csv != "" {
		if err := toFile(o.csv, r.writeCSV); err != nil {
			return err
		}
	}
	if o.html != "" {
		if err := toFile(o.html, r.page().Write); err != nil {
			return err
		}
	}
	if o.json {
		return writeJSON(out, r)
	}
	return r.print(out)
}

// report is the whole plan of a day.
func (o options) report(ctx context.Context, d day, bar *bar) (report, error) {
	defer bar.close()
	formula := o.formula()
	r, err := byFormula(d.forecast, d.targets, formula)
	if err != nil {
		return r, err
	}
	if o.simulate {
		d.effort.Progress = bar.show("simulated days")
		if err := simulate(ctx, d, &r); err != nil {
			return r, err
		}
	}
	r.Shifts, err = coverDay(ctx, d.forecast, r.Groups, d.kinds, bar.show("groups covered"))
	if err != nil {
		return r, err
	}
	if o.shifts != "" {
		if err := r.Shifts.uncovered(); err != nil {
			return r, fmt.Errorf("%s: %w", o.shifts, err)
		}
	}
	r.Busiest = busiest(d.forecast, r, d.targets)
	r.Others = others(d.forecast, d.targets, formula, o.spread/100)
	return r, nil
}

// toFile writes a file, and leaves none that is not whole.
func toFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	err = write(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(name)
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
