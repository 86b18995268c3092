package erlang

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestStaffExactAgreesWithFortyDigits(t *testing.T) {
	// mpmath, 40 digits, a root finder on the continued formulas. The first two
	// are printed as 13.164668 and 105.64029 at
	// abstractmicro.com/erlang/helppages/ref-erlcnsrvfromwait.htm.
	workload := func(calls float64, patience time.Duration) Workload {
		return Workload{Calls: calls, Per: 30 * time.Minute, AHT: 3 * time.Minute, Patience: patience}
	}
	for _, c := range []struct {
		name   string
		w      Workload
		target Target
		want   float64
	}{
		{"10 erlangs, ASA", workload(100, 0), Target{ASA: 15 * time.Second}, 13.164667922856662534},
		{"100 erlangs, ASA", workload(1000, 0), Target{ASA: 15 * time.Second}, 105.64028992231657861},
		{"service level", workload(240, 0), Target{ServiceLevel: 0.8, Within: 20 * time.Second}, 28.156013077418621534},
		{"service level, patience", workload(240, 3*time.Minute), Target{ServiceLevel: 0.8, Within: 20 * time.Second}, 25.980550167208194243},
		{"service level near 1, patience", workload(240, 3*time.Minute), Target{ServiceLevel: 0.999, Within: 20 * time.Second}, 37.939624778678263565},
		{"abandonment", workload(240, 3*time.Minute), Target{Abandon: 0.03}, 27.473344153919770423},
		{"occupancy", workload(240, 0), Target{Occupancy: 0.75}, 32},
	} {
		if got, err := c.w.StaffExact(c.target); err != nil || offBy(got, c.want) > 1e-13 {
			t.Errorf("%s: %v, %v, want %v, off by %.1e", c.name, got, err, c.want, offBy(got, c.want))
		}
	}
}

func TestStaffExactSpecialCases(t *testing.T) {
	w := Workload{Calls: 100, Per: 30 * time.Minute, AHT: 3 * time.Minute}
	if got, err := w.StaffExact(Target{}); err != nil || offBy(got, 10) > 1e-15 {
		t.Errorf("no target: %v, %v, want the load", got, err)
	}
	w.Patience = time.Minute
	if got, err := w.StaffExact(Target{}); err != nil || offBy(got, 0.001) > 1e-12 {
		t.Errorf("no target, patience: %v, %v", got, err)
	}
	w.Calls = 0
	if got, err := w.StaffExact(Target{Abandon: 0.1}); err != nil || got != 0 {
		t.Errorf("no calls: %v, %v", got, err)
	}
	w.AHT = 0
	if _, err := w.StaffExact(Target{}); err == nil || !strings.Contains(err.Error(), "Workload.AHT") {
		t.Errorf("no handle time: %v", err)
	}
}

// drawInterval draws a workload of ordinary size with calls.
func drawInterval(t *rapid.T) Workload {
	w := Workload{
		Calls: math.Exp(rapid.Float64Range(0, 6).Draw(t, "log calls")),
		Per:   30 * time.Minute,
		AHT:   time.Duration(rapid.IntRange(20, 1800).Draw(t, "aht")) * time.Second,
	}
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if kind&1 > 0 {
		w.Patience = time.Duration(rapid.IntRange(5, 1800).Draw(t, "patience")) * time.Second
	}
	if kind&2 > 0 {
		w.Lines = int(w.Load()*2) + rapid.IntRange(1, 40).Draw(t, "lines")
	}
	if kind > 0 && rapid.Bool().Draw(t, "redials") {
		w.Redial = rapid.Float64Range(0, 0.9).Draw(t, "redial")
	}
	return w
}

func drawTarget(t *rapid.T) Target {
	var target Target
	if rapid.Bool().Draw(t, "level") {
		target.ServiceLevel = rapid.Float64Range(0.05, 0.97).Draw(t, "service level")
		target.Within = time.Duration(rapid.IntRange(0, 120).Draw(t, "within")) * time.Second
		target.Definition = Definition(rapid.IntRange(0, 3).Draw(t, "definition"))
	}
	if rapid.Bool().Draw(t, "mean wait") {
		target.ASA = time.Duration(rapid.IntRange(1, 300).Draw(t, "asa")) * time.Second
	}
	if rapid.Bool().Draw(t, "busy") {
		target.Occupancy = rapid.Float64Range(0.5, 0.95).Draw(t, "occupancy")
	}
	return target
}

func TestStaffExactLiesJustBelowStaff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, target := drawInterval(t), drawTarget(t)
		agents, _, err := w.Staff(target)
		exact, errExact := w.StaffExact(target)
		if (err == nil) != (errExact == nil) {
			t.Fatalf("Staff: %v, StaffExact: %v", err, errExact)
		}
		if err != nil {
			return
		}
		if !(exact > float64(agents-1) && exact <= float64(agents)) {
			t.Fatalf("%v is not just below %v", exact, agents)
		}
		// A little more meets the target, a little less does not.
		if more := target.shortfall(w.with(math.Min(exact*(1+1e-9), float64(agents)), agents)); more > 1e-9 {
			t.Fatalf("%v agents and a little more fail by %v", exact, more)
		}
		if less := exact * (1 - 1e-9); less > max(float64(agents-1), w.floor()) {
			if met := target.shortfall(w.with(less, agents)); met < -1e-9 {
				t.Fatalf("%v agents and a little less meet the target by %v", exact, met)
			}
		}
	})
}

func TestFewestFindsTheFirstThatIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.IntRange(0, 100).Draw(t, "least")
		most := rapid.IntRange(least, math.MaxInt).Draw(t, "most")
		want := rapid.IntRange(least, most).Draw(t, "want")
		first := rapid.IntRange(0, math.MaxInt/4).Draw(t, "first")
		asked := 0
		shortfall := func(agents int) float64 {
			if asked++; asked > 200 || agents < least || agents > most {
				t.Fatalf("question %d is about %d agents", asked, agents)
			}
			return float64(want - agents)
		}
		got, ok := fewest(least, first, most, rapid.IntRange(1, 1000).Draw(t, "step"), shortfall)
		if ok && got != want || !ok && want <= math.MaxInt/4 {
			t.Fatalf("fewest = %d, %v, want %d", got, ok, want)
		}
	})
}
