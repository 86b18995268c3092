package sim_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
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
	tieredRuns = 24
	tieredTalk = 3 * time.Minute
	// The two-sided 99 % point of Student's t with 22 degrees of freedom.
	tieredT99 = 2.819
)

// tierSeen is what one replication saw of a tier's calls.
type tierSeen struct {
	calls, wait, gone, within20, over60 float64
}

// run is one replication by the real router: the tiers in order, and all calls.
func (c tieredCentre) run(t *testing.T, seed uint64) []tierSeen {
	plan := plain()
	if c.lines > 0 {
		plan.MaxCalls = new(c.lines)
	}
	for i, start := range c.headStart {
		plan.Tiers = append(plan.Tiers, acd.Tier{Name: fmt.Sprint(i), HeadStart: start})
	}
	var patience sim.Dist
	if c.patience > 0 {
		patience = sim.Exponential{Mean: c.patience}
	}
	gap := time.Duration(math.Round(float64(tieredTalk) / c.load))
	calls := poisson(c.calls+c.calls/10, sim.Exponential{Mean: gap}, sim.Exponential{Mean: tieredTalk}, patience)
	begin := monday.Add(time.Duration(c.calls/10) * gap)
	seen := make([]tierSeen, len(c.share)+1)
	tierOf := make(map[string]int)
	for i := range c.share {
		tierOf[fmt.Sprint(i)] = i
	}
	_, err := sim.Run(t.Context(), sim.Scenario{
		Plan:   plan,
		Agents: staff(c.agents, nil),
		Seed:   seed,
		Calls: func(r *rand.Rand) iter.Seq[sim.Call] {
			return func(yield func(sim.Call) bool) {
				for call := range calls(r) {
					tier, at := 0, r.Float64()
					for ; tier < len(c.share)-1 && at >= c.share[tier]; tier++ {
						at -= c.share[tier]
					}
					call.Arrive.Tier = fmt.Sprint(tier)
					if !yield(call) {
						return
					}
				}
			}
		},
		Each: func(r *sim.Record) {
			if r.Call.Arrive.At.Before(begin) {
				return
			}
			for _, i := range [2]int{tierOf[r.Call.Arrive.Tier], len(c.share)} {
				s := &seen[i]
				s.calls++
				s.wait += r.Waited.Seconds()
				if r.Waited > time.Minute {
					s.over60++
				}
				switch {
				case r.Outcome == sim.Abandoned:
					s.gone++
				case r.Outcome == sim.Answered && r.Waited <= 20*time.Second:
					s.within20++
				}
			}
		},
	})
	if err != nil {
		t.Error(err)
	}
	return seen
}

// regressed returns the mean of y where the control x, whose true mean is 0, is
// 0, and half its 99 % confidence interval: what the luck of a replication did
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
	return meanY - slope*meanX, tieredT99 * math.Sqrt(rest/(n-2)*(1/n+meanX*meanX/sxx))
}

// TestTheRouterAgreesWithHeadStarts compares every tier's figures, simulated by
// the real router, with erlang.HeadStarts.
func TestTheRouterAgreesWithHeadStarts(t *testing.T) {
	const s = time.Second
	worst := 0.0
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
		runs := make([][]tierSeen, tieredRuns)
		var wait sync.WaitGroup
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		for i := range runs {
			wait.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				runs[i] = c.run(t, uint64(i+1))
			})
		}
		wait.Wait()
		luck := make([]float64, len(runs))
		for i, run := range runs {
			sum := run[len(c.share)]
			luck[i] = sum.wait/sum.calls - all.MeanWait.Seconds()
		}
		for tier, o := range tiers {
			for _, f := range []struct {
				name string
				of   func(tierSeen) float64
				want float64
			}{
				{"mean wait", func(s tierSeen) float64 { return s.wait }, o.MeanWait.Seconds()},
				{"within 20 s", func(s tierSeen) float64 { return s.within20 }, o.ServiceLevel(20*s, erlang.AnsweredOfOffered)},
				{"over 60 s", func(s tierSeen) float64 { return s.over60 }, o.WaitOver(60 * s)},
				{"gone", func(s tierSeen) float64 { return s.gone }, o.PAbandon},
			} {
				if f.want < 0.01 { // rare, or impossible
					continue
				}
				y := make([]float64, len(runs))
				for i, run := range runs {
					y[i] = f.of(run[tier]) / run[tier].calls
				}
				mean, half := regressed(y, luck)
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
}
