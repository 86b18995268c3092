package acd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Finding is something about a valid plan that is hardly meant.
type Finding struct {
	// Path is where, as in queues[1].steps[2].
	Path    string
	Problem string
}

// String tells path and problem.
func (f Finding) String() string { return f.Path + ": " + f.Problem }

// Check looks for what is allowed in a plan but hardly meant. The plan must be
// valid, see [Plan.Validate]. It finds, in this order:
//
//   - a hold longer than the plan's MaxHeadStart;
//   - head starts whose sum the cap cuts;
//   - entry rules that no call can match, or that one earlier rule leaves no
//     call (several rules together may do so unseen), and those that ask for
//     an open queue where it is never closed;
//   - queues with no floor, and steps that open a queue to everyone;
//   - steps that none of the agents can serve; nil agents are not looked at;
//   - steps whose condition can never hold, or holds for every call in line;
//   - hours that are never open, a when_closed that is never needed, or that
//     names a queue which is closed then as well;
//   - announcements more often than once a second;
//   - queues whose when_full names the queue itself, and overflow to a queue
//     that is never open;
//   - cycles of overflow, one for each queue that is in one and was not named;
//   - queues to which no entry rule, overflow, when_full or when_closed leads,
//     but a transfer at most.
//
// It takes time quadratic in the number of entry rules at worst.
func (p *Plan) Check(agents map[string]Skills) []Finding {
	c := checker{plan: p, queues: make(map[string]int), cap: orDefault(p.MaxHeadStart, defaultMaxHeadStart)}
	for i := range p.Queues {
		c.queues[p.Queues[i].Name] = i
		opening, _ := compileHours(p.Queues[i].Hours) // nothing is wrong with a valid plan's
		c.openings = append(c.openings, opening)
	}
	c.hold()
	c.headStarts()
	c.entry()
	c.needs()
	if agents != nil {
		c.service(agents)
	}
	c.conditions()
	c.hours()
	c.overflow()
	c.reach()
	return c.findings
}

type checker struct {
	plan     *Plan
	cap      time.Duration // on the sum of head starts
	queues   map[string]int
	openings []*opening // by queue
	findings []Finding
}

func (c *checker) find(path, format string, args ...any) {
	c.findings = append(c.findings, Finding{path, fmt.Sprintf(format, args...)})
}

func (c *checker) hold() {
	hold := orDefault(c.plan.Affinity.Hold, defaultHold)
	if c.plan.Affinity.Mode == AffinityHold && hold > c.cap {
		c.find("affinity.hold", "a hold of %v is longer than max_head_start %v", hold, c.cap)
	}
}

// headStarts looks at the largest sum of each part with those above it. The
// head start that an arrival brings along is not known here.
func (c *checker) headStarts() {
	c.sum("transfer_head_start", part{"a transfer", c.plan.TransferHeadStart})
	own := part{"the own agent", 0}
	if mode := c.plan.Affinity.Mode; mode == AffinityPrefer || mode == AffinityHold {
		own.headStart = orDefault(c.plan.Affinity.HeadStart, defaultAffinityHeadStart)
	}
	c.sum("affinity.head_start", own)
	var tiers []part
	for i := range c.plan.Tiers {
		t := &c.plan.Tiers[i]
		tier := part{"tier " + quote(t.Name), t.HeadStart}
		tiers = append(tiers, tier)
		if t.HeadStart > 0 {
			c.sum(at("tiers", i)+".head_start", tier, own)
		}
	}
	for i := range c.plan.Entry {
		e := &c.plan.Entry[i]
		if e.HeadStart <= 0 {
			continue
		}
		var tier part
		for k := range tiers {
			if (e.When.Tier == nil || slices.Contains(e.When.Tier, c.plan.Tiers[k].Name)) && tiers[k].headStart > tier.headStart {
				tier = tiers[k]
			}
		}
		c.sum(at("entry", i)+".head_start", part{"entry rule " + quote(cmp.Or(e.Name, at("entry", i))), e.HeadStart}, tier, own)
	}
}

type part struct {
	name      string
	headStart time.Duration
}

func (c *checker) sum(path string, parts ...part) {
	var total time.Duration
	var names []string
	for _, p := range parts {
		if p.headStart > 0 {
			total += p.headStart
			names = append(names, fmt.Sprintf("%s (%v)", p.name, p.headStart))
		}
	}
	if total > c.cap {
		c.find(path, "%s: %v in all is cut to max_head_start %v", strings.Join(names, " + "), total, c.cap)
	}
}

func (c *checker) entry() {
	rules := make([]condition, len(c.plan.Entry))
	for i := range c.plan.Entry {
		when := &c.plan.Entry[i].When
		rules[i] = condition{when, compilePatterns(when.Dialed), compilePatterns(when.Caller), when.Open}
		path := at("entry", i)
		if queue, ok := c.queues[when.Open]; ok && when.Open != "" {
			switch opening := c.openings[queue]; {
			case opening == nil:
				rules[i].open = ""
				c.find(path+".when.open", "queue %s has no hours, so it is always open", quote(when.Open))
			case opening.never():
				c.find(path, "no call matches: queue %s is never open", quote(when.Open))
				continue
			}
		}
		if w := when.Withheld; w != nil && *w && when.Caller != nil {
			c.find(path, "no call matches: a withheld number is none of when.caller")
			continue
		}
		for k := range rules[:i] {
			if rules[k].covers(&rules[i]) {
				c.find(path, "no call gets here: %s%s matches all that this rule does", at("entry", k), inBrackets(c.plan.Entry[k].Name))
				break
			}
		}
	}
}

func inBrackets(name string) string {
	if name == "" {
		return ""
	}
	return " (" + quote(name) + ")"
}

// condition is a When with its patterns compiled, and the queue that must be
// open if that is ever closed.
type condition struct {
	*When
	dialed, caller patterns
	open           string
}

// covers reports whether a holds for every call for which b does.
func (a *condition) covers(b *condition) bool {
	numbered := b.caller != nil || b.Withheld != nil && !*b.Withheld
	switch {
	case a.dialed != nil && !a.dialed.cover(b.dialed):
		return false
	case a.caller != nil && !a.caller.cover(b.caller) && !(numbered && a.caller.all()):
		return false
	case a.Withheld != nil && *a.Withheld && (b.Withheld == nil || !*b.Withheld):
		return false
	case a.Withheld != nil && !*a.Withheld && !numbered:
		return false
	case a.open != "" && a.open != b.open:
		return false
	case a.Tier != nil && (b.Tier == nil || !subset(b.Tier, a.Tier)):
		return false
	}
	for key, value := range a.Attributes {
		if got, ok := b.Attributes[key]; !ok || got != value {
			return false
		}
	}
	return true
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// cover reports whether every number that others match is matched by ps too.
// No others at all match also what has no number.
func (ps patterns) cover(others patterns) bool {
	return others != nil && !slices.ContainsFunc(others, func(o pattern) bool {
		return !slices.ContainsFunc(ps, func(p pattern) bool {
			if p.prefix {
				return strings.HasPrefix(o.number, p.number)
			}
			return !o.prefix && p.number == o.number
		})
	})
}

// all reports whether the patterns match every number.
func (ps patterns) all() bool {
	return slices.ContainsFunc(ps, func(p pattern) bool { return p.prefix && p.number == "" })
}

// needs looks for queues and steps that ask nothing of an agent.
func (c *checker) needs() {
	for i := range c.plan.Queues {
		path := at("queues", i) + ".steps"
		var open []string
		limited := false
		for k, step := range c.plan.Queues[i].Steps {
			switch {
			case step.Do != nil:
			case len(step.Needs) == 0:
				open = append(open, at(path, k))
			default:
				limited = true
			}
		}
		if !limited {
			c.find(path, "no floor: no step has needs, so everyone can take the calls of queue %s", quote(c.plan.Queues[i].Name))
			continue
		}
		for _, path := range open {
			c.find(path, "no needs: at this step everyone can take the call")
		}
	}
}

func (c *checker) service(agents map[string]Skills) {
	best := make(Skills)
	for _, skills := range agents {
		for name, level := range skills {
			best[name] = max(best[name], level)
		}
	}
	somebodyMeets := func(needs Skills) bool {
		if len(needs) <= 1 || !best.Meets(needs) {
			return best.Meets(needs)
		}
		for _, skills := range agents {
			if skills.Meets(needs) {
				return true
			}
		}
		return false
	}
	for i := range c.plan.Queues {
		for k, step := range c.plan.Queues[i].Steps {
			if step.Do == nil && len(step.Needs) > 0 && !somebodyMeets(step.Needs) {
				c.find(at(at("queues", i)+".steps", k)+".needs", "none of the %d agents has these skills", len(agents))
			}
		}
	}
}

// pattern is a number, or the beginning of one, bare.
type pattern struct {
	number string
	prefix bool
}

type patterns []pattern

func compilePatterns(texts []string) patterns {
	var ps patterns
	for _, text := range texts {
		text, prefix := strings.CutSuffix(text, "*")
		ps = append(ps, pattern{bare(text), prefix})
	}
	return ps
}
