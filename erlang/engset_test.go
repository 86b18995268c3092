package erlang

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestEngsetSpecialCases(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		sources, servers int
		load, time, call float64
	}{
		{-1, 2, 0.5, nan, nan},
		{5, -1, 0.5, nan, nan},
		{5, 2, -0.5, nan, nan},
		{5, 2, nan, nan, nan},
		{2, 5, 0.5, 0, 0},
		{2, 5, inf, 0, 0},
		{0, 0, 0.5, 1, 0},
		{3, 3, 0.25, 0.008, 0},
		{3, 3, 4, 0.512, 0},
		{3, 3, inf, 1, 0},
		{3, 3, 0, 0, 0},
		{5, 0, 0.5, 1, 1},
		{5, 0, 0, 1, 1},
		{5, 2, 0, 0, 0},
		{5, 2, inf, 1, 1},
		{500, 200, inf, 1, 1},
		{500, 200, math.MaxFloat64, 1, 1},
		{500, 200, 5e-324, 0, 0},
		{2, 1, 5e-324, 1e-323, 5e-324},
		{math.MaxInt, math.MaxInt, 1, 0, 0},
	} {
		time, call := Engset(c.sources, c.servers, c.load)
		if !near(time, c.time) || !near(call, c.call) {
			t.Errorf("Engset(%d, %d, %v) = %v, %v: want %v, %v", c.sources, c.servers, c.load, time, call, c.time, c.call)
		}
	}
}

func near(got, want float64) bool {
	return got == want || math.IsNaN(got) && math.IsNaN(want) || apart(got, want) < 1e-15
}

// The values were computed with 60 digits from the sum, from the state with all
// servers busy downwards (mpmath 1.2.1).
func TestEngsetOfManySources(t *testing.T) {
	for _, c := range []struct {
		sources, servers int
		load, time, call float64
	}{
		{102, 101, 0.5, 4.3980704929606344319e-47, 6.4677507249421094586e-49},
		{1000, 101, 0.1, 0.026265456023684310819, 0.025912722669772872561},
		{1000, 101, 2, 0.94392552484892034871, 0.94386319779339105233},
		{1000, 500, 1, 0.049208744872771620773, 0.04802706898054626821},
		{1000, 999, 50, 5.0217863842422719951e-8, 2.561111049532882419e-9},
		{1000, 999, 0.75, 0, 0}, // 1.4e-365
		{100_000, 50_000, 0.875, 4.7528063079267249085e-100, 4.4557559136813046017e-100},
		{100_000, 50_000, 1, 0.0050335521410359059512, 0.0050209156207495137812},
		{100_000, 50_000, 1.125, 0.11141156335658046065, 0.11139384472263896486},
		{1_000_000, 999_999, 1e6, 0.58197716720606567395, 0.36787999299071137689},
		{1_000_000, 999_999, 1e4, 3.7387216883018872958e-42, 3.7390955604707174845e-44},
		{1_000_000, 999_000, 990, 0.019640169647051335408, 0.019092184122480597119},
		{1_000_000_000, 1_000_000, 0.000998, 4.4466754215273412163e-6, 4.4466620706808435828e-6},
		{1_000_000_000, 1_000_000, 0.00097, 1.3551992629451247432e-216, 1.3551572924239513327e-216},
		{1_000_000_000, 1_000_000, 0.0011, 0.090008299272177608531, 0.090008298361377389041},
		{1_000_000_000_000, 100_000_000, 0.00010001, 0.000079781836205987618338, 0.000079781835569393709106},
		{1_000_000_000_000_000, 999_999_999_000_000, 1e9, 0.00079767298084177639009, 0.00079703720659502291625},
		{1 << 53, 10_000_000_000, 1.1102e-6, 3.7205533281806468679e-7, 3.7205533280888598866e-7},
		{1 << 53, 1<<53 - 1, 1e16, 0.61635120773023556817, 0.40627706522131754245},
	} {
		time, call := Engset(c.sources, c.servers, c.load)
		if apart(time, c.time) > 1e-12 || apart(call, c.call) > 1e-12 {
			t.Errorf("Engset(%d, %d, %v) = %v, %v: want %v, %v", c.sources, c.servers, c.load, time, call, c.time, c.call)
		}
	}
}

// The recursion over servers and the integral give the same, and the call
// congestion is the time congestion of one source less.
func TestEngsetMethodsMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(fewServers-20, fewServers+200).Draw(t, "servers")
		m := int(exponential(t, 1, 1e9, "sources more"))
		// Where the servers are busy by the mean, and about it.
		b := float64(n) / float64(m) * exponential(t, 1e-3, 1e3, "load")
		if rapid.Bool().Draw(t, "near the mean") {
			b = float64(n) / float64(m) * rapid.Float64Range(0.4, 2).Draw(t, "load")
		}
		s, x := float64(n+m), float64(n)
		want := engsetFew(s, x, b)
		if want < 1e-290 {
			return
		}
		same(t, "engsetMany", engsetMany(s, x, float64(m), b), want, 1e-12)
		_, call := Engset(n+m, n, b)
		if m > 1 {
			other, _ := Engset(n+m-1, n, b)
			same(t, "call congestion", call, other, 1e-12)
		}
	})
}

// With as much load from ever more sources each of which matters ever less, calls
// come as if at random.
func TestEngsetTendsToErlangB(t *testing.T) {
	for _, n := range []int{1, 7, 100, 101, 1000} {
		const sources = 1 << 50
		load := 0.9 * float64(n)
		time, call := Engset(sources, n, load/sources)
		if b := B(n, load); apart(time, b) > 1e-9 || apart(call, b) > 1e-9 {
			t.Errorf("%d servers for %v erlangs of very many sources: %v, %v: want %v", n, load, time, call, b)
		}
	}
}
