package calllog

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// AgentName is who a member of a queue is, whatever the way to reach them:
//
//	SIP/2004, PJSIP/2004, IAX2/2004, Agent/2004        2004
//	PJSIP/2004-0000001a (a channel of it)              2004
//	Local/2004@from-internal/n                         2004
//	2004, aya                                          as it is
//	NONE                                               nobody: ""
//
// So one who has several phones, or was moved from one technology to another,
// stays one person, and so do two of the same number in two technologies.
func AgentName(text string) string {
	if text == "NONE" {
		return ""
	}
	name := text
	if technology, rest, ok := strings.Cut(text, "/"); ok && technology != "" && rest != "" {
		name = rest
		if strings.EqualFold(technology, "Local") {
			name, _, _ = strings.Cut(name, "@")
		}
		name = strings.TrimSuffix(name, "/n")
		if at := strings.LastIndexByte(name, '-'); at > 0 && hexadecimal(name[at+1:]) {
			name = name[:at]
		}
	}
	if name == "" {
		return text
	}
	return name
}

// hexadecimal tells a channel's number: 8 digits.
func hexadecimal(text string) bool {
	return len(text) == 8 && strings.Trim(text, "0123456789abcdefABCDEF") == ""
}

// member is someone who may be on duty.
type member struct {
	spans    []Span
	since    time.Time // on duty, zero: not
	loggedIn bool
	queues   map[string]bool // that they were added to
	paused   map[string]bool // queues, "" is all
	known    bool            // a line told of them
}

// present tells whether someone takes calls of any queue.
func (m *member) present() bool {
	if m.paused[""] || !m.loggedIn && len(m.queues) == 0 {
		return false
	}
	if m.loggedIn && len(m.queues) == 0 {
		return len(m.paused) == 0
	}
	for queue := range m.queues {
		if !m.paused[queue] {
			return true
		}
	}
	return false
}

// dutyEvents are the events that tell who is there.
var dutyEvents = map[string]func(*queueParser, *queueEvent){
	"AGENTLOGIN":          duties(func(m *member, _ *queueEvent) { m.loggedIn = true }),
	"AGENTCALLBACKLOGIN":  duties(func(m *member, _ *queueEvent) { m.loggedIn = true }),
	"AGENTLOGOFF":         duties(func(m *member, _ *queueEvent) { m.loggedIn = false }),
	"AGENTCALLBACKLOGOFF": duties(func(m *member, _ *queueEvent) { m.loggedIn = false }),
	"ADDMEMBER":           duties(func(m *member, e *queueEvent) { m.queues[e.queue] = true }),
	"REMOVEMEMBER": duties(func(m *member, e *queueEvent) {
		delete(m.queues, e.queue)
		delete(m.paused, e.queue)
	}),
	"PAUSE":      duties(func(m *member, e *queueEvent) { m.paused[e.queue] = true }),
	"UNPAUSE":    duties(func(m *member, e *queueEvent) { delete(m.paused, e.queue) }),
	"PAUSEALL":   duties(func(m *member, _ *queueEvent) { m.paused[""] = true }),
	"UNPAUSEALL": duties(func(m *member, _ *queueEvent) { clear(m.paused) }),
}

func duties(change func(*member, *queueEvent)) func(*queueParser, *queueEvent) {
	return func(p *queueParser, e *queueEvent) {
		if e.member == "" {
			p.dropped.add(BadName, e.line)
			return
		}
		m := p.members[e.member]
		if m == nil {
			m = &member{queues: make(map[string]bool), paused: make(map[string]bool)}
			p.members[e.member] = m
		}
		change(m, e)
		m.note(p.now)
	}
}

// note begins or ends a time on duty.
func (m *member) note(now time.Time) {
	switch present := m.present(); {
	case present && m.since.IsZero():
		m.since = now
	case !present && !m.since.IsZero():
		if now.After(m.since) {
			m.spans = append(m.spans, Span{m.since, now})
		}
		m.since = time.Time{}
	}
}

// duty is that of all members who were seen to come, until the end of the log.
func duty(members map[string]*member, end time.Time) []Duty {
	var list []Duty
	for _, name := range slices.Sorted(maps.Keys(members)) {
		m := members[name]
		if !m.since.IsZero() && end.After(m.since) {
			m.spans = append(m.spans, Span{m.since, end})
		}
		for _, span := range m.spans {
			list = append(list, Duty{name, span})
		}
	}
	slices.SortStableFunc(list, func(a, b Duty) int { return cmp.Or(cmp.Compare(a.Agent, b.Agent), a.From.Compare(b.From)) })
	return list
}
