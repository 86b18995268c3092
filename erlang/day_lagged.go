package erlang

import (
	"sort"
	"time"
)

// A timeline tells how many calls come between two instants of a day.
type timeline struct {
	day    []Interval
	starts []time.Duration // of each interval
	before []float64       // calls before each interval
}

func newTimeline(day []Interval) timeline {
	line := timeline{day, make([]time.Duration, len(day)), make([]float64, len(day))}
	var start time.Duration
	calls := 0.0
	for i, w := range day {
		line.starts[i], line.before[i] = start, calls
		start += w.Per
		calls += w.Calls
	}
	return line
}

// lagged returns the calls of interval i moved later by its mean handle time.
//
// What agents have to do at t is the offered load m(t) of a group without end,
// the mean of the calls that have come and are not handled yet: for any handle
// time S it is λ(t − S′)·E[S] on average, S′ having the distribution of the age
// of a call in progress. Its mean is E[S] for exponential handle times: so λ(t −
// E[S])·E[S] is m(t) but for the bend of λ. The load of the interval is the mean
// of that (L. V. Green, P. J. Kolesar, J. Soares, "Improving the SIPP approach
// for staffing service systems that have cyclic demands", Operations Research
// 49, 2001, doi:10.1287/opre.49.4.549.11228: "lag avg").
func (l timeline) lagged(i int) float64 {
	w := l.day[i]
	from := l.starts[i] - w.AHT
	return l.between(from, from+w.Per)
}

// between returns the calls from one instant to another. Before the day they
// come at the rate of its first interval.
func (l timeline) between(from, to time.Duration) float64 {
	first, last := l.at(from), l.at(to)
	if first == last {
		return l.part(first, to-from)
	}
	whole := 0.0 // intervals between the two
	if last-first > 1 {
		whole = l.before[last] - l.before[first+1]
	}
	return l.part(first, l.starts[first+1]-from) + whole + l.part(last, to-l.starts[last])
}

// at returns the interval of an instant before the end of the day.
func (l timeline) at(t time.Duration) int {
	return max(0, sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > t })-1)
}

// part returns the calls of so long a time at the rate of interval i.
func (l timeline) part(i int, long time.Duration) float64 {
	return l.day[i].Calls * (float64(long) / float64(l.day[i].Per))
}
