package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
	"github.com/najimi-acd/najimi/examples/filejournal"
)

// Two days of an hour, in the time of a bubble: what the journal has keeps the
// laws, every call has its outcome, and the second day goes on after the first.
func TestTwoDays(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		for day := range 2 {
			var out bytes.Buffer
			o := options{length: time.Minute, speed: 60, seed: uint64(day), journal: dir}
			if err := run(t.Context(), o, &out); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"'s screen: Ms Mori (gold; ", "from last time", "to be called back", "The day is over: "} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("day %d: no %q in\n%s", day+1, want, out.String())
				}
			}
			if lines := strings.Count(out.String(), "  waiting "); lines < 118 {
				t.Errorf("day %d: %d lines of the wallboard", day+1, lines)
			}
		}
	})
	j, err := filejournal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var auditor *acdtest.Auditor
	var engine *acd.Engine
	open := make(map[string]bool)
	for record, err := range j.Records(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		cmd, err := acd.ParseCommand(record)
		if err != nil {
			t.Fatal(err)
		}
		if engine == nil {
			if engine, err = acd.New(*cmd.Plan); err != nil {
				t.Fatal(err)
			}
			auditor = acdtest.NewAuditor(*cmd.Plan)
			continue
		}
		events, err := engine.Apply(cmd)
		for _, violation := range auditor.Applied(cmd, events, err) {
			t.Error(violation)
		}
		for _, e := range events {
			switch e.Type {
			case acd.EventQueued:
				open[e.Call] = true
			case acd.EventEnded, acd.EventAbandoned, acd.EventCallbackFailed:
				delete(open, e.Call)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("calls without an outcome: %v", open)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 2 {
		t.Errorf("the journal is %v", files)
	}
}

func TestTerminalIsRedrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		if err := run(t.Context(), options{length: 10 * time.Second, speed: 60, terminal: true}, &out); err != nil {
			t.Fatal(err)
		}
		last := out.String()[strings.LastIndex(out.String(), "\x1b[H\x1b[2J"):]
		for _, want := range []string{"  aya   ", "  ren   ", "'s screen: ", "The day is over"} {
			if !strings.Contains(last, want) {
				t.Errorf("no %q in\n%s", want, last)
			}
		}
	})
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []options{{speed: 0, length: 1}, {speed: -1, length: 1}, {speed: 1}} {
		if run(t.Context(), o, new(bytes.Buffer)) == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
