package acd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// commandFields are the JSON fields of each command besides type and at, in
// the order in which they are written and judged: ids come first.
var commandFields = map[CommandType][]string{
	CmdLogin:    {"agent", "skills"},
	CmdLogout:   {"agent"},
	CmdReady:    {"agent"},
	CmdNotReady: {"agent", "reason"},
	CmdArrive: {"call", "caller", "customer", "dialed", "tier", "score", "verified",
		"last_agent", "head_start", "attributes", "warnings"},
	CmdHangup:       {"call"},
	CmdAccept:       {"offer"},
	CmdDecline:      {"offer", "reason", "party"},
	CmdBridgeFailed: {"call"},
	CmdEnd:          {"call"},
	CmdWrapUp:       {"agent", "code"},
	CmdAdvance:      {},
}

// ParseCommand reads a command from one JSON object. The error is a
// [*Refused]:
//
//   - [CodeMalformed] if the line is no JSON object or its type is not known;
//   - [CodeBadValue] if at is missing, no RFC 3339 time, or outside the years
//     1970 to 2200;
//   - [CodeBadID] if an id that the command needs is missing or no identifier;
//   - [CodeBadValue] if another field that the command reads is of the wrong
//     type.
//
// An arrival is not refused for anything but its call and at: what cannot be
// used is left out, with a text in [Command.Warnings], and so is a field that
// is not known. In other commands fields that are not known are ignored. A
// null is an absent field, and of a field given twice the last counts.
//
// A text that is not valid Unicode is never mended, because that could make
// one call of two.
func ParseCommand(line []byte) (Command, error) {
	if !json.Valid(line) {
		return Command{}, refuse(CodeMalformed, "%s", syntaxProblem(line))
	}
	object := bytes.TrimSpace(line)
	if object[0] != '{' {
		return Command{}, refuse(CodeMalformed, "want an object, got %s", describe(object))
	}
	cmd, refused := parseCommand(object)
	if refused != nil {
		return Command{}, refused
	}
	return cmd, nil
}

func syntaxProblem(line []byte) string {
	err := json.Unmarshal(line, new(json.RawMessage))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("%v at byte %d", syntax, syntax.Offset)
	}
	return "no JSON"
}

func parseCommand(object []byte) (cmd Command, refused *Refused) {
	if cmd.Type, refused = readType(lastMember(object, "type")); refused != nil {
		return cmd, refused
	}
	if cmd.At, refused = readAt(lastMember(object, "at")); refused != nil {
		return cmd, refused
	}
	fields := commandFields[cmd.Type]
	var values [16][]byte
	var unknown [][]byte
	for key, value := range members(object) {
		if i := fieldIndex(fields, key); i >= 0 {
			values[i] = value
		} else if cmd.Type == CmdArrive && !isKey(key, "type") && !isKey(key, "at") {
			unknown = append(unknown, key)
		}
	}

	var warnings []string
	for i, name := range fields {
		value := values[i]
		if isAbsent(value) {
			value = nil
		}
		if id := cmd.id(name); id != nil {
			if *id, refused = readID(name, value); refused != nil {
				return cmd, refused
			}
			continue
		}
		if value == nil {
			continue
		}
		if problems := cmd.readField(name, value); cmd.Type == CmdArrive {
			warnings = append(warnings, problems...)
		} else if problems != nil {
			return cmd, refuse(CodeBadValue, "%s", problems[0])
		}
	}
	for _, key := range unknown {
		name, _ := unquote(key)
		warnings = append(warnings, member("", name)+": unknown field")
	}
	cmd.Warnings = boundWarnings(cmd.Warnings, warnings)
	return cmd, nil
}

func readType(value []byte) (CommandType, *Refused) {
	if isAbsent(value) {
		return "", refuse(CodeMalformed, "type: missing")
	}
	text, ok := stringValue(value)
	if !ok {
		return "", refuse(CodeMalformed, "type: want a command, got %s", describe(value))
	}
	command := CommandType(text)
	if slices.Contains(unsupported, command) {
		return "", refuse(CodeMalformed, "type: command %q is not supported yet", command)
	}
	if commandFields[command] == nil {
		return "", refuse(CodeMalformed, "type: unknown command %s (commands are written as in \"arrive\" and \"not_ready\")", quote(text))
	}
	return command, nil
}

func readAt(value []byte) (at time.Time, refused *Refused) {
	if isAbsent(value) {
		return at, refuse(CodeBadValue, "at: missing")
	}
	text, ok := stringValue(value)
	at, err := parseTime(text)
	if !ok || err != nil {
		return at, refuse(CodeBadValue, `at: want a time such as "2026-01-02T03:04:05.678Z", got %s`, describe(value))
	}
	if at.Before(earliest) || !at.Before(latest) {
		return at, refuse(CodeBadValue, "at: %v is not within the years 1970 to 2200", text)
	}
	return at.UTC(), nil
}

// parseTime is stricter than time.Parse, which lets an hour of one digit, a
// comma, and any number of hours in the offset pass.
func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, err
	}
	offset := text[len(text)-5:]
	if text[13] != ':' || text[19] == ',' || !strings.HasSuffix(text, "Z") && (offset[:2] > "23" || offset[3:] > "59") {
		return t, errors.New("no RFC 3339 time")
	}
	return t, nil
}

func readID(name string, value []byte) (string, *Refused) {
	if value == nil {
		return "", refuse(CodeBadID, "%s: missing", name)
	}
	id, ok := stringValue(value)
	if !ok || !validID(id) {
		return "", refuse(CodeBadID, "%s: want 1 to 128 bytes of printable UTF-8, got %s", name, describe(value))
	}
	return id, nil
}

// readField reads a field that is no id. What it cannot use it leaves out and
// tells of.
func (c *Command) readField(name string, value []byte) (problems []string) {
	wrong := func(path, want string, got []byte) {
		problems = append(problems, path+": want "+want+", got "+describe(got))
	}
	switch name {
	case "score":
		if score, err := strconv.ParseFloat(string(value), 64); err == nil {
			c.Score = &score
		} else {
			wrong(name, "a number", value)
		}
	case "verified":
		if c.Verified = value[0] == 't'; !c.Verified && value[0] != 'f' {
			wrong(name, "true or false", value)
		}
	case "head_start":
		text, _ := stringValue(value)
		var err error
		if c.HeadStart, err = time.ParseDuration(text); err != nil {
			wrong(name, `a duration such as "20s"`, value)
		}
	case "skills":
		if value[0] != '{' {
			wrong(name, "an object", value)
			break
		}
		c.Skills = make(Skills)
		for key, value := range members(value) {
			skill, ok := unquote(key)
			level, err := strconv.Atoi(string(value))
			switch {
			case !ok:
				wrong(name, "names of skills", key)
			case err != nil:
				wrong(member(name, skill), "a whole number", value)
			default:
				c.Skills[skill] = level
			}
		}
	case "attributes":
		if value[0] != '{' {
			wrong(name, "an object", value)
			break
		}
		c.Attributes = make(map[string]string)
		for key, value := range members(value) {
			attribute, ok := unquote(key)
			if !ok {
				wrong(name, "keys of text", key)
				continue
			}
			if text, ok := stringValue(value); ok {
				c.Attributes[attribute] = text
			} else {
				delete(c.Attributes, attribute)
				wrong(member(name, attribute), "a text", value)
			}
		}
	case "warnings":
		if value[0] != '[' {
			wrong(name, "a list", value)
			break
		}
		c.Warnings = []string{}
		for value := range elements(value) {
			if text, ok := stringValue(value); ok {
				c.Warnings = append(c.Warnings, text)
			} else {
				wrong(name, "texts", value)
			}
		}
	default:
		var ok bool
		if *c.text(name), ok = stringValue(value); !ok {
			wrong(name, "a text", value)
		}
	}
	return problems
}

func (c *Command) id(name string) *string {
	switch name {
	case "agent":
		return &c.Agent
	case "call":
		return &c.Call
	case "offer":
		return &c.Offer
	}
	return nil
}

func (c *Command) text(name string) *string {
	switch name {
	case "reason":
		return &c.Reason
	case "party":
		return &c.Party
	case "code":
		return &c.Code
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
		if len(text) > maxWarningBytes {
			end := maxWarningBytes - len("...")
			for !utf8.RuneStart(text[end]) {
				end--
			}
			all[i] = text[:end] + "..."
		}
	}
	return all
}

// lastMember is the value of an object's last member of that name, or nil.
func lastMember(object []byte, name string) (last []byte) {
	for key, value := range members(object) {
		if isKey(key, name) {
			last = value
		}
	}
	return last
}

func fieldIndex(fields []string, key []byte) int {
	for i, name := range fields {
		if isKey(key, name) {
			return i
		}
	}
	return -1
}

// isKey compares a key, as it is written, with a plain name.
func isKey(key []byte, name string) bool {
	if len(key) == len(name)+2 {
		return string(key[1:len(key)-1]) == name
	}
	if bytes.IndexByte(key, '\\') < 0 {
		return false
	}
	text, _ := unquote(key)
	return text == name
}

func isAbsent(value []byte) bool { return value == nil || value[0] == 'n' }

// UnmarshalJSON is [ParseCommand].
func (c *Command) UnmarshalJSON(data []byte) error {
	cmd, err := ParseCommand(data)
	if err == nil {
		*c = cmd
	}
	return err
}

// MarshalJSON writes the command as one object: type, at, and the fields that
// the type reads, but for those that are empty. [ParseCommand] makes an equal
// command of it if the command is one that makes sense; otherwise it refuses
// it, or warns, as the Engine does. For that, bytes that are not UTF-8 become
// escapes of lone surrogates, and a score that is no finite number a string.
func (c Command) MarshalJSON() ([]byte, error) {
	if year := c.At.UTC().Year(); year < 0 || year > 9999 {
		return nil, fmt.Errorf("command at %v: RFC 3339 has no such year", c.At)
	}
	dst := append(make([]byte, 0, 128), `{"type":`...)
	dst = appendText(dst, string(c.Type))
	dst = append(dst, `,"at":`...)
	dst = appendTime(dst, c.At)
	for _, name := range commandFields[c.Type] {
		dst = c.appendField(dst, name)
	}
	return append(dst, '}'), nil
}

func (c *Command) appendField(dst []byte, name string) []byte {
	before := len(dst)
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	dst = append(dst, '"', ':')
	switch name {
	case "score":
		if c.Score != nil {
			return appendScore(dst, *c.Score)
		}
	case "verified":
		if c.Verified {
			return append(dst, "true"...)
		}
	case "head_start":
		if c.HeadStart != 0 {
			return appendDuration(dst, c.HeadStart)
		}
	case "skills":
		if c.Skills != nil {
			dst = append(dst, '{')
			for _, skill := range slices.Sorted(maps.Keys(c.Skills)) {
				dst = append(appendText(comma(dst, '{'), skill), ':')
				dst = strconv.AppendInt(dst, int64(c.Skills[skill]), 10)
			}
			return append(dst, '}')
		}
	case "attributes":
		if c.Attributes != nil {
			dst = append(dst, '{')
			for _, key := range slices.Sorted(maps.Keys(c.Attributes)) {
				dst = append(appendText(comma(dst, '{'), key), ':')
				dst = appendText(dst, c.Attributes[key])
			}
			return append(dst, '}')
		}
	case "warnings":
		if c.Warnings != nil {
			dst = append(dst, '[')
			for _, text := range c.Warnings {
				dst = appendText(comma(dst, '['), text)
			}
			return append(dst, ']')
		}
	default:
		text := c.id(name)
		if text == nil {
			text = c.text(name)
		}
		if *text != "" {
			return appendText(dst, *text)
		}
	}
	return dst[:before]
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
