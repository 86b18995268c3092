package acd

// tier is the call's tier by name or else by score, nil if it has none. The
// text is a warning about what could not be used.
func (r *rules) tier(name string, score *float64) (t *Tier, warning string) {
	if t = r.tiers[name]; t != nil {
		return t, ""
	}
	if name != "" {
		warning = "tier: the plan has no tier " + quote(name)
	}
	if score != nil {
		for _, t := range r.byScore {
			if *score >= *t.MinScore {
				return t, warning
			}
		}
	}
	return nil, warning
}
