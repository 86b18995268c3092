package queue

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

var lengths = []int{1_000, 100_000, 1_000_000}

// filled returns a Ranking of n values, the rank of value i being at(i).
func filled(n int, at func(i int) Rank) *Ranking[int] {
	k := &Ranking[int]{}
	for i := range n {
		k.Insert(at(i), i)
	}
	return k
}

func inTurn(i int) Rank { return Rank{Urgency: int64(i), Arrival: int64(i), Order: uint64(i)} }

// shuffled spreads the ranks: multiplication by an odd number permutes.
func shuffled(i int) Rank { return Rank{Urgency: int64(uint64(i) * 0x9e3779b97f4a7c15 >> 1)} }

func eachLength(b *testing.B, run func(b *testing.B, n int)) {
	for _, n := range lengths {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, n)
		})
	}
}

// One joins at the end and the first leaves.
func BenchmarkRankingFIFO(b *testing.B) {
	for _, n := range append([]int{1, 10, 63}, lengths...) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			k := filled(n, inTurn)
			for i := n; b.Loop(); i++ {
				k.Insert(inTurn(i), i)
				r, _, _ := k.Min()
				k.Delete(r)
			}
		})
	}
}

// One joins anywhere and one leaves from anywhere.
func BenchmarkRankingRandom(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		k := filled(n, shuffled)
		for i := n; b.Loop(); i++ {
			k.Insert(shuffled(i), i)
			k.Delete(shuffled(i - n))
		}
	})
}

// Arrivals in turn, with head starts that reach back over a tenth of the line.
func BenchmarkRankingHeadStarts(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		at := func(i int) Rank {
			r := inTurn(i)
			if i%3 == 0 {
				r.Urgency -= int64(n) / 10
			}
			return r
		}
		k := filled(n, at)
		for i := n; b.Loop(); i++ {
			k.Insert(at(i), i)
			r, _, _ := k.Min()
			k.Delete(r)
		}
	})
}

func BenchmarkRankingMin(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		k := filled(n, inTurn)
		for b.Loop() {
			k.Min()
		}
	})
}

func BenchmarkRankingBefore(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		k := filled(n, shuffled)
		rng := rand.New(rand.NewPCG(1, 2))
		for b.Loop() {
			k.Before(shuffled(rng.IntN(n)))
		}
	})
}

// A Ranking of one value, made anew: what a tiny line costs.
func BenchmarkRankingOfOne(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var k Ranking[int]
		k.Insert(Rank{}, 1)
	}
}

func lineOf(n int) *Line[int] {
	l := &Line[int]{}
	for i := range n {
		l.Join(i, second(i), 0)
	}
	return l
}

func second(i int) time.Time { return time.Unix(int64(i), 0) }

func BenchmarkLineFIFO(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		l := lineOf(n)
		for i := n; b.Loop(); i++ {
			l.Join(i, second(i), 0)
			key, _ := l.Front()
			l.Leave(key)
		}
	})
}

// Callers hang up wherever they stand.
func BenchmarkLineRandomLeave(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		l := lineOf(n)
		keys := make([]int, n)
		for i := range n {
			keys[i] = i
		}
		rng := rand.New(rand.NewPCG(1, 2))
		for i := n; b.Loop(); i++ {
			l.Join(i, second(i), time.Minute)
			j := rng.IntN(n)
			l.Leave(keys[j])
			keys[j] = i
		}
	})
}

func BenchmarkLinePosition(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		l := lineOf(n)
		rng := rand.New(rand.NewPCG(1, 2))
		for b.Loop() {
			l.Position(rng.IntN(n))
		}
	})
}

func BenchmarkLineAhead(b *testing.B) {
	eachLength(b, func(b *testing.B, n int) {
		l := lineOf(n)
		rng := rand.New(rand.NewPCG(1, 2))
		for b.Loop() {
			l.Ahead(second(n), time.Duration(rng.IntN(n))*time.Second)
		}
	})
}
