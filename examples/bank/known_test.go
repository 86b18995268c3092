package bank

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
)

// month reads a month of the real data, which lies beside the project and is
// not part of it.
func month(t *testing.T, name string) *Log {
	t.Helper()
	path := "../../../shared/data/bank/anonymous_bank_" + name + ".tsv.gz"
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs ../shared/data/bank beside the project (Anonymous Bank call-center data, Technion): there is no %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	log, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// The figures published with the data. They are over all rows but Phantom, the
// callers who hung up in the VRU among them, and leave out the night only where
// it says so.
func TestKnownFigures(t *testing.T) {
	for _, c := range []struct {
		month                                 string
		perDay, service, hungUp, queued, wait float64
		same                                  float64
	}{
		{"1999-01", 1462, 185, 13.7, 53, 68, 8.7},
		{"1999-02", 1500, 177, 17.9, 54, 76, 10.5},
	} {
		t.Run(c.month, func(t *testing.T) {
			log := month(t, c.month)
			var rows, hungUp, served, queued, byDay float64
			var service, waited time.Duration
			days := map[time.Time]bool{}
			for _, r := range log.Rows {
				if r.Outcome == Phantom {
					continue
				}
				rows++
				if r.Outcome == Hang {
					hungUp++
				}
				if r.Outcome == Agent && r.ServiceTime > 0 {
					served++
					service += r.ServiceTime
				}
				if r.Queued {
					queued++
					waited += r.QueueTime
				}
				// The bank is open from 7 to midnight, Sunday to Thursday.
				if r.Date.Weekday() <= time.Thursday && r.VRUEntry.Sub(r.Date) >= 7*time.Hour {
					byDay++
					days[r.Date] = true
				}
			}
			near := func(what string, got, want, tolerance float64) {
				t.Logf("%s: %.2f, published %v", what, got, want)
				if math.Abs(got-want) > tolerance {
					t.Errorf("%s: %.2f, want %v", what, got, want)
				}
			}
			// Half a unit of the last digit published, or a whole one where the
			// figure was cut off instead of rounded (54.6 % queued in February).
			near("calls a day, Sunday to Thursday from 7", byDay/float64(len(days)), c.perDay, 0.5)
			near("mean service, s", service.Seconds()/served, c.service, 0.5)
			near("hung up, %", 100*hungUp/rows, c.hungUp, 0.05)
			near("queued, %", 100*queued/rows, c.queued, 1)
			near("mean wait of the queued, s", waited.Seconds()/queued, c.wait, 0.5)
			near("same server as last time, %", 100*float64(recorded(t, log).SameAgent)/float64(recorded(t, log).Repeats), c.same, 0.05)
		})
	}
}

// Where the last server is when a customer calls again: published are busy
// 37 %, idle 12 %, away 51 %. Who is idle and who is away depends on the gap
// taken for an absence: 20 minutes give the published figures, 5 only 5 % idle.
func TestInferredStaffAgainstPublishedWhereabouts(t *testing.T) {
	log := month(t, "1999-01")
	records := log.Records()
	spans := map[string][]calllog.Span{}
	for _, p := range records.Staff(20*time.Minute, nil) {
		spans[p.Agent] = append(spans[p.Agent], p.Spans...)
	}
	talks := map[string][]calllog.Span{}
	for _, r := range log.Rows {
		if r.Server != "" {
			talks[r.Server] = append(talks[r.Server], calllog.Span{From: r.ServiceStart, To: r.ServiceExit})
		}
	}
	within := func(spans []calllog.Span, at time.Time) bool {
		return slices.ContainsFunc(spans, func(s calllog.Span) bool { return !at.Before(s.From) && at.Before(s.To) })
	}
	var all, busy, idle float64
	last := map[string]string{} // by customer
	for _, c := range records.Calls {
		if before := last[c.Customer]; before != "" {
			all++
			switch {
			case within(talks[before], c.Arrival):
				busy++
			case within(spans[before], c.Arrival):
				idle++
			}
		}
		if c.Customer != "" && c.Agent != "" {
			last[c.Customer] = c.Agent
		}
	}
	busy, idle = 100*busy/all, 100*idle/all
	t.Logf("busy %.1f %%, idle %.1f %%, away %.1f %%", busy, idle, 100-busy-idle)
	if math.Abs(busy-37) > 1 || math.Abs(idle-12) > 1.5 || math.Abs(100-busy-idle-51) > 2 {
		t.Errorf("busy %.1f %%, idle %.1f %%, away %.1f %%; want 37, 12, 51", busy, idle, 100-busy-idle)
	}
}

// recorded is what all callers of a month lived through.
func recorded(t *testing.T, log *Log) sim.Figures {
	t.Helper()
	records := log.Records()
	replay, err := sim.FromLog(records, sim.LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var all sim.Figures
	for _, row := range replay.Recorded(records, sim.Grid{}, []time.Duration{20 * time.Second}).Rows {
		all.Merge(&row.Figures)
	}
	return all
}

// What is in the files, to the row: a change of any of these is a change of
// meaning.
func TestTheFilesAreReadToTheRow(t *testing.T) {
	for _, c := range []struct {
		month                               string
		rows, phantom, calls, answered      int
		within20                            int
		mean, median, p99                   time.Duration
		repeats, same                       int
		presences, queued, gaveUp, services int
		occupancy                           float64
		odd                                 []Oddity
	}{
		{
			month: "1999-01", rows: 31599, phantom: 240, calls: 30161, answered: 27060, within20: 16402,
			mean: 35027974870, median: 3 * time.Second, p99: 259 * time.Second, repeats: 7605, same: 665,
			presences: 409, queued: 16686, gaveUp: 3101, services: 26783, occupancy: 0.7960,
			odd: []Oddity{
				{UnknownType, 2, 21553}, {UnreadableCustomer, 24, 257}, {CustomerNoPriority, 25, 2583},
				{PastMidnight, 24, 1730}, {VRUBackwards, 33, 637}, {QueueStartOff, 1, 28023}, {QueueTimeZero, 21, 197},
				{ServiceEarly, 199, 446}, {ServiceLate, 75, 20}, {ServiceLong, 4, 5834}, {AnsweredNoTime, 235, 1536},
				{AnsweredNoStart, 42, 1591}, {AnsweredNoServer, 490, 20}, {HungUpServed, 82, 641},
				{HungUpServer, 1, 3651}, {TwoCallsAtOnce, 407, 9},
			},
		},
		{
			month: "1999-02", rows: 33344, phantom: 278, calls: 31125, answered: 27162, within20: 16209,
			mean: 40774317060, median: 6 * time.Second, p99: 311 * time.Second, repeats: 7801, same: 817,
			presences: 385, queued: 18059, gaveUp: 3963, services: 27077, occupancy: 0.7951,
			odd: []Oddity{
				{UnreadableCustomer, 21, 333}, {CustomerNoPriority, 23, 886}, {PastMidnight, 22, 2639},
				{VRUBackwards, 25, 2047}, {QueueStartOff, 4, 2639}, {QueueTimeZero, 31, 329}, {ServiceEarly, 350, 109},
				{ServiceLate, 97, 399}, {ServiceLong, 3, 12099}, {AnsweredNoTime, 35, 1519}, {AnsweredNoStart, 50, 112},
				{AnsweredNoServer, 491, 3}, {HungUpServed, 97, 511}, {TwoCallsAtOnce, 432, 88},
			},
		},
	} {
		// A quantile of waits is told within 1/128.
		far := func(got, want time.Duration) bool { return (got - want).Abs() > want/128 }
		t.Run(c.month, func(t *testing.T) {
			log := month(t, c.month)
			phantom := 0
			for _, r := range log.Rows {
				if r.Outcome == Phantom {
					phantom++
				}
			}
			records := log.Records()
			calls := records.Calls
			all := recorded(t, log)
			times, censored := calllog.Patience(calls, "")
			gaveUp := 0
			for _, answered := range censored {
				if !answered {
					gaveUp++
				}
			}
			staff := records.Staff(0, nil)
			for what, pair := range map[string][2]int{
				"rows": {len(log.Rows), c.rows}, "phantom": {phantom, c.phantom}, "calls": {len(calls), c.calls},
				"answered": {all.Answered, c.answered}, "within 20 s": {all.AnsweredWithin[0], c.within20},
				"abandoned": {all.Abandoned, c.calls - c.answered}, "queued": {len(times), c.queued},
				"gave up": {gaveUp, c.gaveUp}, "service times": {len(calllog.Talks(calls, "")), c.services},
				"repeat calls": {all.Repeats, c.repeats}, "same server": {all.SameAgent, c.same},
				"presences": {len(staff), c.presences},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s: %d, want %d", what, pair[0], pair[1])
				}
			}
			mean, _ := all.Wait.Mean()
			median, _ := all.Wait.Quantile(0.5)
			p99, _ := all.Wait.Quantile(0.99)
			if mean != c.mean || far(median, c.median) || far(p99, c.p99) {
				t.Errorf("waits %v, %v, %v", mean, median, p99)
			}
			if got := calllog.Occupancy(staff); math.Abs(got-c.occupancy) > 0.00005 {
				t.Errorf("occupancy %.5f, want %v", got, c.occupancy)
			}
			if !reflect.DeepEqual(log.Odd, c.odd) || log.Dropped != nil {
				t.Errorf("odd %v, want %v; dropped %v", log.Odd, c.odd, log.Dropped)
			}
		})
	}
}
