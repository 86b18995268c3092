package erlang

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"
)

// accuracy is the bar of all comparisons: relative error.
const accuracy = 1e-12

// compare checks every figure of w with n agents against the chain, and what has
// become of calls at the given times.
func compare(on *worst, w Workload, n float64, at ...time.Duration) {
	on.t.Helper()
	here := describe(w, n)
	if err := w.checkWith(int(math.Ceil(n))); err != nil {
		on.t.Errorf("%s: %v", here, err)
		return
	}
	o, err := w.with(n, int(math.Ceil(n)))
	if err != nil {
		on.t.Errorf("%s: %v", here, err)
		return
	}
	q, exact := o.queue, newChain(w, n)
	on.check("no wait", here, q.free, exact.idle)
	on.check("PWait", here, o.PWait, exact.waits)
	on.check("PBlocked", here, o.PBlocked, exact.blocked)
	on.check("PAbandon", here, o.PAbandon, exact.gone)
	on.check("answered", here, q.answered, exact.answered)
	on.check("Occupancy", here, o.Occupancy, exact.busy)
	on.check("mean wait", here, q.wait, exact.wait)
	on.check("QueueLength", here, o.QueueLength, longProduct(exact.load, exact.wait))
	on.check("mean wait of answered", here, q.delay, exact.delay)
	aht := long(float64(w.AHT))
	checkDuration(on, "ASA", here, o.ASA, longProduct(longQuotient(exact.delay, exact.answered), aht))
	checkDuration(on, "MeanWait", here, o.MeanWait, longProduct(exact.wait, aht))
	for _, t := range at {
		there := here + " at " + t.String()
		later, done := exact.at(t)
		on.check("WaitOver", there, o.WaitOver(t), later.waits)
		got := q.over(q.time(float64(t)))
		on.check("answered later", there, got.answered, later.answered)
		on.check("gone later", there, got.gone, later.gone)
		for d := range Definition(len(definitions)) {
			on.check(d.String(), there, o.ServiceLevel(t, d), exact.level(done, d))
		}
	}
}

// checkDuration checks that got is the exact number of nanoseconds, rounded.
func checkDuration(on *worst, name, at string, got time.Duration, nanoseconds *big.Float) {
	on.t.Helper()
	want, _ := nanoseconds.Float64()
	if want >= math.MaxInt64 {
		if got != math.MaxInt64 {
			on.t.Errorf("%s at %s: got %d, want the largest Duration", name, at, got)
		}
		return
	}
	gap, _ := longDifference(long(float64(got)), nanoseconds).Float64()
	if bar := 0.5 + accuracy*want; math.Abs(gap) > bar {
		on.t.Errorf("%s at %s: got %d ns, want %.17g ns rounded", name, at, got, want)
	}
}

func logUniform(r *rand.Rand, low, high float64) float64 {
	return low * math.Exp(r.Float64()*math.Log(high/low))
}

// anyLoad returns a load far from n agents, around them, or next to them.
func anyLoad(r *rand.Rand, n float64) float64 {
	switch r.IntN(5) {
	case 0:
		return logUniform(r, 1e-6, 1e6)
	case 1:
		return n * logUniform(r, 0.1, 10)
	case 2:
		return max(n+math.Sqrt(n)*(6*r.Float64()-3), 1e-3)
	case 3:
		return n * (1 + (2*r.Float64()-1)*logUniform(r, 1e-13, 0.1))
	}
	return n
}

// anyTimes returns times from well below the mean wait of those who wait to where
// next to nobody waits.
func anyTimes(r *rand.Rand, w Workload, n float64, count int) []time.Duration {
	o, err := w.with(n, int(math.Ceil(n)))
	if err != nil || !(o.queue.waits > 0) {
		return []time.Duration{0}
	}
	mean := o.queue.wait / o.queue.waits * o.queue.aht
	times := []time.Duration{0}
	for range count {
		times = append(times, time.Duration(min(mean*logUniform(r, 1e-3, 200), 1e17)))
	}
	return times
}

// TestFiguresAgreeWithStates compares every figure with sums over the states, on
// a wide sweep.
func TestFiguresAgreeWithStates(t *testing.T) {
	const aht = 180 * time.Second
	for _, family := range []struct {
		name            string
		patience, lines bool
		part            bool // agents that are not whole
		seed            uint64
		count           int
	}{
		{name: "endless", seed: 21, count: 400},
		{name: "patience", patience: true, seed: 22, count: 80},
		{name: "lines", lines: true, seed: 23, count: 100},
		{name: "patience and lines", patience: true, lines: true, seed: 24, count: 110},
		{name: "agents in part", part: true, seed: 25, count: 40},
		{name: "agents in part and patience", part: true, patience: true, seed: 26, count: 30},
		{name: "agents in part, patience and lines", part: true, patience: true, lines: true, seed: 27, count: 20},
	} {
		t.Run(family.name, func(t *testing.T) {
			on := newWorst(t, accuracy)
			r := rand.New(rand.NewPCG(1, family.seed))
			for done := 0; done < family.count; {
				agents := int(logUniform(r, 1, 3001))
				n := float64(agents)
				w := Workload{Calls: anyLoad(r, n), Per: aht, AHT: aht}
				if family.part {
					n -= float64(r.IntN(63)+1) / 64
				}
				if family.patience {
					w.Patience = time.Duration(float64(aht) * logUniform(r, 1e-3, 1e3))
				}
				if family.lines {
					w.Lines = agents + int(logUniform(r, 1, 2001)) - 1
				}
				switch {
				case sizeOf(w, n) > 3000,
					family.part && w.Calls < 0.1,
					!family.patience && !family.lines && w.Calls >= n:
					continue
				}
				done++
				compare(on, w, n, anyTimes(r, w, n, 3)...)
			}
		})
	}
}

// TestManyPlacesAgreeWithStates does so for lines so long that their states are
// not added one by one.
func TestManyPlacesAgreeWithStates(t *testing.T) {
	on := newWorst(t, accuracy)
	r := rand.New(rand.NewPCG(11, 12))
	const aht = 180 * time.Second
	for done := 0; done < 30; {
		n := math.Floor(logUniform(r, 30, 4000))
		places := 2000 + r.IntN(6000)
		patience := logUniform(r, 3, 1000)
		w := Workload{
			Calls: n + (2*r.Float64()-0.6)*float64(places)/patience, Per: aht, AHT: aht,
			Patience: time.Duration(patience * float64(aht)), Lines: int(n) + places,
		}
		if w.Calls <= 0 || sizeOf(w, n) > 10_000 {
			continue
		}
		done++
		compare(on, w, n, 0)
	}
}

// TestFiguresAgreeWithStatesFarOut does so for large groups and for what else
// takes long to add up.
func TestFiguresAgreeWithStatesFarOut(t *testing.T) {
	on := newWorst(t, accuracy)
	const (
		aht = 240 * time.Second
		us  = time.Microsecond
	)
	r := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		agents   int
		load     float64
		patience time.Duration
		places   int
	}{
		{1_000_000, 999_000, 0, 0},
		{1_000_000, 999_999.999, 0, 0},
		{1_000_000, 1_000_000, aht, 0},
		{1_000_000, 1_000_000.001, aht / 100, 0},
		{1_000_000, 998_000, 3 * aht, 0},
		{1_000_000, 1_003_000, 200 * us, 0},
		{100_000, 100_000.0000001, aht / 2, 0},
		{3000, 2990, 1000 * aht, 0},
		{3000, 3010, aht / 1000, 0},
		{3000, 1e-6, aht, 0},
		{1, 1e6, aht / 1000, 0},
		{1, 1e6, aht / 200, 0},
		{2, 20_000, aht, 0},
		{7, 10, 1000 * aht, 0},
		{1_000_000, 1_000_100, 0, 10_000},
		{1_000_000, 1_000_000, aht, 3000},
		{20_000, 20_000, 1000 * aht, 20_000},
		{20_000, 20_100, 1000 * aht, 4000},
		{100_000, 100_000, 300 * aht, 6000},
		{3000, 1e6, 0, 2000},
		{3000, 1e6, 10 * aht, 2000},
		{3000, 3000, aht, 0},
		{3000, 2500, aht, 1500},
	} {
		w := Workload{Calls: c.load, Per: aht, AHT: aht, Patience: c.patience}
		if c.places > 0 {
			w.Lines = c.agents + c.places
		}
		n := float64(c.agents)
		times := anyTimes(r, w, n, 2)
		if sizeOf(w, n) > 5000 {
			times = times[:2]
		}
		compare(on, w, n, times...)
	}
}

// TestBlockingAgreesWithStates compares B, LogB and C with sums over the states.
func TestBlockingAgreesWithStates(t *testing.T) {
	on := newWorst(t, accuracy)
	r := rand.New(rand.NewPCG(3, 4))
	check := func(n int, load float64) {
		here := describe(Workload{Calls: load, Per: 1, AHT: 1}, float64(n))
		a := long(load)
		inverse := longSum(long(1), freeSum(n, a))
		on.check("B", here, B(n, load), longQuotient(long(1), inverse))
		if log := long(0).Neg(longLog(inverse)); log.Cmp(long(-1e-300)) < 0 {
			on.check("LogB", here, LogB(n, load), log)
		}
		if load < float64(n) {
			gap := longQuotient(longDifference(long(float64(n)), a), long(float64(n)))
			inverse = longSum(long(1), longProduct(longDifference(inverse, long(1)), gap))
			on.check("C", here, C(n, load), longQuotient(long(1), inverse))
		}
	}
	for done := 0; done < 500; {
		n := int(logUniform(r, 1, 100_001))
		load := anyLoad(r, float64(n))
		if sizeOf(Workload{Calls: load, Per: 1, AHT: 1}, float64(n)) > 3000 {
			continue
		}
		done++
		check(n, load)
	}
	for _, load := range []float64{1e-6, 1, 500_000, 999_000, 999_999.999999, 1e6, 1_000_001, 1_010_000, 1e7, 1e9, 1e12} {
		check(1, load)
		check(100, load)
		check(101, load)
		check(30_000, load)
		if load >= 9e5 {
			check(1_000_000, load)
		}
	}
	for _, share := range []float64{0.4, 0.5, 0.58, 0.6, 0.62, 0.7, 0.9} {
		for _, n := range []int{300, 1500, 4697, 50_000} {
			check(n, share*float64(n))
		}
	}
}

// TestRealBlockingAgreesWithContinuedFraction does so for servers that are not a
// whole number.
func TestRealBlockingAgreesWithContinuedFraction(t *testing.T) {
	on := newWorst(t, accuracy)
	r := rand.New(rand.NewPCG(7, 8))
	check := func(x, load float64) {
		here := describe(Workload{Calls: load, Per: 1, AHT: 1}, x)
		inverse := longInverseB(x, long(load))
		on.check("BReal", here, BReal(x, load), longQuotient(long(1), inverse))
		on.check("its logarithm", here, freeStates(x, load, x-load).logOnePlus(), longLog(inverse))
	}
	for range 200 {
		x := logUniform(r, 1e-3, 2000)
		load := max(anyLoad(r, x), 0.3)
		check(x, load)
	}
	for _, x := range []float64{1e-9, 0.5, 0.999999, 1e-3, 99.5, 100.5, 700.25} {
		check(x, 1e-2)
		check(x, 1e5)
	}
}

// TestRedialsAreAFixedPoint puts the load of all attempts into the chain: it must
// reproduce itself.
func TestRedialsAreAFixedPoint(t *testing.T) {
	on := newWorst(t, accuracy)
	r := rand.New(rand.NewPCG(9, 10))
	const aht = 300 * time.Second
	for range 60 {
		agents := int(logUniform(r, 1, 400))
		n := float64(agents)
		w := Workload{
			Calls: n * logUniform(r, 0.3, 1.2), Per: aht, AHT: aht,
			Redial: 0.95 * r.Float64(),
		}
		if r.IntN(3) > 0 {
			w.Patience = time.Duration(float64(aht) * logUniform(r, 1e-2, 10))
		}
		if w.Patience == 0 || r.IntN(2) == 0 {
			w.Lines = agents + r.IntN(50)
		}
		if w.Redial > 0.8 && w.Calls > 0.9*n {
			continue
		}
		o, err := w.With(agents)
		if err != nil {
			t.Errorf("%s, redials %v: %v", describe(w, n), w.Redial, err)
			continue
		}
		attempts := w
		attempts.Calls, attempts.Redial = o.Load, 0
		exact := newChain(attempts, n)
		lost := longProduct(long(w.Redial), longSum(exact.gone, exact.blocked))
		on.check("Load", describe(w, n), o.Load, longSum(long(w.Calls), longProduct(long(o.Load), lost)))
		on.check("PAbandon", describe(w, n), o.PAbandon, exact.gone)
		on.check("PBlocked", describe(w, n), o.PBlocked, exact.blocked)
		on.check("PWait", describe(w, n), o.PWait, exact.waits)
	}
}
