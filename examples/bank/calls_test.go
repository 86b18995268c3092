package bank

import (
	"reflect"
	"testing"
	"time"
)

func TestCallsAreThoseWhoAskedForAnAgent(t *testing.T) {
	log := read(t, file(
		queuedRow, servedRow, vruRow, hangRow,
		"AA0101 1 5 2 PS 990101 9:00:00 9:00:05 5 9:00:05 9:00:15 10 PHANTOM 9:00:15 9:00:20 5 NO_SERVER",
		"AA0101 2 5 2 NW 990101 9:00:00 9:00:05 5 9:00:05 9:00:05 0 HANG 0:00:00 0:00:00 0 NO_SERVER",
		"AA0101 3 5 1 NW 990101 8:00:00 8:00:05 5 8:00:05 8:00:15 10 HANG 8:00:15 8:00:20 5 NO_SERVER",
		"AA0101 4 0 0 NW 990101 7:41:00 7:41:26 26 0:00:00 0:00:00 0 AGENT 0:00:00 0:00:00 0 MIKI",
	))
	want := []Call{
		{ID: "AA0101-33116", Line: 5, Customer: "9664491", Priority: 2, Type: "PS", Arrival: at(1, 0, 0, 36), Queued: true, Wait: 153 * time.Second},
		{
			ID: "AA0101-33118", Line: 2, Customer: "27997683", Priority: 2, Type: "PS", Arrival: at(1, 6, 55, 26), Queued: true, Wait: 17 * time.Second,
			Answered: true, Service: 54 * time.Second, ServiceStart: at(1, 6, 55, 43), Server: "MICHAL",
		},
		{
			ID: "AA0101-33119", Line: 3, Type: "PS", Arrival: at(1, 7, 41, 26),
			Answered: true, Service: 208 * time.Second, ServiceStart: at(1, 7, 41, 25), Server: "BASCH",
		},
		{ID: "AA0101-4", Line: 9, Type: "NW", Arrival: at(1, 7, 41, 26), Answered: true, Server: "MIKI"},
		{ID: "AA0101-3", Line: 8, Customer: "5", Priority: 1, Type: "NW", Arrival: at(1, 8, 0, 5), Queued: true, Wait: 10 * time.Second},
		{ID: "AA0101-2", Line: 7, Customer: "5", Priority: 2, Type: "NW", Arrival: at(1, 9, 0, 5), Queued: true},
	}
	calls := log.Calls()
	if !reflect.DeepEqual(calls, want) {
		t.Errorf("calls\n%+v\nwant\n%+v", calls, want)
	}
	if got := TypesOf(calls); !reflect.DeepEqual(got, []string{"NW", "PS"}) {
		t.Errorf("types %v", got)
	}
	times, censored := Patience(calls, "PS")
	if !reflect.DeepEqual(times, []time.Duration{153 * time.Second, 17 * time.Second}) || !reflect.DeepEqual(censored, []bool{false, true}) {
		t.Errorf("patience of PS: %v, %v", times, censored)
	}
	if times, _ := Patience(calls, ""); len(times) != 4 {
		t.Errorf("patience of all: %v", times)
	}
	if got := ServiceTimes(calls, ""); !reflect.DeepEqual(got, []time.Duration{54 * time.Second, 208 * time.Second}) {
		t.Errorf("service times %v", got)
	}
	if got := ServiceTimes(calls, "NW"); got != nil {
		t.Errorf("service times of NW %v", got)
	}
}

// Three calls of one customer: the second is a repeat, but hung up; the third
// comes to the same server.
func TestLastServerIsThatOfTheLatestAnsweredCall(t *testing.T) {
	calls := read(t, file(
		"AA0101 3 5 1 PS 990103 8:00:00 8:00:05 5 8:00:05 8:00:15 10 AGENT 8:00:15 8:00:20 5 EVA",
		"AA0101 1 5 1 PS 990101 8:00:00 8:00:05 5 8:00:05 8:00:15 10 AGENT 8:00:15 8:00:20 5 EVA",
		"AA0101 2 5 1 PS 990102 8:00:00 8:00:05 5 8:00:05 8:00:15 10 HANG 0:00:00 0:00:00 0 NO_SERVER",
		"AA0101 4 5 1 PS 990103 9:00:00 9:00:05 5 9:00:05 9:00:15 10 AGENT 9:00:15 9:00:20 5 NO_SERVER",
		"AA0101 5 5 2 PS 990103 9:30:00 9:30:05 5 9:30:05 9:30:45 40 AGENT 9:30:45 9:30:50 5 ADAM",
		"AA0101 6 0 0 PS 990103 9:40:00 9:40:05 5 0:00:00 0:00:00 0 AGENT 9:40:05 9:40:50 45 ADAM",
	)).Calls()
	var last []string
	for _, c := range calls {
		last = append(last, c.LastServer)
	}
	if want := []string{"", "EVA", "EVA", "EVA", "EVA", ""}; !reflect.DeepEqual(last, want) {
		t.Errorf("last servers %q, want %q", last, want)
	}
	got := Record(calls)
	want := Recorded{
		All: Figures{
			Calls: 6, Answered: 5, Abandoned: 1, Within20: 4, MeanWait: 14 * time.Second, MedianWait: 10 * time.Second,
			P99Wait: 40 * time.Second, Repeats: 2, SameServer: 1,
		},
		Priority: Figures{
			Calls: 1, Answered: 1, MeanWait: 40 * time.Second, MedianWait: 40 * time.Second, P99Wait: 40 * time.Second, Repeats: 1,
		},
		Regular: Figures{
			Calls: 5, Answered: 4, Abandoned: 1, Within20: 4, MeanWait: 7500 * time.Millisecond, MedianWait: 10 * time.Second,
			P99Wait: 10 * time.Second, Repeats: 1, SameServer: 1,
		},
	}
	if got != want {
		t.Errorf("figures\n%+v\nwant\n%+v", got, want)
	}
	if f := got.All; f.ServiceLevel() != 4./6 || f.AbandonRate() != 1./6 || f.SameServerRate() != 0.5 {
		t.Errorf("rates %v, %v, %v", f.ServiceLevel(), f.AbandonRate(), f.SameServerRate())
	}
	if f := Record(nil).All; f != (Figures{}) || f.ServiceLevel() != 0 {
		t.Errorf("no calls: %+v", f)
	}
}

func TestStaffIsThereFromFirstToLastServiceLessAbsences(t *testing.T) {
	log := read(t, file(
		// EVA: a minute, two calls at once, 4:59 idle, a call; 5 min away; one more past midnight.
		"AA0101 1 0 0 PS 990101 9:00:00 9:00:00 0 0:00:00 0:00:00 0 AGENT 9:00:00 9:01:00 60 EVA",
		"AA0101 2 0 0 PS 990101 9:00:30 9:00:30 0 0:00:00 0:00:00 0 AGENT 9:00:30 9:02:00 90 EVA",
		"AA0101 3 0 0 PS 990101 9:06:59 9:06:59 0 0:00:00 0:00:00 0 AGENT 9:06:59 9:07:00 1 EVA",
		"AA0101 4 0 0 NW 990101 9:12:00 9:12:00 0 0:00:00 0:00:00 0 AGENT 9:12:00 9:13:00 60 EVA",
		"AA0101 5 0 0 PS 990101 23:59:00 23:59:00 0 0:00:00 0:00:00 0 AGENT 23:59:00 0:01:00 120 EVA",
		"AA0101 6 0 0 PS 990102 0:02:00 0:02:00 0 0:00:00 0:00:00 0 AGENT 0:02:00 0:03:00 60 EVA",
		// ADAM: nothing but a service of no length; nobody: no name.
		"AA0101 7 0 0 PS 990101 9:00:00 9:00:00 0 0:00:00 0:00:00 0 AGENT 9:00:00 9:00:00 0 ADAM",
		"AA0101 8 0 0 PS 990101 9:00:00 9:00:00 0 0:00:00 0:00:00 0 AGENT 9:00:00 9:01:00 60 NO_SERVER",
	))
	want := []Presence{
		{
			Agent: "EVA", Day: at(1, 0, 0, 0), Calls: 5, Busy: 5*time.Minute + time.Second,
			Spans: []Span{
				{at(1, 9, 0, 0), at(1, 9, 7, 0)}, {at(1, 9, 12, 0), at(1, 9, 13, 0)}, {at(1, 23, 59, 0), at(2, 0, 1, 0)},
			},
		},
		{Agent: "EVA", Day: at(2, 0, 0, 0), Calls: 1, Busy: time.Minute, Spans: []Span{{at(2, 0, 2, 0), at(2, 0, 3, 0)}}},
	}
	staff := log.Staff(0)
	if !reflect.DeepEqual(staff, want) {
		t.Errorf("staff\n%+v\nwant\n%+v", staff, want)
	}
	if got, want := staff[0].Time(), 10*time.Minute; got != want {
		t.Errorf("time %v, want %v", got, want)
	}
	if got, want := Occupancy(staff), 361./660; got != want {
		t.Errorf("occupancy %v, want %v", got, want)
	}
	if got := Occupancy(nil); got != 0 {
		t.Errorf("occupancy of nobody %v", got)
	}
	if staff := log.Staff(5*time.Minute + time.Second); len(staff[0].Spans) != 2 {
		t.Errorf("a longer gap: %v", staff[0].Spans)
	}
}

func TestSkillsNeedTwentyCallsOrOnePercent(t *testing.T) {
	var calls []Call
	add := func(n int, agent, typ string) {
		for range n {
			calls = append(calls, Call{Server: agent, Type: typ, Answered: true})
		}
	}
	add(2960, "EVA", "PS")
	add(20, "EVA", "NW") // twenty, and below 1 %
	add(19, "EVA", "TT")
	add(99, "ADAM", "PS")
	add(1, "ADAM", "NE") // one, and 1 %
	add(7, "", "IN")
	want := []Skills{{"ADAM", 100, []string{"NE", "PS"}}, {"EVA", 2999, []string{"NW", "PS"}}}
	if got := Skilled(calls); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
