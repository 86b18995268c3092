package acd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// strictReader reads JSON into structs by their json tags and collects all
// that is wrong: names that are not known, in another case, or given twice,
// null, values of another type, text that is not Unicode. A duration is a Go
// duration string.
type strictReader struct {
	errs []error
}

var durationType = reflect.TypeFor[time.Duration]()

// read reads all of data into dst, a pointer to a struct.
func (r *strictReader) read(data []byte, dst any) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(data, new(json.RawMessage))); ok {
		return &PlanError{"", place(data, syntax.Offset) + ": " + syntax.Error()}
	}
	r.value(reflect.ValueOf(dst).Elem(), bytes.TrimSpace(data), "")
	return errors.Join(r.errs...)
}

// place is the line and column of the last of the first n bytes.
func place(data []byte, n int64) string {
	before := data[:max(0, min(n-1, int64(len(data))))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("line %d, column %d", line, column)
}

func (r *strictReader) fail(path, format string, args ...any) {
	r.errs = append(r.errs, &PlanError{path, fmt.Sprintf(format, args...)})
}

func (r *strictReader) value(dst reflect.Value, raw []byte, path string) {
	if dst.Kind() == reflect.Pointer {
		target := reflect.New(dst.Type().Elem())
		dst.Set(target)
		dst = target.Elem()
	}
	wrong := func(want string) { r.fail(path, "want %s, got %s", want, describe(raw)) }
	if dst.Type() == durationType {
		s, _ := stringValue(raw)
		d, err := time.ParseDuration(s)
		if err != nil {
			wrong(`a duration such as "20s"`)
		}
		dst.SetInt(int64(d))
		return
	}
	switch dst.Kind() {
	case reflect.String:
		s, ok := stringValue(raw)
		if !ok {
			wrong("a text")
		}
		dst.SetString(s)
	case reflect.Bool:
		if raw[0] != 't' && raw[0] != 'f' {
			wrong("true or false")
		}
		dst.SetBool(raw[0] == 't')
	case reflect.Int:
		n, err := strconv.ParseInt(string(raw), 10, dst.Type().Bits())
		if err != nil {
			wrong("a whole number")
		}
		dst.SetInt(n)
	case reflect.Float64:
		f, err := strconv.ParseFloat(string(raw), 64)
		if err != nil {
			wrong("a number")
		}
		dst.SetFloat(f)
	case reflect.Slice:
		if raw[0] != '[' {
			wrong("a list")
			return
		}
		r.list(dst, raw, path)
	case reflect.Map:
		if raw[0] != '{' {
			wrong("an object")
			return
		}
		r.mapping(dst, raw, path)
	case reflect.Struct:
		if raw[0] != '{' {
			wrong("an object")
			return
		}
		r.object(dst, raw, path)
	default:
		panic("acd: no strict JSON for " + dst.Type().String())
	}
}

// stringValue is false for what is not a string, or not Unicode.
func stringValue(raw []byte) (string, bool) {
	if raw[0] != '"' {
		return "", false
	}
	return unquote(raw)
}

func (r *strictReader) list(dst reflect.Value, raw []byte, path string) {
	list := reflect.MakeSlice(dst.Type(), 0, 0)
	for element := range elements(raw) {
		list = reflect.Append(list, reflect.Zero(dst.Type().Elem()))
		r.value(list.Index(list.Len()-1), element, at(path, list.Len()-1))
	}
	dst.Set(list)
}

func (r *strictReader) mapping(dst reflect.Value, raw []byte, path string) {
	dst.Set(reflect.MakeMap(dst.Type()))
	for name, value := range r.uniqueMembers(raw, path) {
		element := reflect.New(dst.Type().Elem()).Elem()
		r.value(element, value, member(path, name))
		dst.SetMapIndex(reflect.ValueOf(name), element)
	}
}

func (r *strictReader) object(dst reflect.Value, raw []byte, path string) {
	for name, value := range r.uniqueMembers(raw, path) {
		if field, ok := fieldNamed(dst, name); ok {
			r.value(field, value, member(path, name))
		} else {
			r.fail(member(path, name), "unknown field")
		}
	}
}

// uniqueMembers yields an object's members, each name once.
func (r *strictReader) uniqueMembers(raw []byte, path string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		seen := make(map[string]bool)
		for key, value := range members(raw) {
			name, ok := unquote(key)
			switch {
			case !ok:
				r.fail(path, "a field's name is not valid Unicode")
			case seen[name]:
				r.fail(member(path, name), "given twice")
			default:
				seen[name] = true
				if !yield(name, value) {
					return
				}
			}
		}
	}
}

func fieldNamed(object reflect.Value, name string) (reflect.Value, bool) {
	for i := range object.NumField() {
		if object.Type().Field(i).Tag.Get("json") == name {
			return object.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// appendStrict writes what [strictReader] reads: a struct's fields in their
// order but for those that are zero, maps by name.
func appendStrict(dst []byte, v reflect.Value) []byte {
	if v.Type() == durationType {
		return appendString(dst, v.Interface().(time.Duration).String())
	}
	switch v.Kind() {
	case reflect.Pointer:
		return appendStrict(dst, v.Elem())
	case reflect.String:
		return appendText(dst, v.String())
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool())
	case reflect.Int:
		return strconv.AppendInt(dst, v.Int(), 10)
	case reflect.Float64:
		return appendFloat(dst, v.Float())
	case reflect.Slice:
		dst = append(dst, '[')
		for i := range v.Len() {
			dst = comma(dst, '[')
			dst = appendStrict(dst, v.Index(i))
		}
		return append(dst, ']')
	case reflect.Map:
		byName := make(map[string]reflect.Value, v.Len())
		for key, value := range v.Seq2() {
			byName[key.String()] = value
		}
		dst = append(dst, '{')
		for _, name := range slices.Sorted(maps.Keys(byName)) {
			dst = appendText(comma(dst, '{'), name)
			dst = appendStrict(append(dst, ':'), byName[name])
		}
		return append(dst, '}')
	case reflect.Struct:
		dst = append(dst, '{')
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				continue
			}
			dst = appendString(comma(dst, '{'), v.Type().Field(i).Tag.Get("json"))
			dst = appendStrict(append(dst, ':'), v.Field(i))
		}
		return append(dst, '}')
	default:
		panic("acd: no strict JSON for " + v.Type().String())
	}
}

// comma separates from what comes before, unless that is the opening bracket.
func comma(dst []byte, opening byte) []byte {
	if dst[len(dst)-1] == opening {
		return dst
	}
	return append(dst, ',')
}
