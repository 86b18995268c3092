package erlang

import (
	"math"
	"testing"
	"time"
)

// The fuzz targets take float64s as raw bits, so that NaNs, infinities, signed
// zeros and subnormal numbers come as often as others, and integers as they are.

// bits are seeds of float64s that have tripped formulas of this kind.
var bits = []uint64{
	0,                                      // 0
	math.Float64bits(math.Copysign(0, -1)), // −0
	1,                                      // the smallest subnormal number
	math.Float64bits(0x1p-1022),
	math.Float64bits(1e-300),
	math.Float64bits(1e-6),
	math.Float64bits(0.5),
	math.Float64bits(math.Nextafter(1, 0)),
	math.Float64bits(1),
	math.Float64bits(math.Nextafter(1, 2)),
	math.Float64bits(99.5),
	math.Float64bits(1e6),
	math.Float64bits(1e12),
	math.Float64bits(0x1p53),
	math.Float64bits(0x1p63),
	math.Float64bits(1e300),
	math.Float64bits(math.MaxFloat64),
	math.Float64bits(math.Inf(1)),
	math.Float64bits(math.Inf(-1)),
	math.Float64bits(math.NaN()),
	math.Float64bits(-1),
}

var integers = []int64{math.MinInt64, -1, 0, 1, 2, 23, 24, 99, 100, 101, 1_000_000, 1<<53 - 1, 1 << 53, 1<<53 + 1, math.MaxInt64 - 1, math.MaxInt64}

// slow is far beyond what any formula takes, so that a target fails rather than
// hangs on a busy machine.
const slow = 2 * time.Second

// promptly runs f and fails if it takes long.
func promptly(t *testing.T, f func()) {
	t.Helper()
	start := time.Now()
	f()
	if took := time.Since(start); took > slow {
		t.Errorf("took %v", took)
	}
}

func probability(t *testing.T, what string, p float64) {
	t.Helper()
	if !(p >= 0 && p <= 1) {
		t.Errorf("%s = %v is no probability", what, p)
	}
}

func notBelow0(t *testing.T, what string, x float64) {
	t.Helper()
	if !(x >= 0) {
		t.Errorf("%s = %v is below 0", what, x)
	}
}

func FuzzBlocking(f *testing.F) {
	for _, load := range bits {
		for _, n := range integers {
			f.Add(n, math.Float64bits(float64(n)+0.5), load)
		}
	}
	f.Fuzz(func(t *testing.T, servers int64, real, raw uint64) {
		n, x, load := int(servers), math.Float64frombits(real), math.Float64frombits(raw)
		promptly(t, func() {
			b, c, log := B(n, load), C(n, load), LogB(n, load)
			if n < 0 || !(load >= 0) {
				if !math.IsNaN(b) || !math.IsNaN(c) || !math.IsNaN(log) {
					t.Errorf("B, C, LogB(%d, %v) = %v, %v, %v: want NaN", n, load, b, c, log)
				}
			} else {
				probability(t, "B", b)
				probability(t, "C", c)
				notBelow0(t, "−LogB", -log)
				if c < b*(1-1e-12) {
					t.Errorf("C(%d, %v) = %v is below B = %v", n, load, c, b)
				}
			}
			b = BReal(x, load)
			if !(x >= 0) || math.IsInf(x, 1) || !(load >= 0) {
				if !math.IsNaN(b) {
					t.Errorf("BReal(%v, %v) = %v: want NaN", x, load, b)
				}
			} else {
				probability(t, "BReal", b)
			}
		})
	})
}

func FuzzServers(f *testing.F) {
	for _, load := range bits {
		for _, blocking := range bits {
			f.Add(load, blocking)
		}
	}
	f.Add(uint64(70), uint64(47)) // Newton's steps are below rounding
	f.Fuzz(func(t *testing.T, rawLoad, rawBlocking uint64) {
		load, blocking := math.Float64frombits(rawLoad), math.Float64frombits(rawBlocking)
		promptly(t, func() {
			n, err := Servers(load, blocking)
			domain := load >= 0 && !math.IsInf(load, 1) && blocking >= 0 && blocking <= 1
			switch {
			case err == nil && !domain:
				t.Errorf("Servers(%v, %v) = %d: want an error", load, blocking, n)
			case err == nil && !(B(n, load) <= blocking):
				t.Errorf("Servers(%v, %v) = %d, which block %v", load, blocking, n, B(n, load))
			case err == nil && n > 0 && B(n-1, load) <= blocking:
				t.Errorf("Servers(%v, %v) = %d, but one less will do", load, blocking, n)
			case err != nil && domain && load*(1-blocking) < 1e15 && load < 1e15 && blocking > 0:
				t.Errorf("Servers(%v, %v): %v", load, blocking, err)
			}
		})
	})
}

func FuzzTraffic(f *testing.F) {
	for _, n := range integers {
		for _, blocking := range bits {
			f.Add(n, blocking)
		}
	}
	f.Fuzz(func(t *testing.T, servers int64, raw uint64) {
		n, blocking := int(servers), math.Float64frombits(raw)
		promptly(t, func() {
			load, err := Traffic(n, blocking)
			domain := n >= 0 && blocking >= 0 && blocking <= 1 && (n > 0 || blocking == 1)
			switch {
			case (err == nil) != domain:
				t.Errorf("Traffic(%d, %v) = %v, %v", n, blocking, load, err)
			case err == nil:
				notBelow0(t, "load", load)
				low, high := B(n, load*(1-1e-12)), B(n, load*(1+1e-12))
				if load > 1e-300 && !(low <= blocking+1e-15*blocking && high >= blocking-1e-15*blocking) {
					t.Errorf("Traffic(%d, %v) = %v, about which %v to %v are blocked", n, blocking, load, low, high)
				}
			}
		})
	})
}

func FuzzEngset(f *testing.F) {
	for _, sources := range integers {
		for _, servers := range integers {
			f.Add(sources, servers, math.Float64bits(0.5))
		}
		for _, load := range bits {
			f.Add(sources, int64(150), load)
			f.Add(sources, sources-1, load)
			f.Add(sources, sources, load)
		}
	}
	f.Fuzz(func(t *testing.T, sources, servers int64, raw uint64) {
		load := math.Float64frombits(raw)
		promptly(t, func() {
			share, call := Engset(int(sources), int(servers), load)
			if sources < 0 || servers < 0 || !(load >= 0) {
				if !math.IsNaN(share) || !math.IsNaN(call) {
					t.Errorf("Engset(%d, %d, %v) = %v, %v: want NaN", sources, servers, load, share, call)
				}
				return
			}
			probability(t, "time congestion", share)
			probability(t, "call congestion", call)
			if call > share*(1+1e-12) {
				t.Errorf("Engset(%d, %d, %v): more calls are blocked, %v, than time, %v", sources, servers, load, call, share)
			}
		})
	})
}

func addWorkloads(f *testing.F, more ...any) {
	hour, minute := int64(time.Hour), int64(time.Minute)
	half := math.Float64bits(0.5)
	add := func(calls uint64, per, aht, patience, lines int64, redial uint64, agents int64) {
		f.Add(append([]any{calls, per, aht, patience, lines, redial, agents}, more...)...)
	}
	for _, calls := range bits {
		add(calls, hour, 3*minute, 0, 0, 0, 12)
		add(calls, hour, 3*minute, minute, 0, half, 12)
		add(calls, hour, 3*minute, minute, 30, half, 12)
		add(calls, hour, 3*minute, 0, 1_000, 0, 12)
		add(math.Float64bits(1000), hour, 3*minute, minute, 60, calls, 50)
	}
	for _, i := range integers {
		for _, calls := range []float64{0, 1e-6, 100, 1e7} {
			load := math.Float64bits(calls)
			add(load, hour, 3*minute, minute, 0, half, i)
			add(load, hour, 3*minute, minute, i, 0, 2)
			add(load, hour, 3*minute, 0, i, 0, 100)
			add(load, hour, 3*minute, i, 0, 0, 7)
			add(load, hour, i, 2*minute, 0, 0, 7)
			add(load, hour, i, 2*minute, 100_000, 0, 7)
			add(load, i, 3*minute, 2*minute, 0, 0, 7)
			add(load, i, i, i, i, half, i)
		}
	}
}

// figures checks all that an Outcome tells.
func checkOutcome(t *testing.T, o Outcome, within time.Duration, p float64) {
	t.Helper()
	probability(t, "PWait", o.PWait)
	probability(t, "PBlocked", o.PBlocked)
	probability(t, "PAbandon", o.PAbandon)
	probability(t, "Occupancy", o.Occupancy)
	notBelow0(t, "Load", o.Load)
	notBelow0(t, "QueueLength", o.QueueLength)
	notBelow0(t, "ASA", float64(o.ASA))
	notBelow0(t, "MeanWait", float64(o.MeanWait))
	notBelow0(t, "WaitQuantile", float64(o.WaitQuantile(p)))
	over := o.WaitOver(within)
	if within < 0 {
		if !math.IsNaN(over) {
			t.Errorf("WaitOver(%v) = %v: want NaN", within, over)
		}
	} else {
		probability(t, "WaitOver", over)
		if over > o.PWait*(1+1e-9) {
			t.Errorf("WaitOver(%v) = %v is above PWait = %v", within, over, o.PWait)
		}
	}
	for d := AnsweredOfOffered - 1; d <= ShortAbandonsExcluded+1; d++ {
		level := o.ServiceLevel(within, d)
		if within < 0 || !d.known() {
			if !math.IsNaN(level) {
				t.Errorf("ServiceLevel(%v, %v) = %v: want NaN", within, d, level)
			}
		} else {
			probability(t, d.String(), level)
		}
	}
}

func FuzzWith(f *testing.F) {
	addWorkloads(f, int64(20*time.Second), math.Float64bits(0.9))
	f.Fuzz(func(t *testing.T, calls uint64, per, aht, patience, lines int64, redial uint64, agents, within int64, raw uint64) {
		w := Workload{
			Calls: math.Float64frombits(calls), Per: time.Duration(per), AHT: time.Duration(aht),
			Patience: time.Duration(patience), Lines: int(lines), Redial: math.Float64frombits(redial),
		}
		promptly(t, func() {
			o, err := w.With(int(agents))
			domain := w.Calls >= 0 && per > 0 && aht > 0 && patience >= 0 && lines >= 0 && w.Redial >= 0 && w.Redial <= 1 &&
				w.Load()*max(1, float64(patience)/float64(aht)) <= 1e280 && (agents > 0 || agents == 0 && w.Calls == 0) && (lines == 0 || lines >= agents)
			if !domain {
				if err == nil {
					t.Errorf("%+v.With(%d): want an error", w, agents)
				}
				return
			}
			if err != nil {
				// A queue without a long run, or more calls than a float64 can count.
				stable := patience > 0 || lines > 0 || w.Load() < float64(agents)
				if most := w.Load() * max(1, float64(patience)/float64(aht)); stable && w.Redial == 0 && most < 1e279 {
					t.Errorf("%+v.With(%d): %v", w, agents, err)
				}
				return
			}
			checkOutcome(t, o, time.Duration(within), math.Float64frombits(raw))
			if t.Failed() {
				t.Logf("%+v.With(%d) = %+v", w, agents, o)
			}
		})
	})
}

func FuzzStaff(f *testing.F) {
	addWorkloads(f, math.Float64bits(0.8), int64(20*time.Second), int64(time.Minute), math.Float64bits(0.05))
	f.Fuzz(func(t *testing.T, calls uint64, per, aht, patience, lines int64, redial uint64, definition int64, level uint64, within, asa int64, most uint64) {
		w := Workload{
			Calls: math.Float64frombits(calls), Per: time.Duration(per), AHT: time.Duration(aht),
			Patience: time.Duration(patience), Lines: int(lines), Redial: math.Float64frombits(redial),
		}
		target := Target{
			ServiceLevel: math.Float64frombits(level), Within: time.Duration(within), Definition: Definition(definition % 5),
			ASA: time.Duration(asa), Abandon: math.Float64frombits(most), Occupancy: math.Float64frombits(^most), Blocked: math.Float64frombits(most >> 1),
		}
		if definition%2 == 0 {
			target.Abandon, target.Blocked = 0, 0
		}
		if !(target.Occupancy <= 1) || definition%3 != 0 {
			target.Occupancy = 0
		}
		promptly(t, func() {
			agents, o, err := w.Staff(target)
			if err != nil {
				return
			}
			if !(w.Calls >= 0) || per <= 0 || aht <= 0 || patience < 0 || lines < 0 || !(w.Redial >= 0 && w.Redial <= 1) || target.Check() != nil {
				t.Errorf("%+v.Staff(%+v) = %d: want an error", w, target, agents)
			}
			checkOutcome(t, o, time.Duration(within), 0.5)
			if w.Calls > 0 && !meets(o, target) {
				t.Errorf("%d agents do not meet the target", agents)
			}
			if t.Failed() {
				t.Logf("%+v.Staff(%+v) = %d, %+v", w, target, agents, o)
			}
		})
	})
}
