package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func defaults() options {
	return options{service: 80, within: 20 * time.Second, patience: 2 * time.Minute, shrinkage: 30, spread: 10, method: "stationary"}
}

func TestBuiltInDayIsStaffed(t *testing.T) {
	var out bytes.Buffer
	o := defaults()
	o.json = true
	if err := run(o, &out); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Intervals) != 18 || r.Total.Calls != 3087 {
		t.Errorf("%d intervals with %v calls", len(r.Intervals), r.Total.Calls)
	}
	hours := 0.0
	for _, i := range r.Intervals {
		if i.InTime < 0.8 {
			t.Errorf("%s: %d agents answer %v in time", i.Start, i.Agents, i.InTime)
		}
		if i.Exact > float64(i.Agents) || i.Exact <= float64(i.Agents-1) || i.Scheduled < i.Agents {
			t.Errorf("%s: %v agents, %v exactly, %v scheduled", i.Start, i.Agents, i.Exact, i.Scheduled)
		}
		hours += float64(i.Agents) / 2
	}
	if hours != r.Total.Hours || r.Others[0].Hours != hours {
		t.Errorf("%v hours in the table, %v in total, %v again", hours, r.Total.Hours, r.Others[0].Hours)
	}
	for _, row := range r.Busiest {
		if met := row.InTime >= 0.8; met != (row.Agents >= r.Intervals[3].Agents) {
			t.Errorf("%d agents answer %v in time", row.Agents, row.InTime)
		}
	}
}

func TestTablesNameTheirColumns(t *testing.T) {
	var out bytes.Buffer
	if err := run(defaults(), &out); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"erlangs", "scheduled", "10:30", "short hang-ups left out", "Erlang C", "nine days in ten"} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("there is no %q in\n%s", text, out.String())
		}
	}
}

func TestForecastIsRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "day.csv")
	text := "\ufeffAHT, start ,queue,calls\r\n4m30s,09:00,x,120\r\n300,09:15,x,0\r\n95.5,10:15,x,80.5\r\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := defaults()
	o.forecast, o.json = file, true
	var out bytes.Buffer
	if err := run(o, &out); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	// 120 calls of 270 s in a quarter of an hour; none; 80.5 of 95.5 s in an hour.
	want := []struct {
		start string
		load  float64
	}{{"09:00", 36}, {"09:15", 0}, {"10:15", 80.5 * 95.5 / 3600}}
	for i, w := range want {
		got := r.Intervals[i]
		if got.Start != w.start || got.Load < w.load-1e-9 || got.Load > w.load+1e-9 {
			t.Errorf("interval %d: %s %v erlangs, want %s %v", i, got.Start, got.Load, w.start, w.load)
		}
	}
}

func TestBadInputIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"":                                          "no header",
		"start,calls\n":                             `no column "aht" among ["start" "calls"]`,
		"start,calls,aht\n":                         "no intervals",
		"start,calls,aht\n9h,1,60\n":                `line 2: start "9h"`,
		"start,calls,aht\n09:00,-1,60\n":            `line 2: calls "-1"`,
		"start,calls,aht\n09:00,1,0\n":              `line 2: aht "0"`,
		"start,calls,aht\n09:00,1,-5s\n":            `line 2: aht "-5s"`,
		"start,calls,aht\n09:00,NaN,60\n":           `line 2: calls "NaN"`,
		"start,calls,aht\n09:00,1\n":                "line 2",
		"start,calls,aht\n10:00,1,60\n09:00,1,60\n": "line 3: start 09:00 is not after",
	} {
		_, err := readForecast(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	for name, change := range map[string]func(*options){
		"-method":         func(o *options) { o.method = "best" },
		"-service":        func(o *options) { o.service = 120 },
		"-service is 0.8": func(o *options) { o.service = 0.8 },
		"-patience":       func(o *options) { o.patience = -1 },
		"-shrinkage":      func(o *options) { o.shrinkage = 100 },
		"-spread":         func(o *options) { o.spread = math.NaN() },
		"-lines":          func(o *options) { o.lines = -1 },
		"no such file":    func(o *options) { o.forecast = filepath.Join(t.TempDir(), "nothing.csv") },
	} {
		o := defaults()
		change(&o)
		err := run(o, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}
