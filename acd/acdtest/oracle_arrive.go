package acdtest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"
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
	cmd = fillIn(cmd)
	first := acd.Event{Warnings: o.clean(c, cmd)}
	first.Tier = c.tier
	c.most = int64(orElse(o.plan.MaxHeadStart, 10*time.Minute))

	live := 0
	for _, other := range o.calls {
		if other.place != finished {
			live++
		}
	}
	o.calls = append(o.calls, c)
	if live >= orElse(o.plan.MaxCalls, 200_000) {
		o.block(c, "", acd.ReasonLimit, first)
		return nil
	}

	for _, entry := range o.plan.Entry {
		if o.holds(entry.When, c) {
			c.entry = entry.Name
			c.headStart += int64(entry.HeadStart)
			c.queue = o.queue(entry.Queue)
			break
		}
	}
	switch {
	case !o.open(c.queue) && c.queue.WhenClosed.Callback:
		o.findOwn(c)
		c.place = suggested
		c.stopped = o.now
		o.suggest(c, acd.ChannelCallback, first)
		o.beginStay(c)
		return nil
	case !o.open(c.queue):
		o.turnAway(c, c.queue.WhenClosed, acd.ReasonClosed, first)
	case o.full(c.queue):
		o.turnAway(c, c.queue.WhenFull, acd.ReasonFull, first)
	}
	if c.place == finished {
		return nil
	}
	o.findOwn(c)
	if o.plan.Affinity.Mode == acd.AffinityHold {
		o.holdFor(c, o.agent(c.own))
	}
	o.join(c, c.queue, first)
	return nil
}

// turnAway is for a call that its queue cannot take: it has another queue
// afterwards, or is finished.
func (o *Oracle) turnAway(c *oracleCall, how acd.Elsewhere, reason string, first acd.Event) {
	from := c.queue.Name
	to := o.queue(how.Queue)
	switch {
	case how.Divert != "":
		o.emit(acd.Event{
			Type: acd.EventDiverted, Call: c.given.Call, Queue: from, Number: how.Divert,
			Tier: first.Tier, Warnings: first.Warnings,
		})
		o.finish(c)
	case how.Queue == "" || !o.open(to) || o.full(to):
		o.block(c, from, reason, first)
	default:
		o.emit(acd.Event{Type: acd.EventOverflowed, Call: c.given.Call, From: from, To: to.Name})
		c.queue = to
	}
}

func (o *Oracle) block(c *oracleCall, queue, reason string, first acd.Event) {
	o.emit(acd.Event{
		Type: acd.EventBlocked, Call: c.given.Call, Queue: queue, Reason: reason,
		Tier: first.Tier, Warnings: first.Warnings,
	})
	o.finish(c)
}

// fillIn puts what was found into what the arrival leaves open.
func fillIn(cmd acd.Command) acd.Command {
	found := cmd.Found
	if found == nil {
		return cmd
	}
	cmd.Customer = cmp.Or(cmd.Customer, found.Customer)
	cmd.Tier = cmp.Or(cmd.Tier, found.Tier)
	cmd.Score = cmp.Or(cmd.Score, found.Score)
	cmd.LastAgent = cmp.Or(cmd.LastAgent, found.LastAgent)
	attributes := map[string]string{}
	maps.Copy(attributes, found.Attributes)
	maps.Copy(attributes, cmd.Attributes)
	cmd.Attributes = attributes
	if found.Warning != "" {
		cmd.Warnings = append(slices.Clone(cmd.Warnings), found.Warning)
	}
	return cmd
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
