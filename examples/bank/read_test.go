package bank

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

// file makes a file of rows that are written with blanks for tabs.
func file(rows ...string) string {
	lines := []string{strings.Join(columns, "\t")}
	for _, row := range rows {
		lines = append(lines, strings.ReplaceAll(row, " ", "\t"))
	}
	return strings.Join(lines, "\n") + "\n"
}

func read(t *testing.T, text string) *Log {
	t.Helper()
	log, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

const (
	queuedRow = "AA0101 33118 27997683 2 PS 990101 6:55:20 6:55:26 6 6:55:26 6:55:43 17 AGENT 6:55:43 6:56:37 54 MICHAL"
	servedRow = "AA0101 33119 0 0 PS 990101 7:41:16 7:41:26 10 0:00:00 0:00:00 0 AGENT 7:41:25 7:44:53 208 BASCH"
	vruRow    = "AA0101 33117 0 0 PS 990101 0:34:12 0:34:23 11 0:00:00 0:00:00 0 HANG 0:00:00 0:00:00 0 NO_SERVER"
	hangRow   = "AA0101 33116 9664491 2 PS 990101 0:00:31 0:00:36 5 0:00:36 0:03:09 153 HANG 0:00:00 0:00:00 0 NO_SERVER"
)

func at(day, hour, minute, second int) time.Time {
	return time.Date(1999, 1, day, hour, minute, second, 0, time.UTC)
}

func TestReadTakesEveryField(t *testing.T) {
	log := read(t, file(queuedRow, servedRow))
	want := []Row{{
		Line: 2, VRU: "AA0101", CallID: "33118", Customer: "27997683", Priority: 2, Type: "PS", Date: at(1, 0, 0, 0),
		VRUEntry: at(1, 6, 55, 20), VRUExit: at(1, 6, 55, 26),
		Queued: true, QueueStart: at(1, 6, 55, 26), QueueExit: at(1, 6, 55, 43), QueueTime: 17 * time.Second,
		Outcome: Agent, ServiceStart: at(1, 6, 55, 43), ServiceExit: at(1, 6, 56, 37), ServiceTime: 54 * time.Second,
		Server: "MICHAL",
	}, {
		Line: 3, VRU: "AA0101", CallID: "33119", Type: "PS", Date: at(1, 0, 0, 0),
		VRUEntry: at(1, 7, 41, 16), VRUExit: at(1, 7, 41, 26),
		Outcome: Agent, ServiceStart: at(1, 7, 41, 25), ServiceExit: at(1, 7, 44, 53), ServiceTime: 208 * time.Second,
		Server: "BASCH",
	}}
	if !reflect.DeepEqual(log.Rows, want) {
		t.Errorf("rows\n%+v\nwant\n%+v", log.Rows, want)
	}
	if log.Odd != nil || log.Dropped != nil {
		t.Errorf("odd %v, dropped %v", log.Odd, log.Dropped)
	}
}

func TestReadPlainZippedAndWindowsFilesAlike(t *testing.T) {
	plain := file(queuedRow, servedRow, hangRow)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, plain)
	w.Close()
	want := read(t, plain)
	for name, text := range map[string]string{
		"gzip":               zipped.String(),
		"carriage returns":   strings.ReplaceAll(plain, "\n", "\r\n"),
		"byte order mark":    "\ufeff" + plain,
		"no newline at end":  strings.TrimSuffix(plain, "\n"),
		"blank lines at end": plain + "\n \n",
	} {
		if got := read(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestReadRefusesWhatIsNotThisFormat(t *testing.T) {
	whole := file(queuedRow)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, whole)
	w.Close()
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"empty":           {"", 1},
		"no header":       {queuedRow, 1},
		"another header":  {"a\tb\tc\n", 1},
		"a column less":   {strings.Join(columns[:16], "\t"), 1},
		"a column more":   {strings.Join(columns, "\t") + "\tmore", 1},
		"gzip cut short":  {zipped.String()[:zipped.Len()-12], 3},
		"not really gzip": {"\x1f\x8bhello", 1},
		"endless line":    {whole + strings.Repeat("x", 1<<17), 3},
	} {
		log, err := Read(strings.NewReader(c.text))
		var format *FormatError
		if !errors.As(err, &format) || log != nil {
			t.Errorf("%s: %v, %v", name, log, err)
			continue
		}
		if name != "gzip cut short" && format.Line != c.line {
			t.Errorf("%s: line %d, want %d (%v)", name, format.Line, c.line, err)
		}
	}
	_, err := Read(strings.NewReader(zipped.String()[:zipped.Len()-12]))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("gzip cut short: %v", err)
	}
}

func TestBadLinesAreDroppedAndCounted(t *testing.T) {
	replaced := func(i int, with string) string {
		f := strings.Fields(servedRow)
		f[i] = with
		return strings.Join(f, " ")
	}
	for _, c := range []struct {
		row  string
		want Kind
	}{
		{servedRow + " more", BadColumns},
		{"x", BadColumns},
		{replaced(5, "990230"), BadDate},
		{replaced(5, ""), BadDate},
		{replaced(6, "24:00:00"), BadTime},
		{replaced(7, "7:60:00"), BadTime},
		{replaced(9, "0:00"), BadTime},
		{replaced(13, "7:41:25.5"), BadTime},
		{replaced(3, ""), BadNumber},
		{replaced(8, "1e3"), BadNumber},
		{replaced(15, "99999999999999999999"), BadNumber},
		{replaced(15, "-9223372036854775808"), BadNumber},
		{replaced(12, "agent"), BadOutcome},
	} {
		log := read(t, file(queuedRow, c.row, hangRow, c.row))
		want := []Oddity{{c.want, 2, 3}}
		if len(log.Rows) != 2 || !reflect.DeepEqual(log.Dropped, want) {
			t.Errorf("%q: %d rows, dropped %v, want %v", c.row, len(log.Rows), log.Dropped, want)
		}
	}
}

// Each row has exactly the oddities named, and the instants that are right.
func TestOddRowsAreKeptAndNamed(t *testing.T) {
	for _, c := range []struct {
		row                 string
		odd                 []Kind
		arrival, start, end time.Time
		wait, service       time.Duration
	}{
		{ // past midnight while talking
			"AA0102 28748 0 0 PS 990105 23:59:15 23:59:34 19 0:00:00 0:00:00 0 AGENT 23:59:33 0:03:40 247 BENSION",
			[]Kind{PastMidnight}, at(5, 23, 59, 34), at(5, 23, 59, 33), at(6, 0, 3, 40), 0, 247 * time.Second,
		},
		{ // past midnight in the queue
			"AA0213 12511 35796002 1 PS 990109 23:59:23 23:59:23 0 23:59:28 0:00:03 35 AGENT 0:00:03 0:00:55 52 ANAT",
			[]Kind{PastMidnight, QueueStartOff}, at(9, 23, 59, 23), at(10, 0, 0, 3), at(10, 0, 0, 55), 35 * time.Second, 52 * time.Second,
		},
		{ // into the queue at midnight sharp
			"AA0102 31056 15696776 2 PS 990115 23:59:54 23:59:54 0 0:00:00 0:00:27 27 AGENT 0:00:26 0:01:33 67 AVNI",
			[]Kind{PastMidnight, QueueStartOff}, at(15, 23, 59, 54), at(16, 0, 0, 26), at(16, 0, 1, 33), 27 * time.Second, 67 * time.Second,
		},
		{ // the clock of the VRU was put back
			"AA0101 33757 33044546 1 PS 990113 15:46:01 15:45:24 -37 15:45:24 15:46:41 77 AGENT 15:46:41 15:46:51 10 GILI",
			[]Kind{VRUBackwards}, at(13, 15, 45, 24), at(13, 15, 46, 41), at(13, 15, 46, 51), 77 * time.Second, 10 * time.Second,
		},
		{
			"AA0101 1 6.02701E+11 0 AA 990113 9:00:00 9:00:10 10 0:00:00 0:00:00 0 AGENT 9:00:10 9:00:15 5 NO_SERVER",
			[]Kind{UnknownType, UnreadableCustomer, AnsweredNoServer}, at(13, 9, 0, 10), at(13, 9, 0, 10), at(13, 9, 0, 15), 0, 5 * time.Second,
		},
		{
			"AA0101 1 7 0 PS 990113 9:00:00 9:00:10 11 9:00:10 9:00:10 0 HANG 9:00:20 9:00:25 5 TOVA",
			[]Kind{CustomerNoPriority, VRUTimeOff, ServiceLate, HungUpServed, HungUpServer},
			at(13, 9, 0, 10), at(13, 9, 0, 20), at(13, 9, 0, 25), 0, 5 * time.Second,
		},
		{
			"AA0101 1 0 2 PS 990113 9:00:00 9:00:10 10 9:00:10 9:00:50 -40 AGENT 9:00:40 9:00:40 0 TOVA",
			[]Kind{PriorityNoCustomer, QueueTimeOff, NegativeTime, ServiceEarly, AnsweredNoTime},
			at(13, 9, 0, 10), at(13, 9, 0, 40), at(13, 9, 0, 40), 40 * time.Second, 0,
		},
		{ // neither queue nor service, and yet answered
			"AA0101 1 0 0 PS 990113 9:00:00 9:00:10 10 0:00:00 0:00:00 0 AGENT 0:00:00 0:00:00 0 TOVA",
			[]Kind{AnsweredNoStart}, at(13, 9, 0, 10), time.Time{}, time.Time{}, 0, 0,
		},
		{ // no exit from the VRU, no start of service: from their lengths
			"AA0101 1 0 0 PS 990113 9:00:00 0:00:00 10 0:00:00 0:00:00 0 AGENT 0:00:00 10:30:10 5400 TOVA",
			[]Kind{StampMissing, ServiceLong}, at(13, 9, 0, 10), at(13, 9, 0, 10), at(13, 10, 30, 10), 0, 90 * time.Minute,
		},
		{ // backwards, all of it
			"AA0101 1 0 0 PS 990113 9:00:00 9:00:10 10 9:00:10 9:00:05 -5 AGENT 9:00:05 9:00:01 20 TOVA",
			[]Kind{QueueBackwards, ServiceBackwards, ServiceTimeOff, NegativeTime},
			at(13, 9, 0, 10), at(13, 9, 0, 5), at(13, 9, 0, 1), 0, 20 * time.Second,
		},
	} {
		log := read(t, file(c.row))
		if len(log.Rows) != 1 {
			t.Errorf("%q: dropped %v", c.row, log.Dropped)
			continue
		}
		var odd []Kind
		for _, o := range log.Odd {
			odd = append(odd, o.Kind)
		}
		if c.wait == 0 && log.Rows[0].Queued {
			c.odd = append(c.odd, QueueTimeZero)
		}
		if !sameKinds(odd, c.odd) {
			t.Errorf("%q: odd %v, want %v", c.row, odd, c.odd)
		}
		r := log.Rows[0]
		if r.VRUExit != c.arrival || r.ServiceStart != c.start || r.ServiceExit != c.end ||
			r.QueueTime != c.wait || r.ServiceTime != c.service {
			t.Errorf("%q: %+v", c.row, r)
		}
	}
}

func sameKinds(a, b []Kind) bool {
	seen := map[Kind]int{}
	for _, k := range a {
		seen[k]++
	}
	for _, k := range b {
		seen[k]--
	}
	for _, n := range seen {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestOdditiesAmongRows(t *testing.T) {
	blank := strings.Replace(file(servedRow), "\tPS\t", "\tPS \t", 1)
	if log := read(t, blank); log.Rows[0].Type != "PS" || !reflect.DeepEqual(log.Odd, []Oddity{{BlankInType, 1, 2}}) {
		t.Errorf("%+v", log)
	}
	log := read(t, file(queuedRow, servedRow, queuedRow,
		"AA0101 9 0 0 PS 990101 7:44:00 7:44:20 20 0:00:00 0:00:00 0 AGENT 7:44:20 7:44:53 33 BASCH",
		"AA0101 10 0 0 PS 990101 7:44:31 7:44:52 21 0:00:00 0:00:00 0 AGENT 7:44:51 7:50:53 362 BASCH"))
	want := []Oddity{{DuplicateID, 1, 4}, {TwoCallsAtOnce, 2, 4}}
	if !reflect.DeepEqual(log.Odd, want) {
		t.Errorf("odd %v, want %v", log.Odd, want)
	}
}

func TestEveryKindIsListedOnce(t *testing.T) {
	seen := map[Kind]bool{}
	for _, k := range kinds {
		if seen[k] {
			t.Errorf("%s twice", k)
		}
		seen[k] = true
	}
	all := tally{}
	for i, k := range kinds {
		all.add(k, 10+i)
		all.add(k, 3)
	}
	for i, o := range all.list() {
		if o != (Oddity{kinds[i], 2, 3}) {
			t.Errorf("%v", o)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(queuedRow, servedRow, vruRow, hangRow))
	f.Add(file(strings.ReplaceAll(queuedRow, "6:55", "23:59")))
	f.Add(file("AA0101 1 0 0 PS 990113 9:00:00 0:00:00 10 0:00:00 0:00:00 -4 AGENT 0:00:00 10:30:10 -9 TOVA"))
	f.Fuzz(func(t *testing.T, text string) {
		log, err := Read(strings.NewReader(text))
		if err != nil {
			var format *FormatError
			if !errors.As(err, &format) {
				t.Fatalf("error of type %T", err)
			}
			return
		}
		dropped := 0
		for _, o := range log.Dropped {
			dropped += o.Count
		}
		lines := strings.Count(text, "\n") // after the header
		if zipped := strings.HasPrefix(text, "\x1f\x8b"); !zipped && len(log.Rows)+dropped > lines {
			t.Fatalf("%d rows and %d dropped of %d lines", len(log.Rows), dropped, lines)
		}
		records := log.Records()
		for _, c := range records.Calls {
			if c.Wait < 0 || c.Talk < 0 {
				t.Fatalf("negative time: %+v", c)
			}
		}
		for _, p := range records.Staff(0, nil) {
			if p.Busy < 0 || p.Busy > p.Time() {
				t.Fatalf("busy %v of %v: %+v", p.Busy, p.Time(), p)
			}
		}
	})
}
