package cover

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ReadKinds reads kinds of shifts from JSON:
//
//	{"kinds": [
//	  {"name": "full", "from": "07:00", "to": "12:00", "every": "30m", "length": "9h",
//	   "breaks": [{"earliest": "3h", "latest": "5h", "every": "15m", "length": "1h", "paid": false}],
//	   "cost": 8}
//	]}
//
// Fields are those of [Kind] and [Break]; from and to are times of day from 00:00
// to 47:59, the others durations as Go writes them. Name, from and length are
// needed, of a break earliest and length.
//
// Reading is strict: a field that is not known, or written in another case, or
// given twice, a null, and a value of another type are errors, and so is anything
// after the object. The error joins all that is wrong, each with its JSON path,
// or with line and column if the text is no JSON at all.
func ReadKinds(from io.Reader) ([]Kind, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("cover: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors write it
	if !utf8.Valid(data) {
		return nil, errors.New("cover: the text is not UTF-8")
	}
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		at := len(data)
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			at = max(0, min(at, int(syntax.Offset)-1))
		}
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		column := 1 + utf8.RuneCount(data[1+bytes.LastIndexByte(data[:at], '\n'):at])
		return nil, fmt.Errorf("cover: line %d, column %d: %w", line, column, err)
	}
	var r reader
	var kinds []Kind
	r.object("", raw, []string{"kinds"}, fields{
		"kinds": func(path string, raw json.RawMessage) { kinds = list(&r, path, raw, r.kind) },
	})
	if err := errors.Join(r.faults...); err != nil {
		return nil, fmt.Errorf("cover: %w", err)
	}
	if err := check(kinds); err != nil {
		return nil, fmt.Errorf("cover: %w", err)
	}
	return kinds, nil
}

// reader collects all that is wrong.
type reader struct{ faults []error }

// fields are what an object may have, and who reads each.
type fields map[string]func(path string, raw json.RawMessage)

func (r *reader) fail(path, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s: "+format, append([]any{path}, args...)...))
}

func (r *reader) kind(path string, raw json.RawMessage) (k Kind) {
	r.object(path, raw, []string{"name", "from", "length"}, fields{
		"name":   func(path string, raw json.RawMessage) { k.Name = scalar[string](r, path, raw, "a text") },
		"from":   func(path string, raw json.RawMessage) { k.From = r.clock(path, raw) },
		"to":     func(path string, raw json.RawMessage) { k.To = r.clock(path, raw) },
		"every":  func(path string, raw json.RawMessage) { k.Every = r.duration(path, raw) },
		"length": func(path string, raw json.RawMessage) { k.Length = r.duration(path, raw) },
		"breaks": func(path string, raw json.RawMessage) { k.Breaks = list(r, path, raw, r.rest) },
		"cost":   func(path string, raw json.RawMessage) { k.Cost = scalar[float64](r, path, raw, "a number") },
	})
	return k
}

func (r *reader) rest(path string, raw json.RawMessage) (b Break) {
	r.object(path, raw, []string{"earliest", "length"}, fields{
		"earliest": func(path string, raw json.RawMessage) { b.Earliest = r.duration(path, raw) },
		"latest":   func(path string, raw json.RawMessage) { b.Latest = r.duration(path, raw) },
		"every":    func(path string, raw json.RawMessage) { b.Every = r.duration(path, raw) },
		"length":   func(path string, raw json.RawMessage) { b.Length = r.duration(path, raw) },
		"paid":     func(path string, raw json.RawMessage) { b.Paid = scalar[bool](r, path, raw, "true or false") },
	})
	return b
}

// object reads an object's fields in the order of the text. Raw is valid JSON.
func (r *reader) object(path string, raw json.RawMessage, needed []string, known fields) {
	in := json.NewDecoder(bytes.NewReader(raw))
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		r.wrong(path, raw, "an object")
		return
	}
	seen := make(map[string]bool)
	for in.More() {
		name, err := in.Token()
		var value json.RawMessage
		if err == nil {
			err = in.Decode(&value)
		}
		key, _ := name.(string)
		member := strings.TrimPrefix(path+"."+key, ".")
		switch read := known[key]; {
		case err != nil:
			r.fail(member, "%v", err)
			return
		case seen[key]:
			r.fail(member, "given twice")
		case read == nil:
			r.fail(member, "unknown field")
		default:
			read(member, value)
		}
		seen[key] = true
	}
	for _, name := range needed {
		if !seen[name] {
			r.fail(strings.TrimPrefix(path+"."+name, "."), "missing")
		}
	}
}

func (r *reader) wrong(path string, raw json.RawMessage, want string) {
	if path == "" {
		path = "the text"
	}
	r.fail(path, "want %s, got %.40s", want, raw)
}

// list reads the elements of a list.
func list[T any](r *reader, path string, raw json.RawMessage, read func(path string, raw json.RawMessage) T) []T {
	var elements []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &elements) != nil {
		r.wrong(path, raw, "a list")
		return nil
	}
	values := make([]T, len(elements))
	for i, element := range elements {
		values[i] = read(path+"["+strconv.Itoa(i)+"]", element)
	}
	return values
}

// scalar reads a text, a number, or true or false.
func scalar[T string | float64 | bool](r *reader, path string, raw json.RawMessage, want string) (v T) {
	if string(raw) == "null" || json.Unmarshal(raw, &v) != nil {
		r.wrong(path, raw, want)
	}
	return v
}

func (r *reader) duration(path string, raw json.RawMessage) time.Duration {
	var text string
	err := json.Unmarshal(raw, &text)
	d := time.Duration(0)
	if err == nil {
		d, err = time.ParseDuration(text)
	}
	if err != nil {
		r.wrong(path, raw, `a duration such as "30m"`)
	}
	return d
}

// clock reads a time of day, 15:04.
func (r *reader) clock(path string, raw json.RawMessage) time.Duration {
	var text string
	if json.Unmarshal(raw, &text) == nil && len(text) == len("15:04") && text[2] == ':' {
		hours, err1 := strconv.ParseUint(text[:2], 10, 8)
		minutes, err2 := strconv.ParseUint(text[3:], 10, 8)
		if err1 == nil && err2 == nil && hours < 48 && minutes < 60 {
			return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
		}
	}
	r.wrong(path, raw, `a time of day such as "07:00"`)
	return 0
}
