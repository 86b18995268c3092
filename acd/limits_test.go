package acd_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// desk is an Engine of one queue, and a clock.
type desk struct {
	*testing.T
	engine *acd.Engine
	now    time.Time
}

func newDesk(t *testing.T, plan acd.Plan) *desk {
	t.Helper()
	if plan.Queues == nil {
		plan.Entry = []acd.Entry{{Queue: "support"}}
		plan.Queues = []acd.Queue{{Name: "support"}}
	}
	engine, err := acd.New(plan)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, engine, time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
}

// do applies a command that must have this refusal, "" for none.
func (d *desk) do(want acd.Code, cmd acd.Command) []acd.Event {
	d.Helper()
	cmd.At = d.now
	events, err := d.engine.Apply(cmd)
	if got := refusal(err); got != want {
		d.Fatalf("%s: refused %q (%v), want %q", cmd.Type, got, err, want)
	}
	return events
}

func TestTheLatest100000FinishedCallsAreRemembered(t *testing.T) {
	d := newDesk(t, acd.Plan{})
	for i := range 100_001 {
		id := strconv.Itoa(i)
		d.do("", acd.Command{Type: acd.CmdArrive, Call: id})
		d.do("", acd.Command{Type: acd.CmdHangup, Call: id})
	}
	d.do(acd.CodeUnknownCall, acd.Command{Type: acd.CmdHangup, Call: "0"})
	d.do("", acd.Command{Type: acd.CmdHangup, Call: "1"})
	d.do(acd.CodeDuplicateCall, acd.Command{Type: acd.CmdArrive, Call: "1", Customer: "other"})
	if events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "1"}); len(events) != 0 {
		t.Errorf("a repeat gave %v", events)
	}
	if events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "0"}); len(events) != 1 {
		t.Errorf("a call whose id is forgotten gave %v", events)
	}
}

func TestTheLatest131072OffersAreRemembered(t *testing.T) {
	d := newDesk(t, acd.Plan{})
	d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c"})
	for i := range 1 << 17 {
		d.do("", acd.Command{Type: acd.CmdDecline, Offer: fmt.Sprint("o", i+1), Reason: acd.ReasonBusy})
		d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
	}
	d.do(acd.CodeStaleOffer, acd.Command{Type: acd.CmdDecline, Offer: "o1"})
	d.do("", acd.Command{Type: acd.CmdDecline, Offer: "o2"})
	d.do(acd.CodeStaleOffer, acd.Command{Type: acd.CmdDecline, Offer: "o131074"})
	for _, strange := range []string{"o", "o0", "o01", "1", "o-1", "o99999999999999999999", "x1"} {
		d.do(acd.CodeStaleOffer, acd.Command{Type: acd.CmdAccept, Offer: strange})
	}
}

func TestAgentsAreBounded(t *testing.T) {
	d := newDesk(t, acd.Plan{Affinity: acd.Affinity{Mode: acd.AffinityPrefer}})
	// A name that a call mentions takes no place.
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", LastAgent: "stranger"})
	for i := range 100_000 {
		d.do("", acd.Command{Type: acd.CmdLogin, Agent: strconv.Itoa(i)})
	}
	d.do(acd.CodeLimit, acd.Command{Type: acd.CmdLogin, Agent: "one more"})
	d.do(acd.CodeLimit, acd.Command{Type: acd.CmdLogin, Agent: "stranger"})
	d.do(acd.CodeUnknownAgent, acd.Command{Type: acd.CmdReady, Agent: "stranger"})
	d.do("", acd.Command{Type: acd.CmdLogin, Agent: "7"})
	d.do("", acd.Command{Type: acd.CmdHangup, Call: "c"})
}

func TestAttributesAreKeptAsFarAsTheyFit(t *testing.T) {
	many := make(map[string]string)
	for i := range 70 {
		many[fmt.Sprintf("k%02d", i)] = "v"
	}
	large := make(map[string]string)
	for i := range 20 {
		large[fmt.Sprintf("k%02d", i)] = strings.Repeat("v", 1000)
	}
	for _, c := range []struct {
		name           string
		give           map[string]string
		kept, warnings int
	}{
		{"few", map[string]string{"a": "b"}, 1, 0},
		{"bad ones", map[string]string{"a": "b", "": "x", strings.Repeat("k", 65): "x", "long": strings.Repeat("x", 1025), "utf": "\xff"}, 1, 4},
		{"too many", many, 64, 6},
		{"too large", large, 16, 4},
	} {
		d := newDesk(t, acd.Plan{})
		d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
		d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
		events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", Attributes: c.give})
		if got := len(events[0].Warnings); got != c.warnings {
			t.Errorf("%s: %d warnings, want %d: %q", c.name, got, c.warnings, events[0].Warnings)
		}
		if got := len(events[1].Context.Attributes); got != c.kept {
			t.Errorf("%s: %d attributes kept, want %d", c.name, got, c.kept)
		}
	}
}

// TestTheEndsOfTheScaleDoNotOverflow is the longest durations at the latest
// time, head starts and all.
func TestTheEndsOfTheScaleDoNotOverflow(t *testing.T) {
	const longest = 8760 * time.Hour
	d := newDesk(t, acd.Plan{
		MaxHeadStart: new(longest),
		Affinity:     acd.Affinity{Mode: acd.AffinityHold, HeadStart: new(longest), Hold: new(longest), Remember: new(longest)},
		Tiers:        []acd.Tier{{Name: "gold", MinScore: new(0.0), HeadStart: longest}},
		Entry:        []acd.Entry{{Queue: "support", HeadStart: longest}},
		Queues:       []acd.Queue{{Name: "support", Ring: new(longest), WrapUp: longest, RestAfterMissed: longest}},
	})
	for _, d.now = range []time.Time{time.Unix(0, 0), time.Date(2200, 12, 31, 23, 59, 59, 999_999_999, time.UTC)} {
		d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
		d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
		id := d.now.String()
		events := d.do("", acd.Command{Type: acd.CmdArrive, Call: id, Score: new(50.0), HeadStart: longest, LastAgent: "aya"})
		offer := events[len(events)-1]
		if offer.Type != acd.EventOffered || offer.Why.HeadStart != longest || !offer.Until.Equal(d.now.Add(longest)) {
			t.Errorf("at %v: %+v", d.now, offer)
		}
		d.do("", acd.Command{Type: acd.CmdAccept, Offer: offer.Offer})
		d.do("", acd.Command{Type: acd.CmdEnd, Call: id})
	}
	d.now = time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)
	d.do(acd.CodeBadValue, acd.Command{Type: acd.CmdAdvance})
	d.now = time.Unix(0, -1)
	d.do(acd.CodeBadValue, acd.Command{Type: acd.CmdAdvance})
	d.now = time.Time{}
	d.do(acd.CodeBadValue, acd.Command{Type: acd.CmdAdvance})
}

// TestARefusalThatIsJudgedFirstChangesNothing gives nonsense at a later time:
// not even the clock moves.
func TestARefusalThatIsJudgedFirstChangesNothing(t *testing.T) {
	d := newDesk(t, acd.Plan{Queues: []acd.Queue{{Name: "support", Ring: new(10 * time.Second)}}, Entry: []acd.Entry{{Queue: "support"}}})
	d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c"})
	before := d.now
	d.now = before.Add(time.Hour)
	for code, cmd := range map[acd.Code]acd.Command{
		acd.CodeMalformed: {Type: "dance"},
		acd.CodeBadID:     {Type: acd.CmdHangup, Call: "a\x00b"},
		acd.CodeBadValue:  {Type: acd.CmdLogin, Agent: "ben", Skills: acd.Skills{"x": 11}},
	} {
		if events := d.do(code, cmd); events != nil {
			t.Errorf("%s: %v", code, events)
		}
	}
	d.now = before
	d.do("", acd.Command{Type: acd.CmdAccept, Offer: "o1"})
	// One that is due to the state comes after the timers, with their events.
	d.now = before.Add(2 * time.Hour)
	d.do("", acd.Command{Type: acd.CmdBridgeFailed, Call: "c"})
	d.now = before.Add(3 * time.Hour)
	if events := d.do(acd.CodeUnknownCall, acd.Command{Type: acd.CmdEnd, Call: "nobody"}); len(events) == 0 || events[0].Type != acd.EventAgent {
		t.Errorf("the timers' events are missing: %v", events)
	}
	d.now = before.Add(2 * time.Hour)
	d.do(acd.CodeTimeBackwards, acd.Command{Type: acd.CmdAdvance})
}

func TestScoresThatAreNoNumbersAreWarnedOf(t *testing.T) {
	for _, score := range []float64{math.NaN(), math.Inf(1), -1, 100.5} {
		d := newDesk(t, acd.Plan{Tiers: []acd.Tier{{Name: "gold", MinScore: new(0.0)}}})
		if events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", Score: &score}); len(events[0].Warnings) != 1 {
			t.Errorf("%v: warnings %q", score, events[0].Warnings)
		}
	}
}

// TestCallersWhoLeaveLeaveNothingBehind checks that what a call needed is let
// go with it: timers, lines, memory of strangers.
func TestCallersWhoLeaveLeaveNothingBehind(t *testing.T) {
	d := newDesk(t, acd.Plan{
		MaxCalls: new(2_000_000),
		Affinity: acd.Affinity{Mode: acd.AffinityPrefer},
		Entry:    []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support", Steps: []acd.Step{
			{Needs: acd.Skills{"a": 1}}, {After: time.Hour, Needs: acd.Skills{"a": 2}},
		}}},
	})
	before := heapInUse()
	const n = 300_000
	for i := range n {
		d.do("", acd.Command{Type: acd.CmdArrive, Call: strconv.Itoa(i), LastAgent: "agent" + strconv.Itoa(i%1000)})
	}
	full := heapInUse()
	for i := range n {
		d.do("", acd.Command{Type: acd.CmdHangup, Call: strconv.Itoa(i)})
	}
	if _, ok := d.engine.Next(); ok {
		t.Error("there are timers left")
	}
	after := heapInUse()
	// 100,000 finished calls are remembered, and a Go map does not shrink.
	if after-before > (full-before)/2 {
		t.Errorf("the heap grew from %d to %d bytes and shrank only to %d", before, full, after)
	}
	events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "next"})
	if events[0].Position != 1 {
		t.Errorf("the next caller is at position %d", events[0].Position)
	}
}

// TestNextNamesNoDeadlineThatCannotBeApplied has a phone ring over the end of
// the year 2200.
func TestNextNamesNoDeadlineThatCannotBeApplied(t *testing.T) {
	d := newDesk(t, acd.Plan{})
	d.now = time.Date(2200, 12, 31, 23, 59, 59, 0, time.UTC)
	d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c"})
	if next, ok := d.engine.Next(); ok {
		t.Errorf("the next deadline is %v", next)
	}
}

// TestTheEngineKeepsItsOwnAttributes changes the caller's map after the
// arrival.
func TestTheEngineKeepsItsOwnAttributes(t *testing.T) {
	d := newDesk(t, acd.Plan{})
	attributes := map[string]string{"menu": "1"}
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", Attributes: attributes})
	attributes["menu"] = "9"
	d.do("", acd.Command{Type: acd.CmdLogin, Agent: "aya"})
	events := d.do("", acd.Command{Type: acd.CmdReady, Agent: "aya"})
	if got := events[1].Context.Attributes["menu"]; got != "1" {
		t.Errorf("the agent sees menu %q", got)
	}
}

// TestWarningsAreBoundedAndTheCallersOwn gives an arrival more warnings than
// are kept. What came along belongs to what tells one arrival from another.
func TestWarningsAreBoundedAndTheCallersOwn(t *testing.T) {
	d := newDesk(t, acd.Plan{})
	given := make([]string, 1_000)
	for i := range given {
		given[i] = strings.Repeat("w", 300)
	}
	events := d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", Tier: "nobody knows", Warnings: given})
	warnings := events[0].Warnings
	if len(warnings) != 32 || len(warnings[0]) != 256 || warnings[31] != "and 970 more warnings" {
		t.Errorf("%d warnings, the first of %d bytes, the last %q", len(warnings), len(warnings[0]), warnings[len(warnings)-1])
	}
	if len(given[0]) != 300 {
		t.Error("the caller's own were cut")
	}
	d.do("", acd.Command{Type: acd.CmdArrive, Call: "c", Tier: "nobody knows", Warnings: given})
	d.do(acd.CodeDuplicateCall, acd.Command{Type: acd.CmdArrive, Call: "c", Tier: "nobody knows", Warnings: given[1:]})
}
