package acd_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
	"pgregory.net/rapid"
)

func TestPlanCheckFindsWhatIsHardlyMeant(t *testing.T) {
	one := acd.Skills{"support": 1}
	steps := func(needs ...acd.Skills) (ladder []acd.Step) {
		for i, n := range needs {
			ladder = append(ladder, acd.Step{After: time.Duration(i) * time.Minute, Needs: n})
		}
		return ladder
	}
	overflow := func(to ...string) []acd.Step {
		ladder := steps(one)
		for i, queue := range to {
			ladder = append(ladder, acd.Step{After: time.Duration(i+1) * time.Minute, Do: &acd.Do{Overflow: queue}})
		}
		return ladder
	}
	office := &acd.Hours{Zone: "Asia/Tokyo", Week: map[string][]string{"mon-fri": {"09:00-18:00"}}}
	queue := func(name string, ladder []acd.Step) acd.Queue { return acd.Queue{Name: name, Steps: ladder} }
	// sound has queues a, b and c with rules 1, 2 and none for them, and
	// nothing to find.
	sound := func() acd.Plan {
		return acd.Plan{
			MaxHeadStart: new(3 * time.Minute),
			Tiers:        []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}, {Name: "silver", HeadStart: time.Minute}},
			Entry: []acd.Entry{
				{Name: "one", Queue: "a", When: acd.When{Dialed: []string{"1"}}},
				{Name: "two", Queue: "b", When: acd.When{Dialed: []string{"2"}}, HeadStart: time.Minute},
				{Queue: "c"},
			},
			Queues: []acd.Queue{queue("a", steps(one)), queue("b", steps(one)), queue("c", steps(one))},
		}
	}
	for name, c := range map[string]struct {
		change func(p *acd.Plan)
		agents map[string]acd.Skills
		want   []string
	}{
		"a sound plan": {change: func(p *acd.Plan) {}},
		"a hold longer than D": {change: func(p *acd.Plan) {
			p.Affinity = acd.Affinity{Mode: "hold", HeadStart: new(time.Duration), Hold: new(3*time.Minute + 1)}
		}, want: []string{"affinity.hold: a hold of 3m0.000000001s is longer than max_head_start 3m0s"}},
		"a hold as long as D": {change: func(p *acd.Plan) {
			p.Affinity = acd.Affinity{Mode: "hold", HeadStart: new(time.Duration), Hold: new(3 * time.Minute)}
		}},
		"a long hold that is off": {change: func(p *acd.Plan) {
			p.Affinity = acd.Affinity{Mode: "prefer", HeadStart: new(time.Duration), Hold: new(time.Hour)}
		}},
		"defaults are judged too": {change: func(p *acd.Plan) {
			*p = acd.Plan{Affinity: acd.Affinity{Mode: "hold"}, MaxHeadStart: new(time.Second), Entry: p.Entry[2:], Queues: p.Queues[2:]}
		}, want: []string{
			"affinity.hold: a hold of 20s is longer than max_head_start 1s",
			"affinity.head_start: the own agent (1m0s): 1m0s in all is cut to max_head_start 1s"}},
		"ten minutes unless the plan says so": {change: func(p *acd.Plan) {
			p.MaxHeadStart = nil
			p.Tiers[0].HeadStart = 10 * time.Minute
			p.Entry[1].HeadStart = 0
		}},
		"a tier above the cap": {change: func(p *acd.Plan) { p.Tiers[0].HeadStart = 4 * time.Minute; p.Entry[1].HeadStart = 0 },
			want: []string{`tiers[0].head_start: tier "gold" (4m0s): 4m0s in all is cut to max_head_start 3m0s`}},
		"a tier, a rule and the own agent": {change: func(p *acd.Plan) { p.Affinity.Mode = "prefer" },
			want: []string{`entry[1].head_start: entry rule "two" (1m0s) + tier "gold" (2m0s) + the own agent (1m0s): 4m0s in all is cut to max_head_start 3m0s`}},
		"a tier and the own agent": {change: func(p *acd.Plan) {
			p.Affinity = acd.Affinity{Mode: "prefer", HeadStart: new(90 * time.Second)}
			p.Entry[1].When.Tier = []string{"silver"}
		},
			want: []string{
				`tiers[0].head_start: tier "gold" (2m0s) + the own agent (1m30s): 3m30s in all is cut to max_head_start 3m0s`,
				`entry[1].head_start: entry rule "two" (1m0s) + tier "silver" (1m0s) + the own agent (1m30s): 3m30s in all is cut to max_head_start 3m0s`}},
		"a rule counts the tiers that it matches": {change: func(p *acd.Plan) { p.Affinity.Mode = "prefer"; p.Entry[1].When.Tier = []string{"silver"} }},
		"a rule that no number can match": {change: func(p *acd.Plan) { p.Entry[0].When = acd.When{Withheld: new(true), Caller: []string{"090*"}} },
			want: []string{"entry[0]: no call matches: a withheld number is none of when.caller"}},
		"a rule behind one that matches all": {change: func(p *acd.Plan) { p.Entry[0].When = acd.When{} },
			want: []string{
				`entry[1]: no call gets here: entry[0] ("one") matches all that this rule does`,
				`entry[2]: no call gets here: entry[0] ("one") matches all that this rule does`}},
		"a rule behind one without a name": {change: func(p *acd.Plan) { p.Entry[0].Name = ""; p.Entry[1].When.Dialed = []string{"1"} },
			want: []string{"entry[1]: no call gets here: entry[0] matches all that this rule does"}},
		"queues without needs": {change: func(p *acd.Plan) { p.Queues[0].Steps, p.Queues[1].Steps = nil, steps(nil, acd.Skills{}) },
			want: []string{
				`queues[0].steps: no floor: no step has needs, so everyone can take the calls of queue "a"`,
				`queues[1].steps: no floor: no step has needs, so everyone can take the calls of queue "b"`}},
		"a step without needs": {change: func(p *acd.Plan) { p.Queues[0].Steps = steps(one, nil) },
			want: []string{"queues[0].steps[1]: no needs: at this step everyone can take the call"}},
		"steps that nobody can serve": {
			change: func(p *acd.Plan) {
				p.Queues[0].Steps = steps(acd.Skills{"support": 9}, acd.Skills{"support": 5, "billing": 5}, acd.Skills{"support": 8, "french": 1}, one)
			},
			agents: map[string]acd.Skills{"ann": {"support": 8, "french": 1}, "bob": {"billing": 5}},
			want: []string{
				"queues[0].steps[0].needs: none of the 2 agents has these skills",
				"queues[0].steps[1].needs: none of the 2 agents has these skills"}},
		"no agents at all": {change: func(p *acd.Plan) { p.Queues[2].Steps = nil }, agents: map[string]acd.Skills{}, want: []string{
			`queues[2].steps: no floor: no step has needs, so everyone can take the calls of queue "c"`,
			"queues[0].steps[0].needs: none of the 0 agents has these skills",
			"queues[1].steps[0].needs: none of the 0 agents has these skills"}},
		"a circle of two": {change: func(p *acd.Plan) { p.Queues[1].Steps, p.Queues[2].Steps = overflow("c"), overflow("b") },
			want: []string{`queues[1].steps[1].do.overflow: overflow cycle "b" -> "c" -> "b": a call is not taken back into a queue that it was in`}},
		"a circle of three and what leads to it": {change: func(p *acd.Plan) {
			p.Queues = []acd.Queue{queue("a", overflow("b")), queue("b", overflow("d", "c")), queue("c", overflow("d")), queue("d", overflow("b")), queue("e", overflow("a"))}
			p.Entry[2].Queue = "e"
		}, want: []string{
			`queues[1].steps[1].do.overflow: overflow cycle "b" -> "d" -> "b": a call is not taken back into a queue that it was in`,
			`queues[2].steps[1].do.overflow: overflow cycle "c" -> "d" -> "b" -> "c": a call is not taken back into a queue that it was in`}},
		"two that help each other out when full": {change: func(p *acd.Plan) {
			p.Queues[0].Capacity, p.Queues[0].WhenFull.Queue = new(5), "b"
			p.Queues[1].Capacity, p.Queues[1].WhenFull.Queue = new(5), "a"
		}},
		"full, and then itself": {change: func(p *acd.Plan) { p.Queues[0].Capacity, p.Queues[0].WhenFull.Queue = new(5), "a" },
			want: []string{`queues[0].when_full.queue: queue "a" is full itself: the call is blocked`}},
		"a transfer above the cap": {change: func(p *acd.Plan) { p.TransferHeadStart = 3*time.Minute + 1 },
			want: []string{"transfer_head_start: a transfer (3m0.000000001s): 3m0.000000001s in all is cut to max_head_start 3m0s"}},
		"a rule for a queue that is always open": {change: func(p *acd.Plan) { p.Entry[0].When = acd.When{Open: "c"}; p.Queues[1].Hours = office }, want: []string{
			`entry[0].when.open: queue "c" has no hours, so it is always open`,
			`entry[1]: no call gets here: entry[0] ("one") matches all that this rule does`,
			`entry[2]: no call gets here: entry[0] ("one") matches all that this rule does`}},
		"a rule for a queue with hours": {change: func(p *acd.Plan) { p.Entry[0].When.Open, p.Queues[0].Hours = "a", office }},
		"a rule for a queue that is never open": {change: func(p *acd.Plan) {
			p.Entry[0].When.Open, p.Queues[2].Hours = "c", &acd.Hours{Week: map[string][]string{"mon-sun": {}}, Dates: map[string][]string{"2026-12-31": nil}}
		}, want: []string{`entry[0]: no call matches: queue "c" is never open`, `queues[2].hours: queue "c" is never open`}},
		"closed without hours": {change: func(p *acd.Plan) {
			p.Queues[0].WhenClosed.Callback = true
			p.Queues[1].WhenClosed.Block = true
			p.Queues[1].Hours = office
		}, want: []string{`queues[0].when_closed: queue "a" has no hours, so it is never closed`}},
		"closed, and then another that is": {change: func(p *acd.Plan) {
			p.Queues[0].Hours, p.Queues[0].WhenClosed.Queue = office, "a"
			p.Queues[1].Hours, p.Queues[1].WhenClosed.Queue = office, "a"
			p.Queues[2].Hours, p.Queues[2].WhenClosed.Queue = &acd.Hours{}, "d"
			p.Queues = append(p.Queues, queue("d", overflow("c")))
			p.Queues[3].Hours, p.Queues[3].WhenClosed.Queue = office, "c"
		}, want: []string{
			`queues[0].when_closed.queue: queue "a" is closed itself: the call is blocked`,
			`queues[1].when_closed.queue: queue "a" has the same hours and is closed too: the call is blocked`,
			`queues[2].hours: queue "c" is never open`,
			`queues[3].when_closed.queue: queue "c" is never open: the call is blocked`,
			`queues[3].steps[1].do.overflow: queue "c" is never open: the call stays`}},
		"closed, and then one with other hours": {change: func(p *acd.Plan) {
			hours := func(zone, days, interval, date string) *acd.Hours {
				return &acd.Hours{Zone: zone, Week: map[string][]string{days: {interval}}, Dates: map[string][]string{date: {}}}
			}
			p.Queues[0].Hours, p.Queues[0].WhenClosed.Queue = hours("", "mon-fri", "09:00-18:00", "2026-12-31"), "d"
			for i, h := range []*acd.Hours{
				hours("Asia/Tokyo", "mon-fri", "09:00-18:00", "2026-12-31"), hours("", "mon-sat", "09:00-18:00", "2026-12-31"),
				hours("", "mon-fri", "09:00-18:01", "2026-12-31"), hours("", "mon-fri", "09:00-18:00", "2026-12-30"), nil,
			} {
				q := queue(string(rune('d'+i)), steps(one))
				q.Hours = h
				if h != nil {
					q.WhenClosed.Queue = string(rune('e' + i))
				}
				p.Queues = append(p.Queues, q)
			}
		}},
		"the same hours in other words": {change: func(p *acd.Plan) {
			p.Queues[0].Hours, p.Queues[0].WhenClosed.Queue = office, "b"
			p.Queues[1].Hours = &acd.Hours{Zone: "Asia/Tokyo", Week: map[string][]string{"mon-wed": {"12:00-18:00", "09:00-12:00"}, "thu-fri": {"09:00-18:00"}, "sun": {}}}
		}, want: []string{`queues[0].when_closed.queue: queue "b" has the same hours and is closed too: the call is blocked`}},
		"conditions that never hold, or always": {change: func(p *acd.Plan) {
			p.MaxCalls, p.Queues[0].Capacity = new(100), new(5)
			for i, c := range []acd.If{{ReadyUnder: new(0)}, {WaitingOver: new(0)}, {WaitingOver: new(4)}, {WaitingOver: new(5)}, {WaitingOver: new(100)},
				{ReadyUnder: new(1), WaitOver: new(time.Duration), Tier: []string{"gold"}}} {
				p.Queues[0].Steps = append(p.Queues[0].Steps, acd.Step{After: time.Duration(i + 1), If: &c, Needs: one})
			}
		}, want: []string{
			"queues[0].steps[1].if.ready_under: no number is under 0: this never holds",
			"queues[0].steps[2].if.waiting_over: the call counts itself: this always holds for a call in line",
			"queues[0].steps[4].if.waiting_over: no more than capacity 5 calls are let in: this holds only with calls transferred or called back",
			"queues[0].steps[5].if.waiting_over: there are never more than max_calls 100 calls: this never holds"}},
		"more calls than by default": {change: func(p *acd.Plan) {
			p.Queues[0].Steps = append(p.Queues[0].Steps, acd.Step{After: 1, If: &acd.If{WaitingOver: new(200_000)}, Needs: one})
			p.Queues[1].Steps = append(p.Queues[1].Steps, acd.Step{After: 1, If: &acd.If{WaitingOver: new(199_999)}, Needs: one})
		}, want: []string{"queues[0].steps[1].if.waiting_over: there are never more than max_calls 200000 calls: this never holds"}},
		"a queue that is reached when another is closed": {change: func(p *acd.Plan) {
			p.Queues = append(p.Queues, queue("d", steps(one)), queue("e", steps(one)))
			p.Queues[0].WhenClosed.Queue, p.Queues[0].Hours = "d", office
			p.Queues[1].WhenClosed.Queue = "e" // without hours it is never closed
		}, want: []string{
			`queues[1].when_closed: queue "b" has no hours, so it is never closed`,
			`queues[4]: nothing but a transfer leads to queue "e"`}},
		"queues that nothing leads to": {change: func(p *acd.Plan) {
			p.Queues = append(p.Queues, queue("d", overflow("e")), queue("e", steps(one)), queue("f", steps(one)), queue("g", steps(one)), queue("h", steps(one)))
			p.Queues[0].WhenFull.Queue, p.Queues[0].Capacity = "f", new(5)
			p.Queues[1].WhenFull.Queue = "h" // without a capacity it is never full
			p.Queues[5].Steps = overflow("g")
		}, want: []string{`queues[3]: nothing but a transfer leads to queue "d"`, `queues[4]: nothing but a transfer leads to queue "e"`, `queues[7]: nothing but a transfer leads to queue "h"`}},
	} {
		t.Run(name, func(t *testing.T) {
			p := sound()
			c.change(&p)
			if err := p.Validate(); err != nil {
				t.Fatalf("the test's plan is not valid: %v", err)
			}
			var got []string
			for _, f := range p.Check(c.agents) {
				got = append(got, f.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPlanCheckKnowsWhichRuleCoversWhich(t *testing.T) {
	yes, no := new(true), new(false)
	type when = acd.When
	for _, c := range []struct {
		first, second when
		covered       bool
	}{
		{when{Dialed: []string{"0120-111"}}, when{Dialed: []string{"0120111"}}, true},
		{when{Dialed: []string{"0120111"}}, when{Dialed: []string{"0120112"}}, false},
		{when{Dialed: []string{"0120-*"}}, when{Dialed: []string{"0120111", "(0120) 2*"}}, true},
		{when{Dialed: []string{"0120-*"}}, when{Dialed: []string{"0120111", "0121"}}, false},
		{when{Dialed: []string{"0120*"}}, when{Dialed: []string{"012*"}}, false},
		{when{Dialed: []string{"0120"}}, when{Dialed: []string{"0120*"}}, false},
		{when{Dialed: []string{"0120*"}}, when{Dialed: []string{"0120"}}, true},
		{when{Dialed: []string{"1", "2", "3*"}}, when{Dialed: []string{"31", "2"}}, true},
		{when{Dialed: []string{"1"}}, when{Dialed: []string{"1"}, Tier: []string{"gold"}}, true},
		{when{Dialed: []string{"1"}, Tier: []string{"gold"}}, when{Dialed: []string{"1"}}, false},
		{when{Dialed: []string{"*"}}, when{}, false}, // a call may come without
		{when{Caller: []string{"090*"}}, when{Caller: []string{"0901", "090-2"}}, true},
		{when{Caller: []string{"090*"}}, when{Dialed: []string{"090*"}}, false},
		{when{Caller: []string{"*"}}, when{Withheld: no}, true},
		{when{Caller: []string{"*"}}, when{Withheld: yes}, false},
		{when{Caller: []string{"*"}}, when{}, false},
		{when{Withheld: no}, when{Caller: []string{"090*"}}, true},
		{when{Withheld: no}, when{Caller: []string{"*"}}, true},
		{when{Withheld: no}, when{Withheld: no}, true},
		{when{Withheld: no}, when{Withheld: yes}, false},
		{when{Withheld: yes}, when{Withheld: yes, Tier: []string{"gold"}}, true},
		{when{Withheld: yes}, when{Withheld: no}, false},
		{when{Withheld: yes}, when{Caller: []string{"1"}}, false},
		{when{Withheld: yes}, when{}, false},
		{when{Tier: []string{"gold", "silver"}}, when{Tier: []string{"silver"}}, true},
		{when{Tier: []string{"silver"}}, when{Tier: []string{"gold", "silver"}}, false},
		{when{Attributes: map[string]string{"a": "1"}}, when{Attributes: map[string]string{"a": "1", "b": "2"}}, true},
		{when{Attributes: map[string]string{"a": "1", "b": "2"}}, when{Attributes: map[string]string{"a": "1"}}, false},
		{when{Attributes: map[string]string{"a": "1"}}, when{Attributes: map[string]string{"a": "2"}}, false},
		{when{Attributes: map[string]string{"a": ""}}, when{Dialed: []string{"1"}}, false},
		{when{Open: "day"}, when{Open: "day", Dialed: []string{"1"}}, true},
		{when{Open: "day"}, when{Dialed: []string{"1"}}, false},
		{when{Open: "day"}, when{Open: "night"}, false},
		{when{Open: "day"}, when{Open: "q"}, false},
		{when{Open: "q"}, when{Open: "day"}, true}, // q has no hours
		{when{Dialed: []string{"1"}}, when{Dialed: []string{"1"}, Open: "day"}, true},
	} {
		p := acd.Plan{
			Tiers: []acd.Tier{{Name: "gold"}, {Name: "silver"}},
			Entry: []acd.Entry{{Queue: "q", When: c.first}, {Queue: "q", When: c.second}, {Queue: "q"}},
			Queues: []acd.Queue{{Name: "q", Steps: []acd.Step{{Needs: acd.Skills{"s": 1}}}},
				{Name: "day", Hours: &acd.Hours{Week: map[string][]string{"mon-sun": {"09:00-17:00"}}}},
				{Name: "night", Hours: &acd.Hours{Week: map[string][]string{"mon-sun": {"17:00-09:00"}}}}},
		}
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		got := hasFinding(p, "entry[1]")
		if got != c.covered {
			t.Errorf("%+v then %+v: covered %v, want %v", c.first, c.second, got, c.covered)
		}
	}
}

func hasFinding(p acd.Plan, path string) bool {
	return slices.ContainsFunc(p.Check(nil), func(f acd.Finding) bool { return f.Path == path })
}

// Whoever is sent to a rule that Check calls unreachable proves Check wrong.
func TestPlanCheckNeverCallsAReachedRuleUnreachable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.SliceOfN(rapid.StringMatching(`[12]{1,2}\*?|\*`), 1, 2)
		attributes := rapid.MapOfN(rapid.SampledFrom([]string{"a", "b"}), rapid.SampledFrom([]string{"x", "y"}), 0, 2)
		p := acd.Plan{Tiers: []acd.Tier{{Name: "gold"}, {Name: "silver"}}}
		for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
			e := acd.Entry{Name: string(rune('a' + i)), Queue: "q"}
			if rapid.Bool().Draw(t, "dialed") {
				e.When.Dialed = pattern.Draw(t, "dialed")
			}
			if rapid.Bool().Draw(t, "caller") {
				e.When.Caller = pattern.Draw(t, "caller")
			}
			if rapid.Bool().Draw(t, "tier") {
				e.When.Tier = rapid.SliceOfN(rapid.SampledFrom([]string{"gold", "silver"}), 1, 2).Draw(t, "tier")
			}
			e.When.Attributes = attributes.Draw(t, "attributes")
			e.When.Withheld = rapid.Ptr(rapid.Bool(), true).Draw(t, "withheld")
			e.When.Open = rapid.SampledFrom([]string{"", "", "q", "day", "night"}).Draw(t, "open")
			p.Entry = append(p.Entry, e)
		}
		p.Entry = append(p.Entry, acd.Entry{Name: "rest", Queue: "q"})
		p.Queues = []acd.Queue{{Name: "q"},
			{Name: "day", Hours: &acd.Hours{Week: map[string][]string{"mon-sun": {"09:00-17:00"}}}},
			{Name: "night", Hours: &acd.Hours{Week: map[string][]string{"mon-sun": {"17:00-09:00"}}}}}
		engine, err := acd.New(p)
		if err != nil {
			t.Fatal(err)
		}
		number := rapid.StringMatching(`[12]{0,3}`)
		at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		events, err := engine.Apply(acd.Command{Type: acd.CmdArrive, At: at, Call: "c", Caller: number.Draw(t, "caller"), Dialed: number.Draw(t, "dialed"),
			Tier: rapid.SampledFrom([]string{"", "gold", "silver"}).Draw(t, "tier"), Attributes: attributes.Draw(t, "attributes")})
		if err != nil || len(events) == 0 {
			t.Fatal(events, err)
		}
		engine.Apply(acd.Command{Type: acd.CmdLogin, At: at, Agent: "ann"})
		events, err = engine.Apply(acd.Command{Type: acd.CmdReady, At: at, Agent: "ann"})
		if err != nil || len(events) != 2 || events[1].Why == nil {
			t.Fatal(events, err)
		}
		for i, e := range p.Entry {
			if e.Name == events[1].Why.Entry && hasFinding(p, fmt.Sprintf("entry[%d]", i)) {
				t.Fatalf("a call came by rule %d", i)
			}
		}
	})
}
