package acd

import (
	"math"
	"slices"
	"strings"
)

// entryTable is the entry rules, with an index by dialled number: a centre may
// have thousands of rules that differ in nothing else.
type entryTable struct {
	rules []entryRule
	// Rules by what they ask of the dialled number: nothing, a number, or a
	// prefix. Each list is in the order of the rules.
	any     []int
	numbers map[string][]int
	// prefixes are by length, and then by text.
	prefixes []map[string][]int
}

type entryRule struct {
	*Entry
	queue  *queueState
	caller patterns
}

func compileEntry(entries []Entry, queues map[string]*queueState) entryTable {
	t := entryTable{numbers: make(map[string][]int)}
	for i := range entries {
		rule := &entries[i]
		t.rules = append(t.rules, entryRule{rule, queues[rule.Queue], compilePatterns(rule.When.Caller)})
		if len(rule.When.Dialed) == 0 {
			t.any = append(t.any, i)
		}
		for _, p := range compilePatterns(rule.When.Dialed) {
			if !p.prefix {
				t.numbers[p.number] = append(t.numbers[p.number], i)
				continue
			}
			for len(t.prefixes) <= len(p.number) {
				t.prefixes = append(t.prefixes, nil)
			}
			byText := &t.prefixes[len(p.number)]
			if *byText == nil {
				*byText = make(map[string][]int)
			}
			(*byText)[p.number] = append((*byText)[p.number], i)
		}
	}
	return t
}

// match returns the first rule for an arriving call. It looks at the rules
// that ask nothing of the dialled number, or what it fulfils, until one holds.
func (t *entryTable) match(c *call, dialed string) *entryRule {
	first := math.MaxInt
	try := func(list []int) {
		for _, i := range list {
			if i >= first {
				return
			}
			if t.rules[i].holds(c) {
				first = i
				return
			}
		}
	}
	try(t.any)
	if dialed != "" {
		try(t.numbers[dialed])
		for n := 0; n < len(t.prefixes) && n <= len(dialed); n++ {
			if t.prefixes[n] != nil {
				try(t.prefixes[n][dialed[:n]])
			}
		}
	}
	return &t.rules[first]
}

// holds judges all of a rule but the dialled number.
func (r *entryRule) holds(c *call) bool {
	w := &r.When
	if w.Withheld != nil && *w.Withheld != (c.number == "") {
		return false
	}
	if w.Tier != nil && !slices.Contains(w.Tier, c.tier) {
		return false
	}
	if w.Caller != nil && !r.caller.match(c.number) {
		return false
	}
	for key, want := range w.Attributes {
		if got, ok := c.attributes[key]; !ok || got != want {
			return false
		}
	}
	return true
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

// match is false for a number that is not there.
func (ps patterns) match(number string) bool {
	if number == "" {
		return false
	}
	for _, p := range ps {
		if p.prefix && strings.HasPrefix(number, p.number) || number == p.number {
			return true
		}
	}
	return false
}
