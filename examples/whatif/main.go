// Whatif takes the calls of a log through two or more rules and tells what each
// kind of caller would have lived through under each, how the rules differ on
// the same callers, and what such a replay cannot know.
//
//	go run ./examples/whatif
//	go run ./examples/whatif -log anonymous_bank_1999-01.tsv.gz -html january.html
//	go run ./examples/whatif -log queue_log -plan now=plan.json -plan new=other.json
//	go run ./examples/whatif -log calls.csv -head-starts 30s,60s,120s -holds 0s,20s -agents -1
//
// The first rule is the base line of all differences. Head starts, holds and
// other numbers of operators are tried on the rule by which the log came about,
// if that is known, else on the base line, or on the one that -on names.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

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

func main() {
	o, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		os.Exit(2) // the flag set has said why
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err = run(ctx, o, os.Stdout)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "whatif: stopped")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "whatif:", err)
		os.Exit(1)
	}
}

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
		o.wrapUp, err = positive(text)
		return err
	})
	set.Func("plan", "a rule: `NAME=FILE` (a plan as JSON), fcfs (first come, first served) or own (the log's, if known); may be repeated, the first is the base line", func(text string) error {
		o.plans = append(o.plans, text)
		return nil
	})
	set.Func("head-starts", "head starts to try for a tier, such as `30s,60s,90s`", each(&o.headStarts, positive))
	set.Func("holds", "how long to hold a caller for the operator of last time, such as `0s,20s,60s`; 0s: only if free", each(&o.holds, positive))
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

func positive(text string) (time.Duration, error) {
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

func run(ctx context.Context, o options, out io.Writer) error {
	h, err := readHistory(o)
	if err != nil {
		return err
	}
	list, changed, err := variants(h, o)
	if err != nil {
		return err
	}
	if o.showPlan != "" {
		return showPlan(list, o.showPlan, out)
	}
	bar := progressbar.NewOptions(len(list)*o.runs,
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetVisibility(term.IsTerminal(int(os.Stderr.Fd()))),
		progressbar.OptionSetDescription("simulating"),
		progressbar.OptionThrottle(50*time.Millisecond),
		progressbar.OptionClearOnFinish())
	r, err := compare(ctx, h, list, changed, o, func() { bar.Add(1) })
	bar.Finish()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if o.html != "" {
		if err := r.page().Write(&text); err != nil {
			return err
		}
		if err := os.WriteFile(o.html, text.Bytes(), 0o644); err != nil {
			return err
		}
		text.Reset()
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", " ")
		return encoder.Encode(r)
	}
	if err := r.print(&text); err != nil {
		return err
	}
	_, err = out.Write(text.Bytes())
	return err
}

// showPlan writes one of the rules as a plan's file has it.
func showPlan(list []variant, name string, out io.Writer) error {
	var names []string
	for _, v := range list {
		if v.name == name {
			encoder := json.NewEncoder(out)
			encoder.SetIndent("", "  ")
			return encoder.Encode(v.plan)
		}
		names = append(names, v.name)
	}
	return fmt.Errorf("-show-plan: want one of %q, got %q", names, name)
}
