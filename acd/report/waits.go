package report

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"time"
)

// Waits is how long calls waited: how many, their sum, and a histogram from
// which quantiles are read. The zero value is empty.
//
// The histogram has 64 buckets to each doubling of the wait, so a quantile is
// off by at most 1/128 of its value (0.8 %), and not at all below 128 ns. Bounds
// are integers, the same on every machine, and merging adds bucket to bucket:
// the merged histogram is the one that all calls together would have made. It
// keeps only buckets with calls in them, at most one a call and 3,776 in all, of
// 8 bytes.
//
// Buckets of a fixed relative width are the idea of HdrHistogram (G. Tene) and
// of DDSketch (C. Masson, J. Rim and H. Lee, "DDSketch: A Fast and
// Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", Proceedings
// of the VLDB Endowment 12(12), 2019); the linear steps within each doubling are
// the former's.
type Waits struct {
	count   int
	sum     time.Duration
	buckets []bucket // by index
}

type bucket struct{ index, count int32 }

// Count is the number of calls.
func (w *Waits) Count() int { return w.count }

// Sum is all waits together, saturating at 292 years.
func (w *Waits) Sum() time.Duration { return w.sum }

// Mean is the mean wait, exact; false if there are no calls.
func (w *Waits) Mean() (time.Duration, bool) { return mean(w.sum, w.count) }

// Quantile is the wait that a share p of the calls did not exceed: of n waits
// in order the one of number ⌈p·n⌉, the first for p ≤ 0 and the last for p ≥ 1,
// within 1/128 of its value. False if there are no calls or p is NaN. O(b) in
// the buckets.
func (w *Waits) Quantile(p float64) (time.Duration, bool) {
	if w.count == 0 || math.IsNaN(p) {
		return 0, false
	}
	// A product that is whole but for rounding is whole: 0.07 × 100.
	exact := min(max(p, 0), 1) * float64(w.count)
	rank := max(int(math.Ceil(exact*(1-1e-15))), 1)
	for _, b := range w.buckets {
		if rank -= int(b.count); rank <= 0 {
			return middle(int(b.index)), true
		}
	}
	return middle(int(w.buckets[len(w.buckets)-1].index)), true
}

// Add counts a wait. O(b) in the buckets.
func (w *Waits) Add(d time.Duration) {
	w.count++
	w.sum = plus(w.sum, d)
	i, found := w.find(d)
	if !found {
		w.buckets = slices.Insert(w.buckets, i, bucket{index: int32(bucketOf(d))})
	}
	w.buckets[i].count++
}

// remove takes back an Add of the same wait.
func (w *Waits) remove(d time.Duration) {
	i, found := w.find(d)
	if !found {
		return
	}
	w.count--
	w.sum -= d
	w.buckets[i].count--
	if w.buckets[i].count == 0 {
		w.buckets = slices.Delete(w.buckets, i, i+1)
	}
}

func (w *Waits) find(d time.Duration) (int, bool) {
	return slices.BinarySearchFunc(w.buckets, int32(bucketOf(d)), func(b bucket, index int32) int {
		return cmp.Compare(b.index, index)
	})
}

// Merge adds the waits of another. O(b) in the buckets of both.
func (w *Waits) Merge(o *Waits) {
	w.count += o.count
	w.sum = plus(w.sum, o.sum)
	merged := make([]bucket, 0, max(len(w.buckets), len(o.buckets)))
	a, b := w.buckets, o.buckets
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].index < b[0].index:
			merged, a = append(merged, a[0]), a[1:]
		case a[0].index > b[0].index:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged = append(merged, bucket{a[0].index, a[0].count + b[0].count})
			a, b = a[1:], b[1:]
		}
	}
	w.buckets = append(append(merged, a...), b...)
}

// bucketOf is the bucket of a wait. With e such that 64 ≤ ns ÷ 2^e < 128 it is
// 64·e + ⌊ns ÷ 2^e⌋; below 128 ns it is the wait itself.
func bucketOf(d time.Duration) int {
	ns := uint64(max(d, 0))
	e := max(bits.Len64(ns)-7, 0)
	return e<<6 + int(ns>>e)
}

// middle is the middle of a bucket.
func middle(index int) time.Duration {
	if index < 128 {
		return time.Duration(index)
	}
	e := index>>6 - 1
	return time.Duration(uint64(index-e<<6)<<e + 1<<e>>1)
}

// plus adds durations of at least 0, saturating.
func plus(a, b time.Duration) time.Duration {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

func mean(sum time.Duration, n int) (time.Duration, bool) {
	if n <= 0 {
		return 0, false
	}
	return sum / time.Duration(n), true
}
