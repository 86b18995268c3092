package acd_test

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/najimi-acd/najimi/acd"
)

// A call arrives and hangs up: two commands, alone and from many goroutines.
func BenchmarkRouterDo(b *testing.B) {
	for _, journal := range []struct {
		name string
		make func() acd.Journal
	}{
		{"none", func() acd.Journal { return nil }},
		{"memory", func() acd.Journal { return new(acd.MemoryJournal) }},
	} {
		for _, goroutines := range []int{1, 64} {
			b.Run(fmt.Sprintf("journal=%s/goroutines=%d", journal.name, goroutines), func(b *testing.B) {
				r, err := acd.Open(b.Context(), acd.Config{Plan: routerPlan(), Journal: journal.make(), SnapshotEvery: -1})
				if err != nil {
					b.Fatal(err)
				}
				defer r.Close(b.Context())
				var calls atomic.Int64
				b.SetParallelism(goroutines)
				b.ReportAllocs()
				b.ResetTimer()
				one := func() {
					call := strconv.FormatInt(calls.Add(1), 10)
					for _, cmd := range []acd.Command{arrive(call), {Type: acd.CmdHangup, Call: call}} {
						if _, err := r.Do(b.Context(), cmd); err != nil {
							b.Error(err)
						}
					}
				}
				if goroutines == 1 {
					for b.Loop() {
						one()
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						one()
					}
				})
			})
		}
	}
}
