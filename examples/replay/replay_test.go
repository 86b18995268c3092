package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/examples/filejournal"
)

func TestBuiltInJournal(t *testing.T) {
	var out bytes.Buffer
	if err := run("", true, "", &out); err != nil || out.String() != "equal: played twice, 15 events\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	out.Reset()
	if err := run("", false, "", &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"head_start":"2m0s","overtaken":1`, "no answer within 300ms", `"type":"abandoned"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

// What a live router told is what its journal tells again.
func TestReplayEqualsWhatWasLived(t *testing.T) {
	dir := t.TempDir()
	j, err := filejournal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	ctx := context.Background()
	r, err := acd.Open(ctx, acd.Config{Journal: j, Plan: acd.Plan{
		Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var lived []byte
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "aya"},
		{Type: acd.CmdReady, Agent: "aya"},
		{Type: acd.CmdReady, Agent: "nobody"},
		{Type: acd.CmdArrive, Call: "sato"},
		{Type: acd.CmdAccept, Offer: "o1"},
		{Type: acd.CmdEnd, Call: "sato"},
	} {
		events, _ := r.Do(ctx, cmd)
		for i := range events {
			lived = append(events[i].AppendJSON(lived), '\n')
		}
	}
	if err := r.Close(ctx); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "events.jsonl")
	if err := os.WriteFile(file, lived, 0o666); err != nil {
		t.Fatal(err)
	}
	records := filepath.Join(dir, "records-1.jsonl")
	var out bytes.Buffer
	if err := run(records, false, file, &out); err != nil || !strings.HasPrefix(out.String(), "equal: ") {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := os.WriteFile(file, bytes.Replace(lived, []byte("sato"), []byte("kato"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := run(records, false, file, &out); err == nil || !strings.Contains(err.Error(), "event 3 differs") {
		t.Errorf("a changed event: %v", err)
	}
}

func TestReplaySaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		`{"type":"advance","at":"2026-01-05T09:00:00Z"}`: "line 1: want the plan",
		builtIn + "{\n": "line 13: refused: malformed",
	} {
		file := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := run(file, false, "", new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
