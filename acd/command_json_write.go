package acd

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// MarshalJSON writes the command as one object: type, at, and the fields that
// the type reads, but for those that are empty. [ParseCommand] makes an equal
// command of it if the command is one that makes sense; otherwise it refuses
// it, or warns, as the Engine does. For that, bytes that are not UTF-8 become
// escapes of lone surrogates, and a score that is no finite number a string. A
// time or a plan that JSON cannot say is an error.
func (c Command) MarshalJSON() ([]byte, error) {
	times := []time.Time{c.At}
	if c.Type == CmdCallback {
		times = append(times, c.From, c.Until)
	}
	for _, t := range times {
		if year := t.UTC().Year(); year < 0 || year > 9999 {
			return nil, fmt.Errorf("command with the time %v: RFC 3339 has no such year", t)
		}
	}
	dst := append(make([]byte, 0, 128), `{"type":`...)
	dst = appendText(dst, string(c.Type))
	dst = append(dst, `,"at":`...)
	dst = appendTime(dst, c.At)
	for _, name := range commandFields[c.Type] {
		if name == "plan" && c.Plan != nil {
			plan, err := c.Plan.MarshalJSON()
			if err != nil {
				return nil, fmt.Errorf("command with a plan: %w", err)
			}
			dst = append(appendMember(dst, name), plan...)
			continue
		}
		dst = c.appendField(dst, name)
	}
	return append(dst, '}'), nil
}

// appendField appends a field, or nothing if it is empty.
func (c *Command) appendField(dst []byte, name string) []byte {
	begun := appendMember(dst, name)
	switch name {
	case "score":
		if c.Score != nil {
			return appendScore(begun, *c.Score)
		}
	case "verified":
		if c.Verified {
			return append(begun, "true"...)
		}
	case "head_start":
		if c.HeadStart != 0 {
			return appendDuration(begun, c.HeadStart)
		}
	case "from":
		if !c.From.IsZero() {
			return appendTime(begun, c.From)
		}
	case "until":
		if !c.Until.IsZero() {
			return appendTime(begun, c.Until)
		}
	case "skills":
		if c.Skills != nil {
			return appendSkills(begun, c.Skills)
		}
	case "attributes":
		if c.Attributes != nil {
			return appendAttributes(begun, c.Attributes)
		}
	case "found":
		if c.Found != nil {
			return c.Found.appendJSON(begun)
		}
	case "warnings":
		if c.Warnings != nil {
			return appendTexts(begun, c.Warnings)
		}
	default:
		if text := c.text(name); text != nil && *text != "" {
			return appendText(begun, *text)
		}
	}
	return dst
}

func (f *Found) appendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	for _, name := range foundFields {
		begun := appendMember(dst, name)
		switch name {
		case "score":
			if f.Score != nil {
				dst = appendScore(begun, *f.Score)
			}
		case "attributes":
			if f.Attributes != nil {
				dst = appendAttributes(begun, f.Attributes)
			}
		default:
			if text := *f.text(name); text != "" {
				dst = appendText(begun, text)
			}
		}
	}
	return append(dst, '}')
}

// appendMember appends the name of an object's next member.
func appendMember(dst []byte, name string) []byte {
	dst = append(comma(dst, '{'), '"')
	dst = append(dst, name...)
	return append(dst, '"', ':')
}

func appendSkills(dst []byte, skills Skills) []byte {
	dst = append(dst, '{')
	for _, skill := range slices.Sorted(maps.Keys(skills)) {
		dst = append(appendText(comma(dst, '{'), skill), ':')
		dst = strconv.AppendInt(dst, int64(skills[skill]), 10)
	}
	return append(dst, '}')
}

func appendAttributes(dst []byte, attributes map[string]string) []byte {
	dst = append(dst, '{')
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		dst = append(appendText(comma(dst, '{'), key), ':')
		dst = appendText(dst, attributes[key])
	}
	return append(dst, '}')
}

func appendTexts(dst []byte, texts []string) []byte {
	dst = append(dst, '[')
	for _, text := range texts {
		dst = appendText(comma(dst, '['), text)
	}
	return append(dst, ']')
}

func appendScore(dst []byte, score float64) []byte {
	if math.IsNaN(score) || math.IsInf(score, 0) {
		return appendString(dst, strconv.FormatFloat(score, 'g', -1, 64))
	}
	return appendFloat(dst, score)
}

// appendText is [appendString], but so that a text that is not UTF-8 reads
// back as one that is not.
func appendText(dst []byte, s string) []byte {
	if utf8.ValidString(s) {
		return appendString(dst, s)
	}
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = fmt.Appendf(dst, `\udc%02x`, s[i])
		} else {
			quoted := appendString(nil, s[i:i+size])
			dst = append(dst, quoted[1:len(quoted)-1]...)
		}
		i += size
	}
	return append(dst, '"')
}
