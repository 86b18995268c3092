package calllog

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// line is what a line says. Its texts are parts of the line.
type line struct {
	number int
	// at is when it was written. With stamped false it does not say; then it is
	// the time of the line before, if there was one.
	at               time.Time
	stamped          bool
	id, queue, event string
	member           string
	told             []string // what the event tells, without empty ones at the end
}

// split takes a line apart. It gives nil for one that is blank or a comment, or
// that is dropped, and why.
func (q *queueLog) split(text string, number int) (l *line, dropped string) {
	if text == "" {
		return nil, LongLine
	}
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if text == "" || text[0] == '#' {
		return nil, ""
	}
	fields := strings.Split(text, "|")
	nul := false
	for i, field := range fields {
		mended := strings.Trim(field, " \t\r\n\v\f\x00")
		nul = nul || strings.Contains(field, "\x00") && !strings.Contains(mended, "\x00")
		fields[i] = mended
	}
	if len(fields) < 5 || fields[4] == "" {
		return nil, FewFields
	}
	l = &line{number: number, id: fields[1], queue: fields[2], member: fields[3], event: strings.ToUpper(fields[4]), told: fields[5:]}
	for len(l.told) > 0 && l.told[len(l.told)-1] == "" {
		l.told = l.told[:len(l.told)-1]
	}
	at, err := stamp(fields[0])
	if err != nil {
		return nil, BadTime
	}
	if nul {
		q.odd.add(NULBytes, number)
	}
	if l.at, l.stamped = at, !at.IsZero(); !l.stamped {
		q.odd.add(ZeroTime, number)
		l.at = q.last
		return l, ""
	}
	if at.Before(q.last) {
		q.odd.add(ClockBack, number)
	}
	if q.first.IsZero() {
		q.first = at
	}
	q.last = at
	return l, ""
}

// stamp reads a time; none, or one of 0, is the zero Time.
func stamp(text string) (time.Time, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil && text != "" {
		return (&csvParser{zone: time.UTC}).instant(text)
	}
	if strings.Trim(fraction, "0123456789") != "" {
		return time.Time{}, errors.New("no fraction of a second")
	}
	if seconds == 0 {
		return time.Time{}, nil
	}
	nanoseconds, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
	at := time.Unix(seconds, nanoseconds).UTC()
	if !routed(at) {
		return time.Time{}, errors.New("not between 1971 and 2199")
	}
	return at, nil
}

// routed reports whether a time lies in the years that the router takes.
func routed(at time.Time) bool { return at.Year() >= 1971 && at.Year() <= 2199 }

// birth is when the caller's channel began, by the call's id: 1292281041.87, or
// with the machine's name before it and a hyphen. The digits after the point
// count channels and are no fraction.
func birth(id string) (time.Time, bool) {
	id = id[strings.LastIndexByte(id, '-')+1:]
	whole, count, ok := strings.Cut(id, ".")
	if !ok || count == "" || strings.Trim(whole+count, "0123456789") != "" {
		return time.Time{}, false
	}
	at, err := stamp(whole)
	return at, err == nil && !at.IsZero()
}

// seconds is the i-th of what the event tells, if it is a time in seconds; with a
// negative i there is none to tell.
func (q *queueLog) seconds(l *line, i int) (time.Duration, bool) {
	if i < 0 {
		return 0, false
	}
	if i >= len(l.told) || l.told[i] == "" {
		q.odd.add(MissingField, l.number)
		return 0, false
	}
	d, err := seconds(l.told[i])
	if err != nil {
		q.odd.add(BadNumber, l.number)
	}
	return d, err == nil
}

// toldWait is the place of the wait among what the event tells, -1 if the event
// has none. That of the talk is the next one, if the event has a talk.
func toldWait(l *line) int {
	switch l.event {
	case "CONNECT", "COMPLETEAGENT", "COMPLETECALLER":
		return 0
	case "ABANDON", "EXITEMPTY", "LEAVEEMPTY", "EXITWITHTIMEOUT", "TRANSFER", "BLINDTRANSFER":
		return 2
	case "EXITWITHKEY":
		return 3
	case "ATTENDEDTRANSFER":
		// How it was done takes one place or more: the numbers are the last ones,
		// and the very last, the first position in the queue, may be missing.
		words := slices.Clone(l.told)
		slices.Reverse(words)
		numbers := slices.IndexFunc(words, func(word string) bool { return strings.Trim(word, "0123456789") != "" || word == "" })
		if numbers < 0 {
			numbers = len(words)
		}
		if numbers >= 2 {
			return len(words) - min(numbers, 3)
		}
		return len(words)
	}
	return -1
}
