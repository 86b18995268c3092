package loyalty

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// Answer is one answer to a survey.
type Answer struct {
	At time.Time
	// Survey is a name of the rules' scales, such as nps.
	Survey string
	// Value lies from the scale's Worst to its Best.
	Value float64
}

// Scale says what the answers to a survey mean. Worst, Bad, Good and Best rise,
// or fall where a smaller answer is better; Bad and Good differ.
//
// An answer is put on the common scale of attitude, 0 to 100, so that different
// surveys can be averaged:
//
//	Worst  Bad  Good  Best
//	0      25   75    100
//
// in straight lines between. Where Worst and Bad are equal, that answer is 0,
// and where Good and Best are, 100.
type Scale struct {
	Worst float64 `json:"worst"`
	// Bad is up to where an answer is one of displeasure.
	Bad float64 `json:"bad"`
	// Good is from where an answer is a favourable one.
	Good float64 `json:"good"`
	Best float64 `json:"best"`
}

// Stance is an attitude in a word.
type Stance string

// The stances.
const (
	StanceUnknown      Stance = "unknown" // no answers
	StanceUnfavourable Stance = "unfavourable"
	StanceNeutral      Stance = "neutral"
	StanceFavourable   Stance = "favourable"
)

// neutral is the attitude of those who did not answer, for the quadrant alone.
const neutral = 50

// points puts an answer of the scale on the common scale.
func (s Scale) points(value float64) float64 {
	if s.Best < s.Worst {
		s = Scale{-s.Worst, -s.Bad, -s.Good, -s.Best}
		value = -value
	}
	switch {
	case value <= s.Worst:
		return 0
	case value >= s.Best:
		return 100
	case value <= s.Bad:
		return 25 * ((value - s.Worst) / (s.Bad - s.Worst))
	case value < s.Good:
		return 25 + float64(50*((value-s.Bad)/(s.Good-s.Bad)))
	default:
		return 75 + float64(25*((value-s.Good)/(s.Best-s.Good)))
	}
}

// attitude is the mean of the answers within the window, and how many there
// are. An answer counts by
//
//	2^(-(latest - at) / half life)
//
// so that the latest one always counts fully, and the sum is never 0. The
// answers are put in order first, because the sum of floats depends on it.
// O(n log n).
func (a *AttitudeRules) attitude(list []Answer, now time.Time) (attitude float64, n int) {
	var counted []Answer
	for _, answer := range list {
		if a.Window == 0 || now.Sub(answer.At) <= a.Window {
			counted = append(counted, answer)
		}
	}
	if len(counted) == 0 {
		return neutral, 0
	}
	parts := make([]part, len(counted))
	latest := slices.MaxFunc(counted, func(x, y Answer) int { return x.At.Compare(y.At) }).At
	for i, answer := range counted {
		weight := 1.0
		if a.HalfLife > 0 {
			weight = math.Exp2(-float64(latest.Sub(answer.At)) / float64(a.HalfLife))
		}
		parts[i] = part{weight, a.Scales[answer.Survey].points(answer.Value)}
	}
	slices.SortFunc(parts, func(x, y part) int {
		return cmp.Or(cmp.Compare(x.weight, y.weight), cmp.Compare(x.points, y.points))
	})
	return mean(parts...), len(parts)
}

// stance puts an attitude that rests on n answers in a word.
func (a *AttitudeRules) stance(attitude float64, n int) Stance {
	switch {
	case n == 0:
		return StanceUnknown
	case attitude <= a.Low:
		return StanceUnfavourable
	case attitude >= a.High:
		return StanceFavourable
	default:
		return StanceNeutral
	}
}

func (a *AttitudeRules) checkAnswers(f *faults, list []Answer, now time.Time) {
	if len(list) > MaxPurchases {
		f.add("answers", "want at most %d, got %d", MaxPurchases, len(list))
		return
	}
	for i, answer := range list {
		scale, known := a.Scales[answer.Survey]
		least, most := min(scale.Worst, scale.Best), max(scale.Worst, scale.Best)
		switch {
		case !known:
			f.add(fmt.Sprintf("answers[%d].survey", i), "no scale is named %.64q; there are %q", answer.Survey, a.names())
		case !(answer.Value >= least && answer.Value <= most):
			f.add(fmt.Sprintf("answers[%d].value", i), "want %v to %v for %s, got %v", least, most, answer.Survey, answer.Value)
		}
		if problem := notPast(answer.At, now); problem != "" {
			f.add(fmt.Sprintf("answers[%d].at", i), "%s", problem)
		}
	}
}
