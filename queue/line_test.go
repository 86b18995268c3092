package queue

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// person is someone in the dumb model of a Line.
type person struct {
	key       string
	arrival   time.Time
	headStart time.Duration
	joined    int
}

// compareInLine is the one rule, written out.
func compareInLine(a, b person) int {
	return cmp.Or(
		a.arrival.Add(-a.headStart).Compare(b.arrival.Add(-b.headStart)),
		a.arrival.Compare(b.arrival),
		cmp.Compare(a.joined, b.joined),
	)
}

func keys(people []person) []string {
	var ks []string
	for _, p := range people {
		ks = append(ks, p.key)
	}
	return ks
}

var (
	anyKey       = rapid.StringMatching(`[a-z]`)
	anyArrival   = rapid.Custom(func(t *rapid.T) time.Time { return second(rapid.IntRange(0, 20).Draw(t, "second")) })
	anyHeadStart = rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(-2, 10).Draw(t, "head start")) * time.Second
	})
)

func TestLineIsASliceSortedByUrgency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Line[string]
		l.order.pool = &pool[string]{fan: 3}
		var people []person
		joined := 0
		t.Repeat(map[string]func(*rapid.T){
			"join": func(t *rapid.T) {
				p := person{anyKey.Draw(t, "key"), anyArrival.Draw(t, "arrival"), anyHeadStart.Draw(t, "head start"), joined}
				there := slices.Contains(keys(people), p.key)
				if got := l.Join(p.key, p.arrival, p.headStart); got == there {
					t.Fatalf("Join(%q) = %t", p.key, got)
				}
				if !there {
					joined++
					people = append(people, p)
					slices.SortFunc(people, compareInLine)
				}
			},
			"leave": func(t *rapid.T) {
				key := anyKey.Draw(t, "key")
				i := slices.Index(keys(people), key)
				if got := l.Leave(key); got != (i >= 0) {
					t.Fatalf("Leave(%q) = %t", key, got)
				}
				if i >= 0 {
					people = slices.Delete(people, i, i+1)
				}
			},
			"serve": func(t *rapid.T) {
				if len(people) > 0 {
					l.Leave(people[0].key)
					people = slices.Delete(people, 0, 1)
				}
			},
			"ask": func(t *rapid.T) {
				p := person{"newcomer", anyArrival.Draw(t, "arrival"), anyHeadStart.Draw(t, "head start"), joined}
				want := 0
				for _, q := range people {
					if compareInLine(q, p) < 0 {
						want++
					}
				}
				if got := l.Ahead(p.arrival, p.headStart); got != want {
					t.Fatalf("Ahead(%v, %v) = %d, want %d", p.arrival, p.headStart, got, want)
				}
			},
			"": func(t *rapid.T) {
				want := keys(people)
				if d := diff.Diff(want, slices.Collect(l.All())); d != "" {
					t.Fatalf("All() (-want +got):\n%s", d)
				}
				if got := l.Len(); got != len(want) {
					t.Fatalf("Len() = %d, want %d", got, len(want))
				}
				first := cmp.Or(append(want, "")[0], "")
				if got, ok := l.Front(); got != first || ok != (len(want) > 0) {
					t.Fatalf("Front() = %q, %t, want %q", got, ok, first)
				}
				for i, key := range want {
					if got := l.Position(key); got != i+1 {
						t.Fatalf("Position(%q) = %d, want %d", key, got, i+1)
					}
				}
				if got := l.Position("newcomer"); got != 0 {
					t.Fatalf("Position of one who is not in line = %d", got)
				}
			},
		})
	})
}

// At every instant the line stands in order of time waited + head start, most
// first, although nothing is ever sorted again; and whoever comes or goes, the
// others keep their order.
func TestOrderNeverChangesWhileTheyWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Line[int]
		arrival, headStart := map[int]time.Time{}, map[int]time.Duration{}
		var before []int
		now := 0
		for key := range rapid.IntRange(1, 60).Draw(t, "events") {
			now += rapid.IntRange(0, 5).Draw(t, "seconds later")
			if l.Len() > 0 && rapid.Bool().Draw(t, "one leaves") {
				at := rapid.IntRange(0, l.Len()-1).Draw(t, "who")
				l.Leave(before[at])
			} else {
				arrival[key], headStart[key] = second(now), anyHeadStart.Draw(t, "head start")
				l.Join(key, arrival[key], headStart[key])
			}
			after := slices.Collect(l.All())

			age := func(key int) time.Duration { return second(now).Sub(arrival[key]) + headStart[key] }
			if !slices.IsSortedFunc(after, func(a, b int) int { return cmp.Compare(age(b), age(a)) }) {
				t.Fatalf("at %d the line %v is not in order of time waited + head start", now, after)
			}
			stayed := slices.DeleteFunc(slices.Clone(before), func(key int) bool { return !slices.Contains(after, key) })
			still := slices.DeleteFunc(slices.Clone(after), func(key int) bool { return !slices.Contains(before, key) })
			if !slices.Equal(stayed, still) {
				t.Fatalf("those who waited stood %v, now %v", stayed, still)
			}
			before = after
		}
	})
}

// With head starts of 0 to D, nobody is overtaken by one who came more than D
// later.
func TestNobodyIsOvertakenBeyondTheLargestHeadStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 10 * time.Second
		var l Line[int]
		arrived := rapid.SliceOfN(anyArrival, 1, 50).Draw(t, "arrivals")
		for key, at := range arrived {
			l.Join(key, at, time.Duration(rapid.Int64Range(0, int64(most)).Draw(t, "head start")))
		}
		var ahead time.Time // the latest arrival so far, from the front
		for key := range l.All() {
			if d := ahead.Sub(arrived[key]); d > most {
				t.Fatalf("one who came %v later is ahead", d)
			}
			if arrived[key].After(ahead) {
				ahead = arrived[key]
			}
		}
	})
}

func TestUrgencySaturates(t *testing.T) {
	const lowest, highest = math.MinInt64, math.MaxInt64
	for _, c := range []struct {
		name      string
		arrival   time.Time
		headStart time.Duration
		want      Rank
	}{
		{"the epoch", time.Unix(0, 0), 0, Rank{}},
		{"an ordinary head start", time.Unix(100, 5), 2 * time.Second, Rank{Urgency: 98e9 + 5, Arrival: 100e9 + 5}},
		{"a negative head start", time.Unix(100, 0), -time.Second, Rank{Urgency: 101e9, Arrival: 100e9}},
		{"before the epoch", time.Unix(-1, 0), 0, Rank{Urgency: -1e9, Arrival: -1e9}},
		{"the first nanosecond", time.Unix(0, lowest), 0, Rank{Urgency: lowest, Arrival: lowest}},
		{"one before the first", time.Unix(0, lowest).Add(-1), 0, Rank{Urgency: lowest, Arrival: lowest}},
		{"the last nanosecond", time.Unix(0, highest), 0, Rank{Urgency: highest, Arrival: highest}},
		{"one after the last", time.Unix(0, highest).Add(1), 0, Rank{Urgency: highest, Arrival: highest}},
		{"the zero time", time.Time{}, 0, Rank{Urgency: lowest, Arrival: lowest}},
		{"the year 9999", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Hour, Rank{Urgency: highest - int64(time.Hour), Arrival: highest}},
		{"head start below the first", time.Unix(0, lowest+5), 6, Rank{Urgency: lowest, Arrival: lowest + 5}},
		{"head start to the first", time.Unix(0, lowest+5), 5, Rank{Urgency: lowest, Arrival: lowest + 5}},
		{"beyond the last", time.Unix(0, highest-5), -6, Rank{Urgency: highest, Arrival: highest - 5}},
		{"longest head start", time.Unix(0, -10), highest, Rank{Urgency: lowest, Arrival: -10}},
		{"longest negative head start", time.Unix(0, 0), lowest, Rank{Urgency: highest}},
		{"the same from before the epoch", time.Unix(0, -1), lowest, Rank{Urgency: highest, Arrival: -1}},
	} {
		if got := rankOf(c.arrival, c.headStart, 0); got != c.want {
			t.Errorf("%s: rank %v, want %v", c.name, got, c.want)
		}
	}
}

func TestThoseOutOfRangeStillStandInOrder(t *testing.T) {
	var l Line[string]
	l.Join("year 3000, first", time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), 0)
	l.Join("year 2900, second", time.Date(2900, 1, 1, 0, 0, 0, 0, time.UTC), 0)
	l.Join("today", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 0)
	l.Join("year 1", time.Time{}, time.Hour)
	want := []string{"year 1", "today", "year 3000, first", "year 2900, second"}
	for key := range l.All() { // left early: the first is Front
		if front, _ := l.Front(); key != front {
			t.Errorf("All() begins with %q, Front() = %q", key, front)
		}
		break
	}
	if d := diff.Diff(want, slices.Collect(l.All())); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestSecondJoinKeepsThePlace(t *testing.T) {
	var l Line[string]
	l.Join("a", second(1), 0)
	l.Join("b", second(2), 0)
	if l.Join("b", second(0), time.Hour) {
		t.Error("joined twice")
	}
	if got := l.Position("b"); got != 2 || l.Len() != 2 {
		t.Errorf("position %d of %d, want 2 of 2", got, l.Len())
	}
	if !l.Leave("b") || l.Leave("b") || l.Leave("c") {
		t.Error("b leaves once, c was never in line")
	}
	if !l.Join("b", second(0), 0) || l.Position("b") != 1 {
		t.Error("who has left may join again")
	}
}

func TestLineZeroValueIsEmpty(t *testing.T) {
	var l Line[string]
	if key, ok := l.Front(); ok || key != "" {
		t.Errorf("Front() = %q, %t", key, ok)
	}
	if l.Leave("a") || l.Position("a") != 0 || l.Len() != 0 || l.Ahead(second(0), 0) != 0 {
		t.Error("the zero Line is not empty")
	}
	for key := range l.All() {
		t.Errorf("All() has %q", key)
	}
}

func TestKeyThatDoesNotEqualItselfIsRefused(t *testing.T) {
	var l Line[float64]
	if l.Join(math.NaN(), second(0), 0) || l.Len() != 0 {
		t.Error("NaN is in line")
	}
}
