package acd

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// entryTable is the entry rules, with an index: a centre may have thousands of
// rules that differ in nothing but a number or a choice in a menu. Each rule
// is filed by what it asks of the dialled number, or else by one of its
// attributes, or else by the caller numbers, or else under any. Each list is in
// the order of the rules.
type entryTable struct {
	rules          []entryRule
	any            []int
	dialed, caller numberIndex
	attributes     map[attribute][]int
}

type entryRule struct {
	*Entry
	queue  *queueState
	open   *queueState // must be, if not nil
	caller numberIndex
}

type attribute struct{ key, value string }

func compileEntry(entries []Entry, queues map[string]*queueState) entryTable {
	t := entryTable{attributes: make(map[attribute][]int)}
	for i := range entries {
		e := &entries[i]
		rule := entryRule{Entry: e, queue: queues[e.Queue], open: queues[e.When.Open]}
		for _, text := range e.When.Caller {
			rule.caller.add(text, i)
		}
		t.rules = append(t.rules, rule)
		switch {
		case len(e.When.Dialed) > 0:
			for _, text := range e.When.Dialed {
				t.dialed.add(text, i)
			}
		case len(e.When.Attributes) > 0:
			key := slices.Min(slices.Collect(maps.Keys(e.When.Attributes)))
			a := attribute{key, e.When.Attributes[key]}
			t.attributes[a] = append(t.attributes[a], i)
		case len(e.When.Caller) > 0:
			for _, text := range e.When.Caller {
				t.caller.add(text, i)
			}
		default:
			t.any = append(t.any, i)
		}
	}
	return t
}

// match returns the first rule for an arriving call. It looks at those rules
// that are filed under what the call has, until one holds.
func (t *entryTable) match(c *call, dialed string, now int64) *entryRule {
	first := math.MaxInt
	try := func(list []int) {
		for _, i := range list {
			if i >= first {
				return
			}
			if t.rules[i].holds(c, now) {
				first = i
				return
			}
		}
	}
	try(t.any)
	t.dialed.each(dialed, try)
	t.caller.each(c.number, try)
	for key, value := range c.attributes { // in no order: the first rule is sought among all
		try(t.attributes[attribute{key, value}])
	}
	return &t.rules[first]
}

// holds judges all of a rule but the dialled number.
func (r *entryRule) holds(c *call, now int64) bool {
	w := &r.When
	if r.open != nil && r.open.closed(now) {
		return false
	}
	if w.Withheld != nil && *w.Withheld != (c.number == "") {
		return false
	}
	if w.Tier != nil && !slices.Contains(w.Tier, c.tier) {
		return false
	}
	if w.Caller != nil {
		known := false
		r.caller.each(c.number, func(list []int) { known = known || list != nil })
		if !known {
			return false
		}
	}
	for key, want := range w.Attributes {
		if got, ok := c.attributes[key]; !ok || got != want {
			return false
		}
	}
	return true
}

// numberIndex finds the rules that ask for a number, or for one that begins
// so. Numbers are bare.
type numberIndex struct {
	numbers  map[string][]int
	prefixes []map[string][]int // by length
}

// add files a rule under a number, or a prefix that ends in "*".
func (x *numberIndex) add(text string, rule int) {
	text, prefix := strings.CutSuffix(text, "*")
	text = bare(text)
	into := &x.numbers
	if prefix {
		for len(x.prefixes) <= len(text) {
			x.prefixes = append(x.prefixes, nil)
		}
		into = &x.prefixes[len(text)]
	}
	if *into == nil {
		*into = make(map[string][]int)
	}
	(*into)[text] = append((*into)[text], rule)
}

// each visits the lists for a number, some of them nil. There are none for a
// number that is not there.
func (x *numberIndex) each(number string, visit func([]int)) {
	if number == "" {
		return
	}
	visit(x.numbers[number])
	for n := 0; n < len(x.prefixes) && n <= len(number); n++ {
		visit(x.prefixes[n][number[:n]])
	}
}
