package acd_test

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
	"pgregory.net/rapid"
)

// fullPlan has every field that a plan can have.
const fullPlan = `{
  "max_head_start": "10m",
  "max_calls": 200000,
  "require_verified": false,
  "transfer_head_start": "2m",
  "longest_stay": "12h",
  "callback": {"attempts": 3, "retry_after": "10m"},
  "affinity": {"mode": "prefer", "head_start": "60s", "hold": "20s", "remember": "720h", "entries": 1000000, "min_talk": "10s"},
  "tiers": [{"name": "gold", "min_score": 80, "head_start": "2m"}, {"name": "silver", "min_score": 50, "head_start": "30s"}],
  "entry": [
    {"name": "loyal line", "when": {"dialed": ["0120-111-222"]}, "queue": "loyal", "head_start": "60s"},
    {"name": "seniors, no menu", "when": {"dialed": ["0120-333-*"]}, "queue": "seniors"},
    {"name": "billing", "when": {"attributes": {"menu": "2"}}, "queue": "billing"},
    {"name": "late", "when": {"open": "support"}, "queue": "support"},
    {"name": "everyone else", "queue": "support"}
  ],
  "queues": [{
    "name": "support",
    "select": "longest_idle",
    "ring": "15s", "wrap_up": "30s", "rest_after_missed": "0s", "rest_after_error": "10s", "max_missed": 3,
    "capacity": 500, "when_full": {"divert": "+81312345678"},
    "hours": {"zone": "Asia/Tokyo", "week": {"mon-fri": ["09:00-18:00"]}, "dates": {"2026-12-31": []}}, "when_closed": {"callback": true},
    "service_level": {"target": 0.8, "within": "20s", "short_abandon": "5s"},
    "announce_every": "30s",
    "guide": "https://faq.example/support",
    "steps": [
      {"needs": {"support": 5}},
      {"after": "20s", "needs": {"support": 3}},
      {"after": "45s", "needs": {"support": 1}},
      {"after": "90s", "if": {"wait_over": "2m"}, "do": {"deflect": "sms"}},
      {"after": "100s", "if": {"waiting_over": 5, "ready_under": 2, "tier": ["gold", "silver"]}, "needs": {}},
      {"after": "2m", "do": {"callback": true}},
      {"after": "150s", "do": {"announce": true}},
      {"after": "3m",  "do": {"overflow": "overflow-desk"}}
    ]
  },
  {"name": "loyal", "when_full": {"queue": "support"}, "when_closed": {"block": true}},
  {"name": "seniors", "when_closed": {"queue": "support"}}, {"name": "billing"}, {"name": "overflow-desk"}]
}`

// problems are the lines of a joined error, each of which must be a PlanError.
func problems(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	var texts []string
	for _, err := range list {
		if _, ok := errors.AsType[*acd.PlanError](err); !ok {
			t.Errorf("%v is a %T, want a PlanError", err, err)
		}
		texts = append(texts, err.Error())
	}
	return texts
}

func TestPlanReadsEveryField(t *testing.T) {
	got, err := acd.ParsePlan([]byte(fullPlan))
	if err != nil {
		t.Fatal(err)
	}
	want := acd.Plan{
		MaxHeadStart:      new(10 * time.Minute),
		MaxCalls:          new(200000),
		TransferHeadStart: 2 * time.Minute,
		LongestStay:       new(12 * time.Hour),
		Callback:          acd.Callback{Attempts: new(3), RetryAfter: new(10 * time.Minute)},
		Affinity: acd.Affinity{
			Mode: "prefer", HeadStart: new(time.Minute), Hold: new(20 * time.Second),
			Remember: new(720 * time.Hour), Entries: new(1000000), MinTalk: new(10 * time.Second),
		},
		Tiers: []acd.Tier{
			{Name: "gold", MinScore: new(80.0), HeadStart: 2 * time.Minute},
			{Name: "silver", MinScore: new(50.0), HeadStart: 30 * time.Second},
		},
		Entry: []acd.Entry{
			{Name: "loyal line", When: acd.When{Dialed: []string{"0120-111-222"}}, Queue: "loyal", HeadStart: time.Minute},
			{Name: "seniors, no menu", When: acd.When{Dialed: []string{"0120-333-*"}}, Queue: "seniors"},
			{Name: "billing", When: acd.When{Attributes: map[string]string{"menu": "2"}}, Queue: "billing"},
			{Name: "late", When: acd.When{Open: "support"}, Queue: "support"},
			{Name: "everyone else", Queue: "support"},
		},
		Queues: []acd.Queue{{
			Name: "support", Select: "longest_idle", Ring: new(15 * time.Second), WrapUp: 30 * time.Second,
			RestAfterError: new(10 * time.Second), MaxMissed: new(3), Capacity: new(500),
			WhenFull: acd.Elsewhere{Divert: "+81312345678"},
			Hours: &acd.Hours{
				Zone: "Asia/Tokyo", Week: map[string][]string{"mon-fri": {"09:00-18:00"}}, Dates: map[string][]string{"2026-12-31": {}},
			},
			WhenClosed:    acd.Elsewhere{Callback: true},
			ServiceLevel:  &acd.ServiceLevel{Target: 0.8, Within: 20 * time.Second, ShortAbandon: 5 * time.Second},
			AnnounceEvery: 30 * time.Second,
			Guide:         "https://faq.example/support",
			Steps: []acd.Step{
				{Needs: acd.Skills{"support": 5}},
				{After: 20 * time.Second, Needs: acd.Skills{"support": 3}},
				{After: 45 * time.Second, Needs: acd.Skills{"support": 1}},
				{After: 90 * time.Second, If: &acd.If{WaitOver: new(2 * time.Minute)}, Do: &acd.Do{Deflect: "sms"}},
				{
					After: 100 * time.Second,
					If:    &acd.If{WaitingOver: new(5), ReadyUnder: new(2), Tier: []string{"gold", "silver"}},
					Needs: acd.Skills{},
				},
				{After: 2 * time.Minute, Do: &acd.Do{Callback: true}},
				{After: 150 * time.Second, Do: &acd.Do{Announce: true}},
				{After: 3 * time.Minute, Do: &acd.Do{Overflow: "overflow-desk"}},
			},
		},
			{Name: "loyal", WhenFull: acd.Elsewhere{Queue: "support"}, WhenClosed: acd.Elsewhere{Block: true}},
			{Name: "seniors", WhenClosed: acd.Elsewhere{Queue: "support"}},
			{Name: "billing"}, {Name: "overflow-desk"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	checkPlanRoundTrip(t, got)
	var findings []string
	for _, f := range got.Check(map[string]acd.Skills{"ann": {"support": 5}}) {
		findings = append(findings, f.Path)
	}
	if diff := cmp.Diff([]string{
		"queues[0].steps[4]", "queues[1].steps", "queues[2].steps", "queues[3].steps", "queues[4].steps", // without needs
		"queues[1].when_closed", "queues[2].when_closed", // without hours
	}, findings); diff != "" {
		t.Error(diff)
	}
}

func checkPlanRoundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, p acd.Plan) {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	var back acd.Plan
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("%s does not parse: %v", data, err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Fatalf("%s: %s", data, diff)
	}
}

func TestPlanReadingNamesEveryError(t *testing.T) {
	// Each is put in place of the plan's beginning, %.
	const plan = `{%, "entry": [{"queue": "q"}], "queues": [{"name": "q"}]}`
	for head, want := range map[string][]string{
		`"max_head_start": 20`:                                {`max_head_start: want a duration such as "20s", got 20`},
		`"max_head_start": "20"`:                              {`max_head_start: want a duration such as "20s", got "20"`},
		`"max_head_start": "\ud800s"`:                         {`max_head_start: want a duration such as "20s", got invalid Unicode`},
		`"max_head_start": null`:                              {`max_head_start: want a duration such as "20s", got null`},
		`"max_calls": 1.5`:                                    {`max_calls: want a whole number, got 1.5`},
		`"max_calls": 1e3`:                                    {`max_calls: want a whole number, got 1e3`},
		`"max_calls": "3"`:                                    {`max_calls: want a whole number, got "3"`},
		`"max_calls": null`:                                   {`max_calls: want a whole number, got null`},
		`"max_calls": 9223372036854775808`:                    {`max_calls: want a whole number, got 9223372036854775808`},
		`"max_calls": 1` + strings.Repeat("0", 100):           {`max_calls: want a whole number, got 1` + strings.Repeat("0", 36) + `...`},
		`"require_verified": 1`:                               {`require_verified: want true or false, got 1`},
		`"require_verified": null`:                            {`require_verified: want true or false, got null`},
		`"affinity": []`:                                      {`affinity: want an object, got a list`},
		`"affinity": null`:                                    {`affinity: want an object, got null`},
		`"affinity": {"mode": 1}`:                             {`affinity.mode: want a text, got 1`},
		`"affinity": {"mode": null}`:                          {`affinity.mode: want a text, got null`},
		`"affinity": {"mode": "\ud800"}`:                      {`affinity.mode: want a text, got invalid Unicode`},
		"\"affinity\": {\"mode\": \"\xff\"}":                  {`affinity.mode: want a text, got invalid Unicode`},
		`"tiers": {}`:                                         {`tiers: want a list, got an object`},
		`"tiers": "gold"`:                                     {`tiers: want a list, got "gold"`},
		`"tiers": [1, null, {"min_score": "x"}]`:              {`tiers[0]: want an object, got 1`, `tiers[1]: want an object, got null`, `tiers[2].min_score: want a number, got "x"`},
		`"tiers": [{"min_score": 1e999}]`:                     {`tiers[0].min_score: want a number, got 1e999`},
		`"tiers": [{"min_score": true}]`:                      {`tiers[0].min_score: want a number, got true`},
		`"Tiers": []`:                                         {`Tiers: unknown field`},
		`"tier s": []`:                                        {`["tier s"]: unknown field`},
		`"": []`:                                              {`[""]: unknown field`},
		`"a\nb": 1`:                                           {`["a\nb"]: unknown field`},
		`"\ud800": 1`:                                         {`plan: a field's name is not valid Unicode`},
		`"tiers": [], "tiers": []`:                            {`tiers: given twice`},
		`"x": 1, "x": 2, "max_\u0063alls": 1, "max_calls": 1`: {`x: unknown field`, `x: given twice`, `max_calls: given twice`},
		`"queues": 1`:                                         {`queues: want a list, got 1`, `queues: given twice`},
		`"tiers": [], "entry": [{"when": {"attributes": {"my key": 1, "k": "a", "k": "b"}, "Tier": []}}]`: {
			`entry[0].when.attributes["my key"]: want a text, got 1`, `entry[0].when.attributes.k: given twice`,
			`entry[0].when.Tier: unknown field`, `entry: given twice`},
		`"entry": [{"when": {"dialed": "0120", "caller": ["1", 2], "withheld": "no", "attributes": []}}]`: {
			`entry[0].when.dialed: want a list, got "0120"`, `entry[0].when.caller[1]: want a text, got 2`,
			`entry[0].when.withheld: want true or false, got "no"`, `entry[0].when.attributes: want an object, got a list`, `entry: given twice`},
		`"queues": [{"when_full": {"call_back": true}, "steps": [{"needs": {"a": 1.5, "b": null}}, {"do": {"oveflow": "q"}, "after": 3}]}]`: {
			`queues[0].when_full.call_back: unknown field`,
			`queues[0].steps[0].needs.a: want a whole number, got 1.5`, `queues[0].steps[0].needs.b: want a whole number, got null`,
			`queues[0].steps[1].do.oveflow: unknown field`, `queues[0].steps[1].after: want a duration such as "20s", got 3`, `queues: given twice`},
		`"callback": {"attempts": "3", "retry_after": 10, "after": "1s"}, "longest_stay": 24`: {
			`callback.attempts: want a whole number, got "3"`, `callback.retry_after: want a duration such as "20s", got 10`,
			`callback.after: unknown field`, `longest_stay: want a duration such as "20s", got 24`},
		`"queues": [{"hours": {"zone": 9, "week": {"mon": "09:00-18:00", "tue": [9], "mon": []}, "dates": [], "days": {}}, "when_closed": []}]`: {
			`queues[0].hours.zone: want a text, got 9`, `queues[0].hours.week.mon: want a list, got "09:00-18:00"`,
			`queues[0].hours.week.tue[0]: want a text, got 9`, `queues[0].hours.week.mon: given twice`,
			`queues[0].hours.dates: want an object, got a list`, `queues[0].hours.days: unknown field`,
			`queues[0].when_closed: want an object, got a list`, `queues: given twice`},
		`"queues": [{"hours": null, "steps": [{"if": {"wait_over": 1, "waiting_over": "1", "tier": "gold", "wait": "1s"}, "do": {"announce": "soon"}}]}]`: {
			`queues[0].hours: want an object, got null`,
			`queues[0].steps[0].if.wait_over: want a duration such as "20s", got 1`,
			`queues[0].steps[0].if.waiting_over: want a whole number, got "1"`, `queues[0].steps[0].if.tier: want a list, got "gold"`,
			`queues[0].steps[0].if.wait: unknown field`, `queues[0].steps[0].do.announce: want true or false, got "soon"`, `queues: given twice`},
	} {
		_, err := acd.ParsePlan([]byte(strings.Replace(plan, "%", head, 1)))
		if diff := cmp.Diff(want, problems(t, err)); diff != "" {
			t.Errorf("%s: %s", head, diff)
		}
	}
}

func TestPlanSyntaxErrorsTellLineAndColumn(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "plan: line 1, column 1: unexpected end of JSON input",
		"  ":                       "plan: line 1, column 2: unexpected end of JSON input",
		"{}{}":                     "plan: line 1, column 3: invalid character '{' after top-level value",
		"{} x":                     "plan: line 1, column 4: invalid character 'x' after top-level value",
		"{\n  \"あ\": 1,\n}":        "plan: line 3, column 1: invalid character '}' looking for beginning of object key string",
		"{\n  \"あ\": 1, x}":        "plan: line 2, column 11: invalid character 'x' looking for beginning of object key string",
		"{\"a\": 01}":              "plan: line 1, column 8: invalid character '1' after object key:value pair",
		"\ufeff[]":                 "plan: want an object, got a list", // a byte order mark is passed over
		"{\"a\": \"tab\tbed\"}":    "plan: line 1, column 11: invalid character '\\t' in string literal",
		"{\n\"a\"":                 "plan: line 2, column 3: unexpected end of JSON input",
		strings.Repeat("[", 10001): "plan: line 1, column 10001: invalid character '[' exceeded max depth",
		"null":                     "plan: want an object, got null",
		"[]":                       "plan: want an object, got a list",
		" 7 ":                      "plan: want an object, got 7",
	} {
		_, err := acd.ParsePlan([]byte(text))
		if diff := cmp.Diff([]string{want}, problems(t, err)); diff != "" {
			t.Errorf("%.40q: %s", text, diff)
		}
	}
}

func TestPlanUnmarshalLeavesThePlanAloneOnError(t *testing.T) {
	p := acd.Plan{MaxCalls: new(7)}
	if err := json.Unmarshal([]byte(`{"max_calls": 8}`), &p); err == nil || *p.MaxCalls != 7 {
		t.Errorf("error %v, plan %v", err, p)
	}
}

func TestPlanMarshalTellsEmptyFromAbsent(t *testing.T) {
	p := acd.Plan{MaxCalls: new(0), Tiers: []acd.Tier{}, Queues: []acd.Queue{{Steps: []acd.Step{{Needs: acd.Skills{}}, {Do: &acd.Do{}}}}}}
	data, err := json.Marshal(p)
	if want := `{"max_calls":0,"tiers":[],"queues":[{"steps":[{"needs":{}},{"do":{}}]}]}`; err != nil || string(data) != want {
		t.Errorf("got %s, %v", data, err)
	}
}

func TestPlanMarshalRefusesWhatJSONCannotSay(t *testing.T) {
	p := acd.Plan{
		Tiers:  []acd.Tier{{MinScore: new(math.Inf(1))}},
		Queues: []acd.Queue{{}, {ServiceLevel: &acd.ServiceLevel{Target: math.NaN()}}},
	}
	_, err := p.MarshalJSON()
	want := []string{"tiers[0].min_score: +Inf is no JSON number", "queues[1].service_level.target: NaN is no JSON number"}
	if diff := cmp.Diff(want, problems(t, err)); diff != "" {
		t.Error(diff)
	}
}

// anyPlan draws valid plans.
func anyPlan(t *rapid.T) acd.Plan {
	id := rapid.StringMatching(`[a-zA-Z0-9 "\\<あ]{1,10}`)
	duration := rapid.Map(rapid.Int64Range(0, int64(8760*time.Hour)), func(n int64) time.Duration { return time.Duration(n) })
	count := rapid.Ptr(rapid.IntRange(0, 1<<40), true)
	score := rapid.Ptr(rapid.Float64Range(0, 100), true)
	maybe := func(label string) bool { return rapid.Bool().Draw(t, label) }
	pick := func(names []string) string { return rapid.SampledFrom(names).Draw(t, "name") }

	p := acd.Plan{
		MaxHeadStart:    rapid.Ptr(duration, true).Draw(t, "max_head_start"),
		MaxCalls:        count.Draw(t, "max_calls"),
		RequireVerified: maybe("require_verified"),
		LongestStay:     rapid.Ptr(duration, true).Draw(t, "longest_stay"),
		Callback: acd.Callback{
			Attempts:   rapid.Ptr(rapid.IntRange(1, 1<<40), true).Draw(t, "attempts"),
			RetryAfter: rapid.Ptr(duration, true).Draw(t, "retry_after"),
		},
		TransferHeadStart: duration.Draw(t, "transfer_head_start"),
		Affinity: acd.Affinity{
			Mode:      rapid.SampledFrom([]acd.AffinityMode{"", "off", "prefer", "hold"}).Draw(t, "mode"),
			HeadStart: rapid.Ptr(duration, true).Draw(t, "head_start"),
			Hold:      rapid.Ptr(duration, true).Draw(t, "hold"),
			Entries:   count.Draw(t, "entries"),
		},
	}
	tiers := rapid.SliceOfNDistinct(id, 0, 3, rapid.ID).Draw(t, "tiers")
	for _, name := range tiers {
		p.Tiers = append(p.Tiers, acd.Tier{Name: name, MinScore: score.Draw(t, "min_score"), HeadStart: duration.Draw(t, "head_start")})
	}
	queues := rapid.SliceOfNDistinct(id, 1, 3, rapid.ID).Draw(t, "queues")
	for _, name := range rapid.SliceOfNDistinct(id, 0, 3, rapid.ID).Draw(t, "entry") {
		var when acd.When
		if maybe("dialed") {
			when.Dialed = []string{rapid.StringMatching(`\+?[0-9]{1,9}\*?`).Draw(t, "number")}
		}
		if maybe("tier") && len(tiers) > 0 {
			when.Tier = []string{pick(tiers)}
		}
		if maybe("attributes") {
			when.Attributes = rapid.MapOf(id, rapid.String()).Draw(t, "attributes")
			maps.DeleteFunc(when.Attributes, func(_, v string) bool { return len(v) > 200 })
			for len(when.Attributes) > 64 {
				delete(when.Attributes, slices.Sorted(maps.Keys(when.Attributes))[0])
			}
		}
		when.Withheld = rapid.Ptr(rapid.Bool(), true).Draw(t, "withheld")
		if maybe("open") {
			when.Open = pick(queues)
		}
		p.Entry = append(p.Entry, acd.Entry{Name: name, When: when, Queue: pick(queues), HeadStart: duration.Draw(t, "head_start")})
	}
	p.Entry = append(p.Entry, acd.Entry{Queue: pick(queues)})
	for _, name := range queues {
		q := acd.Queue{
			Name:           name,
			Select:         rapid.SampledFrom([]acd.Select{"", "longest_idle", "fewest_calls"}).Draw(t, "select"),
			Ring:           rapid.Ptr(rapid.Just(time.Second+1), true).Draw(t, "ring"),
			WrapUp:         duration.Draw(t, "wrap_up"),
			AnnounceEvery:  rapid.SampledFrom([]time.Duration{0, time.Second, time.Minute}).Draw(t, "announce_every"),
			RestAfterError: rapid.Ptr(duration, true).Draw(t, "rest_after_error"),
			MaxMissed:      count.Draw(t, "max_missed"),
			Capacity:       count.Draw(t, "capacity"),
			Guide:          rapid.String().Draw(t, "guide"),
		}
		elsewhere := func(ways int) (e acd.Elsewhere) {
			switch rapid.IntRange(0, ways).Draw(t, "elsewhere") {
			case 0:
				e.Block = true
			case 1:
				e.Divert = id.Draw(t, "divert")
			case 2:
				e.Queue = pick(queues)
			case 4:
				e.Callback = true
			}
			return e
		}
		q.WhenFull, q.WhenClosed = elsewhere(3), elsewhere(4)
		if maybe("hours") {
			intervals := rapid.SliceOfN(rapid.StringMatching(`0[0-9]:[0-5][0-9]-(1[0-9]:[0-5][0-9]|24:00)`), 0, 3)
			q.Hours = &acd.Hours{Zone: rapid.SampledFrom([]string{"", "UTC", "Asia/Tokyo", "Europe/Berlin"}).Draw(t, "zone")}
			if maybe("week") {
				q.Hours.Week = rapid.MapOf(rapid.SampledFrom([]string{"mon-wed", "thu", "sat-sun"}), intervals).Draw(t, "week")
			}
			if maybe("dates") {
				q.Hours.Dates = rapid.MapOf(rapid.StringMatching(`20[0-9]{2}-0[1-9]-[12][0-8]`), intervals).Draw(t, "dates")
			}
		}
		if maybe("service_level") {
			q.ServiceLevel = &acd.ServiceLevel{Target: rapid.Float64Range(0, 1).Draw(t, "target"), Within: duration.Draw(t, "within")}
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "steps") {
			step := acd.Step{After: time.Duration(i) * time.Millisecond}
			if i > 0 && maybe("if") {
				step.If = &acd.If{WaitOver: new(duration.Draw(t, "wait_over")), WaitingOver: count.Draw(t, "waiting_over"), ReadyUnder: count.Draw(t, "ready_under")}
				if len(tiers) > 0 && maybe("tier") {
					step.If.Tier = []string{pick(tiers)}
				}
			}
			if i > 0 && maybe("do") {
				step.Do = rapid.SampledFrom([]*acd.Do{{Divert: id.Draw(t, "divert")}, {Deflect: "sms"}, {Callback: true}, {Announce: true}}).Draw(t, "does")
			} else if maybe("needs") {
				step.Needs = rapid.MapOf(id, rapid.IntRange(1, 10)).Draw(t, "needs")
				for len(step.Needs) > 64 {
					delete(step.Needs, slices.Sorted(maps.Keys(step.Needs))[0])
				}
			}
			q.Steps = append(q.Steps, step)
		}
		p.Queues = append(p.Queues, q)
	}
	return p
}

func TestPlanReadsBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlan(t)
		if err := p.Validate(); err != nil {
			t.Fatalf("the test made a plan that is not valid: %v", err)
		}
		checkPlanRoundTrip(t, p)
		p.Check(nil)
		p.Check(map[string]acd.Skills{"ann": {"a": 10}})
	})
}

func FuzzParsePlan(f *testing.F) {
	for _, seed := range []string{
		fullPlan, "", "null", "[]", `{"tiers": [null, 1], "x": "\ud800", "x": 1e999}`,
		`{"entry": [{"queue": "q"}], "queues": [{"name": "q", "steps": [{"needs": {}}, {"after": "1ns", "needs": {"あ": 10}}]}]}`,
		`{"max_calls": -0, "entry": [{"queue": "q", "when": {"attributes": {}}}], "queues": [{"name": "q", "when_full": {"queue": "q"}, "capacity": 0}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := acd.ParsePlan(data)
		if err != nil {
			if problems(t, err); err.Error() == "" {
				t.Error("an error without text")
			}
			return
		}
		if !json.Valid(data) {
			t.Fatal("no JSON")
		}
		checkPlanRoundTrip(t, p)
		p.Check(map[string]acd.Skills{"ann": {"support": 5}})
	})
}
