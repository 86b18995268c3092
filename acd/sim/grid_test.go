package sim

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestAGridSplitsTimeAsItPlacesInstants: the parts that split gives are what a
// walk instant by instant would count.
func TestAGridSplitsTimeAsItPlacesInstants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := Grid{Start: time.Unix(1000, 0)}
		offset := time.Duration(rapid.IntRange(-3, 5).Draw(t, "first"))
		for range rapid.IntRange(0, 5).Draw(t, "bounds") {
			g.Bounds = append(g.Bounds, offset)
			offset += time.Duration(rapid.IntRange(1, 4).Draw(t, "length"))
		}
		if rapid.Bool().Draw(t, "cyclic") {
			g.Cycle = offset + time.Duration(rapid.IntRange(0, 5).Draw(t, "rest")) + 1
		}
		if g.check() != nil {
			return
		}
		from := g.Start.Add(time.Duration(rapid.IntRange(-40, 40).Draw(t, "from")))
		length := time.Duration(rapid.IntRange(0, 60).Draw(t, "span"))
		got, want := make([]time.Duration, g.Len()), make([]time.Duration, g.Len())
		g.split(from, length, func(i int, part time.Duration) { got[i] += part })
		for n := range length {
			if i := g.At(from.Add(n)); i >= 0 {
				want[i]++
			}
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%+v from %v for %v: interval %d has %v, want %v", g, from.Sub(g.Start), length, i, got[i], want[i])
			}
		}
	})
}

func TestEveryIsAGridWithoutGaps(t *testing.T) {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	g := Every(start, 30*time.Minute, 3)
	for offset, want := range map[time.Duration]int{-1: -1, 0: 0, 30*time.Minute - 1: 0, 30 * time.Minute: 1, 90*time.Minute - 1: 2, 90 * time.Minute: -1} {
		if got := g.At(start.Add(offset)); got != want {
			t.Errorf("%v is in interval %d, want %d", offset, got, want)
		}
	}
	if g.Len() != 3 || (Grid{}).Len() != 1 || (Grid{}).At(start) != 0 {
		t.Error("the number of intervals is wrong")
	}
}
