package loyalty

import (
	"github.com/najimi-acd/najimi/acd"
)

// Found is what an arriving call should know of the judgment: the customer, the
// score, and these attributes for entry rules:
//
//	loyalty   true, latent, spurious or none
//	attitude  unknown, unfavourable, neutral or favourable
//	at_risk   yes, or not there
//	new       yes, or not there
//
// The tier is left open: the score chooses it by the plan that is in force when
// the call arrives. Whoever knows the last agent adds it.
func (r Result) Found() acd.Found {
	attributes := map[string]string{"loyalty": string(r.Quadrant), "attitude": string(r.Stance)}
	if r.AtRisk {
		attributes["at_risk"] = "yes"
	}
	if r.New {
		attributes["new"] = "yes"
	}
	return acd.Found{Customer: r.Customer, Score: new(r.Score), Attributes: attributes}
}

// Tier is the name of the plan's tier for a score, by the Engine's rule: the
// highest MinScore that is reached, and the first in the plan of equal ones. It
// is empty if none is reached.
func Tier(tiers []acd.Tier, score float64) string {
	var best *acd.Tier
	for i := range tiers {
		t := &tiers[i]
		if t.MinScore != nil && score >= *t.MinScore && (best == nil || *t.MinScore > *best.MinScore) {
			best = t
		}
	}
	if best == nil {
		return ""
	}
	return best.Name
}
