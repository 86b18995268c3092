package sim_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// TestDaysThatDifferAgreeWithErlangUncertain plays days that are busy or calm as
// a whole, and compares what their callers live through, each counted alike, with
// the mixture of package erlang. Intervals are of a level so high that the
// comparisons together would fail by chance once in a thousand seeds.
func TestDaysThatDifferAgreeWithErlangUncertain(t *testing.T) {
	const (
		load   = 12.0
		agents = 14
		spread = 0.25
		hours  = 12
		runs   = 300
	)
	patience := 3 * time.Minute
	target := erlang.Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	w := erlang.Workload{Calls: load, Per: aht, AHT: aht, Patience: patience}
	want, err := erlang.Uncertain{Workload: w, Spread: spread}.With(agents, target)
	if err != nil {
		t.Fatal(err)
	}
	known, err := w.With(agents)
	if err != nil {
		t.Fatal(err)
	}
	s := sim.Scenario{
		Plan:   plain(),
		Agents: staff(agents, nil),
		Calls: sim.RandomDays(monday, []sim.Rate{{To: hours * time.Hour, PerHour: load / aht.Hours()}}, spread,
			func(r *rand.Rand, _ time.Time) sim.Call {
				return sim.Call{
					Service:  sim.Exponential{Mean: aht}.Sample(r),
					Patience: sim.Exponential{Mean: patience}.Sample(r),
				}
			}),
		// The first hour is a warm-up.
		Grid:   sim.Grid{Start: monday.Add(time.Hour), Bounds: []time.Duration{0, (hours - 1) * time.Hour}},
		Watch:  []time.Duration{target.Within},
		Seed:   3,
		Effort: sim.Effort{Level: 0.9997},
	}
	sample, err := sim.Replicate(t.Context(), s, runs)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		measure       sim.Measure
		formula, sure float64 // sure: were all days alike
	}{
		{"service level", sim.ServiceLevel(nil, target.Within, target.Definition), want.ServiceLevel, known.ServiceLevel(target.Within, target.Definition)},
		{"hung up", sim.AbandonRate(nil), want.PAbandon, known.PAbandon},
		{"ASA", sim.ASA(nil), want.ASA.Seconds(), known.ASA.Seconds()},
	} {
		e := sample.Estimate(c.measure)
		t.Logf("%s: %.4f (%.4f to %.4f), formula %.4f, were all days alike %.4f", c.name, e.Value, e.Low, e.High, c.formula, c.sure)
		if c.formula < e.Low || c.formula > e.High {
			t.Errorf("%s: %+v, formula %v", c.name, e, c.formula)
		}
		if c.sure >= e.Low && c.sure <= e.High {
			t.Errorf("%s: %+v would do for days that are alike, too: %v", c.name, e, c.sure)
		}
	}
}
