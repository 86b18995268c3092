package calllog

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// columns of the CSV format, in the order in which [WriteCSV] writes them.
var columns = []string{
	"id", "arrival", "queue", "caller", "customer", "tier", "outcome", "wait", "agent", "missed", "start", "talk",
}

// Lines of a CSV file are dropped for these reasons.
const (
	BadCSV     = "bad_csv"     // quotes that do not match; see also [LongLine]
	BadTime    = "bad_time"    // of arrival
	BadOutcome = "bad_outcome" // none of the four
	BadWait    = "bad_wait"    // not a time of at least 0
	BadName    = "bad_name"    // queue or agent not of 1 to 128 bytes of printable UTF-8
)

// These are odd, and what they are about is left out or mended.
const (
	UnknownColumn = "unknown_column" // passed over
	BadNumber     = "bad_number"     // of missed, start or talk: taken as not known
	BadOptional   = "bad_optional"   // caller, customer, tier or id: left out
	NoAgent       = "answered_by_nobody"
	AgentNoAnswer = "agent_without_answer" // an agent of a call that nobody answered: left out
	DuplicateID   = "duplicate_id"
)

// maxSeconds is the longest wait or talk that is believed: a year.
const maxSeconds = 366 * 24 * 60 * 60

// ReadCSV reads a table of calls: comma separated, with a header, in any order
// of columns and lines.
//
//	arrival   when the call came to the queue: 2026-01-05 09:30:00 (a fraction of
//	          the second and a T in the middle are fine), or with an offset from UTC
//	          as in RFC 3339; needed
//	outcome   answered, abandoned, left or open; needed
//	wait      until the outcome, in seconds (12.5) or as 1m30s; needed, but of
//	          open calls
//	queue     without the column, all calls are of queue "calls"
//	agent     who answered
//	talk      how long, as wait; empty: not known
//	start     of the talk, as arrival; empty: arrival + wait
//	missed    phones that rang in vain
//	id, caller, customer, tier
//
// Times without an offset are of the zone (nil: UTC). Identifiers are 1 to 128
// bytes of printable UTF-8, as the router wants them. A field in quotes may go on
// over several lines. Each line after the header that is not blank is part of one
// call, or counted in Dropped.
//
// The error is of the header, which must name the columns needed and none twice,
// or of reading.
func ReadCSV(r io.Reader, zone *time.Location) (*Log, error) {
	if zone == nil {
		zone = time.UTC
	}
	p := csvParser{zone: zone, odd: tally{}, dropped: tally{}, ids: make(map[string]bool)}
	for row, err := range csvRows(r) {
		switch {
		case err != nil:
			return nil, fmt.Errorf("calllog: line %d: %w", row.line, err)
		case p.at == nil && row.fault != "":
			return nil, fmt.Errorf("calllog: line %d: no header: %s", row.line, row.fault)
		case p.at == nil:
			if err := p.header(row.fields, row.line); err != nil {
				return nil, fmt.Errorf("calllog: line %d: %w", row.line, err)
			}
		case row.fault != "":
			p.dropped.add(row.fault, row.line)
		default:
			p.row(row.fields, row.line)
		}
	}
	if p.at == nil {
		return nil, errors.New("calllog: no header: the file is empty")
	}
	sortCalls(p.calls)
	return &Log{Calls: p.calls, Odd: p.odd.list(), Dropped: p.dropped.list()}, nil
}

type csvParser struct {
	zone         *time.Location
	at           map[string]int // columns
	calls        []Call
	odd, dropped tally
	ids          map[string]bool
}

func (p *csvParser) header(names []string, line int) error {
	p.at = make(map[string]int)
	var faults []error
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			p.odd.add(UnknownColumn, line)
			continue
		}
		if _, ok := p.at[name]; ok {
			faults = append(faults, fmt.Errorf("column %q is there twice", name))
		}
		p.at[name] = i
	}
	for _, name := range []string{"arrival", "outcome", "wait"} {
		if _, ok := p.at[name]; !ok {
			faults = append(faults, fmt.Errorf("there is no column %q among %q; the separator is a comma", name, names))
		}
	}
	return errors.Join(faults...)
}

func (p *csvParser) row(row []string, line int) {
	field := func(name string) string {
		i, ok := p.at[name]
		if !ok || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	c := Call{Line: line, Queue: "calls", Outcome: Outcome(strings.ToLower(field("outcome")))}
	var err error
	if c.Arrival, err = p.instant(field("arrival")); err != nil {
		p.dropped.add(BadTime, line)
		return
	}
	switch c.Outcome {
	case Answered, Abandoned, Left, Open:
	default:
		p.dropped.add(BadOutcome, line)
		return
	}
	if c.Outcome != Open {
		if c.Wait, err = seconds(field("wait")); err != nil {
			p.dropped.add(BadWait, line)
			return
		}
	}
	if _, ok := p.at["queue"]; ok {
		c.Queue = field("queue")
	}
	c.Agent = field("agent")
	if !Name(c.Queue) || c.Agent != "" && !Name(c.Agent) {
		p.dropped.add(BadName, line)
		return
	}
	c.ID, c.Caller, c.Customer, c.Tier = field("id"), field("caller"), field("customer"), field("tier")
	for _, text := range []*string{&c.ID, &c.Caller, &c.Customer, &c.Tier} {
		if *text != "" && !Name(*text) {
			*text = ""
			p.odd.add(BadOptional, line)
		}
	}
	if c.ID != "" && p.ids[c.ID] {
		p.odd.add(DuplicateID, line)
	}
	p.ids[c.ID] = true
	if text := field("missed"); text != "" {
		if c.Missed, err = strconv.Atoi(text); err != nil || c.Missed < 0 {
			c.Missed = 0
			p.odd.add(BadNumber, line)
		}
	}
	p.answer(&c, field("start"), field("talk"))
	p.calls = append(p.calls, c)
}

// answer reads what only an answered call has.
func (p *csvParser) answer(c *Call, start, talk string) {
	if c.Outcome != Answered {
		if c.Agent != "" {
			c.Agent = ""
			p.odd.add(AgentNoAnswer, c.Line)
		}
		return
	}
	if c.Agent == "" {
		p.odd.add(NoAgent, c.Line)
	}
	c.Start = c.Arrival.Add(c.Wait)
	var err error
	if start != "" {
		at, err := p.instant(start)
		if err != nil {
			p.odd.add(BadNumber, c.Line)
		} else {
			c.Start = at
		}
	}
	if talk != "" {
		if c.Talk, err = seconds(talk); err != nil {
			p.odd.add(BadNumber, c.Line)
		}
		c.TalkKnown = err == nil
	}
}

// instant reads a time, which must lie in the years that the router takes.
func (p *csvParser) instant(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, text, p.zone); err == nil {
			if t.Year() < 1971 || t.Year() > 2199 {
				return time.Time{}, fmt.Errorf("%v is not between 1971 and 2199", t)
			}
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time", text)
}

// seconds reads 12.5, or 1m30s.
func seconds(text string) (time.Duration, error) {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		if !(n >= 0 && n <= maxSeconds) {
			return 0, fmt.Errorf("%q is out of range", text)
		}
		return time.Duration(math.Round(n * float64(time.Second))), nil
	}
	d, err := time.ParseDuration(text)
	if err == nil && (d < 0 || d > maxSeconds*time.Second) {
		err = fmt.Errorf("%q is out of range", text)
	}
	if err != nil {
		return 0, err
	}
	return d, nil
}

// Name tells whether a text can be an identifier of the router: 1 to 128 bytes
// of printable UTF-8.
func Name(text string) bool {
	return text != "" && len(text) <= 128 && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// WriteCSV writes calls as [ReadCSV] reads them, with times in UTC.
func WriteCSV(w io.Writer, calls []Call) error {
	rows := csv.NewWriter(w)
	rows.Write(columns)
	for i := range calls {
		c := &calls[i]
		row := map[string]string{
			"id": c.ID, "arrival": c.Arrival.UTC().Format(time.RFC3339Nano), "queue": c.Queue,
			"caller": c.Caller, "customer": c.Customer, "tier": c.Tier,
			"outcome": string(c.Outcome), "agent": c.Agent,
		}
		if c.Missed > 0 {
			row["missed"] = strconv.Itoa(c.Missed)
		}
		if c.Outcome != Open {
			row["wait"] = c.Wait.String()
		}
		if c.TalkKnown {
			row["talk"] = c.Talk.String()
		}
		if !c.Start.IsZero() && !c.Start.Equal(c.Arrival.Add(c.Wait)) {
			row["start"] = c.Start.UTC().Format(time.RFC3339Nano)
		}
		var fields []string
		for _, name := range columns {
			fields = append(fields, row[name])
		}
		rows.Write(fields)
	}
	rows.Flush()
	return rows.Error()
}
