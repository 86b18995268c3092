package erlang

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// of24 is 240 calls a half hour of three minutes, 24 erlangs.
func of24(patience time.Duration) Workload {
	return Workload{Calls: 240, Per: 30 * time.Minute, AHT: 3 * time.Minute, Patience: patience}
}

func TestUncertainAveragesAgreeWithTwentyFiveDigits(t *testing.T) {
	// mpmath, 25 digits: quadrature over the gamma density of the closed forms of
	// M/M/30 and M/M/30+M with 24 erlangs, split where load meets agents.
	level := func(d Definition) Target {
		return Target{ServiceLevel: 0.5, Within: 20 * time.Second, Definition: d}
	}
	for _, c := range []struct {
		name      string
		u         Uncertain
		target    Target
		figure    func(Average) float64
		want      float64
		tolerance float64
	}{
		{"C, level", Uncertain{of24(0), 0.1}, level(AnsweredOfOffered), func(a Average) float64 { return a.ServiceLevel }, 0.837094152484080147, 1e-12},
		{"C, wait", Uncertain{of24(0), 0.1}, Target{}, func(a Average) float64 { return a.PWait }, 0.243959865207325362, 1e-12},
		{"A, wait", Uncertain{of24(3 * time.Minute), 0.3}, Target{}, func(a Average) float64 { return a.PWait }, 0.325680030959086023, 1e-12},
		{"A, abandoned", Uncertain{of24(3 * time.Minute), 0.3}, Target{}, func(a Average) float64 { return a.PAbandon }, 0.0595707386985484702, 1e-12},
		{"A, level", Uncertain{of24(3 * time.Minute), 0.3}, level(AnsweredOfOffered), func(a Average) float64 { return a.ServiceLevel }, 0.777944353717632202, 1e-12},
		{"A, of answered", Uncertain{of24(3 * time.Minute), 0.3}, level(AnsweredOfAnswered), func(a Average) float64 { return a.ServiceLevel }, 0.827222616022221663, 1e-12},
		{"A, short abandons met", Uncertain{of24(3 * time.Minute), 0.3}, level(ShortAbandonsMet), func(a Average) float64 { return a.ServiceLevel }, 0.806369900824725571, 1e-12},
		// The agents answer all that do not hang up.
		{"A, occupancy", Uncertain{of24(3 * time.Minute), 0.3}, Target{}, func(a Average) float64 { return a.Occupancy }, 0.8 * (1 - 0.0595707386985484702), 1e-12},
	} {
		a, err := c.u.With(30, c.target)
		if got := c.figure(a); err != nil || offBy(got, c.want) > c.tolerance {
			t.Errorf("%s: %v, %v, want %v, off by %.1e", c.name, got, err, c.want, offBy(got, c.want))
		}
	}
}

func TestVolumeQuantileAgreesWithFortyDigits(t *testing.T) {
	// mpmath, 40 digits: bisection on the regularized incomplete gamma function.
	for _, c := range []struct{ spread, p, want float64 }{
		{0.1, 0.9, 1.1301052385984447797},
		{0.5, 0.99, 2.5112793787079038438},
		{1, 0.5, math.Ln2},
		{3, 0.5, 0.010775742443992753317},
		{0.1, 0.001, 0.71921397495000405883},
		{0.001, 0.95, 1.0016454219451901003},
		{0.02, 0.999999, 1.0979639717649502785},
		{1e-9, 0.5, 1},
		{0.3, 0, 0},
	} {
		if got := volumeQuantile(c.spread, c.p); offBy(got, c.want) > 1e-12 {
			t.Errorf("volumeQuantile(%v, %v) = %v, want %v, off by %.1e", c.spread, c.p, got, c.want, offBy(got, c.want))
		}
	}
}

func TestUncertainPanelsAreFineEnough(t *testing.T) {
	// What With states: the shares are within 1e-9. Panels of a third the size
	// show how far off the sum is.
	rapid.Check(t, func(t *rapid.T) {
		w, target := drawInterval(t), drawTarget(t)
		spread := math.Exp(rapid.Float64Range(-7, 2).Draw(t, "log spread"))
		load := w.Load()
		n := math.Ceil(load*rapid.Float64Range(0.5, 2).Draw(t, "agents per load") + math.Sqrt(load))
		if w.Lines > 0 {
			n = min(n, float64(w.Lines))
		}
		u := Uncertain{w, spread}
		got, want := u.panels(n, target, 6, 4), u.panels(n, target, 2, 1.3)
		check := func(name string, got, want float64) {
			if !(math.Abs(got-want) <= 1e-10*max(1, want)) && got != want {
				t.Fatalf("%s: %v, with finer panels %v", name, got, want)
			}
		}
		check("attempts", got.attempts, want.attempts)
		check("waits", got.waits, want.waits)
		check("blocked", got.blocked, want.blocked)
		check("gone", got.gone, want.gone)
		check("answered", got.answered, want.answered)
		check("busy", got.busy, want.busy)
		check("delay", got.delay, want.delay)
		check("in time", got.inTime, want.inTime)
		check("met", got.met, want.met)
		check("gone later", got.goneLater, want.goneLater)
		// Each attempt has one end.
		check("ends", got.answered+got.gone+got.blocked, got.attempts)
		if w.Redial == 0 {
			check("calls", got.attempts, 1)
		}
	})
}

func TestUncertainWithoutSpreadIsStaff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, target := drawInterval(t), drawTarget(t)
		spread := rapid.SampledFrom([]float64{0, 1e-10}).Draw(t, "spread")
		agents, o, err := w.Staff(target)
		exact, _ := w.StaffExact(target)
		got, average, errGot := Uncertain{w, spread}.Staff(target)
		exactGot, _ := Uncertain{w, spread}.StaffExact(target)
		if got != agents || exactGot != exact || (err == nil) != (errGot == nil) || err == nil && average != target.average(o) {
			t.Fatalf("%d, %v, %+v, %v, want %d, %v, %+v, %v", got, exactGot, average, errGot, agents, exact, o, err)
		}
	})
}

func TestUncertainWithSmallSpreadIsNearStaff(t *testing.T) {
	target := Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	certain, _ := of24(time.Minute).StaffExact(target)
	for _, spread := range []float64{2e-9, 1e-6, 1e-4} {
		got, err := Uncertain{of24(time.Minute), spread}.StaffExact(target)
		if err != nil || offBy(got, certain) > 1e-11+2*spread*spread {
			t.Errorf("spread %v: %v, %v, want about %v", spread, got, err, certain)
		}
	}
}

func TestUncertainStaffIsTheFewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, target := drawInterval(t), drawTarget(t)
		if w.endless() {
			target.ASA = 0
		}
		u := Uncertain{w, rapid.Float64Range(0.01, 1.5).Draw(t, "spread")}
		agents, average, err := u.Staff(target)
		if err != nil {
			return // with limited lines not every target can be met
		}
		if again, err := u.With(agents, target); err != nil || again != average {
			t.Fatalf("With: %+v, %v, Staff: %+v", again, err, average)
		}
		meets := func(n int) bool {
			return target.short(u.figures(u.over(float64(n), target), float64(n), target)) <= 0
		}
		if !meets(agents) {
			t.Fatalf("%d agents do not meet %+v: %+v", agents, target, average)
		}
		if agents-1 > int(w.floor()) && meets(agents-1) {
			t.Fatalf("%d agents are one too many for %+v", agents, target)
		}
		exact, err := u.StaffExact(target)
		if err != nil || !(exact > float64(agents-1) && exact <= float64(agents)) {
			t.Fatalf("%v, %v is not just below %d", exact, err, agents)
		}
	})
}

func TestDayMeetsTheTargetOnItsShareOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spread := rapid.Float64Range(0.001, 3).Draw(t, "spread")
		share := rapid.Float64Range(0.01, 0.999).Draw(t, "share")
		u := Uncertain{of24(0), spread}
		w, err := u.Day(share)
		if err != nil {
			t.Fatal(err)
		}
		// The share of days with fewer calls, by the gamma distribution's series
		// x^k·e^(−x)/Γ(k+1)·(1 + x/(k+1) + x²/((k+1)(k+2)) + …).
		k := 1 / (spread * spread)
		x := k * w.Calls / 240
		sum, term := 1.0, 1.0
		for j := k + 1; term > 1e-17*sum; j++ {
			term *= x / j
			sum += term
		}
		gamma, _ := math.Lgamma(k + 1)
		if got := math.Exp(k*math.Log(x)-x-gamma) * sum; math.Abs(got-share) > 1e-14*k+1e-12 {
			t.Fatalf("spread %v: %v of the days have fewer than %v calls, want %v", spread, got, w.Calls, share)
		}
	})
}

func TestMoreSpreadNeedsMoreAgents(t *testing.T) {
	target := Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	last := 0.0
	for _, spread := range []float64{0, 0.02, 0.05, 0.1, 0.2, 0.4} {
		exact, err := Uncertain{of24(2 * time.Minute), spread}.StaffExact(target)
		if err != nil || exact <= last {
			t.Errorf("spread %v: %v agents, %v, with less spread %v", spread, exact, err, last)
		}
		last = exact
	}
}

func TestUncertainErrorsNameTheField(t *testing.T) {
	redial := of24(time.Minute)
	redial.Redial = 1
	short := of24(0)
	short.Lines = 3
	for want, u := range map[string]Uncertain{
		"Uncertain.Spread is -1":   {of24(0), -1},
		"Uncertain.Spread is NaN":  {of24(0), math.NaN()},
		"Uncertain.Spread is 1001": {of24(0), 1001},
		"Workload.Redial is 1":     {redial, 0.1},
		"Target.ASA is 10s":        {of24(0), 0.1},
		"not even 3 agents":        {short, 0.1},
	} {
		for _, solve := range []func() error{
			func() error { _, _, err := u.Staff(Target{ASA: 10 * time.Second, Blocked: 0.01}); return err },
			func() error { _, err := u.StaffExact(Target{ASA: 10 * time.Second, Blocked: 0.01}); return err },
		} {
			if err := solve(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		}
	}
	u := Uncertain{of24(0), 0.1}
	if _, err := u.With(24, Target{}); err == nil {
		t.Error("24 agents for a mean of 24 erlangs: no error")
	}
	for _, share := range []float64{-0.1, 1, math.NaN()} {
		if _, err := u.Day(share); err == nil || !strings.Contains(err.Error(), "share") {
			t.Errorf("Day(%v): %v", share, err)
		}
	}
}

func TestSpreadOf(t *testing.T) {
	for _, c := range []struct{ index, calls, want float64 }{
		{1, 100, 0},
		{0.9, 100, 0},
		{5, 400, 0.1},
		{-1, 100, math.NaN()},
		{2, 0, math.NaN()},
		{math.NaN(), 1, math.NaN()},
	} {
		if got := SpreadOf(c.index, c.calls); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("SpreadOf(%v, %v) = %v, want %v", c.index, c.calls, got, c.want)
		}
	}
}

func TestUncertainEndsOnAnyInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		float := func(name string) float64 { return math.Float64frombits(rapid.Uint64().Draw(t, name)) }
		u := Uncertain{Workload{
			Calls:    math.Abs(float("calls")),
			Per:      time.Duration(rapid.Int64Min(1).Draw(t, "per")),
			AHT:      time.Duration(rapid.Int64Min(1).Draw(t, "aht")),
			Patience: time.Duration(rapid.Int64Min(0).Draw(t, "patience")),
		}, math.Exp(rapid.Float64Range(-25, 6.9).Draw(t, "log spread"))}
		target := Target{ServiceLevel: rapid.Float64Range(0, 1).Draw(t, "level"), Within: time.Duration(rapid.Int64Min(0).Draw(t, "within"))}
		agents, average, err := u.Staff(target)
		if err == nil && (agents < 0 || !(average.ServiceLevel >= 0 && average.ServiceLevel <= 1) || !(average.PWait >= 0 && average.PWait <= 1+1e-12)) {
			t.Fatalf("%d, %+v", agents, average)
		}
		if w, err := u.Day(rapid.Float64Range(0, 1).Draw(t, "share")); err == nil && !(w.Calls >= 0) {
			t.Fatalf("Day has %v calls", w.Calls)
		}
	})
}

func BenchmarkUncertainStaff(b *testing.B) {
	target := Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	for _, patience := range []time.Duration{0, 3 * time.Minute} {
		b.Run(fmt.Sprintf("patience=%v", patience), func(b *testing.B) {
			u := Uncertain{of24(patience), 0.1}
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := u.Staff(target); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
