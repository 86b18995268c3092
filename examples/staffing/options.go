package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
	"github.com/najimi-acd/najimi/examples/cover"
)

type options struct {
	forecast, plan, groups, shifts     string
	tiers, date                        string
	service                            float64
	within                             time.Duration
	patience                           time.Duration
	lines                              int
	redial                             float64
	shrinkage                          float64
	spread                             float64
	method                             string
	simulate                           bool
	runs, workers                      int
	seed                               uint64
	json                               bool
	csv, html                          string
	showForecast, showPlan, showGroups bool
	// explicit are the flags that were given, whatever they say.
	explicit map[string]bool
}

var methods = map[string]erlang.Method{
	"stationary": erlang.Stationary,
	"lagged":     erlang.Lagged,
	"carryover":  erlang.CarryOver,
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
	if o.simulate && (o.runs < 2 || o.runs > 10_000) {
		faults = append(faults, fmt.Errorf("-runs is %d: it must lie from 2 to 10,000", o.runs))
	}
	if _, ok := methods[strings.ToLower(o.method)]; !ok {
		faults = append(faults, fmt.Errorf("-method is %q: it must be stationary, lagged or carryover", o.method))
	}
	if _, err := time.Parse(time.DateOnly, o.date); err != nil {
		faults = append(faults, fmt.Errorf("-date is %q: it must be a day like 2026-06-01", o.date))
	}
	return errors.Join(faults...)
}

func (o options) formula() erlang.DayOptions {
	return erlang.DayOptions{Method: methods[strings.ToLower(o.method)], Shrinkage: o.shrinkage / 100}
}

// read gathers all that a day needs from the flags and the files that they name,
// and tells what is doubtful in them.
func (o options) read(told io.Writer) (day, error) {
	d := day{
		patience: o.patience, redial: o.redial / 100, seed: o.seed,
		effort: sim.Effort{Runs: o.runs, Workers: o.workers},
	}
	if err := o.check(); err != nil {
		return d, err
	}
	d.forecast = builtIn()
	if o.forecast != "" {
		file, err := os.Open(o.forecast)
		if err != nil {
			return d, err
		}
		defer file.Close()
		if d.forecast, err = readForecast(file); err != nil {
			return d, fmt.Errorf("%s: %w", o.forecast, err)
		}
		d.forecast.Source = o.forecast
	}
	d.forecast = d.forecast.with(o.patience, o.lines, o.redial/100)
	if err := errors.Join(o.readRules(&d), o.readPeople(&d)); err != nil {
		return d, err
	}
	targets := o.targets(d)
	d.goals = goalsOf(d.forecast, targets, d.crew.Goals)
	d.targets = targets
	if err := checkGoals(d.goals, d.plan); err != nil {
		return d, err
	}
	agents := make(map[string]acd.Skills)
	for _, g := range d.crew.Groups {
		agents[g.Name] = g.Skills
	}
	for _, finding := range d.rules.Check(agents) {
		fmt.Fprintf(told, "staffing: doubtful: %s\n", finding)
	}
	return d, nil
}

// readRules reads how calls are routed, and which there are.
func (o options) readRules(d *day) (err error) {
	builtIn := o.forecast == "" && o.plan == ""
	switch {
	case o.plan != "":
		d.rules, err = readPlan(o.plan)
	case builtIn:
		d.rules = builtInPlan(d.forecast)
	default:
		d.rules = defaultPlan(d.forecast)
	}
	if err != nil {
		return err
	}
	if d.plan, err = admitting(d.rules, d.forecast, o.lines); err != nil {
		return err
	}
	switch {
	case o.tiers != "":
		d.tiers, err = readShares(o.tiers)
	case builtIn:
		d.tiers = builtInTiers()
	}
	if err != nil {
		return err
	}
	place, err := zone(d.plan)
	if err != nil {
		return err
	}
	d.midnight, err = time.ParseInLocation(time.DateOnly, o.date, place)
	return errors.Join(err, knownTiers(d.plan, d.tiers))
}

// readPeople reads who can be scheduled, and for which shifts.
func (o options) readPeople(d *day) (err error) {
	d.kinds = cover.Ordinary()
	if o.shifts != "" {
		if d.kinds, err = readKinds(o.shifts); err != nil {
			return err
		}
	}
	switch {
	case o.groups != "":
		d.crew, err = readCrew(o.groups)
	case o.forecast == "" && o.plan == "":
		d.crew = builtInCrew(d.forecast)
	default:
		d.crew = defaultCrew(d.forecast, d.rules)
	}
	return err
}

// targets are each queue's: what the flags say if they were given, else what the
// plan measures the queue by, else what the flags say by default.
func (o options) targets(d day) []erlang.Target {
	var all []erlang.Target
	for _, q := range d.forecast.queues {
		t := erlang.Target{ServiceLevel: o.service / 100, Within: o.within}
		level := queueNamed(&d.plan, q.name).ServiceLevel
		if level != nil && level.Target > 0 && !o.explicit["service"] && !o.explicit["within"] {
			t = erlang.Target{ServiceLevel: level.Target, Within: level.Within}
		}
		all = append(all, t)
	}
	return all
}
