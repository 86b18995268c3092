// Staffing tells how many people a day's forecast of calls needs, by formula: a
// table of the intervals, what one agent more or less does in the busiest of them,
// and what other assumptions would ask for.
//
//	go run ./examples/staffing
//	go run ./examples/staffing -forecast monday.csv -service 80 -within 20s
//
// A forecast is CSV with a header: start (15:04), calls, aht (a duration such as
// 4m30s, or seconds). An interval lasts until the next begins, the last as long as
// the one before it; a single one is half an hour.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

type options struct {
	forecast  string
	service   float64
	within    time.Duration
	patience  time.Duration
	lines     int
	redial    float64
	shrinkage float64
	spread    float64
	method    string
	json      bool
}

var methods = map[string]erlang.Method{
	"stationary": erlang.Stationary,
	"lagged":     erlang.Lagged,
	"carryover":  erlang.CarryOver,
}

func main() {
	var o options
	flag.StringVar(&o.forecast, "forecast", "", "staff for this `file` of CSV (start,calls,aht) instead of a built-in day")
	flag.Float64Var(&o.service, "service", 80, "percent of the offered calls to be answered in time")
	flag.DurationVar(&o.within, "within", 20*time.Second, "the time that -service speaks of")
	flag.DurationVar(&o.patience, "patience", 2*time.Minute, "mean time until a waiting caller hangs up; 0: nobody does")
	flag.IntVar(&o.lines, "lines", 0, "calls that fit in, talking and waiting; 0: no limit")
	flag.Float64Var(&o.redial, "redial", 0, "percent of those who gave up or were blocked that call again")
	flag.Float64Var(&o.shrinkage, "shrinkage", 30, "percent of paid time away from the phones: breaks, meetings, illness")
	flag.Float64Var(&o.spread, "spread", 10, "percent by which days differ in volume: standard deviation over mean")
	flag.StringVar(&o.method, "method", "stationary", "how intervals bear on each other: stationary, lagged or carryover")
	flag.BoolVar(&o.json, "json", false, "print one JSON object instead of tables")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "staffing: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := run(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "staffing:", err)
		os.Exit(1)
	}
}

// check reports every flag that is out of its range.
func (o options) check() error {
	var faults []error
	percent := func(flag string, value, least, most float64) {
		switch {
		case !(value >= least && value <= most):
			faults = append(faults, fmt.Errorf("-%s is %g: it must lie from %g to %g percent", flag, value, least, most))
		case value > 0 && value < 1:
			faults = append(faults, fmt.Errorf("-%s is %g: it is a percentage, 80 for 80 %%", flag, value))
		}
	}
	percent("service", o.service, 1, 100)
	percent("shrinkage", o.shrinkage, 0, 99)
	percent("redial", o.redial, 0, 100)
	percent("spread", o.spread, 0, 1000)
	if o.within < 0 || o.patience < 0 || o.lines < 0 {
		faults = append(faults, errors.New("-within, -patience and -lines must not be negative"))
	}
	if _, ok := methods[strings.ToLower(o.method)]; !ok {
		faults = append(faults, fmt.Errorf("-method is %q: it must be stationary, lagged or carryover", o.method))
	}
	return errors.Join(faults...)
}

func run(o options, out io.Writer) error {
	if err := o.check(); err != nil {
		return err
	}
	f := builtIn()
	if o.forecast != "" {
		file, err := os.Open(o.forecast)
		if err != nil {
			return err
		}
		defer file.Close()
		if f, err = readForecast(file); err != nil {
			return fmt.Errorf("%s: %w", o.forecast, err)
		}
		f.Source = o.forecast
	}
	for i := range f.day {
		f.day[i].Patience = o.patience
		f.day[i].Lines = o.lines
		f.day[i].Redial = o.redial / 100
	}
	target := erlang.Target{ServiceLevel: o.service / 100, Within: o.within}
	options := erlang.DayOptions{Method: methods[strings.ToLower(o.method)], Shrinkage: o.shrinkage / 100}
	r, err := plan(f, target, options, o.spread/100)
	if err != nil {
		return err
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	return r.print(out)
}
