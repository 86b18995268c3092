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

// figures are each measured and told by a formula. Of the times watched the last
// is the 90th percentile that the formula says.
var figures = []struct {
	name    string
	measure sim.Measure
	formula func(erlang.Outcome) float64
}{
	{"P(blocked)", sim.BlockedRate(nil), func(o erlang.Outcome) float64 { return o.PBlocked }},
	{"P(wait)", waitsOver(nil, 0), func(o erlang.Outcome) float64 { return o.PWait }},
	{"P(abandon)", sim.AbandonRate(nil), func(o erlang.Outcome) float64 { return o.PAbandon }},
	{"mean wait", sim.MeanWait(nil), func(o erlang.Outcome) float64 { return o.MeanWait.Seconds() }},
	{"ASA", sim.ASA(nil), func(o erlang.Outcome) float64 { return o.ASA.Seconds() }},
	{"P(W > 60 s)", waitsOver(nil, 2), func(o erlang.Outcome) float64 { return o.WaitOver(time.Minute) }},
	// Where at least a tenth waits, a tenth waits longer than the percentile.
	{"P(W > 90th percentile)", waitsOver(nil, 3), func(o erlang.Outcome) float64 { return min(0.1, o.PWait) }},
	{"AnsweredOfOffered", within20(erlang.AnsweredOfOffered), level(erlang.AnsweredOfOffered)},
	{"AnsweredOfAnswered", within20(erlang.AnsweredOfAnswered), level(erlang.AnsweredOfAnswered)},
	{"ShortAbandonsMet", within20(erlang.ShortAbandonsMet), level(erlang.ShortAbandonsMet)},
	{"ShortAbandonsExcluded", within20(erlang.ShortAbandonsExcluded), level(erlang.ShortAbandonsExcluded)},
}

// waitsOver is the share of calls that waited longer than a time watched.
func waitsOver(which sim.Which, watched int) sim.Measure {
	return func(r *sim.Result) (over, offered float64) {
		for i := range r.Rows {
			row := &r.Rows[i]
			if which != nil && !which(row) {
				continue
			}
			over += float64(row.Answered - row.AnsweredWithin[watched] + row.Abandoned - row.AbandonedWithin[watched])
			offered += float64(row.Offered)
		}
		return over, offered
	}
}

// attempts is how often a caller calls.
func attempts(r *sim.Result) (calls, callers float64) {
	for _, row := range r.Rows {
		calls += float64(row.Offered)
		callers += float64(row.Offered - row.Redials)
	}
	return calls, callers
}

func within20(d erlang.Definition) sim.Measure { return sim.ServiceLevel(nil, 20*time.Second, d) }

func level(d erlang.Definition) func(erlang.Outcome) float64 {
	return func(o erlang.Outcome) float64 { return o.ServiceLevel(20*time.Second, d) }
}

// TestTheRouterAgreesWithErlang compares what calls live through behind the
// router with the formulas of package erlang, family by family, and every
// figure in every family: where nobody can hang up, say, the four service levels
// must be one.
func TestTheRouterAgreesWithErlang(t *testing.T) {
	count := 1 + 2*len(finiteGroups) // those of the tiers and of Engset
	seed := uint64(0)
	for _, f := range families {
		count += len(f.centres) * (len(figures) + 1)
		t.Run(f.name, func(t *testing.T) {
			for _, c := range f.centres {
				t.Logf("%+v", c)
				want := c.with(t)
				seed++ // or all would have the luck of one
				s := c.scenario(seed)
				s.Watch = []time.Duration{0, 20 * time.Second, time.Minute, want.WaitQuantile(0.9)}
				sample := sampled(t, s)
				c.allEnded(t, sample)
				for _, figure := range figures {
					inside(t, figure.name, sample.Estimate(figure.measure), figure.formula(want))
				}
				inside(t, "attempts of a caller", sample.Estimate(attempts), want.Load/c.load)
			}
		})
	}
	if count > comparisons {
		t.Errorf("%d comparisons, but the level is that of %d", count, comparisons)
	}
}

// allEnded checks that every call had one of the outcomes of the formulas.
func (c centre) allEnded(t *testing.T, sample *sim.Sample) {
	t.Helper()
	for i, r := range sample.Runs {
		ended := r.Outcomes[sim.Answered] + r.Outcomes[sim.Abandoned] + r.Outcomes[sim.Blocked]
		if ended != r.Arrived || ended < c.calls*9/10 {
			t.Errorf("run %d: %d of %d calls have an outcome, with %d fresh ones expected", i, ended, r.Arrived, c.calls)
		}
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
// ringing and in talk together. Its Grid is the time after the warm-up in which
// fresh calls come.
func (c centre) scenario(seed uint64) sim.Scenario {
	plan := plain()
	if c.lines > 0 {
		plan.MaxCalls = new(c.lines)
	}
	end := time.Duration(c.calls) * c.gap()
	s := sim.Scenario{
		Plan:   plan,
		Agents: staff(c.agents, nil),
		Calls: sim.Random(monday, []sim.Rate{{To: end, PerHour: float64(time.Hour) / float64(c.gap())}}, func(r *rand.Rand, _ time.Time) sim.Call {
			call := sim.Call{Service: sim.Exponential{Mean: aht}.Sample(r), Patience: sim.Forever}
			if c.patience > 0 {
				call.Patience = sim.Exponential{Mean: c.patience}.Sample(r)
			}
			return call
		}),
		Grid: sim.Grid{Start: monday, Bounds: []time.Duration{warmUp * c.gap(), end}},
		Seed: seed,
	}
	if c.redial > 0 {
		s.Redial = sim.Redials(c.redial, later{30 * time.Minute, sim.Exponential{Mean: time.Hour}}, sim.Exponential{Mean: c.patience})
	}
	return s
}

// later is a time that is never less than the soonest. Half an hour to several
// hours later callers who were lost do not find the queue as they left it, which
// is what the formula supposes.
type later struct {
	soonest time.Duration
	more    sim.Dist
}

func (l later) Sample(r *rand.Rand) time.Duration { return l.soonest + l.more.Sample(r) }

// gap is the mean time between two fresh calls.
func (c centre) gap() time.Duration { return time.Duration(math.Round(float64(aht) / c.load)) }

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
