package erlang_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/erlang"
	"pgregory.net/rapid"
)

// TestHeadStartsSolveTheWholeChain compares with the chain in which nothing is
// left out: agents, calls ahead and calls behind.
func TestHeadStartsSolveTheWholeChain(t *testing.T) {
	const aht = 100 * time.Second
	for _, c := range []struct {
		n        int
		load     float64
		patience time.Duration
		lines    int
		share    []float64
		start    []float64 // in handle times
	}{
		{n: 2, load: 1.4, share: []float64{0.6, 0.4}, start: []float64{0, 0.5}},
		{n: 4, load: 2.8, share: []float64{0.5, 0.3, 0.2}, start: []float64{0, 0.2, 0.9}},
		{n: 3, load: 3.3, patience: aht, share: []float64{0.7, 0.3}, start: []float64{0, 0.5}},
		{n: 3, load: 2.7, patience: aht / 2, share: []float64{0.2, 0.3, 0.5}, start: []float64{0, 0.3, 0.4}},
		{n: 3, load: 4, lines: 9, share: []float64{0.7, 0.3}, start: []float64{0, 0.8}},
		{n: 3, load: 4, lines: 8, patience: 2 * aht, share: []float64{0.4, 0.4, 0.2}, start: []float64{0, 0.4, 1.2}},
		{n: 1, load: 0.9, lines: 2, share: []float64{0.5, 0.5}, start: []float64{0, 1}},
	} {
		places := 44
		if c.patience > 0 {
			places = 25
		}
		w := erlang.Workload{Calls: c.load, Per: aht, AHT: aht, Patience: c.patience, Lines: c.lines}
		if c.lines > 0 {
			places = c.lines - c.n
		}
		j := joint{n: c.n, places: places, lambda: c.load}
		if c.patience > 0 {
			j.theta = float64(aht) / float64(c.patience)
		}
		start := make([]time.Duration, len(c.start))
		for i, s := range c.start {
			start[i] = time.Duration(s * float64(aht))
		}
		got, err := erlang.HeadStarts(w, c.n, c.share, start)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range got {
			const at = 0.6
			want := j.tier(i, c.share, c.start, at)
			near := func(name string, got, want, tolerance float64) {
				t.Helper()
				if !(math.Abs(got-want) <= tolerance) {
					t.Errorf("%d agents, %v erlangs, patience %v, %d lines, tier %d: %s is %.8g, in the whole chain %.8g",
						c.n, c.load, c.patience, c.lines, i, name, got, want)
				}
			}
			near("PWait", o.PWait, want.waits, 2e-6)
			near("MeanWait", float64(o.MeanWait)/float64(aht), want.wait, 2e-4)
			near("PAbandon", o.PAbandon, want.gone, 2e-4)
			near("answered", o.ServiceLevel(math.MaxInt64, erlang.AnsweredOfOffered), want.answered, 2e-4)
			near("ASA × answered", float64(o.ASA)/float64(aht)*want.answered, want.delay, 4e-4)
			near("WaitOver", o.WaitOver(time.Duration(at*float64(aht))), want.over, 2e-6)
		}
	}
}

// tiersDrawn are tiers in some centre.
type tiersDrawn struct {
	w         erlang.Workload
	agents    int
	share     []float64
	headStart []time.Duration
}

func drawTiers(t *rapid.T) (d tiersDrawn, all erlang.Outcome, tiers []erlang.Outcome) {
	d.agents = rapid.IntRange(1, 60).Draw(t, "agents")
	occupancy := rapid.Float64Range(0.3, 0.99).Draw(t, "occupancy")
	d.w.AHT = time.Duration(rapid.Int64Range(int64(time.Second), int64(time.Hour)).Draw(t, "aht"))
	d.w.Per = d.w.AHT
	switch rapid.IntRange(0, 2).Draw(t, "kind") {
	case 1:
		d.w.Patience = time.Duration(rapid.Float64Range(0.02, 20).Draw(t, "patience") * float64(d.w.AHT))
		occupancy *= rapid.Float64Range(1, 1.5).Draw(t, "over")
	case 2:
		d.w.Lines = d.agents + rapid.IntRange(0, 20).Draw(t, "places")
		d.w.Patience = time.Duration(rapid.IntRange(0, 1).Draw(t, "patient") * int(d.w.AHT))
		occupancy *= rapid.Float64Range(1, 1.5).Draw(t, "over")
	}
	d.w.Calls = occupancy * float64(d.agents)
	if d.w.Patience > 0 {
		d.w.Redial = rapid.SampledFrom([]float64{0, 0.3}).Draw(t, "redial")
	}
	sum := 0.0
	for range rapid.IntRange(1, 4).Draw(t, "tiers") {
		share := rapid.Float64Range(0.01, 1).Draw(t, "share")
		d.share = append(d.share, share)
		sum += share
		start := rapid.Float64Range(0, 3).Draw(t, "head start")
		d.headStart = append(d.headStart, time.Duration(start*float64(d.w.AHT)/math.Sqrt(float64(d.agents))))
	}
	for i := range d.share {
		d.share[i] /= sum
	}
	all, err := d.w.With(d.agents)
	if err != nil {
		t.Fatal(err)
	}
	tiers, err = erlang.HeadStarts(d.w, d.agents, d.share, d.headStart)
	if err != nil {
		t.Fatal(err)
	}
	return d, all, tiers
}

func close(got, want, relative float64) bool {
	return math.Abs(got-want) <= relative*math.Abs(want)+1e-300
}

// TestLawHeadStartsOnlyShareTheWaitOut: the waits, the calls that give up and
// the answered calls of all tiers together are those of one line (L. Kleinrock,
// "A conservation law for a wide class of queueing disciplines", Naval Research
// Logistics Quarterly 12, 1965).
func TestLawHeadStartsOnlyShareTheWaitOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, all, tiers := drawTiers(t)
		var length, load, gone float64
		for i, o := range tiers {
			length += o.QueueLength
			load += o.Load
			gone += d.share[i] * o.PAbandon
			if o.PWait != all.PWait || o.PBlocked != all.PBlocked || o.Occupancy != all.Occupancy || o.Agents != all.Agents {
				t.Fatalf("tier %d is %+v beside %+v", i, o, all)
			}
		}
		if !close(length, all.QueueLength, 1e-11) || !close(load, all.Load, 1e-12) || !close(gone, all.PAbandon, 1e-11) {
			t.Fatalf("the tiers have %v in line, %v erlangs, %v give up; one line has %v, %v, %v",
				length, load, gone, all.QueueLength, all.Load, all.PAbandon)
		}
	})
}

// TestLawALargerHeadStartNeverWaitsLonger: but at the most its lead less, as a
// share of those who wait.
func TestLawALargerHeadStartNeverWaitsLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, all, tiers := drawTiers(t)
		at := time.Duration(rapid.Float64Range(0, 2).Draw(t, "at") * float64(d.w.AHT) / float64(d.agents))
		for i, a := range tiers {
			for k, b := range tiers {
				lead := d.headStart[k] - d.headStart[i]
				if lead < 0 {
					continue
				}
				slack := 1e-12*float64(a.MeanWait) + 1
				if ahead := float64(a.MeanWait - b.MeanWait); ahead < -slack || ahead > float64(lead)*all.PWait+slack {
					t.Fatalf("a lead of %v lets tier %d wait %v, tier %d %v", lead, k, b.MeanWait, i, a.MeanWait)
				}
				if a.PAbandon < b.PAbandon*(1-1e-12) || a.WaitOver(at) < b.WaitOver(at)-1e-12*all.PWait {
					t.Fatalf("a lead of %v, but %v and %v of tiers %d and %d wait longer than %v", lead, b.WaitOver(at), a.WaitOver(at), k, i, at)
				}
				if after := a.WaitOver(at + lead); after > b.WaitOver(at)+1e-12*all.PWait {
					t.Fatalf("tier %d: P(W > %v) is %v, and tier %d's P(W > %v) only %v", i, at+lead, after, k, at, b.WaitOver(at))
				}
			}
		}
	})
}

// TestLawTheTailsOfATierAddUpToItsMeans: the mean wait is the integral of
// WaitOver, and the ASA that of the answered calls that are not yet served; a
// quantile inverts the tail.
func TestLawTheTailsOfATierAddUpToItsMeans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, all, tiers := drawTiers(t)
		if all.PWait < 1e-3 {
			return // quantiles of 1 less next to nothing
		}
		for i, o := range tiers {
			answered := 1 - o.PBlocked - o.PAbandon
			// The tails have a corner wherever a lead ends, and bend most after it.
			end := o.WaitQuantile(1 - all.PWait*1e-9)
			corners := []time.Duration{end}
			scale := d.w.AHT / time.Duration(d.agents)
			if d.w.Patience > 0 {
				scale = min(scale, d.w.Patience)
			}
			for _, start := range d.headStart {
				for bend := range 8 {
					if corner := start - d.headStart[i] + scale*time.Duration(bend*bend); corner >= 0 && corner < end {
						corners = append(corners, corner)
					}
				}
			}
			slices.Sort(corners)
			corners = slices.Compact(corners)
			var wait, delay float64
			for k, from := range corners[:len(corners)-1] {
				to := corners[k+1]
				const panels = 40
				width := float64(to-from) / panels
				for k := range 2*panels + 1 {
					weight := []float64{2, 4}[k%2]
					if k == 0 || k == 2*panels {
						weight = 1
					}
					x := from + time.Duration(float64(k)*width/2)
					wait += weight * width / 6 * o.WaitOver(x)
					delay += weight * width / 6 * max(0, answered-o.ServiceLevel(x, erlang.AnsweredOfOffered))
				}
			}
			if slack := 2e-5*float64(o.MeanWait) + 50; math.Abs(wait-float64(o.MeanWait)) > slack {
				t.Fatalf("tier %d: WaitOver adds up to %v, the mean wait is %v", i, time.Duration(wait), o.MeanWait)
			}
			if slack := 2e-5*float64(o.ASA) + 50; math.Abs(delay/answered-float64(o.ASA)) > slack/answered {
				t.Fatalf("tier %d: the service level makes a mean wait of %v, ASA is %v", i, time.Duration(delay/answered), o.ASA)
			}
			p := 1 - all.PWait*rapid.Float64Range(1e-6, 0.999).Draw(t, "tail")
			x := o.WaitQuantile(p)
			if x < 1 || o.WaitOver(x-1) < (1-p)*(1-1e-9) || o.WaitOver(x+1) > (1-p)*(1+1e-9) {
				t.Fatalf("tier %d: the quantile of %v is %v, but P(W > that) is %v", i, p, x, o.WaitOver(x))
			}
		}
	})
}

// TestLawEqualHeadStartsAreOneLine: every tier is what With returns, to the bit,
// and next to equal ones are next to it.
func TestLawEqualHeadStartsAreOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, all, _ := drawTiers(t)
		for i := range d.headStart {
			d.headStart[i] = time.Minute
		}
		tiers, err := erlang.HeadStarts(d.w, d.agents, d.share, d.headStart)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range tiers {
			want := all
			want.Load *= d.share[i]
			want.QueueLength *= d.share[i]
			if o != want {
				t.Fatalf("tier %d is %+v, all are %+v", i, o, want)
			}
		}
		d.headStart[0]++
		tiers, err = erlang.HeadStarts(d.w, d.agents, d.share, d.headStart)
		if err != nil {
			t.Fatal(err)
		}
		at := d.w.AHT / time.Duration(d.agents)
		for i, o := range tiers {
			if diff := o.MeanWait - all.MeanWait; diff < -2 || diff > 2 {
				t.Fatalf("a nanosecond of head start: tier %d waits %v, all %v", i, o.MeanWait, all.MeanWait)
			}
			over, level := all.WaitOver(at), all.ServiceLevel(at, erlang.AnsweredOfAnswered)
			if math.Abs(o.WaitOver(at)-over) > 1e-6*over || math.Abs(o.ServiceLevel(at, erlang.AnsweredOfAnswered)-level) > 1e-6*level+1e-12 {
				t.Fatalf("a nanosecond of head start: tier %d has %v waiting over %v, all %v", i, o.WaitOver(at), at, all.WaitOver(at))
			}
		}
	})
}

// TestHeadStartsBeyondAllWaitsAreStrictClasses compares with Cobham.
func TestHeadStartsBeyondAllWaitsAreStrictClasses(t *testing.T) {
	for _, c := range []struct {
		agents int
		load   float64
		share  []float64 // from the highest
	}{
		{1, 0.7, []float64{0.5, 0.5}},
		{8, 7, []float64{0.2, 0.3, 0.5}},
		{30, 28, []float64{0.1, 0.9}},
		{100, 97, []float64{0.25, 0.25, 0.25, 0.25}},
		{20, 12, []float64{0, 0.4, 0, 0.6}},
	} {
		const aht = 3 * time.Minute
		var start []time.Duration
		var loads []float64
		for i, share := range c.share {
			start = append(start, time.Duration(len(c.share)-i)*1000*time.Hour)
			loads = append(loads, share*c.load)
		}
		want, err := erlang.Priority(c.agents, aht, loads)
		if err != nil {
			t.Fatal(err)
		}
		got, err := erlang.HeadStarts(erlang.Workload{Calls: c.load, Per: aht, AHT: aht}, c.agents, c.share, start)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range got {
			if !close(float64(o.MeanWait), float64(want[i]), 1e-11) && o.MeanWait-want[i] != 1 && want[i]-o.MeanWait != 1 {
				t.Errorf("%d agents, %v erlangs in %v: class %d waits %v, by Cobham %v", c.agents, c.load, c.share, i, o.MeanWait, want[i])
			}
		}
	}
}

// TestHeadStartsOfExtremeCentres have an answer that keeps to the law, or an
// error, in bounded time.
func TestHeadStartsOfExtremeCentres(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	share := []float64{0.5, 0.5}
	for _, c := range []struct {
		name      string
		w         erlang.Workload
		agents    int
		headStart []time.Duration
		err       bool
	}{
		{"nobody calls", erlang.Workload{Per: 1, AHT: 1}, 1, []time.Duration{0, time.Hour}, false},
		{"handled in a nanosecond", erlang.Workload{Calls: 0.9, Per: 1, AHT: 1}, 1, []time.Duration{0, forever}, false},
		{"no patience", erlang.Workload{Calls: 150, Per: time.Minute, AHT: time.Minute, Patience: 1}, 100, []time.Duration{0, forever}, false},
		{"next to no load", erlang.Workload{Calls: 1e-300, Per: time.Minute, AHT: time.Minute}, 2, []time.Duration{0, time.Minute}, false},
		{"nobody has to wait", erlang.Workload{Calls: 1, Per: time.Minute, AHT: time.Minute}, 1_000_000, []time.Duration{0, time.Minute}, false},
		{"next to no head start", erlang.Workload{Calls: 9, Per: forever, AHT: forever}, 10, []time.Duration{0, 1}, false},
		{"nearly too much", erlang.Workload{Calls: 99.999999, Per: time.Minute, AHT: time.Minute}, 100, []time.Duration{0, time.Minute}, false},
		{"no place to wait", erlang.Workload{Calls: 9, Per: time.Minute, AHT: time.Minute, Lines: 10}, 10, []time.Duration{0, time.Minute}, false},
		{"lines that are never full", erlang.Workload{Calls: 90, Per: time.Minute, AHT: time.Minute, Lines: 1_000_000}, 100, []time.Duration{0, time.Minute}, false},
		{"ten thousand agents", erlang.Workload{Calls: 10_100, Per: time.Minute, AHT: time.Minute, Patience: time.Minute}, 10_000, []time.Duration{0, time.Minute}, false},
		{"too many agents", erlang.Workload{Calls: 1e9 - 1, Per: time.Minute, AHT: time.Minute}, 1_000_000_000, []time.Duration{0, time.Minute}, true},
		{"too many lines", erlang.Workload{Calls: 100, Per: time.Minute, AHT: time.Minute, Lines: 1_000_000}, 100, []time.Duration{0, time.Minute}, true},
		{"too many wait", erlang.Workload{Calls: 3e9, Per: time.Minute, AHT: time.Minute, Patience: time.Minute}, 1_000_000_000, []time.Duration{0, time.Minute}, true},
	} {
		tiers, err := erlang.HeadStarts(c.w, c.agents, share, c.headStart)
		if (err != nil) != c.err {
			t.Errorf("%s: the error is %v", c.name, err)
		}
		if err != nil {
			continue
		}
		all, err := c.w.With(c.agents)
		if err != nil {
			t.Fatal(err)
		}
		if sum := tiers[0].QueueLength + tiers[1].QueueLength; !close(sum, all.QueueLength, 1e-9) {
			t.Errorf("%s: the tiers have %v in line, all %v", c.name, sum, all.QueueLength)
		}
		for _, o := range tiers {
			for _, at := range []time.Duration{0, 1, time.Second, time.Minute, time.Hour, forever} {
				over, level := o.WaitOver(at), o.ServiceLevel(at, erlang.AnsweredOfOffered)
				if !(over >= 0 && over <= o.PWait && level >= 0 && level <= 1) {
					t.Errorf("%s: P(W > %v) is %v and the service level %v", c.name, at, over, level)
				}
			}
			if o.WaitOver(0) != o.PWait {
				t.Errorf("%s: WaitOver(0) is %v, PWait %v", c.name, o.WaitOver(0), o.PWait)
			}
			for _, p := range []float64{math.NaN(), -1, 0, 0.5, 0.999999, 1 - 1e-16, 1, 2} {
				if q := o.WaitQuantile(p); q < 0 {
					t.Errorf("%s: the quantile of %v is %v", c.name, p, q)
				}
			}
		}
	}
}

// TestHeadStartsRefuseWhatMakesNoSense names the argument and its index.
func TestHeadStartsRefuseWhatMakesNoSense(t *testing.T) {
	good := erlang.Workload{Calls: 9, Per: time.Minute, AHT: time.Minute}
	for _, c := range []struct {
		want      string
		w         erlang.Workload
		share     []float64
		headStart []time.Duration
	}{
		{"0 shares and 0 head starts", good, nil, nil},
		{"1 shares and 2 head starts", good, []float64{1}, []time.Duration{0, 1}},
		{"share[1] is NaN", good, []float64{0.5, math.NaN()}, []time.Duration{0, 1}},
		{"share[0] is -0.5", good, []float64{-0.5, 1.5}, []time.Duration{0, 1}},
		{"share[1] is 1.5", good, []float64{0.5, 1.5}, []time.Duration{0, 1}},
		{"add up to 0.9", good, []float64{0.5, 0.4}, []time.Duration{0, 1}},
		{"headStart[1] is -1ns", good, []float64{0.5, 0.5}, []time.Duration{0, -1}},
		{"Workload.AHT is 0s", erlang.Workload{Calls: 9, Per: 1}, []float64{1}, []time.Duration{0}},
		{"grows without end", erlang.Workload{Calls: 10, Per: 1, AHT: 1}, []float64{1}, []time.Duration{0}},
	} {
		if o, err := erlang.HeadStarts(c.w, 10, c.share, c.headStart); err == nil || !strings.Contains(err.Error(), c.want) || o != nil {
			t.Errorf("the error is %v, it should say %q", err, c.want)
		}
	}
}

// FuzzHeadStarts: whatever it is given, it ends, and no share leaves 0 … 1.
func FuzzHeadStarts(f *testing.F) {
	f.Add(95.0, int64(time.Minute), int64(time.Minute), int64(0), 0, 0.0, 100, 0.3, int64(time.Minute))
	f.Add(95.0, int64(time.Minute), int64(time.Minute), int64(time.Minute), 120, 0.5, 90, 0.3, int64(time.Hour))
	f.Add(1e300, int64(1), int64(math.MaxInt64), int64(1), math.MaxInt, 1.0, math.MaxInt, 1.0, int64(math.MaxInt64))
	f.Add(5e-324, int64(math.MaxInt64), int64(1), int64(math.MaxInt64), 3, 0.0, 1, 5e-324, int64(1))
	f.Fuzz(func(t *testing.T, calls float64, per, aht, patience int64, lines int, redial float64, agents int, share float64, headStart int64) {
		w := erlang.Workload{Calls: calls, Per: time.Duration(per), AHT: time.Duration(aht),
			Patience: time.Duration(patience), Lines: lines, Redial: redial}
		start := []time.Duration{0, time.Duration(headStart), time.Duration(headStart / 3)}
		tiers, err := erlang.HeadStarts(w, agents, []float64{share / 2, 1 - share, share / 2}, start)
		if err != nil {
			return
		}
		for i, o := range tiers {
			if !(o.PAbandon >= 0 && o.PAbandon <= 1+1e-12) || o.ASA < 0 || o.MeanWait < 0 || !(o.QueueLength >= 0) {
				t.Errorf("%+v with %d agents: tier %d is %+v", w, agents, i, o)
			}
			for _, at := range []time.Duration{0, 1, time.Minute, w.AHT, start[1], math.MaxInt64} {
				over := o.WaitOver(at)
				if !(over >= 0 && over <= o.PWait) {
					t.Errorf("%+v with %d agents, tier %d: P(W > %v) is %v", w, agents, i, at, over)
				}
				for _, d := range []erlang.Definition{erlang.AnsweredOfOffered, erlang.AnsweredOfAnswered, erlang.ShortAbandonsMet, erlang.ShortAbandonsExcluded} {
					if level := o.ServiceLevel(at, d); !(level >= 0 && level <= 1) {
						t.Errorf("%+v with %d agents, tier %d: the service level %v within %v is %v", w, agents, i, d, at, level)
					}
				}
			}
			if q := o.WaitQuantile(0.9); q < 0 {
				t.Errorf("%+v with %d agents, tier %d: the quantile is %v", w, agents, i, q)
			}
		}
	})
}

func BenchmarkHeadStarts(b *testing.B) {
	const aht = 5 * time.Minute
	for _, c := range []struct {
		name   string
		w      erlang.Workload
		agents int
	}{
		{"100 agents", erlang.Workload{Calls: 95, Per: aht, AHT: aht}, 100},
		{"100 agents, patience", erlang.Workload{Calls: 100, Per: aht, AHT: aht, Patience: aht}, 100},
		{"100 agents, 120 lines", erlang.Workload{Calls: 100, Per: aht, AHT: aht, Lines: 120}, 100},
		{"10000 agents", erlang.Workload{Calls: 9_900, Per: aht, AHT: aht}, 10_000},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := erlang.HeadStarts(c.w, c.agents, []float64{0.7, 0.2, 0.1}, []time.Duration{0, time.Minute, 2 * time.Minute}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
