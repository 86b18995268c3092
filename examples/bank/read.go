package bank

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// columns is the header of a file.
var columns = []string{
	"vru+line", "call_id", "customer_id", "priority", "type", "date", "vru_entry", "vru_exit", "vru_time",
	"q_start", "q_exit", "q_time", "outcome", "ser_start", "ser_exit", "ser_time", "server",
}

// maxLine bounds a line, in bytes; those of the data have about 120.
const maxLine = 1 << 16

// FormatError says that a file is not of this format.
type FormatError struct {
	Line   int
	Detail string
	Err    error // what reading failed with, if it did
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("bank: line %d: %s", e.Line, e.Detail)
}

func (e *FormatError) Unwrap() error { return e.Err }

// Read reads a file of call records: tab separated, with a header, plain or
// compressed by gzip, which it finds out by itself.
//
// A bad line is no error: it is dropped and counted in Log.Dropped, and what is
// odd about the rows that are kept is counted in Log.Odd. The error is a
// [*FormatError] if the header is not that of this format, or if the file cannot
// be read to its end.
func Read(r io.Reader) (*Log, error) {
	in := bufio.NewReader(r)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, &FormatError{1, "not a gzip file: " + err.Error(), err}
		}
		in = bufio.NewReader(unzipped)
	}
	var (
		lines = bufio.NewScanner(in)
		line  = 0
		p     = parser{odd: tally{}, dropped: tally{}, ids: map[[2]string]bool{}}
	)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		line++
		text := strings.TrimSuffix(lines.Text(), "\r")
		if line == 1 {
			if err := checkHeader(text); err != nil {
				return nil, err
			}
			continue
		}
		if strings.TrimSpace(text) != "" {
			p.row(line, text)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, &FormatError{line + 1, err.Error(), err}
	}
	if line == 0 {
		return nil, &FormatError{1, "empty: no header", nil}
	}
	p.overlaps()
	return &Log{p.rows, p.odd.list(), p.dropped.list()}, nil
}

func checkHeader(text string) error {
	names := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\t")
	for i, want := range columns {
		if i >= len(names) || strings.TrimSpace(names[i]) != want {
			got := "nothing"
			if i < len(names) {
				got = strconv.Quote(names[i][:min(len(names[i]), 40)])
			}
			return &FormatError{1, fmt.Sprintf("header: column %d is %s, want %q", i+1, got, want), nil}
		}
	}
	if len(names) > len(columns) {
		return &FormatError{1, fmt.Sprintf("header: %d columns, want %d", len(names), len(columns)), nil}
	}
	return nil
}

// parser turns lines into rows and counts what is odd.
type parser struct {
	rows         []Row
	odd, dropped tally
	ids          map[[2]string]bool
}

func (p *parser) row(line int, text string) {
	fields := strings.Split(text, "\t")
	if len(fields) != len(columns) {
		p.dropped.add(BadColumns, line)
		return
	}
	kind := fields[4]
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	date, err := time.Parse("060102", fields[5])
	if err != nil {
		p.dropped.add(BadDate, line)
		return
	}
	var clock [6]int
	for i, column := range []int{6, 7, 9, 10, 13, 14} {
		if clock[i], err = secondOfDay(fields[column]); err != nil {
			p.dropped.add(BadTime, line)
			return
		}
	}
	var number [4]int
	for i, column := range []int{3, 8, 11, 15} {
		number[i], err = strconv.Atoi(fields[column])
		if err != nil || number[i] < -24*60*60 || number[i] > 24*60*60 {
			p.dropped.add(BadNumber, line)
			return
		}
	}
	outcome := fields[12]
	if outcome != Agent && outcome != Hang && outcome != Phantom {
		p.dropped.add(BadOutcome, line)
		return
	}

	r := Row{
		Line: line, VRU: fields[0], CallID: fields[1], Customer: p.customer(line, fields[2]),
		Priority: number[0], Type: fields[4], Date: date, Outcome: outcome,
	}
	if fields[16] != "NO_SERVER" {
		r.Server = fields[16]
	}
	count := func(kind Kind, yes bool) {
		if yes {
			p.odd.add(kind, line)
		}
	}
	id := [2]string{r.VRU, r.CallID}
	count(BlankInType, kind != r.Type)
	count(UnknownType, !slices.Contains(Types, r.Type))
	count(DuplicateID, p.ids[id])
	p.ids[id] = true
	count(CustomerNoPriority, r.Customer != "" && r.Priority == 0)
	count(PriorityNoCustomer, fields[2] == "0" && r.Priority != 0)

	vru := stayFrom(date, date, clock[0], clock[1], number[1])
	if !vru.present { // it came and went at midnight
		vru.from, vru.to = date, date
	}
	queue := stayFrom(date, vru.to, clock[2], clock[3], number[2])
	before := vru.to
	if queue.present {
		before = queue.to
	}
	service := stayFrom(date, before, clock[4], clock[5], number[3])
	r.VRUEntry, r.VRUExit = vru.from, vru.to
	r.Queued, r.QueueStart, r.QueueExit, r.QueueTime = queue.present, queue.from, queue.to, queue.length
	r.ServiceStart, r.ServiceExit, r.ServiceTime = service.from, service.to, service.length
	p.rows = append(p.rows, r)

	last := before
	if service.present && service.to.After(last) {
		last = service.to
	}
	count(PastMidnight, !last.Before(date.AddDate(0, 0, 1)))
	count(VRUBackwards, vru.to.Before(vru.from))
	count(VRUTimeOff, vru.disagrees)
	count(QueueStartOff, queue.present && !queue.from.Equal(vru.to))
	count(QueueBackwards, queue.to.Before(queue.from))
	count(QueueTimeOff, queue.disagrees)
	count(QueueTimeZero, queue.present && queue.length == 0)
	count(ServiceBackwards, service.to.Before(service.from))
	count(ServiceTimeOff, service.disagrees)
	count(StampMissing, vru.missing || queue.missing || service.missing)
	count(NegativeTime, number[2] < 0 || number[3] < 0)
	count(ServiceEarly, service.present && service.from.Sub(before) < -2*time.Second)
	count(ServiceLate, service.present && service.from.Sub(before) > 2*time.Second)
	count(ServiceLong, service.length > time.Hour)
	switch outcome {
	case Agent:
		count(AnsweredNoTime, service.present && service.length == 0)
		count(AnsweredNoStart, !service.present)
		count(AnsweredNoServer, r.Server == "")
	case Hang:
		count(HungUpServed, service.length > 0)
		count(HungUpServer, r.Server != "")
	}
}

// customer is the customer's id, empty if it is 0 or unreadable. Some ids went
// through a spreadsheet, which left only their first digits: 6.02701E+11 is many
// customers.
func (p *parser) customer(line int, id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		p.odd.add(UnreadableCustomer, line)
	}
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

// stay is the time in the VRU, in the queue, or with an agent.
type stay struct {
	present  bool
	from, to time.Time
	length   time.Duration

	missing   bool // one of the instants was, and was put where length says
	disagrees bool // length with the instants
}

// stayFrom places a stay that follows the instant after. Times of day come
// without their date, so each is taken at the date nearest to the instant
// before it; and 0:00:00 is midnight or nothing.
func stayFrom(date, after time.Time, start, exit, seconds int) stay {
	if start == 0 && exit == 0 && seconds == 0 {
		return stay{}
	}
	recorded := time.Duration(seconds) * time.Second
	s := stay{present: true, from: nearest(date, after, start), length: recorded}
	s.to = nearest(date, s.from, exit)
	switch {
	case s.to.Sub(s.from) == recorded:
	case start == 0:
		s.missing = true
		s.to = nearest(date, after, exit)
		s.from = s.to.Add(-max(recorded, 0))
	case exit == 0:
		s.missing = true
		s.to = s.from.Add(max(recorded, 0))
	default:
		s.disagrees = true
		if recorded < 0 {
			s.length = s.to.Sub(s.from)
		}
	}
	s.length = max(s.length, 0)
	return s
}

// nearest is the instant with this second of its day that is nearest to after:
// on the day of date, or on the next.
func nearest(date, after time.Time, second int) time.Time {
	t := date.Add(time.Duration(second) * time.Second)
	if after.Sub(t) > 12*time.Hour {
		return t.AddDate(0, 0, 1)
	}
	return t
}

// secondOfDay reads h:mm:ss.
func secondOfDay(text string) (int, error) {
	t, err := time.Parse("15:04:05", text)
	if err != nil {
		return 0, err
	}
	if t.Nanosecond() != 0 {
		return 0, fmt.Errorf("%q has a fraction", text)
	}
	return t.Hour()*3600 + t.Minute()*60 + t.Second(), nil
}

// overlaps counts the services that begin while their server is still busy.
func (p *parser) overlaps() {
	var served []Row
	for _, r := range p.rows {
		if r.Server != "" && !r.ServiceStart.IsZero() {
			served = append(served, r)
		}
	}
	slices.SortStableFunc(served, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Server, b.Server), a.ServiceStart.Compare(b.ServiceStart))
	})
	var server string
	var busyUntil time.Time
	for _, r := range served {
		if r.Server != server {
			server, busyUntil = r.Server, time.Time{}
		}
		if r.ServiceStart.Before(busyUntil.Add(-2 * time.Second)) {
			p.odd.add(TwoCallsAtOnce, r.Line)
		}
		if r.ServiceExit.After(busyUntil) {
			busyUntil = r.ServiceExit
		}
	}
}
