package queue

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
	"unsafe"
)

// heap returns the bytes in use after a collection.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestMemoryIsFlatAfterAMillionLeave(t *testing.T) {
	const n = 1_000_000
	for _, c := range []struct {
		name  string
		leave func(l *Line[int])
	}{
		{"in order", func(l *Line[int]) {
			for range n {
				key, _ := l.Front()
				l.Leave(key)
			}
		}},
		{"at random", func(l *Line[int]) {
			for _, key := range rand.New(rand.NewPCG(1, 1)).Perm(n) {
				l.Leave(key)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var l Line[int]
			before := heap()
			for i := range n {
				l.Join(i, second(i), time.Duration(i%5)*time.Minute)
			}
			c.leave(&l)
			if grown := heap() - before; grown > 64<<10 {
				t.Errorf("an empty line holds %d bytes", grown)
			}
			if held := l.order.slotsHeld(); held > smallLeaf {
				t.Errorf("an empty ranking holds %d slots", held)
			}
			runtime.KeepAlive(&l)
		})
	}
}

func TestMemoryIsFlatWhileAMillionPassThrough(t *testing.T) {
	const n, length = 1_000_000, 1000
	var k Ranking[int]
	for i := range n {
		k.Insert(inTurn(i), i)
		if i >= length {
			k.Delete(inTurn(i - length))
		}
	}
	if held := k.slotsHeld(); held > length+(spareNodes+2)*fanOut {
		t.Errorf("%d slots are held for %d values", held, length)
	}
}

func TestFIFODoesNotAllocate(t *testing.T) {
	for _, n := range []int{1, 5, 63, 64, 65, 1000, 100_000} {
		k := filled(n, inTurn)
		i := n
		pass := func() {
			for range 1000 {
				k.Insert(inTurn(i), i)
				r, _, _ := k.Min()
				k.Delete(r)
				i++
			}
		}
		for range 10 + n/1000 {
			pass()
		}
		if allocs := testing.AllocsPerRun(100, pass); allocs > 2 { // a branch now and then
			t.Errorf("%d in line: %v allocations in 1,000 steps", n, allocs)
		}
	}
}

func TestSlotsAreFewerThanFourTimesTheMostInLine(t *testing.T) {
	for n := range fanOut {
		k := filled(n, inTurn)
		for i := range 1000 {
			k.Insert(inTurn(n+i), i)
			k.Delete(inTurn(i))
		}
		if held, most := k.slotsHeld(), n+1; held >= 4*most {
			t.Errorf("%d slots for at most %d values", held, most)
		}
	}
}

func TestTinyRankingIsSmall(t *testing.T) {
	var k Ranking[int]
	if size := unsafe.Sizeof(k); size > 8*unsafe.Sizeof(uintptr(0)) {
		t.Errorf("the zero value is %d bytes", size)
	}
	k.Insert(Rank{}, 1)
	if held := k.slotsHeld(); held != 1 {
		t.Errorf("one value holds %d slots", held)
	}
	k.Delete(Rank{})
	if allocs := testing.AllocsPerRun(100, func() {
		k.Insert(Rank{}, 1)
		k.Delete(Rank{})
	}); allocs != 0 {
		t.Errorf("coming and going alone: %v allocations", allocs)
	}
}
