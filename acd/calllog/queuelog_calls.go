package calllog

import (
	"strings"
	"time"
	"unicode/utf8"
)

func validText(text string) bool { return utf8.ValidString(text) }

// callEvents are the events that calls are made of.
var callEvents = map[string]func(*queueParser, *queueEvent){
	"ENTERQUEUE":   (*queueParser).enter,
	"RINGNOANSWER": (*queueParser).missed,
	"CONNECT":      (*queueParser).connect,
	// The parameters: holdtime, calltime, original position.
	"COMPLETEAGENT":  func(p *queueParser, e *queueEvent) { p.complete(e, e.parameter(1)) },
	"COMPLETECALLER": func(p *queueParser, e *queueEvent) { p.complete(e, e.parameter(1)) },
	// Extension, context, holdtime, calltime, original position.
	"TRANSFER":      func(p *queueParser, e *queueEvent) { p.complete(e, e.parameter(3)) },
	"BLINDTRANSFER": func(p *queueParser, e *queueEvent) { p.complete(e, e.parameter(3)) },
	// Whatever tells the transfer, then holdtime, calltime, original position.
	"ATTENDEDTRANSFER": func(p *queueParser, e *queueEvent) { p.complete(e, e.fromEnd(1)) },
	// Position, original position, wait; of EXITWITHKEY with the key before.
	"ABANDON":         func(p *queueParser, e *queueEvent) { p.leave(e, Abandoned, e.parameter(2)) },
	"EXITEMPTY":       func(p *queueParser, e *queueEvent) { p.leave(e, Left, e.parameter(2)) },
	"EXITWITHTIMEOUT": func(p *queueParser, e *queueEvent) { p.leave(e, Left, e.parameter(2)) },
	"EXITWITHKEY":     func(p *queueParser, e *queueEvent) { p.leave(e, Left, e.parameter(3)) },
	"QUEUESTART":      (*queueParser).restart,
}

// enter begins a call. Its parameters are a URL, the caller's number and the
// position.
func (p *queueParser) enter(e *queueEvent) {
	if !Name(e.id) || !Name(e.queue) {
		p.dropped.add(BadName, e.line)
		return
	}
	if i, ok := p.live[e.id]; ok {
		p.lost(i, e.line)
	}
	c := Call{ID: e.id, Line: e.line, Queue: e.queue, Arrival: e.at, Outcome: Open, Caller: callerNumber(e.parameter(1))}
	p.live[e.id] = len(p.log.Calls)
	p.log.Calls = append(p.log.Calls, c)
}

// callerNumber is empty for whoever withholds it.
func callerNumber(text string) string {
	switch strings.ToLower(strings.Trim(text, "<>")) {
	case "", "anonymous", "unknown", "withheld", "private", "restricted", "unavailable", "none", "asterisk":
		return ""
	}
	if !Name(text) {
		return ""
	}
	return text
}

// of is the call of an event, nil if there is none that goes on.
func (p *queueParser) of(e *queueEvent) *Call {
	i, ok := p.live[e.id]
	if !ok {
		p.dropped.add(NoBeginning, e.line)
		return nil
	}
	return &p.log.Calls[i]
}

func (p *queueParser) missed(e *queueEvent) {
	if c := p.of(e); c != nil {
		c.Missed++
	}
}

// connect is the answer. Its parameters are the hold time, the agent's channel
// and how long it rang.
func (p *queueParser) connect(e *queueEvent) {
	c := p.of(e)
	if c == nil {
		return
	}
	if c.Outcome == Answered {
		p.dropped.add(NoBeginning, e.line)
		return
	}
	c.Outcome, c.Agent, c.Start = Answered, e.member, e.at
	if e.member == "" {
		p.odd.add(NobodyMember, e.line)
	}
	p.wait(c, e, e.parameter(0))
}

// wait sets how long a call waited until an event that may tell it as well.
func (p *queueParser) wait(c *Call, e *queueEvent, recorded string) {
	c.Wait = max(e.at.Sub(c.Arrival), 0)
	told, ok := length(recorded)
	switch {
	case !ok:
		p.odd.add(MissingField, e.line)
	case e.at.Before(c.Arrival):
		c.Wait = told
	case (told - c.Wait).Abs() > 2*time.Second:
		p.odd.add(WaitOff, e.line)
	}
}

// complete is the end of a talk.
func (p *queueParser) complete(e *queueEvent, recorded string) {
	c := p.of(e)
	if c == nil {
		return
	}
	if c.Outcome != Answered {
		p.dropped.add(NotTalking, e.line)
		return
	}
	c.Talk, c.TalkKnown = max(e.at.Sub(c.Start), 0), true
	told, ok := length(recorded)
	switch {
	case !ok:
		p.odd.add(MissingField, e.line)
	case (told - c.Talk).Abs() > 2*time.Second:
		p.odd.add(TalkOff, e.line)
		c.Talk = told
	default:
		c.Talk = told
	}
	delete(p.live, e.id)
}

// leave is the end of a call that was not answered.
func (p *queueParser) leave(e *queueEvent, outcome Outcome, recorded string) {
	c := p.of(e)
	if c == nil {
		return
	}
	if c.Outcome == Answered {
		p.dropped.add(NoBeginning, e.line)
		return
	}
	c.Outcome = outcome
	p.wait(c, e, recorded)
	delete(p.live, e.id)
}

// restart is QUEUESTART: Asterisk came up, and every call is gone.
func (p *queueParser) restart(e *queueEvent) {
	for id, i := range p.live {
		p.lost(i, p.log.Calls[i].Line)
		delete(p.live, id)
	}
}

// lost is for a call of which nothing more will be heard.
func (p *queueParser) lost(i, line int) {
	p.odd.add(NoEnd, line)
}
