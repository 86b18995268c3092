package erlang_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

var sizes = []int{10, 100, 1_000, 10_000, 100_000, 1_000_000}

// busyLoad is a load that keeps n agents well used.
func busyLoad(n int) float64 { return float64(n) - math.Sqrt(float64(n))/2 }

// recursion is Erlang B as it is usually programmed: a step for each server.
func recursion(servers int, load float64) float64 {
	b := 1.0
	for k := 1.0; k <= float64(servers); k++ {
		b = load * b / (k + load*b)
	}
	return b
}

var result float64

// BenchmarkB compares B with the recursion, in one run.
func BenchmarkB(b *testing.B) {
	for _, n := range sizes {
		for _, over := range []float64{0, 1} {
			load := busyLoad(n) + over*math.Sqrt(float64(n))
			b.Run(fmt.Sprintf("n=%d/load=%.0f", n, load), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					result = erlang.B(n, load)
				}
			})
		}
		b.Run(fmt.Sprintf("n=%d/recursion", n), func(b *testing.B) {
			for b.Loop() {
				result = recursion(n, busyLoad(n))
			}
		})
	}
}

func BenchmarkC(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				result = erlang.C(n, busyLoad(n))
			}
		})
	}
}

func BenchmarkWith(b *testing.B) {
	kinds := []struct {
		name     string
		patience time.Duration
		lines    bool
	}{
		{"endless", 0, false}, {"patience", 2 * time.Minute, false},
		{"lines", 0, true}, {"lines+patience", 2 * time.Minute, true},
	}
	for _, kind := range kinds {
		for _, n := range sizes {
			w := erlang.Workload{Calls: busyLoad(n), Per: 3 * time.Minute, AHT: 3 * time.Minute, Patience: kind.patience}
			if kind.lines {
				w.Lines = n + int(2*math.Sqrt(float64(n)))
			}
			b.Run(fmt.Sprintf("%s/n=%d", kind.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					o, err := w.With(n)
					if err != nil {
						b.Fatal(err)
					}
					result = o.PWait
				}
			})
		}
	}
}

// BenchmarkStaff staffs 80 % within 20 s, and compares with a scan by recursion
// from the load upwards, as it is usually programmed.
func BenchmarkStaff(b *testing.B) {
	target := erlang.Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	for _, load := range []float64{10, 100, 1_000, 10_000} {
		for _, patience := range []time.Duration{0, 2 * time.Minute} {
			w := erlang.Workload{Calls: load, Per: 3 * time.Minute, AHT: 3 * time.Minute, Patience: patience}
			b.Run(fmt.Sprintf("load=%.0f/patience=%v", load, patience), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, _, err := w.Staff(target); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("load=%.0f/scan", load), func(b *testing.B) {
			for b.Loop() {
				for n := int(load) + 1; ; n++ {
					lost, spare := recursion(n, load), float64(n)-load
					wait := lost * float64(n) / (float64(n) - load*(1-lost))
					if 1-wait*math.Exp(-spare*20/180) >= target.ServiceLevel {
						break
					}
				}
			}
		})
	}
}

func BenchmarkServiceLevel(b *testing.B) {
	for _, lines := range []int{0, 1_050} {
		for _, agents := range []int{900, 1_010} {
			w := erlang.Workload{Calls: 1_000, Per: 3 * time.Minute, AHT: 3 * time.Minute, Patience: 2 * time.Minute, Lines: lines}
			o, err := w.With(agents)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("agents=%d/lines=%d", agents, lines), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					result = o.ServiceLevel(20*time.Second, erlang.AnsweredOfOffered)
				}
			})
		}
	}
}
