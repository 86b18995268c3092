package calllog

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Lines of a queue_log are dropped for these reasons, and for [LongLine],
// [BadTime] and [BadName] (the call's id, its queue or whose duty it is about is
// not an identifier of the router).
const (
	FewFields   = "few_fields"   // less than time, call, queue, member and event
	NoBeginning = "no_beginning" // of a call that never came to the queue, and without a wait to infer from when
	OutOfPlace  = "out_of_place" // a second answer, an end after the end, giving up while talking
)

// These are odd about a queue_log, and what they are about is left out or
// mended. Besides them there are [BadOptional] (the caller's number), [BadNumber]
// (a time in seconds that is none) and [NoAgent].
const (
	UnknownEvent   = "unknown_event"     // not documented: passed over
	NotLetIn       = "not_let_in"        // the queue was closed, full or empty: no call
	ZeroTime       = "zero_time"         // the time is missing or 0
	ClockBack      = "clock_back"        // earlier than the line before
	NULBytes       = "nul_bytes"         // around a field, as after a crash
	MissingField   = "missing_parameter" // a length of time that the event should tell
	BadMember      = "bad_member"        // the member's name cannot be an identifier: nobody's
	EnteredAgain   = "entered_again"     // came to a queue in which the call still was
	InferredCall   = "inferred_call"     // the log does not have its coming to the queue
	AnswerMissing  = "answer_missing"    // a talk ended that had not begun; dropped if it does not tell when it did
	RingWithout    = "ring_without_call" // a phone rang for a call that was not in the queue
	NoEnd          = "no_end"            // the call is Open
	TalkWithoutEnd = "talk_without_end"  // its length is not known
	WaitGuessed    = "wait_guessed"      // neither the times nor the event tell it
	WaitDiffers    = "wait_differs"      // by more than 2 s from what the event tells
	TalkDiffers    = "talk_differs"      // by more than 2 s from what the event tells
)

// tolerance is how much times of writing may differ from what the event tells.
const tolerance = 2 * time.Second

// ReadQueueLog reads the queue_log of Asterisk: a line for each event, in order
// of writing, with bars between time, call, queue, member, event and what the
// event tells. Blank lines and those that begin with # are passed over, and
// blanks around the bars. Times are UNIX seconds, also with a fraction, or UTC as
// 2012-07-03 15:27:23.896208. What is unpacked from gzip is the caller's matter.
//
// Calls. Each ENTERQUEUE is one call, also if the same caller comes to a second
// queue, or to the same one again. The lines that follow belong to it by call and
// queue:
//
//	CONNECT                         Answered
//	COMPLETEAGENT, COMPLETECALLER,
//	BLINDTRANSFER, ATTENDEDTRANSFER,
//	TRANSFER                        the end of the talk; Answered if CONNECT is missing
//	ABANDON                         Abandoned
//	EXITEMPTY, LEAVEEMPTY,
//	EXITWITHKEY, EXITWITHTIMEOUT    Left
//	SYSCOMPAT                       Left: dropped, because the phones had no codec in common
//	RINGNOANSWER, AGENTDUMP         one more Missed, whatever the time it rang
//
// After AGENTDUMP, an agent who hung up while hearing the announcement, the call
// still waits. RINGCANCELED is not a phone that was Missed: the caller hung up.
// QUEUESTART, a restart, and the end of the file end all calls: those in the
// queue are Open, those on the phone Answered with a talk that is not known.
//
// A call whose ENTERQUEUE is missing is inferred from the first other line that
// tells how long it had waited: this is so at the beginning of each log that was
// cut from a longer one, and to take only the answered ones would hide those who
// gave up.
//
// Wait is the time between the lines. If that is not to be had, because a time is
// 0 or the clock was put back, it is what the event tells; if that tells nothing,
// the time until the line before, or 0. Talk is what the event tells, or else the
// time between the lines. A line with a time of 0 is taken to be written with the
// line before. Not so ENTERQUEUE: the call came when its wait ended, less what
// that event tells, or if it tells nothing, when the caller's channel began. That
// is the number in the call's id (psy1-1292281041.87); without one, the line is
// dropped.
//
// Members are agents by [AgentName].
//
// Duty. Who has a line of AGENTLOGIN, AGENTCALLBACKLOGIN or their LOGOFF is on
// duty while logged in; who has none of these but ADDMEMBER or REMOVEMEMBER,
// while a member of at least one queue; who has neither, as the members that
// queues.conf names, is not in Duty. Off duty is who pauses in all queues the log
// knows the agent to be in, by PAUSE of each or PAUSEALL; a logout ends all
// pauses. Who leaves first was there from the beginning of the log, or since the
// login that the logout tells of; who stays to the end, until its last line.
// QUEUESTART ends AGENTLOGIN, which is an open phone line, and nothing else:
// Asterisk keeps its dynamic members and their pauses over a restart. Where the
// clock was put back, time stands still for an agent until it has caught up.
//
// The error is that of the reader, with the line. O(n log n) in the lines; memory
// in proportion to the calls, those of which only a ringing phone is told
// included, and to the lines about duty.
//
// Source: https://docs.asterisk.org/Operation/Logging/Queue-Logs/
func ReadQueueLog(r io.Reader) (*Log, error) {
	q := &queueLog{
		odd: tally{}, dropped: tally{},
		names:   make(map[string]string),
		latest:  make(map[visitKey]*visit),
		rosters: make(map[string]*roster),
		phoned:  make(map[string]bool),
	}
	number := 0
	for text, err := range lines(r) {
		number++
		if err != nil {
			return nil, fmt.Errorf("calllog: line %d: %w", number, err)
		}
		if kind := q.read(text, number); kind != "" {
			q.dropped.add(kind, number)
		}
	}
	return q.log(), nil
}

// queueLog is what has been read so far.
type queueLog struct {
	odd, dropped tally
	names        map[string]string // of queues and agents, each stored once
	first, last  time.Time         // of the lines with a time
	visits       []*visit          // in order of their lines
	latest       map[visitKey]*visit
	restarts     int
	rosters      map[string]*roster // by agent
	phoned       map[string]bool    // agents whose login is an open line, which a restart cuts
}

// read takes a line, and tells why it cannot be used; "" if it was, or is blank.
func (q *queueLog) read(text string, number int) (dropped string) {
	l, dropped := q.split(text, number)
	if l == nil {
		return dropped
	}
	switch l.event {
	case "ENTERQUEUE":
		return q.enter(l)
	case "CONNECT":
		return q.connect(l)
	case "COMPLETEAGENT", "COMPLETECALLER", "TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER":
		return q.complete(l)
	case "ABANDON":
		return q.leave(l, Abandoned)
	case "EXITEMPTY", "LEAVEEMPTY", "EXITWITHKEY", "EXITWITHTIMEOUT", "SYSCOMPAT":
		return q.leave(l, Left)
	case "RINGNOANSWER", "AGENTDUMP":
		return q.miss(l)
	case "AGENTLOGIN", "AGENTCALLBACKLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF",
		"ADDMEMBER", "REMOVEMEMBER", "PAUSE", "PAUSEALL", "UNPAUSE", "UNPAUSEALL":
		return q.duty(l)
	case "QUEUESTART":
		q.restarts++
		q.cut(l)
	case "JOINEMPTY", "FULL", "CLOSED", "DIVERT_CA_RATIO", "DIVERT_HOLDTIME":
		q.odd.add(NotLetIn, number)
	case "RINGCANCELED", "CONFIGRELOAD", "DID", "INFO", "PENALTY", "PAUSEREASON",
		"RINGINUSE", "MEMBERRINGINUSE", "WRAPUPSTART":
		// They tell nothing of what a Log has.
	default:
		q.odd.add(UnknownEvent, number)
	}
	return ""
}

// log is the whole, when all lines are read.
func (q *queueLog) log() *Log {
	calls := make([]Call, 0, len(q.visits))
	for _, v := range q.visits {
		switch v.phase {
		case waiting:
			q.odd.add(NoEnd, v.call.Line)
		case talking:
			q.odd.add(TalkWithoutEnd, v.call.Line)
		}
		if v.call.Outcome == Answered && v.call.Agent == "" {
			q.odd.add(NoAgent, v.call.Line)
		}
		calls = append(calls, v.call)
	}
	sortCalls(calls)
	return &Log{Calls: calls, Duty: q.duties(), Odd: q.odd.list(), Dropped: q.dropped.list()}
}

// name stores a text once, so that it does not keep the line that it is part of.
func (q *queueLog) name(text string) string {
	name, ok := q.names[text]
	if !ok {
		name = strings.Clone(text)
		q.names[name] = name
	}
	return name
}
