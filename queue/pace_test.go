package queue

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawPace returns a Pace that has seen anything.
func drawPace(t *rapid.T) *Pace {
	p := &Pace{}
	leads := []time.Duration{0, 10 * time.Second, 2 * time.Minute, 10 * time.Minute}
	for range rapid.IntRange(0, 200).Draw(t, "steps") {
		servers := rapid.IntRange(0, 200).Draw(t, "servers")
		p.Pass(time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "pass")), servers, rapid.IntRange(0, 50).Draw(t, "waiting"))
		switch rapid.IntRange(0, 4).Draw(t, "event") {
		case 0, 1:
			p.Serve()
		case 2:
			p.GiveUp()
		case 3:
			p.Join(rapid.SampledFrom(leads).Draw(t, "lead"))
		case 4:
			p.Handle(time.Duration(rapid.Int64Range(0, int64(10*time.Minute)).Draw(t, "handle")))
		}
	}
	return p
}

func TestPassDoesNotDependOnHowTimeIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole, cut Pace
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			servers, waiting := rapid.IntRange(-1, 100_000).Draw(t, "servers"), rapid.IntRange(-1, 1_000_000).Draw(t, "waiting")
			parts := rapid.SliceOfN(rapid.Int64Range(-1, int64(48*time.Hour)), 0, 6).Draw(t, "parts")
			sum := time.Duration(0)
			for _, part := range parts {
				cut.Pass(time.Duration(part), servers, waiting)
				sum += time.Duration(max(part, 0))
			}
			whole.Pass(sum, servers, waiting)
			lead := time.Duration(rapid.Int64Range(0, 3).Draw(t, "lead")) * time.Minute
			for _, p := range []*Pace{&whole, &cut} {
				p.Join(lead)
				p.Serve()
			}
			if diff := cmp.Diff(whole, cut); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestPaceComesBackFromJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPace(t)
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back Pace
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(*p, back); diff != "" {
			t.Fatal(diff)
		}
		ahead := rapid.IntRange(0, 1000).Draw(t, "ahead")
		if p.Estimate(ahead, 7, 0) != back.Estimate(ahead, 7, 0) {
			t.Fatal("another estimate")
		}
	})
}

// drawRates returns a Pace of servers who finish one in a second to ten minutes,
// of people as patient as that or more so, and of up to four leads, each of up to
// a sixth of what so many servers finish: where more join ahead than that, the
// estimates are coarse, and may be out of order by some hundredths.
func drawRates(t *rapid.T, servers int) *Pace {
	service := time.Duration(rapid.Int64Range(int64(time.Second), int64(10*time.Minute)).Draw(t, "service"))
	p := &Pace{Served: 100, ServerTime: 100 * service, WaitTime: 100 * service, Elapsed: 100 * service}
	p.GaveUp = rapid.Float64Range(0, 100).Draw(t, "gave up")
	lead := time.Duration(0)
	for range rapid.IntRange(0, 4).Draw(t, "leads") {
		lead += time.Duration(rapid.Int64Range(1, int64(5*time.Minute)).Draw(t, "further"))
		p.Leads = append(p.Leads, Lead{lead, rapid.Float64Range(0, 100.0/6).Draw(t, "joined") * float64(servers)})
	}
	// Joiners are counted over a minute at least.
	if p.Elapsed < minElapsed {
		p.Elapsed = minElapsed
	}
	return p
}

func TestMoreAheadNeverWaitLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(1, 200).Draw(t, "servers")
		p := drawRates(t, servers)
		lead := time.Duration(rapid.Int64Range(0, int64(11*time.Minute)).Draw(t, "lead"))
		ahead := rapid.IntRange(0, 300).Draw(t, "ahead")
		less, more := p.Estimate(ahead, servers, lead), p.Estimate(ahead+rapid.IntRange(1, 20).Draw(t, "more"), servers, lead)
		if more.Mean < less.Mean || more.Median < less.Median || more.P90 < less.P90 {
			t.Fatalf("%v with more ahead than in %v", more, less)
		}
	})
}

func TestMoreServersNeverTakeLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(1, 200).Draw(t, "servers")
		p := drawRates(t, servers)
		lead := time.Duration(rapid.Int64Range(0, int64(11*time.Minute)).Draw(t, "lead"))
		ahead := rapid.IntRange(0, 300).Draw(t, "ahead")
		few, many := p.Estimate(ahead, servers, lead), p.Estimate(ahead, servers+rapid.IntRange(1, 20).Draw(t, "more"), lead)
		if many.Mean > few.Mean || many.Median > few.Median || many.P90 > few.P90 {
			t.Fatalf("%v with more servers than in %v", many, few)
		}
	})
}

func TestLargerLeadNeverWaitsLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRates(t, 5)
		lead := time.Duration(rapid.Int64Range(0, int64(11*time.Minute)).Draw(t, "lead"))
		ahead := rapid.IntRange(0, 300).Draw(t, "ahead")
		small, large := p.Estimate(ahead, 5, lead), p.Estimate(ahead, 5, lead+time.Minute)
		if large.Mean > small.Mean {
			t.Fatalf("%v with a larger lead than in %v", large, small)
		}
	})
}

func TestNothingIsKnownWithoutServersOrAPast(t *testing.T) {
	var p Pace
	if e := p.Estimate(3, 5, 0); e != (Estimate{}) {
		t.Errorf("nothing seen: %v", e)
	}
	p.Pass(time.Hour, 5, 3)
	p.Join(0)
	p.GiveUp()
	if e := p.Estimate(3, 5, 0); e != (Estimate{}) {
		t.Errorf("nobody served: %v", e)
	}
	p.Handle(time.Minute)
	if e := p.Estimate(3, 5, 0); !e.Known || e.Mean == 0 {
		t.Errorf("one handled: %v", e)
	}
	if e := p.Estimate(3, 0, 0); e != (Estimate{}) {
		t.Errorf("no servers: %v", e)
	}
}

func TestHandleTimesSpeakUntilEnoughAreServed(t *testing.T) {
	var p Pace
	p.Handle(time.Minute)
	near := func(want time.Duration) {
		t.Helper()
		if got := p.Estimate(0, 1, 0).Mean; got < want*99/100 || got > want*101/100 {
			t.Errorf("%v, want %v", got, want)
		}
	}
	near(time.Minute)
	for range enoughServed {
		p.Pass(2*time.Minute, 1, 1) // the server has another line too
		p.Serve()
	}
	near(2 * time.Minute)
}

func TestTheRecentPastCountsMost(t *testing.T) {
	var p Pace
	serve := func(n int, each time.Duration) {
		for range n {
			p.Pass(each, 1, 1)
			p.Serve()
		}
	}
	serve(10_000, time.Minute)
	serve(2500, 4*time.Minute)
	if got := p.Estimate(0, 1, 0).Mean; got < 225*time.Second || got > 240*time.Second {
		t.Errorf("after services of one minute 2500 of four: %v", got)
	}
}

func TestOnlyLargerLeadsOvertake(t *testing.T) {
	var p Pace
	for range 1000 {
		p.Pass(time.Second, 10, 1)
		p.Join(2 * time.Minute)
		p.Serve()
		p.Serve()
	}
	alone := p.Estimate(10, 10, 2*time.Minute)
	if e := p.Estimate(10, 10, time.Hour); e != alone {
		t.Errorf("larger lead: %v, want %v", e, alone)
	}
	if e := p.Estimate(10, 10, 0); e.Mean < alone.Mean*3/2 {
		t.Errorf("overtaken: %v, but %v if not", e, alone)
	}
}

func TestLeadsAreBoundedAndForgotten(t *testing.T) {
	var p Pace
	for i := range 32 {
		p.Join(time.Duration(i+1) * time.Minute)
	}
	p.Join(90 * time.Second)
	p.Join(time.Second)
	p.Join(-time.Second)
	p.Join(24 * time.Hour)
	if len(p.Leads) != 32 || p.Leads[0] != (Lead{time.Minute, 4}) || p.Leads[31] != (Lead{32 * time.Minute, 2}) {
		t.Errorf("%v", p.Leads)
	}
	if !slices.IsSortedFunc(p.Leads, func(a, b Lead) int { return int(a.Lead - b.Lead) }) {
		t.Errorf("not sorted: %v", p.Leads)
	}
	clone := p.Clone()
	p.Pass(1000*time.Hour, 0, 0)
	p.Join(0)
	if len(p.Leads) != 1 || p.Elapsed >= 2*recentJoined {
		t.Errorf("after 1000 hours: %v in %v", p.Leads, p.Elapsed)
	}
	if len(clone.Leads) != 32 || clone.Leads[0].Joined != 4 {
		t.Errorf("the clone has changed: %v", clone.Leads)
	}
}

func TestPaceDoesNotAllocate(t *testing.T) {
	p := paceOf(3, true)
	if n := testing.AllocsPerRun(1000, func() {
		p.Pass(time.Second, 3, 1)
		p.Join(2 * time.Minute)
		p.Serve()
		p.GiveUp()
		p.Handle(time.Minute)
		p.Estimate(100_000, 20, 0)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestHopelessWaitsAreADay(t *testing.T) {
	p := Pace{Served: 1, ServerTime: 100 * time.Hour}
	if got, want := p.Estimate(5, 1, 0), (Estimate{true, longestEstimate, longestEstimate, longestEstimate}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	p = Pace{Served: 100, ServerTime: time.Hour, Elapsed: time.Hour, Leads: []Lead{{1000 * time.Hour, 200}}}
	if got := p.Estimate(5, 1, 0).Mean; got != longestEstimate {
		t.Errorf("more overtake than are served: %v", got)
	}
}

func FuzzEstimate(f *testing.F) {
	f.Add(uint64(0x4059000000000000), uint64(0x4024000000000000), int64(3600e9), int64(36000e9), uint64(0), int64(0), int64(3600e9), int64(120e9), uint64(0x4034000000000000), 10, 20, int64(0))
	f.Fuzz(func(t *testing.T, served, gaveUp uint64, serverTime, waitTime int64, handled uint64, handleTime, elapsed, lead int64, joined uint64, ahead, servers int, own int64) {
		float := func(bits uint64) float64 {
			x := math.Float64frombits(bits)
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return 0
			}
			return x
		}
		p := Pace{
			Served: float(served), GaveUp: float(gaveUp), ServerTime: time.Duration(serverTime), WaitTime: time.Duration(waitTime),
			Handled: float(handled), HandleTime: time.Duration(handleTime), Elapsed: time.Duration(elapsed),
			Leads: []Lead{{time.Duration(lead), float(joined)}, {time.Hour, 7}},
		}
		for range 2 {
			e := p.Estimate(ahead, servers, time.Duration(own))
			for _, d := range []time.Duration{e.Mean, e.Median, e.P90} {
				if d < 0 || d > longestEstimate || d%estimateStep != 0 || d > 0 && !e.Known {
					t.Fatalf("%v", e)
				}
			}
			p.Pass(time.Duration(elapsed), servers, ahead)
			p.Join(time.Duration(lead))
			p.Serve()
			p.GiveUp()
			p.Handle(time.Duration(handleTime))
		}
	})
}
