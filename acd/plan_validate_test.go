package acd_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
)

// smallPlan is valid: a tier, two entry rules, and two queues.
func smallPlan() acd.Plan {
	return acd.Plan{
		Tiers: []acd.Tier{{Name: "gold"}},
		Entry: []acd.Entry{
			{Name: "loyal line", Queue: "loyal", When: acd.When{Dialed: []string{"0120-1*"}}},
			{Queue: "support"},
		},
		Queues: []acd.Queue{
			{Name: "support", Steps: []acd.Step{{Needs: acd.Skills{"support": 5}}, {After: time.Minute, Do: &acd.Do{Overflow: "loyal"}}}},
			{Name: "loyal"},
		},
	}
}

func TestPlanValidateNamesEveryError(t *testing.T) {
	const (
		badName = "want 1 to 128 bytes of printable UTF-8, got "
		bounds  = "want 0s to 8760h, got "
		never   = "an empty list matches no call; leave it out to match every call"
	)
	long := strings.Repeat("a", 129)
	tooLong := maxTime + 1
	for name, c := range map[string]struct {
		change func(p *acd.Plan)
		want   []string
	}{
		"a valid plan":        {func(p *acd.Plan) {}, nil},
		"the largest figures": {func(p *acd.Plan) { p.MaxHeadStart = new(maxTime); p.MaxCalls = new(math.MaxInt) }, nil},
		"zeros that are written": {func(p *acd.Plan) {
			p.MaxHeadStart, p.MaxCalls = new(time.Duration), new(int)
			p.Affinity = acd.Affinity{"hold", new(time.Duration), new(time.Duration), new(time.Duration), new(int), new(time.Duration)}
			p.Queues[0].RestAfterError, p.Queues[0].MaxMissed, p.Queues[0].Capacity = new(time.Duration), new(int), new(int)
			p.Tiers[0].MinScore = new(0.0)
		}, nil},
		"nothing at all": {func(p *acd.Plan) { *p = acd.Plan{} }, []string{
			"entry: want at least 1, got 0", "queues: want at least 1, got 0"}},
		"the plan's own figures": {func(p *acd.Plan) { p.MaxHeadStart, p.MaxCalls = new(-time.Second), new(-1) }, []string{
			"max_head_start: " + bounds + "-1s", "max_calls: want 0 or more, got -1"}},
		"affinity": {func(p *acd.Plan) {
			p.Affinity = acd.Affinity{"Off", new(tooLong), new(-time.Hour), new(tooLong), new(-2), new(time.Duration(math.MinInt64))}
		}, []string{
			`affinity.mode: want one of ["off" "prefer" "hold"], got "Off"`,
			"affinity.head_start: " + bounds + "8760h0m0.000000001s",
			"affinity.hold: " + bounds + "-1h0m0s",
			"affinity.remember: " + bounds + "8760h0m0.000000001s",
			"affinity.entries: want 0 or more, got -2",
			"affinity.min_talk: " + bounds + "-2562047h47m16.854775808s"}},
		"tiers": {func(p *acd.Plan) {
			p.Tiers = append(p.Tiers, acd.Tier{Name: "gold", MinScore: new(100.5)}, acd.Tier{MinScore: new(math.NaN())},
				acd.Tier{Name: "a\nb", MinScore: new(-0.1), HeadStart: -1}, acd.Tier{Name: "x\xff"})
		}, []string{
			`tiers[1].name: "gold" is already tiers[0].name`,
			"tiers[1].min_score: want 0 to 100, got 100.5",
			"tiers[2].name: " + badName + `""`,
			"tiers[2].min_score: want 0 to 100, got NaN",
			"tiers[3].name: " + badName + `"a\nb"`,
			"tiers[3].min_score: want 0 to 100, got -0.1",
			"tiers[3].head_start: " + bounds + "-1ns",
			"tiers[4].name: " + badName + `"x\xff"`}},
		"entry": {func(p *acd.Plan) {
			p.Entry = []acd.Entry{
				{Name: "one", Queue: "Support"}, {Name: "one", Queue: "support"}, {}, {Queue: "support"},
				{Name: long, Queue: "support", HeadStart: tooLong},
			}
		}, []string{
			`entry[0].queue: no queue is named "Support"`,
			`entry[1].name: "one" is already entry[0].name`,
			"entry[2].queue: want the name of a queue, got nothing",
			"entry[4].name: " + badName + `"` + long[:64] + `"`,
			"entry[4].head_start: " + bounds + "8760h0m0.000000001s"}},
		"the last entry by its number": {func(p *acd.Plan) { p.Entry[1].When.Dialed = []string{"*"} }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry by its caller": {func(p *acd.Plan) { p.Entry[1].When.Caller = []string{"090*"} }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry by its tier": {func(p *acd.Plan) { p.Entry[1].When.Tier = []string{"gold"} }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry by its attributes": {func(p *acd.Plan) { p.Entry[1].When.Attributes = map[string]string{"menu": "1"} }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry by a number withheld": {func(p *acd.Plan) { p.Entry[1].When.Withheld = new(false) }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry by an open queue": {func(p *acd.Plan) { p.Entry[1].When.Open = "support" }, []string{
			"entry[1].when: the last rule must match every call"}},
		"the last entry with no attributes": {func(p *acd.Plan) { p.Entry[1].When.Attributes = map[string]string{} }, nil},
		"patterns": {func(p *acd.Plan) {
			p.Entry[0].When = acd.When{
				Dialed: []string{"", "0*1", "**", "*", "0120 *", "-", "( )", "a\tb", long, "+81 (3) 1234-5678"},
				Caller: []string{"*0", "-*"},
			}
		}, []string{
			"entry[0].when.dialed[0]: want a number, or a prefix that ends in *, got nothing",
			`entry[0].when.dialed[1]: want * at the end only, got "0*1"`,
			`entry[0].when.dialed[2]: want * at the end only, got "**"`,
			`entry[0].when.dialed[5]: want a number, or a prefix that ends in *, got "-"`,
			`entry[0].when.dialed[6]: want a number, or a prefix that ends in *, got "( )"`,
			`entry[0].when.dialed[7]: ` + badName + `"a\tb"`,
			`entry[0].when.dialed[8]: ` + badName + `"` + long[:64] + `"`,
			`entry[0].when.caller[0]: want * at the end only, got "*0"`}},
		"empty lists": {func(p *acd.Plan) {
			p.Entry[0].When = acd.When{Dialed: []string{}, Caller: []string{}, Tier: []string{}}
		}, []string{
			"entry[0].when.dialed: " + never, "entry[0].when.caller: " + never, "entry[0].when.tier: " + never}},
		"tiers of an entry": {func(p *acd.Plan) { p.Entry[0].When.Tier = []string{"gold", "silver", ""} }, []string{
			`entry[0].when.tier[1]: no tier is named "silver"`,
			"entry[0].when.tier[2]: want the name of a tier, got nothing"}},
		"attributes": {func(p *acd.Plan) {
			p.Entry[0].When.Attributes = map[string]string{
				"": "x", "ok": strings.Repeat("v", 1024), "big": strings.Repeat("v", 1025), "bad": "\xff", strings.Repeat("k", 65): ""}
		}, []string{
			`entry[0].when.attributes[""]: want a key of 1 to 64 bytes of UTF-8`,
			"entry[0].when.attributes.bad: want a value of at most 1 KiB of UTF-8",
			"entry[0].when.attributes.big: want a value of at most 1 KiB of UTF-8",
			`entry[0].when.attributes["` + strings.Repeat("k", 64) + `"]: want a key of 1 to 64 bytes of UTF-8`}},
		"too many attributes": {func(p *acd.Plan) {
			p.Entry[0].When.Attributes = make(map[string]string)
			for i := range 65 {
				p.Entry[0].When.Attributes[strconv.Itoa(i)] = strings.Repeat("v", 1000)
			}
		}, []string{
			"entry[0].when.attributes: want at most 64, got 65",
			"entry[0].when.attributes: want at most 16384 bytes in all, got 65120"}},
		"queues": {func(p *acd.Plan) {
			p.Queues = append(p.Queues,
				acd.Queue{Name: "loyal", Select: "random", Ring: new(time.Duration)},
				acd.Queue{Ring: new(-time.Second), WrapUp: -1, RestAfterMissed: -1, RestAfterError: new(tooLong), MaxMissed: new(-1),
					Capacity: new(-1), Guide: "\xff"})
		}, []string{
			`queues[2].name: "loyal" is already queues[1].name`,
			`queues[2].select: want one of ["longest_idle" "most_skilled" "least_skilled" "least_occupied" "fewest_calls"], got "random"`,
			"queues[2].ring: want more than 0s, or an offer could not be accepted",
			"queues[3].name: " + badName + `""`,
			"queues[3].ring: " + bounds + "-1s",
			"queues[3].wrap_up: " + bounds + "-1ns",
			"queues[3].rest_after_missed: " + bounds + "-1ns",
			"queues[3].rest_after_error: " + bounds + "8760h0m0.000000001s",
			"queues[3].max_missed: want 0 or more, got -1",
			"queues[3].capacity: want 0 or more, got -1",
			"queues[3].guide: want UTF-8"}},
		"when full": {func(p *acd.Plan) {
			p.Queues[0].WhenFull = acd.Elsewhere{Divert: "\x00", Queue: "nowhere", Block: true}
			p.Queues[1].WhenFull = acd.Elsewhere{Queue: "support", Block: true}
		}, []string{
			"queues[0].when_full: want at most one of divert, queue, block and callback",
			"queues[0].when_full.divert: " + badName + `"\x00"`,
			`queues[0].when_full.queue: no queue is named "nowhere"`,
			"queues[1].when_full: want at most one of divert, queue, block and callback"}},
		"when full, one of each": {func(p *acd.Plan) {
			p.Queues[0].WhenFull = acd.Elsewhere{Divert: "+81312345678"}
			p.Queues[1].WhenFull = acd.Elsewhere{Queue: "support"}
			p.Queues = append(p.Queues, acd.Queue{Name: "third", WhenFull: acd.Elsewhere{Block: true}})
		}, nil},
		"when full, a callback": {func(p *acd.Plan) {
			p.Queues[0].WhenFull.Callback = true
			p.Queues[1].WhenFull = acd.Elsewhere{Callback: true, Block: true}
		}, []string{
			"queues[0].when_full.callback: a callback is suggested by when_closed only",
			"queues[1].when_full: want at most one of divert, queue, block and callback",
			"queues[1].when_full.callback: a callback is suggested by when_closed only"}},
		"when closed": {func(p *acd.Plan) {
			p.Queues[0].WhenClosed = acd.Elsewhere{Divert: "\x00", Queue: "nowhere", Block: true, Callback: true}
			p.Queues[1].WhenClosed = acd.Elsewhere{Callback: true, Queue: "support"}
		}, []string{
			"queues[0].when_closed: want at most one of divert, queue, block and callback",
			"queues[0].when_closed.divert: " + badName + `"\x00"`,
			`queues[0].when_closed.queue: no queue is named "nowhere"`,
			"queues[1].when_closed: want at most one of divert, queue, block and callback"}},
		"when closed, a callback": {func(p *acd.Plan) { p.Queues[0].WhenClosed.Callback = true }, nil},
		"hours": {func(p *acd.Plan) {
			p.Queues[0].Hours = &acd.Hours{Zone: "Local", Week: map[string][]string{"mon-fri": {"09:00-18:00", "18:00"}}}
			p.Queues[1].Hours = &acd.Hours{Dates: map[string][]string{"2026-13-01": nil}}
		}, []string{
			`queues[0].hours.zone: no time zone is named "Local"`,
			`queues[0].hours.week["mon-fri"][1]: want an interval such as "09:00-18:00", got "18:00"`,
			`queues[1].hours.dates["2026-13-01"]: want a date such as "2026-12-31"`}},
		"an entry by hours": {func(p *acd.Plan) {
			p.Entry[0].When = acd.When{Open: "support"}
			p.Entry = append([]acd.Entry{{Queue: "loyal", When: acd.When{Open: "nowhere"}}}, p.Entry...)
		}, []string{`entry[0].when.open: no queue is named "nowhere"`}},
		"transfers, stays and callbacks": {func(p *acd.Plan) {
			p.TransferHeadStart, p.LongestStay = -1, new(tooLong)
			p.Callback = acd.Callback{Attempts: new(0), RetryAfter: new(-time.Second)}
			p.Queues[0].AnnounceEvery, p.Queues[1].AnnounceEvery = -1, tooLong
		}, []string{
			"transfer_head_start: " + bounds + "-1ns",
			"longest_stay: " + bounds + "8760h0m0.000000001s",
			"callback.attempts: want 1 or more, got 0",
			"callback.retry_after: " + bounds + "-1s",
			"queues[0].announce_every: " + bounds + "-1ns",
			"queues[1].announce_every: " + bounds + "8760h0m0.000000001s"}},
		"a chatty queue": {func(p *acd.Plan) { p.Queues[0].AnnounceEvery, p.Queues[1].AnnounceEvery = time.Second-1, time.Second },
			[]string{"queues[0].announce_every: want 0s, or 1s at least, got 999.999999ms"}},
		"no stay is too long, and one attempt at once": {func(p *acd.Plan) {
			p.LongestStay = new(time.Duration)
			p.Callback = acd.Callback{Attempts: new(1), RetryAfter: new(time.Duration)}
		}, nil},
		"conditions": {func(p *acd.Plan) {
			p.Queues[0].Steps = []acd.Step{
				{If: &acd.If{WaitingOver: new(1)}},
				{After: 1, If: &acd.If{}},
				{After: 2, If: &acd.If{WaitOver: new(tooLong), WaitingOver: new(-1), ReadyUnder: new(-2), Tier: []string{}}},
				{After: 3, If: &acd.If{Tier: []string{"gold", "silver"}}, Do: &acd.Do{Divert: "1"}},
				{After: 4, If: &acd.If{ReadyUnder: new(0)}, Needs: acd.Skills{"support": 1}}}
		}, []string{
			"queues[0].steps[0].if: the first step has needs only",
			"queues[0].steps[1].if: an empty condition always holds; leave it out, or give it wait_over, waiting_over, ready_under or tier",
			"queues[0].steps[2].if.wait_over: " + bounds + "8760h0m0.000000001s",
			"queues[0].steps[2].if.waiting_over: want 0 or more, got -1",
			"queues[0].steps[2].if.ready_under: want 0 or more, got -2",
			"queues[0].steps[2].if.tier: " + never,
			`queues[0].steps[3].if.tier[1]: no tier is named "silver"`}},
		"what a step suggests": {func(p *acd.Plan) {
			p.Queues[0].Steps = []acd.Step{{},
				{After: 1, Do: &acd.Do{Deflect: "sms"}},
				{After: 2, Do: &acd.Do{Callback: true}},
				{After: 3, Do: &acd.Do{Announce: true}},
				{After: 4, Do: &acd.Do{Deflect: "callback"}},
				{After: 5, Do: &acd.Do{Deflect: "\n"}},
				{After: 6, Do: &acd.Do{Deflect: "sms", Announce: true}},
				{After: 7, Do: &acd.Do{Callback: true, Announce: true}}}
		}, []string{
			"queues[0].steps[4].do.deflect: want callback: true to suggest a callback",
			"queues[0].steps[5].do.deflect: " + badName + `"\n"`,
			"queues[0].steps[6].do: want exactly one of overflow, divert, deflect, callback and announce",
			"queues[0].steps[7].do: want exactly one of overflow, divert, deflect, callback and announce"}},
		"service level": {func(p *acd.Plan) {
			p.Queues[0].ServiceLevel = &acd.ServiceLevel{Target: 80, Within: -1, ShortAbandon: tooLong}
			p.Queues[1].ServiceLevel = &acd.ServiceLevel{Target: math.NaN()}
		}, []string{
			"queues[0].service_level.target: want a share from 0 to 1, got 80",
			"queues[0].service_level.within: " + bounds + "-1ns",
			"queues[0].service_level.short_abandon: " + bounds + "8760h0m0.000000001s",
			"queues[1].service_level.target: want a share from 0 to 1, got NaN"}},
		"the first step": {func(p *acd.Plan) {
			p.Queues[0].Steps[0].After = time.Second
			p.Queues[1].Steps = []acd.Step{{Do: &acd.Do{Overflow: "support"}}}
		}, []string{
			"queues[0].steps[0].after: the first step is at 0s, got 1s",
			"queues[1].steps[0].do: the first step has needs only"}},
		"the order of steps": {func(p *acd.Plan) {
			p.Queues[0].Steps = []acd.Step{{}, {After: 2 * time.Second}, {After: time.Second}, {After: time.Second}, {After: -1}, {After: tooLong}}
		}, []string{
			"queues[0].steps[2].after: want more than the 2s of the step before, got 1s",
			"queues[0].steps[3].after: want more than the 1s of the step before, got 1s",
			"queues[0].steps[4].after: " + bounds + "-1ns",
			"queues[0].steps[4].after: want more than the 1s of the step before, got -1ns",
			"queues[0].steps[5].after: " + bounds + "8760h0m0.000000001s"}},
		"what a step does": {func(p *acd.Plan) {
			p.Queues[0].Steps = []acd.Step{{},
				{After: 1, Do: &acd.Do{}},
				{After: 2, Do: &acd.Do{Overflow: "loyal", Divert: "1"}},
				{After: 3, Do: &acd.Do{Overflow: "support"}},
				{After: 4, Do: &acd.Do{Overflow: "nowhere"}},
				{After: 5, Do: &acd.Do{Divert: "\n"}},
				{After: 6, Do: &acd.Do{Divert: "1"}, Needs: acd.Skills{}}}
		}, []string{
			"queues[0].steps[1].do: want exactly one of overflow, divert, deflect, callback and announce",
			"queues[0].steps[2].do: want exactly one of overflow, divert, deflect, callback and announce",
			`queues[0].steps[3].do.overflow: queue "support" would overflow into itself`,
			`queues[0].steps[4].do.overflow: no queue is named "nowhere"`,
			"queues[0].steps[5].do.divert: " + badName + `"\n"`,
			"queues[0].steps[6]: want needs or do, got both"}},
		"needs": {func(p *acd.Plan) {
			p.Queues[0].Steps[0].Needs = acd.Skills{"one": 1, "ten": 10, "zero": 0, "eleven": 11, "": 5, "a\u2028": -1}
		}, []string{
			`queues[0].steps[0].needs[""]: want a name of 1 to 128 bytes of printable UTF-8`,
			`queues[0].steps[0].needs["a\u2028"]: want a name of 1 to 128 bytes of printable UTF-8`,
			`queues[0].steps[0].needs["a\u2028"]: want a level from 1 to 10, got -1`,
			"queues[0].steps[0].needs.eleven: want a level from 1 to 10, got 11",
			"queues[0].steps[0].needs.zero: want a level from 1 to 10, got 0"}},
		"numbers at their bounds": {func(p *acd.Plan) { fillPlan(p, 64, 10_000, 1_000, 32, 64) }, nil},
		"numbers over their bounds": {func(p *acd.Plan) { fillPlan(p, 65, 10_001, 1_001, 33, 65) }, []string{
			"tiers: want at most 64, got 65",
			"entry: want at most 10000, got 10001",
			"queues: want at most 1000, got 1001",
			"queues[0].steps: want at most 32, got 33",
			"queues[0].steps[32].needs: want at most 64, got 65"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := smallPlan()
			c.change(&p)
			if diff := cmp.Diff(c.want, problems(t, p.Validate())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const maxTime = 8760 * time.Hour

// fillPlan makes a plan of so many things.
func fillPlan(p *acd.Plan, tiers, entries, queues, steps, needs int) {
	*p = acd.Plan{}
	for i := range tiers {
		p.Tiers = append(p.Tiers, acd.Tier{Name: fmt.Sprint("t", i)})
	}
	for i := range queues {
		p.Queues = append(p.Queues, acd.Queue{Name: fmt.Sprint("q", i)})
	}
	for i := range entries - 1 {
		p.Entry = append(p.Entry, acd.Entry{Queue: fmt.Sprint("q", i%queues), When: acd.When{Dialed: []string{fmt.Sprintf("0120-%06d", i)}}})
	}
	p.Entry = append(p.Entry, acd.Entry{Queue: "q0"})
	for i := range steps {
		p.Queues[0].Steps = append(p.Queues[0].Steps, acd.Step{After: time.Duration(i)})
	}
	last := &p.Queues[0].Steps[steps-1]
	last.Needs = acd.Skills{}
	for i := range needs {
		last.Needs[fmt.Sprint("s", i)] = 1
	}
}

func BenchmarkPlanCheckOfManyEntryRules(b *testing.B) {
	var p acd.Plan
	fillPlan(&p, 64, 10_000, 1_000, 32, 64)
	for b.Loop() {
		p.Check(nil)
	}
}
