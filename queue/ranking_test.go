package queue

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rankingWithFan is an empty Ranking whose nodes hold few values, so that small
// tests build deep trees. 0 is the fan-out of the real thing.
func rankingWithFan(fan int) *Ranking[int] {
	k := &Ranking[int]{}
	if fan != 0 {
		k.pool = &pool[int]{fan: fan}
	}
	return k
}

func (k *Ranking[V]) height() int {
	h := 0
	for n := k.root; n.branch != nil; n = n.branch.kids[0] {
		h++
	}
	return h
}

// slotsHeld counts the leaf slots kept in memory, spare leaves included.
func (k *Ranking[V]) slotsHeld() int {
	held := 0
	var walk func(n *node[V])
	walk = func(n *node[V]) {
		held += cap(n.leaf.slots)
		if n.branch != nil {
			for i := range n.branch.kids {
				walk(&n.branch.kids[i])
			}
		}
	}
	walk(&k.root)
	if k.pool != nil {
		for _, l := range k.pool.leaves {
			held += cap(l)
		}
	}
	return held
}

// check returns what is wrong with the tree, or nil.
func (k *Ranking[V]) check(isZero func(V) bool) error {
	depth := k.height()
	zero := func(e entry[V]) bool { return e.rank == Rank{} && isZero(e.value) }
	var walk func(n *node[V], level int, low, high *Rank) (int, error)
	walk = func(n *node[V], level int, low, high *Rank) (int, error) {
		b := n.branch
		if b == nil {
			l := n.leaf
			switch {
			case level != depth:
				return 0, fmt.Errorf("leaf at level %d of %d", level, depth)
			case l.len() == 0 && level > 0:
				return 0, fmt.Errorf("empty leaf below the root")
			case cap(l.slots) > k.fan():
				return 0, fmt.Errorf("leaf of %d slots, fan-out %d", cap(l.slots), k.fan())
			}
			for i, e := range l.slots[:cap(l.slots)] {
				switch {
				case i < l.start || i >= len(l.slots):
					if !zero(e) {
						return 0, fmt.Errorf("vacated slot %d keeps %v", i, e)
					}
				case i > l.start && !l.slots[i-1].rank.Less(e.rank):
					return 0, fmt.Errorf("%v before %v", l.slots[i-1].rank, e.rank)
				case low != nil && e.rank.Less(*low), high != nil && !e.rank.Less(*high):
					return 0, fmt.Errorf("%v outside [%v, %v)", e.rank, low, high)
				}
			}
			return l.len(), nil
		}
		switch {
		case len(b.kids) == 0, level == 0 && len(b.kids) == 1:
			return 0, fmt.Errorf("branch of %d children at level %d", len(b.kids), level)
		case len(b.kids) > k.fan():
			return 0, fmt.Errorf("branch of %d children, fan-out %d", len(b.kids), k.fan())
		case len(b.kids) != len(b.lows), len(b.kids) != len(b.counts):
			return 0, fmt.Errorf("branch of %d children, %d lows, %d counts", len(b.kids), len(b.lows), len(b.counts))
		case n.leaf.slots != nil:
			return 0, fmt.Errorf("branch with a leaf")
		}
		for _, kid := range b.kids[len(b.kids):cap(b.kids)] {
			if kid.branch != nil || kid.leaf.slots != nil {
				return 0, fmt.Errorf("vacated child is kept")
			}
		}
		sum := 0
		for i := range b.kids {
			from, to := low, high
			if i > 0 {
				from = &b.lows[i]
			}
			if i < len(b.kids)-1 {
				to = &b.lows[i+1]
			}
			count, err := walk(&b.kids[i], level+1, from, to)
			if err != nil {
				return 0, err
			}
			if count != b.counts[i] || count == 0 {
				return 0, fmt.Errorf("child of %d values is counted %d", count, b.counts[i])
			}
			sum += count
		}
		return sum, nil
	}
	total, err := walk(&k.root, 0, nil, nil)
	if err != nil {
		return err
	}
	if total != k.size {
		return fmt.Errorf("%d values, Len %d", total, k.size)
	}
	if total == 0 && k.slotsHeld() > smallLeaf {
		return fmt.Errorf("empty, yet %d slots are held", k.slotsHeld())
	}
	if k.pool != nil {
		for _, l := range k.pool.leaves {
			if len(l) != 0 || slices.ContainsFunc(l[:cap(l)], func(e entry[V]) bool { return !zero(e) }) {
				return fmt.Errorf("spare leaf is not empty")
			}
		}
		for _, b := range k.pool.branches {
			if len(b.kids) != 0 || len(b.lows) != 0 || len(b.counts) != 0 {
				return fmt.Errorf("spare branch is not empty")
			}
		}
		if len(k.pool.leaves) > spareNodes || len(k.pool.branches) > spareNodes {
			return fmt.Errorf("too many spare nodes")
		}
	}
	return nil
}

// model is a Ranking as anyone would write it first: a sorted slice.
type model []entry[int]

func (m model) find(r Rank) (int, bool) {
	return slices.BinarySearchFunc(m, r, func(e entry[int], r Rank) int { return e.rank.Compare(r) })
}

// pair is a Ranking and its model, driven together.
type pair struct {
	t     failer
	k     *Ranking[int]
	m     model
	value int // the last value inserted: never 0, which marks vacated slots
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func (p *pair) insert(r Rank) {
	p.t.Helper()
	p.value++
	i, there := p.m.find(r)
	if got := p.k.Insert(r, p.value); got == there {
		p.t.Fatalf("Insert(%v) = %t", r, got)
	}
	if !there {
		p.m = slices.Insert(p.m, i, entry[int]{r, p.value})
	}
}

func (p *pair) delete(r Rank) {
	p.t.Helper()
	i, there := p.m.find(r)
	want := 0
	if there {
		want = p.m[i].value
		p.m = slices.Delete(p.m, i, i+1)
	}
	if v, ok := p.k.Delete(r); v != want || ok != there {
		p.t.Fatalf("Delete(%v) = %d, %t, want %d, %t", r, v, ok, want, there)
	}
}

func (p *pair) before(r Rank) {
	p.t.Helper()
	want, _ := p.m.find(r)
	if got := p.k.Before(r); got != want {
		p.t.Fatalf("Before(%v) = %d, want %d", r, got, want)
	}
}

// compare checks everything that can be seen, and the tree itself.
func (p *pair) compare() {
	p.t.Helper()
	if got := p.k.Len(); got != len(p.m) {
		p.t.Fatalf("Len() = %d, want %d", got, len(p.m))
	}
	first := append(slices.Clone(p.m[:min(1, len(p.m))]), entry[int]{})[0]
	if r, v, ok := p.k.Min(); r != first.rank || v != first.value || ok != (len(p.m) > 0) {
		p.t.Fatalf("Min() = %v, %d, %t, want %v", r, v, ok, first)
	}
	got := model{}
	for r, v := range p.k.All() {
		got = append(got, entry[int]{r, v})
	}
	if !slices.Equal(got, p.m) {
		p.t.Fatalf("All() differs (-want +got):\n%s", cmp.Diff([]entry[int](p.m), []entry[int](got), cmp.AllowUnexported(entry[int]{})))
	}
	if err := p.k.check(func(v int) bool { return v == 0 }); err != nil {
		p.t.Fatalf("the tree is broken: %v", err)
	}
}

// anyRank draws from few values, so that all three fields matter.
var anyRank = rapid.Custom(func(t *rapid.T) Rank {
	return Rank{
		Urgency: rapid.Int64Range(-4, 12).Draw(t, "urgency"),
		Arrival: rapid.Int64Range(0, 4).Draw(t, "arrival"),
		Order:   rapid.Uint64Range(0, 4).Draw(t, "order"),
	}
})

func TestRankingIsASortedSlice(t *testing.T) {
	for _, fan := range []int{2, 3, 4, 5, 8, 0} {
		t.Run(fmt.Sprint("fan-out ", fan), func(t *testing.T) {
			highest := 0
			rapid.Check(t, func(t *rapid.T) {
				p := &pair{t: t, k: rankingWithFan(fan), m: model{}}
				next := int64(13) // later than any other
				run := rapid.IntRange(1, 3*p.k.fan())
				t.Repeat(map[string]func(*rapid.T){
					"insert": func(t *rapid.T) { p.insert(anyRank.Draw(t, "rank")) },
					"delete": func(t *rapid.T) { p.delete(anyRank.Draw(t, "rank")) },
					"before": func(t *rapid.T) { p.before(anyRank.Draw(t, "rank")) },
					"insert again": func(t *rapid.T) {
						if len(p.m) > 0 {
							p.insert(p.m[rapid.IntRange(0, len(p.m)-1).Draw(t, "at")].rank)
						}
					},
					"append a run": func(t *rapid.T) {
						for range run.Draw(t, "length") {
							p.insert(Rank{Urgency: next, Order: uint64(next)})
							next++
						}
					},
					"insert a run, latest first": func(t *rapid.T) {
						r := anyRank.Draw(t, "rank")
						for i := range uint64(run.Draw(t, "length")) {
							p.insert(Rank{r.Urgency, r.Arrival, 1000 - i})
						}
					},
					"take from the front": func(t *rapid.T) {
						for range min(len(p.m), run.Draw(t, "length")) {
							p.delete(p.m[0].rank)
						}
					},
					"take a run away": func(t *rapid.T) {
						if len(p.m) == 0 {
							return
						}
						at := rapid.IntRange(0, len(p.m)-1).Draw(t, "at")
						for range min(len(p.m)-at, run.Draw(t, "length")) {
							p.delete(p.m[at].rank)
						}
					},
					"thin out": func(t *rapid.T) {
						keep := rapid.IntRange(2, 9).Draw(t, "keep one in")
						for i, e := range slices.Clone(p.m) {
							if i%keep != 0 {
								p.delete(e.rank)
							}
						}
					},
					"": func(t *rapid.T) {
						p.compare()
						highest = max(highest, p.k.height())
					},
				})
			})
			if want := map[bool]int{true: 3, false: 1}[fan > 0 && fan < 8]; highest < want {
				t.Errorf("highest tree %d, want %d at least: the test is too easy", highest, want)
			}
		})
	}
}

func TestRankingIsASortedSliceAtSize(t *testing.T) {
	const n = 150_000
	rng := rand.New(rand.NewPCG(7, 7))
	p := &pair{t: t, k: rankingWithFan(0), m: model{}}
	for _, i := range rng.Perm(n) {
		r := Rank{Urgency: int64(i / 100), Arrival: int64(i / 10 % 10), Order: uint64(i % 10)}
		p.k.Insert(r, i+1)
	}
	for i := range n {
		p.m = append(p.m, entry[int]{Rank{int64(i / 100), int64(i / 10 % 10), uint64(i % 10)}, i + 1})
	}
	p.value = n
	if h := p.k.height(); h != 3 {
		t.Errorf("height %d, want 3", h)
	}
	p.compare()
	for i := range 3000 {
		at := rng.IntN(len(p.m))
		r := p.m[at].rank
		p.before(r)
		p.insert(r)
		p.delete(r)
		p.before(r)
		if i%2 == 0 {
			p.insert(Rank{r.Urgency, r.Arrival, r.Order + 100})
		}
	}
	p.compare()
	for len(p.m) > 0 { // thinner and thinner
		var rest model
		for _, e := range p.m {
			if rng.IntN(4) == 0 && len(p.m) > 10 {
				rest = append(rest, e)
			} else if v, ok := p.k.Delete(e.rank); !ok || v != e.value {
				t.Fatalf("Delete(%v) = %d, %t, want %d", e.rank, v, ok, e.value)
			}
		}
		p.m = rest
		p.compare()
	}
}

// Two bounds from the potential in the doc of Ranking, for m insertions: the
// height, and the number of leaves, 1 + 2m/b.
func TestHeightAndSpaceAreBoundedByInsertions(t *testing.T) {
	const fan, m = 8, 50_000
	bound := 0
	for n := m; n >= fan/2; n /= fan / 2 {
		bound++
	}
	ranks := map[string]func(i int) Rank{
		"ascending":  inTurn,
		"descending": func(i int) Rank { return inTurn(m - i) },
		"shuffled":   shuffled,
		"mostly ascending": func(i int) Rank {
			r := inTurn(i)
			r.Urgency -= int64(i%7) * 300
			return r
		},
	}
	leave := map[string]func(k *Ranking[int], i int) Rank{
		"nobody": func(*Ranking[int], int) Rank { return Rank{Urgency: -1 << 40} },
		"first":  func(k *Ranking[int], _ int) Rank { r, _, _ := k.Min(); return r },
		"last joined, twice in three": func(_ *Ranking[int], i int) Rank {
			if i%3 == 0 {
				return Rank{Urgency: -1 << 40}
			}
			return inTurn(i)
		},
	}
	for _, in := range slices.Sorted(maps.Keys(ranks)) {
		for _, out := range slices.Sorted(maps.Keys(leave)) {
			k := rankingWithFan(fan)
			for i := range m {
				k.Insert(ranks[in](i), i+1)
				k.Delete(leave[out](k, i))
			}
			if h := k.height(); h > bound {
				t.Errorf("%s, leaving %s: height %d, bound %d", in, out, h, bound)
			}
			if held := k.slotsHeld(); held > 2*m+(1+spareNodes)*fan {
				t.Errorf("%s, leaving %s: %d slots after %d insertions", in, out, held, m)
			}
			if err := k.check(func(v int) bool { return v == 0 }); err != nil {
				t.Errorf("%s, leaving %s: %v", in, out, err)
			}
		}
	}
}

// Off the right edge a full leaf is divided in the middle even if the newcomer
// goes to its end: else every newcomer here would get a leaf of its own.
func TestLeavesInTheMiddleAreSplitEvenly(t *testing.T) {
	const fan, gap = 8, 1000
	for below := range 3 * fan {
		k := rankingWithFan(fan)
		m := 0
		insert := func(urgency int) {
			k.Insert(Rank{Urgency: int64(urgency)}, 1)
			m++
		}
		for i := range 2 * fan {
			insert(gap + i)
		}
		for i := range below {
			insert(i - below)
		}
		for i := range gap {
			insert(gap - 1 - i)
		}
		if held := k.slotsHeld(); held > 2*m+fan {
			t.Errorf("%d below the gap: %d slots after %d insertions", below, held, m)
		}
	}
}

func TestAppendingLeavesFullNodes(t *testing.T) {
	const n = 100_000
	k := filled(n, inTurn)
	if held := k.slotsHeld(); held > n+fanOut {
		t.Errorf("%d slots for %d values in turn", held, n)
	}
	late := filled(n, func(i int) Rank { // neighbours swapped, as arrivals are
		return inTurn(i ^ 1)
	})
	if held := late.slotsHeld(); held > n*5/4 {
		t.Errorf("%d slots for %d values nearly in turn", held, n)
	}
}

func TestRankingZeroValueIsEmpty(t *testing.T) {
	var k Ranking[string]
	if r, v, ok := k.Min(); ok || v != "" || r != (Rank{}) {
		t.Errorf("Min() = %v, %q, %t", r, v, ok)
	}
	if v, ok := k.Delete(Rank{}); ok || v != "" {
		t.Errorf("Delete() = %q, %t", v, ok)
	}
	if k.Before(Rank{Urgency: 1}) != 0 || k.Len() != 0 {
		t.Errorf("Before, Len = %d, %d", k.Before(Rank{Urgency: 1}), k.Len())
	}
	for r := range k.All() {
		t.Errorf("All() has %v", r)
	}
	if !k.Insert(Rank{}, "zero rank") || k.Insert(Rank{}, "again") {
		t.Error("Insert at the zero Rank: want once and no more")
	}
}

func TestAllMayBeLeftEarly(t *testing.T) {
	k := filled(1000, inTurn)
	for _, n := range []int{0, 1, 64, 65, 999} {
		seen := 0
		for range k.All() {
			if seen++; seen > n {
				break
			}
		}
		if seen != n+1 {
			t.Errorf("left after %d, saw %d", n+1, seen)
		}
	}
}

func TestRankOrder(t *testing.T) {
	inOrder := []Rank{
		{-1 << 63, 9, 9}, {-1, 9, 9}, {0, -1, 9}, {0, 0, 0}, {0, 0, 1}, {0, 0, 1<<64 - 1}, {0, 1, 0}, {1, 0, 0}, {1<<63 - 1, 0, 0},
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if a.Less(b) != (i < j) {
				t.Errorf("%v.Less(%v) = %t", a, b, a.Less(b))
			}
			if c := a.Compare(b); (c < 0) != (i < j) || (c > 0) != (i > j) {
				t.Errorf("%v.Compare(%v) = %d", a, b, c)
			}
		}
	}
}
