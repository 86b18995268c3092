package cover

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Three shifts of sixteen hours around the clock, each two intervals of three:
// the relaxation takes half of each, 150; whole people are 99 + 100.
func round() (Day, []Kind) {
	d := Day{Every: 8 * time.Hour, Need: []int{1, 1, 1}, Around: true}
	return d, []Kind{
		{Name: "long", To: 16 * time.Hour, Length: 16 * time.Hour, Cost: 100},
		{Name: "night", Length: 8 * time.Hour, Cost: 99},
	}
}

func TestGapIsTold(t *testing.T) {
	d, kinds := round()
	c, err := Solve(t.Context(), d, kinds, Options{Nodes: 1})
	if err != nil || c.Exact || c.Cost != 200 || c.Bound != 150 || c.WhyNotExact != "linear problems solved: 1; a cover that costs up to 50 less is not ruled out" {
		t.Errorf("after one node: %+v, %v", c, err)
	}
	c, err = Solve(t.Context(), d, kinds, Options{})
	if err != nil || !c.Exact || c.Cost != 199 || c.Bound != 199 || c.Gap() != 0 || c.People() != 2 {
		t.Errorf("after all: %+v, %v", c, err)
	}
}

func TestUncoveredIntervalsAreNamed(t *testing.T) {
	d := Day{Start: 7 * time.Hour, Every: 30 * time.Minute, Need: []int{1, 0, 2, 2, 2, 1, 1, 3}}
	_, err := Solve(t.Context(), d, []Kind{{Name: "x", From: 8*time.Hour + 15*time.Minute, Length: time.Hour}}, Options{})
	const want = "cover: people are needed where no shift works all of an interval: 07:00-07:30, 08:00-08:30, 09:00-11:00"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestEachPlacementOfBreaks(t *testing.T) {
	h := time.Hour
	k := Kind{Name: "x", From: 8 * h, To: 9 * h, Length: 6 * h, Breaks: []Break{{Earliest: h, Latest: 2 * h, Length: h}, {Earliest: 2 * h, Latest: 4 * h, Every: 2 * h, Length: h / 2}}}
	all, err := expand(Day{Every: h, Need: []int{0}}, []Kind{k})
	var got []string
	for _, p := range all {
		got = append(got, fmt.Sprint(p.whole, p.breaks))
	}
	want := []string{
		"08:00-14:00 [09:00-10:00 10:00-10:30]", "08:00-14:00 [09:00-10:00 12:00-12:30]", "08:00-14:00 [10:00-11:00 12:00-12:30]",
		"09:00-15:00 [10:00-11:00 11:00-11:30]", "09:00-15:00 [10:00-11:00 13:00-13:30]", "09:00-15:00 [11:00-12:00 13:00-13:30]",
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestNobodyIsNeeded(t *testing.T) {
	c, err := Solve(t.Context(), Day{Every: time.Hour, Need: []int{0, 0}}, Ordinary(), Options{})
	if err != nil || !c.Exact || c.Cost != 0 || len(c.Shifts) != 0 || c.Gap() != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d, kinds := round()
	if _, err := Solve(ctx, d, kinds, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFaultsAreAllNamed(t *testing.T) {
	kinds := []Kind{
		{From: -1, Length: time.Hour},
		{Name: "a", From: 9 * time.Hour, To: 8 * time.Hour, Every: time.Second, Length: 25 * time.Hour, Cost: math.NaN()},
		{Name: "a", Length: time.Hour, Breaks: []Break{{Length: time.Hour}}},
		{Name: "b", Length: 4 * time.Hour, Breaks: []Break{{Earliest: time.Hour, Latest: time.Minute, Length: time.Minute}, {Length: 0}, {Earliest: 4 * time.Hour, Length: time.Minute}}},
		{Name: "c", Length: 4 * time.Hour, Breaks: []Break{{Earliest: 2 * time.Hour, Length: time.Hour}, {Earliest: time.Hour, Length: time.Hour, Every: 1}, {Earliest: time.Hour, Length: time.Hour}}},
	}
	_, err := Solve(t.Context(), Day{Start: -1, Every: 1, Need: []int{-1}, Around: true}, kinds, Options{Nodes: -1})
	for _, want := range []string{
		"start is", "an interval of", "need[0]", "nodes is",
		"kinds[0].name", "kinds[0].from", "kinds[1].to", "kinds[1].every", "kinds[1].length", "kinds[1].cost",
		"kinds[2].name (a): kinds[1] has the same name", "kinds[2].cost",
		"kinds[3].breaks[0]", "kinds[3].breaks[1].length", "kinds[3].breaks[2]", "kinds[4].breaks[1].every", "kinds[4].breaks[2]",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
	for want, d := range map[string]Day{
		"goes around has 24h": {Every: time.Hour, Need: []int{1}, Around: true},
		"from 1 to 400":       {Every: time.Hour},
	} {
		if _, err := Solve(t.Context(), d, Ordinary(), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	d := Day{Every: time.Hour, Need: []int{1_000_000, 1_000_000}}
	many := Kind{Name: "many", To: 20 * time.Hour, Every: time.Minute, Length: 3 * time.Hour, Breaks: []Break{{Latest: 2 * time.Hour, Every: time.Minute, Length: time.Minute}}}
	if _, err := Solve(t.Context(), d, []Kind{many}, Options{}); err == nil || !strings.Contains(err.Error(), "more than 5000 shifts") {
		t.Errorf("got %v", err)
	}
	dear := []Kind{{Name: "dear", Length: 2 * time.Hour, Cost: 1e9}, {Name: "odd", Length: time.Hour, Cost: 123456.789}}
	if _, err := Solve(t.Context(), d, dear, Options{}); err == nil || !strings.Contains(err.Error(), "round them") {
		t.Errorf("got %v", err)
	}
}

func TestSpanString(t *testing.T) {
	if got := (Span{7*time.Hour + 5*time.Minute, 25*time.Hour + 30*time.Second}).String(); got != "07:05-25:00:30" {
		t.Error(got)
	}
}
