package acd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustOpen(t interface {
	Helper()
	Fatalf(string, ...any)
}, h *Hours) *opening {
	t.Helper()
	o, err := compileHours(h)
	if err != nil {
		t.Fatalf("%+v: %v", h, err)
	}
	return o
}

func utc(t *testing.T, text string) int64 {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixNano()
}

// weekly has the same intervals on all days.
func weekly(zone string, intervals ...string) Hours {
	return Hours{Zone: zone, Week: map[string][]string{"mon-sun": intervals}}
}

// Each row is a stretch of opening and the instants around it.
func TestHoursOpenAndCloseAtTheirInstants(t *testing.T) {
	office := map[string][]string{"mon-fri": {"09:00-18:00"}}
	for name, c := range map[string]struct {
		hours       Hours
		open, close string
	}{
		"an office":            {Hours{Zone: "Asia/Tokyo", Week: office}, "2026-03-30T09:00:00+09:00", "2026-03-30T18:00:00+09:00"},
		"no zone is UTC":       {Hours{Week: office}, "2026-03-30T09:00:00Z", "2026-03-30T18:00:00Z"},
		"west of UTC":          {weekly("America/New_York", "20:00-23:00"), "2026-01-05T20:00:00-05:00", "2026-01-05T23:00:00-05:00"},
		"up to the day's end":  {Hours{Week: map[string][]string{"sat": {"20:00-24:00"}}}, "2026-01-03T20:00:00Z", "2026-01-04T00:00:00Z"},
		"over midnight":        {Hours{Week: map[string][]string{"sat": {"20:00-02:00"}}}, "2026-01-03T20:00:00Z", "2026-01-04T02:00:00Z"},
		"up to midnight":       {Hours{Week: map[string][]string{"sat": {"20:00-00:00"}}}, "2026-01-03T20:00:00Z", "2026-01-04T00:00:00Z"},
		"nearly a day":         {Hours{Week: map[string][]string{"sat": {"20:00-19:59"}}}, "2026-01-03T20:00:00Z", "2026-01-04T19:59:00Z"},
		"from midnight":        {Hours{Week: map[string][]string{"sun": {"00:00-02:00"}}}, "2026-01-04T00:00:00Z", "2026-01-04T02:00:00Z"},
		"two days together":    {Hours{Week: map[string][]string{"sat": {"20:00-24:00"}, "sun": {"00:00-02:00"}}}, "2026-01-03T20:00:00Z", "2026-01-04T02:00:00Z"},
		"over the week's end":  {Hours{Week: map[string][]string{"sat-mon": {"00:00-24:00"}}}, "2026-01-03T00:00:00Z", "2026-01-06T00:00:00Z"},
		"intervals that touch": {Hours{Week: map[string][]string{"sat": {"12:00-18:00", "09:00-12:00"}}}, "2026-01-03T09:00:00Z", "2026-01-03T18:00:00Z"},
		"intervals that overlap": {Hours{Week: map[string][]string{"sat": {"12:00-13:00", "10:00-18:00", "09:00-12:30"}}},
			"2026-01-03T09:00:00Z", "2026-01-03T18:00:00Z"},
		"a minute":                       {Hours{Week: map[string][]string{"sat": {"23:59-24:00"}}}, "2026-01-03T23:59:00Z", "2026-01-04T00:00:00Z"},
		"a date instead of its day":      {Hours{Week: office, Dates: map[string][]string{"2026-12-31": {"10:00-12:00"}}}, "2026-12-31T10:00:00Z", "2026-12-31T12:00:00Z"},
		"a date on a day that is closed": {Hours{Week: office, Dates: map[string][]string{"2026-01-03": {"10:00-12:00"}}}, "2026-01-03T10:00:00Z", "2026-01-03T12:00:00Z"},
		"a date keeps the night before": {Hours{Week: map[string][]string{"wed": {"22:00-06:00"}}, Dates: map[string][]string{"2026-12-31": {}}},
			"2026-12-30T22:00:00Z", "2026-12-31T06:00:00Z"},
		"over the year's end": {Hours{Zone: "Asia/Tokyo", Dates: map[string][]string{"2026-12-31": {"18:00-03:00"}}},
			"2026-12-31T18:00:00+09:00", "2027-01-01T03:00:00+09:00"},
		"a leap day":               {Hours{Dates: map[string][]string{"2028-02-29": {"10:00-24:00"}}}, "2028-02-29T10:00:00Z", "2028-03-01T00:00:00Z"},
		"the end of a leap year":   {Hours{Zone: "Europe/Berlin", Dates: map[string][]string{"2040-12-31": {"10:00-24:00"}}}, "2040-12-31T10:00:00+01:00", "2041-01-01T00:00:00+01:00"},
		"long from now":            {weekly("Europe/Berlin", "10:00-12:00"), "2199-07-01T10:00:00+02:00", "2199-07-01T12:00:00+02:00"},
		"the first day of 1970":    {Hours{Zone: "Asia/Tokyo", Week: map[string][]string{"thu": {"10:00-12:00"}}}, "1970-01-01T10:00:00+09:00", "1970-01-01T12:00:00+09:00"},
		"the day before, out west": {Hours{Zone: "America/New_York", Week: map[string][]string{"wed": {"20:00-22:00"}}}, "1969-12-31T20:00:00-05:00", "1969-12-31T22:00:00-05:00"},

		// Berlin leaves out 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October.
		"spring: through the gap":           {weekly("Europe/Berlin", "01:00-04:00"), "2026-03-29T01:00:00+01:00", "2026-03-29T04:00:00+02:00"},
		"spring: begins in the gap":         {weekly("Europe/Berlin", "02:30-04:00"), "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"},
		"spring: ends in the gap":           {weekly("Europe/Berlin", "01:00-02:30"), "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		"spring: the night into the gap":    {weekly("Europe/Berlin", "22:00-02:30"), "2026-03-28T22:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		"spring: nothing but the gap":       {weekly("Europe/Berlin", "02:10-02:50"), "2026-03-30T02:10:00+02:00", "2026-03-30T02:50:00+02:00"},
		"autumn: through both":              {weekly("Europe/Berlin", "01:00-04:00"), "2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00"},
		"autumn: begins in the first":       {weekly("Europe/Berlin", "02:30-04:00"), "2026-10-25T02:30:00+02:00", "2026-10-25T04:00:00+01:00"},
		"autumn: ends in the second":        {weekly("Europe/Berlin", "01:00-02:30"), "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+01:00"},
		"autumn: from one to the other":     {weekly("Europe/Berlin", "02:10-02:50"), "2026-10-25T02:10:00+02:00", "2026-10-25T02:50:00+01:00"},
		"autumn: ends as the second begins": {weekly("Europe/Berlin", "01:00-02:00"), "2026-10-25T01:00:00+02:00", "2026-10-25T02:00:00+01:00"},
		"autumn: ends with the second":      {weekly("Europe/Berlin", "01:00-03:00"), "2026-10-25T01:00:00+02:00", "2026-10-25T03:00:00+01:00"},
		"autumn: begins after both":         {weekly("Europe/Berlin", "03:00-04:00"), "2026-10-25T03:00:00+01:00", "2026-10-25T04:00:00+01:00"},
		// New York: 02:00 to 03:00 on 8 March, 01:00 to 02:00 on 1 November.
		"New York's gap":    {weekly("America/New_York", "02:30-09:00"), "2026-03-08T03:00:00-04:00", "2026-03-08T09:00:00-04:00"},
		"New York's double": {weekly("America/New_York", "22:00-01:30"), "2026-10-31T22:00:00-04:00", "2026-11-01T01:30:00-05:00"},
		"New York at two":   {weekly("America/New_York", "22:00-02:00"), "2026-10-31T22:00:00-04:00", "2026-11-01T02:00:00-05:00"},
		// Lord Howe: 02:00 to 02:30 on 4 October, 01:30 to 02:00 on 5 April.
		"Lord Howe's gap":         {weekly("Australia/Lord_Howe", "02:15-09:00"), "2026-10-04T02:30:00+11:00", "2026-10-04T09:00:00+11:00"},
		"Lord Howe after it":      {weekly("Australia/Lord_Howe", "02:45-09:00"), "2026-10-04T02:45:00+11:00", "2026-10-04T09:00:00+11:00"},
		"Lord Howe's double":      {weekly("Australia/Lord_Howe", "01:15-01:45"), "2026-04-05T01:15:00+11:00", "2026-04-05T01:45:00+10:30"},
		"Lord Howe begins twice":  {weekly("Australia/Lord_Howe", "01:45-03:00"), "2026-04-05T01:45:00+11:00", "2026-04-05T03:00:00+10:30"},
		"Tokyo has no such hours": {weekly("Asia/Tokyo", "02:10-02:50"), "2026-03-29T02:10:00+09:00", "2026-03-29T02:50:00+09:00"},
		// Cairo goes from 24 April 2026, 00:00, to 01:00; Havana has 00:00 to
		// 01:00 of 1 November twice; St. John's went back from 00:01 to 23:01
		// on 29 October 2006; Apia had no 30 December 2011, a Friday.
		"a day without midnight":           {weekly("Africa/Cairo", "00:00-09:00"), "2026-04-24T01:00:00+03:00", "2026-04-24T09:00:00+03:00"},
		"the end of a day before a gap":    {weekly("Africa/Cairo", "20:00-24:00"), "2026-04-23T20:00:00+02:00", "2026-04-24T01:00:00+03:00"},
		"the end of a day before a double": {weekly("America/Havana", "20:00-24:00"), "2026-10-31T20:00:00-04:00", "2026-11-01T00:00:00-05:00"},
		"a day that begins twice":          {weekly("America/Havana", "00:00-02:00"), "2026-11-01T00:00:00-04:00", "2026-11-01T02:00:00-05:00"},
		"a day that comes back":            {Hours{Zone: "America/St_Johns", Week: map[string][]string{"sun": {"00:00-02:00"}}}, "2006-10-29T00:00:00-02:30", "2006-10-29T02:00:00-03:30"},
		"a day that is left out":           {Hours{Zone: "Pacific/Apia", Week: map[string][]string{"fri": {"09:00-17:00"}, "sat": {"09:00-17:00"}}}, "2011-12-31T09:00:00+14:00", "2011-12-31T17:00:00+14:00"},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := utc(t, c.open), utc(t, c.close)
			for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
				o := mustOpen(t, &c.hours)
				for _, i := range order {
					at := []int64{from - 1, from, to - 1, to}[i]
					if got, want := o.open(at), i == 1 || i == 2; got != want {
						t.Errorf("open at %v: %v", instant(at), got)
					}
				}
			}
			o := mustOpen(t, &c.hours)
			for at, want := range map[int64]int64{from - 1: from, from: to, to - 1: to} {
				if got, ok := o.until(at); !ok || got != want {
					t.Errorf("until at %v: %v, %v, want %v", instant(at), instant(got), ok, instant(want))
				}
			}
		})
	}
}

// In St. John's, 29 October 2006 began, and after a minute it was the 28th
// again, 23:01.
func TestHoursHoldWhereADayComesBack(t *testing.T) {
	sunday := mustOpen(t, &Hours{Zone: "America/St_Johns", Week: map[string][]string{"sun": {"00:00-02:00"}}})
	friday := mustOpen(t, &Hours{Zone: "America/St_Johns", Week: map[string][]string{"fri": {"23:40-23:30"}}})
	for _, c := range []struct {
		at             string
		sunday, friday bool
	}{
		{"2006-10-28T23:59:59-02:30", false, true},
		{"2006-10-29T00:00:30-02:30", true, true},
		{"2006-10-28T23:01:00-03:30", true, true},
		{"2006-10-28T23:29:59-03:30", true, true},
		{"2006-10-28T23:30:00-03:30", true, false},
		{"2006-10-29T01:59:59-03:30", true, false},
	} {
		// Anew for each, so that no earlier answer helps.
		sunday.last, friday.last = stretch{}, stretch{}
		if got := sunday.open(utc(t, c.at)); got != c.sunday {
			t.Errorf("Sunday's at %s: %v", c.at, got)
		}
		if got := friday.open(utc(t, c.at)); got != c.friday {
			t.Errorf("Friday's at %s: %v", c.at, got)
		}
	}
}

func TestHoursThatNeverChange(t *testing.T) {
	now := utc(t, "2026-01-03T12:00:00Z")
	for name, c := range map[string]struct {
		hours *Hours
		open  bool
	}{
		"no hours":                  {nil, true},
		"nothing":                   {&Hours{}, false},
		"empty lists":               {&Hours{Week: map[string][]string{"mon": {}}, Dates: map[string][]string{"2026-01-03": nil}}, false},
		"round the clock":           {&Hours{Zone: "Europe/Berlin", Week: map[string][]string{"mon-sun": {"00:00-24:00"}}}, true},
		"round the clock by nights": {&Hours{Zone: "Europe/Berlin", Week: map[string][]string{"mon-sun": {"12:00-11:59", "11:00-12:30"}}}, true},
		"a date too far away":       {&Hours{Dates: map[string][]string{"2099-01-01": {"00:00-24:00"}}}, false},
	} {
		o := mustOpen(t, c.hours)
		for _, d := range []time.Duration{0, 1000 * time.Hour, -1000 * time.Hour} {
			if got := o.open(now + int64(d)); got != c.open {
				t.Errorf("%s: open %v", name, got)
			}
			if at, ok := o.until(now + int64(d)); ok {
				t.Errorf("%s: changes at %v", name, instant(at))
			}
		}
	}
}

// What is found of the year ahead must not depend on when it was looked at.
func TestHoursLookAheadFromTheInstantAskedFor(t *testing.T) {
	h := &Hours{Dates: map[string][]string{"2027-06-01": {"09:00-12:00"}}}
	early, late, opens := utc(t, "2026-01-01T00:00:00Z"), utc(t, "2026-08-01T00:00:00Z"), utc(t, "2027-06-01T09:00:00Z")
	o := mustOpen(t, h)
	if at, ok := o.until(early); ok {
		t.Errorf("a change at %v, over a year away", instant(at))
	}
	if at, ok := o.until(late); !ok || at != opens {
		t.Errorf("until %v, %v", instant(at), ok)
	}
	if !o.open(opens) {
		t.Error("not open")
	}
}

func TestHoursAreReadStrictly(t *testing.T) {
	for name, c := range map[string]struct {
		hours Hours
		want  []string
	}{
		"all well":           {Hours{Zone: "America/Argentina/Buenos_Aires", Week: map[string][]string{"mon-fri": {"00:00-24:00"}, "sat": {}, "sun": nil}}, nil},
		"an unknown zone":    {Hours{Zone: "Mars/Olympus"}, []string{`hours.zone: no time zone is named "Mars/Olympus"`}},
		"the machine's zone": {Hours{Zone: "Local"}, []string{`hours.zone: no time zone is named "Local"`}},
		"a file":             {Hours{Zone: "../etc/passwd"}, []string{`hours.zone: no time zone is named "../etc/passwd"`}},
		"a folder":           {Hours{Zone: "Europe"}, []string{`hours.zone: no time zone is named "Europe"`}},
		"unprintable":        {Hours{Zone: "a\x00b"}, []string{`hours.zone: no time zone is named "a\x00b"`}},
		"days": {Hours{Week: map[string][]string{"Mon": nil, "monday": nil, "": nil, "-": nil, "mon-": nil, "mon-mon": nil, "mon-tue-wed": nil, "mon tue": nil}}, []string{
			`hours.week[""]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week["-"]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week.Mon: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week["mon tue"]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week["mon-"]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week["mon-mon"]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week["mon-tue-wed"]: want a day such as "sat" or a range such as "mon-fri"`,
			`hours.week.monday: want a day such as "sat" or a range such as "mon-fri"`}},
		"days named twice": {Hours{Week: map[string][]string{"fri-mon": nil, "mon": nil, "thu-fri": nil}}, []string{
			`hours.week.mon: mon is already in "fri-mon"`,
			`hours.week["thu-fri"]: fri is already in "fri-mon"`}},
		"intervals": {Hours{Week: map[string][]string{"mon-fri": {"09:00-18:00", "", "9:00-18:00", "09:00", "09:00-18:00-19:00", "09:60-10:00",
			"24:00-09:00", "09:00-24:01", "09:00 - 18:00", "25:00-26:00", "0900-1800", "+9:00-18:00", "09:00–18:00"}}}, []string{
			`hours.week["mon-fri"][1]: want an interval such as "09:00-18:00", got ""`,
			`hours.week["mon-fri"][2]: want an interval such as "09:00-18:00", got "9:00-18:00"`,
			`hours.week["mon-fri"][3]: want an interval such as "09:00-18:00", got "09:00"`,
			`hours.week["mon-fri"][4]: want an interval such as "09:00-18:00", got "09:00-18:00-19:00"`,
			`hours.week["mon-fri"][5]: want an interval such as "09:00-18:00", got "09:60-10:00"`,
			`hours.week["mon-fri"][6]: want an interval such as "09:00-18:00", got "24:00-09:00"`,
			`hours.week["mon-fri"][7]: want an interval such as "09:00-18:00", got "09:00-24:01"`,
			`hours.week["mon-fri"][8]: want an interval such as "09:00-18:00", got "09:00 - 18:00"`,
			`hours.week["mon-fri"][9]: want an interval such as "09:00-18:00", got "25:00-26:00"`,
			`hours.week["mon-fri"][10]: want an interval such as "09:00-18:00", got "0900-1800"`,
			`hours.week["mon-fri"][11]: want an interval such as "09:00-18:00", got "+9:00-18:00"`,
			`hours.week["mon-fri"][12]: want an interval such as "09:00-18:00", got "09:00–18:00"`}},
		"no length": {Hours{Dates: map[string][]string{"2026-12-31": {"09:00-09:00", "00:00-00:00"}}}, []string{
			`hours.dates["2026-12-31"][0]: "09:00-09:00" has no length; a whole day is "00:00-24:00"`,
			`hours.dates["2026-12-31"][1]: "00:00-00:00" has no length; a whole day is "00:00-24:00"`}},
		"dates": {Hours{Dates: map[string][]string{"2026-02-29": nil, "2026-1-2": nil, "26-01-02": nil, "2026-01-02T00:00:00Z": nil, "today": nil, "2028-02-29": nil}}, []string{
			`hours.dates["2026-01-02T00:00:00Z"]: want a date such as "2026-12-31"`,
			`hours.dates["2026-02-29"]: want a date such as "2026-12-31"`,
			`hours.dates["2026-1-2"]: want a date such as "2026-12-31"`,
			`hours.dates["26-01-02"]: want a date such as "2026-12-31"`,
			`hours.dates.today: want a date such as "2026-12-31"`}},
		"too many": {Hours{Week: map[string][]string{"mon": slices.Repeat([]string{"09:00-10:00"}, 1441)}}, []string{"hours.week.mon: want at most 1440, got 1441"}},
	} {
		_, err := compileHours(&c.hours)
		var got []string
		if err != nil {
			got = strings.Split(err.Error(), "\n")
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q", name, got)
		}
		if _, ok := errors.AsType[*PlanError](err); err != nil && !ok {
			t.Errorf("%s: a %T", name, err)
		}
	}
}

// walk is a second opinion on hours: it goes minute by minute and looks at
// nothing but the clock on the wall.
type walk struct {
	start int64 // of the first minute, in minutes since 1970
	wall  []int // what the clock shows at each, in minutes since 1970 as if in UTC
}

func newWalk(start time.Time, days int, zone *time.Location) walk {
	w := walk{start: start.Unix() / 60}
	for i := range days * minutesADay {
		local := start.Add(time.Duration(i) * time.Minute).In(zone)
		shown := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
		w.wall = append(w.wall, int(shown.Unix()/60))
	}
	return w
}

// open marks the minutes at which a queue is open, given the intervals of each
// day of the week.
func (w walk) open(week [7][]string, dates map[string][]string) []bool {
	open := make([]bool, len(w.wall))
	for day := w.wall[0]/minutesADay - 1; day <= w.wall[len(w.wall)-1]/minutesADay+1; day++ {
		date := time.Date(1970, 1, 1+day, 0, 0, 0, 0, time.UTC)
		intervals, special := dates[date.Format("2006-01-02")]
		if !special {
			intervals = week[date.Weekday()]
		}
		for _, text := range intervals {
			var h1, m1, h2, m2 int
			fmt.Sscanf(text, "%d:%d-%d:%d", &h1, &m1, &h2, &m2)
			from, to := day*minutesADay+h1*60+m1, day*minutesADay+h2*60+m2
			if to < from {
				to += minutesADay
			}
			begin := slices.IndexFunc(w.wall, func(shown int) bool { return shown >= from })
			end := len(w.wall) - 1
			for end > 0 && w.wall[end] > to {
				end--
			}
			if w.wall[end] < to {
				end++ // never shown: at the change
			}
			for i := begin; i >= 0 && i < end; i++ {
				open[i] = true
			}
		}
	}
	return open
}

// The walk starts some days before and ends some days after what is compared,
// so that no interval is cut.
func TestHoursAreWhatTheClockOnTheWallSays(t *testing.T) {
	changes := []struct{ zone, near string }{
		{"Europe/Berlin", "2026-03-29"}, {"Europe/Berlin", "2026-10-25"}, {"Europe/Berlin", "2040-12-31"},
		{"America/New_York", "2026-03-08"}, {"America/New_York", "2026-11-01"},
		{"Australia/Lord_Howe", "2026-04-05"}, {"Australia/Lord_Howe", "2026-10-04"},
		{"Asia/Tokyo", "2026-12-31"}, {"", "2028-02-29"}, {"Africa/Cairo", "2026-04-24"}, {"Africa/Cairo", "2026-10-30"},
		{"America/Havana", "2026-11-01"}, {"America/St_Johns", "2006-10-29"}, {"Pacific/Apia", "2011-12-30"},
		{"Antarctica/Troll", "2026-03-29"}, {"Africa/Casablanca", "2026-02-15"}, {"Europe/Dublin", "2199-10-27"},
	}
	minute := rapid.OneOf(rapid.IntRange(0, minutesADay-1), rapid.Map(rapid.IntRange(0, 16), func(n int) int { return n * 15 }))
	interval := rapid.Custom(func(t *rapid.T) string {
		from, to := minute.Draw(t, "from"), minute.Draw(t, "to")
		if to == 0 && rapid.Bool().Draw(t, "as 24:00") || from == to {
			to = minutesADay
		}
		return fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60)
	})
	intervals := rapid.SliceOfN(interval, 0, 2)
	rapid.Check(t, func(t *rapid.T) {
		change := rapid.SampledFrom(changes).Draw(t, "change")
		near, err := time.Parse("2006-01-02", change.near)
		if err != nil {
			t.Fatal(err)
		}
		h := &Hours{Zone: change.zone, Week: make(map[string][]string), Dates: make(map[string][]string)}
		var week [7][]string
		first := rapid.IntRange(0, 6).Draw(t, "first")
		for used := 0; used < 7; {
			days := rapid.IntRange(1, 7-used).Draw(t, "days")
			from, to := (first+used)%7, (first+used+days-1)%7
			list := intervals.Draw(t, "intervals")
			for i := range days {
				week[(from+i)%7] = list
			}
			name := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
			if days == 1 {
				h.Week[name[from]] = list
			} else if list != nil {
				h.Week[name[from]+"-"+name[to]] = list
			}
			used += days
		}
		for _, day := range rapid.SliceOfN(rapid.IntRange(-2, 2), 0, 2).Draw(t, "dates") {
			h.Dates[near.AddDate(0, 0, day).Format("2006-01-02")] = intervals.Draw(t, "special")
		}
		o := mustOpen(t, h)
		zone, err := time.LoadLocation(change.zone)
		if err != nil {
			t.Fatal(err)
		}
		const before, days = 5, 10
		w := newWalk(near.AddDate(0, 0, -before), days, zone)
		want := w.open(week, h.Dates)
		at := func(i int) int64 { return (w.start + int64(i)) * int64(time.Minute) }
		// Asked in a row, at random, and for the next change.
		const begin, end = 3 * minutesADay, (days - 3) * minutesADay
		for i := begin; i < end; i++ {
			if got := o.open(at(i)); got != want[i] {
				t.Fatalf("open at %v (%v): %v", instant(at(i)), instant(at(i)).In(zone), got)
			}
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(begin, end-1), 1, 10).Draw(t, "minutes") {
			if got := o.open(at(i)); got != want[i] {
				t.Fatalf("open at %v (%v) out of order: %v", instant(at(i)), instant(at(i)).In(zone), got)
			}
			changes := i
			for changes < end && want[changes] == want[i] {
				changes++
			}
			got, ok := o.until(at(i))
			if changes < end && (!ok || got != at(changes)) || changes == end && ok && got < at(end) {
				t.Fatalf("at %v until %v, %v, want %v", instant(at(i)), instant(got), ok, instant(at(changes)))
			}
		}
	})
}

func BenchmarkHoursOpen(b *testing.B) {
	o := mustOpen(b, &Hours{Zone: "Europe/Berlin", Week: map[string][]string{"mon-fri": {"09:00-12:00", "13:00-18:00"}}})
	now := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).UnixNano()
	for name, step := range map[string]time.Duration{"each millisecond": time.Millisecond, "each day": 24 * time.Hour} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			at := now
			for b.Loop() {
				o.open(at)
				if at += int64(step); at > now+100*365*int64(24*time.Hour) {
					at = now
				}
			}
		})
	}
}
