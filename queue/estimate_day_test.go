package queue

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// day is a line with two tiers, simulated: people arrive by Poisson, give up
// after an exponential time, and a few, the probes, never give up. Probes are
// told an estimate when they join, and what they then wait is the truth.
type day struct {
	name      string
	servers   int
	service   time.Duration // mean
	lognormal float64       // spread of the logarithm of service, 0: exponential
	patience  time.Duration // mean
	gold      float64       // share that joins with the head start
	headStart time.Duration
	load      []float64 // offered load per server, at equal steps over the length
	length    time.Duration
}

// toldProbe is what a probe was told, in seconds, and what came true.
type toldProbe struct {
	gold              bool
	mean, median, p90 float64
	onlyAhead         float64 // the mean if nobody else joined
	true              float64
}

type happening struct {
	kind int // 0: somebody arrives, 1: a service ends, 2: patience ends
	who  int
}

// simulate runs the day, and returns what its probes were told.
func (d day) simulate(seed uint64) []toldProbe {
	rng := rand.New(rand.NewPCG(seed, 4))
	mean := d.service.Seconds()
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	service := func() time.Duration {
		if d.lognormal == 0 {
			return seconds(mean * rng.ExpFloat64())
		}
		return seconds(mean * math.Exp(d.lognormal*rng.NormFloat64()-d.lognormal*d.lognormal/2))
	}
	most := 0.0
	for _, l := range d.load {
		most = max(most, l)
	}
	loadAt := func(t time.Duration) float64 {
		x := t.Seconds() / d.length.Seconds() * float64(len(d.load)-1)
		i := min(int(x), len(d.load)-2)
		return d.load[i] + (x-float64(i))*(d.load[i+1]-d.load[i])
	}
	gap := func() time.Duration { return seconds(mean / (float64(d.servers) * most) * rng.ExpFloat64()) }

	var (
		pace   Pace
		line   Line[int]
		todo   Ranking[happening]
		last   time.Duration
		free   = d.servers
		next   = 0
		told   []toldProbe
		probes = map[int]int{} // by key: place in told
		joined = map[int]time.Duration{}
		taken  = map[int]time.Duration{}
	)
	start := time.Unix(0, 0)
	order := uint64(0)
	later := func(at time.Duration, h happening) {
		order++
		todo.Insert(Rank{Urgency: int64(at), Order: order}, h)
	}
	later(gap(), happening{})
	for todo.Len() > 0 {
		r, h, _ := todo.Min()
		todo.Delete(r)
		now := time.Duration(r.Urgency)
		pace.Pass(now-last, d.servers, line.Len())
		last = now
		switch h.kind {
		case 0:
			if now < d.length {
				later(now+gap(), happening{})
			}
			if rng.Float64()*most > loadAt(min(now, d.length)) {
				break
			}
			who, head := next, time.Duration(0)
			next++
			if rng.Float64() < d.gold {
				head = d.headStart
			}
			probe := rng.Float64() < 0.03
			line.Join(who, start.Add(now), head)
			joined[who] = now
			pace.Join(head)
			if !probe {
				later(now+seconds(d.patience.Seconds()*rng.ExpFloat64()), happening{2, who})
			} else if free == 0 {
				place := line.Position(who)
				e := pace.Estimate(place-1, d.servers, head)
				if e.Known {
					probes[who] = len(told)
					only := pace
					only.Leads = nil
					told = append(told, toldProbe{
						gold: head > 0, mean: e.Mean.Seconds(), median: e.Median.Seconds(), p90: e.P90.Seconds(),
						onlyAhead: only.Estimate(place-1, d.servers, head).Mean.Seconds(),
					})
				}
			}
		case 1:
			free++
			pace.Handle(now - taken[h.who])
			delete(taken, h.who)
		case 2:
			if line.Leave(h.who) {
				pace.GiveUp()
				delete(joined, h.who)
			}
		}
		for free > 0 && line.Len() > 0 {
			who, _ := line.Front()
			line.Leave(who)
			if joined[who] < now {
				pace.Serve()
			}
			if i, ok := probes[who]; ok {
				told[i].true = (now - joined[who]).Seconds()
				delete(probes, who)
			}
			delete(joined, who)
			free--
			taken[who] = now
			later(now+service(), happening{1, who})
		}
	}
	return told
}

// twoPeaks is the offered load per server over a day.
var twoPeaks = []float64{0.5, 0.9, 1.25, 1.25, 1.0, 0.85, 1.0, 1.2, 1.2, 1.0, 0.8, 0.6, 0.4}

func TestEstimatesComeTrueInSimulatedDays(t *testing.T) {
	for _, c := range []struct {
		day
		days int
		// how much counting only those now ahead is too low without a head start, %
		lowest, highest float64
	}{
		{day{name: "steady", servers: 20, service: 200 * time.Second, patience: 5 * time.Minute,
			gold: 0.2, headStart: 2 * time.Minute, load: []float64{1.05, 1.05}, length: 12 * time.Hour}, 140, 12, 22},
		{day{name: "two peaks", servers: 20, service: 200 * time.Second, patience: 5 * time.Minute,
			gold: 0.2, headStart: 2 * time.Minute, load: twoPeaks, length: 12 * time.Hour}, 160, 12, 22},
		{day{name: "two peaks, half with a head start", servers: 20, service: 200 * time.Second, patience: 10 * time.Minute,
			gold: 0.5, headStart: 5 * time.Minute, load: twoPeaks, length: 12 * time.Hour}, 100, 35, 60},
		{day{name: "two peaks, lognormal services", servers: 20, service: 200 * time.Second, lognormal: 0.8, patience: 5 * time.Minute,
			gold: 0.2, headStart: 2 * time.Minute, load: twoPeaks, length: 12 * time.Hour}, 160, 12, 22},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all []toldProbe
			for seed := range c.days {
				all = append(all, c.simulate(uint64(seed))...)
			}
			for _, gold := range []bool{false, true} {
				var n, mean, came, overMedian, overP90, onlyAhead, squares float64
				for _, p := range all {
					if p.gold != gold {
						continue
					}
					n++
					mean += p.mean
					came += p.true
					onlyAhead += p.onlyAhead
					squares += (p.mean - p.true) * (p.mean - p.true)
					if p.true > p.median {
						overMedian++
					}
					if p.true > p.p90 {
						overP90++
					}
				}
				bias, low := 100*(mean/came-1), 100*(1-onlyAhead/came)
				overMedian, overP90 = 100*overMedian/n, 100*overP90/n
				t.Logf("head start %-5v %5.0f probes waited %5.1f s; mean off by %+.1f %% (±%.1f), %.1f %% over the median, %.1f %% over P90; only those ahead: %+.1f %%",
					gold, n, came/n, bias, 196*math.Sqrt(squares)/came, overMedian, overP90, -low)
				if math.Abs(bias) > 5 {
					t.Errorf("head start %v: the mean is off by %.1f %%", gold, bias)
				}
				if overMedian < 46 || overMedian > 54 {
					t.Errorf("head start %v: %.1f %% wait longer than the median", gold, overMedian)
				}
				if overP90 < 8 || overP90 > 12 {
					t.Errorf("head start %v: %.1f %% wait longer than the 90th percentile", gold, overP90)
				}
				if !gold && (low < c.lowest || low > c.highest) {
					t.Errorf("counting only those ahead is %.1f %% too low, want %g to %g", low, c.lowest, c.highest)
				}
			}
		})
	}
}
