package erlang

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Each law has a test of its name here, and a mutant in mutant_test.go that the
// test must catch. What is drawn lies often at the joins of methods: 100 servers
// (fewServers), 24 agents' finishes in a mean patience (manyStates), 9 standard
// deviations of load (a deviance of 40), and at both ends.

// exponential draws a number whose logarithm is uniform.
func exponential(t *rapid.T, low, high float64, label string) float64 {
	return math.Exp(rapid.Float64Range(math.Log(low), math.Log(high)).Draw(t, label))
}

func drawServers(t *rapid.T) int {
	switch rapid.IntRange(0, 3).Draw(t, "size") {
	case 0:
		return rapid.IntRange(1, 12).Draw(t, "servers")
	case 1:
		return rapid.IntRange(96, 105).Draw(t, "servers")
	case 2:
		return rapid.IntRange(1, 1000).Draw(t, "servers")
	}
	return int(exponential(t, 1, 1e6, "servers"))
}

func drawLoad(t *rapid.T, n int) float64 {
	x := float64(n)
	switch rapid.IntRange(0, 3).Draw(t, "traffic") {
	case 0:
		return x * exponential(t, 1e-4, 30, "load per server")
	case 1:
		return x
	}
	return max(x+rapid.Float64Range(-12, 12).Draw(t, "deviations")*math.Sqrt(x), 0.1*x)
}

// drawWorkload draws a workload and agents that have a long run.
func drawWorkload(t *rapid.T) (Workload, int) {
	n := drawServers(t)
	w := drawPatient(t, n, rapid.Bool().Draw(t, "patience"))
	if rapid.Bool().Draw(t, "limited") {
		w.Lines = n + rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(0, 300), rapid.IntRange(0, 1_000_000)).Draw(t, "places")
	}
	if rapid.IntRange(0, 2).Draw(t, "redials") == 0 {
		w.Redial = rapid.Float64Range(0, 0.95).Draw(t, "redial")
	}
	if w.Patience == 0 && w.Lines == 0 && w.Calls >= float64(n) {
		w.Calls = float64(n) * rapid.Float64Range(0.01, 0.999).Draw(t, "load per agent")
	}
	return w, n
}

// drawPatient draws a workload of n agents without lines and redials.
func drawPatient(t *rapid.T, n int, patient bool) Workload {
	w := Workload{AHT: time.Duration(exponential(t, 1e6, 1e13, "AHT"))}
	w.Calls, w.Per = drawLoad(t, n), w.AHT
	if patient {
		c := exponential(t, 1e-3, 1e5, "finishes in a mean patience")
		if rapid.Bool().Draw(t, "join") {
			c = rapid.Float64Range(manyStates-3, manyStates+3).Draw(t, "finishes in a mean patience")
		}
		w.Patience = max(1, time.Duration(c/float64(n)*float64(w.AHT)))
	}
	return w
}

func outcomeOf(t *rapid.T, w Workload, agents int) Outcome {
	t.Helper()
	o, err := w.With(agents)
	if err != nil {
		t.Fatalf("%+v with %d agents: %v", w, agents, err)
	}
	return o
}

// apart returns the relative difference. Near the smallest float64 there is none.
func apart(a, b float64) float64 {
	if a == b || math.Abs(a) < 1e-300 && math.Abs(b) < 1e-300 {
		return 0
	}
	return math.Abs(a-b) / max(math.Abs(a), math.Abs(b))
}

func same(t *rapid.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(apart(got, want) <= tolerance) {
		t.Fatalf("%s: %v, want %v (apart by %.2g)", what, got, want, apart(got, want))
	}
}

func atMost(t *rapid.T, what string, small, large float64) {
	t.Helper()
	if !(small <= large+1e-13*math.Abs(large)) {
		t.Fatalf("%s: %v exceeds %v", what, small, large)
	}
}

// sameOutcome compares all figures, times to the nanosecond or so.
func sameOutcome(t *rapid.T, got, want Outcome, times, tolerance float64) {
	t.Helper()
	same(t, "Load", got.Load, want.Load, tolerance)
	same(t, "PWait", got.PWait, want.PWait, tolerance)
	if got.PBlocked > 1e-18 || want.PBlocked > 1e-18 {
		same(t, "PBlocked", got.PBlocked, want.PBlocked, tolerance)
	}
	same(t, "PAbandon", got.PAbandon, want.PAbandon, tolerance)
	same(t, "QueueLength", got.QueueLength, want.QueueLength, tolerance)
	same(t, "Occupancy", got.Occupancy, want.Occupancy, tolerance)
	for _, d := range []struct {
		what      string
		got, want time.Duration
	}{{"ASA", got.ASA, want.ASA}, {"MeanWait", got.MeanWait, want.MeanWait}} {
		a, b := float64(d.got), min(float64(d.want)*times, math.MaxInt64)
		if math.Abs(a-b) > (1+times)/2+1 && apart(a, b) > tolerance {
			t.Fatalf("%s: %v, want %v × %v", d.what, d.got, d.want, times)
		}
	}
}

func TestLawBlockingFallsInServersAndRisesInLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		load := drawLoad(t, n)
		more := load * (1 + exponential(t, 1e-9, 10, "more"))
		b := LogB(n, load)
		atMost(t, "a server more", LogB(n+1, load), b)
		atMost(t, "more load", b, LogB(n, more))
		atMost(t, "B", B(n, load), 1)
		// B(n+1) = A·B(n)/(n + 1 + A·B(n)).
		if b > -600 {
			offered := load * math.Exp(b)
			same(t, "recursion", B(n+1, load), offered/(float64(n)+1+offered), 1e-12)
		}
	})
}

func TestLawRealServersLieBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		load := drawLoad(t, n)
		x := float64(n) + rapid.Float64Range(0, 1).Draw(t, "part")
		switch rapid.IntRange(0, 3).Draw(t, "place") {
		case 0:
			x -= float64(n)
		case 1:
			// One step of the recursion from here leads to the integral, which does
			// not start from a part of a server.
			x += fewServers - 1 - float64(n)
			load = exponential(t, 0.5, 100, "load")
		}
		floor := math.Floor(x)
		atMost(t, "less than the floor's", BReal(x, load), B(int(floor), load))
		atMost(t, "more than the ceiling's", B(int(floor)+1, load), BReal(x, load))
		if math.Log(BReal(x, load)) > -600 {
			// The recursion holds for real numbers too.
			offered := load * BReal(x, load)
			same(t, "recursion", BReal(x+1, load), offered/(x+1+offered), 1e-12)
		}
	})
}

func TestLawWaitingAtLeastBlocking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		load := drawLoad(t, n)
		b, c := B(n, load), C(n, load)
		atMost(t, "B over C", b, c)
		atMost(t, "C", c, 1)
		if load < float64(n) {
			// 1/C = 1/B·(1 − A/n·(1 − B)), and 1/C(n) − 1 = (1/B(n) − 1)·(n − A)/n.
			same(t, "C/(1 − C)", (1-c)/c, (1-b)/b*(float64(n)-load)/float64(n), 1e-12/min(1-c, 1-b))
		}
	})
}

func TestLawLongPatienceIsErlangC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "agents")
		rho := rapid.Float64Range(0.1, 0.95).Draw(t, "load per agent")
		w := Workload{Calls: rho * float64(n), Per: time.Second, AHT: time.Second}
		endless := outcomeOf(t, w, n)
		if endless.PWait < 1e-200 {
			return
		}
		last := 0.0
		for _, patience := range []float64{1e-2, 1, 1e2, 1e4, 1e6} {
			w.Patience = max(1, time.Duration(patience/(float64(n)*(1-rho)*(1-rho))*1e9))
			o := outcomeOf(t, w, n)
			atMost(t, "shorter patience, more waiting", last, o.PWait)
			atMost(t, "more waiting than without hanging up", o.PWait, endless.PWait)
			if patience == 1e6 {
				same(t, "PWait", o.PWait, endless.PWait, 1e-5)
				same(t, "QueueLength", o.QueueLength, endless.QueueLength, 1e-5)
				atMost(t, "PAbandon", o.PAbandon, 1e-5*endless.PWait)
			}
			last = o.PWait
		}
	})
}

func TestLawNoPatienceIsErlangB(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		load := drawLoad(t, n)
		b := B(n, load)
		if b < 1e-250 {
			return
		}
		w := Workload{Calls: load, Per: 1e15, AHT: 1e15}
		last := 0.0
		for _, patience := range []time.Duration{1e9, 1e7, 1e5, 1e3, 10, 1} {
			w.Patience = patience
			o := outcomeOf(t, w, n)
			atMost(t, "longer patience, more loss", last, o.PAbandon)
			atMost(t, "more loss than without a line", o.PAbandon, b)
			// Of those who wait, at most c in 1 is answered.
			c := (float64(n) + load) * float64(patience) / 1e15
			if c < 0.01 {
				same(t, "PAbandon", o.PAbandon, b, 3*c+1e-12)
			}
			last = o.PAbandon
		}
	})
}

func TestLawConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		o := outcomeOf(t, w, n)
		q := o.queue
		same(t, "answered + abandoned + blocked", q.answered+o.PAbandon+o.PBlocked, 1, 1e-12)
		same(t, "at once + waiting + blocked", q.free+o.PWait+o.PBlocked, 1, 1e-12)
		same(t, "occupancy × agents", o.Occupancy*float64(n), o.Load*q.answered, 1e-12)
		wait := q.wait * float64(w.AHT)
		if wait < 9e18 && math.Abs(wait-float64(o.MeanWait)) > 1 {
			same(t, "MeanWait", float64(o.MeanWait), wait, 1e-12)
		}
		same(t, "arrival rate × MeanWait", o.Load*wait/float64(w.AHT), o.QueueLength, 1e-12)
		if w.Patience > 0 {
			same(t, "queue length ÷ patience", o.QueueLength*float64(w.AHT)/float64(w.Patience), o.Load*o.PAbandon, 1e-11)
		}
		if w.Patience > 0 || w.Lines > 0 {
			// Busy agents by the states: all are when calls wait or are blocked, and
			// below n of them the load enters: Σ k·p(k) = A·Σ p(k−1).
			x := float64(n)
			first := q.waits / q.line.mass * math.Exp(-q.line.log) // nobody waits
			if q.places == 0 {
				first = q.blocked
			}
			busy := x*(q.waits+q.blocked) + o.Load*q.free - x*first
			if math.Abs(busy-o.Load*q.answered) > 1e-11*(x*(q.waits+q.blocked+first)+o.Load*q.free) {
				t.Fatalf("%v agents are busy, %v erlangs are carried", busy, o.Load*q.answered)
			}
		}
	})
}

func TestLawWaitsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		o := outcomeOf(t, w, n)
		q := o.queue
		same(t, "WaitOver(0)", o.WaitOver(0), o.PWait, 1e-12)
		if q.waits < 1e-280 {
			return
		}
		if w.Lines > n+256 && rapid.IntRange(0, 15).Draw(t, "long line") != 11 {
			return // takes a second
		}
		last, at := q.waits*(1+1e-10), 0.0
		panel := func(low, high float64) (sum float64) {
			mid, half := (low+high)/2, (high-low)/2
			for _, p := range oneSide {
				sum += half * p.weight * (q.over(mid-half*p.at).waits + q.over(mid+half*p.at).waits)
			}
			return sum
		}
		panels := 0
		var halves func(low, high, whole float64, depth int) float64
		halves = func(low, high, whole float64, depth int) float64 {
			mid := (low + high) / 2
			if over := q.over(mid).waits; at <= mid {
				atMost(t, "WaitOver later", over, last*(1+1e-10))
				last, at = over, mid
			}
			if panels++; panels > 300 {
				t.Fatalf("WaitOver is not smooth between %v and %v: its integral is %v or %v", low, high, whole, panel(low, mid)+panel(mid, high))
			}
			left, right := panel(low, mid), panel(mid, high)
			if math.Abs(left+right-whole) <= 1e-11*q.wait+1e-9*whole || depth == 12 {
				return left + right
			}
			return halves(low, mid, left, depth+1) + halves(mid, high, right, depth+1)
		}
		end := q.quantile(1e-17 * q.waits)
		sum := halves(0, end, panel(0, end), 0)
		same(t, "integral of WaitOver", sum, q.wait, 1e-8)
	})
}

func TestLawServiceLevels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		o := outcomeOf(t, w, n)
		at := o.queue.wait / max(o.PWait, 1e-300) * float64(w.AHT) * exponential(t, 1e-3, 10, "time")
		early := duration(at)
		late := duration(at * rapid.Float64Range(1, 3).Draw(t, "later"))
		levels := func(o Outcome, within time.Duration) (all [4]float64) {
			for d := range all {
				all[d] = o.ServiceLevel(within, Definition(d))
				if !(all[d] >= 0 && all[d] <= 1) {
					t.Fatalf("%v(%v) = %v", Definition(d), within, all[d])
				}
			}
			// S/N ≤ S/(N−G) ≤ S/A, for A ≤ N−G ≤ N; and S/(N−G) ≤ (S+G)/N, for
			// 0 ≤ G·(N−S−G).
			loose := all[ShortAbandonsExcluded] * (1 - 1e-11)
			atMost(t, "AnsweredOfOffered", all[AnsweredOfOffered]*(1-1e-11), all[ShortAbandonsExcluded])
			atMost(t, "ShortAbandonsExcluded", loose, all[AnsweredOfAnswered])
			atMost(t, "ShortAbandonsExcluded", loose, all[ShortAbandonsMet])
			return all
		}
		first, later := levels(o, early), levels(o, late)
		for d := range first {
			atMost(t, "sooner "+Definition(d).String(), first[d]*(1-1e-11), later[d])
		}
		if w.Lines > n || w.Lines == 0 {
			more := levels(outcomeOf(t, w, n+1), early)
			for d := range first {
				if d >= int(ShortAbandonsMet) && w.Lines > 0 && w.Patience > 0 && w.Patience < w.AHT {
					// Callers who would hang up sooner than talk hold a line for longer
					// when they are answered: more agents block more.
					continue
				}
				atMost(t, "fewer agents "+Definition(d).String(), first[d]*(1-1e-11), more[d])
			}
		}
	})
}

// meets is what a Target says, read off the published figures.
func meets(o Outcome, t Target) bool {
	return (t.ServiceLevel == 0 || o.ServiceLevel(t.Within, t.Definition) >= t.ServiceLevel) &&
		(t.ASA == 0 || o.ASA <= t.ASA) && (t.Abandon == 0 || o.PAbandon <= t.Abandon) &&
		(t.Occupancy == 0 || o.Occupancy <= t.Occupancy) && (t.Blocked == 0 || o.PBlocked <= t.Blocked)
}

func TestLawStaffIsTheFewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := Workload{Calls: exponential(t, 1e-3, 60, "load"), Per: 3 * time.Minute, AHT: 3 * time.Minute}
		if rapid.Bool().Draw(t, "patience") {
			w.Patience = time.Duration(exponential(t, 1e8, 1e13, "patience"))
		}
		if rapid.Bool().Draw(t, "limited") {
			w.Lines = rapid.IntRange(1, 100).Draw(t, "lines")
		}
		if rapid.Bool().Draw(t, "redials") {
			w.Redial = rapid.Float64Range(0, 1).Draw(t, "redial")
		}
		var target Target
		if rapid.Bool().Draw(t, "level") {
			target.ServiceLevel = rapid.Float64Range(0, 0.999999).Draw(t, "ServiceLevel") // 1 is met by rounding only
			target.Within = time.Duration(rapid.Int64Range(0, 1e11).Draw(t, "Within"))
			target.Definition = Definition(rapid.IntRange(0, 3).Draw(t, "Definition"))
		}
		if rapid.Bool().Draw(t, "asa") {
			target.ASA = time.Duration(exponential(t, 1, 1e12, "ASA"))
		}
		if rapid.Bool().Draw(t, "abandon") {
			target.Abandon = exponential(t, 1e-9, 1, "Abandon")
		}
		if rapid.Bool().Draw(t, "occupancy") {
			target.Occupancy = rapid.Float64Range(0.3, 1).Draw(t, "Occupancy")
		}
		if rapid.Bool().Draw(t, "blocked") {
			target.Blocked = exponential(t, 1e-9, 1, "Blocked")
		}
		agents, got, err := w.Staff(target)
		fewest := 0
		for n := 1; n < 400 && (w.Lines == 0 || n <= w.Lines); n++ {
			if o, err := w.With(n); err == nil && meets(o, target) {
				fewest = n
				break
			}
		}
		switch {
		case err != nil && fewest > 0:
			t.Fatalf("Staff(%+v, %+v): %v, but %d agents will do", w, target, err, fewest)
		case err == nil && agents != fewest:
			t.Fatalf("Staff(%+v, %+v) = %d, but %d are the fewest", w, target, agents, fewest)
		case err == nil:
			sameOutcome(t, got, outcomeOf(t, w, agents), 1, 0)
		}
	})
}

func TestLawTrafficInvertsBlocking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		blocking := exponential(t, 1e-300, 1, "blocking")
		if rapid.Bool().Draw(t, "overload") {
			blocking = 1 - exponential(t, 1e-15, 1, "answered")
		}
		load, err := Traffic(n, blocking)
		if err != nil {
			t.Fatal(err)
		}
		if blocking == 1 {
			return
		}
		// What is carried tells the load better than blocking near 1 does.
		if low := B(n, load*(1-1e-12)); low > blocking*(1+1e-15) {
			t.Fatalf("Traffic(%d, %v) = %v is too much: the load less 1e-12 is blocked by %v", n, blocking, load, low)
		}
		if high := B(n, load*(1+1e-12)); high < blocking*(1-1e-15) {
			t.Fatalf("Traffic(%d, %v) = %v is too little: the load and 1e-12 is blocked by %v", n, blocking, load, high)
		}
	})
}

func TestLawServersAreTheFewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := exponential(t, 1e-6, 1e13, "load")
		blocking := exponential(t, 1e-307, 1, "blocking")
		if rapid.Bool().Draw(t, "overload") {
			blocking = rapid.Float64Range(0.001, 0.9999).Draw(t, "blocking")
		}
		n, err := Servers(load, blocking)
		if err != nil {
			t.Fatal(err)
		}
		if b := B(n, load); b > blocking {
			t.Fatalf("Servers(%v, %v) = %d, which block %v", load, blocking, n, b)
		}
		if n > 0 && B(n-1, load) <= blocking {
			t.Fatalf("Servers(%v, %v) = %d, but one less will do", load, blocking, n)
		}
	})
}

func TestLawQuantileInvertsWaitOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		o := outcomeOf(t, w, n)
		p := 1 - o.PWait*exponential(t, 1e-6, 1, "tail")
		tail := 1 - p
		if tail >= o.PWait || tail == 0 {
			return
		}
		at := o.WaitQuantile(p)
		if at == math.MaxInt64 {
			return
		}
		// A nanosecond, or what a float64 tells of a long time.
		slack, tolerance := max(1, at/1e13), 1e-11
		if at > 0 {
			atMost(t, "tail", tail*(1-tolerance), o.WaitOver(at-slack))
		}
		atMost(t, "tail just after", o.WaitOver(at+slack)*(1-tolerance), tail)
	})
}

func TestLawManyLinesAreNoLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		w := drawPatient(t, n, rapid.Bool().Draw(t, "patience"))
		x := float64(n)
		places := 0.0
		if w.Patience == 0 {
			w.Calls = x * rapid.Float64Range(0.01, 0.99).Draw(t, "load per agent")
			places = -45 / math.Log(w.Calls/x)
		} else {
			c, h := x*float64(w.Patience)/float64(w.AHT), w.Calls*float64(w.Patience)/float64(w.AHT)
			places = max(h-c, 0) + 10*math.Sqrt(h) + 50
		}
		free := outcomeOf(t, w, n)
		w.Lines = n + int(places)
		if rapid.Bool().Draw(t, "extremely many") {
			w.Lines = math.MaxInt - rapid.IntRange(0, 1000).Draw(t, "less")
		}
		limited := outcomeOf(t, w, n)
		if limited.PBlocked > 1e-15*limited.PWait {
			t.Fatalf("%v are blocked", limited.PBlocked)
		}
		sameOutcome(t, limited, free, 1, 1e-11)
		if free.PWait < 1e-280 {
			return
		}
		at := duration(free.queue.wait / free.PWait * float64(w.AHT) * exponential(t, 1e-3, 10, "time"))
		if over := free.WaitOver(at); over > 1e-290 && w.Lines < math.MaxInt32 {
			// Long waits come from long lines.
			if got := limited.WaitOver(at); math.Abs(got-over) > 1e-11*over+1e-15*free.PWait {
				t.Fatalf("WaitOver(%v): %v, want %v", at, got, over)
			}
		}
	})
}

func TestLawNoPlacesIsErlangB(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawServers(t)
		w := drawPatient(t, n, rapid.Bool().Draw(t, "patience"))
		w.Lines = n
		w.Redial = rapid.SampledFrom([]float64{0, 0.3, 0.9}).Draw(t, "redial")
		o := outcomeOf(t, w, n)
		same(t, "PBlocked", o.PBlocked, B(n, o.Load), 1e-12)
		same(t, "Load", o.Load, w.Calls+w.Redial*o.Load*o.PBlocked, 1e-12)
		if o.PWait != 0 || o.PAbandon != 0 || o.MeanWait != 0 || o.ASA != 0 || o.QueueLength != 0 || o.WaitOver(0) != 0 || o.WaitQuantile(0.999) != 0 {
			t.Fatalf("somebody waits where there is no place to wait: %+v", o)
		}
		same(t, "ServiceLevel", o.ServiceLevel(0, AnsweredOfOffered), o.queue.answered, 1e-12)
		same(t, "ServiceLevel", o.ServiceLevel(w.AHT, AnsweredOfAnswered), 1, 1e-12)
	})
}

func TestLawRedialsAreAFixedPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		w.Redial = rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 0.99)).Draw(t, "redial")
		o := outcomeOf(t, w, n)
		same(t, "Load", o.Load, w.Calls+w.Redial*o.Load*(o.PAbandon+o.PBlocked), 1e-12)
		atMost(t, "less load than without redials", w.Calls, o.Load)
		// All attempts are as so many fresh calls.
		fresh := w
		fresh.Calls, fresh.Redial = o.Load, 0
		sameOutcome(t, o, outcomeOf(t, fresh, n), 1, 1e-12)
	})
}

func TestLawOnlyTimesScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, n := drawWorkload(t)
		o := outcomeOf(t, w, n)
		times := time.Duration(rapid.IntRange(2, 1000).Draw(t, "times"))
		times = min(times, math.MaxInt64/max(w.AHT, w.Patience))
		slow := w
		slow.Per, slow.AHT, slow.Patience = w.Per*times, w.AHT*times, w.Patience*times
		scaled := outcomeOf(t, slow, n)
		sameOutcome(t, scaled, o, float64(times), 1e-12)
		at := min(o.MeanWait, math.MaxInt64/times)
		same(t, "WaitOver", scaled.WaitOver(at*times), o.WaitOver(at), 1e-12)
	})
}
