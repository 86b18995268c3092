// Day takes a contact centre through a day, or through a month of a real
// bank's calls, under three rules, and prints what each kind of caller lived
// through: first come first served; the bank's own rule, a head start of 90 s
// for priority customers; and that with the operator of last time as well.
//
//	go run ./examples/day
//	go run ./examples/day -log anonymous_bank_1999-01.tsv.gz
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/najimi-acd/najimi/acd"
)

type options struct {
	log, plan string
	gap       time.Duration
	seed      uint64
	json      bool
	showPlan  bool
	odd       bool
}

func main() {
	var o options
	flag.StringVar(&o.log, "log", "", "play the calls of this `file` of the bank's records (TSV, may be gzipped) instead of a built-in day")
	flag.StringVar(&o.plan, "plan", "", "a plan, a `file` of JSON, in place of the rules of \"najimi\"; calls carry the attribute \"type\" and the tier \"priority\"")
	flag.DurationVar(&o.gap, "gap", 5*time.Minute, "with -log: an operator who serves nobody for so long was away")
	flag.Uint64Var(&o.seed, "seed", 1, "of the random numbers")
	flag.BoolVar(&o.json, "json", false, "print one JSON object instead of a table")
	flag.BoolVar(&o.showPlan, "show-plan", false, "print the plan of \"najimi\" and stop: a beginning for -plan")
	flag.BoolVar(&o.odd, "odd", false, "with -log: list what is odd about the records")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "day: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "day:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	s := builtIn(o.seed)
	if o.odd && o.log == "" {
		return errors.New("-odd: there are no records without -log")
	}
	if o.log != "" {
		if o.gap <= 0 {
			return fmt.Errorf("-gap: want more than 0s, got %v", o.gap)
		}
		var err error
		if s, err = fromLog(o.log, o.gap, o.seed); err != nil {
			return err
		}
	}
	plans := map[string]acd.Plan{}
	for _, rule := range []string{ruleFIFO, ruleBank, ruleNajimi} {
		plans[rule] = planFor(rule, s.kinds)
	}
	if o.plan != "" {
		text, err := os.ReadFile(o.plan)
		if err != nil {
			return err
		}
		plan, err := acd.ParsePlan(text)
		if err != nil {
			return fmt.Errorf("%s:\n%w", o.plan, err)
		}
		plans[ruleNajimi] = plan
		agents := make(map[string]acd.Skills)
		for _, a := range s.agents {
			agents[a.ID] = a.Skills
		}
		for _, finding := range plan.Check(agents) {
			fmt.Fprintf(os.Stderr, "day: %s: doubtful: %s\n", o.plan, finding)
		}
	}
	if o.showPlan {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(plans[ruleNajimi])
	}

	bar := progressbar.NewOptions(3*len(s.calls),
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetVisibility(term.IsTerminal(int(os.Stderr.Fd()))),
		progressbar.OptionSetDescription("calls"),
		progressbar.OptionThrottle(50*time.Millisecond),
		progressbar.OptionClearOnFinish())
	report := report{Source: s.source, Calls: len(s.calls), Recorded: s.recorded}
	var words *decisions
	for _, rule := range []string{ruleFIFO, ruleBank, ruleNajimi} {
		result, told, err := play(ctx, s, rule, plans[rule], o.seed, func() { bar.Add(1) })
		if err != nil {
			return fmt.Errorf("rule %s: %w", rule, err)
		}
		report.Rules = append(report.Rules, result)
		words = told
	}
	bar.Finish()
	if o.odd {
		report.Odd = s.notes
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	report.print(out)
	fmt.Fprintf(out, "\nThree decisions of rule %q, in words:\n", ruleNajimi)
	words.print(out)
	if o.odd {
		fmt.Fprintf(out, "\nOdd records, kept where they could be used:\n")
		for _, note := range report.Odd {
			fmt.Fprintln(out, " ", note)
		}
	}
	return nil
}

// report is all that is printed, in the form of its JSON.
type report struct {
	Source   string   `json:"source"`
	Calls    int      `json:"calls"`
	Rules    []*ruled `json:"rules"`
	Recorded *ruled   `json:"recorded,omitempty"`
	Odd      []string `json:"odd,omitempty"`
}

// print writes the table: for each tier what was recorded, if it was, and what
// each rule makes of it.
func (r *report) print(out io.Writer) {
	fmt.Fprintf(out, "%s: %d calls, the same under each rule\n\n", r.Source, r.Calls)
	rules := r.Rules
	if r.Recorded != nil {
		rules = append([]*ruled{r.Recorded}, rules...)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	heads := []string{"", "", "", "", "hung", "answered", "wait", "of", "answered", "same", "operators"}
	fmt.Fprintln(w, strings.Join(heads, "\t")+"\t")
	heads = []string{"tier", "rule", "calls", "answered", "up", "in 20 s", "mean", "median", "p99", "operator", "busy"}
	fmt.Fprintln(w, strings.Join(heads, "\t")+"\t")
	for i, tier := range rules[0].Tiers {
		name := tier.Tier
		for _, rule := range rules {
			t := rule.Tiers[i]
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%.0f s\t%.0f s\t%.0f s\t%s\t", name, rule.Rule, t.Calls, t.Answered,
				percent(t.Abandoned, t.Calls), percent(t.Within20s, t.Calls),
				t.WaitMean, t.WaitP50, t.WaitP99, percent(t.SameOperator, t.RepeatCalls))
			if tier.Tier == "all" {
				fmt.Fprintf(w, "%.1f %%", 100*rule.Occupancy)
			}
			fmt.Fprintln(w, "\t")
			name = ""
		}
	}
	w.Flush()
	fmt.Fprintf(out, "\nsame operator: of calls by customers who had been answered before (%d of them under %q)\n",
		r.Rules[2].Tiers[2].RepeatCalls, ruleNajimi)
	for _, rule := range r.Rules {
		if all := rule.Tiers[2]; all.TurnedAway > 0 {
			fmt.Fprintf(out, "%s: %d calls were blocked or diverted, and are in no other column\n", rule.Rule, all.TurnedAway)
		}
		if rule.warned > 0 {
			fmt.Fprintf(out, "%s: %d arrivals came with warnings, such as %q\n", rule.Rule, rule.warned, rule.warning)
		}
	}
	if r.Recorded != nil {
		fmt.Fprintln(out, "recorded: what the bank wrote down. It knew a customer only after a wait, so its tiers do not compare with each other.")
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}
