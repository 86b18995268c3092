package erlang

import "math"

// carry returns the calls that so many agents have to do with in the interval w when
// so many are carried into it, and how many they carry out of it:
//
//	decided = carried in + fresh − carried out
//
// so that over a day none is lost and none counted twice.
//
// It is the stationary backlog-carryover approach (R. Stolletz, "Approximation
// of the non-stationary M(t)/M(t)/c(t)-queue using stationary queueing models:
// The stationary backlog-carryover approach", European Journal of Operational
// Research 190, 2008). The interval is cut into
// periods of about one mean handle time. In each, a call that finds no agent
// free, by Erlang's loss formula for what is fresh and carried, is carried into
// the next. The calls decided are offered to the stationary queue, whose load is
// then below the agents even where the fresh load is above them; with the same
// calls in all intervals it becomes the fresh load.
//
// Those who do not find an agent free wait, so the paper's rule is continued to
// queues that lose calls: of those carried only as many are kept as there are
// places to wait, and each waits out a period of length d with probability
// patience ÷ (patience + d), that of an exponential time of mean d. Overloaded
// for long, the line then is patience × (rate of arrivals − rate of handling),
// what M/M/n+M tends to. Those lost come back with the probability of a redial.
//
// After an overload it errs on the safe side, by less than a call an agent: the
// approach leaves agents idle for part of a period. The cost is one B for every
// handle time in the interval, at most 100.
func (w Workload) carry(agents int, in float64) (decided, out float64) {
	const most = 100
	periods := max(1, min(math.Round(float64(w.Per)/float64(w.AHT)), most))
	length := float64(w.Per) / periods
	perCall := float64(w.AHT) / length // erlangs of one call in a period
	kept := 1.0
	if w.Patience > 0 {
		kept = float64(w.Patience) / (float64(w.Patience) + length)
	}
	places := math.Inf(1)
	if w.Lines > 0 {
		places = float64(w.Lines - agents)
	}
	fresh := w.Calls / periods
	n := float64(agents)
	out = in
	for period := range int(periods) {
		calls := out + fresh
		load := calls * perCall
		if load == 0 {
			return decided, 0
		}
		free := freeStates(n, load, n-load)
		answered, left := calls*free.complement(), calls*free.blocking()
		waiting := min(left*kept, places)
		lost := left - waiting
		last := out
		out = waiting + w.Redial*lost
		now := answered + (1-w.Redial)*lost
		decided += now
		if math.Abs(out-last) <= 1e-15*out {
			// Settled: the rest of the periods are like this one.
			decided += now * (periods - 1 - float64(period))
			break
		}
	}
	return decided, out
}

// carryBetween returns carry's calls decided for a real number of agents from
// agents − 1 to agents. What is carried out falls about like a geometric series
// in the agents; between the whole numbers it is taken to be one.
func (w Workload) carryBetween(agents int, in float64) func(n float64) float64 {
	fewer, outFewer := w.carry(agents-1, in)
	decided, out := w.carry(agents, in)
	return func(n float64) float64 {
		share := float64(agents) - n
		line := share*outFewer + (1-share)*out
		curve := math.Pow(outFewer, share) * math.Pow(out, 1-share)
		return share*fewer + (1-share)*decided + line - curve
	}
}
