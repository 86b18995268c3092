package sim_test

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// measured is what one replication observed of the calls after its warm-up.
type measured struct {
	meanWait  float64 // seconds, of all calls
	waited    float64 // share that waited at all
	abandoned float64 // share
	within20  float64 // share answered within 20 s
}

const (
	replications = 24
	perRun       = 25_000
	warmUp       = 2_500
	// The two-sided 99 % point of Student's t with 23 degrees of freedom.
	t99 = 2.807
)

// replicate runs a queue of so many agents with exponential everything, 180 s
// of talk, again and again with other seeds.
func replicate(t *testing.T, agents int, load float64, patience time.Duration) []measured {
	t.Helper()
	results := make([]measured, replications)
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range results {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = observe(t, agents, load, patience, uint64(i+1))
		})
	}
	wait.Wait()
	return results
}

func observe(t *testing.T, agents int, load float64, patience time.Duration, seed uint64) measured {
	const aht = 180 * time.Second
	var patient sim.Dist
	if patience > 0 {
		patient = sim.Exponential{Mean: patience}
	}
	var m measured
	n := 0.0
	gap := time.Duration(float64(aht) / load)
	result, err := sim.Run(t.Context(), sim.Scenario{
		Plan:   plain(),
		Agents: staff(agents, nil),
		Calls:  poisson(perRun, sim.Exponential{Mean: gap}, sim.Exponential{Mean: aht}, patient),
		Seed:   seed,
		Each: func(r *sim.Record) {
			if r.Call.Arrive.At.Sub(monday) < warmUp*gap {
				return
			}
			n++
			m.meanWait += r.Waited.Seconds()
			if r.Waited > 0 {
				m.waited++
			}
			if r.Outcome == sim.Abandoned {
				m.abandoned++
			} else if r.Waited <= 20*time.Second {
				m.within20++
			}
		},
	})
	if err != nil {
		t.Error(err)
	}
	if got := result.Outcomes[sim.Answered] + result.Outcomes[sim.Abandoned]; got != perRun {
		t.Errorf("%d of %d calls have an outcome", got, perRun)
	}
	m.meanWait /= n
	m.waited /= n
	m.abandoned /= n
	m.within20 /= n
	return m
}

// inside checks that a formula's value lies in the 99 % confidence interval of
// the replications' mean.
func inside(t *testing.T, name string, runs []measured, figure func(measured) float64, want float64) {
	t.Helper()
	var sum, squares float64
	for _, m := range runs {
		sum += figure(m)
	}
	mean := sum / float64(len(runs))
	for _, m := range runs {
		squares += (figure(m) - mean) * (figure(m) - mean)
	}
	n := float64(len(runs))
	half := t99 * math.Sqrt(squares/(n-1)/n)
	t.Logf("%-16s simulated %.5g ± %.2g, formula %.5g", name, mean, half, want)
	if !(math.Abs(mean-want) <= half) {
		t.Errorf("%s: the formula says %.6g, outside of the simulated %.6g ± %.2g", name, want, mean, half)
	}
	if half > 0.1*want {
		t.Errorf("%s: an interval of ± %.2g around %.3g proves little", name, half, mean)
	}
}

// TestMMnAgreesWithErlangC compares the simulated M/M/n queue with
//
//	C = B / (1 − ρ(1 − B)),  E[W] = C·h / (n − A),  P(W ≤ t) = 1 − C·e^(−(n−A)t/h)
//
// where B follows from B(0) = 1, B(k) = A·B(k−1) / (k + A·B(k−1)) (A. K.
// Erlang, 1917; see L. Kleinrock, "Queueing Systems" I, 1975, section 3.5).
func TestMMnAgreesWithErlangC(t *testing.T) {
	for _, c := range []struct {
		agents int
		load   float64
	}{{1, 0.6}, {5, 4}, {10, 8}, {20, 17}} {
		a, n := c.load, float64(c.agents)
		b := 1.0
		for k := 1.0; k <= n; k++ {
			b = a * b / (k + a*b)
		}
		wait := b / (1 - a/n*(1-b))
		runs := replicate(t, c.agents, a, 0)
		inside(t, "P(wait)", runs, func(m measured) float64 { return m.waited }, wait)
		inside(t, "mean wait", runs, func(m measured) float64 { return m.meanWait }, wait*180/(n-a))
		inside(t, "within 20 s", runs, func(m measured) float64 { return m.within20 }, 1-wait*math.Exp(-(n-a)*20/180))
	}
}

// TestMMnMAgreesWithErlangA compares the queue with impatient callers with the
// stationary distribution of its birth–death process: births at rate λ, deaths
// at rate min(k, n)·μ + max(k − n, 0)·θ (C. Palm, 1946; O. Garnett, A.
// Mandelbaum, M. Reiman, "Designing a call center with impatient customers",
// Manufacturing & Service Operations Management 4, 2002).
func TestMMnMAgreesWithErlangA(t *testing.T) {
	for _, c := range []struct {
		agents   int
		load     float64
		patience time.Duration
	}{{5, 5, 2 * time.Minute}, {10, 11, 5 * time.Minute}, {30, 28, time.Minute}} {
		n, mu, theta := float64(c.agents), 1/180.0, 1/c.patience.Seconds()
		lambda := c.load * mu
		p, total, waiting, inQueue := 1.0, 0.0, 0.0, 0.0
		for k := 0.0; k < 10_000; k++ {
			total += p
			if k >= n {
				waiting += p
				inQueue += (k - n) * p
			}
			p *= lambda / (min(k+1, n)*mu + max(k+1-n, 0)*theta)
		}
		waiting /= total
		inQueue /= total
		runs := replicate(t, c.agents, c.load, c.patience)
		inside(t, "P(wait)", runs, func(m measured) float64 { return m.waited }, waiting)
		inside(t, "mean wait", runs, func(m measured) float64 { return m.meanWait }, inQueue/lambda)
		inside(t, "P(abandon)", runs, func(m measured) float64 { return m.abandoned }, theta*inQueue/lambda)
	}
}

// TestHeadStartsOnlyShareTheWaitOut compares two tiers, one with a head start,
// with the conservation law: whatever the order, as long as it does not look at
// the length of talks, the mean wait of all is that of first come first served
// (L. Kleinrock, "A conservation law for a wide class of queueing disciplines",
// Naval Research Logistics Quarterly 12, 1965). And the head start is what the
// tiers' waits can differ by at the most.
func TestHeadStartsOnlyShareTheWaitOut(t *testing.T) {
	const n, load, lead = 8, 7, 60
	b := 1.0
	for k := 1.0; k <= n; k++ {
		b = load * b / (k + load*b)
	}
	want := b / (1 - load*(1-b)/n) * 180 / (n - load)
	var all, gap []measured
	for seed := range uint64(replications) {
		plan := plain()
		plan.Tiers = []acd.Tier{{Name: "gold", HeadStart: lead * time.Second}}
		source := poisson(perRun, sim.Exponential{Mean: 180 * time.Second / load},
			sim.Exponential{Mean: 180 * time.Second}, nil)
		var sum, count [2]float64
		_, err := sim.Run(t.Context(), sim.Scenario{
			Plan: plan, Agents: staff(n, nil), Seed: seed + 1,
			Calls: func(r *rand.Rand) iter.Seq[sim.Call] {
				return func(yield func(sim.Call) bool) {
					for call := range source(r) {
						if r.IntN(3) == 0 {
							call.Arrive.Tier = "gold"
						}
						if !yield(call) {
							return
						}
					}
				}
			},
			Each: func(r *sim.Record) {
				if r.Call.Arrive.At.Sub(monday) < warmUp*26*time.Second {
					return
				}
				tier := 0
				if r.Call.Arrive.Tier == "gold" {
					tier = 1
				}
				sum[tier] += r.Waited.Seconds()
				count[tier]++
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, measured{meanWait: (sum[0] + sum[1]) / (count[0] + count[1])})
		gap = append(gap, measured{meanWait: sum[0]/count[0] - sum[1]/count[1]})
	}
	inside(t, "mean wait", all, func(m measured) float64 { return m.meanWait }, want)
	for _, m := range gap {
		if !(m.meanWait > 0 && m.meanWait < lead) {
			t.Errorf("the tiers' waits differ by %v s, with a head start of %v s", m.meanWait, lead)
		}
	}
}

// TestLawSameSeedSameBytes runs a scenario with everything in it twice: every
// command and every event is the same, byte for byte; another seed is not.
func TestLawSameSeedSameBytes(t *testing.T) {
	run := func(seed uint64) []byte {
		var all bytes.Buffer
		plan := plain()
		plan.Affinity = acd.Affinity{Mode: acd.AffinityHold}
		plan.Queues[0].WrapUp = 10 * time.Second
		plan.Queues[0].Select = acd.SelectLeastOccupied
		plan.Queues[0].RestAfterMissed = 5 * time.Second
		s := sim.Scenario{
			Plan:   plan,
			Agents: staff(8, acd.Skills{"a": 1}),
			PickUp: sim.Exponential{Mean: 6 * time.Second},
			Seed:   seed,
			Calls: poisson(2_000, sim.Exponential{Mean: 25 * time.Second},
				sim.LogNormal{Mean: 3 * time.Minute, SD: 4 * time.Minute}, sim.Exponential{Mean: 3 * time.Minute}),
			Observe: func(cmd acd.Command, events []acd.Event, err error) {
				all.WriteString(string(cmd.Type))
				binary.Write(&all, binary.BigEndian, cmd.At.UnixNano())
				for i := range events {
					all.Write(events[i].AppendJSON(nil))
				}
				if err != nil {
					all.WriteString(err.Error())
				}
			},
		}
		if _, err := sim.Run(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		return all.Bytes()
	}
	first := run(1)
	if len(first) < 1_000_000 {
		t.Fatalf("only %d bytes: the scenario proves little", len(first))
	}
	if !bytes.Equal(first, run(1)) {
		t.Error("the same seed gave other bytes")
	}
	if bytes.Equal(first, run(2)) {
		t.Error("another seed gave the same bytes")
	}
}
