package sim_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

const (
	warmUp = 1_000 // fresh calls, on average
	aht    = 180 * time.Second
)

// centre is a queue with Poisson arrivals and exponential talks.
type centre struct {
	agents   int
	load     float64       // of fresh calls, in erlangs
	patience time.Duration // mean, exponential; 0: nobody hangs up
	lines    int           // 0: not limited
	redial   float64       // share of lost callers who try again
	calls    int           // fresh ones, in one replication
}

var families = []struct {
	name    string
	centres []centre
}{
	{"M/M/n", []centre{
		{agents: 1, load: 0.6, calls: 12_000},
		{agents: 8, load: 6, calls: 16_000},
		{agents: 20, load: 16, calls: 36_000},
	}},
	{"M/M/n+M", []centre{
		{agents: 5, load: 5, patience: 2 * time.Minute, calls: 10_000},
		{agents: 10, load: 11, patience: 5 * time.Minute, calls: 12_000},
		{agents: 30, load: 32, patience: 4 * time.Minute, calls: 16_000},
	}},
	{"M/M/n/K", []centre{
		{agents: 4, load: 3, lines: 4, calls: 8_000}, // Erlang B
		{agents: 5, load: 6, lines: 12, calls: 10_000},
		{agents: 12, load: 11, lines: 20, calls: 12_000},
	}},
	{"M/M/n/K+M", []centre{
		{agents: 3, load: 6, lines: 6, patience: 3 * time.Minute, calls: 8_000},
		{agents: 10, load: 9, lines: 13, patience: 2 * time.Minute, calls: 12_000},
		{agents: 25, load: 27, lines: 35, patience: 5 * time.Minute, calls: 12_000},
	}},
	{"redials", []centre{
		{agents: 5, load: 5, lines: 8, patience: 2 * time.Minute, redial: 0.6, calls: 12_000},
	}},
}

func (c centre) workload() erlang.Workload {
	return erlang.Workload{Calls: c.load, Per: aht, AHT: aht, Patience: c.patience, Lines: c.lines, Redial: c.redial}
}

// tally is what one replication observed of the calls after its warm-up.
type tally struct {
	offered, answered, abandoned, blocked float64
	redials                               float64 // of the offered
	answered20, abandoned20               float64 // within 20 s
	waited, over60, overP90               float64 // calls
	wait, answeredWait                    float64 // seconds
}

// figures are each counted in a tally and told by a formula.
var figures = []struct {
	name    string
	counted func(tally) float64
	formula func(erlang.Outcome) float64
}{
	{"P(blocked)", func(m tally) float64 { return m.blocked / m.offered }, func(o erlang.Outcome) float64 { return o.PBlocked }},
	{"P(wait)", func(m tally) float64 { return m.waited / m.offered }, func(o erlang.Outcome) float64 { return o.PWait }},
	{"P(abandon)", func(m tally) float64 { return m.abandoned / m.offered }, func(o erlang.Outcome) float64 { return o.PAbandon }},
	{"mean wait", func(m tally) float64 { return m.wait / m.offered }, func(o erlang.Outcome) float64 { return o.MeanWait.Seconds() }},
	{"ASA", func(m tally) float64 { return m.answeredWait / m.answered }, func(o erlang.Outcome) float64 { return o.ASA.Seconds() }},
	{"P(W > 60 s)", func(m tally) float64 { return m.over60 / m.offered }, func(o erlang.Outcome) float64 { return o.WaitOver(time.Minute) }},
	// Where at least a tenth waits, a tenth waits longer than the percentile.
	{"P(W > 90th percentile)", func(m tally) float64 { return m.overP90 / m.offered }, func(o erlang.Outcome) float64 { return min(0.1, o.PWait) }},
	{"AnsweredOfOffered", func(m tally) float64 { return m.answered20 / m.offered }, level(erlang.AnsweredOfOffered)},
	{"AnsweredOfAnswered", func(m tally) float64 { return m.answered20 / m.answered }, level(erlang.AnsweredOfAnswered)},
	{"ShortAbandonsMet", func(m tally) float64 { return (m.answered20 + m.abandoned20) / m.offered }, level(erlang.ShortAbandonsMet)},
	{"ShortAbandonsExcluded", func(m tally) float64 { return m.answered20 / (m.offered - m.abandoned20) }, level(erlang.ShortAbandonsExcluded)},
}

func level(d erlang.Definition) func(erlang.Outcome) float64 {
	return func(o erlang.Outcome) float64 { return o.ServiceLevel(20*time.Second, d) }
}

// TestTheRouterAgreesWithErlang compares what calls live through behind the
// router with the formulas of package erlang, family by family, and every
// figure in every family: where nobody can hang up, say, the four service levels
// must be one.
func TestTheRouterAgreesWithErlang(t *testing.T) {
	count := 1 // that of the tiers
	for _, f := range families {
		count += len(f.centres) * (len(figures) + 1)
		t.Run(f.name, func(t *testing.T) {
			for _, c := range f.centres {
				want := c.with(t)
				p90 := want.WaitQuantile(0.9)
				t.Logf("%+v", c)
				runs := replicate(func(seed uint64) tally { return c.observe(t, seed, p90) })
				for _, figure := range figures {
					inside(t, figure.name, runs, figure.counted, figure.formula(want))
				}
				inside(t, "attempts of a caller", runs,
					func(m tally) float64 { return m.offered / (m.offered - m.redials) }, want.Load/c.load)
			}
		})
	}
	if count > comparisons {
		t.Errorf("%d comparisons, but the level is that of %d", count, comparisons)
	}
}

func (c centre) with(t *testing.T) erlang.Outcome {
	t.Helper()
	o, err := c.workload().With(c.agents)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// scenario has the plan's max_calls for trunk lines: it bounds the calls in line,
// ringing and in talk together.
func (c centre) scenario(seed uint64) sim.Scenario {
	plan := plain()
	if c.lines > 0 {
		plan.MaxCalls = new(c.lines)
	}
	var patience sim.Dist
	if c.patience > 0 {
		patience = sim.Exponential{Mean: c.patience}
	}
	return sim.Scenario{
		Plan:   plan,
		Agents: staff(c.agents, nil),
		Calls:  poisson(c.calls, sim.Exponential{Mean: c.gap()}, sim.Exponential{Mean: aht}, patience),
		Seed:   seed,
	}
}

// gap is the mean time between two fresh calls.
func (c centre) gap() time.Duration { return time.Duration(math.Round(float64(aht) / c.load)) }

func (c centre) observe(t *testing.T, seed uint64, p90 time.Duration) tally {
	var m tally
	var later redials
	s := c.scenario(seed)
	if c.redial > 0 {
		later = redials{centre: c, random: rand.New(rand.NewPCG(seed, 3))}
		s.Calls = later.among(s.Calls)
	}
	begin := monday.Add(warmUp * c.gap())
	s.Each = func(r *sim.Record) {
		if !r.Call.Arrive.At.Before(begin) {
			m.count(r, p90)
		}
		if c.redial > 0 && r.Outcome != sim.Answered {
			later.lost(r)
		}
	}
	result, err := sim.Run(t.Context(), s)
	if err != nil {
		t.Error(err)
	}
	ended := result.Outcomes[sim.Answered] + result.Outcomes[sim.Abandoned] + result.Outcomes[sim.Blocked]
	if ended != result.Arrived || ended < c.calls {
		t.Errorf("%d calls have an outcome of %d, %d of them fresh", ended, result.Arrived, c.calls)
	}
	return m
}

func (m *tally) count(r *sim.Record, p90 time.Duration) {
	m.offered++
	if r.Call.Arrive.Caller == redialer {
		m.redials++
	}
	m.wait += r.Waited.Seconds()
	if r.Waited > 0 {
		m.waited++
	}
	if r.Waited > time.Minute {
		m.over60++
	}
	if r.Waited > p90 {
		m.overP90++
	}
	soon := r.Waited <= 20*time.Second
	switch r.Outcome {
	case sim.Answered:
		m.answered++
		m.answeredWait += r.Waited.Seconds()
		if soon {
			m.answered20++
		}
	case sim.Abandoned:
		m.abandoned++
		if soon {
			m.abandoned20++
		}
	case sim.Blocked:
		m.blocked++
	}
}

// TestCapacityAndMaxCallsAreTheSameLines bounds the calls in line instead of all
// calls: where n agents talk whenever someone is in line, K lines are a capacity
// of K − n. (Not for K = n: a queue of capacity 0 takes no call at all.)
func TestCapacityAndMaxCallsAreTheSameLines(t *testing.T) {
	c := centre{agents: 10, load: 9, lines: 13, patience: 2 * time.Minute, calls: 4_000}
	outcomes := func(s sim.Scenario) (all []sim.Outcome) {
		s.Each = func(r *sim.Record) { all = append(all, r.Outcome) }
		if _, err := sim.Run(t.Context(), s); err != nil {
			t.Error(err)
		}
		return all
	}
	byLine := c.scenario(1)
	byLine.Plan.MaxCalls = nil
	byLine.Plan.Queues[0].Capacity = new(c.lines - c.agents)
	want, got := outcomes(c.scenario(1)), outcomes(byLine)
	if !slices.Equal(got, want) {
		t.Error("a capacity of K − n has other outcomes than max_calls of K")
	}
	if !slices.Contains(want, sim.Blocked) || !slices.Contains(want, sim.Abandoned) {
		t.Error("nobody was blocked or nobody hung up: the scenario proves little")
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
