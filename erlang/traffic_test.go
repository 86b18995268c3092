package erlang

import (
	"math"
	"testing"
)

func TestTrafficSpecialCases(t *testing.T) {
	for _, c := range []struct {
		servers  int
		blocking float64
		want     float64
	}{
		{5, 0, 0},
		{5, 1, math.Inf(1)},
		{0, 1, math.Inf(1)},
		{1, 0.5, 1},
		{1, 5e-324, 5e-324},
		{1, 1 - 0x1p-53, 0x1p53 - 1},
		{2, 5e-324, math.Sqrt(2) * 0x1p-537}, // A²/2 = 2^−1074
	} {
		got, err := Traffic(c.servers, c.blocking)
		if err != nil || !(apart(got, c.want) <= 1e-13) {
			t.Errorf("Traffic(%d, %v) = %v, %v: want %v", c.servers, c.blocking, got, err, c.want)
		}
	}
	for _, c := range []struct {
		servers  int
		blocking float64
	}{{-1, 0.1}, {math.MinInt, 1}, {0, 0.5}, {0, 0}, {5, math.NaN()}, {5, -1e-300}, {5, 1.1}} {
		if load, err := Traffic(c.servers, c.blocking); err == nil {
			t.Errorf("Traffic(%d, %v) = %v: want an error", c.servers, c.blocking, load)
		}
	}
}

// With two servers B is A²/2 ÷ (1 + A + A²/2), which can be solved.
func TestTrafficOfTwoServers(t *testing.T) {
	for e := -1000; e < 0; e++ {
		b := math.Ldexp(0.999, e)
		for _, b := range []float64{b, 1 - b} {
			if b == 1 {
				continue
			}
			got, err := Traffic(2, b)
			want := (b + math.Sqrt(b*(2-b))) / (1 - b)
			if err != nil || !(apart(got, want) <= 1e-15) {
				t.Errorf("Traffic(2, %v) = %v, %v: want %v", b, got, err, want)
			}
		}
	}
}
