package calllog

import (
	"maps"
	"slices"
	"time"
)

// roster is what the log says of one agent's duty.
type roster struct {
	// logins tells that the agent logs in, so that being a member of queues says
	// nothing of being there.
	logins bool
	marks  []mark // in order of their lines
}

// mark is one line about duty.
type mark struct {
	at    time.Time
	event string
	queue string // "" for all
	// ago is, of a logout, the time since the login.
	ago time.Duration
}

// duty takes a line about who is there.
func (q *queueLog) duty(l *line) string {
	agent := AgentName(l.member)
	if !Name(agent) {
		return BadName
	}
	if l.at.IsZero() {
		return BadTime
	}
	agent = q.name(agent)
	m := mark{at: l.at, queue: q.name(l.queue)}
	if m.queue == "NONE" {
		m.queue = ""
	}
	switch l.event {
	case "AGENTLOGIN", "AGENTCALLBACKLOGIN":
		m.event = "login"
		q.phoned[agent] = l.event == "AGENTLOGIN"
	case "AGENTLOGOFF", "AGENTCALLBACKLOGOFF":
		m.event = "logout"
		m.ago, _ = q.seconds(l, 1)
		delete(q.phoned, agent)
	case "ADDMEMBER":
		m.event = "join"
		if len(l.told) > 0 && l.told[0] == "PAUSED" {
			m.event = "join paused"
		}
	case "REMOVEMEMBER":
		m.event = "part"
	case "PAUSE", "PAUSEALL":
		m.event = "pause"
	case "UNPAUSE", "UNPAUSEALL":
		m.event = "resume"
	}
	if l.event == "PAUSEALL" || l.event == "UNPAUSEALL" {
		m.queue = ""
	}
	q.mark(agent, m)
	return ""
}

func (q *queueLog) mark(agent string, m mark) {
	r := q.rosters[agent]
	if r == nil {
		r = &roster{}
		q.rosters[agent] = r
	}
	r.logins = r.logins || m.event == "login" || m.event == "logout"
	r.marks = append(r.marks, m)
}

// cut logs out, at a restart, those whose login was an open line.
func (q *queueLog) cut(l *line) {
	for agent, open := range q.phoned {
		if open {
			q.mark(agent, mark{at: l.at, event: "logout"})
		}
	}
	clear(q.phoned)
}

// duties are the times on duty of all agents.
func (q *queueLog) duties() []Duty {
	var duties []Duty
	for _, agent := range slices.Sorted(maps.Keys(q.rosters)) {
		for _, span := range q.rosters[agent].spans(q.first, q.last) {
			duties = append(duties, Duty{Agent: agent, Span: span})
		}
	}
	return duties
}

// spans are the times on duty in a log that lasts from first to last.
func (r *roster) spans(first, last time.Time) []Span {
	w := watch{logins: r.logins, queues: make(map[string]pause)}
	for _, m := range r.before(first) {
		w.see(m)
	}
	if w.on && last.After(w.since) {
		w.spans = append(w.spans, Span{w.since, last})
	}
	return w.spans
}

// before are the marks with those put in that must have been before the log
// began: who leaves a queue, or logs out, and has not come, was there.
func (r *roster) before(first time.Time) []mark {
	var marks []mark
	known := make(map[string]bool)
	for _, m := range r.marks {
		switch m.event {
		case "join", "join paused", "part":
			if m.event == "part" && !known[m.queue] {
				marks = append(marks, mark{at: first, event: "join", queue: m.queue})
			}
			known[m.queue] = true
		}
	}
	marks = append(marks, r.marks...)
	i := slices.IndexFunc(marks, func(m mark) bool { return m.event == "login" || m.event == "logout" })
	if i >= 0 && marks[i].event == "logout" {
		from := first
		if told := marks[i].at.Add(-marks[i].ago); marks[i].ago > 0 && told.After(first) {
			from = told
		}
		// In front, as whatever came before the login counts from then.
		marks = slices.Insert(marks, 0, mark{at: from, event: "login"})
	}
	return marks
}

// watch follows the marks of one agent.
type watch struct {
	logins, loggedIn bool
	queues           map[string]pause // those the agent is known to be in
	all              pause            // the last one of all queues
	turn             int
	free             int // queues without a pause

	now, since time.Time
	on         bool
	spans      []Span
}

// pause is the last word on whether an agent pauses in a queue, or in all of
// them; of the two, the one of the later turn counts.
type pause struct {
	turn   int
	paused bool
}

func (w *watch) paused(queue string) bool {
	p := w.queues[queue]
	if w.all.turn > p.turn {
		return w.all.paused
	}
	return p.paused
}

// see takes a mark. O(1).
func (w *watch) see(m mark) {
	if m.at.After(w.now) { // the clock may have been put back
		w.now = m.at
	}
	w.turn++
	switch m.event {
	case "login":
		w.loggedIn = true
	case "logout":
		w.loggedIn = false
		w.pauseAll(false)
	case "join":
		w.set(m.queue, false)
	case "join paused":
		w.set(m.queue, true)
	case "part":
		w.drop(m.queue)
	case "pause", "resume":
		_, in := w.queues[m.queue]
		switch {
		case m.queue == "":
			w.pauseAll(m.event == "pause")
		case in || w.logins:
			w.set(m.queue, m.event == "pause")
		}
	}
	on := w.free > 0
	if w.logins {
		on = w.loggedIn && (on || len(w.queues) == 0 && !w.all.paused)
	}
	switch {
	case on && !w.on:
		w.since = w.now
		if n := len(w.spans); n > 0 && w.spans[n-1].To.Equal(w.now) { // away for no time
			w.since = w.spans[n-1].From
			w.spans = w.spans[:n-1]
		}
	case !on && w.on && w.now.After(w.since):
		w.spans = append(w.spans, Span{w.since, w.now})
	}
	w.on = on
}

func (w *watch) pauseAll(paused bool) {
	w.all = pause{w.turn, paused}
	w.free = len(w.queues)
	if paused {
		w.free = 0
	}
}

// set puts the agent into a queue, with a pause or without.
func (w *watch) set(queue string, paused bool) {
	w.drop(queue)
	w.queues[queue] = pause{w.turn, paused}
	if !paused {
		w.free++
	}
}

// drop takes the agent out of a queue.
func (w *watch) drop(queue string) {
	if _, in := w.queues[queue]; in && !w.paused(queue) {
		w.free--
	}
	delete(w.queues, queue)
}
