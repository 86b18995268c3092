package sim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// tieredCentre is a queue with tiers, Poisson arrivals and exponential talks of
// 3 minutes.
type tieredCentre struct {
	agents    int
	load      float64       // erlangs
	patience  time.Duration // mean, exponential; 0: nobody hangs up
	lines     int           // 0: not limited
	share     []float64
	headStart []time.Duration
	calls     int // in one replication, after a warm-up of a tenth
}

const (
	tieredRuns = 48
	tieredTalk = 3 * time.Minute

	// All comparisons together are held to 99 %, each one to 1 − 0.01/60 (see
	// comparisons). tieredT is that two-sided point of Student's t with
	// tieredRuns − 2 degrees of freedom.
	tieredComparisons = 60
	tieredT           = 4.0995
)

// sample is replications by the real router, whose tiers are "0", "1" and so on.
func (c tieredCentre) sample(t *testing.T) *sim.Sample {
	t.Helper()
	plan := plain()
	if c.lines > 0 {
		plan.MaxCalls = new(c.lines)
	}
	for i, start := range c.headStart {
		plan.Tiers = append(plan.Tiers, acd.Tier{Name: fmt.Sprint(i), HeadStart: start})
	}
	perHour := c.load / tieredTalk.Hours()
	warmUp := time.Duration(float64(c.calls) / 10 / perHour * float64(time.Hour))
	sample, err := sim.Replicate(t.Context(), sim.Scenario{
		Plan:   plan,
		Agents: staff(c.agents, nil),
		Seed:   1,
		Grid:   sim.Grid{Start: monday, Bounds: []time.Duration{warmUp, 11 * warmUp}},
		Watch:  []time.Duration{20 * time.Second, time.Minute},
		Calls: sim.Random(monday, []sim.Rate{{To: 11 * warmUp, PerHour: perHour}}, func(r *rand.Rand, _ time.Time) sim.Call {
			call := sim.Call{Service: sim.Exponential{Mean: tieredTalk}.Sample(r), Patience: sim.Forever}
			if c.patience > 0 {
				call.Patience = sim.Exponential{Mean: c.patience}.Sample(r)
			}
			tier, at := 0, r.Float64()
			for ; tier < len(c.share)-1 && at >= c.share[tier]; tier++ {
				at -= c.share[tier]
			}
			call.Arrive.Tier = fmt.Sprint(tier)
			return call
		}),
	}, tieredRuns)
	if err != nil {
		t.Fatal(err)
	}
	return sample
}

// over60 looks at the second of the times watched, soon at the first.
func over60(tier sim.Which) sim.Measure { return waitsOver(tier, 1) }

func soon(tier sim.Which) sim.Measure {
	return sim.ServiceLevel(tier, 20*time.Second, erlang.AnsweredOfOffered)
}

// each is a measure of each run.
func each(sample *sim.Sample, m sim.Measure) []float64 {
	values := make([]float64, len(sample.Runs))
	for i := range sample.Runs {
		part, whole := m(&sample.Runs[i])
		values[i] = part / whole
	}
	return values
}

// regressed returns the mean of y where the control x, whose true mean is 0, is
// 0, and half its confidence interval: what the luck of a replication did
// to all calls does not count (S. S. Lavenberg, P. D. Welch, "A perspective on
// the use of control variables to increase the efficiency of Monte Carlo
// simulations", Management Science 27, 1981).
func regressed(y, x []float64) (mean, half float64) {
	n := float64(len(y))
	var meanX, meanY, sxx, sxy, rest float64
	for i := range y {
		meanX += x[i] / n
		meanY += y[i] / n
	}
	for i := range y {
		sxx += (x[i] - meanX) * (x[i] - meanX)
		sxy += (x[i] - meanX) * (y[i] - meanY)
	}
	slope := sxy / sxx
	for i := range y {
		d := y[i] - meanY - slope*(x[i]-meanX)
		rest += d * d
	}
	return meanY - slope*meanX, tieredT * math.Sqrt(rest/(n-2)*(1/n+meanX*meanX/sxx))
}

// TestTheRouterAgreesWithHeadStarts compares every tier's figures, simulated by
// the real router, with erlang.HeadStarts.
func TestTheRouterAgreesWithHeadStarts(t *testing.T) {
	const s = time.Second
	worst, compared := 0.0, 0
	for _, c := range []tieredCentre{
		{agents: 8, load: 7, share: []float64{2. / 3, 1. / 3}, headStart: []time.Duration{0, 60 * s}, calls: 30_000},
		{agents: 10, load: 7, share: []float64{0.5, 0.5}, headStart: []time.Duration{0, 120 * s}, calls: 20_000},
		{agents: 30, load: 27, share: []float64{0.4, 0.3, 0.3}, headStart: []time.Duration{0, 30 * s, 90 * s}, calls: 60_000},
		{agents: 20, load: 22, patience: 2 * time.Minute, share: []float64{0.7, 0.3}, headStart: []time.Duration{0, 90 * s}, calls: 20_000},
		{agents: 15, load: 14, patience: 5 * time.Minute, share: []float64{0.6, 0.2, 0.2}, headStart: []time.Duration{0, 20 * s, 45 * s}, calls: 30_000},
		{agents: 10, load: 11, lines: 18, patience: 10 * time.Minute, share: []float64{0.5, 0.5}, headStart: []time.Duration{0, 60 * s}, calls: 20_000},
	} {
		w := erlang.Workload{Calls: c.load, Per: tieredTalk, AHT: tieredTalk, Patience: c.patience, Lines: c.lines}
		all, err := w.With(c.agents)
		if err != nil {
			t.Fatal(err)
		}
		tiers, err := erlang.HeadStarts(w, c.agents, c.share, c.headStart)
		if err != nil {
			t.Fatal(err)
		}
		sample := c.sample(t)
		luck := each(sample, sim.MeanWait(nil))
		for i := range luck {
			luck[i] -= all.MeanWait.Seconds()
		}
		for tier, o := range tiers {
			for _, f := range []struct {
				name string
				of   func(sim.Which) sim.Measure
				want float64
			}{
				{"mean wait", sim.MeanWait, o.MeanWait.Seconds()},
				{"within 20 s", soon, o.ServiceLevel(20*s, erlang.AnsweredOfOffered)},
				{"over 60 s", over60, o.WaitOver(60 * s)},
				{"gone", sim.AbandonRate, o.PAbandon},
			} {
				if f.want < 0.01 { // rare, or impossible
					continue
				}
				compared++
				mean, half := regressed(each(sample, f.of(sim.OfTier(fmt.Sprint(tier)))), luck)
				t.Logf("%2d agents, %4.1f erlangs, head start %4v: %-11s simulated %8.5g ± %4.2f %%, formula %8.5g (%+.2f %%)",
					c.agents, c.load, c.headStart[tier], f.name, mean, 100*half/mean, f.want, 100*(f.want/mean-1))
				if !(math.Abs(mean-f.want) <= half) {
					t.Errorf("%+v, tier %d, %s: the formula says %.6g, outside of the simulated %.6g ± %.2g", c, tier, f.name, f.want, mean, half)
				}
				if half > 0.05*f.want {
					t.Errorf("%+v, tier %d, %s: an interval of ± %.2g around %.3g proves little", c, tier, f.name, half, mean)
				}
				if f.name == "mean wait" {
					worst = max(worst, math.Abs(f.want/mean-1))
				}
			}
		}
	}
	t.Logf("mean waits differ by %.2f %% at the most", 100*worst)
	if compared > tieredComparisons {
		t.Errorf("%d comparisons, but the level is that of %d", compared, tieredComparisons)
	}
}
