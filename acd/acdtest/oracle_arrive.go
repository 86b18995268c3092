package acdtest

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/najimi-acd/najimi/acd"
)

func (o *Oracle) arrive(cmd acd.Command) *acd.Refused {
	if known := o.call(cmd.Call); known != nil {
		if sameArrival(known.given, cmd) {
			return nil
		}
		return refused(acd.CodeDuplicateCall, cmd.Call)
	}
	o.arrived++
	c := &oracleCall{given: cmd, order: o.arrived, since: o.now}
	c.given.Attributes = maps.Clone(cmd.Attributes)
	c.given.Warnings = slices.Clone(cmd.Warnings)
	if cmd.Score != nil {
		score := *cmd.Score
		c.given.Score = &score
	}
	warnings := o.clean(c, cmd)

	live := 0
	for _, other := range o.calls {
		if other.place != finished {
			live++
		}
	}
	o.calls = append(o.calls, c)
	if live >= orElse(o.plan.MaxCalls, 200_000) {
		o.block(c, acd.ReasonLimit, warnings)
		return nil
	}

	var q *acd.Queue
	for _, entry := range o.plan.Entry {
		if holds(entry.When, c) {
			c.entry = entry.Name
			c.headStart += int64(entry.HeadStart)
			q = o.queue(entry.Queue)
			break
		}
	}
	if o.full(q) {
		if q.WhenFull.Divert != "" {
			o.emit(acd.Event{
				Type: acd.EventDiverted, Call: cmd.Call, Number: q.WhenFull.Divert, Warnings: warnings,
			})
			o.finish(c)
			return nil
		}
		to := o.queue(q.WhenFull.Queue)
		if q.WhenFull.Queue == "" || o.full(to) {
			o.block(c, acd.ReasonFull, warnings)
			return nil
		}
		o.emit(acd.Event{Type: acd.EventOverflowed, Call: cmd.Call, From: q.Name, To: to.Name})
		q = to
	}
	o.join(c, q, warnings)
	o.findOwn(c, cmd)
	return nil
}

func (o *Oracle) block(c *oracleCall, reason string, warnings []string) {
	o.emit(acd.Event{Type: acd.EventBlocked, Call: c.given.Call, Reason: reason, Warnings: warnings})
	o.finish(c)
}

// sameArrival says whether two arrivals say the same, whenever they say it.
func sameArrival(a, b acd.Command) bool {
	sameScore := a.Score == nil && b.Score == nil
	if a.Score != nil && b.Score != nil {
		sameScore = *a.Score == *b.Score || math.IsNaN(*a.Score) && math.IsNaN(*b.Score)
	}
	return sameScore && a.Call == b.Call && a.Caller == b.Caller && a.Customer == b.Customer &&
		a.Dialed == b.Dialed && a.Tier == b.Tier && a.Verified == b.Verified &&
		a.LastAgent == b.LastAgent && a.HeadStart == b.HeadStart &&
		maps.Equal(a.Attributes, b.Attributes) && slices.Equal(a.Warnings, b.Warnings)
}

// clean takes over what is good of the arrival's optional data, and returns a
// warning for each thing that is not, after those that came with the arrival.
func (o *Oracle) clean(c *oracleCall, cmd acd.Command) []string {
	warnings := slices.Clone(cmd.Warnings)
	good := func(name, value string) string {
		if value != "" && !identifier(value) {
			warnings = append(warnings, name+": not an identifier")
			return ""
		}
		return value
	}
	c.caller = good("caller", cmd.Caller)
	c.customer = good("customer", cmd.Customer)
	c.dialed = good("dialed", cmd.Dialed)
	name := good("tier", cmd.Tier)
	c.own = good("last_agent", cmd.LastAgent)
	score := cmd.Score
	if score != nil && !(*score >= 0 && *score <= 100) {
		warnings = append(warnings, "score: not within 0 to 100")
		score = nil
	}
	if tier := o.tier(name); name != "" && tier == nil {
		warnings = append(warnings, "tier: unknown")
	}
	c.headStart = int64(cmd.HeadStart)
	if cmd.HeadStart < 0 || cmd.HeadStart > 8760*time.Hour {
		warnings = append(warnings, "head_start: not within 0 to 8760h")
		c.headStart = 0
	}
	size := 0
	for _, key := range slices.Sorted(maps.Keys(cmd.Attributes)) {
		value := cmd.Attributes[key]
		bad := key == "" || len(key) > 64 || !utf8.ValidString(key) ||
			len(value) > 1024 || !utf8.ValidString(value)
		if bad || len(c.attributes) >= 64 || size+len(key)+len(value) > 16*1024 {
			warnings = append(warnings, "attributes: one too many or not good")
			continue
		}
		size += len(key) + len(value)
		if c.attributes == nil {
			c.attributes = map[string]string{}
		}
		c.attributes[key] = value
	}
	if o.plan.RequireVerified && !cmd.Verified {
		return warnings
	}
	if tier := o.tierOf(name, score); tier != nil {
		c.tier = tier.Name
		c.headStart += int64(tier.HeadStart)
	}
	return warnings
}

func (o *Oracle) tier(name string) *acd.Tier {
	for i := range o.plan.Tiers {
		if o.plan.Tiers[i].Name == name {
			return &o.plan.Tiers[i]
		}
	}
	return nil
}

// tierOf is the tier of that name, else the one with the highest least score
// that the score reaches, the first of equals.
func (o *Oracle) tierOf(name string, score *float64) *acd.Tier {
	best := o.tier(name)
	if best != nil || score == nil {
		return best
	}
	for i := range o.plan.Tiers {
		tier := &o.plan.Tiers[i]
		if tier.MinScore != nil && *score >= *tier.MinScore &&
			(best == nil || *tier.MinScore > *best.MinScore) {
			best = tier
		}
	}
	return best
}

// holds says whether an entry rule's condition is met.
func holds(when acd.When, c *oracleCall) bool {
	for key, value := range when.Attributes {
		if got, ok := c.attributes[key]; !ok || got != value {
			return false
		}
	}
	return (when.Dialed == nil || anyNumber(when.Dialed, c.dialed)) &&
		(when.Caller == nil || anyNumber(when.Caller, c.caller)) &&
		(when.Tier == nil || slices.Contains(when.Tier, c.tier)) &&
		(when.Withheld == nil || *when.Withheld == (digits(c.caller) == ""))
}

func anyNumber(patterns []string, number string) bool {
	if digits(number) == "" {
		return false
	}
	for _, pattern := range patterns {
		prefix, isPrefix := strings.CutSuffix(digits(pattern), "*")
		if prefix == digits(number) || isPrefix && strings.HasPrefix(digits(number), prefix) {
			return true
		}
	}
	return false
}

// digits is a number without spaces, dashes, dots and brackets.
func digits(number string) string {
	var kept strings.Builder
	for _, r := range number {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Pd, unicode.Dash, unicode.Ps, unicode.Pe) && r != '.' {
			kept.WriteRune(r)
		}
	}
	return kept.String()
}

// findOwn finds the call's own agent, and holds the call for it if the plan
// says so.
func (o *Oracle) findOwn(c *oracleCall, cmd acd.Command) {
	affinity := o.plan.Affinity
	if !o.remembers(cmd.Verified) {
		c.own = ""
		return
	}
	if c.own == "" {
		for _, m := range o.memory {
			until := m.written + int64(orElse(affinity.Remember, 720*time.Hour))
			if m.sameKey(keyOf(c)) && o.now < until {
				c.own = m.agent
			}
		}
	}
	hold := orElse(affinity.Hold, 20*time.Second)
	own := o.agent(c.own)
	if affinity.Mode != acd.AffinityHold || hold <= 0 || own == nil ||
		own.state == acd.StateLoggedOut || own.state == acd.StateNotReady ||
		!meets(own, floorNeeds(c.queue)) {
		return
	}
	c.held = true
	o.setTimer(hold, oracleTimer{kind: timerHold, call: c})
}

// remembers says whether there is affinity for such a caller.
func (o *Oracle) remembers(verified bool) bool {
	mode := o.plan.Affinity.Mode
	return mode != "" && mode != acd.AffinityOff && (verified || !o.plan.RequireVerified)
}

// remember notes who served the customer.
func (o *Oracle) remember(c *oracleCall, a *oracleAgent, talked time.Duration) {
	m := keyOf(c)
	entries := orElse(o.plan.Affinity.Entries, 1_000_000)
	if !o.remembers(c.given.Verified) || talked < orElse(o.plan.Affinity.MinTalk, 10*time.Second) ||
		m.customer == "" && m.number == "" {
		return
	}
	m.agent = a.id
	m.written = o.now
	o.memory = append(slices.DeleteFunc(o.memory, m.sameKey), m)
	for len(o.memory) > entries {
		o.memory = slices.Delete(o.memory, 0, 1)
	}
}

// keyOf is the call's key in the memory: the customer, else the number.
func keyOf(c *oracleCall) oracleMemory {
	m := oracleMemory{queue: c.queue.Name, customer: c.customer}
	if c.customer == "" {
		m.number = digits(c.caller)
	}
	return m
}

func (m oracleMemory) sameKey(other oracleMemory) bool {
	return m.queue == other.queue && m.customer == other.customer && m.number == other.number
}
