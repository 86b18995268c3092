package acd

import (
	"unicode"
	"unicode/utf8"
)

// maxID is the length of the longest identifier, in bytes.
const maxID = 128

// validID reports whether s can name something: 1 to 128 bytes of printable
// UTF-8, which is what Unicode calls graphic: a name may have an ideographic
// space in it, but no control and nothing invisible.
func validID(s string) bool {
	if s == "" || len(s) > maxID {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return printable(s[i:])
		case c < ' ' || c == 0x7f:
			return false
		}
	}
	return true
}

func printable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			return false
		}
	}
	return true
}
