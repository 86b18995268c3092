package acdtest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/najimi-acd/najimi/acd"
)

// holds says whether an entry rule's condition is met.
func (o *Oracle) holds(when acd.When, c *oracleCall) bool {
	for key, value := range when.Attributes {
		if got, ok := c.attributes[key]; !ok || got != value {
			return false
		}
	}
	return (when.Dialed == nil || anyNumber(when.Dialed, c.dialed)) &&
		(when.Caller == nil || anyNumber(when.Caller, c.caller)) &&
		(when.Tier == nil || slices.Contains(when.Tier, c.tier)) &&
		(when.Open == "" || o.open(o.queue(when.Open))) &&
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
