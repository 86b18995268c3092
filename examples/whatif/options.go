package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// options are the command line's.
type options struct {
	log, format, zone string
	gap, wrapUp       time.Duration // of wrapUp below 0: as the log has it

	plans             []string
	headStarts, holds []time.Duration
	agents            []int
	tiers             []string
	on                string

	within   time.Duration
	byQueue  bool
	runs     int
	seed     uint64
	json     bool
	html     string
	odd      bool
	showPlan string
}

// asked says that variants were asked for.
func (o *options) asked() bool { return len(o.headStarts)+len(o.holds)+len(o.agents) > 0 }

// parse reads the command line.
func parse(args []string, messages io.Writer) (options, error) {
	var o options
	set := flag.NewFlagSet("whatif", flag.ContinueOnError)
	set.SetOutput(messages)
	set.StringVar(&o.log, "log", "", "play the calls of this `file` (may be gzipped) instead of a built-in week")
	set.StringVar(&o.format, "format", formatAuto, "of the log: auto, bank, queue_log or csv")
	set.StringVar(&o.zone, "zone", "UTC", "the `time zone` of times in the log that name none, and of the time of day in the report")
	set.DurationVar(&o.gap, "gap", 5*time.Minute, "where the log does not say who was there: an operator who serves nobody for so long was away")
	o.wrapUp = -1
	set.Func("wrap-up", "of the rules that need no file: the `time` that operators take after each talk (default: as measured in the log)", func(text string) (err error) {
		o.wrapUp, err = notNegative(text)
		return err
	})
	set.Func("plan", "a rule: `NAME=FILE` (a plan as JSON), fcfs (first come, first served) or own (the log's, if known); may be repeated, the first is the base line", func(text string) error {
		o.plans = append(o.plans, text)
		return nil
	})
	set.Func("head-starts", "head starts to try for a tier, such as `30s,60s,90s`", each(&o.headStarts, notNegative))
	set.Func("holds", "how long to hold a caller for the operator of last time, such as `0s,20s,60s`; 0s: only if free", each(&o.holds, notNegative))
	set.Func("agents", "operators more or fewer every day, such as `-1,+1`", each(&o.agents, strconv.Atoi))
	set.Func("tier", "the `names` of those who have the head starts (default: as in the log's own rule, else the rarest tier)", each(&o.tiers, named))
	set.StringVar(&o.on, "on", "", "the `name` of the rule that head starts, holds and other numbers of operators change")
	set.DurationVar(&o.within, "within", 20*time.Second, "the time of \"answered within\"")
	by := set.String("by", "tier", "tell callers apart by tier, or by tier and queue: tier or queue")
	set.IntVar(&o.runs, "runs", 20, "simulations of each rule")
	set.Uint64Var(&o.seed, "seed", 1, "of the random numbers")
	set.BoolVar(&o.json, "json", false, "print one JSON object instead of tables")
	set.StringVar(&o.html, "html", "", "write a page with charts to this `file` as well")
	set.BoolVar(&o.odd, "odd", false, "list what is odd about the log's records")
	set.StringVar(&o.showPlan, "show-plan", "", "print the plan of the rule of this `name` and stop: a beginning for -plan")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	o.byQueue = *by == "queue"
	err := o.check(*by, set.Args())
	if err != nil {
		fmt.Fprintln(messages, "whatif:", err)
	}
	return o, err
}

func (o *options) check(by string, rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q", rest[0])
	case by != "tier" && by != "queue":
		return fmt.Errorf("-by: want tier or queue, got %q", by)
	case o.runs < 1:
		return fmt.Errorf("-runs: want at least 1, got %d", o.runs)
	case o.within < 0:
		return fmt.Errorf("-within: want at least 0s, got %v", o.within)
	case o.gap <= 0:
		return fmt.Errorf("-gap: want more than 0s, got %v", o.gap)
	}
	return nil
}

// each reads a list with commas; what a flag said earlier stays.
func each[T any](list *[]T, read func(string) (T, error)) func(string) error {
	return func(text string) error {
		for part := range strings.SplitSeq(text, ",") {
			x, err := read(strings.TrimSpace(part))
			if err != nil {
				return err
			}
			*list = append(*list, x)
		}
		return nil
	}
}

func notNegative(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err == nil && d < 0 {
		err = fmt.Errorf("%v is negative", d)
	}
	return d, err
}

func named(text string) (string, error) {
	if text == "" {
		return "", errors.New("an empty name")
	}
	return text, nil
}
