package acd

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// text is where the command keeps a field that is a text, ids among them, and
// nil for a field that is none.
func (c *Command) text(name string) *string {
	switch name {
	case "agent":
		return &c.Agent
	case "call":
		return &c.Call
	case "offer":
		return &c.Offer
	case "reason":
		return &c.Reason
	case "party":
		return &c.Party
	case "code":
		return &c.Code
	case "queue":
		return &c.Queue
	case "note":
		return &c.Note
	case "number":
		return &c.Number
	case "channel":
		return &c.Channel
	case "caller":
		return &c.Caller
	case "customer":
		return &c.Customer
	case "dialed":
		return &c.Dialed
	case "tier":
		return &c.Tier
	case "last_agent":
		return &c.LastAgent
	}
	return nil
}

// text is where the answer keeps a field that is a text, nil for one that is
// none.
func (f *Found) text(name string) *string {
	switch name {
	case "customer":
		return &f.Customer
	case "tier":
		return &f.Tier
	case "last_agent":
		return &f.LastAgent
	case "warning":
		return &f.Warning
	}
	return nil
}

func (c *Command) readID(name string, value []byte) *Refused {
	if value == nil {
		return refuse(CodeBadID, "%s: missing", name)
	}
	id, ok := stringValue(value)
	if !ok || !validID(id) {
		return refuse(CodeBadID, "%s: want 1 to 128 bytes of printable UTF-8, got %s", name, describe(value))
	}
	*c.text(name) = id
	return nil
}

// readField reads a field of a command that is refused if it is of the wrong
// type.
func (c *Command) readField(name string, value []byte) (refused *Refused) {
	if value == nil {
		if name == "plan" {
			return refuse(CodeMalformed, "plan: missing")
		}
		return nil
	}
	switch name {
	case "from":
		c.From, refused = readTime(name, value)
	case "until":
		c.Until, refused = readTime(name, value)
	case "plan":
		plan, err := ParsePlan(value)
		if err != nil {
			return badPlan(err)
		}
		c.Plan = &plan
	default:
		var read valueReader
		if name == "skills" {
			read.skills(name, value, &c.Skills)
		} else {
			read.text(name, value, c.text(name))
		}
		if read.problems != nil {
			return refuse(CodeBadValue, "%s", read.problems[0])
		}
	}
	return refused
}

// maxPlanDetail is about how long the detail of a refused plan may be, in
// bytes.
const maxPlanDetail = 800

// badPlan refuses a plan for all that ParsePlan or Validate found wrong, as far
// as there is room for it.
func badPlan(err error) *Refused {
	problems := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		problems = joined.Unwrap()
	}
	detail := cutText(problems[0].Error(), maxPlanDetail)
	for i, problem := range problems[1:] {
		text := "; " + problem.Error()
		if len(detail)+len(text) > maxPlanDetail {
			detail += fmt.Sprintf("; and %d more", len(problems)-1-i)
			break
		}
		detail += text
	}
	return refuse(CodeBadPlan, "%s", detail)
}

// readArrive reads an arrival: what it cannot use it leaves out and tells of.
func (c *Command) readArrive(object []byte, values *fieldValues) *Refused {
	if refused := c.readID("call", values.of[0]); refused != nil {
		return refused
	}
	var read valueReader
	for i, name := range commandFields[CmdArrive] {
		value := values.of[i]
		if i == 0 || value == nil {
			continue
		}
		switch name {
		case "score":
			read.number(name, value, &c.Score)
		case "verified":
			read.truth(name, value, &c.Verified)
		case "head_start":
			read.duration(name, value, &c.HeadStart)
		case "attributes":
			read.attributes(name, value, &c.Attributes)
		case "found":
			read.found(name, value, &c.Found)
		case "warnings":
			read.texts(name, value, &c.Warnings)
		default:
			read.text(name, value, c.text(name))
		}
	}
	if values.others > len(commonFields) {
		read.unknown("", object, commandFields[CmdArrive], commonFields)
	}
	c.Warnings = boundWarnings(c.Warnings, read.problems)
	return nil
}

// valueReader reads values of fields. One that it cannot use leaves its field
// as it was, or the rest of a list or an object in it, and makes a problem.
type valueReader struct{ problems []string }

func (r *valueReader) wrong(path, want string, got []byte) {
	r.problems = append(r.problems, path+": want "+want+", got "+describe(got))
}

// unknown tells of the members of an object that have none of the known names.
func (r *valueReader) unknown(path string, object []byte, known ...[]string) {
	for key := range members(object) {
		if !slices.ContainsFunc(known, func(fields []string) bool { return fieldIndex(fields, key) >= 0 }) {
			name, _ := unquote(key)
			r.problems = append(r.problems, member(path, name)+": unknown field")
		}
	}
}

func (r *valueReader) text(path string, value []byte, dst *string) {
	if text, ok := stringValue(value); ok {
		*dst = text
	} else {
		r.wrong(path, "a text", value)
	}
}

func (r *valueReader) number(path string, value []byte, dst **float64) {
	if number, err := strconv.ParseFloat(string(value), 64); err == nil {
		*dst = &number
	} else {
		r.wrong(path, "a number", value)
	}
}

func (r *valueReader) truth(path string, value []byte, dst *bool) {
	if value[0] == 't' || value[0] == 'f' {
		*dst = value[0] == 't'
	} else {
		r.wrong(path, "true or false", value)
	}
}

func (r *valueReader) duration(path string, value []byte, dst *time.Duration) {
	text, _ := stringValue(value)
	if duration, err := time.ParseDuration(text); err == nil {
		*dst = duration
	} else {
		r.wrong(path, `a duration such as "20s"`, value)
	}
}

func (r *valueReader) skills(path string, value []byte, dst *Skills) {
	if value[0] != '{' {
		r.wrong(path, "an object", value)
		return
	}
	*dst = make(Skills)
	for key, value := range members(value) {
		skill, ok := unquote(key)
		level, err := strconv.Atoi(string(value))
		switch {
		case !ok:
			r.wrong(path, "names of skills", key)
		case err != nil:
			r.wrong(member(path, skill), "a whole number", value)
		default:
			(*dst)[skill] = level
		}
	}
}

func (r *valueReader) attributes(path string, value []byte, dst *map[string]string) {
	if value[0] != '{' {
		r.wrong(path, "an object", value)
		return
	}
	*dst = make(map[string]string)
	for key, value := range members(value) {
		attribute, ok := unquote(key)
		if !ok {
			r.wrong(path, "keys of text", key)
			continue
		}
		if text, ok := stringValue(value); ok {
			(*dst)[attribute] = text
		} else {
			delete(*dst, attribute)
			r.wrong(member(path, attribute), "a text", value)
		}
	}
}

func (r *valueReader) texts(path string, value []byte, dst *[]string) {
	if value[0] != '[' {
		r.wrong(path, "a list", value)
		return
	}
	*dst = []string{}
	for value := range elements(value) {
		if text, ok := stringValue(value); ok {
			*dst = append(*dst, text)
		} else {
			r.wrong(path, "texts", value)
		}
	}
}

func (r *valueReader) found(path string, value []byte, dst **Found) {
	if value[0] != '{' {
		r.wrong(path, "an object", value)
		return
	}
	found := new(Found)
	*dst = found
	var values fieldValues
	values.fill(value, foundFields)
	for i, name := range foundFields {
		value, path := values.of[i], member(path, name)
		switch {
		case value == nil:
		case name == "score":
			r.number(path, value, &found.Score)
		case name == "attributes":
			r.attributes(path, value, &found.Attributes)
		default:
			r.text(path, value, found.text(name))
		}
	}
	if values.others > 0 {
		r.unknown(path, value, foundFields)
	}
}

// Bounds of the warnings of one arrival.
const (
	maxWarnings     = 32
	maxWarningBytes = 256
)

// boundWarnings joins two lists of texts, cut to what is bounded: what is too
// much is counted in the last one.
func boundWarnings(given, own []string) []string {
	all := append(given, own...)
	if extra := len(all) - maxWarnings; extra > 0 {
		all = append(all[:maxWarnings-1:maxWarnings-1], fmt.Sprintf("and %d more warnings", extra+1))
	}
	for i, text := range all {
		all[i] = cutText(text, maxWarningBytes)
	}
	return all
}

// cutText is text with at most that many bytes; dots stand for the rest.
func cutText(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most - len("...")
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "..."
}
