package bank

import (
	"reflect"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
)

func TestCallsAreThoseWhoAskedForAnAgent(t *testing.T) {
	log := read(t, file(
		queuedRow, servedRow, vruRow, hangRow,
		"AA0101 1 5 2 PS 990101 9:00:00 9:00:05 5 9:00:05 9:00:15 10 PHANTOM 9:00:15 9:00:20 5 NO_SERVER",
		"AA0101 2 5 2 NW 990101 9:00:00 9:00:05 5 9:00:05 9:00:05 0 HANG 0:00:00 0:00:00 0 NO_SERVER",
		"AA0101 3 5 1 NW 990101 8:00:00 8:00:05 5 8:00:05 8:00:15 10 HANG 8:00:15 8:00:20 5 NO_SERVER",
		"AA0101 4 0 0 NW 990101 7:41:00 7:41:26 26 0:00:00 0:00:00 0 AGENT 0:00:00 0:00:00 0 MIKI",
	))
	want := []calllog.Call{
		{
			ID: "AA0101-33116", Line: 5, Customer: "9664491", Tier: Priority, Queue: "PS", Arrival: at(1, 0, 0, 36),
			Outcome: calllog.Abandoned, Wait: 153 * time.Second,
		},
		{
			ID: "AA0101-33118", Line: 2, Customer: "27997683", Tier: Priority, Queue: "PS", Arrival: at(1, 6, 55, 26), Wait: 17 * time.Second,
			Outcome: calllog.Answered, Talk: 54 * time.Second, TalkKnown: true, Start: at(1, 6, 55, 43), Agent: "MICHAL",
		},
		{
			ID: "AA0101-33119", Line: 3, Queue: "PS", Arrival: at(1, 7, 41, 26),
			Outcome: calllog.Answered, Talk: 208 * time.Second, TalkKnown: true, Start: at(1, 7, 41, 25), Agent: "BASCH",
		},
		{ID: "AA0101-4", Line: 9, Queue: "NW", Arrival: at(1, 7, 41, 26), Outcome: calllog.Answered, Agent: "MIKI"},
		{ID: "AA0101-3", Line: 8, Customer: "5", Queue: "NW", Arrival: at(1, 8, 0, 5), Outcome: calllog.Abandoned, Wait: 10 * time.Second},
		{ID: "AA0101-2", Line: 7, Customer: "5", Tier: Priority, Queue: "NW", Arrival: at(1, 9, 0, 5), Outcome: calllog.Abandoned},
	}
	calls := log.Records().Calls
	if !reflect.DeepEqual(calls, want) {
		t.Errorf("calls\n%+v\nwant\n%+v", calls, want)
	}
}
