package acd

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PlanError is one thing that is wrong with a plan.
type PlanError struct {
	// Path is where, as in queues[1].steps[2].after. Empty: the plan as a whole.
	Path    string
	Problem string
}

// Error tells path and problem.
func (e *PlanError) Error() string { return cmp.Or(e.Path, "plan") + ": " + e.Problem }

// Bounds of a plan.
const (
	maxQueues  = 1_000
	maxEntries = 10_000
	maxTiers   = 64
	maxSteps   = 32
	maxLevel   = 10
)

// Validate reports everything that is wrong with the plan, in the order of its
// fields: it joins a [*PlanError] for each. An Engine takes only a plan for
// which this is nil. What is allowed but hardly meant is for [Plan.Check].
func (p *Plan) Validate() error {
	v := validator{queues: make(map[string]bool), tiers: make(map[string]bool)}
	for i := range p.Queues {
		v.queues[p.Queues[i].Name] = true
	}
	for i := range p.Tiers {
		v.tiers[p.Tiers[i].Name] = true
	}

	v.optionalDuration("max_head_start", p.MaxHeadStart)
	v.count("max_calls", p.MaxCalls)
	v.duration("transfer_head_start", p.TransferHeadStart)
	v.optionalDuration("longest_stay", p.LongestStay)
	if n := p.Callback.Attempts; n != nil && *n < 1 {
		v.fail("callback.attempts", "want 1 or more, got %d", *n)
	}
	v.optionalDuration("callback.retry_after", p.Callback.RetryAfter)
	v.affinity(&p.Affinity)
	v.allTiers(p.Tiers)
	v.entry(p.Entry)
	v.allQueues(p.Queues)
	return errors.Join(v.errs...)
}

// validator collects what is wrong, given the names that a plan has.
type validator struct {
	queues, tiers map[string]bool
	errs          []error
}

func (v *validator) fail(path, format string, args ...any) {
	v.errs = append(v.errs, &PlanError{path, fmt.Sprintf(format, args...)})
}

func (v *validator) affinity(a *Affinity) {
	word(v, "affinity.mode", a.Mode, AffinityOff, AffinityPrefer, AffinityHold)
	v.optionalDuration("affinity.head_start", a.HeadStart)
	v.optionalDuration("affinity.hold", a.Hold)
	v.optionalDuration("affinity.remember", a.Remember)
	v.count("affinity.entries", a.Entries)
	v.optionalDuration("affinity.min_talk", a.MinTalk)
}

func (v *validator) allTiers(tiers []Tier) {
	v.size("tiers", len(tiers), 0, maxTiers)
	names := make(map[string]string)
	for i := range tiers {
		t, path := &tiers[i], at("tiers", i)
		v.name(path+".name", t.Name, names)
		if s := t.MinScore; s != nil && !(*s >= 0 && *s <= 100) {
			v.fail(path+".min_score", "want 0 to 100, got %v", *s)
		}
		v.duration(path+".head_start", t.HeadStart)
	}
}

func (v *validator) entry(entries []Entry) {
	v.size("entry", len(entries), 1, maxEntries)
	names := make(map[string]string)
	for i := range entries {
		e, path := &entries[i], at("entry", i)
		if e.Name != "" {
			v.name(path+".name", e.Name, names)
		}
		v.when(path+".when", &e.When)
		if i == len(entries)-1 && !e.When.always() {
			v.fail(path+".when", "the last rule must match every call")
		}
		v.known(path+".queue", "queue", e.Queue, v.queues)
		v.duration(path+".head_start", e.HeadStart)
	}
}

// always reports whether the condition holds for every call.
func (w *When) always() bool {
	return w.Dialed == nil && w.Caller == nil && w.Tier == nil && len(w.Attributes) == 0 && w.Withheld == nil && w.Open == ""
}

func (v *validator) when(path string, w *When) {
	v.patterns(path+".dialed", w.Dialed)
	v.patterns(path+".caller", w.Caller)
	v.tierList(path+".tier", w.Tier)
	v.attributes(path+".attributes", w.Attributes)
	if w.Open != "" {
		v.known(path+".open", "queue", w.Open, v.queues)
	}
}

func (v *validator) tierList(path string, tiers []string) {
	v.notEmpty(path, tiers)
	for i, name := range tiers {
		v.known(at(path, i), "tier", name, v.tiers)
	}
}

func (v *validator) patterns(path string, patterns []string) {
	v.notEmpty(path, patterns)
	for i, text := range patterns {
		number, prefix := strings.CutSuffix(text, "*")
		switch path := at(path, i); {
		case text == "":
			v.fail(path, "want a number, or a prefix that ends in *, got nothing")
		case !validID(text):
			v.fail(path, "want 1 to 128 bytes of printable UTF-8, got %s", quote(text))
		case strings.Contains(number, "*"):
			v.fail(path, "want * at the end only, got %s", quote(text))
		case bare(number) == "" && !prefix:
			v.fail(path, "want a number, or a prefix that ends in *, got %s", quote(text))
		}
	}
}

// attributes holds a condition to the limits of a call's attributes: beyond
// them it could never be met.
func (v *validator) attributes(path string, attributes map[string]string) {
	v.size(path, len(attributes), 0, maxAttributes)
	total := 0
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		value := attributes[key]
		if problem := goodAttribute(key, value); problem != "" {
			v.fail(member(path, key), "%s", problem)
		}
		total += len(key) + len(value)
	}
	if total > maxAttributeBytes {
		v.fail(path, "want at most %d bytes in all, got %d", maxAttributeBytes, total)
	}
}

func (v *validator) allQueues(queues []Queue) {
	v.size("queues", len(queues), 1, maxQueues)
	names := make(map[string]string)
	for i := range queues {
		q, path := &queues[i], at("queues", i)
		v.name(path+".name", q.Name, names)
		word(v, path+".select", q.Select,
			SelectLongestIdle, SelectMostSkilled, SelectLeastSkilled, SelectLeastOccupied, SelectFewestCalls)
		if q.Ring != nil && *q.Ring == 0 {
			v.fail(path+".ring", "want more than 0s, or an offer could not be accepted")
		}
		v.optionalDuration(path+".ring", q.Ring)
		v.duration(path+".wrap_up", q.WrapUp)
		v.duration(path+".rest_after_missed", q.RestAfterMissed)
		v.optionalDuration(path+".rest_after_error", q.RestAfterError)
		v.count(path+".max_missed", q.MaxMissed)
		v.count(path+".capacity", q.Capacity)
		v.elsewhere(path+".when_full", &q.WhenFull)
		if q.WhenFull.Callback {
			v.fail(path+".when_full.callback", "a callback is suggested by when_closed only")
		}
		v.hours(path+".hours", q.Hours)
		v.elsewhere(path+".when_closed", &q.WhenClosed)
		v.serviceLevel(path+".service_level", q.ServiceLevel)
		v.duration(path+".announce_every", q.AnnounceEvery)
		if every := q.AnnounceEvery; every > 0 && every < time.Second {
			v.fail(path+".announce_every", "want 0s, or 1s at least, got %v", every)
		}
		if !utf8.ValidString(q.Guide) {
			v.fail(path+".guide", "want UTF-8")
		}
		v.steps(path+".steps", q)
	}
}

func (v *validator) elsewhere(path string, e *Elsewhere) {
	if given(e.Divert != "", e.Queue != "", e.Block, e.Callback) > 1 {
		v.fail(path, "want at most one of divert, queue, block and callback")
	}
	if e.Divert != "" {
		v.name(path+".divert", e.Divert, nil)
	}
	if e.Queue != "" {
		v.known(path+".queue", "queue", e.Queue, v.queues)
	}
}

func (v *validator) serviceLevel(path string, s *ServiceLevel) {
	if s == nil {
		return
	}
	if !(s.Target >= 0 && s.Target <= 1) {
		v.fail(path+".target", "want a share from 0 to 1, got %v", s.Target)
	}
	v.duration(path+".within", s.Within)
	v.duration(path+".short_abandon", s.ShortAbandon)
}

// name wants an identifier that none of those seen has, by where it was seen.
// A nil map asks for an identifier only.
func (v *validator) name(path, name string, seen map[string]string) {
	if !validID(name) {
		v.fail(path, "want 1 to 128 bytes of printable UTF-8, got %s", quote(name))
		return
	}
	if first, again := seen[name]; again {
		v.fail(path, "%s is already %s", quote(name), first)
	} else if seen != nil {
		seen[name] = path
	}
}

func (v *validator) known(path, kind, name string, names map[string]bool) {
	switch {
	case name == "":
		v.fail(path, "want the name of a %s, got nothing", kind)
	case !names[name]:
		v.fail(path, "no %s is named %s", kind, quote(name))
	}
}

func word[W ~string](v *validator, path string, w W, words ...W) {
	if w != "" && !slices.Contains(words, w) {
		v.fail(path, "want one of %q, got %s", words, quote(string(w)))
	}
}

func (v *validator) duration(path string, d time.Duration) {
	if d < 0 || d > maxDuration {
		v.fail(path, "want 0s to %dh, got %v", maxDuration/time.Hour, d)
	}
}

func (v *validator) optionalDuration(path string, d *time.Duration) {
	if d != nil {
		v.duration(path, *d)
	}
}

func (v *validator) count(path string, n *int) {
	if n != nil && *n < 0 {
		v.fail(path, "want 0 or more, got %d", *n)
	}
}

func (v *validator) size(path string, n, least, most int) {
	switch {
	case n < least:
		v.fail(path, "want at least %d, got %d", least, n)
	case n > most:
		v.fail(path, "want at most %d, got %d", most, n)
	}
}

func (v *validator) notEmpty(path string, list []string) {
	if list != nil && len(list) == 0 {
		v.fail(path, "an empty list matches no call; leave it out to match every call")
	}
}

// given counts what was set.
func given(set ...bool) int {
	n := 0
	for _, s := range set {
		if s {
			n++
		}
	}
	return n
}
