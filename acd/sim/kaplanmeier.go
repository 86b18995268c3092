package sim

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"time"
)

// Survival is a Kaplan–Meier estimate of how long something lasts from
// observations some of which were cut short. In a call centre it is patience:
// a caller who hung up after 40 s was ready to wait 40 s; one who was answered
// after 40 s was ready to wait longer, nobody knows how long, and to leave such
// callers out would make people look several times less patient than they are.
//
// A Survival is a [Dist]. The zero value has seen nothing: S(t) is 1 everywhere
// and a sample is the largest Duration.
type Survival struct {
	ends  []time.Duration // when something ended, ascending, distinct
	after []float64       // S at and after ends[i], descending
	last  time.Duration   // the largest observation
	// hazard is the rate per nanosecond beyond last; 0: nothing ends there.
	hazard float64
}

// KaplanMeier estimates the survival function from times, of which those marked
// censored were still going on when they were last seen:
//
//	S(t) = Π (1 − dᵢ/nᵢ) over the distinct ends tᵢ ≤ t
//
// dᵢ ended at tᵢ, nᵢ had lasted at least so long. What ended and what was
// censored at the same time counts as ended first, so that the censored are
// still among the nᵢ (E. L. Kaplan, P. Meier, "Nonparametric estimation from
// incomplete observations", JASA 53, 1958, 457–481,
// doi:10.1080/01621459.1958.10501452).
//
// If the largest observation, t*, is censored, S does not come down to 0 and
// the observations say nothing of the rest. It is completed by the exponential
// curve that passes through S(0) = 1 and S(t*),
//
//	S(t) = exp(t · ln S(t*) / t*)  for t > t*
//
// (B. W. Brown, M. Hollander, R. M. Korwar, "Nonparametric tests of
// independence for censored data, with applications to heart transplant
// studies", in Reliability and Biometry, SIAM 1974, 327–354).
//
// Special cases are:
//
//	nothing ended: S is 1 everywhere, samples are the largest Duration
//	t* = 0, some ended and some censored: the rest ends at 0 too
//
// No times, a negative one, or slices of different length are errors.
// O(n log n).
func KaplanMeier(times []time.Duration, censored []bool) (Survival, error) {
	if len(times) == 0 {
		return Survival{}, errors.New("sim: Kaplan–Meier estimate of no observations")
	}
	if len(times) != len(censored) {
		return Survival{}, fmt.Errorf("sim: %d times but %d marks of censoring", len(times), len(censored))
	}
	sorted := slices.Clone(times)
	var endTimes []time.Duration // of those not censored
	for i, t := range times {
		if t < 0 {
			return Survival{}, fmt.Errorf("sim: times[%d] is negative: %v", i, t)
		}
		if !censored[i] {
			endTimes = append(endTimes, t)
		}
	}
	slices.Sort(sorted)
	slices.Sort(endTimes)

	s := Survival{last: sorted[len(sorted)-1]}
	var (
		alive = 1.0
		gone  int     // how many times are before the present end
		spent float64 // sum of all times
	)
	for _, t := range sorted {
		spent += float64(t)
	}
	for i := 0; i < len(endTimes); {
		t := endTimes[i]
		for sorted[gone] < t {
			gone++
		}
		n, d := len(sorted)-gone, 0
		for ; i < len(endTimes) && endTimes[i] == t; i++ {
			d++
		}
		alive *= float64(n-d) / float64(n)
		s.ends = append(s.ends, t)
		s.after = append(s.after, alive)
	}
	switch {
	case len(s.ends) == 0: // nothing ever ends
	case s.last == 0:
		s.after[0] = 0
		s.hazard = math.Inf(1)
	case alive > 0:
		s.hazard = -ln(alive) / float64(s.last)
	default:
		s.hazard = float64(len(endTimes)) / spent
	}
	return s, nil
}

// At is S(t) = P(T > t): 1 before the first end, continuous from the right.
// O(log n).
func (s Survival) At(t time.Duration) float64 {
	i := sort.Search(len(s.ends), func(i int) bool { return s.ends[i] > t })
	if i == 0 {
		return 1
	}
	if t <= s.last || s.after[i-1] == 0 {
		return s.after[i-1]
	}
	return float64(s.after[i-1] * exp(float64(-s.hazard*float64(t-s.last))))
}

// Sample draws from the estimate; O(log n).
func (s Survival) Sample(r *rand.Rand) time.Duration { return s.SampleAbove(r, -1) }

// SampleAbove draws from the estimate given that it lasts longer than known:
// P(T > t | T > known) = S(t)/S(known). The sample is above known, unless known
// is the largest Duration. A negative known is no condition. O(log n).
//
// Beyond the largest observation it draws from the exponential tail of
// [KaplanMeier]. Where S(known) is 0 the estimate says that this cannot be; as
// it is, an exponential time is added to known, with the rate of all the
// observations together: how many ended divided by the sum of all times.
func (s Survival) SampleAbove(r *rand.Rand, known time.Duration) time.Duration {
	u := 1 - openUniform(r)
	if s.hazard == 0 {
		return math.MaxInt64
	}
	start := s.At(known)
	if start == 0 || known > s.last {
		more := toDuration(-ln(u) / s.hazard)
		return later(known, max(more, 1))
	}
	// T is the first t with S(t) < level; as level ≤ S(known), T > known.
	level := u * start
	i := sort.Search(len(s.after), func(i int) bool { return s.after[i] < level })
	if i < len(s.ends) {
		return s.ends[i]
	}
	more := toDuration(ln(s.after[len(s.after)-1]/level) / s.hazard)
	return later(s.last, max(more, 1))
}

// Mean is the restricted mean up to limit: the mean of min(T, limit), which is
// the area under S from 0 to limit. With limit up to the largest observation it
// rests on observations alone; beyond it, the tail of [KaplanMeier] comes in,
// and with the largest Duration as limit it is the mean of what [Survival.Sample]
// draws. A limit of 0 or less gives 0. O(n).
func (s Survival) Mean(limit time.Duration) time.Duration {
	if limit <= 0 {
		return 0
	}
	var (
		area  float64
		from  time.Duration
		alive = 1.0
	)
	for i, t := range s.ends {
		if t >= limit {
			break
		}
		area += float64(alive * float64(t-from))
		from, alive = t, s.after[i]
	}
	if limit <= s.last || s.hazard == 0 || alive == 0 {
		return toDuration(area + float64(alive*float64(limit-from)))
	}
	area += float64(alive * float64(s.last-from))
	tail := float64(alive / s.hazard * (1 - exp(float64(-s.hazard*float64(limit-s.last)))))
	return toDuration(area + tail)
}
