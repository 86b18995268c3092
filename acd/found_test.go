package acd_test

import (
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// TestFoundFillsInWhatTheArrivalLeavesOpen: the answer of a data base counts
// where the arrival says nothing, and not for what is the same arrival.
func TestFoundFillsInWhatTheArrivalLeavesOpen(t *testing.T) {
	engine, err := acd.New(acd.Plan{
		Tiers: []acd.Tier{{Name: "gold", MinScore: new(80.0), HeadStart: time.Minute}},
		Entry: []acd.Entry{
			{Name: "at risk", When: acd.When{Attributes: map[string]string{"at_risk": "yes"}}, Queue: "experts"},
			{Queue: "support"},
		},
		Queues: []acd.Queue{{Name: "support"}, {Name: "experts"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	given := map[string]string{"menu": "2"}
	found := &acd.Found{
		Customer: "k1", Score: new(85.0), Warning: "no history",
		Attributes: map[string]string{"at_risk": "yes", "menu": "9"},
	}
	events, err := engine.Apply(acd.Command{Type: acd.CmdArrive, At: nine, Call: "a", Attributes: given, Found: found})
	if err != nil || len(events) != 1 || events[0].Queue != "experts" || events[0].Tier != "gold" || !slices.Equal(events[0].Warnings, []string{"no history"}) {
		t.Fatalf("%v, %+v", err, events)
	}
	if len(given) != 1 || found.Attributes["menu"] != "9" {
		t.Error("what was given has been changed")
	}
	again := acd.Command{Type: acd.CmdArrive, At: nine, Call: "a", Attributes: given, Found: &acd.Found{Warning: "too late"}}
	if events, err := engine.Apply(again); err != nil || len(events) != 0 {
		t.Errorf("the same arrival with another answer: %v, %+v", err, events)
	}
	engine.Apply(acd.Command{Type: acd.CmdLogin, At: nine, Agent: "aya"})
	events, _ = engine.Apply(acd.Command{Type: acd.CmdReady, At: nine, Agent: "aya"})
	context := events[len(events)-1].Context
	if context == nil || context.Customer != "k1" || context.Attributes["menu"] != "2" || context.Attributes["at_risk"] != "yes" {
		t.Errorf("the screen pop is %+v", context)
	}
}
