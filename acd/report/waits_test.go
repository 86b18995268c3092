package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// someWaits are of all sizes, with many alike.
var someWaits = rapid.SliceOf(rapid.Custom(func(t *rapid.T) time.Duration {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return 0
	case 1:
		return time.Duration(rapid.IntRange(0, 20).Draw(t, "s")) * time.Second
	case 2:
		return time.Duration(rapid.Int64Range(0, 300).Draw(t, "ns"))
	}
	return time.Duration(rapid.Int64Range(0, math.MaxInt64).Draw(t, "ns") >> rapid.IntRange(0, 62).Draw(t, "bits"))
}))

func waitsOf(waits []time.Duration) *Waits {
	w := new(Waits)
	for _, d := range waits {
		w.Add(d)
	}
	return w
}

func TestQuantilesAreWithinTheirBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := someWaits.Draw(t, "waits")
		w := waitsOf(waits)
		sorted := slices.Sorted(slices.Values(waits))
		for _, percent := range []int{0, 1, 7, 10, 25, 50, 75, 90, 95, 99, 100} {
			got, ok := w.Quantile(float64(percent) / 100)
			if ok != (len(waits) > 0) {
				t.Fatalf("%d waits: %v", len(waits), ok)
			}
			if !ok {
				continue
			}
			rank := max((percent*len(waits)+99)/100, 1)
			want := sorted[rank-1]
			if off := (got - want).Abs(); off > want/128 {
				t.Fatalf("%d %%: got %v, want %v", percent, got, want)
			}
		}
	})
}

func TestMergedWaitsAreThoseOfAllCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someWaits.Draw(t, "a"), someWaits.Draw(t, "b")
		got := waitsOf(a)
		got.Merge(waitsOf(b))
		want := waitsOf(append(slices.Clone(a), b...))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Waits{}, bucket{})); diff != "" && len(a)+len(b) > 0 {
			t.Fatal(diff)
		}
	})
}

func TestAWaitCanBeTakenBack(t *testing.T) {
	w := waitsOf([]time.Duration{1, time.Second, time.Minute})
	w.Add(time.Second)
	w.Add(time.Hour)
	w.remove(time.Second)
	w.remove(time.Hour)
	want := waitsOf([]time.Duration{1, time.Second, time.Minute})
	if diff := cmp.Diff(want, w, cmp.AllowUnexported(Waits{}, bucket{})); diff != "" {
		t.Error(diff)
	}
}

func TestBucketsAreInOrderAndHoldTheirMiddle(t *testing.T) {
	for d := time.Duration(1); d > 0; d += max(d/1000, 1) {
		if bucketOf(d) < bucketOf(d-1) {
			t.Fatalf("%d ns is before %d ns", d, d-1)
		}
		if bucketOf(middle(bucketOf(d))) != bucketOf(d) {
			t.Fatalf("%d ns: bucket %d, whose middle %d is in another", d, bucketOf(d), middle(bucketOf(d)))
		}
	}
	if last := bucketOf(math.MaxInt64); last >= 3776 {
		t.Errorf("the last bucket is %d", last)
	}
}
