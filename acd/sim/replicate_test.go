package sim_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// TestConcurrentRunsGiveTheSameBytesForAnyNumberOfWorkers with everything that a
// scenario can have, up to the end and stopping early.
func TestConcurrentRunsGiveTheSameBytesForAnyNumberOfWorkers(t *testing.T) {
	for _, enough := range []func(*sim.Sample) bool{
		nil,
		func(s *sim.Sample) bool { return len(s.Runs) >= 20 },
		sim.Precise(sim.Share(nil, sim.Abandoned), 0.05),
	} {
		var want *sim.Sample
		for _, workers := range []int{1, 2, 7, 0} {
			s := everything(4)
			s.Effort = sim.Effort{Workers: workers, Enough: enough}
			got, err := sim.Replicate(t.Context(), s, 37)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%d workers gave another sample than one: %d runs, %d", workers, len(got.Runs), len(want.Runs))
			}
		}
		if n := len(want.Runs); enough == nil && n != 37 || enough != nil && n != 20 && n != 10 && n != 30 {
			t.Errorf("%d runs", n)
		}
	}
}

// TestRunsDiffer: each run has a seed of its own, the first the scenario's.
func TestRunsDiffer(t *testing.T) {
	s := everything(4)
	sample, err := sim.Replicate(t.Context(), s, 20)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := sim.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(sample.Runs[0], alone) {
		t.Error("run 0 is not the scenario's own")
	}
	seen := make(map[time.Duration]int)
	for i, r := range sample.Runs {
		if before, ok := seen[r.Busy]; ok {
			t.Errorf("run %d is run %d again", i, before)
		}
		seen[r.Busy] = i
	}
	s.Seed++
	other, err := sim.Replicate(t.Context(), s, 20)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range other.Runs {
		if before, ok := seen[r.Busy]; ok {
			t.Errorf("run %d of the next seed is run %d of this", i, before)
		}
	}
}

// TestConcurrentReplicationStopsAtOnce, whatever is going on: a day of a hundred
// million calls, broken off after a few, or before it begins.
func TestConcurrentReplicationStopsAtOnce(t *testing.T) {
	for _, after := range []int{0, 3} {
		ctx, cancel := context.WithCancel(t.Context())
		s := everything(1)
		s.Effort.Workers = 2
		s.Effort.Progress = func(done, of int) {
			if done == after {
				cancel()
			}
		}
		if after == 0 {
			endless := sim.Random(monday, []sim.Rate{{To: 100_000 * time.Hour, PerHour: 1000}}, func(*rand.Rand, time.Time) sim.Call {
				cancel()
				return sim.Call{Service: time.Minute}
			})
			s.Calls = endless
		}
		sample, err := sim.Replicate(ctx, s, 1_000_000)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after %d runs: %v", after, err)
		}
		if len(sample.Runs) > after+3 {
			t.Errorf("%d runs though it was to stop after %d", len(sample.Runs), after)
		}
		cancel()
	}
}

func TestProgressGoesUpToTheEnd(t *testing.T) {
	var told []int
	s := everything(1)
	s.Effort = sim.Effort{Workers: 3, Runs: 7, Progress: func(done, of int) {
		if of != 14 {
			t.Errorf("of %d", of)
		}
		told = append(told, done)
	}}
	if _, err := sim.Compare(t.Context(), s, s.Plan, s.Plan); err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}; !slices.Equal(told, want) {
		t.Errorf("told %v", told)
	}
}

func TestWhatCannotBeReplicatedIsNamed(t *testing.T) {
	for want, change := range map[string]func(*sim.Scenario) int{
		"each":                   func(s *sim.Scenario) int { s.Each = func(*sim.Record) {}; return 2 },
		"observe":                func(s *sim.Scenario) int { s.Observe = func(acd.Command, []acd.Event, error) {}; return 2 },
		"at least 1 run, got 0":  func(*sim.Scenario) int { return 0 },
		"effort.workers: -1":     func(s *sim.Scenario) int { s.Effort.Workers = -1; return 2 },
		"effort.level: want 0":   func(s *sim.Scenario) int { s.Effort.Level = 1; return 2 },
		"agents[0].no_show":      func(s *sim.Scenario) int { s.Agents[0].NoShow = 2; return 2 },
		"call 1: a service of -": func(s *sim.Scenario) int { s.Calls = sim.Log([]sim.Call{{Service: -1}}); return 9 },
	} {
		s := everything(1)
		n := change(&s)
		if _, err := sim.Replicate(t.Context(), s, n); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestAPlanComparedWithItselfDiffersByNothing, exactly, in everything that can
// be measured.
func TestAPlanComparedWithItselfDiffersByNothing(t *testing.T) {
	s := everything(2)
	s.Effort.Runs = 12
	c, err := sim.Compare(t.Context(), s, s.Plan, s.Plan)
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range measures() {
		zero := sim.Estimate{Runs: 12}
		if d := c.Difference(m); d != zero {
			t.Errorf("%s differs by %+v", name, d)
		}
		if e := c.A.Estimate(m); !(e.Low < e.Value && e.Value < e.High) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func measures() map[string]sim.Measure {
	gold := sim.OfTier("gold")
	return map[string]sim.Measure{
		"service level": sim.ServiceLevel(nil, 20*time.Second, erlang.ShortAbandonsExcluded),
		"gold level":    sim.ServiceLevel(gold, time.Minute, erlang.AnsweredOfAnswered),
		"hung up":       sim.Share(gold.And(sim.InQueue("support")), sim.Abandoned),
		"ASA":           sim.ASA(nil),
		"mean wait":     sim.MeanWait(sim.During(3)),
		"p90":           sim.WaitQuantile(nil, 0.9),
		"same agent":    sim.SameAgentRate(nil),
		"occupancy":     sim.Occupancy(4),
		"overall":       sim.OverallOccupancy,
		"offered":       sim.Offered(nil),
	}
}

// TestCommonNumbersNarrowTheDifference: five seconds more of wrap-up are seen in
// the paired difference, and would not be in two samples of their own.
func TestCommonNumbersNarrowTheDifference(t *testing.T) {
	s := everything(3)
	s.Effort.Runs = 40
	s.Redial, s.Habits = nil, sim.Habits{}
	other := s.Plan
	other.Queues = slices.Clone(s.Plan.Queues)
	other.Queues[0].WrapUp += 5 * time.Second
	c, err := sim.Compare(t.Context(), s, s.Plan, other)
	if err != nil {
		t.Fatal(err)
	}
	m := sim.MeanWait(nil)
	a, d := c.A.Estimate(m), c.Difference(m)
	if d.Low <= 0 || d.High > (a.High-a.Low)/2 {
		t.Errorf("the difference is %+v, and one of them by itself %+v", d, a)
	}
}

// TestIntervalsHoldTheTruthAsOftenAsTheySay: of many samples of runs that are
// drawn here, ratios with parts and wholes that vary together, 95 % (or 80 %)
// have the truth in their interval, and so have their differences.
func TestIntervalsHoldTheTruthAsOftenAsTheySay(t *testing.T) {
	const samples = 2000
	r := rand.New(rand.NewPCG(1, 2))
	draw := func(level, truth float64, runs int, common []float64) *sim.Sample {
		s := &sim.Sample{Level: level}
		for i := range runs {
			calls := 200 + int(40*common[i])
			answered := 0
			for range calls {
				if r.Float64() < truth {
					answered++
				}
			}
			s.Runs = append(s.Runs, sim.Result{Rows: []sim.Row{{Figures: sim.Figures{Offered: calls, Answered: answered}}}})
		}
		return s
	}
	m := sim.Share(nil, sim.Answered)
	for _, level := range []float64{0.8, 0.95} {
		for _, runs := range []int{5, 30} {
			held, differences := 0, 0
			for range samples {
				common := make([]float64, runs)
				for i := range common {
					common[i] = r.NormFloat64()
				}
				a, b := draw(level, 0.7, runs, common), draw(level, 0.75, runs, common)
				if e := a.Estimate(m); e.Low <= 0.7 && 0.7 <= e.High {
					held++
				}
				if d := b.Minus(a, m); d.Low <= 0.05 && 0.05 <= d.High {
					differences++
				}
			}
			margin := 4 * math.Sqrt(level*(1-level)*samples)
			for _, n := range []int{held, differences} {
				if math.Abs(float64(n)-level*samples) > margin {
					t.Errorf("%d runs at %v: the truth is in %d of %d intervals", runs, level, n, samples)
				}
			}
		}
	}
}

func TestEstimatesOfLittle(t *testing.T) {
	m := sim.Share(nil, sim.Answered)
	none := (&sim.Sample{Runs: make([]sim.Result, 3), Level: 0.95}).Estimate(m)
	if !math.IsNaN(none.Value) || !math.IsNaN(none.Low) || !math.IsNaN(none.High) {
		t.Errorf("of no calls: %+v", none)
	}
	row := []sim.Row{{Figures: sim.Figures{Offered: 4, Answered: 3}}}
	one := (&sim.Sample{Runs: []sim.Result{{Rows: row}}, Level: 0.95}).Estimate(m)
	if one.Value != 0.75 || !math.IsInf(one.Low, -1) || !math.IsInf(one.High, 1) {
		t.Errorf("of one run: %+v", one)
	}
	unwatched := sim.ServiceLevel(nil, time.Second, erlang.AnsweredOfOffered)
	if e := (&sim.Sample{Runs: []sim.Result{{Rows: row}}, Level: 0.95}).Estimate(unwatched); !math.IsNaN(e.Value) {
		t.Errorf("of a time that was not watched: %+v", e)
	}
}
