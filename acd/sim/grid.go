package sim

import (
	"fmt"
	"sort"
	"time"
)

// Grid cuts time into intervals, by which a [Result] is told apart. The zero
// value is a single interval for all time.
type Grid struct {
	// Start is where the first interval begins, if Bounds begins with 0.
	Start time.Time
	// Bounds are offsets from Start, ascending: interval i is from Bounds[i] to
	// before Bounds[i+1]. None: one interval for all time.
	Bounds []time.Duration
	// Cycle, if not 0, is after how long the intervals come again: with 24h a
	// month of calls is told by the time of day. All Bounds are within one
	// cycle. (It is a fixed length: it knows nothing of changes of clocks.)
	Cycle time.Duration
}

// Every is a Grid of count intervals of one length. It has no cycle.
func Every(start time.Time, length time.Duration, count int) Grid {
	g := Grid{Start: start}
	for i := range count + 1 {
		g.Bounds = append(g.Bounds, time.Duration(i)*length)
	}
	return g
}

// Len is the number of intervals.
func (g Grid) Len() int {
	if len(g.Bounds) == 0 {
		return 1
	}
	return len(g.Bounds) - 1
}

// At is the interval of an instant, −1 if it is in none. O(log n).
func (g Grid) At(t time.Time) int {
	if len(g.Bounds) == 0 {
		return 0
	}
	return g.at(g.offset(t))
}

func (g Grid) at(offset time.Duration) int {
	i := sort.Search(len(g.Bounds), func(i int) bool { return g.Bounds[i] > offset }) - 1
	if i == len(g.Bounds)-1 {
		return -1
	}
	return i
}

// offset is the time since Start, or since the present cycle began.
func (g Grid) offset(t time.Time) time.Duration {
	offset := t.Sub(g.Start)
	if g.Cycle > 0 {
		if offset %= g.Cycle; offset < 0 {
			offset += g.Cycle
		}
	}
	return offset
}

// split gives the parts of a time from an instant on to the intervals in which
// they lie.
func (g Grid) split(from time.Time, length time.Duration, add func(interval int, part time.Duration)) {
	if len(g.Bounds) == 0 {
		add(0, length)
		return
	}
	for length > 0 {
		offset := g.offset(from)
		i := g.at(offset)
		end := offset + length
		switch {
		case i >= 0:
			end = min(end, g.Bounds[i+1])
		case offset < g.Bounds[0]:
			end = min(end, g.Bounds[0])
		case g.Cycle > 0:
			end = min(end, g.Cycle)
		}
		if i >= 0 {
			add(i, end-offset)
		}
		from = from.Add(end - offset)
		length -= end - offset
	}
}

func (g Grid) check() error {
	if len(g.Bounds) == 1 {
		return fmt.Errorf("grid.bounds: one bound makes no interval")
	}
	for i, b := range g.Bounds {
		if i > 0 && b <= g.Bounds[i-1] {
			return fmt.Errorf("grid.bounds[%d]: %v is not after %v", i, b, g.Bounds[i-1])
		}
	}
	switch {
	case g.Cycle < 0:
		return fmt.Errorf("grid.cycle: %v is negative", g.Cycle)
	case g.Cycle > 0 && len(g.Bounds) > 0 && (g.Bounds[0] < 0 || g.Bounds[len(g.Bounds)-1] > g.Cycle):
		return fmt.Errorf("grid.bounds: %v to %v is not within one cycle of %v", g.Bounds[0], g.Bounds[len(g.Bounds)-1], g.Cycle)
	}
	return nil
}
