package acdtest

import (
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func TestHoursAreReadInTheirOwnZone(t *testing.T) {
	office := &acd.Hours{
		Zone:  "Asia/Tokyo",
		Week:  map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}, "sat": {"22:00-02:00"}},
		Dates: map[string][]string{"2026-05-04": {}, "2026-05-05": {"10:00-24:00"}},
	}
	weekend := &acd.Hours{Week: map[string][]string{"sat-mon": {"00:00-24:00"}}}
	newYork := &acd.Hours{
		Zone: "America/New_York",
		Week: map[string][]string{"sun": {"00:30-01:15", "02:30-04:00"}, "sat": {"23:00-02:15"}},
	}
	stJohns := &acd.Hours{Zone: "America/St_Johns", Week: map[string][]string{"fri": {"23:40-23:30"}}}
	for _, c := range []struct {
		hours *acd.Hours
		at    string
		open  bool
	}{
		{office, "2026-04-29T23:59:59+09:00", false},
		{office, "2026-04-30T00:00:00Z", true}, // Thursday, 9:00
		{office, "2026-04-29T23:59:59.999999999Z", false},
		{office, "2026-04-30T12:00:00+09:00", false},
		{office, "2026-04-30T13:00:00+09:00", true},
		{office, "2026-04-30T18:00:00+09:00", false},
		{office, "2026-05-02T21:59:00+09:00", false}, // Saturday
		{office, "2026-05-02T22:00:00+09:00", true},
		{office, "2026-05-03T01:59:00+09:00", true}, // it is Sunday by now
		{office, "2026-05-03T02:00:00+09:00", false},
		{office, "2026-05-03T22:30:00+09:00", false},
		{office, "2026-05-04T10:00:00+09:00", false}, // a Monday, but closed
		{office, "2026-05-05T09:30:00+09:00", false},
		{office, "2026-05-05T23:59:59+09:00", true},
		{office, "2026-05-06T00:00:00+09:00", false},

		{weekend, "2026-05-02T00:00:00Z", true}, // Saturday
		{weekend, "2026-05-03T12:00:00Z", true},
		{weekend, "2026-05-04T23:59:59Z", true},
		{weekend, "2026-05-05T00:00:00Z", false},

		// 8 March 2026: at 2:00 (7:00 UTC) the clocks go to 3:00.
		{newYork, "2026-03-08T06:14:00Z", true},
		{newYork, "2026-03-08T06:20:00Z", true}, // Saturday's: up to 2:15, which is left out
		{newYork, "2026-03-08T06:59:59Z", true},
		{newYork, "2026-03-08T07:00:00Z", true}, // Sunday's, from 2:30, which is left out
		{newYork, "2026-03-08T07:59:59Z", true},
		{newYork, "2026-03-08T08:00:00Z", false},
		// 1 November 2026: at 2:00 (6:00 UTC) the clocks go back to 1:00.
		{newYork, "2026-11-01T04:30:00Z", true},
		{newYork, "2026-11-01T05:30:00Z", true},
		{newYork, "2026-11-01T06:14:59Z", true},
		{newYork, "2026-11-01T07:14:59Z", true}, // 2:14 of Saturday's
		{newYork, "2026-11-01T07:15:00Z", false},
		{newYork, "2026-11-01T07:30:00Z", true},
		{newYork, "2026-11-01T09:00:00Z", false},
		// 29 October 2006, a Sunday: at 0:01 the clocks go back to 23:01 of
		// Saturday, so that Friday's hours go on to Sunday and beyond.
		{stJohns, "2006-10-28T23:45:00-02:30", true},
		{stJohns, "2006-10-29T00:00:30-02:30", true},
		{stJohns, "2006-10-28T23:29:59-03:30", true},
		{stJohns, "2006-10-28T23:30:00-03:30", false},
	} {
		at, err := time.Parse(time.RFC3339Nano, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := isOpen(c.hours, at); got != c.open {
			t.Errorf("%s at %s: open %v, want %v", c.hours.Zone, c.at, got, c.open)
		}
	}
}

func TestHourThatComesTwiceBeginsWithTheFirstAndEndsWithTheSecond(t *testing.T) {
	// At 2:00 (6:00 UTC) back to 1:00.
	for interval, want := range map[string][2]string{
		"01:30-05:00": {"05:30", "10:00"},
		"00:30-01:30": {"04:30", "06:30"},
		"01:15-01:45": {"05:15", "06:45"},
		"00:00-01:00": {"04:00", "06:00"},
		"00:00-02:00": {"04:00", "07:00"},
	} {
		hours := &acd.Hours{Zone: "America/New_York", Dates: map[string][]string{"2026-11-01": {interval}}}
		midnight := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
		var changes []string
		for minute := range 24 * 60 {
			at := midnight.Add(time.Duration(minute) * time.Minute)
			if isOpen(hours, at) != isOpen(hours, at.Add(-time.Minute)) {
				changes = append(changes, at.Format("15:04"))
			}
		}
		if len(changes) != 2 || [2]string(changes) != want {
			t.Errorf("%s: it changes at %v, want %v", interval, changes, want)
		}
	}
}

func TestADayThatIsLeftOutHasNoHours(t *testing.T) {
	// Samoa went from 29 to 31 December 2011.
	hours := &acd.Hours{Zone: "Pacific/Apia", Week: map[string][]string{"fri": {"00:00-24:00"}}}
	for at := time.Date(2011, time.December, 30, 0, 0, 0, 0, time.UTC); at.Day() != 1; at = at.Add(30 * time.Minute) {
		if isOpen(hours, at) {
			t.Errorf("open on a Friday that never was, at %v", at)
		}
	}
}

// closing is a plan whose queue s is open from 9:01 to 10:00 UTC, and t always.
func closing(how acd.Elsewhere) acd.Plan {
	return twoQueues(func(_ *acd.Plan, s, t *acd.Queue) {
		s.Hours = &acd.Hours{Week: map[string][]string{"mon-sun": {"09:01-10:00"}}}
		s.WhenClosed = how
		t.Capacity = new(1)
	})
}

func TestClosedQueueTurnsAway(t *testing.T) {
	s := begin(t, closing(acd.Elsewhere{}))
	gold := acd.Command{Type: acd.CmdArrive, Call: "c1", Tier: "gold"}
	s.at(0, gold, "0s blocked c1 s closed warnings=1")
	s.at(60, arrive("c2"), "1m0s queued c2 s position=1")
	s.at(3599, arrive("c3"), "59m59s queued c3 s position=2")
	s.at(3600, arrive("c4"), "1h0m0s blocked c4 s closed")
	s.staffSkilled(3601, "a1", acd.Skills{"s": 1}, // who waits is served
		"1h0m1s offered o1 c2 a1 until=1h0m21s | all s longest_idle | waited=59m1s")

	s = begin(t, closing(acd.Elsewhere{Divert: "119"}))
	s.at(0, arrive("c1"), "0s diverted c1 s number=119")
	s = begin(t, closing(acd.Elsewhere{Queue: "t"}))
	s.at(0, arrive("c1"), "0s overflowed c1 from=s to=t", "0s queued c1 t position=1")
	s.at(0, arrive("c2"), "0s blocked c2 s closed") // t is full

	// Full, and the other one is closed.
	plan := closing(acd.Elsewhere{})
	plan.Queues[1].WhenFull.Queue = "s"
	s = begin(t, plan)
	s.at(0, dialed("c1", "2", 0), "0s queued c1 t position=1")
	s.at(0, dialed("c2", "2", 0), "0s blocked c2 t full")
	s.at(60, dialed("c3", "2", 0), "1m0s overflowed c3 from=t to=s", "1m0s queued c3 s position=1")
}

func TestNoOverflowIntoAClosedQueue(t *testing.T) {
	plan := closing(acd.Elsewhere{})
	plan.Queues[1].Steps = append(plan.Queues[1].Steps,
		acd.Step{After: 59 * time.Second, Do: &acd.Do{Overflow: "s"}},
		acd.Step{After: 60 * time.Second, Do: &acd.Do{Overflow: "s"}})
	s := begin(t, plan)
	s.at(0, dialed("c1", "2", 0), "0s queued c1 t position=1")
	s.at(61, advance, "59s step c1 t step=1", "1m0s step c1 t step=2",
		"1m0s overflowed c1 from=t to=s", "1m0s queued c1 s position=1")
	s.at(3700, transferTo("c1", "t"), "1h1m40s transferred c1 from=s to=t", "1h1m40s queued c1 t position=1")
	s.at(3701, transferTo("c1", "s"), "1h1m41s transferred c1 from=t to=s", "1h1m41s queued c1 s position=1")
}

func TestEntryRuleHoldsWhileAQueueIsOpen(t *testing.T) {
	plan := closing(acd.Elsewhere{})
	plan.Entry = []acd.Entry{
		{Name: "open", When: acd.When{Open: "s"}, Queue: "s"},
		{Name: "closed", Queue: "t"},
	}
	s := begin(t, plan)
	s.at(59, arrive("c1"), "59s queued c1 t position=1")
	s.at(60, arrive("c2"), "1m0s queued c2 s position=1")
}

func TestClosedQueueSuggestsACallback(t *testing.T) {
	plan := closing(acd.Elsewhere{Callback: true})
	plan.MaxCalls = new(4)
	plan.Queues[0].Capacity = new(1)
	plan.Queues[0].Steps = append(plan.Queues[0].Steps, acd.Step{After: 5 * time.Second, Do: &acd.Do{Overflow: "t"}})
	s := begin(t, plan)
	s.staff(acd.Skills{"s": 1}, "a1")
	s.at(0, dialed("c1", "1", -1), "0s suggested c1 s channel=callback warnings=1")
	s.at(0, arrive("c2"), "0s suggested c2 s channel=callback") // no capacity is used up
	s.at(0, arrive("c3"), "0s suggested c3 s channel=callback")
	s.at(0, arrive("c4"), "0s suggested c4 s channel=callback")
	s.at(0, arrive("c5"), "0s blocked c5 limit")
	s.none()
	s.at(3, cancel("c1"), "refused bad_state")
	s.at(3, end("c1"), "refused bad_state")
	s.at(3, transferTo("c1", "t"), "refused bad_state")
	s.at(3, hangup("c1"), "3s abandoned c1 s")
	s.at(3, deflect("c2", "web"), "3s deflected c2 s channel=web")
	// At once: the time to think was no waiting.
	s.at(10, callback("c3", "7", 0, 0), "10s callback_booked c3 number=7", "10s queued c3 s position=1",
		"10s offered o1 c3 a1 until=30s kind=callback | all s longest_idle | number=7")
	s.at(11, accept("o1"), "11s connected o1 c3 a1 waited=1s")
	// At a time: the ladder begins then.
	s.at(12, callback("c4", "", 70, 100), "12s callback_booked c4 not_before=1m10s until=1m40s")
	s.at(13, hangup("c4"))
	s.at(75, advance, "1m10s requeued c4 s due position=1",
		"1m15s step c4 s step=1", "1m15s overflowed c4 from=s to=t", "1m15s queued c4 t position=1")
	s.at(100, advance, "1m40s callback_failed c4 t expired waited=30s")
}

func TestSuggestedCallerKeepsTheOwnAgentButNoHold(t *testing.T) {
	plan := closing(acd.Elsewhere{Callback: true})
	plan.Affinity.Mode = acd.AffinityHold
	s := begin(t, plan)
	s.staff(acd.Skills{"s": 1}, "a1", "a2")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", LastAgent: "a2"}
	s.at(0, c1, "0s suggested c1 s channel=callback")
	s.at(1, callback("c1", "", 0, 0), "1s callback_booked c1", "1s queued c1 s position=1",
		"1s offered o1 c1 a2 until=21s kind=callback | all s same_agent head_start=1m0s |")
	s.at(2, hangup("c1"))
	s.at(2, decline("o1", ""), "2s withdrawn o1 c1 a2 declined", "2s requeued c1 s declined position=1",
		"2s agent a2 not_ready declined", "2s offered o2 c1 a1 until=22s kind=callback | all s longest_idle | waited=1s")
}
