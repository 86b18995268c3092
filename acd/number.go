package acd

import (
	"strings"
	"unicode"
)

// bare is a telephone number without spaces, hyphens, dots and brackets, the
// form in which numbers are compared. It does not allocate for a number that
// is bare already.
func bare(number string) string {
	for i := range len(number) {
		if c := number[i]; c != '+' && (c < '0' || c > '9') {
			return strings.Map(bareRune, number)
		}
	}
	return number
}

func bareRune(r rune) rune {
	if r == '.' || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Dash, unicode.Ps, unicode.Pe) {
		return -1
	}
	return r
}
