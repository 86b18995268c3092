package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func defaults() options {
	return options{
		service: 80, within: 20 * time.Second, patience: 2 * time.Minute, shrinkage: 30, spread: 10, method: "stationary",
		date: "2026-06-01", runs: 30, seed: 1, explicit: map[string]bool{},
	}
}

// played is the report of some options.
func played(t *testing.T, o options) report {
	t.Helper()
	o.json = true
	var out bytes.Buffer
	if err := run(t.Context(), o, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// file writes a text into a file of its own.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFormulaStaffsEachQueueOfTheBuiltInDay(t *testing.T) {
	r := played(t, defaults())
	if len(r.Intervals) != 18 || len(r.Queues) != 3 || r.Simulated != nil {
		t.Fatalf("%d intervals, %d queues", len(r.Intervals), len(r.Queues))
	}
	hours := 0.0
	for i, whole := range r.Intervals {
		agents, calls := 0, 0.0
		for _, q := range r.Queues {
			its := q.Intervals[i]
			if its.InTime < 0.8 {
				t.Errorf("%s %s: %d agents answer %v in time", q.Name, its.Start, its.Agents, its.InTime)
			}
			if its.Exact > float64(its.Agents) || its.Exact <= float64(its.Agents-1) || its.Scheduled < its.Agents {
				t.Errorf("%s %s: %v agents, %v exactly, %v scheduled", q.Name, its.Start, its.Agents, its.Exact, its.Scheduled)
			}
			agents += its.Agents
			calls += its.Calls
		}
		if agents != whole.Agents || math.Abs(calls-whole.Calls) > 1e-9 || !(float64(whole.OnePool) < whole.Exact) {
			t.Errorf("%s: %d agents and %v calls in queues, %+v in all", whole.Start, agents, calls, whole)
		}
		hours += float64(agents) / 2
	}
	if hours != r.Total.Hours || r.Others[0].Hours != hours {
		t.Errorf("%v hours in the table, %v in total, %v again", hours, r.Total.Hours, r.Others[0].Hours)
	}
	for _, row := range r.Busiest {
		if row.Queue != r.Busiest[0].Queue || row.Start != r.Busiest[0].Start {
			t.Errorf("two busiest: %+v", row)
		}
	}
	if r.Shifts.People == 0 || r.Shifts.Cost < r.Shifts.Bound {
		t.Errorf("shifts %+v", r.Shifts)
	}
	for i, need := range r.Shifts.Need {
		if r.Shifts.OnShift[i] < need {
			t.Errorf("%s: %d on shift, %d needed", r.Shifts.Start[i], r.Shifts.OnShift[i], need)
		}
	}
}

// small is a morning of two queues that share generalists.
func small(t *testing.T) options {
	o := defaults()
	o.simulate, o.runs = true, 6
	o.forecast = file(t, "morning.csv", "start,calls,aht,queue\n09:00,30,240,bills\n09:30,24,240,bills\n10:00,12,240,bills\n"+
		"09:00,40,5m,orders\n09:30,30,5m,orders\n10:00,20,5m,orders\n")
	o.groups = file(t, "people.json", `{"groups": [{"name": "A <b>", "skills": {"bills": 1}}, {"name": "B", "skills": {"orders": 1}},
		{"name": "C", "skills": {"bills": 1, "orders": 1}, "cost": 1.1}], "goals": [{"daily": true, "abandon": 0.1}]}`)
	return o
}

// TestSimulationAndTablesAgree: what the text, the CSV and the page say is what
// the JSON says, and any number of workers says the same.
func TestSimulationAndTablesAgree(t *testing.T) {
	o := small(t)
	o.workers = 1
	r := played(t, o)
	o.workers = 3
	one, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if three, err := json.Marshal(played(t, o)); err != nil || !bytes.Equal(one, three) {
		t.Errorf("three workers say\n%s\none\n%s\n%v", three, one, err)
	}
	if r.Simulated == nil || r.Simulated.Fresh != 6 || r.Simulated.Runs < 20 {
		t.Fatalf("simulated %+v", r.Simulated)
	}
	goals := map[string]int{}
	for _, h := range r.Simulated.Goals {
		goals[h.Goal]++
	}
	want := map[string]int{
		"bills: 80 % of the calls answered within 20s": 3, "orders: 80 % of the calls answered within 20s": 3,
		"all calls over the day: at most 10 % hang up": 1,
	}
	if fmt.Sprint(goals) != fmt.Sprint(want) {
		t.Errorf("goals %v", goals)
	}
	for i, whole := range r.Intervals {
		agents := 0
		for _, g := range r.Groups {
			agents += g.Agents[i]
			if g.Scheduled[i] != scheduled(g.Agents[i], 0.3) {
				t.Errorf("%s: %d agents, %d scheduled", g.Name, g.Agents[i], g.Scheduled[i])
			}
		}
		if agents != whole.Simulated.Agents || !(whole.Simulated.InTime.Value > 0.6) {
			t.Errorf("%s: %d agents in groups, %+v", whole.Start, agents, whole.Simulated)
		}
	}

	o.json = false
	o.csv, o.html = filepath.Join(t.TempDir(), "o.csv"), filepath.Join(t.TempDir(), "o.html")
	var text bytes.Buffer
	if err := run(t.Context(), o, &text, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"erlangs", "one pool", "By group of agents", "Binds", "Shifts for those scheduled", "Erlang C", "nine days in ten",
		fmt.Sprintf("%.1f", r.Total.SimulatedHours)} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("there is no %q in\n%s", part, text.String())
		}
	}
	in, err := os.Open(o.csv)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + 3*(1+2+3); len(rows) != want {
		t.Errorf("%d rows of CSV, want %d", len(rows), want)
	}
	for _, row := range rows[1:] {
		for g, group := range r.Groups {
			if row[2] == "group" && row[3] == group.Name {
				i := map[string]int{"09:00": 0, "09:30": 1, "10:00": 2}[row[0]]
				if row[16] != fmt.Sprint(r.Groups[g].Agents[i]) {
					t.Errorf("CSV %q, JSON %d", row, r.Groups[g].Agents[i])
				}
			}
		}
	}
	html, err := os.ReadFile(o.html)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"Calls over the day", "What comes in", "Agents needed", "Who they are", "Answered in time", "How busy agents are",
		"what binds", "one agent fewer", "Shifts", "The busiest interval", "other assumptions", "A &lt;b&gt;", "<svg",
	} {
		if !bytes.Contains(html, []byte(part)) {
			t.Errorf("the page has no %q", part)
		}
	}
	for _, part := range []string{"A <b>", "src=", "href=", "<script"} {
		if bytes.Contains(html, []byte(part)) {
			t.Errorf("the page has %q", part)
		}
	}
}

// TestWhatIsShownCanBeGivenBack: the built-in forecast, plan and groups, as files.
func TestWhatIsShownCanBeGivenBack(t *testing.T) {
	shown := func(set func(*options)) string {
		o := defaults()
		set(&o)
		var out bytes.Buffer
		if err := run(t.Context(), o, &out, io.Discard); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	o := defaults()
	o.simulate, o.runs = true, 2
	want := played(t, o)
	o.forecast = file(t, "day.csv", shown(func(o *options) { o.showForecast = true }))
	o.plan = file(t, "plan.json", shown(func(o *options) { o.showPlan = true }))
	o.groups = file(t, "groups.json", shown(func(o *options) { o.showGroups = true }))
	o.tiers = "gold=15,silver=25"
	got := played(t, o)
	got.Source = want.Source
	if a, b := fmt.Sprintf("%+v", got.Groups), fmt.Sprintf("%+v", want.Groups); a != b {
		t.Errorf("as files\n%s\nbuilt in\n%s", a, b)
	}
}

// TestOnePoolNeedsWhatTheFormulaOfOnePoolSays: where everybody may answer
// everything the simulation needs fewer than the formula of queues that each have
// agents of their own, and about as many as that of one pool.
func TestOnePoolNeedsWhatTheFormulaOfOnePoolSays(t *testing.T) {
	o := defaults()
	o.simulate, o.runs = true, 30
	o.forecast = file(t, "hours.csv", "start,calls,aht,queue\n09:00,60,240,a\n11:00,60,240,a\n09:00,60,240,b\n11:00,60,240,b\n09:00,60,240,c\n11:00,60,240,c\n")
	o.groups = file(t, "all.json", `{"groups": [{"name": "all", "skills": {"a": 1, "b": 1, "c": 1}}]}`)
	r := played(t, o)
	for _, i := range r.Intervals {
		agents := float64(i.Simulated.Agents)
		if agents >= i.Exact {
			t.Errorf("%s: %v agents who answer everything, and by formula %v who do not", i.Start, agents, i.Exact)
		}
		if math.Abs(agents-float64(i.OnePool)) > 2 {
			t.Errorf("%s: %v agents by simulation, %v by formula, in one pool", i.Start, agents, i.OnePool)
		}
	}
}

// TestManyQueuesAreDrawn: a chart shows the largest and adds up the rest.
func TestManyQueuesAreDrawn(t *testing.T) {
	var day strings.Builder
	day.WriteString("start,queue,calls,aht\n")
	for q := range 15 {
		fmt.Fprintf(&day, "09:00,q%d,%d,240\n09:30,q%d,%d,240\n", q, 10+q, q, 20+q)
	}
	o := defaults()
	o.forecast = file(t, "day.csv", day.String())
	o.html = filepath.Join(t.TempDir(), "day.html")
	r := played(t, o)
	calls := 0.0
	for _, s := range r.byQueue(func(i interval) float64 { return i.Calls }) {
		calls += s.Y[0]
	}
	if calls != r.Intervals[0].Calls {
		t.Errorf("%v calls are drawn, %v are expected", calls, r.Intervals[0].Calls)
	}
	html, err := os.ReadFile(o.html)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"the 5 smallest", "The 5 queues with the fewest calls are in the table only", "q14"} {
		if !bytes.Contains(html, []byte(part)) {
			t.Errorf("the page has no %q", part)
		}
	}
}

// TestWhatNoShiftCoversIsNotProven: a day that the shifts cannot cover has no
// cheapest cover.
func TestWhatNoShiftCoversIsNotProven(t *testing.T) {
	o := defaults()
	o.forecast = file(t, "night.csv", "start,calls,aht,queue\n02:00,9,240,a\n03:00,9,240,a\n02:00,0,240,b\n03:00,0,240,b\n")
	s := played(t, o).Shifts
	if got := s.sum(); !strings.Contains(got, "1 of 2 groups are not covered") {
		t.Error(got)
	}
	s.Groups = s.Groups[:1]
	if got := s.sum(); strings.Contains(got, "proven") {
		t.Error(got)
	}
	o.shifts = file(t, "day.json", `{"kinds": [{"name": "day", "from": "09:00", "length": "8h"}]}`)
	if err := run(t.Context(), o, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), `group "a"`) {
		t.Error(err)
	}
}

func TestForecastIsRead(t *testing.T) {
	o := defaults()
	o.forecast = file(t, "day.csv", "\ufeffAHT, start ,note,calls\r\n4m30s,09:00,x,120\r\n300,09:15,x,0\r\n95.5,10:15,x,80.5\r\n")
	r := played(t, o)
	// 120 calls of 270 s in a quarter of an hour; none; 80.5 of 95.5 s in an hour.
	want := []struct {
		start string
		load  float64
	}{{"09:00", 36}, {"09:15", 0}, {"10:15", 80.5 * 95.5 / 3600}}
	for i, w := range want {
		got := r.Intervals[i]
		if got.Start != w.start || math.Abs(got.Load-w.load) > 1e-9 {
			t.Errorf("interval %d: %s %v erlangs, want %s %v", i, got.Start, got.Load, w.start, w.load)
		}
	}
}

func TestBadInputIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"":                                                    "no header",
		"start,calls\n":                                       `no column "aht" among ["start" "calls"]`,
		"start,calls,aht\n":                                   "no intervals",
		"start,calls,aht\n9h,1,60\n":                          `line 2: start "9h"`,
		"start,calls,aht\n09:00,-1,60\n":                      `line 2: calls "-1"`,
		"start,calls,aht\n09:00,1,0\n":                        `line 2: aht "0"`,
		"start,calls,aht\n09:00,1,-5s\n":                      `line 2: aht "-5s"`,
		"start,calls,aht\n09:00,NaN,60\n":                     `line 2: calls "NaN"`,
		"start,calls,aht\n09:00,1\n":                          "line 2",
		"start,calls,aht\n10:00,1,60\n09:00,1,60\n":           "line 3",
		"start,calls,aht,queue\n09:00,1,60,a\n10:00,1,60,b\n": "09:00",
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
		"-runs is 1":      func(o *options) { o.simulate, o.runs = true, 1 },
		"-date":           func(o *options) { o.date = "Monday" },
		"no such file":    func(o *options) { o.forecast = filepath.Join(t.TempDir(), "nothing.csv") },
		"groups[1].name": func(o *options) {
			o.groups = file(t, "g", `{"groups":[{"name":"a","skills":{"support":1}},{"name":"a","skills":{"x":1}}]}`)
		},
		"groups[0].skills": func(o *options) { o.groups = file(t, "g", `{"groups":[{"name":"a"}]}`) },
		"goals[0]": func(o *options) {
			o.groups = file(t, "g", `{"groups":[{"name":"a","skills":{"support":1}}],"goals":[{}]}`)
		},
		"unknown field": func(o *options) { o.groups = file(t, "g", `{"people":[]}`) },
		`groups[1]: json: unknown field "skils"`: func(o *options) {
			o.groups = file(t, "g", `{"groups":[{"name":"a","skills":{"support":1}},{"name":"b","skils":{"x":1}}]}`)
		},
		`goals[0]: "20 s"`: func(o *options) { o.groups = file(t, "g", `{"goals":[{"target":0.5,"within":"20 s"}]}`) },
		"line 2: ":         func(o *options) { o.groups = file(t, "g", "{\n\"groups\": nothing}") },
		"kinds":            func(o *options) { o.shifts = file(t, "s", `{"kinds":[]}`) },
	} {
		o := defaults()
		change(&o)
		err := run(t.Context(), o, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}
