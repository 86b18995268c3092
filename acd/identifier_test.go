package acd

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestIdentifierIsPrintableUTF8OfAtMost128Bytes(t *testing.T) {
	for s, want := range map[string]bool{
		"":                             false,
		"a":                            true,
		"two words":                    true,
		" ":                            true,
		"~":                            true,
		"\x7f":                         false,
		"\x1f":                         false,
		"a\nb":                         false,
		"オペレーター":                       true,
		"オペレーター\t":                     false,
		"田中\u3000花子":                   true,  // ideographic space
		"ab\u00a0c":                    true,  // no-break space
		"a\u200bb":                     false, // zero width space
		"a\u2028b":                     false, // line separator
		"a\u202eb":                     false, // right-to-left override
		"a\xffb":                       false,
		"a\xed\xa0\x80b":               false, // a surrogate in UTF-8
		"a\ufffdb":                     true,
		"😀":                            true,
		strings.Repeat("a", 128):       true,
		strings.Repeat("a", 129):       false,
		strings.Repeat("あ", 42) + "aa": true,
		strings.Repeat("あ", 43):        false,
	} {
		if got := validID(s); got != want {
			t.Errorf("validID(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestIdentifierAgreesWithItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		).Draw(t, "s")
		want := len(s) >= 1 && len(s) <= 128 && utf8.ValidString(s) &&
			strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) < 0
		if got := validID(s); got != want {
			t.Fatalf("validID(%q) = %v, want %v", s, got, want)
		}
	})
}

func BenchmarkValidID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if !validID("call-20260102-000123456") {
			b.Fatal()
		}
	}
}
