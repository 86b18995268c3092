package cover

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// oracle is the cheapest way to cover a day, by trying: whoever is taken first
// must help in the first interval that still lacks somebody. It walks each shift
// minute by minute and shares no code with Solve. False: no cover.
func oracle(d Day, kinds []Kind) (float64, bool) {
	type option struct {
		covers []bool
		cost   float64
	}
	var options []option
	var walk func(k Kind, start int, breaks [][2]int, left []Break)
	minutes := func(t time.Duration) int { return int(t / time.Minute) }
	walk = func(k Kind, start int, breaks [][2]int, left []Break) {
		if len(left) > 0 {
			step := minutes(left[0].Every)
			if step == 0 {
				step = minutes(d.Every)
			}
			for at := minutes(left[0].Earliest); at <= max(minutes(left[0].Earliest), minutes(left[0].Latest)); at += step {
				if len(breaks) == 0 || breaks[len(breaks)-1][1] <= start+at {
					walk(k, start, append(slices.Clone(breaks), [2]int{start + at, start + at + minutes(left[0].Length)}), left[1:])
				}
			}
			return
		}
		works := make(map[int]bool)
		for m := start; m < start+minutes(k.Length); m++ {
			if !slices.ContainsFunc(breaks, func(b [2]int) bool { return m >= b[0] && m < b[1] }) {
				if works[m] = true; d.Around {
					works[m%1440], works[m%1440+1440] = true, true
				}
			}
		}
		o := option{covers: make([]bool, len(d.Need)), cost: k.Cost}
		for i := range d.Need {
			o.covers[i] = true
			for m := range minutes(d.Every) {
				o.covers[i] = o.covers[i] && works[minutes(d.Start)+i*minutes(d.Every)+m]
			}
		}
		if k.Cost == 0 {
			o.cost = k.Length.Hours()
			for _, b := range k.Breaks {
				if !b.Paid {
					o.cost -= b.Length.Hours()
				}
			}
		}
		options = append(options, o)
	}
	for _, k := range kinds {
		step := k.Every
		if step == 0 {
			step = d.Every
		}
		for start := k.From; start <= max(k.From, k.To); start += step {
			walk(k, minutes(start), nil, k.Breaks)
		}
	}
	known := make(map[string]float64)
	var least func(need []int) float64
	least = func(need []int) float64 {
		first := slices.IndexFunc(need, func(n int) bool { return n > 0 })
		if first < 0 {
			return 0
		}
		key := fmt.Sprint(need)
		if cost, ok := known[key]; ok {
			return cost
		}
		best := math.Inf(1)
		for _, o := range options {
			if o.covers[first] {
				rest := slices.Clone(need)
				for i, c := range o.covers {
					if c {
						rest[i] = max(0, rest[i]-1)
					}
				}
				best = min(best, o.cost+least(rest))
			}
		}
		known[key] = best
		return best
	}
	best := least(d.Need)
	return best, !math.IsInf(best, 1)
}

// small is a day of a few intervals, and kinds for it.
func small(t *rapid.T, breaks bool) (Day, []Kind) {
	minute := func(name string, step, most int) time.Duration {
		return time.Duration(step*rapid.IntRange(0, most/step).Draw(t, name)) * time.Minute
	}
	d := Day{Start: minute("start", 30, 1410), Every: rapid.SampledFrom([]time.Duration{time.Hour, 30 * time.Minute}).Draw(t, "every")}
	d.Need = rapid.SliceOfN(rapid.IntRange(0, 3), 1, 7).Draw(t, "need")
	if breaks && rapid.Bool().Draw(t, "around") {
		d.Around = true
		d.Need = rapid.SliceOfN(rapid.IntRange(0, 3), 3, 6).Draw(t, "need around")
		d.Every = 24 * time.Hour / time.Duration(len(d.Need))
	}
	long := int(d.Every / time.Minute)
	var kinds []Kind
	for i := range rapid.IntRange(1, 4).Draw(t, "kinds") {
		k := Kind{Name: fmt.Sprint("kind ", i)}
		k.From = d.Start + minute("from", long/2, long*2)
		k.To = k.From + minute("to", long/2, long*5)
		k.Length = time.Duration(long*rapid.IntRange(1, 5).Draw(t, "length")) * time.Minute
		k.Every = rapid.SampledFrom([]time.Duration{0, 0, d.Every / 2}).Draw(t, "step")
		k.Cost = rapid.SampledFrom([]float64{0, 1, 2, 2.5, 3.1, 4}).Draw(t, "cost")
		if breaks && k.Length > 2*d.Every {
			b := Break{Earliest: minute("earliest", long/2, long), Length: d.Every / time.Duration(rapid.IntRange(1, 2).Draw(t, "break")), Paid: rapid.Bool().Draw(t, "paid")}
			b.Latest = b.Earliest + minute("latest", long/2, long/2)
			b.Every = d.Every / 2
			k.Breaks = append(k.Breaks, b)
			if k.Length > 3*d.Every && rapid.Bool().Draw(t, "two breaks") {
				k.Breaks = append(k.Breaks, Break{Earliest: b.Earliest + b.Length, Latest: b.Latest + b.Length + d.Every/2, Every: d.Every / 2, Length: d.Every / 2})
			}
		}
		if d.Around && k.Length > 24*time.Hour-d.Every {
			continue // it would meet itself within an interval
		}
		if check([]Kind{k}) == nil {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 {
		kinds = append(kinds, Kind{Name: "plain", From: d.Start, Length: d.Every})
	}
	return d, kinds
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6 }

// sound checks a cover against its day by the minute, and its sums.
func sound(t *rapid.T, d Day, kinds []Kind, c Cover) {
	staffed := make([]int, len(d.Need))
	cost := 0.0
	for _, s := range c.Shifts {
		if s.People < 1 {
			t.Fatalf("%d people", s.People)
		}
		k := kinds[slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == s.Kind })]
		if s.At.To-s.At.From != k.Length || s.At.From < k.From || s.At.From > max(k.From, k.To) || len(s.Breaks) != len(k.Breaks) {
			t.Fatalf("%v is no shift of %+v", s, k)
		}
		for i, b := range s.Breaks {
			after := b.From - s.At.From
			if of := k.Breaks[i]; after < of.Earliest || after > max(of.Earliest, of.Latest) || b.To-b.From != of.Length {
				t.Fatalf("%v is no break of %+v", b, of)
			}
			if i > 0 && b.From < s.Breaks[i-1].To {
				t.Fatalf("breaks %v overlap", s.Breaks)
			}
		}
		cost += float64(s.People) * s.Cost
		works := make(map[time.Duration]bool)
		for m := s.At.From; m < s.At.To; m += time.Minute {
			if !slices.ContainsFunc(s.Breaks, func(b Span) bool { return m >= b.From && m < b.To }) {
				if works[m] = true; d.Around {
					works[m%(24*time.Hour)], works[m%(24*time.Hour)+24*time.Hour] = true, true
				}
			}
		}
		for i := range staffed {
			whole := true
			for m := d.Start + time.Duration(i)*d.Every; m < d.Start+time.Duration(i+1)*d.Every; m += time.Minute {
				whole = whole && works[m]
			}
			if whole {
				staffed[i] += s.People
			}
		}
	}
	if !slices.Equal(staffed, c.Staffed) || !near(cost, c.Cost) {
		t.Fatalf("staffed %v, cost %v, told %v and %v", staffed, cost, c.Staffed, c.Cost)
	}
	for i, n := range d.Need {
		if staffed[i] < n || c.Over[i] != staffed[i]-n {
			t.Fatalf("interval %d: %d of %d, over %d", i, staffed[i], n, c.Over[i])
		}
	}
	if c.Exact != (c.Cost == c.Bound) || c.Exact != (c.WhyNotExact == "") || c.Exact != (c.Gap() == 0) || c.Bound > c.Cost {
		t.Fatalf("exact %v, cost %v, bound %v, gap %v, %q", c.Exact, c.Cost, c.Bound, c.Gap(), c.WhyNotExact)
	}
}

// Bound ≤ least ≤ Cost, however little is searched; equal if exact; and with the
// nodes that Solve takes by itself small days always are.
func TestCoverIsTheLeastOrSaysNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, kinds := small(t, true)
		least, some := oracle(d, kinds)
		nodes := rapid.SampledFrom([]int{0, 0, 1, 2, 5}).Draw(t, "nodes")
		c, err := Solve(t.Context(), d, kinds, Options{Nodes: nodes})
		if (err == nil) != some {
			t.Fatalf("error %v, but there is a cover: %v", err, some)
		}
		if err != nil {
			return
		}
		sound(t, d, kinds, c)
		if c.Bound > least+1e-6 || c.Cost < least-1e-6 || c.Exact && !near(c.Cost, least) {
			t.Fatalf("cost %v, bound %v, exact %v; the least is %v", c.Cost, c.Bound, c.Exact, least)
		}
		if nodes == 0 && !c.Exact {
			t.Fatalf("not exact: cost %v, bound %v, least %v", c.Cost, c.Bound, least)
		}
		if again, err := Solve(t.Context(), d, kinds, Options{Nodes: nodes}); err != nil || fmt.Sprint(again) != fmt.Sprint(c) {
			t.Fatalf("another cover the second time: %v, %v", again, err)
		}
	})
}

// Without breaks one linear problem is enough.
func TestShiftsWithoutBreaksAreExactAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, kinds := small(t, false)
		least, some := oracle(d, kinds)
		c, err := Solve(t.Context(), d, kinds, Options{Nodes: 1})
		if (err == nil) != some {
			t.Fatalf("error %v, but there is a cover: %v", err, some)
		}
		if err != nil {
			return
		}
		sound(t, d, kinds, c)
		if !c.Exact || !near(c.Cost, least) {
			t.Fatalf("cost %v, bound %v, least %v", c.Cost, c.Bound, least)
		}
	})
}

// A bound holds whatever nonsense the solver says, in every part of the search.
func TestBoundDoesNotRestOnTheSolver(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 4), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, 0, 0.5}))
	rapid.Check(t, func(t *rapid.T) {
		intervals := rapid.IntRange(1, 4).Draw(t, "intervals")
		need := rapid.SliceOfN(rapid.IntRange(0, 3), intervals, intervals).Draw(t, "need")
		var shifts []shift
		for range rapid.IntRange(1, 4).Draw(t, "shifts") {
			covers := slices.Sorted(maps.Keys(rapid.MapOfN(rapid.IntRange(0, intervals-1), rapid.Just(true), 1, intervals).Draw(t, "covers")))
			shifts = append(shifts, shift{covers: covers, cost: rapid.Int64Range(1, 9).Draw(t, "cost"), kind: rapid.IntRange(0, 1).Draw(t, "kind")})
		}
		p, ok := newProblem(need, shifts, 1)
		if !ok {
			t.Fatal("no room")
		}
		n := node{need: slices.Clone(p.need), limit: slices.Repeat([]int64{unlimited}, len(p.need)), taken: make([]int, len(shifts))}
		for _, level := range p.levels {
			for _, row := range level {
				if rapid.Bool().Draw(t, "limited") {
					n.limit[row] = rapid.Int64Range(0, 3).Draw(t, "limit")
				}
				n.need[row] = rapid.Int64Range(0, 2).Draw(t, "at least")
			}
		}
		least := int64(math.MaxInt64) // of the node, by trying all counts up to 3
		counts := make([]int, len(shifts))
		for code := range 1 << (2 * len(shifts)) {
			cost := int64(0)
			for j := range counts {
				counts[j] = code >> (2 * j) & 3
				cost += int64(counts[j]) * shifts[j].cost
			}
			fits := true
			for i, r := range p.rest(n.need, counts) {
				fits = fits && r <= 0 && (n.limit[i] == unlimited || n.need[i]-r <= n.limit[i])
			}
			if fits {
				least = min(least, cost)
			}
		}
		wrong := func(name string) []float64 { return rapid.SliceOfN(number, len(p.need), len(p.need)).Draw(t, name) }
		if bound := p.prove(n.need, n.limit, wrong("prices"), wrong("fines")); bound > least {
			t.Fatalf("bound %d above the least %d", bound, least)
		}
		if bound := p.prove(n.need, n.limit, nil, nil); bound > least {
			t.Fatalf("bound %d without a solver above the least %d", bound, least)
		}
		if _, bound := p.relax(n); bound > least {
			t.Fatalf("bound %d of the relaxation above the least %d", bound, least)
		}
	})
}

// Any sets of intervals, not only those of shifts: there the relaxation is often
// far from whole, and the search has to branch.
func TestSearchFindsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		intervals := rapid.IntRange(3, 7).Draw(t, "intervals")
		need := rapid.SliceOfN(rapid.IntRange(0, 2), intervals, intervals).Draw(t, "need")
		var shifts []shift
		for i := range intervals {
			shifts = append(shifts, shift{covers: []int{i}, cost: rapid.Int64Range(8, 11).Draw(t, "cost of one"), kind: 9, start: i})
		}
		for range rapid.IntRange(3, 9).Draw(t, "shifts") {
			covers := slices.Sorted(maps.Keys(rapid.MapOfN(rapid.IntRange(0, intervals-1), rapid.Just(true), 2, 3).Draw(t, "covers")))
			shifts = append(shifts, shift{covers: covers, cost: rapid.Int64Range(9, 16).Draw(t, "cost"), kind: rapid.IntRange(0, 2).Draw(t, "kind"), start: rapid.IntRange(0, 1).Draw(t, "start")})
		}
		known := make(map[string]int64)
		var least func(need []int) int64
		least = func(need []int) int64 {
			first := slices.IndexFunc(need, func(n int) bool { return n > 0 })
			if first < 0 {
				return 0
			}
			key := fmt.Sprint(need)
			if cost, ok := known[key]; ok {
				return cost
			}
			best := int64(math.MaxInt64)
			for _, s := range shifts {
				if slices.Contains(s.covers, first) {
					rest := slices.Clone(need)
					for _, i := range s.covers {
						rest[i] = max(0, rest[i]-1)
					}
					best = min(best, s.cost+least(rest))
				}
			}
			known[key] = best
			return best
		}
		best := least(need)
		p, ok := newProblem(need, shifts, 1)
		if !ok {
			t.Fatal("no room")
		}
		nodes := rapid.IntRange(1, 40).Draw(t, "nodes")
		for _, nodes := range []int{nodes, 300} {
			r, err := p.solve(t.Context(), nodes)
			if err != nil || r.bound > best || r.cost < best || r.nodes > nodes || nodes == 300 && (r.cost != best || r.bound != best) {
				t.Fatalf("after %d of %d: cost %d, bound %d, %v; the least is %d", r.nodes, nodes, r.cost, r.bound, err, best)
			}
		}
	})
}

// A node's halves have each of its covers once.
func TestHalvesMissNothing(t *testing.T) {
	n := node{need: []int64{1, 0}, limit: []int64{unlimited, 7}}
	for at := range int64(7) {
		fewer, beyond := n.halves(1, at)
		for people := range int64(8) {
			admits := func(n node) bool { return people >= n.need[1] && people <= n.limit[1] }
			if admits(fewer) == admits(beyond) {
				t.Errorf("%d people, halved at %d: %v and %v", people, at, admits(fewer), admits(beyond))
			}
		}
		if n.need[1] != 0 || n.limit[1] != 7 {
			t.Fatalf("the node itself has changed: %+v", n)
		}
	}
}
