package acd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// commandFields are the JSON fields of each command besides type and at, in
// the order in which they are written and judged. The first one is the id that
// must be there, but of a plan.
var commandFields = map[CommandType][]string{
	CmdLogin:    {"agent", "skills"},
	CmdLogout:   {"agent"},
	CmdReady:    {"agent"},
	CmdNotReady: {"agent", "reason"},
	CmdArrive: {"call", "caller", "customer", "dialed", "tier", "score", "verified",
		"last_agent", "head_start", "attributes", "found", "warnings"},
	CmdHangup:       {"call"},
	CmdAccept:       {"offer"},
	CmdDecline:      {"offer", "reason", "party"},
	CmdBridgeFailed: {"call"},
	CmdEnd:          {"call"},
	CmdWrapUp:       {"agent", "code"},
	CmdTransfer:     {"call", "queue", "agent", "note"},
	CmdCallback:     {"call", "number", "from", "until"},
	CmdCancel:       {"call"},
	CmdDeflect:      {"call", "channel"},
	CmdPlan:         {"plan"},
	CmdAdvance:      {},
}

// commonFields are the JSON fields that every command has.
var commonFields = []string{"type", "at"}

// foundFields are the JSON fields of [Found].
var foundFields = []string{"customer", "tier", "score", "last_agent", "attributes", "warning"}

// ParseCommand reads a command from one JSON object. The error is a
// [*Refused]:
//
//   - [CodeMalformed] if the line is no JSON object, its type is not known, or
//     a plan command has no plan;
//   - [CodeBadValue] if at is missing, no RFC 3339 time, or outside the years
//     1970 to 2200;
//   - [CodeBadID] if the id that the command needs is missing or no
//     identifier;
//   - [CodeBadPlan] if a plan is not one that [ParsePlan] takes: the detail
//     tells what is wrong, each with its path;
//   - [CodeBadValue] if another field that the command reads is of the wrong
//     type, or a time as at must not be.
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

// UnmarshalJSON is [ParseCommand].
func (c *Command) UnmarshalJSON(data []byte) error {
	cmd, err := ParseCommand(data)
	if err == nil {
		*c = cmd
	}
	return err
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
	if cmd.At, refused = readTime("at", lastMember(object, "at")); refused != nil {
		return cmd, refused
	}
	fields := commandFields[cmd.Type]
	var values fieldValues
	values.fill(object, fields)
	if cmd.Type == CmdArrive {
		return cmd, cmd.readArrive(object, &values)
	}
	for i, name := range fields {
		if i == 0 && cmd.Type != CmdPlan {
			refused = cmd.readID(name, values.of[i])
		} else {
			refused = cmd.readField(name, values.of[i])
		}
		if refused != nil {
			return cmd, refused
		}
	}
	return cmd, nil
}

// fieldValues are the values of an object's members by the index of their
// names, nil for what is absent, and the number of all other members.
type fieldValues struct {
	of     [16][]byte
	others int
}

func (v *fieldValues) fill(object []byte, fields []string) {
	for key, value := range members(object) {
		if i := fieldIndex(fields, key); i >= 0 {
			v.of[i] = value
		} else {
			v.others++
		}
	}
	for i := range v.of {
		if isAbsent(v.of[i]) {
			v.of[i] = nil
		}
	}
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
	if commandFields[command] == nil {
		return "", refuse(CodeMalformed, "type: unknown command %s (commands are written as in \"arrive\" and \"not_ready\")", quote(text))
	}
	return command, nil
}

// readTime reads a time that must be there.
func readTime(name string, value []byte) (t time.Time, refused *Refused) {
	if isAbsent(value) {
		return t, refuse(CodeBadValue, "%s: missing", name)
	}
	text, ok := stringValue(value)
	t, err := parseTime(text)
	if !ok || err != nil {
		return t, refuse(CodeBadValue, `%s: want a time such as "2026-01-02T03:04:05.678Z", got %s`, name, describe(value))
	}
	if t.Before(earliest) || !t.Before(latest) {
		return t, refuse(CodeBadValue, "%s: %v is not within the years 1970 to 2200", name, text)
	}
	return t.UTC(), nil
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
