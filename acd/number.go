package acd

import (
	"strings"
	"unicode"
)

// bare is a telephone number without spaces, hyphens, dots and brackets, the
// form in which numbers are compared. It does not allocate for a number that
// is bare already.
func bare(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" -.()[]{}", r):
			return -1
		case r < unicode.MaxASCII:
			return r
		case unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Ps, unicode.Pe):
			return -1
		default:
			return r
		}
	}, number)
}
