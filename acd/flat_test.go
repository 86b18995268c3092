package acd_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// TestAMillionCallersLeaveNothingBehind lets a million callers stand in one line
// at once, and a million pass through it one by one. What is left is what the
// limits allow: the ids of the latest finished calls.
func TestAMillionCallersLeaveNothingBehind(t *testing.T) {
	const million = 1_000_000
	engine, err := acd.New(acd.Plan{
		MaxCalls: new(2 * million),
		Entry:    []acd.Entry{{Queue: "support"}},
		Queues:   []acd.Queue{{Name: "support", AnnounceEvery: time.Hour}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var events []acd.Event
	now, calls := time.Unix(0, 0), 0
	apply := func(kind acd.CommandType, call int) {
		now = now.Add(time.Millisecond)
		if events, err = engine.Append(events[:0], acd.Command{Type: kind, At: now, Call: fmt.Sprint("call ", call)}); err != nil {
			t.Fatal(err)
		}
	}
	through := func(n int) {
		for range n {
			apply(acd.CmdArrive, calls)
			apply(acd.CmdHangup, calls)
			calls++
		}
	}
	through(300_000)
	before := heap()
	for i := range million {
		apply(acd.CmdArrive, calls+i)
	}
	peak := heap()
	for i := range million {
		apply(acd.CmdHangup, calls+i)
	}
	calls += million
	through(million)
	after := heap()
	t.Logf("before %d MB, a million in line %d MB, after %d MB", before>>20, peak>>20, after>>20)
	if peak < before+300<<20 {
		t.Errorf("a million calls in line take only %d bytes: is this the heap?", peak-before)
	}
	if after > before+8<<20 {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	runtime.KeepAlive(engine)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
