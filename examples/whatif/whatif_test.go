package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// output runs the program with a command line.
func output(t *testing.T, args ...string) (string, error) {
	t.Helper()
	o, err := parse(args, io.Discard)
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	var out bytes.Buffer
	err = run(t.Context(), o, &out)
	return out.String(), err
}

func reportOf(t *testing.T, args ...string) *report {
	t.Helper()
	text, err := output(t, append(args, "-json")...)
	if err != nil {
		t.Fatal(err)
	}
	r := new(report)
	decoder := json.NewDecoder(strings.NewReader(text))
	if err := decoder.Decode(r); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return r
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// addUp checks what must hold of any report: every call has one outcome, and
// tiers and queues are parts of all.
func addUp(t *testing.T, r *report) {
	t.Helper()
	for _, v := range append([]*lived{r.Recorded}, r.Variants...) {
		all := v.Callers[0].Figures
		if got := *all[keyCalls].Value; got != float64(r.Calls) {
			t.Errorf("%s: %v calls of %d", v.Name, got, r.Calls)
		}
		parts := map[string]map[string]float64{"tiers": {}, "queues": {}}
		for _, c := range v.Callers {
			calls, answered := *c.Figures[keyCalls].Value, *c.Figures[keyAnswered].Value
			if sum := answered/calls + *c.Figures[keyHungUp].Value + *c.Figures[keyAway].Value; math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s, %s: outcomes add up to %v", v.Name, c.Kind, sum)
			}
			for key, e := range c.Figures {
				if e.Low != nil && !(*e.Low <= *e.Value && *e.Value <= *e.High) {
					t.Errorf("%s, %s: %s is %v in %v to %v", v.Name, c.Kind, key, *e.Value, *e.Low, *e.High)
				}
			}
			if i := slices.IndexFunc(c.Waits, func(p point) bool { return p.Seconds == r.Within }); *c.Waits[i].Value != *c.Figures[keyWithin].Value {
				t.Errorf("%s, %s: answered in time %v and %v", v.Name, c.Kind, *c.Waits[i].Value, *c.Figures[keyWithin].Value)
			}
			of := parts["tiers"]
			if c.Queue != "" {
				of = parts["queues"]
			}
			if c.Queue != "" || c.Tier != "" {
				of[keyCalls] += calls
				of[keyAnswered] += answered
				of[keyHungUp] += *c.Figures[keyHungUp].Value * calls
			}
		}
		for name, sums := range parts {
			if len(sums) > 0 && (sums[keyCalls] != *all[keyCalls].Value || math.Abs(sums[keyAnswered]-*all[keyAnswered].Value) > 1e-6 ||
				math.Abs(sums[keyHungUp]-*all[keyHungUp].Value*float64(r.Calls)) > 1e-6) {
				t.Errorf("%s: the %s do not add up to all: %v", v.Name, name, sums)
			}
		}
	}
}

func TestTheBuiltInWeekAddsUp(t *testing.T) {
	r := reportOf(t, "-runs", "3", "-by", "queue")
	addUp(t, r)
	if len(r.Variants) != 5 || r.Base != "first come" || r.InForce != "centre's rule" {
		t.Errorf("%d variants, base %q, in force %q", len(r.Variants), r.Base, r.InForce)
	}
	if n := len(r.Recorded.Callers); n != 1+2+3 {
		t.Errorf("%d kinds of caller", n)
	}
	// The log was made by this rule, so its replay must come near to it.
	was, is := r.Recorded.Callers[0].Figures, r.variant(r.InForce).Callers[0].Figures
	if ratio := *is[keyWait].Value / *was[keyWait].Value; ratio < 0.85 || ratio > 1.2 {
		t.Errorf("a mean wait of %v s is replayed as %v s", *was[keyWait].Value, *is[keyWait].Value)
	}
}

func TestAPlanAgainstItselfDiffersByNothing(t *testing.T) {
	text, err := output(t, "-show-plan", "centre's rule")
	if err != nil {
		t.Fatal(err)
	}
	plan := file(t, "plan.json", text)
	r := reportOf(t, "-runs", "4", "-by", "queue", "-plan", "own", "-plan", "again="+plan)
	for _, c := range r.Variants[1].Callers {
		for key, d := range c.Differences {
			if d.Value == nil || *d.Value != 0 || *d.Low != 0 || *d.High != 0 || d.sure() {
				t.Errorf("%s: %s differs by %+v", c.Kind, key, d)
			}
		}
		if len(c.Differences) < 10 {
			t.Errorf("%s: %d differences", c.Kind, len(c.Differences))
		}
	}
}

// TestRulesDoWhatTheyAreFor: what must come out, with differences that are sure.
func TestRulesDoWhatTheyAreFor(t *testing.T) {
	r := reportOf(t, "-runs", "8", "-head-starts", "0s,180s", "-holds", "0s,60s", "-agents", "-1,+1")
	for _, c := range []struct {
		variant, kind, key string
		sign               float64
	}{
		{"head start 180 s", "gold", keyWait, -1},
		{"head start 180 s", noTier, keyWait, +1},
		{"prefer", "all", keySame, +1},
		{"hold 60 s", "all", keySame, +1},
		{"1 fewer", "all", keyWait, +1},
		{"1 fewer", "all", keyOccupancy, +1},
		{"1 more", "all", keyHungUp, -1},
	} {
		d := r.variant(c.variant).kind(c.kind).Differences[c.key]
		if !d.sure() || *d.Value*c.sign <= 0 {
			t.Errorf("%s, %s: %s differs by %v from %v to %v", c.variant, c.kind, c.key, *d.Value, *d.Low, *d.High)
		}
	}
	for key, d := range r.variant("head start 0 s").Callers[0].Differences {
		if *d.Value != 0 {
			t.Errorf("a head start of nothing is not first come, first served: %s differs by %v", key, *d.Value)
		}
	}
	if want := []headStart{{0, "first come"}, {60, "centre's rule"}, {180, "head start 180 s"}}; !slices.Equal(r.HeadStarts, want) {
		t.Errorf("head starts %v, want %v", r.HeadStarts, want)
	}
}

// TestTextAndJSONAgree prints the text once more from the JSON, and runs twice.
func TestTextAndJSONAgree(t *testing.T) {
	args := []string{"-runs", "2", "-odd"}
	text, err := output(t, args...)
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := reportOf(t, args...).print(&again); err != nil {
		t.Fatal(err)
	}
	if text != again.String() {
		t.Errorf("the text is\n%s\nand from the JSON\n%s", text, again.String())
	}
	for _, part := range []string{"first come", "gold", "no tier", "± is the interval", "What replay cannot know", "Kaplan–Meier", "recorded"} {
		if !strings.Contains(text, part) {
			t.Errorf("the text does not say %q", part)
		}
	}
}

func TestThePageHasEveryChartAndNeedsNoNetwork(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	if _, err := output(t, "-runs", "2", "-head-starts", "30s,180s", "-html", path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(data), "<section")[1:]
	for _, heading := range []string{
		"Mean wait of answered calls", "Mean wait against first come", "What a head start gives, and takes",
		"Answered within a time: all", "Answered within a time: gold", "Hung up", "The operator of last time",
		"Occupancy over the day", "Staffing against what was needed",
	} {
		i := slices.IndexFunc(sections, func(s string) bool { return strings.Contains(s, ">"+heading+"<") })
		if i < 0 || !strings.Contains(sections[i], "<svg") || !strings.Contains(sections[i], "<table") {
			t.Errorf("%q has no picture with its table", heading)
		}
	}
	for _, outside := range []string{"<script", "<link", "src=", "@import", "url(http", `href="http`, "href=\"//"} {
		if bytes.Contains(data, []byte(outside)) {
			t.Errorf("the page has %q", outside)
		}
	}
	for _, part := range []string{"What replay cannot know", "How well the replay of"} {
		if !bytes.Contains(data, []byte(part)) {
			t.Errorf("the page does not say %q", part)
		}
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	bad := file(t, "bad.json", `{"queues": [{"name": "a", "ring": "soon"}]}`)
	empty := file(t, "empty.csv", "")
	for _, c := range []struct {
		want string
		args []string
	}{
		{"queues[0].ring", []string{"-plan", "mine=" + bad}},
		{"no such file", []string{"-plan", "mine=" + bad + ".missing"}},
		{"NAME=FILE", []string{"-plan", "mine"}},
		{`two variants are called "prefer"`, []string{"-holds", "0s,0s"}},
		{`no rule is called "other"`, []string{"-on", "other"}},
		{"-show-plan", []string{"-show-plan", "other"}},
		{"no such file", []string{"-log", empty + ".missing"}},
		{empty, []string{"-log", empty}},
		{"-format", []string{"-log", empty, "-format", "xml"}},
		{"-zone", []string{"-zone", "Atlantis/Capital"}},
	} {
		if _, err := output(t, append(c.args, "-runs", "1")...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: want an error with %q, got %v", c.args, c.want, err)
		}
	}
	for _, args := range [][]string{
		{"-runs", "0"}, {"-within", "-1s"}, {"-gap", "0s"}, {"-by", "agent"}, {"-holds", "-1s"}, {"-holds", "x"},
		{"-agents", "few"}, {"-tier", ","}, {"-wrap-up", "-1s"}, {"more"},
	} {
		if _, err := parse(args, io.Discard); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

func TestItStopsWhenTold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o, err := parse([]string{"-runs", "100"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := run(ctx, o, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("it goes on: %v", err)
	}
}
