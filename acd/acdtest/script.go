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
// double quotes. From and until of a callback are times of day, as in
// from=09:30, or whole times as in JSON. The command "plan" stands alone on its
// line; the new plan follows as JSON up to an empty line, and then what comes
// of it:
//
//	09:10:00 plan
//	{"entry": [{"queue": "support"}], "queues": [{"name": "support"}]}
//
//	    09:10:00 offered offer=o1 call=c1 agent=aya ...
//
// A refusal is shown as "refused", the code and the detail. Of an offer's "why"
// the parts that say something are shown, its context not unless a line "show
// context" came before. Of an estimate the mean is shown, as in wait=42s, and
// after a line "show wait" all of it, as in wait.mean=42s wait.median=38s
// wait.p90=1m30s. The day is 5 January 2026, UTC, unless a whole
// time as in JSON is written.
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
	p := player{open: open}
	lines := strings.Split(strings.TrimRight(script, "\n"), "\n")
	for i := 0; i < len(lines) || p.inPlan; i++ {
		line := "" // after the last line, for a plan
		if i < len(lines) {
			line = lines[i]
		}
		if strings.HasPrefix(line, "    ") && !p.inPlan {
			continue // an event, told anew
		}
		fmt.Fprintln(&p.out, line)
		if err := p.line(line); err != nil {
			return "", fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return p.out.String(), nil
}

// player plays a script line by line.
type player struct {
	open   func(acd.Plan) (Router, error)
	router Router
	out    strings.Builder
	show   showing

	inPlan bool
	plan   strings.Builder
	planAt string // the time of day of a plan command, "" for the first plan
}

// showing is what a script wants to see of its events.
type showing struct{ context, wait bool }

func (p *player) line(line string) error {
	clock, isPlan := strings.CutSuffix(line, " plan")
	isPlan = isPlan && !strings.Contains(clock, " ")
	switch {
	case p.inPlan && line != "":
		fmt.Fprintln(&p.plan, line)
		return nil
	case p.inPlan:
		p.inPlan = false
		if p.router == nil {
			return p.begin()
		}
		return p.apply(fmt.Appendf(nil, `{"at":"%s","type":"plan","plan":%s}`, scriptTime(p.planAt), p.plan.String()))
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case line == "show context":
		p.show.context = true
		return nil
	case line == "show wait":
		p.show.wait = true
		return nil
	case line == "plan" && p.router == nil:
		p.inPlan = true
		return nil
	case p.router == nil:
		return errors.New("a command before the plan")
	case isPlan:
		p.inPlan, p.planAt = true, clock
		p.plan.Reset()
		return nil
	}
	command, err := scriptCommand(line)
	if err != nil {
		return err
	}
	return p.apply(command)
}

func (p *player) begin() error {
	plan, err := acd.ParsePlan([]byte(p.plan.String()))
	if err != nil {
		return err
	}
	p.router, err = p.open(plan)
	return err
}

// apply gives the router a command and tells what came of it. Only a plan may
// be refused before the router has seen it.
func (p *player) apply(text []byte) error {
	var events []acd.Event
	cmd, err := acd.ParseCommand(text)
	refused, _ := errors.AsType[*acd.Refused](err)
	switch {
	case err == nil:
		events, err = p.router.Apply(cmd)
	case refused == nil || refused.Code != acd.CodeBadPlan:
		return err
	}
	for i := range events {
		fmt.Fprintf(&p.out, "    %s\n", eventLine(&events[i], p.show))
	}
	if refused, ok := errors.AsType[*acd.Refused](err); ok {
		fmt.Fprintf(&p.out, "    refused %s: %s\n", refused.Code, refused.Detail)
		return nil
	}
	return err
}

// scriptCommand makes JSON of "09:00:00 arrive call=c1 tier=gold".
func scriptCommand(line string) ([]byte, error) {
	words := splitWords(line)
	if len(words) < 2 {
		return nil, fmt.Errorf("want a time and a command, got %q", line)
	}
	fields := map[string]any{"at": scriptTime(words[0]), "type": words[1]}
	for _, word := range words[2:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, fmt.Errorf("want name=value, got %q", word)
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
		case "from", "until":
			fields[name] = scriptTime(value)
		default:
			fields[name] = value
		}
	}
	return json.Marshal(fields)
}

// scriptTime is the whole time of a time of day with or without seconds.
func scriptTime(clock string) string {
	switch {
	case strings.Contains(clock, "T"):
		return clock
	case strings.Count(clock, ":") == 1:
		clock += ":00"
	}
	return scriptDay + clock + "Z"
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

// timeOfDay tells a time as scripts do: the date only of another day.
func timeOfDay(t time.Time) string {
	const hour = "15:04:05.999999999"
	if day := t.Format("2006-01-02T"); day != scriptDay {
		return day + t.Format(hour) + "Z"
	}
	return t.Format(hour)
}

// eventLine tells an event in one line, in the order of its JSON.
func eventLine(e *acd.Event, show showing) string {
	words := []string{timeOfDay(e.At), string(e.Type)}
	skip := []string{"type", "at", "seq"}
	if !show.context {
		skip = append(skip, "context")
	}
	if !show.wait {
		skip = append(skip, "wait.median", "wait.p90")
	}
	words = appendFields(words, "", e.AppendJSON(nil), skip)
	if i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "wait.mean=") }); i >= 0 && !show.wait {
		words[i] = "wait=" + strings.TrimPrefix(words[i], "wait.mean=")
	}
	return strings.Join(words, " ")
}

// appendFields adds "name=value" for each field of a JSON object; objects
// within are told as "name.field=value", and what says nothing in them (zeros
// that are no estimates, empty texts) is left out.
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
		case prefix != "" && prefix != "wait." && slices.Contains([]string{`""`, "0", `"0s"`}, text):
		case value[0] == '"':
			var s string
			json.Unmarshal(value, &s)
			if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
				s = timeOfDay(at)
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
