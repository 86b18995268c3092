package loyalty

import (
	"maps"
	"slices"
	"time"
)

// Rules are all thresholds and weights. They have the same shape as JSON, with
// names in snake case and durations as Go duration strings: see [ParseRules].
// Begin with [Default]; the zero value lacks weights and is refused.
type Rules struct {
	Behaviour BehaviourRules `json:"behaviour"`
	Attitude  AttitudeRules  `json:"attitude"`
	Weights   Weights        `json:"weights"`
}

// BehaviourRules say how purchases are judged.
type BehaviourRules struct {
	// Bands grade recency, frequency and money. None: they have to be computed
	// from the customers first, see [Rules.Quintiles].
	Bands Bands `json:"bands"`
	// Window is the age up to which purchases and refunds count for frequency
	// and money; 0: all do. Recency is that of the last purchase, however old.
	// Default 8760h, a year.
	Window time.Duration `json:"window"`
	// NewWithin is the age of the first purchase up to which a customer is new.
	// Default 720h, 30 days. Without any purchase a customer is always new.
	NewWithin time.Duration `json:"new_within"`
	// High is the behaviour, 0 to 100, from which patronage is high. Default 60.
	High float64 `json:"high"`
}

// AttitudeRules say how answers are judged.
type AttitudeRules struct {
	// Scales of the surveys, by the survey's name. Default: nps, csat and ces,
	// see [Default].
	Scales map[string]Scale `json:"scales"`
	// Window is the age up to which answers count; 0: all do. Default 8760h.
	Window time.Duration `json:"window"`
	// HalfLife is by how much older an answer must be than the customer's latest
	// to count half as much; 0: all count alike. Default 2160h, 90 days.
	HalfLife time.Duration `json:"half_life"`
	// Low is the attitude up to which a customer is unhappy, High the one from
	// which a customer is favourable, 0 to 100, Low below High. Default 25 and
	// 75, where a single answer at the scale's Bad or Good is.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Weights are shares in two means, each 0 or from a millionth to a million, and
// not all 0 in one mean: recency, frequency and money make the behaviour, behaviour and attitude
// the score. The defaults are 1, 1, 1 and 2, 1.
type Weights struct {
	Recency   float64 `json:"recency"`
	Frequency float64 `json:"frequency"`
	Money     float64 `json:"money"`
	Behaviour float64 `json:"behaviour"`
	Attitude  float64 `json:"attitude"`
}

// Default returns the rules with every default, without bands. The scales:
//
//	nps   0 to 10, good from 9, bad up to 6 (would you recommend us?)
//	csat  1 to 5, good from 4, bad up to 2 (how satisfied were you?)
//	ces   1 to 7, good from 5, bad up to 3 (did we make it easy?)
func Default() Rules {
	return Rules{
		Behaviour: BehaviourRules{Window: 8760 * time.Hour, NewWithin: 720 * time.Hour, High: 60},
		Attitude: AttitudeRules{
			Scales: map[string]Scale{
				"nps":  {Worst: 0, Bad: 6, Good: 9, Best: 10},
				"csat": {Worst: 1, Bad: 2, Good: 4, Best: 5},
				"ces":  {Worst: 1, Bad: 3, Good: 5, Best: 7},
			},
			Window:   8760 * time.Hour,
			HalfLife: 2160 * time.Hour,
			Low:      25,
			High:     75,
		},
		Weights: Weights{Recency: 1, Frequency: 1, Money: 1, Behaviour: 2, Attitude: 1},
	}
}

// names are the surveys that the rules know, in order.
func (a *AttitudeRules) names() []string { return slices.Sorted(maps.Keys(a.Scales)) }
