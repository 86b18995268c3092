package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
	"github.com/najimi-acd/najimi/acd/sim"
)

func reportOf(t *testing.T, o options) report {
	t.Helper()
	o.json = true
	var out bytes.Buffer
	if err := run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	return r
}

// consistent checks what must hold whatever the rules.
func consistent(t *testing.T, r report) {
	t.Helper()
	names := []string{ruleFIFO, ruleBank, ruleNajimi}
	if len(r.Rules) != len(names) {
		t.Fatalf("%d rules", len(r.Rules))
	}
	for i, rule := range r.Rules {
		if rule.Rule != names[i] {
			t.Errorf("rule %d is %q", i, rule.Rule)
		}
		if !(rule.Occupancy > 0 && rule.Occupancy < 1) {
			t.Errorf("%s: occupancy %v", rule.Rule, rule.Occupancy)
		}
		var sum tally
		for _, tier := range rule.Tiers[:len(rule.Tiers)-1] {
			sum.Calls += tier.Calls
			sum.Answered += tier.Answered
			sum.Abandoned += tier.Abandoned
			sum.Within20s += tier.Within20s
			sum.RepeatCalls += tier.RepeatCalls
			sum.SameOperator += tier.SameOperator
		}
		all := rule.Tiers[len(rule.Tiers)-1]
		if all.Tier != "all" || all.Calls != r.Calls || all.Answered+all.Abandoned != r.Calls {
			t.Errorf("%s: %d calls, %d answered and %d abandoned of %d", rule.Rule, all.Calls, all.Answered, all.Abandoned, r.Calls)
		}
		if sum.Calls != all.Calls || sum.Answered != all.Answered || sum.Abandoned != all.Abandoned ||
			sum.Within20s != all.Within20s || sum.RepeatCalls != all.RepeatCalls || sum.SameOperator != all.SameOperator {
			t.Errorf("%s: the tiers do not add up to all: %+v, %+v", rule.Rule, sum, all)
		}
		if all.WaitP50 > all.WaitP99 || all.SameOperator > all.RepeatCalls || all.Within20s > all.Answered {
			t.Errorf("%s: %+v", rule.Rule, all)
		}
	}
}

func TestBuiltInDay(t *testing.T) {
	r := reportOf(t, options{seed: 1})
	consistent(t, r)
	if r.Calls < 1_300 || r.Calls > 1_700 {
		t.Errorf("%d calls are not about 1,500", r.Calls)
	}
	fifo, bank, ours := r.Rules[0].Tiers[0], r.Rules[1].Tiers[0], r.Rules[2].Tiers[0]
	if bank.WaitMean >= fifo.WaitMean {
		t.Errorf("a head start does not shorten the wait: %v s with, %v s without", bank.WaitMean, fifo.WaitMean)
	}
	if ours.SameOperator <= bank.SameOperator {
		t.Errorf("affinity does not bring callers to their operator: %d with, %d without", ours.SameOperator, bank.SameOperator)
	}
	again := reportOf(t, options{seed: 1})
	if a, b := mustJSON(t, r), mustJSON(t, again); a != b {
		t.Error("the same seed gave another day")
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheTableAndTheWordsArePrinted(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), options{seed: 1}, &out); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"fifo", "bank", "najimi", "priority", "regular", "all",
		"The operator of last time. On", "A head start. On", "Plain. On"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("it does not say %q:\n%s", part, out.String())
		}
	}
}

func TestThePlanThatIsShownCanBeGivenBack(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), options{seed: 1, showPlan: true}, &out); err != nil {
		t.Fatal(err)
	}
	file := t.TempDir() + "/plan.json"
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if a, b := mustJSON(t, reportOf(t, options{seed: 1})), mustJSON(t, reportOf(t, options{seed: 1, plan: file})); a != b {
		t.Error("the same plan as a file gives another day")
	}
}

// TestEveryCallOfAMonthHasOneOutcome plays real months under all rules, with
// an auditor who reads each event.
func TestEveryCallOfAMonthHasOneOutcome(t *testing.T) {
	for _, month := range []struct {
		file  string
		calls int // counted with awk: rows that are not PHANTOM and reached a queue or an agent
	}{{"anonymous_bank_1999-01.tsv.gz", 30_161}, {"anonymous_bank_1999-02.tsv.gz", 31_125}} {
		t.Run(month.file, func(t *testing.T) {
			file := "../../../shared/data/bank/" + month.file
			if _, err := os.Stat(file); err != nil {
				t.Skipf("needs the bank's records in ../shared/data/bank, which are not part of the project: %v", err)
			}
			s, err := fromLog(file, 5*time.Minute, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.calls) != month.calls {
				t.Errorf("%d calls, want %d", len(s.calls), month.calls)
			}
			for _, rule := range []string{ruleFIFO, ruleBank, ruleNajimi} {
				plan := planFor(rule, s.kinds)
				auditor := acdtest.NewAuditor(plan)
				seen := make(map[string]sim.Outcome)
				_, err := sim.Run(t.Context(), sim.Scenario{
					Plan: plan, Agents: s.agents, Calls: sim.Log(s.calls), Seed: 1,
					Observe: func(cmd acd.Command, events []acd.Event, err error) {
						if err != nil {
							t.Errorf("%s at %v: %v", cmd.Type, cmd.At, err)
						}
						for _, v := range auditor.Applied(cmd, events, err) {
							t.Errorf("%v: %s: %s", v.At, v.Law, v.Detail)
						}
					},
					Each: func(r *sim.Record) {
						if before, ok := seen[r.ID]; ok {
							t.Errorf("%s: %s after %s", r.ID, r.Outcome, before)
						}
						seen[r.ID] = r.Outcome
						if r.Outcome != sim.Answered && r.Outcome != sim.Abandoned {
							t.Errorf("%s: outcome %q", r.ID, r.Outcome)
						}
					},
				})
				if err != nil {
					t.Fatal(err)
				}
				if len(seen) != len(s.calls) {
					t.Errorf("%s: %d calls of %d have an outcome", rule, len(seen), len(s.calls))
				}
			}
		})
	}
}
