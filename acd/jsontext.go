package acd

import (
	"bytes"
	"encoding/json"
	"iter"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions that read expect JSON that [json.Valid] has seen.

// members yields the members of an object in their order, keys still quoted.
func members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		i := skipSpace(object, 1)
		for object[i] != '}' {
			key := object[i:skipValue(object, i)]
			i = skipSpace(object, i+len(key))
			i = skipSpace(object, i+1) // the colon
			value := object[i:skipValue(object, i)]
			if !yield(key, value) {
				return
			}
			i = skipSpace(object, i+len(value))
			if object[i] == ',' {
				i = skipSpace(object, i+1)
			}
		}
	}
}

// elements yields the elements of a list.
func elements(list []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		i := skipSpace(list, 1)
		for list[i] != ']' {
			value := list[i:skipValue(list, i)]
			if !yield(value) {
				return
			}
			i = skipSpace(list, i+len(value))
			if list[i] == ',' {
				i = skipSpace(list, i+1)
			}
		}
	}
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r' || data[i] == '\n') {
		i++
	}
	return i
}

// skipValue is the end of the value that begins at i.
func skipValue(data []byte, i int) int {
	depth := 0
	for {
		switch data[i] {
		case '"':
			i = skipString(data, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		case ',', ':', ' ', '\t', '\r', '\n':
			i++
		default: // a number, true, false or null
			for i < len(data) && data[i] > ' ' && data[i] != ',' && data[i] != ']' && data[i] != '}' {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
}

func skipString(data []byte, i int) int {
	for i++; data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// unquote is the text of a JSON string. False: it is not valid Unicode, for
// which the standard decoder puts U+FFFD, so that two texts might become one.
func unquote(quoted []byte) (string, bool) {
	inner := quoted[1 : len(quoted)-1]
	escaped := bytes.IndexByte(inner, '\\') >= 0
	if !utf8.Valid(inner) || escaped && loneSurrogate(inner) {
		return "", false
	}
	if !escaped {
		return string(inner), true
	}
	var s string
	return s, json.Unmarshal(quoted, &s) == nil
}

// loneSurrogate looks for half of a surrogate pair among the escapes.
func loneSurrogate(inner []byte) bool {
	for i := 0; i < len(inner); i++ {
		if inner[i] != '\\' {
			continue
		}
		i++
		if inner[i] != 'u' {
			continue
		}
		r := hex4(inner[i+1:])
		i += 4
		if !utf16.IsSurrogate(r) {
			continue
		}
		rest := inner[i+1:]
		if len(rest) < 6 || rest[0] != '\\' || rest[1] != 'u' || utf16.DecodeRune(r, hex4(rest[2:])) == utf8.RuneError {
			return true
		}
		i += 6
	}
	return false
}

func hex4(digits []byte) rune {
	n, _ := strconv.ParseUint(string(digits[:4]), 16, 16)
	return rune(n)
}

// describe shows a value in an error, cut short.
func describe(value []byte) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		s, ok := unquote(value)
		if !ok {
			return "invalid Unicode"
		}
		return quote(s)
	}
	if len(value) > 40 {
		return string(value[:37]) + "..."
	}
	return string(value)
}

// member is the path of an object's member.
func member(path, name string) string {
	simple := name != ""
	for i := range len(name) {
		c := name[i]
		simple = simple && (c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9')
	}
	switch {
	case !simple || len(name) > 64:
		return path + "[" + quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// at is the path of a list's element.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// appendString appends s as a JSON string, as encoding/json does without HTML
// escapes: what is not UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if !(r == utf8.RuneError && size == 1) && r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
			dst = append(dst, s[start:i]...)
			switch r {
			case '\u2028':
				dst = append(dst, `\u2028`...)
			case '\u2029':
				dst = append(dst, `\u2029`...)
			default:
				dst = append(dst, `\ufffd`...)
			}
		} else {
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\b':
				dst = append(dst, `\b`...)
			case '\f':
				dst = append(dst, `\f`...)
			case '\n':
				dst = append(dst, `\n`...)
			case '\r':
				dst = append(dst, `\r`...)
			case '\t':
				dst = append(dst, `\t`...)
			default:
				dst = append(dst, `\u00`...)
				dst = append(dst, hex[c>>4], hex[c&15])
			}
		}
		i += size
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// appendFloat appends a finite number as encoding/json does, nearly.
func appendFloat(dst []byte, f float64) []byte {
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, 64)
}
