package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// TestTheBuiltInWeekThroughATableIsTheSame writes the built-in log as CSV, plain
// and packed, and plays it from there.
func TestTheBuiltInWeekThroughATableIsTheSame(t *testing.T) {
	log, err := builtInLog()
	if err != nil {
		t.Fatal(err)
	}
	var text, packed bytes.Buffer
	if err := calllog.WriteCSV(&text, log.Calls); err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(text.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	args := []string{"-runs", "2", "-plan", fcfs, "-holds", "20s"}
	want := reportOf(t, append(args, "-on", "first come")...)
	for name, data := range map[string][]byte{"week.csv": text.Bytes(), "week.csv.gz": packed.Bytes()} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		got := reportOf(t, append(args, "-log", path)...)
		if got.Format != formatCSV || got.Source != name || got.InForce != "" {
			t.Errorf("%s is told as %s, %s, %q", name, got.Source, got.Format, got.InForce)
		}
		got.Format, got.Source, got.InForce = want.Format, want.Source, want.InForce
		if diff := cmp.Diff(asJSON(t, want), asJSON(t, got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func asJSON(t *testing.T, r *report) string {
	t.Helper()
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFormatsAreKnownByTheirFirstLine(t *testing.T) {
	for text, want := range map[string]string{
		"": formatCSV,
		"arrival,outcome,wait\n2026-01-05 09:00:00,open,\n": formatCSV,
		"arrival|outcome\n": formatCSV,
		"# a comment\n1596512941|NONE|NONE|NONE|QUEUESTART|\n":                 formatQueueLog,
		"\n" + strings.Repeat("x\t", 16) + "server\n":                          formatBank,
		"1596512941|1596512941.163|support|NONE|ENTERQUEUE||7000|1\n":          formatQueueLog,
		"1266834360 | 1266834354.91 | 9000 | NONE | ENTERQUEUE || anonymous\n": formatQueueLog,
	} {
		if got := sniff([]byte(text)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestOddLinesAreNamed: what cannot be used is told with its number, and the rest
// is played.
func TestOddLinesAreNamed(t *testing.T) {
	path := file(t, "calls.csv", `arrival,outcome,wait,talk,agent
2026-01-05 09:00:00,answered,5,60,Ann
yesterday,answered,5,60,Ann
2026-01-05 09:00:30,answered,40,60,Ann
2026-01-05 09:01:00,abandoned,20,,
`)
	text, err := output(t, "-log", path, "-runs", "2", "-odd")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "bad_time (left out): 1, first in line 3") || !strings.Contains(text, "3 calls on 1 day,") {
		t.Errorf("not told in\n%s", text)
	}
	useless := file(t, "calls.csv", "arrival,outcome,wait\n2026-01-05 09:00:00,answered,5\ntomorrow,open,\n")
	if _, err := output(t, "-log", useless, "-runs", "1"); err == nil || !strings.Contains(err.Error(), "calls.csv: ") {
		t.Errorf("a log without a talk: %v", err)
	}
	hopeless := file(t, "calls.csv", "arrival,outcome,wait\ntomorrow,open,\n")
	if _, err := output(t, "-log", hopeless, "-runs", "1"); err == nil || !strings.Contains(err.Error(), "line 2 could not be used: bad_time") {
		t.Errorf("a log without a call: %v", err)
	}
}

// TestAQueueLogSaysWhoWasThere: two members who log in and out, three callers, and
// hours in the zone that is asked for.
func TestAQueueLogSaysWhoWasThere(t *testing.T) {
	path := file(t, "queue_log", `1767571200|NONE|NONE|NONE|QUEUESTART|
1767571200|CLI|sales|PJSIP/ann|ADDMEMBER|
1767571200|CLI|sales|PJSIP/bo|ADDMEMBER|
1767571260|1767571260.1|sales|NONE|ENTERQUEUE||7000|1
1767571265|1767571260.1|sales|PJSIP/ann|CONNECT|5|1767571261.2|4
1767571365|1767571260.1|sales|PJSIP/ann|COMPLETECALLER|5|100|1
1767571270|1767571270.3|sales|NONE|ENTERQUEUE||7001|1
1767571290|1767571270.3|sales|PJSIP/bo|CONNECT|20|1767571271.4|4
1767571400|1767571270.3|sales|PJSIP/bo|COMPLETEAGENT|20|110|1
1767571300|1767571300.5|sales|NONE|ENTERQUEUE||7000|1
1767571330|1767571300.5|sales|NONE|ABANDON|1|1|30
1767574800|CLI|sales|PJSIP/ann|REMOVEMEMBER|
1767574800|CLI|sales|PJSIP/bo|REMOVEMEMBER|
`)
	r := reportOf(t, "-log", path, "-zone", "Asia/Tokyo", "-runs", "2", "-plan", fcfs, "-agents", "-1")
	if r.Format != formatQueueLog || r.Calls != 3 || r.Days != 1 || r.From.Format("15:04:05") != "09:01:00" {
		t.Errorf("%s, %d calls on %d days from %v", r.Format, r.Calls, r.Days, r.From)
	}
	if nine := r.Variants[0].Day[18]; *nine.Present != 2 {
		t.Errorf("%v operators from nine to half past, want 2", *nine.Present)
	}
	if nine := r.variant("1 fewer").Day[18]; *nine.Present != 1 {
		t.Errorf("one fewer: %v operators from nine to half past", *nine.Present)
	}
	if !slices.ContainsFunc(r.Limits, func(l limit) bool { return strings.Contains(l.Text, "logged in or paused is taken from the log") }) {
		t.Errorf("the limits do not say that the log knows who was there: %v", r.Limits)
	}
	if names := r.Recorded.Callers[0].Figures; *names[keyHungUp].Value != 1./3 || *names[keyWait].Value != 12.5 {
		t.Errorf("recorded: %v hung up, a mean wait of %v s", *names[keyHungUp].Value, *names[keyWait].Value)
	}
}
