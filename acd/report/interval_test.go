package report

import (
	"testing"
	"time"
	_ "time/tzdata" // for machines without
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestIntervalsGoByTheClockOnTheWall(t *testing.T) {
	for _, test := range []struct {
		zone       string
		every      time.Duration
		at         string
		start, end string
	}{
		{"UTC", 30 * time.Minute, "2026-04-01T09:59:59.999999999Z", "2026-04-01T09:30:00Z", "2026-04-01T10:00:00Z"},
		{"UTC", 30 * time.Minute, "2026-04-01T10:00:00Z", "2026-04-01T10:00:00Z", "2026-04-01T10:30:00Z"},
		{"Asia/Kolkata", time.Hour, "2026-04-01T03:40:00Z", "2026-04-01T09:00:00+05:30", "2026-04-01T10:00:00+05:30"},
		{"UTC", time.Hour, "1969-12-31T23:59:00Z", "1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z"},
		// The hour that comes twice is two hours.
		{"Europe/Berlin", time.Hour, "2026-10-25T00:30:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"},
		{"Europe/Berlin", time.Hour, "2026-10-25T01:30:00Z", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"},
		// Clocks that change by half an hour cut an interval in two.
		{"Australia/Lord_Howe", time.Hour, "2026-04-04T14:45:00Z", "2026-04-05T01:00:00+11:00", "2026-04-05T01:30:00+10:30"},
		{"Australia/Lord_Howe", time.Hour, "2026-04-04T15:10:00Z", "2026-04-05T01:30:00+10:30", "2026-04-05T02:00:00+10:30"},
		// Days of 24, 23 and 25 hours.
		{"Asia/Tokyo", day, "2026-04-01T14:59:59Z", "2026-04-01T00:00:00+09:00", "2026-04-02T00:00:00+09:00"},
		{"Europe/Berlin", day, "2026-03-29T12:00:00Z", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"},
		{"Europe/Berlin", day, "2026-10-25T22:30:00Z", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"},
		// Midnight comes twice, or not at all.
		{"Atlantic/Azores", day, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-26T00:00:00-01:00"},
		{"Atlantic/Azores", day, "2026-10-25T01:30:00Z", "2026-10-25T00:00:00Z", "2026-10-26T00:00:00-01:00"},
		{"Africa/Cairo", day, "2026-04-24T09:00:00Z", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		g := grid{test.every, zone(t, test.zone)}
		start, end := g.span(at.UnixNano())
		show := func(ns int64) string { return time.Unix(0, ns).In(g.zone).Format(time.RFC3339Nano) }
		if show(start) != test.start || show(end) != test.end {
			t.Errorf("%s, %v, %s: got [%s, %s), want [%s, %s)", test.zone, test.every, test.at, show(start), show(end), test.start, test.end)
		}
	}
}

func TestIntervalsFollowEachOtherWithoutAGap(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Atlantic/Azores"} {
		for _, every := range []time.Duration{15 * time.Minute, time.Hour, day} {
			g := grid{every, zone(t, name)}
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
			_, at = g.span(at)
			for range min(365*day/every, 9000) {
				start, end := g.span(at)
				last, sameEnd := g.span(end - 1)
				if start != at || end <= at || last != start || sameEnd != end {
					t.Fatalf("%s, %v: at %v comes [%v, %v)", name, every, time.Unix(0, at), time.Unix(0, start), time.Unix(0, end))
				}
				at = end
			}
		}
	}
}
