package acd

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// arrive takes a call in. It cleans cmd, which is the Engine's own copy.
func (e *Engine) arrive(cmd *Command) *Refused {
	print := cmd.print()
	if known, ok := e.calls[cmd.Call]; ok {
		if known.print == print {
			return nil
		}
		return refuse(CodeDuplicateCall, "call %q has arrived before, with other particulars", cmd.Call)
	}

	cmd.fillIn()
	cmd.clean()
	c := e.newCall(cmd.Call, print)
	c.caller, c.customer, c.attributes = cmd.Caller, cmd.Customer, cmd.Attributes
	c.number = bare(cmd.Caller)
	c.known = !e.rules.requireVerified || cmd.Verified
	tier, warning := e.rules.tier(cmd.Tier, cmd.Score)
	if warning != "" {
		cmd.warn(warning)
	}
	cmd.Warnings = boundWarnings(cmd.Warnings, nil)
	c.headStart = int64(cmd.HeadStart)
	if tier != nil && c.known {
		c.tier = tier.Name
		c.headStart = later(c.headStart, tier.HeadStart)
	}

	told := first{c.tier, cmd.Warnings}
	if e.live > e.rules.maxCalls { // this one is among them
		e.block(c, nil, ReasonLimit, told)
		return nil
	}
	rule := e.rules.entry.match(c, bare(cmd.Dialed), e.now)
	c.entry = rule.Name
	c.headStart = later(c.headStart, rule.HeadStart)
	c.queue = e.admit(c, rule.queue, told)
	if c.queue == nil {
		return nil
	}
	e.recallOwn(c, cmd.LastAgent)
	e.setLead(c)
	if c.state == asked {
		c.held = false
		e.watch(c)
		return nil
	}
	e.join(c, c.queue, told)
	return nil
}

// first is what the first event of a call tells besides.
type first struct {
	tier     string
	warnings []string
}

// admit returns the queue for an arriving call, or nil if the call has had its
// outcome. A call that is asked whether it wants to be called back is in the
// closed queue, and not in its line.
func (e *Engine) admit(c *call, to *queueState, told first) *queueState {
	switch {
	case to.closed(e.now):
		return e.turnAway(c, to, &to.whenClosed, ReasonClosed, told)
	case to.full():
		return e.turnAway(c, to, &to.whenFull, ReasonFull, told)
	}
	return to
}

func (q *queueState) closed(now int64) bool { return !q.hours.open(now) }

// newCall makes the record of an arriving call.
func (e *Engine) newCall(id string, print uint64) *call {
	var c *call
	if n := len(e.spare); n > 0 {
		c, e.spare = e.spare[n-1], e.spare[:n-1]
	} else {
		c = new(call)
	}
	e.arrivals++
	c.id, c.order, c.since = id, e.arrivals, e.now
	e.calls[id] = knownCall{c, print}
	e.most = max(e.most, len(e.calls))
	e.live++
	return c
}

// turnAway is for a call that its queue cannot take.
func (e *Engine) turnAway(c *call, from *queueState, how *elsewhere, reason string, told first) *queueState {
	to := how.queue
	switch {
	case how.divert != "":
		e.emit(Event{Type: EventDiverted, Call: c.id, Number: how.divert, Queue: from.name, Tier: told.tier, Warnings: told.warnings})
		e.finish(c)
		return nil
	case how.callback:
		e.emit(Event{Type: EventSuggested, Call: c.id, Channel: ChannelCallback, Queue: from.name, Tier: told.tier, Warnings: told.warnings})
		c.state, c.rested, c.joined = asked, e.now, never
		return from
	case to == nil || to.closed(e.now) || to.full():
		e.block(c, from, reason, told)
		return nil
	default:
		e.emit(Event{Type: EventOverflowed, Call: c.id, From: from.name, To: to.name})
		return to
	}
}

func (e *Engine) block(c *call, q *queueState, reason string, told first) {
	ev := Event{Type: EventBlocked, Call: c.id, Reason: reason, Tier: told.tier, Warnings: told.warnings}
	if q != nil {
		ev.Queue = q.name
	}
	e.emit(ev)
	e.finish(c)
}

// fillIn takes over what a customer data base knew and the arrival left open.
func (cmd *Command) fillIn() {
	f := cmd.Found
	if f == nil {
		return
	}
	cmd.Customer = cmp.Or(cmd.Customer, f.Customer)
	cmd.Tier = cmp.Or(cmd.Tier, f.Tier)
	cmd.Score = cmp.Or(cmd.Score, f.Score)
	cmd.LastAgent = cmp.Or(cmd.LastAgent, f.LastAgent)
	if len(f.Attributes) > 0 {
		all := maps.Clone(f.Attributes)
		maps.Copy(all, cmd.Attributes)
		cmd.Attributes = all
	}
	if f.Warning != "" {
		cmd.Warnings = append(slices.Clip(cmd.Warnings), f.Warning)
	}
}

// clean takes out of an arrival what cannot be used of it, each with a
// warning. A caller is never turned away for bad optional data.
func (cmd *Command) clean() {
	cmd.Warnings = slices.Clone(cmd.Warnings)
	cmd.Caller = cmd.cleanText("caller", cmd.Caller)
	cmd.Customer = cmd.cleanText("customer", cmd.Customer)
	cmd.Dialed = cmd.cleanText("dialed", cmd.Dialed)
	cmd.Tier = cmd.cleanText("tier", cmd.Tier)
	cmd.LastAgent = cmd.cleanText("last_agent", cmd.LastAgent)
	if s := cmd.Score; s != nil && !(*s >= 0 && *s <= 100) {
		cmd.warn(fmt.Sprintf("score: want 0 to 100, got %v", *s))
		cmd.Score = nil
	}
	if cmd.HeadStart < 0 || cmd.HeadStart > maxDuration {
		cmd.warn(fmt.Sprintf("head_start: want 0s to %v, got %v", maxDuration, cmd.HeadStart))
		cmd.HeadStart = 0
	}
	cmd.cleanAttributes()
}

func (cmd *Command) cleanText(name, text string) string {
	if text == "" || validID(text) {
		return text
	}
	cmd.warn(fmt.Sprintf("%s: want at most 128 bytes of printable UTF-8, got %s", name, quote(text)))
	return ""
}

// Limits of attributes.
const (
	maxAttributes     = 64
	maxAttributeKey   = 64
	maxAttributeValue = 1 << 10
	maxAttributeBytes = 16 << 10
)

func (cmd *Command) cleanAttributes() {
	if len(cmd.Attributes) == 0 {
		cmd.Attributes = nil
		return
	}
	total, good := 0, len(cmd.Attributes) <= maxAttributes
	for key, value := range cmd.Attributes {
		good = good && goodAttribute(key, value) == ""
		total += len(key) + len(value)
	}
	if good && total <= maxAttributeBytes {
		cmd.Attributes = maps.Clone(cmd.Attributes) // the Engine keeps them
		return
	}
	kept := make(map[string]string)
	total = 0
	for _, key := range slices.Sorted(maps.Keys(cmd.Attributes)) {
		value := cmd.Attributes[key]
		problem := goodAttribute(key, value)
		switch {
		case problem != "":
		case len(kept) == maxAttributes:
			problem = "more than " + strconv.Itoa(maxAttributes)
		case total+len(key)+len(value) > maxAttributeBytes:
			problem = "more than " + strconv.Itoa(maxAttributeBytes) + " bytes in all"
		default:
			total += len(key) + len(value)
			kept[key] = value
			continue
		}
		cmd.warn("attributes: " + quote(key) + ": " + problem)
	}
	cmd.Attributes = kept
}

func goodAttribute(key, value string) (problem string) {
	switch {
	case key == "" || len(key) > maxAttributeKey || !utf8.ValidString(key):
		return "want a key of 1 to 64 bytes of UTF-8"
	case len(value) > maxAttributeValue || !utf8.ValidString(value):
		return "want a value of at most 1 KiB of UTF-8"
	}
	return ""
}

func (cmd *Command) warn(text string) { cmd.Warnings = append(cmd.Warnings, text) }

// quote is for texts that may be long or not printable.
func quote(text string) string { return fmt.Sprintf("%.64q", text) }

// print is a fingerprint of an arrival without its time: repeats are alike.
// (FNV-1a, 64 bits; each field ends in its length.)
func (cmd *Command) print() uint64 {
	h := fnvOffset
	for _, text := range [...]string{cmd.Caller, cmd.Customer, cmd.Dialed, cmd.Tier, cmd.LastAgent} {
		h = h.text(text)
	}
	if cmd.Score != nil {
		h = h.number(math.Float64bits(*cmd.Score + 0)).number(1)
	}
	if cmd.Verified {
		h = h.number(2)
	}
	h = h.number(uint64(cmd.HeadStart))
	var attributes uint64 // in no order
	for key, value := range cmd.Attributes {
		attributes += uint64(fnvOffset.text(key).text(value))
	}
	h = h.number(attributes)
	for _, text := range cmd.Warnings {
		h = h.text(text)
	}
	return uint64(h)
}

type fnv uint64

const fnvOffset fnv = 0xcbf29ce484222325

func (h fnv) text(s string) fnv {
	for i := range len(s) {
		h = (h ^ fnv(s[i])) * 0x100000001b3
	}
	return h.number(uint64(len(s)))
}

func (h fnv) number(n uint64) fnv { return (h ^ fnv(n)) * 0x100000001b3 }
