package calllog

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// Lines of a queue_log are dropped for these reasons, besides [BadTime],
// [BadName] and [LongLine].
const (
	FewFields   = "few_fields"    // fewer than five
	NoBeginning = "no_beginning"  // an event of a call that has not entered a queue, or is over
	NotTalking  = "not_talking"   // the end of a talk that did not begin
	BadText     = "invalid_utf_8" // or a NUL
)

// These are odd, and what they are about is mended as far as it can be.
const (
	UnknownEvent  = "unknown_event"     // passed over
	ZeroTime      = "zero_time"         // the time in the call's id stands in for it
	TimeBackwards = "time_backwards"    // earlier than the line before
	NoEnd         = "no_end"            // the queue was restarted, entered anew, or the log ends
	WaitOff       = "wait_disagrees"    // with the times, by more than 2 s: the times are taken
	TalkOff       = "talk_disagrees"    // likewise: the recorded length is taken
	MissingField  = "missing_parameter" // of a wait or a talk
	NobodyMember  = "connected_to_nobody"
)

// ReadQueueLog reads the queue_log of Asterisk's app_queue (and of what writes
// the same: time, call, queue, member, event and parameters, with bars between
// them). Lines that are empty or begin with # are passed over.
//
// A call begins with each ENTERQUEUE, so one that goes from queue to queue is a
// call in each. It ends with CONNECT and COMPLETEAGENT, COMPLETECALLER, or a
// transfer; with ABANDON; with EXITWITHKEY, EXITWITHTIMEOUT or EXITEMPTY, which
// is [Left]; or not at all, if the queue was started anew meanwhile
// (QUEUESTART), the call enters a queue again or the log ends: then it is [Open],
// and a talk that had begun is one of unknown length. AGENTDUMP and SYSCOMPAT,
// which part caller and agent at once, leave the caller in line.
//
// Waits are the differences of the lines' times, in whole seconds unless the log
// has fractions; the recorded ones stand in where times run backwards. Talks are
// as recorded, else the difference. Where a line has the time 0, the time in the
// call's id is taken, as in 1266833905.2 or psy1-1292281041.87: when the call
// came to Asterisk, a little before. What the log does not tell from its
// ENTERQUEUE on is not a call: its lines are dropped.
//
// Duty is of members who were seen to come or go: AGENTLOGIN and
// AGENTCALLBACKLOGIN, or ADDMEMBER to at least one queue, until AGENTLOGOFF or
// REMOVEMEMBER from all, less PAUSE and PAUSEALL. Who is there at the end of the
// log is so until its last line. A restart logs nobody off: members that were
// added stay if the queue remembers them, and those who do not come back would
// not be seen to answer.
//
// The error is of reading.
func ReadQueueLog(r io.Reader) (*Log, error) {
	p := queueParser{
		log: new(Log), odd: tally{}, dropped: tally{},
		live: make(map[string]int), members: make(map[string]*member),
	}
	number := 0
	for text, err := range lines(r) {
		number++
		if err != nil {
			return nil, fmt.Errorf("calllog: line %d: %w", number, err)
		}
		if text == "" {
			p.dropped.add(LongLine, number)
		} else if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
			p.line(text, number)
		}
	}
	p.finish()
	return p.log, nil
}

// queueParser is what is known of the lines so far.
type queueParser struct {
	log          *Log
	odd, dropped tally
	now          time.Time      // of the line before
	live         map[string]int // calls in line or in a talk, by id: index in log.Calls
	members      map[string]*member
}

// queueEvent is a line, read.
type queueEvent struct {
	line              int
	at                time.Time
	id, queue, member string
	name              string
	parameters        []string
}

// parameter is one of the event's, from 0; empty if it is not there.
func (e *queueEvent) parameter(i int) string {
	if i < 0 || i >= len(e.parameters) {
		return ""
	}
	return e.parameters[i]
}

// fromEnd is a parameter counted from the last one, 0: the last.
func (e *queueEvent) fromEnd(i int) string { return e.parameter(len(e.parameters) - 1 - i) }

func (p *queueParser) line(text string, line int) {
	if strings.ContainsRune(text, 0) || !validText(text) {
		p.dropped.add(BadText, line)
		return
	}
	fields := strings.Split(text, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) < 5 || fields[4] == "" {
		p.dropped.add(FewFields, line)
		return
	}
	e := queueEvent{line: line, id: fields[1], queue: fields[2], member: AgentName(fields[3]), name: strings.ToUpper(fields[4]), parameters: fields[5:]}
	var ok bool
	if e.at, ok = p.instant(fields[0], e.id, line); !ok {
		p.dropped.add(BadTime, line)
		return
	}
	if e.at.Before(p.now) {
		p.odd.add(TimeBackwards, line)
	} else {
		p.now = e.at
	}
	if e.member != "" && !Name(e.member) {
		p.dropped.add(BadName, line)
		return
	}
	if handle := callEvents[e.name]; handle != nil {
		handle(p, &e)
	} else if handle := dutyEvents[e.name]; handle != nil {
		handle(p, &e)
	} else if !passedOver[e.name] {
		p.odd.add(UnknownEvent, line)
	}
}

// passedOver are events that say nothing about calls or duty.
var passedOver = map[string]bool{
	"CONFIGRELOAD": true, "DID": true, "INFO": true, "PENALTY": true, "PAUSEREASON": true, "RINGCANCELED": true,
	"RINGCANCELLED": true, "JOINEMPTY": true, "FULL": true, "CLOSED": true, "DIVERT_CA_RATIO": true, "DIVERT_HOLDTIME": true,
	"LEAVEEMPTY": true, "AGENTDUMP": true, "SYSCOMPAT": true, "REALTIME": true, "QUEUESTOP": true, "TRANSFERRED": true,
}

// instant reads UNIX seconds, or 2012-07-03 15:27:23.896208 as UTC.
func (p *queueParser) instant(text, id string, line int) (time.Time, bool) {
	if t, ok := unix(text); ok {
		return t, true
	}
	if t, err := time.Parse("2006-01-02 15:04:05", text); err == nil && t.Year() > 1970 && t.Year() < 2200 {
		return t, true
	}
	if text != "0" {
		return time.Time{}, false
	}
	t, ok := unix(id[strings.LastIndexByte(id, '-')+1:])
	if ok {
		p.odd.add(ZeroTime, line)
	}
	return t.Truncate(time.Second), ok
}

// unix reads seconds since 1970, of the years 1971 to 2199. What stands behind a
// point may be a fraction or, in an id, a number: both are less than a second.
func unix(text string) (time.Time, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 366*24*60*60 || n > 7_258_118_400 {
		return time.Time{}, false
	}
	if len(fraction) > 9 {
		fraction = fraction[:9]
	}
	nanoseconds, err := strconv.ParseUint("0"+fraction, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	for range 9 - len(fraction) {
		nanoseconds *= 10
	}
	return time.Unix(n, int64(nanoseconds)).UTC(), true
}

// length reads a time in seconds; false if there is none.
func length(text string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= maxSeconds) {
		return 0, false
	}
	return time.Duration(math.Round(n * float64(time.Second))), true
}

func (p *queueParser) finish() {
	for _, i := range p.live {
		p.lost(i, p.log.Calls[i].Line)
	}
	p.log.Duty = duty(p.members, p.now)
	sortCalls(p.log.Calls)
	p.log.Odd, p.log.Dropped = p.odd.list(), p.dropped.list()
}
