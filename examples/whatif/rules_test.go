package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// TestAPlanThatKnowsNoTiersStillTellsThemApart, and is told what it hardly means.
func TestAPlanThatKnowsNoTiersStillTellsThemApart(t *testing.T) {
	plan := file(t, "plan.json", `{"entry": [{"queue": "everything"}], "queues": [{"name": "everything", "steps": [{"needs": {"orders": 1}}]}]}`)
	r := reportOf(t, "-runs", "2", "-plan", "mine="+plan, "-plan", fcfs)
	addUp(t, r)
	if got, want := *r.variant("mine").kind(gold).Figures[keyCalls].Value, *r.Recorded.kind(gold).Figures[keyCalls].Value; got != want {
		t.Errorf("%v calls of the tier, want %v", got, want)
	}
	if doubts := r.variant("mine").Doubts; !slices.ContainsFunc(doubts, func(d string) bool { return strings.Contains(d, "0s of wrap-up") }) {
		t.Errorf("nobody doubts that operators need no time between calls: %q", doubts)
	}
	if doubts := r.variant("first come").Doubts; doubts != nil {
		t.Errorf("a rule made here is doubted: %q", doubts)
	}
}

func TestRulesAreMadeWithoutChangingTheOneTheyComeFrom(t *testing.T) {
	base := firstCome([]string{"a", "b"}, []string{"gold", "silver"}, time.Second)
	before := planText(base)
	long := withHeadStart(base, []string{"gold", "new"}, 20*time.Minute)
	if d, ok := headStartOf(long, []string{"gold", "new"}); !ok || d != 20*time.Minute {
		t.Errorf("a head start of %v", d)
	}
	if long.MaxHeadStart == nil || *long.MaxHeadStart != 20*time.Minute {
		t.Errorf("it is cut: %v", long.MaxHeadStart)
	}
	if _, ok := headStartOf(long, []string{"gold", "silver"}); ok {
		t.Error("tiers of different head starts have one")
	}
	if plan := withHeadStart(base, []string{"gold"}, time.Minute); plan.MaxHeadStart != nil {
		t.Errorf("the cap is %v", *plan.MaxHeadStart)
	}
	if plan := withHold(base, 0); plan.Affinity.Mode != acd.AffinityPrefer || plan.Affinity.Hold != nil {
		t.Errorf("a hold of nothing: %+v", plan.Affinity)
	}
	if plan := withHold(base, time.Minute); plan.Affinity.Mode != acd.AffinityHold || *plan.Affinity.Hold != time.Minute {
		t.Errorf("a hold of a minute: %+v", plan.Affinity)
	}
	if after := planText(base); after != before {
		t.Errorf("the rule that they were made of became\n%s\nfrom\n%s", after, before)
	}
}

func TestNumbersAreWrittenAsPeopleReadThem(t *testing.T) {
	e := func(value, low, high float64) estimate { return estimate{&value, &low, &high} }
	alone := 0.0625
	for _, c := range []struct{ got, want string }{
		{share.plusMinus(e(0.5, 0.48, 0.52)), "50.0 ±2.0 %"},
		{share.plusMinus(e(0.5, 0.4996, 0.5004)), "50.00 ±0.04 %"},
		{seconds.plusMinus(e(12, 12, 12)), "12.0 ±0.0 s"},
		{seconds.plusMinus(estimate{}), "-"},
		{share.plusMinus(estimate{Value: &alone}), "6.2 %"},
		{number.plusMinus(e(1234, 1200, 1300)), "1234"},
		{seconds.change(difference{e(-1.5, -2, -1)}), "−1.5 ±0.5*"},
		{seconds.change(difference{e(1.5, -1, 4)}), "+1.5 ±2.5"},
		{seconds.change(difference{e(-0.01, -1, 0.98)}), "0.0 ±1.0"},
		{share.change(difference{}), "-"},
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(30161), "30,161"}, {thousands(1234567), "1,234,567"},
		{inSeconds(90 * time.Second), "90 s"}, {inSeconds(1500 * time.Millisecond), "1.5 s"},
		{short(2 * time.Minute), "2m"}, {short(time.Hour), "1h"}, {short(90 * time.Second), "1m30s"}, {short(0), "0s"},
		{list([]string{"a"}), "a"}, {list([]string{"a", "b", "c"}), "a, b and c"}, {list(nil), ""},
		{inDays(1), "1 day"}, {inDays(29), "29 days"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
