package report_test

import (
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/report"
	"github.com/najimi-acd/najimi/erlang"
)

// smallDay is one hour of a small centre, with nine calls.
func smallDay() []acd.Event {
	var events []acd.Event
	add := func(clock string, e acd.Event) {
		at, err := time.Parse(time.DateTime, "2026-04-01 "+clock)
		if err != nil {
			panic(err)
		}
		e.At, e.Seq = at, uint64(len(events)+1)
		events = append(events, e)
	}
	agent := func(clock, id string, state acd.State) {
		add(clock, acd.Event{Type: acd.EventAgent, Agent: id, State: state})
	}
	queued := func(clock, call, queue, tier string) {
		add(clock, acd.Event{Type: acd.EventQueued, Call: call, Queue: queue, Tier: tier})
	}
	offered := func(clock, call, id string, why acd.Why) {
		add(clock, acd.Event{Type: acd.EventOffered, Call: call, Agent: id, Why: &why})
	}
	connected := func(clock, call, id string, waited time.Duration) {
		add(clock, acd.Event{Type: acd.EventConnected, Call: call, Agent: id, Waited: waited})
	}
	ended := func(clock, call, id string, talked time.Duration) {
		add(clock, acd.Event{Type: acd.EventEnded, Call: call, Agent: id, Talked: talked})
		agent(clock, id, acd.StateWrapUp)
	}

	agent("09:00:00", "aya", acd.StateReady)
	agent("09:00:00", "ken", acd.StateReady)

	// sato waits 4 s for the operator of last time, talks 5 m; wrap-up 1 m.
	queued("09:00:00", "sato", "sales", "")
	offered("09:00:00", "sato", "aya", acd.Why{Reason: acd.ReasonSameAgent})
	connected("09:00:04", "sato", "aya", 4*time.Second)

	// mori is on the line with ken after 10 s for 2 m 50 s, then passed on.
	queued("09:01:00", "mori", "sales", "")
	offered("09:01:00", "mori", "ken", acd.Why{Reason: "longest_idle"})
	connected("09:01:10", "mori", "ken", 10*time.Second)
	add("09:04:00", acd.Event{Type: acd.EventTransferred, Call: "mori", From: "ken", To: "repairs", Talked: 170 * time.Second})
	queued("09:04:00", "mori", "repairs", "")
	agent("09:04:00", "ken", acd.StateNotReady) // lunch, and no wrap-up

	// abe hangs up after 3 s: a short abandon. ito hangs up after 15 s, ono
	// after 40 s.
	queued("09:04:30", "abe", "sales", "")
	add("09:04:33", acd.Event{Type: acd.EventAbandoned, Call: "abe", Queue: "sales", Waited: 3 * time.Second})
	queued("09:04:35", "ito", "sales", "")
	queued("09:04:40", "ono", "sales", "")
	add("09:04:50", acd.Event{Type: acd.EventAbandoned, Call: "ito", Queue: "sales", Waited: 15 * time.Second})
	ended("09:05:04", "sato", "aya", 5*time.Minute)
	add("09:05:20", acd.Event{Type: acd.EventAbandoned, Call: "ono", Queue: "sales", Waited: 40 * time.Second})

	// gold customer kato arrives after mori came to repairs and is offered first.
	queued("09:05:44", "kato", "repairs", "gold")
	add("09:06:04", acd.Event{Type: acd.EventAgent, Agent: "aya", State: acd.StateReady, Code: "order"})
	offered("09:06:04", "kato", "aya", acd.Why{Reason: "longest_idle", HeadStart: 2 * time.Minute, Overtaken: 1})
	connected("09:06:04", "kato", "aya", 20*time.Second)

	// mori gives up in repairs: 10 s in sales and 146 s here.
	add("09:06:26", acd.Event{Type: acd.EventAbandoned, Call: "mori", Queue: "repairs", Waited: 156 * time.Second})

	// sales is full: ueda is blocked. hara books a callback and is reached.
	add("09:10:00", acd.Event{Type: acd.EventBlocked, Call: "ueda", Queue: "sales", Reason: acd.ReasonFull})
	queued("09:20:00", "hara", "sales", "")
	add("09:20:30", acd.Event{Type: acd.EventSuggested, Call: "hara", Queue: "sales", Channel: acd.ChannelCallback})
	add("09:20:50", acd.Event{Type: acd.EventCallbackBooked, Call: "hara"})

	ended("09:31:04", "kato", "aya", 25*time.Minute)
	agent("09:31:34", "aya", acd.StateReady)
	offered("09:31:34", "hara", "aya", acd.Why{Reason: "longest_idle"})
	connected("09:31:40", "hara", "aya", 700*time.Second)
	ended("09:33:40", "hara", "aya", 2*time.Minute)
	agent("09:34:40", "aya", acd.StateReady)

	// kubo still waits when we look, at ten.
	queued("09:59:50", "kubo", "repairs", "gold")
	agent("10:00:00", "aya", acd.StateLoggedOut)
	return events
}

func salesPlan() *acd.Plan {
	return &acd.Plan{Queues: []acd.Queue{
		{Name: "sales", ServiceLevel: &acd.ServiceLevel{Target: 0.8, Within: 20 * time.Second, ShortAbandon: 5 * time.Second}},
		{Name: "repairs", ServiceLevel: &acd.ServiceLevel{Target: 0.7, Within: 10 * time.Second, ShortAbandon: 5 * time.Second}},
	}}
}

// Every figure of the small day is worked out by hand.
func TestASmallDayByHand(t *testing.T) {
	r, err := report.New(report.Options{Plan: salesPlan()})
	if err != nil {
		t.Fatal(err)
	}
	r.Add(smallDay()...)
	result := r.Result(time.Time{})
	checkInt := func(what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%s: got %d, want %d", what, got, want)
		}
	}
	check := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) < 1e-12) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	checkTime := func(what string, want time.Duration) func(time.Duration, bool) {
		t.Helper()
		return func(got time.Duration, ok bool) {
			t.Helper()
			if !ok || got != want {
				t.Errorf("%s: got %v %v, want %v", what, got, ok, want)
			}
		}
	}

	// The centre: sato, mori, abe, ito, ono, kato, ueda, hara, kubo.
	all := report.Group(result.Centre, 0)[0]
	checkInt("offered", all.Offered, 9)
	checkInt("answered", all.Answered, 4) // sato, mori (though mori left later), kato, hara
	checkInt("left later", all.LeftLater, 1)
	checkInt("abandoned", all.Abandoned, 3)
	checkInt("short", all.ShortAbandoned, 1)
	checkInt("blocked", all.Blocked, 1)
	checkInt("waiting", all.Waiting, 1)
	// Within their queue's time: sato (4 of 20 s) and mori (10 of 20 s), but not
	// kato (20 of 10 s) nor hara. Gave up within it: abe and ito. kubo has waited
	// 10 of 10 s, which is not over, so 8 are decided.
	checkInt("waiting over", all.WaitingOver, 0)
	check("answered of offered", all.ServiceLevel(erlang.AnsweredOfOffered), 2.0/8)
	check("answered of answered", all.ServiceLevel(erlang.AnsweredOfAnswered), 2.0/4)
	check("short abandons met", all.ServiceLevel(erlang.ShortAbandonsMet), 4.0/8)
	check("short abandons excluded", all.ServiceLevel(erlang.ShortAbandonsExcluded), 2.0/6)
	checkTime("ASA", 183500*time.Millisecond)(all.ASA())                         // (4 + 10 + 20 + 700) ÷ 4
	checkTime("mean wait of abandoned", 58*time.Second/3)(all.MeanAbandonWait()) // (3 + 15 + 40) ÷ 3
	checkTime("callbacks", 700*time.Second)(all.CallbackASA())
	// Talks: sato 300 + 60, mori 170 + 0, kato 1500 + 30, hara 120 + 60.
	checkInt("handled", all.Handled, 4)
	checkTime("AHT", 560*time.Second)(all.AHT()) // 2240 ÷ 4
	check("transfers", all.TransfersPerCall(), 1.0/4)
	check("same agent", all.SameAgentRate(), 1.0/4)
	checkInt("given", all.OvertakingsGiven, 1)
	checkInt("suffered", all.OvertakingsSuffered, 1)
	checkInt("orders", all.Dispositions["order"], 1)
	checkInt("booked", all.Booked, 1)
	checkInt("reached", all.Reached, 1)
	checkInt("suggested", all.Suggested, 1)
	// Overtaking was given by the gold tier and suffered by the others.
	for _, row := range report.Group(result.Centre, report.ByTier) {
		gold := 0
		if row.Tier == "gold" {
			gold = 1
		}
		checkInt("given by "+row.Tier, row.OvertakingsGiven, gold)
		checkInt("suffered by "+row.Tier, row.OvertakingsSuffered, 1-gold)
	}

	// The queues, in order: repairs (mori, kato, kubo) and sales (the others, and
	// mori too).
	queues := report.Group(result.Queues, report.ByQueue)
	repairs, sales := queues[0], queues[1]
	checkInt("repairs offered", repairs.Offered, 3)
	checkInt("repairs transferred in", repairs.TransferredIn, 1)
	checkInt("repairs answered", repairs.Answered, 1)
	checkInt("repairs abandoned", repairs.Abandoned, 1)
	checkInt("repairs waiting", repairs.Waiting, 1)
	checkTime("mori in repairs", 146*time.Second)(repairs.MeanAbandonWait())
	check("repairs level", repairs.ServiceLevel(erlang.AnsweredOfOffered), 0)
	checkInt("sales offered", sales.Offered, 7)
	checkInt("sales answered", sales.Answered, 3)
	checkInt("sales transferred", sales.Transferred, 1)
	check("sales level", sales.ServiceLevel(erlang.AnsweredOfOffered), 2.0/7)
	check("sales excluded", sales.ServiceLevel(erlang.ShortAbandonsExcluded), 2.0/5)

	// The second half-hour has kubo alone; what hara said is hara's arrival's.
	half := report.Group(result.Between(nine().Add(30*time.Minute), nine().Add(time.Hour)).Centre, 0)[0]
	checkInt("second half: offered", half.Offered, 1)
	checkInt("second half: handled", half.Handled, 0)

	// Aya until 9:30: rang 0–4 s, talked 4–304 s, wrapped up to 364 s, talked
	// to 1800 s. After: talked 64 s, wrapped up 30 s, rang 6 s, talked 120 s,
	// wrapped up 60 s, ready the other 1520 s.
	agents := result.Agents
	checkInt("agent rows", len(agents), 4) // the one of 10:00 is not begun
	aya := agents[0]
	checkTime("ringing", 4*time.Second)(aya.Ringing, true)
	checkTime("talking", 1736*time.Second)(aya.Talking, true)
	checkTime("wrapping up", 60*time.Second)(aya.WrappingUp, true)
	check("occupancy", aya.Occupancy(), 1796.0/1800)
	checkTime("aya's AHT", 360*time.Second)(aya.AHT()) // sato alone
	aya = agents[2]
	checkTime("ready", 1520*time.Second)(aya.Ready, true)
	check("occupancy", aya.Occupancy(), (184.0+90)/1800)
	checkTime("aya's AHT", 855*time.Second)(aya.AHT()) // (1530 + 180) ÷ 2
	// Ken: ready 60 s, rang 10 s, talked 170 s, then at lunch.
	ken := agents[1]
	checkTime("staffed", 240*time.Second)(ken.Staffed(), true)
	check("occupancy", ken.Occupancy(), 170.0/240)
	checkTime("lunch", 1560*time.Second)(ken.NotReady, true)
	checkInt("passed on", ken.Transferred, 1)
}

func nine() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }

// What a team leader reads at the end of an hour.
func Example() {
	r, err := report.New(report.Options{Plan: salesPlan()})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Add(smallDay()...)
	result := r.Result(time.Time{}).Between(nine(), nine().Add(time.Hour))
	result.WriteText(os.Stdout)
	// Output:
	// From 2026-04-01 09:00 to 10:00, UTC
	//
	// interval         offered answered abandoned short elsewhere waiting level    ASA    p90    AHT  occ.
	// 09:00                  8        4         3     1         1       0  25 %  3m04s 11m40s  9m20s  96 %
	// 09:30                  1        0         0     0         0       1     –      –      –      –  15 %
	// the centre             9        4         3     1         1       1  25 %  3m04s 11m40s  9m20s  58 %
	//
	// queue            offered answered abandoned short elsewhere waiting level    ASA    p90    AHT  goal
	// repairs                3        1         1     0         0       1   0 %    20s    20s 25m30s  70 %
	// sales                  7        3         3     1         1       0  28 %  3m58s 11m40s  3m57s  80 %
	//
	// tier             offered answered abandoned short elsewhere waiting level    ASA    p90    AHT
	// (none)                 7        3         3     1         1       0  28 %  3m58s 11m40s  3m57s
	// gold                   2        1         0     0         0       1   0 %    20s    20s 25m30s
	//
	// agent            offers missed talks  same passed on handled    AHT staffed   away  occ.
	// aya                   3      0     3     1         0       3 11m30s   1h00m     0s  57 %
	// ken                   1      0     1     0         1       1  2m50s   4m00s 56m00s  70 %
	//
	// Service level: 25 % of offered, 50 % of answered, 50 % with short abandons met,
	//   33 % with them excluded.
	// Waits of answered calls: half within 10s, 90 % within 11m40s, 99 % within 11m40s,
	//   the longest 11m40s.
	// Answered: 25 % by the agent of last time, 0.25 transfers per call.
	// Elsewhere: blocked 1.
	// Callbacks: booked 1, reached 1, mean wait 11m40s.
	// Overtakings: given 1, suffered 1.
	// Also: left after a transfer 1, suggestions 1.
	// Dispositions: order 1.
}

// What a planner puts into a spreadsheet: any rows, merged as wished.
func ExampleWriteAgentsCSV() {
	r, err := report.New(report.Options{Interval: time.Hour})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.Add(smallDay()...)
	report.WriteAgentsCSV(os.Stdout, report.GroupAgents(r.Result(time.Time{}).Agents, report.ByAgent))
	// Output:
	// start,end,agent,offers,missed,talks,same_agent,transferred,handled,handle_time,aht,ready,ringing,talking,wrapping_up,not_ready,staffed,occupancy
	// 2026-04-01T09:00:00Z,2026-04-01T10:00:00Z,aya,3,0,3,1,0,3,2070,690,1520,10,1920,150,0,3600,0.575
	// 2026-04-01T09:00:00Z,2026-04-01T10:00:00Z,ken,1,0,1,0,1,1,170,170,60,10,170,0,3360,240,0.7083333333333334
}
