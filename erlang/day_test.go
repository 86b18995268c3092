package erlang

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var eightyInTwenty = Target{ServiceLevel: 0.8, Within: 20 * time.Second}

// drawDay draws a day of a few intervals, each of its own kind.
func drawDay(t *rapid.T) []Interval {
	day := make([]Interval, rapid.IntRange(1, 6).Draw(t, "intervals"))
	for i := range day {
		day[i] = drawInterval(t)
	}
	return day
}

// constant returns so many intervals of the same workload.
func constant(w Workload, intervals int) []Interval {
	day := make([]Interval, intervals)
	for i := range day {
		day[i] = w
	}
	return day
}

func TestStationaryDayIsStaffOfEachInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, target := drawDay(t), drawTarget(t)
		plan, err := StaffDay(day, target, DayOptions{})
		for i, w := range day {
			agents, outcome, errOne := w.Staff(target)
			if errOne != nil {
				if err == nil {
					t.Fatalf("interval %d: %v, but the day has no error", i, errOne)
				}
				return
			}
			if err != nil {
				continue
			}
			exact, _ := w.StaffExact(target)
			r := plan[i]
			if r.Agents != agents || r.Outcome != outcome || offBy(r.Exact, exact) > 1e-12 || r.Carried != 0 || r.Scheduled != agents || r.ScheduledExact != r.Exact {
				t.Fatalf("interval %d: %+v, want %d agents, %v, %+v", i, r, agents, exact, outcome)
			}
		}
		if err != nil {
			t.Fatalf("the day: %v, but no interval has an error", err)
		}
	})
}

// drawOptions draws options whose average over days is quick.
func drawOptions(t *rapid.T) DayOptions {
	o := DayOptions{
		Method:    Method(rapid.IntRange(0, 2).Draw(t, "method")),
		Shrinkage: float64(rapid.IntRange(0, 60).Draw(t, "shrinkage")) / 100,
		Minimum:   rapid.IntRange(0, 5).Draw(t, "minimum"),
	}
	if rapid.Bool().Draw(t, "uncertain") {
		o.Spread = rapid.Float64Range(0.01, 0.5).Draw(t, "spread")
		o.Confidence = rapid.Float64Range(0.05, 0.99).Draw(t, "confidence")
	}
	return o
}

func TestRequirementsHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, target, o := drawDay(t), drawTarget(t), drawOptions(t)
		plan, err := StaffDay(day, target, o)
		if err != nil {
			return
		}
		whole, exact := 0, 0.0
		for i, r := range plan {
			whole += r.Agents
			exact += r.Exact
			if r.Agents < o.Minimum || r.Outcome.Agents != r.Agents {
				t.Fatalf("interval %d: %d agents, minimum %d, outcome of %d", i, r.Agents, o.Minimum, r.Outcome.Agents)
			}
			if r.Agents > 0 && !(r.Exact > float64(r.Agents-1) && r.Exact <= float64(r.Agents)) {
				t.Fatalf("interval %d: %v is not just below %d", i, r.Exact, r.Agents)
			}
			if !target.met(r.Outcome) {
				t.Fatalf("interval %d: %+v does not meet %+v", i, r.Outcome, target)
			}
			on := float64(r.Scheduled) * (1 - o.Shrinkage)
			if on < float64(r.Agents)-1e-9 || on-(1-o.Shrinkage) > float64(r.Agents)-1e-9 {
				t.Fatalf("interval %d: of %d scheduled %v are on the phones, for %d", i, r.Scheduled, on, r.Agents)
			}
		}
		if exact > float64(whole) {
			t.Fatalf("exact numbers add up to %v, whole ones to %d", exact, whole)
		}
	})
}

func TestOneAgentLessMissesTheTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, target := drawDay(t), drawTarget(t)
		method := rapid.SampledFrom([]Method{Lagged, CarryOver}).Draw(t, "method")
		plan, err := StaffDay(day, target, DayOptions{Method: method})
		if err != nil {
			return
		}
		line, carried := newTimeline(day), 0.0
		for i, w := range day {
			r := plan[i]
			if method == Lagged {
				w.Calls = line.lagged(i)
			} else {
				w.Calls, _ = w.carry(r.Agents-1, carried)
				carried = r.Carried
			}
			if r.Agents <= 1 {
				continue
			}
			if o, err := w.with(float64(r.Agents-1), r.Agents-1); err == nil && target.met(o) {
				t.Fatalf("interval %d: %d agents are one too many for %+v", i, r.Agents, target)
			}
		}
	})
}

func TestScheduledIsNotFooledByRounding(t *testing.T) {
	for agents := 1; agents <= 2000; agents++ {
		for percent := range 100 {
			o := DayOptions{Shrinkage: float64(percent) / 100, Minimum: agents}
			plan, err := StaffDay([]Interval{{Per: time.Hour, AHT: time.Minute}}, Target{}, o)
			// In whole numbers.
			if want := (agents*100 + 99 - percent) / (100 - percent); err != nil || plan[0].Scheduled != want {
				t.Fatalf("%d agents, shrinkage %d%%: %d scheduled, %v, want %d", agents, percent, plan[0].Scheduled, err, want)
			}
		}
	}
}

func TestIntervalWithoutCallsNeedsTheMinimum(t *testing.T) {
	w := of24(0)
	idle := Interval{Per: 30 * time.Minute, AHT: time.Minute}
	for _, minimum := range []int{0, 3} {
		plan, err := StaffDay([]Interval{idle, w}, eightyInTwenty, DayOptions{Minimum: minimum})
		if err != nil || plan[0].Agents != minimum || plan[0].Exact != float64(minimum) || plan[1].Agents != 29 {
			t.Errorf("minimum %d: %+v, %v", minimum, plan, err)
		}
	}
}

func TestLaggedMovesTheCallsByOneHandleTime(t *testing.T) {
	interval := func(calls float64, per, aht time.Duration) Interval {
		return Interval{Calls: calls, Per: per, AHT: aht}
	}
	day := []Interval{
		interval(30, 30*time.Minute, 6*time.Minute),
		interval(90, 30*time.Minute, 6*time.Minute),
		interval(15, 15*time.Minute, 15*time.Minute),
		interval(60, 15*time.Minute, 50*time.Minute),
		interval(0, 15*time.Minute, 10*time.Minute),
		interval(0, 15*time.Minute, 3*time.Hour),
	}
	line := newTimeline(day)
	for i, want := range []float64{
		30,         // before the day as in its first interval
		6*1 + 24*3, // 6 minutes of the first
		15 * 3,     // 15 minutes of the second
		5*1 + 10*3, // from 25 to 40 minutes: 5 of the first, 10 of the second
		10 * 4,     // from 80 to 95 minutes: 10 of the fourth
		15,         // all before the day
	} {
		if got := line.lagged(i); offBy(got, want) > 1e-14 {
			t.Errorf("interval %d: %v calls, want %v", i, got, want)
		}
	}
}

func TestLaggedTimelineAddsUpTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		for i := range day {
			day[i].Per = time.Duration(rapid.IntRange(1, 60).Draw(t, "per")) * time.Minute
			day[i].AHT = time.Duration(rapid.IntRange(1, 200).Draw(t, "aht")) * time.Minute
		}
		line := newTimeline(day)
		start := 0
		for i, w := range day {
			// Minute by minute.
			want := 0.0
			for minute := range int(w.Per / time.Minute) {
				at := start + minute - int(w.AHT/time.Minute)
				j, end := 0, 0
				for end += int(day[0].Per / time.Minute); at >= end; end += int(day[j].Per / time.Minute) {
					j++
				}
				want += day[j].Calls / day[j].Per.Minutes()
			}
			if got := line.lagged(i); offBy(got, want) > 1e-11 {
				t.Fatalf("interval %d: %v calls, want %v", i, got, want)
			}
			start += int(w.Per / time.Minute)
		}
	})
}

func TestLaggedConstantDayIsStationary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, target := constant(drawInterval(t), 5), drawTarget(t)
		want, err := StaffDay(day, target, DayOptions{})
		got, errGot := StaffDay(day, target, DayOptions{Method: Lagged})
		if (err == nil) != (errGot == nil) {
			t.Fatalf("%v, %v", err, errGot)
		}
		for i := range want {
			if got[i].Agents != want[i].Agents || offBy(got[i].Exact, want[i].Exact) > 1e-11 {
				t.Fatalf("interval %d: %+v, want %+v", i, got[i], want[i])
			}
		}
	})
}

func TestCarryOverKeepsEveryCall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawInterval(t)
		agents := int(w.Load()*rapid.Float64Range(0.2, 1.5).Draw(t, "agents per load")) + 1
		if w.Lines > 0 {
			agents = min(agents, w.Lines)
		}
		in := rapid.Float64Range(0, 100).Draw(t, "carried in")
		decided, out := w.carry(agents, in)
		if !(decided >= 0 && out >= 0) || offBy(decided+out, in+w.Calls) > 1e-12 {
			t.Fatalf("%v carried in and %v fresh: %v decided, %v carried out", in, w.Calls, decided, out)
		}
		if w.Lines > 0 && w.Redial == 0 && out > float64(w.Lines-agents) {
			t.Fatalf("%v carried out in %d places", out, w.Lines-agents)
		}
		// Between whole numbers of agents nothing jumps.
		between := w.carryBetween(agents, in)
		fewer, _ := w.carry(agents-1, in)
		if offBy(between(float64(agents)), decided) > 1e-12 || offBy(between(float64(agents-1)), fewer) > 1e-9 {
			t.Fatalf("between %v and %v agents: %v and %v, want %v and %v", agents-1, agents, between(float64(agents-1)), between(float64(agents)), fewer, decided)
		}
	})
}

func TestCarryOverOfConstantDayTendsToStationary(t *testing.T) {
	for _, w := range []Workload{of24(0), of24(time.Minute), {Calls: 20, Per: 15 * time.Minute, AHT: 10 * time.Minute, Patience: 5 * time.Minute, Lines: 20}} {
		want, _, err := w.Staff(eightyInTwenty)
		exact, _ := w.StaffExact(eightyInTwenty)
		plan, errDay := StaffDay(constant(w, 30), eightyInTwenty, DayOptions{Method: CarryOver})
		if err != nil || errDay != nil {
			t.Fatal(err, errDay)
		}
		// The first interval begins with nobody in line.
		if first := plan[0].Exact; first > exact || first < 0.9*exact {
			t.Errorf("%+v: %v agents at first, stationary %v", w, first, exact)
		}
		if last := plan[29]; last.Agents != want || offBy(last.Exact, exact) > 0.01 || offBy(last.Outcome.Load, w.Load()) > 1e-6 {
			t.Errorf("%+v: at last %+v, want %d agents, %v", w, last, want, exact)
		}
	}
}

func TestIntervalAfterAnOverloadedOneNeedsMore(t *testing.T) {
	slow := of24(5 * time.Minute)
	quiet := slow
	quiet.Calls = 106
	// So lax that the first interval has fewer agents than load.
	target := Target{Abandon: 0.2}
	plan, err := StaffDay([]Interval{slow, slow, quiet, quiet}, target, DayOptions{Method: CarryOver})
	if err != nil {
		t.Fatal(err)
	}
	alone, _, _ := quiet.Staff(target)
	exact, _ := quiet.StaffExact(target)
	if float64(plan[1].Agents) >= slow.Load() {
		t.Errorf("%d agents for %v erlangs is no overload", plan[1].Agents, slow.Load())
	}
	if after := plan[2]; after.Agents <= alone || after.Exact <= exact || plan[1].Carried < 3 {
		t.Errorf("after %v calls carried over: %d agents, %v, alone %d, %v", plan[1].Carried, after.Agents, after.Exact, alone, exact)
	}
	if later := plan[3]; later.Exact >= plan[2].Exact {
		t.Errorf("an interval later %v agents, before %v", later.Exact, plan[2].Exact)
	}
}

// transient returns the mean number waiting after the interval, from nobody in
// the system on: Kolmogorov's equations for M/M/n+M, by steps so small that
// halving them changes the sixth digit.
func transient(w Workload, agents int) float64 {
	arrive, handle, leave := w.Calls/w.Per.Minutes(), 1/w.AHT.Minutes(), 0.0
	if w.Patience > 0 {
		leave = 1 / w.Patience.Minutes()
	}
	p := make([]float64, agents+400)
	p[0] = 1
	down := func(i int) float64 {
		return float64(min(i, agents))*handle + float64(max(i-agents, 0))*leave
	}
	const step = 1.0 / 2000
	next := make([]float64, len(p))
	for range int(w.Per.Minutes() / step) {
		for i, share := range p {
			next[i] = share * (1 - step*(arrive+down(i)))
			if i > 0 {
				next[i] += p[i-1] * step * arrive
			}
			if i+1 < len(p) {
				next[i] += p[i+1] * step * down(i+1)
			}
		}
		p, next = next, p
	}
	waiting := 0.0
	for i := agents; i < len(p); i++ {
		waiting += float64(i-agents) * p[i]
	}
	return waiting
}

func TestCarriedIsOnTheSafeSideOfTheTransientQueueInOverload(t *testing.T) {
	for _, c := range []struct {
		w      Workload
		agents int
	}{
		{of24(0), 18},
		{of24(0), 20},
		{of24(0), 22},
		{of24(5 * time.Minute), 18},
		{of24(2 * time.Minute), 18},
	} {
		want := transient(c.w, c.agents)
		if _, got := c.w.carry(c.agents, 0); got < want || got > want+float64(c.agents) {
			t.Errorf("%+v, %d agents: %v calls carried, the transient queue has %v", c.w, c.agents, got, want)
		}
	}
}

func TestConfidenceIsTheDayOfThatQuantile(t *testing.T) {
	day := []Interval{of24(0), of24(time.Minute)}
	plan, err := StaffDay(day, eightyInTwenty, DayOptions{Spread: 0.1, Confidence: 0.9})
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range day {
		busy, _ := Uncertain{w, 0.1}.Day(0.9)
		if agents, outcome, _ := busy.Staff(eightyInTwenty); plan[i].Agents != agents || plan[i].Outcome != outcome {
			t.Errorf("interval %d: %+v, want %d agents, %+v", i, plan[i], agents, outcome)
		}
	}
}

func TestSpreadIsAveragedOver(t *testing.T) {
	day := []Interval{of24(0), of24(time.Minute)}
	plan, err := StaffDay(day, eightyInTwenty, DayOptions{Spread: 0.2})
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range day {
		agents, _, _ := Uncertain{w, 0.2}.Staff(eightyInTwenty)
		exact, _ := Uncertain{w, 0.2}.StaffExact(eightyInTwenty)
		if plan[i].Agents != agents || plan[i].Exact != exact || plan[i].Outcome.Load != w.Load() {
			t.Errorf("interval %d: %+v, want %d agents, %v", i, plan[i], agents, exact)
		}
	}
}

func TestDayErrorsNameIntervalAndField(t *testing.T) {
	ok, bad, short, long := of24(0), of24(0), of24(0), of24(0)
	bad.AHT = 0
	short.Lines = 3
	long.Per = math.MaxInt64
	huge := of24(0)
	huge.Calls = 1e300
	for _, c := range []struct {
		day     []Interval
		target  Target
		options DayOptions
		want    []string
	}{
		{[]Interval{ok, bad, ok, bad}, Target{}, DayOptions{}, []string{"interval 1: ", "interval 3: ", "Workload.AHT"}},
		{[]Interval{ok, short}, Target{Blocked: 0.01}, DayOptions{}, []string{"interval 1: ", "not even 3 agents"}},
		{[]Interval{ok, short}, Target{}, DayOptions{Minimum: 4}, []string{"interval 1: ", "DayOptions.Minimum is 4", "3 lines"}},
		{[]Interval{long, long}, Target{}, DayOptions{}, []string{"interval 1: ", "Workload.Per", "longer"}},
		{[]Interval{ok, huge}, Target{}, DayOptions{}, []string{"interval 1: ", "Workload.Calls is 1e+300"}},
		{[]Interval{ok}, Target{ASA: time.Second}, DayOptions{Spread: 0.1}, []string{"interval 0: ", "Target.ASA"}},
		{[]Interval{ok}, Target{Abandon: 2}, DayOptions{}, []string{"Target.Abandon is 2"}},
		{nil, Target{}, DayOptions{Method: 7, Shrinkage: 1, Minimum: -1, Spread: math.NaN(), Confidence: 1}, []string{
			"DayOptions.Method is Method(7)", "DayOptions.Shrinkage is 1", "DayOptions.Minimum is -1", "DayOptions.Spread is NaN", "DayOptions.Confidence is 1",
		}},
		{nil, Target{}, DayOptions{Method: CarryOver, Spread: 0.1}, []string{"DayOptions.Confidence is 0", "CarryOver"}},
		{[]Interval{ok}, Target{}, DayOptions{Shrinkage: math.Nextafter(1, 0), Minimum: 1_000_000}, []string{"interval 0: ", "DayOptions.Shrinkage"}},
	} {
		_, err := StaffDay(c.day, c.target, c.options)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		}
	}
	if plan, err := StaffDay(nil, Target{}, DayOptions{}); err != nil || len(plan) != 0 {
		t.Errorf("a day of no intervals: %v, %v", plan, err)
	}
}

func TestStaffDayEndsOnAnyInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := make([]Interval, rapid.IntRange(0, 3).Draw(t, "intervals"))
		for i := range day {
			day[i] = Workload{
				Calls:    math.Abs(math.Float64frombits(rapid.Uint64().Draw(t, "calls"))),
				Per:      time.Duration(rapid.Int64Range(1, math.MaxInt64/3).Draw(t, "per")),
				AHT:      time.Duration(rapid.Int64Min(1).Draw(t, "aht")),
				Patience: time.Duration(rapid.Int64Min(0).Draw(t, "patience")),
				Redial:   rapid.SampledFrom([]float64{0, 0, 0, 0.5, 1}).Draw(t, "redial"),
			}
		}
		o := drawOptions(t)
		plan, err := StaffDay(day, drawTarget(t), o)
		for i, r := range plan {
			if err != nil || r.Agents < 0 || r.Scheduled < r.Agents || !(r.Exact >= 0) || !(r.Carried >= 0) {
				t.Fatalf("interval %d: %+v, %v", i, r, err)
			}
		}
	})
}

// yearOfHalfHours is 17,520 intervals with busy middays and seasons.
func yearOfHalfHours() []Interval {
	year := make([]Interval, 365*48)
	for i := range year {
		hour := float64(i%48) / 2
		season := 1 + 0.2*math.Sin(2*math.Pi*float64(i)/float64(len(year)))
		year[i] = Interval{
			Calls:    20 + 280*season*math.Exp(-(hour-13)*(hour-13)/20),
			Per:      30 * time.Minute,
			AHT:      4 * time.Minute,
			Patience: 3 * time.Minute,
		}
	}
	return year
}

func BenchmarkYear(b *testing.B) {
	year := yearOfHalfHours()
	endless := yearOfHalfHours()
	for i := range endless {
		endless[i].Patience = 0
	}
	for _, c := range []struct {
		name string
		year []Interval
	}{{"Endless", endless}, {"Patience", year}} {
		for m := Stationary; m <= CarryOver; m++ {
			b.Run(c.name+"/"+m.String(), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := StaffDay(c.year, eightyInTwenty, DayOptions{Method: m}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func TestNobodyComesInForAMillionthOfACall(t *testing.T) {
	open := Interval{Calls: 100, Per: 30 * time.Minute, AHT: 5 * time.Minute}
	closed := open
	closed.Calls = 0
	plan, err := StaffDay([]Interval{open, closed, closed, closed}, Target{ServiceLevel: 0.8, Within: 20 * time.Second}, DayOptions{Method: CarryOver})
	if err != nil {
		t.Fatal(err)
	}
	if plan[0].Carried <= 0 || plan[1].Agents < 1 || plan[2].Agents != 0 || plan[3].Agents != 0 {
		t.Errorf("after %v calls carried over: %d, %d and %d agents", plan[0].Carried, plan[1].Agents, plan[2].Agents, plan[3].Agents)
	}
}
