package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func planFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

const plan = `{"entry": [{"name": "all", "queue": "support"}], "queues": [{"name": "support", "ring": "15s"}]}`

func route(t *testing.T, ack, drain bool, input string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(planFile(t, plan), "", ack, drain, strings.NewReader(input), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPipe(t *testing.T) {
	got := route(t, true, false, `{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}

{"type":"ready","at":"2026-01-05T18:00:00.25+09:00","agent":"aya"}
{"type":"arrive","at":"2026-01-05T09:00:10Z","call":"c1","score":"high"}
{"type":"accept","at":"2026-01-05T09:00:25Z","offer":"o1"}
nonsense
{"type":"transfer","at":"2026-01-05T09:00:26Z","call":"c1"}
{"type":"hangup","at":"2026-01-05T09:00:26Z","call":"c1"}`)
	want := `{"type":"agent","at":"2026-01-05T09:00:00Z","seq":1,"agent":"aya","state":"not_ready","reason":"login"}
{"type":"done","line":1}
{"type":"agent","at":"2026-01-05T09:00:00.25Z","seq":2,"agent":"aya","state":"ready","reason":"ready"}
{"type":"done","line":3}
{"type":"queued","at":"2026-01-05T09:00:10Z","seq":3,"call":"c1","queue":"support","position":1,"wait":{"mean":"0s","median":"0s","p90":"0s"},"warnings":["score: want a number, got \"high\""]}
{"type":"offered","at":"2026-01-05T09:00:10Z","seq":4,"offer":"o1","call":"c1","agent":"aya","until":"2026-01-05T09:00:25Z","why":{"entry":"all","queue":"support","step":0,"reason":"longest_idle","head_start":"0s","overtaken":0},"context":{"waited":"0s"}}
{"type":"done","line":4}
{"type":"withdrawn","at":"2026-01-05T09:00:25Z","seq":5,"offer":"o1","call":"c1","agent":"aya","reason":"no_answer"}
{"type":"requeued","at":"2026-01-05T09:00:25Z","seq":6,"call":"c1","queue":"support","position":1,"reason":"no_answer"}
{"type":"agent","at":"2026-01-05T09:00:25Z","seq":7,"agent":"aya","state":"not_ready","reason":"no_answer"}
{"type":"refused","line":5,"code":"stale_offer","detail":"offer \"o1\" is over"}
{"type":"done","line":5}
`
	if !strings.HasPrefix(got, want) {
		t.Fatalf("got\n%s\nwant it to begin with\n%s", got, want)
	}
	rest := strings.Split(strings.TrimSpace(strings.TrimPrefix(got, want)), "\n")
	for i, part := range []string{
		`{"type":"refused","line":6,"code":"malformed",`, `{"type":"done","line":6}`,
		`{"type":"refused","line":7,"code":"bad_value",`, `{"type":"done","line":7}`,
		`{"type":"abandoned","at":"2026-01-05T09:00:26Z","seq":8,"call":"c1","queue":"support","waited":"16s"}`, `{"type":"done","line":8}`,
	} {
		if i >= len(rest) || !strings.HasPrefix(rest[i], part) {
			t.Errorf("line %d after that does not begin with %s:\n%s", i+1, part, strings.Join(rest, "\n"))
		}
	}
}

func TestDrainRunsTheRemainingTimers(t *testing.T) {
	input := `{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}
{"type":"ready","at":"2026-01-05T09:00:00Z","agent":"aya"}
{"type":"arrive","at":"2026-01-05T09:00:00Z","call":"c1"}
`
	without, with := route(t, false, false, input), route(t, false, true, input)
	if strings.Contains(without, "withdrawn") {
		t.Error("without -drain a timer ran")
	}
	if added, ok := strings.CutPrefix(with, without); !ok || strings.Count(added, "\n") != 3 || !strings.Contains(added, "no_answer") {
		t.Errorf("with -drain there came\n%s", added)
	}
}

// TestDrainAfterARefusal: a refused line, whatever its time, changes nothing.
func TestDrainAfterARefusal(t *testing.T) {
	input := `{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}
{"type":"ready","at":"2026-01-05T09:00:00Z","agent":"aya"}
{"type":"arrive","at":"2026-01-05T09:00:00Z","call":"c1"}
{"type":"advance","at":"1990-01-05T09:00:00Z"}
`
	if got := route(t, false, true, input); !strings.Contains(got, "time_backwards") || !strings.Contains(got, "withdrawn") {
		t.Errorf("got\n%s", got)
	}
}

func TestALineThatIsTooLongIsRefusedAndTheStreamGoesOn(t *testing.T) {
	got := route(t, false, false, `{"type":"login","agent":"`+strings.Repeat("a", 3*maxLine)+`"}
{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}
`)
	lines := strings.Split(got, "\n")
	if !strings.HasPrefix(lines[0], `{"type":"refused","line":1,"code":"malformed"`) || !strings.Contains(lines[1], `"agent":"aya"`) {
		t.Errorf("got\n%.500s", got)
	}
}

// TestEventsComeWhenTheInputPauses talks to the pipe as a driver does: it
// waits for the answer before it says the next thing.
func TestEventsComeWhenTheInputPauses(t *testing.T) {
	in, commands := io.Pipe()
	events, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(planFile(t, plan), "", true, false, in, out)
		out.Close()
	}()
	lines := bufio.NewScanner(events)
	for _, command := range []string{
		`{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}`,
		`{"type":"ready","at":"2026-01-05T09:00:00Z","agent":"aya"}`,
		`{"type":"advance","at":"2026-01-05T09:00:01Z"}`,
	} {
		io.WriteString(commands, command+"\n")
		for lines.Scan() && !strings.Contains(lines.Text(), `"done"`) {
		}
	}
	commands.Close()
	for lines.Scan() {
		t.Errorf("after the last command came %s", lines.Text())
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestCheckTellsWhatIsDoubtful(t *testing.T) {
	file := planFile(t, `{"entry": [{"name": "all", "queue": "support"}, {"name": "late", "queue": "support"}], "queues": [{"name": "support"}]}`)
	var out bytes.Buffer
	if err := findings(file, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "entry[1]") {
		t.Errorf("an unreachable rule is not found: %q", out.String())
	}
}

func TestABadPlanIsNamedByItsPath(t *testing.T) {
	file := planFile(t, `{"entry": [{"queue": "sales"}], "queues": [{"name": "support", "ring": 15, "hourz": {}}]}`)
	err := run(file, "", false, false, strings.NewReader(""), io.Discard)
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range []string{"queues[0].ring", "queues[0].hourz: unknown field"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not name %q: %v", part, err)
		}
	}
}

func TestReportCountsTheEvents(t *testing.T) {
	input := `{"type":"login","at":"2026-01-05T09:00:00Z","agent":"aya"}
{"type":"arrive","at":"2026-01-05T09:00:00Z","call":"c1"}
{"type":"hangup","at":"2026-01-05T09:00:03Z","call":"c1"}
`
	plan := planFile(t, `{"entry": [{"queue": "support"}], "queues": [{"name": "support"}]}`)
	for name, want := range map[string]string{"day.txt": "support                1        0         1     1", "day.json": `"short_abandoned":1`} {
		file := filepath.Join(t.TempDir(), name)
		if err := run(plan, file, false, false, strings.NewReader(input), io.Discard); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s: no %q in\n%s", name, want, text)
		}
	}
}
