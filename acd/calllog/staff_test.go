package calllog_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// at is on the first days of January 1999.
func at(day, hour, minute, second int) time.Time {
	return time.Date(1999, 1, day, hour, minute, second, 0, time.UTC)
}

// served is an answered call without a wait.
func served(agent, queue string, start time.Time, talk time.Duration) calllog.Call {
	return calllog.Call{
		Agent: agent, Queue: queue, Arrival: start, Outcome: calllog.Answered, Start: start, Talk: talk, TalkKnown: true,
	}
}

func TestStaffIsThereFromFirstToLastTalkLessAbsences(t *testing.T) {
	late := served("EVA", "PS", at(1, 23, 59, 0), 2*time.Minute)
	log := calllog.Log{Calls: []calllog.Call{
		// EVA: a minute, two calls at once, 4:59 idle, a call; 5 min away; one more past midnight.
		served("EVA", "PS", at(1, 9, 0, 0), time.Minute),
		served("EVA", "PS", at(1, 9, 0, 30), 90*time.Second),
		served("EVA", "PS", at(1, 9, 6, 59), time.Second),
		served("EVA", "NW", at(1, 9, 12, 0), time.Minute),
		late,
		served("EVA", "PS", at(2, 0, 2, 0), time.Minute),
		// ADAM: nothing but a talk of no length; nobody: no name.
		served("ADAM", "PS", at(1, 9, 0, 0), 0),
		served("", "PS", at(1, 9, 0, 0), time.Minute),
		{Queue: "PS", Arrival: at(1, 9, 30, 0), Outcome: calllog.Abandoned},
	}}
	want := []calllog.Presence{
		{
			Agent: "EVA", Day: at(1, 0, 0, 0), Calls: 5, Busy: 5*time.Minute + time.Second,
			Spans: []calllog.Span{
				{From: at(1, 9, 0, 0), To: at(1, 9, 7, 0)}, {From: at(1, 9, 12, 0), To: at(1, 9, 13, 0)},
				{From: at(1, 23, 59, 0), To: at(2, 0, 1, 0)},
			},
		},
		{Agent: "EVA", Day: at(2, 0, 0, 0), Calls: 1, Busy: time.Minute, Spans: []calllog.Span{{From: at(2, 0, 2, 0), To: at(2, 0, 3, 0)}}},
	}
	staff := log.Staff(0, nil)
	if !reflect.DeepEqual(staff, want) {
		t.Errorf("staff\n%+v\nwant\n%+v", staff, want)
	}
	if got, want := staff[0].Time(), 10*time.Minute; got != want {
		t.Errorf("time %v, want %v", got, want)
	}
	if got, want := calllog.Occupancy(staff), 361./660; got != want {
		t.Errorf("occupancy %v, want %v", got, want)
	}
	if got := calllog.Occupancy(nil); got != 0 {
		t.Errorf("occupancy of nobody %v", got)
	}
	if staff := log.Staff(5*time.Minute+time.Second, nil); len(staff[0].Spans) != 2 {
		t.Errorf("a longer gap: %v", staff[0].Spans)
	}
	// East of here it is the second of January already at 23:59.
	if staff := log.Staff(0, time.FixedZone("east", 3600)); len(staff) != 2 || staff[1].Calls != 2 {
		t.Errorf("in another zone: %+v", staff)
	}
}

func TestSkillsNeedTwentyCallsOrOnePercent(t *testing.T) {
	var calls []calllog.Call
	add := func(n int, agent, queue string) {
		for range n {
			calls = append(calls, served(agent, queue, at(1, 9, 0, 0), time.Minute))
		}
	}
	add(2960, "EVA", "PS")
	add(20, "EVA", "NW") // twenty, and below 1 %
	add(19, "EVA", "TT")
	add(99, "ADAM", "PS")
	add(1, "ADAM", "NE") // one, and 1 %
	add(7, "", "IN")
	want := []calllog.Skills{{Agent: "ADAM", Calls: 100, Queues: []string{"NE", "PS"}}, {Agent: "EVA", Calls: 2999, Queues: []string{"NW", "PS"}}}
	if got := calllog.Skilled(calls); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestPatienceIsCensoredByTheAnswer(t *testing.T) {
	calls := []calllog.Call{
		{Queue: "a", Outcome: calllog.Abandoned, Wait: 0},
		{Queue: "a", Outcome: calllog.Answered, Wait: 0, Talk: time.Minute}, // says nothing
		{Queue: "a", Outcome: calllog.Answered, Wait: 9 * time.Second},
		{Queue: "b", Outcome: calllog.Abandoned, Wait: 5 * time.Second},
		{Queue: "a", Outcome: calllog.Left, Wait: 7 * time.Second},
		{Queue: "a", Outcome: calllog.Open},
	}
	times, censored := calllog.Patience(calls, "a")
	if !reflect.DeepEqual(times, []time.Duration{0, 9 * time.Second, 7 * time.Second}) || !reflect.DeepEqual(censored, []bool{false, true, true}) {
		t.Errorf("patience of a: %v, %v", times, censored)
	}
	if times, _ := calllog.Patience(calls, ""); len(times) != 4 {
		t.Errorf("patience of all: %v", times)
	}
	if got := calllog.Talks(calls, ""); !reflect.DeepEqual(got, []time.Duration{time.Minute}) {
		t.Errorf("talks %v", got)
	}
	if got := calllog.Talks(calls, "b"); got != nil {
		t.Errorf("talks of b %v", got)
	}
	calls[0].Tier, calls[3].Tier = "silver", "gold"
	if got := calllog.Tiers(calls); !reflect.DeepEqual(got, []string{"gold", "silver"}) {
		t.Errorf("tiers %v", got)
	}
	if got := calllog.Queues(calls); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Errorf("queues %v", got)
	}
}
