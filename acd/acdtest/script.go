package acdtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Router is what an [acd.Engine] and an [Oracle] have in common.
type Router interface {
	Apply(acd.Command) ([]acd.Event, error)
	Next() (time.Time, bool)
}

// Script plays a story script against a router and compares what happens with
// what the script says. With update it rewrites the file instead.
//
// A script is text. It begins with comments (lines with #) and the plan as
// JSON between a line "plan" and an empty line. Then come commands, each with
// its time of day, and under each, indented, the events that it causes:
//
//	09:00:00 login agent=aya skills=support:5,billing:3
//	    09:00:00 agent agent=aya state=not_ready reason=login
//
// A command's words after the type are fields as in JSON; skills and
// attributes are lists of name:value, and a value with a space in it stands in
// double quotes. A refusal is shown as "refused", the code and the detail. Of
// an offer's "why" the parts that say something are shown, its context not
// unless a line "show context" came before. Every day is 5 January 2026, UTC.
func Script(t testing.TB, file string, update bool, open func(acd.Plan) (Router, error)) {
	t.Helper()
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := play(string(old), open)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if got == string(old) {
		return
	}
	if update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := strings.Split(string(old), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d: the story goes otherwise\n got: %s\nwant: %s\n\nthe whole of it:\n%s", file, i+1, line, strings.Join(want[min(i, len(want)-1):min(i+1, len(want))], ""), got)
		}
	}
	t.Fatalf("%s: the story ends early", file)
}

const scriptDay = "2026-01-05T"

// play returns the script with the events that really came.
func play(script string, open func(acd.Plan) (Router, error)) (string, error) {
	var (
		out         strings.Builder
		plan        strings.Builder
		router      Router
		inPlan      bool
		showContext bool
	)
	lines := strings.Split(strings.TrimRight(script, "\n"), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "    ") && !inPlan {
			continue // an event, told anew
		}
		fmt.Fprintln(&out, line)
		switch {
		case line == "plan" && router == nil:
			inPlan = true
		case inPlan && line != "":
			fmt.Fprintln(&plan, line)
		case inPlan:
			inPlan = false
			p, err := acd.ParsePlan([]byte(plan.String()))
			if err != nil {
				return "", err
			}
			if router, err = open(p); err != nil {
				return "", err
			}
		case line == "" || strings.HasPrefix(line, "#"):
		case line == "show context":
			showContext = true
		case router == nil:
			return "", fmt.Errorf("line %d: a command before the plan", i+1)
		default:
			cmd, err := scriptCommand(line)
			if err != nil {
				return "", fmt.Errorf("line %d: %w", i+1, err)
			}
			events, err := router.Apply(cmd)
			for j := range events {
				fmt.Fprintf(&out, "    %s\n", eventLine(&events[j], showContext))
			}
			if refused, ok := errors.AsType[*acd.Refused](err); ok {
				fmt.Fprintf(&out, "    refused %s: %s\n", refused.Code, refused.Detail)
			} else if err != nil {
				return "", fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	return out.String(), nil
}

// scriptCommand reads "09:00:00 arrive call=c1 tier=gold".
func scriptCommand(line string) (acd.Command, error) {
	words := splitWords(line)
	if len(words) < 2 {
		return acd.Command{}, fmt.Errorf("want a time and a command, got %q", line)
	}
	fields := map[string]any{"at": scriptDay + words[0] + "Z", "type": words[1]}
	for _, word := range words[2:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return acd.Command{}, fmt.Errorf("want name=value, got %q", word)
		}
		switch name {
		case "skills", "attributes":
			parts := make(map[string]any)
			for part := range strings.SplitSeq(value, ",") {
				key, v, _ := strings.Cut(part, ":")
				if name == "skills" {
					parts[key] = json.Number(v)
				} else {
					parts[key] = v
				}
			}
			fields[name] = parts
		case "score", "verified":
			fields[name] = json.RawMessage(value)
		default:
			fields[name] = value
		}
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return acd.Command{}, err
	}
	return acd.ParseCommand(text)
}

// splitWords splits at blanks outside of double quotes, which it drops.
func splitWords(line string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	for _, r := range line + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
		default:
			word.WriteRune(r)
		}
	}
	return words
}

// eventLine tells an event in one line, in the order of its JSON.
func eventLine(e *acd.Event, showContext bool) string {
	words := []string{e.At.Format("15:04:05.999999999"), string(e.Type)}
	var skip []string
	if !showContext {
		skip = append(skip, "context")
	}
	skip = append(skip, "type", "at", "seq")
	words = appendFields(words, "", e.AppendJSON(nil), skip)
	return strings.Join(words, " ")
}

// appendFields adds "name=value" for each field of a JSON object; objects
// within are told as "name.field=value", and what says nothing in them (zeros,
// empty texts) is left out.
func appendFields(words []string, prefix string, object []byte, skip []string) []string {
	decoder := json.NewDecoder(strings.NewReader(string(object)))
	decoder.Token() // {
	for decoder.More() {
		name, _ := decoder.Token()
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			return append(words, "bad JSON")
		}
		key := prefix + fmt.Sprint(name)
		text := string(value)
		switch {
		case slices.Contains(skip, key):
		case value[0] == '{':
			words = appendFields(words, key+".", value, skip)
		case prefix != "" && slices.Contains([]string{`""`, "0", `"0s"`}, text):
		case value[0] == '"':
			var s string
			json.Unmarshal(value, &s)
			if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
				s = at.Format("15:04:05.999999999")
			}
			if strings.ContainsAny(s, " \"") {
				s = text
			}
			words = append(words, key+"="+s)
		default:
			words = append(words, key+"="+text)
		}
	}
	return words
}
