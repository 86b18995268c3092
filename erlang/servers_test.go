package erlang

import (
	"math"
	"testing"
)

func TestServersSpecialCases(t *testing.T) {
	for _, c := range []struct {
		load, blocking float64
		want           int
	}{
		{10, 1, 0},
		{0, 1, 0},
		{0, 0.01, 1},
		{0, 0, 1},
		{1, 0.5, 1}, // B(1, 1) is ½
		{5e-324, 0.5, 1},
		{1e-300, 5e-324, 2},
		{1e12, 0.5, 500_000_000_002},
	} {
		if n, err := Servers(c.load, c.blocking); err != nil || n != c.want {
			t.Errorf("Servers(%v, %v) = %d, %v: want %d", c.load, c.blocking, n, err, c.want)
		}
	}
	for _, c := range [][2]float64{
		{math.NaN(), 0.1}, {math.Inf(1), 0.1}, {-1, 0.1}, {10, math.NaN()}, {10, -0.1}, {10, 1.1}, {10, 0},
		{0x1p53, 1e-300}, {1e300, 0.5}, {math.MaxFloat64, 1 - 1e-16},
	} {
		if n, err := Servers(c[0], c[1]); err == nil {
			t.Errorf("Servers(%v, %v) = %d: want an error", c[0], c[1], n)
		}
	}
}

// At these loads a scan would not come to an end.
func TestServersAtLargeLoads(t *testing.T) {
	for load := 1e6; load < 1e16; load *= 10 {
		for _, blocking := range []float64{5e-324, 1e-300, 1e-9, 0.001, 0.1, 0.5, 0.9, 0.999999, math.Nextafter(1, 0)} {
			n, err := Servers(load, blocking)
			if err != nil {
				t.Fatal(err)
			}
			if !(B(n, load) <= blocking) || n > 0 && B(n-1, load) <= blocking {
				t.Errorf("Servers(%v, %v) = %d, which block %v, and one less %v", load, blocking, n, B(n, load), B(n-1, load))
			}
		}
	}
}

func TestLogarithmOfSubnormalNumbers(t *testing.T) {
	for e := -1074; e <= -1000; e++ {
		got, want := logarithm(math.Ldexp(1, e)), float64(e)*math.Ln2
		if math.Abs(got-want) > 1e-15*math.Abs(want) {
			t.Errorf("logarithm(2^%d) = %v: want %v", e, got, want)
		}
	}
}
