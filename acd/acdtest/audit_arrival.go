package acdtest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/najimi-acd/najimi/acd"
)

// auditLongest bounds every duration.
const auditLongest = 8760 * time.Hour

// auditProfile is what an arrival means under the plan.
type auditProfile struct {
	head      time.Duration // of tier, entry rule and arrival, before the cap
	trusted   bool          // may have a tier and an own agent, and be remembered
	lastAgent string
	person    auditPerson
	screen    acd.Context // what every agent is shown of it
}

// profile reads an arrival: bad optional data is as if it were not there.
func (r *auditRules) profile(cmd acd.Command) auditProfile {
	cmd = auditFilledIn(cmd)
	caller, shown, customer, dialed := "", "", "", ""
	if auditIdentifier(cmd.Caller) {
		caller = auditNumber(cmd.Caller)
		shown = cmd.Caller
	}
	if auditIdentifier(cmd.Customer) {
		customer = cmd.Customer
	}
	if auditIdentifier(cmd.Dialed) {
		dialed = auditNumber(cmd.Dialed)
	}
	var tier *acd.Tier
	trusted := cmd.Verified || !r.plan.RequireVerified
	if trusted {
		tier = r.tier(cmd)
	}
	p := auditProfile{
		trusted: trusted,
		person:  auditPerson{customer: customer},
	}
	if customer == "" {
		p.person.caller = caller
	}
	if auditIdentifier(cmd.LastAgent) {
		p.lastAgent = cmd.LastAgent
	}
	if cmd.HeadStart > 0 && cmd.HeadStart <= auditLongest {
		p.head = cmd.HeadStart
	}
	tierName := ""
	if tier != nil {
		tierName = tier.Name
		p.head = auditAdd(p.head, tier.HeadStart)
	}
	attributes := auditAttributes(cmd.Attributes)
	p.screen = acd.Context{Caller: shown, Customer: customer, Tier: tierName, Attributes: attributes}
	for i := range r.plan.Entry {
		rule := &r.plan.Entry[i]
		open := rule.When.Open == "" || auditIsOpen(r.queue(rule.When.Open).plan.Hours, cmd.At)
		if open && auditMatches(&rule.When, dialed, caller, tierName, attributes) {
			p.head = auditAdd(p.head, rule.HeadStart)
			break
		}
	}
	return p
}

// remembers reports whether a caller may have an own agent, and be remembered.
func (r *auditRules) remembers(c *auditedCall) bool {
	return c.trusted && r.mode != acd.AffinityOff
}

// auditFilledIn completes an arrival with what was found out about the caller.
func auditFilledIn(cmd acd.Command) acd.Command {
	found := cmd.Found
	if found == nil {
		return cmd
	}
	cmd.Customer = cmp.Or(cmd.Customer, found.Customer)
	cmd.Tier = cmp.Or(cmd.Tier, found.Tier)
	cmd.Score = cmp.Or(cmd.Score, found.Score)
	cmd.LastAgent = cmp.Or(cmd.LastAgent, found.LastAgent)
	attributes := maps.Clone(found.Attributes)
	if attributes == nil {
		attributes = map[string]string{}
	}
	for key, value := range cmd.Attributes {
		if value != "" || attributes[key] == "" {
			attributes[key] = value
		}
	}
	cmd.Attributes = attributes
	return cmd
}

// tier is the one named, else the one with the highest min_score reached, nil
// if none.
func (r *auditRules) tier(cmd acd.Command) *acd.Tier {
	var best *acd.Tier
	for i := range r.plan.Tiers {
		t := &r.plan.Tiers[i]
		if t.Name == cmd.Tier {
			return t
		}
		if t.MinScore == nil || cmd.Score == nil || !(*cmd.Score >= 0 && *cmd.Score <= 100) {
			continue
		}
		if *cmd.Score >= *t.MinScore && (best == nil || *t.MinScore > *best.MinScore) {
			best = t
		}
	}
	return best
}

func auditMatches(w *acd.When, dialed, caller, tier string, attributes map[string]string) bool {
	if w.Dialed != nil && !auditAnyNumber(w.Dialed, dialed) {
		return false
	}
	if w.Caller != nil && !auditAnyNumber(w.Caller, caller) {
		return false
	}
	if w.Withheld != nil && *w.Withheld != (caller == "") {
		return false
	}
	if w.Tier != nil {
		found := false
		for _, name := range w.Tier {
			found = found || name == tier
		}
		if !found {
			return false
		}
	}
	for key, want := range w.Attributes {
		if got, ok := attributes[key]; !ok || got != want {
			return false
		}
	}
	return true
}

// auditAnyNumber compares a normalised number with patterns.
func auditAnyNumber(patterns []string, number string) bool {
	for _, p := range patterns {
		prefix, isPrefix := strings.CutSuffix(p, "*")
		prefix = auditNumber(prefix)
		if number == prefix || isPrefix && strings.HasPrefix(number, prefix) {
			return true
		}
	}
	return false
}

// auditNumber removes spaces, hyphens, dots and brackets.
func auditNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Dash, unicode.Ps, unicode.Pe) {
			return -1
		}
		return r
	}, s)
}

// auditIdentifier reports whether s is 1 to 128 bytes of printable UTF-8.
func auditIdentifier(s string) bool {
	if s == "" || len(s) > 128 || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			return false
		}
	}
	return true
}

func auditAdd(a, b time.Duration) time.Duration {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}

// auditAttributes are the attributes that are kept: those with a good key and
// value, in the order of their keys, as long as there is room.
func auditAttributes(given map[string]string) map[string]string {
	kept, size := map[string]string{}, 0
	for _, key := range slices.Sorted(maps.Keys(given)) {
		value := given[key]
		if key == "" || len(key) > 64 || len(value) > 1024 || !utf8.ValidString(key) || !utf8.ValidString(value) {
			continue
		}
		if len(kept) == 64 || size+len(key)+len(value) > 16<<10 {
			continue
		}
		kept[key] = value
		size += len(key) + len(value)
	}
	return kept
}

// auditOtherArrival reports whether two arrivals of one call surely differ in
// more than their time, which must be refused.
func auditOtherArrival(a, b acd.Command) bool {
	score := func(c acd.Command) float64 {
		if c.Score == nil || *c.Score != *c.Score {
			return -1e9
		}
		return *c.Score
	}
	return a.Caller != b.Caller || a.Customer != b.Customer || a.Dialed != b.Dialed ||
		a.Tier != b.Tier || score(a) != score(b) || a.Verified != b.Verified ||
		a.LastAgent != b.LastAgent || a.HeadStart != b.HeadStart || !maps.Equal(a.Attributes, b.Attributes) ||
		!slices.Equal(a.Warnings, b.Warnings)
}
