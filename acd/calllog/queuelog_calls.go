package calllog

import (
	"strings"
	"time"
)

// visit is a call in a queue, as far as the log has been read.
type visit struct {
	call  Call
	phase phase
	// mended tells that Arrival is the channel's beginning: the true one may be
	// later.
	mended bool
	// restarts is how many there had been when the call came.
	restarts int
}

type visitKey struct{ id, queue string }

type phase int

const (
	unseen phase = iota // phones rang for a call that is not in the queue
	waiting
	talking
	over
)

// open tells whether lines can still change the visit.
func (q *queueLog) open(v *visit) bool {
	return v != nil && v.restarts == q.restarts && (v.phase == waiting || v.phase == talking)
}

// named reports whether a line's call and queue have names.
func named(l *line) bool {
	return Name(l.id) && Name(l.queue) && l.id != "NONE" && l.queue != "NONE"
}

// begin adds a call that came to its queue at a time.
func (q *queueLog) begin(l *line, arrival time.Time) *visit {
	v := &visit{phase: waiting, restarts: q.restarts, call: Call{
		ID: strings.Clone(l.id), Line: l.number, Queue: q.name(l.queue), Arrival: arrival, Outcome: Open,
	}}
	q.visits = append(q.visits, v)
	q.latest[visitKey{v.call.ID, v.call.Queue}] = v
	return v
}

func (q *queueLog) enter(l *line) string {
	if !named(l) {
		return BadName
	}
	arrival, mended := l.at, !l.stamped
	if mended {
		at, ok := birth(l.id)
		if !ok {
			return BadTime
		}
		arrival = at
	}
	if q.open(q.latest[visitKey{l.id, l.queue}]) {
		q.odd.add(EnteredAgain, l.number)
	}
	v := q.begin(l, arrival)
	v.mended = mended
	if len(l.told) > 1 && !anonymous(l.told[1]) {
		if Name(l.told[1]) {
			v.call.Caller = strings.Clone(l.told[1])
		} else {
			q.odd.add(BadOptional, l.number)
		}
	}
	return ""
}

// anonymous reports whether a caller's number says that there is none.
func anonymous(number string) bool {
	switch strings.ToLower(strings.Trim(number, "<>\" ")) {
	case "", "anonymous", "unknown", "withheld", "private", "restricted", "unavailable":
		return true
	}
	return false
}

// find is the visit that a line belongs to. Where the log has none, it is
// inferred from ago, the time since it came to the queue.
func (q *queueLog) find(l *line, ago time.Duration, known bool) (v *visit, dropped string) {
	if !named(l) {
		return nil, BadName
	}
	v = q.latest[visitKey{l.id, l.queue}]
	switch {
	case q.open(v):
		return v, ""
	case v != nil && v.phase != unseen:
		return nil, OutOfPlace
	case !known || !l.stamped || !routed(l.at.Add(-ago)):
		return nil, NoBeginning
	}
	missed := 0
	if v != nil {
		missed = v.call.Missed
	}
	v = q.begin(l, l.at.Add(-ago))
	v.call.Missed = missed
	q.odd.add(InferredCall, l.number)
	return v, ""
}

// waited settles the wait of a visit that ended at a time. With exact false that
// is not when the line was written.
func (q *queueLog) waited(v *visit, l *line, at time.Time, exact bool, told time.Duration, known bool) {
	between := max(0, at.Sub(v.call.Arrival))
	usable := exact && !at.Before(v.call.Arrival)
	v.call.Wait = between
	switch {
	case usable && v.mended && known && told <= between:
		v.call.Arrival, v.call.Wait = at.Add(-told), told
	case usable:
		if known && (between-told).Abs() > tolerance {
			q.odd.add(WaitDiffers, l.number)
		}
	case known:
		v.call.Wait = told
	default:
		q.odd.add(WaitGuessed, l.number)
	}
}

func (q *queueLog) connect(l *line) string {
	told, known := q.seconds(l, 0)
	v, fault := q.find(l, told, known)
	switch {
	case fault != "":
		return fault
	case v.phase == talking:
		return OutOfPlace
	}
	q.waited(v, l, l.at, l.stamped, told, known)
	q.answer(v, l)
	return ""
}

// answer begins the talk of a visit whose wait is settled.
func (q *queueLog) answer(v *visit, l *line) {
	v.phase = talking
	v.call.Outcome = Answered
	v.call.Agent = q.agent(l)
	v.call.Start = v.call.Arrival.Add(v.call.Wait)
}

func (q *queueLog) complete(l *line) string {
	place := toldWait(l)
	told, known := q.seconds(l, place)
	talk, talkKnown := q.seconds(l, place+1)
	v, fault := q.find(l, told+talk, known && talkKnown)
	if fault != "" {
		return fault
	}
	if v.phase == waiting {
		exact := l.stamped && talkKnown
		if !exact && !known {
			return AnswerMissing
		}
		if v.call.Line != l.number {
			q.odd.add(AnswerMissing, l.number)
		}
		q.waited(v, l, l.at.Add(-talk), exact, told, known)
		q.answer(v, l)
	}
	if v.call.Agent == "" {
		v.call.Agent = q.agent(l)
	}
	v.phase = over
	between := l.at.Sub(v.call.Start)
	usable := l.stamped && between >= 0
	switch {
	case talkKnown:
		v.call.Talk, v.call.TalkKnown = talk, true
		if usable && (between-talk).Abs() > tolerance {
			q.odd.add(TalkDiffers, l.number)
		}
	case usable:
		v.call.Talk, v.call.TalkKnown = between, true
	default:
		q.odd.add(TalkWithoutEnd, l.number)
	}
	return ""
}

func (q *queueLog) leave(l *line, outcome Outcome) string {
	told, known := q.seconds(l, toldWait(l))
	v, fault := q.find(l, told, known)
	switch {
	case fault != "":
		return fault
	case v.phase == talking:
		return OutOfPlace
	}
	q.waited(v, l, l.at, l.stamped, told, known)
	v.call.Outcome, v.phase = outcome, over
	return ""
}

// miss counts a phone that rang. For a call not yet seen it is kept until that is
// inferred, if it ever is.
func (q *queueLog) miss(l *line) string {
	if !named(l) {
		return BadName
	}
	key := visitKey{l.id, l.queue}
	v := q.latest[key]
	switch {
	case v == nil:
		v = &visit{restarts: q.restarts}
		q.latest[visitKey{strings.Clone(l.id), q.name(l.queue)}] = v
		fallthrough
	case v.phase == unseen:
		q.odd.add(RingWithout, l.number)
	case !q.open(v) || v.phase == talking && l.event == "AGENTDUMP":
		return OutOfPlace
	}
	v.call.Missed++
	return ""
}
