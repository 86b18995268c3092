package loyalty

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// ParseRules reads rules from JSON and validates them. A field that is not
// given has its default; scales that are given replace all of the default ones,
// and each needs its four values.
//
// Reading is strict: a field that is not known, or written in another case, or
// given twice, a null, a value of another type, a duration that is not a Go
// duration string, and text that is not UTF-8 are errors, and so is anything
// after the rules. The error joins all that is wrong, each an [*Error] that
// names its JSON path, or the line and column if the text is no JSON at all.
func ParseRules(data []byte) (Rules, error) {
	r := Default()
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // the byte order mark that some editors write
	if err := readStrict(data, reflect.ValueOf(&r).Elem()); err != nil {
		return Rules{}, err
	}
	if err := r.Validate(); err != nil {
		return Rules{}, err
	}
	return r, nil
}

// UnmarshalJSON is [ParseRules].
func (r *Rules) UnmarshalJSON(data []byte) error {
	rules, err := ParseRules(data)
	if err == nil {
		*r = rules
	}
	return err
}

// MarshalJSON writes the rules as JSON from which [ParseRules] makes equal
// rules: every field in the order of the structs, but for bands that are not
// there. It does not validate, but for numbers that are not finite.
func (r Rules) MarshalJSON() ([]byte, error) { return appendJSON(nil, reflect.ValueOf(r)) }

var durationType = reflect.TypeFor[time.Duration]()

func readStrict(data []byte, dst reflect.Value) error {
	var f faults
	var raw json.RawMessage
	if !utf8.Valid(data) {
		f.add("", "the text is not UTF-8")
	} else if err := json.Unmarshal(data, &raw); err != nil {
		offset := len(data)
		if syntax, ok := err.(*json.SyntaxError); ok {
			offset = int(syntax.Offset) - 1
		}
		before := data[:max(0, min(offset, len(data)))]
		column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		f.add("", "line %d, column %d: %v", bytes.Count(before, []byte("\n"))+1, column, err)
	} else {
		f.read(dst, raw, "", false)
	}
	return f.err()
}

// read sets dst to a value. Complete asks that each field of a struct is given.
func (f *faults) read(dst reflect.Value, raw json.RawMessage, path string, complete bool) {
	raw = bytes.TrimSpace(raw)
	wrong := func(want string) { f.add(path, "want %s, got %.40s", want, raw) }
	switch {
	case dst.Type() == durationType:
		var text string
		d := time.Duration(0)
		err := json.Unmarshal(raw, &text)
		if err == nil {
			d, err = time.ParseDuration(text)
		}
		if err != nil {
			wrong(`a duration such as "720h"`)
		}
		dst.SetInt(int64(d))
	case dst.Kind() == reflect.Struct, dst.Kind() == reflect.Map:
		if raw[0] != '{' {
			wrong("an object")
			return
		}
		f.object(dst, raw, path, complete)
	case dst.Kind() == reflect.Slice:
		var list []json.RawMessage
		if raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
			wrong("a list")
			return
		}
		dst.Set(reflect.MakeSlice(dst.Type(), len(list), len(list)))
		for i, element := range list {
			f.read(dst.Index(i), element, fmt.Sprintf("%s[%d]", path, i), true)
		}
	default: // a number
		if raw[0] == 'n' || json.Unmarshal(raw, dst.Addr().Interface()) != nil {
			if dst.CanInt() {
				wrong("a whole number")
			} else {
				wrong("a number")
			}
		}
	}
}

// object reads into a struct, or into a map, which it empties first.
func (f *faults) object(dst reflect.Value, raw json.RawMessage, path string, complete bool) {
	if dst.Kind() == reflect.Map {
		dst.Set(reflect.MakeMap(dst.Type()))
	}
	seen := make(map[string]bool)
	for name, value := range members(raw) {
		path := at(path, name)
		if seen[name] {
			f.add(path, "given twice")
			continue
		}
		seen[name] = true
		if dst.Kind() == reflect.Map {
			element := reflect.New(dst.Type().Elem()).Elem()
			f.read(element, value, path, true)
			dst.SetMapIndex(reflect.ValueOf(name), element)
		} else if field := fieldNamed(dst, name); field.IsValid() {
			f.read(field, value, path, complete)
		} else {
			f.add(path, "unknown field")
		}
	}
	if !complete || dst.Kind() != reflect.Struct {
		return
	}
	for i := range dst.NumField() {
		if name := dst.Type().Field(i).Tag.Get("json"); !seen[name] {
			f.add(at(path, name), "missing")
		}
	}
}

// members yields the members of an object in their order. The JSON is valid.
func members(object json.RawMessage) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(object))
		d.Token() // the opening bracket
		for d.More() {
			name, _ := d.Token()
			var value json.RawMessage
			if d.Decode(&value) != nil || !yield(name.(string), value) {
				return
			}
		}
	}
}

func fieldNamed(object reflect.Value, name string) reflect.Value {
	for i := range object.NumField() {
		if object.Type().Field(i).Tag.Get("json") == name {
			return object.Field(i)
		}
	}
	return reflect.Value{}
}

// at is the path of an object's member.
func at(path, name string) string {
	switch {
	case !simple(name):
		return path + fmt.Sprintf("[%.64q]", name)
	case path == "":
		return name
	}
	return path + "." + name
}

func simple(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// appendJSON writes what readStrict reads.
func appendJSON(dst []byte, v reflect.Value) ([]byte, error) {
	var err error
	open := func(name string) {
		if dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		quoted, _ := json.Marshal(name)
		dst = append(append(dst, quoted...), ':')
	}
	switch {
	case v.Type() == durationType:
		return strconv.AppendQuote(dst, v.Interface().(time.Duration).String()), nil
	case v.Kind() == reflect.Struct:
		dst = append(dst, '{')
		for i := range v.NumField() {
			if field := v.Field(i); field.Kind() != reflect.Slice || field.Len() > 0 {
				open(v.Type().Field(i).Tag.Get("json"))
				if dst, err = appendJSON(dst, field); err != nil {
					return nil, err
				}
			}
		}
		return append(dst, '}'), nil
	case v.Kind() == reflect.Map:
		dst = append(dst, '{')
		scales := v.Interface().(map[string]Scale)
		for _, name := range slices.Sorted(maps.Keys(scales)) {
			open(name)
			if dst, err = appendJSON(dst, reflect.ValueOf(scales[name])); err != nil {
				return nil, err
			}
		}
		return append(dst, '}'), nil
	case v.Kind() == reflect.Slice:
		dst = append(dst, '[')
		for i := range v.Len() {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = appendJSON(dst, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return append(dst, ']'), nil
	default: // a number
		text, err := json.Marshal(v.Interface())
		return append(dst, text...), err
	}
}
