package acd

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// Explanation says where a call is and why, as of the Engine's last command. Its
// String is for people.
type Explanation struct {
	At   time.Time
	Call string
	// Place is [ReasonWaiting] (in line), "ringing", [ReasonTalking], "resting"
	// (a callback that is not due) or [ReasonSuggested] (its queue was closed).
	Place string
	Queue string
	Entry string
	Tier  string
	// Agent is who rings or talks, Offer the offer that rings: what to accept
	// or decline after a restart.
	Agent, Offer string
	// Waited is the time waited so far, HeadStart the head start under the cap.
	Waited    time.Duration
	HeadStart time.Duration

	// Position in the queue's line, from 1, and the estimate of the wait still
	// to come; both only of a call in line.
	Position int
	Wait     queue.Estimate
	// Step is the last step with needs that was entered, Needs are its. NextStep
	// is the next one to fall due, and NextAt when; 0 if there is none or if time
	// stands still for the ladder.
	Step     int
	Needs    Skills
	NextStep int
	NextAt   time.Time
	// HeldFor is the only agent who may take the call, until HeldUntil.
	HeldFor   string
	HeldUntil time.Time
	// Back tells of a callback.
	Back *ExplainedCallback

	// Ahead are the calls before this one in the queue's line, the first first:
	// at most 100, of AheadInAll.
	Ahead      []ExplainedCall
	AheadInAll int
	// Agents are all who ever logged in, by id, each with the reason why this one
	// does not take the call just now.
	Agents []ExplainedAgent
}

// ExplainedCallback is what is special about a callback. Zero times: no bound;
// Due is when a resting one comes back.
type ExplainedCallback struct {
	Due      time.Time
	Until    time.Time
	Attempts int
}

// ExplainedCall is a call that waits, with why it is before another one, or why
// an agent does not take it.
type ExplainedCall struct {
	Call      string
	Queue     string
	Waited    time.Duration
	HeadStart time.Duration
	Why       string
	Detail    string
}

// ExplainedAgent is an agent, with why this one does not take a call.
type ExplainedAgent struct {
	Agent  string
	Why    string
	Detail string
}

// Why in explanations: of calls ahead, and of an agent and a call that do not
// come together. An agent who is eligible, and just not free, has the agent's
// state there instead: "talking", "offered", "wrap_up", "not_ready",
// "logged_out".
const (
	WhyLonger     = "waits_longer"     // began to wait earlier
	WhyHeadStart  = "head_start"       // came later, with a larger head start
	WhyWithAgent  = "with_agent"       // this agent has the call
	WhyLacksSkill = "lacks_skill"      // Detail says which
	WhyHeld       = "held_for_another" // Detail says for whom and until when
	WhyNotInLine  = "not_in_line"      // the call waits for nobody just now
	WhyNext       = "next"             // of a call: an agent who is ready takes this one first
	WhyLater      = "later"            // of a call: another one comes first
)

const explained = 100 // calls in one list, at most

// Explain says where a call is and why it is not with an agent. The error is a
// [*Refused]: [CodeUnknownCall], or [CodeBadState] of a call that has had its
// outcome. Nothing changes. O(agents + calls ahead, up to 100).
func (e *Engine) Explain(id string) (*Explanation, error) {
	c, refused := e.find(id)
	switch {
	case refused != nil:
		return nil, refused
	case c == nil:
		return nil, refuse(CodeBadState, "call %q has had its outcome", id)
	}
	x := &Explanation{
		At: instant(e.now), Call: c.id, Queue: c.queue.name, Entry: c.entry, Tier: c.tier,
		HeadStart: time.Duration(c.lead), Step: c.step,
		Place: [...]string{waiting: ReasonWaiting, ringing: "ringing", talking: ReasonTalking, resting: "resting", asked: ReasonSuggested}[c.state],
	}
	x.Waited = c.waited(e.now)
	if c.state == talking {
		x.Waited = c.waited(c.talked)
	}
	if c.agent != nil {
		x.Agent = c.agent.id
	}
	if c.state == ringing {
		x.Offer = offerID(c.offer)
	}
	if l := c.queue.steps[c.step].line; l.pool != nil {
		x.Needs = maps.Clone(l.pool.needs)
	}
	if c.ladder.set {
		x.NextStep, x.NextAt = c.next, instant(c.ladder.rank.Urgency)
	}
	if c.held {
		x.HeldFor, x.HeldUntil = c.own.id, instant(c.hold.rank.Urgency)
	}
	if b := c.back; b != nil {
		x.Back = &ExplainedCallback{Until: b.until, Attempts: b.attempts}
		if b.due.set {
			x.Back.Due = instant(b.due.rank.Urgency)
		}
	}
	if c.state == waiting {
		x.Position = c.queue.position(c)
		x.Wait = e.estimate(c, x.Position)
		x.AheadInAll = x.Position - 1
		e.explainAhead(x, c)
	}
	for _, id := range slices.Sorted(maps.Keys(e.agents)) {
		if a := e.agents[id]; a.state != "" {
			why, detail := e.whyNot(c, a)
			x.Agents = append(x.Agents, ExplainedAgent{id, why, detail})
		}
	}
	return x, nil
}

// explainAhead lists who is before a call in its queue's line.
func (e *Engine) explainAhead(x *Explanation, c *call) {
	for _, other := range firstCalls(c.queue.lines(), min(x.AheadInAll, explained)) {
		why := WhyLonger
		if other.sinceRank().Compare(c.sinceRank()) > 0 {
			why = WhyHeadStart
		}
		x.Ahead = append(x.Ahead, other.explained(e.now, why, ""))
	}
}

func (c *call) explained(now int64, why, detail string) ExplainedCall {
	return ExplainedCall{c.id, c.queue.name, c.waited(now), time.Duration(c.lead), why, detail}
}

// lines are those in which calls of a queue stand.
func (q *queueState) lines() []*line {
	lines := []*line{q.held}
	for i := range q.steps {
		if l := q.steps[i].line; l != nil {
			lines = append(lines, l)
		}
	}
	return lines
}

// firstCalls are the n calls of the earliest urgency in these lines.
func firstCalls(lines []*line, n int) []*call {
	var calls []*call
	for _, l := range lines {
		left := n
		for _, c := range l.byUrgency.All() {
			if left == 0 {
				break
			}
			left--
			calls = append(calls, c)
		}
	}
	slices.SortFunc(calls, func(a, b *call) int { return a.rank().Compare(b.rank()) })
	return calls[:min(n, len(calls))]
}

// whyNot says why an agent does not take a call just now.
func (e *Engine) whyNot(c *call, a *agent) (why, detail string) {
	if c.agent == a {
		return WhyWithAgent, ""
	}
	if c.state != waiting {
		return WhyNotInLine, ""
	}
	if why, detail = e.mayNot(c, a); why != "" {
		return why, detail
	}
	switch a.state {
	case StateOffered, StateTalking:
		detail = fmt.Sprintf("call %s", a.call.id)
	case StateNotReady:
		detail = a.reason
		fallthrough
	default:
		if a.alarm.set {
			detail = joinWords(detail, "until "+clock(a.alarm.rank.Urgency))
		}
	}
	return string(a.state), detail
}

// mayNot says why an agent could not take a waiting call even if ready.
func (e *Engine) mayNot(c *call, a *agent) (why, detail string) {
	own := c.own == a && a.meetsFloor(c.queue)
	switch {
	case c.held && !own:
		return WhyHeld, fmt.Sprintf("%s until %s", c.own.id, clock(c.hold.rank.Urgency))
	case c.held || own || a.group == nil:
		return "", ""
	}
	needs := c.line.pool.needs
	for _, name := range slices.Sorted(maps.Keys(needs)) {
		if have := a.group.skills[name]; have < needs[name] {
			detail = joinWords(detail, fmt.Sprintf("%s %d of %d", name, have, needs[name]))
		}
	}
	if detail != "" {
		return WhyLacksSkill, detail
	}
	return "", ""
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

func clock(ns int64) string { return instant(ns).Format(time.RFC3339) }

// AgentExplanation says what an agent does and why, as of the Engine's last
// command. Its String is for people.
type AgentExplanation struct {
	At    time.Time
	Agent string
	State State
	// Reason is why the agent is not ready.
	Reason string
	Since  time.Time
	// Until is when the state ends by itself: a wrap-up, a rest, the ringing.
	// Then is the state that was asked for meanwhile.
	Until time.Time
	Then  State
	// Call is the one that rings or is talked to, Offer the offer that rings.
	Call, Offer string
	// Next is the call that the agent would get if ready this instant. A ready
	// agent has none.
	Next string
	// Calls are those in line, the most urgent first, at most 100, each with the
	// reason why this agent does not take it.
	Calls []ExplainedCall
}

// ExplainAgent says why an agent is idle, or which call is next. The error is a
// [*Refused] with [CodeUnknownAgent]. Nothing changes. O(lines).
func (e *Engine) ExplainAgent(id string) (*AgentExplanation, error) {
	a := e.agents[id]
	if a == nil || a.state == "" {
		return nil, unknownAgent(id)
	}
	x := &AgentExplanation{At: instant(e.now), Agent: id, State: a.state, Since: instant(a.since), Then: a.then}
	if a.state == StateNotReady {
		x.Reason = a.reason
	}
	if a.alarm.set {
		x.Until = instant(a.alarm.rank.Urgency)
	}
	if a.call != nil {
		x.Call = a.call.id
		if a.call.state == ringing {
			x.Offer = offerID(a.call.offer)
		}
		if a.call.ring.set {
			x.Until = instant(a.call.ring.rank.Urgency)
		}
	}
	next := e.nextFor(a)
	if next != nil {
		x.Next = next.id
	}
	var lines []*line
	for _, q := range e.rules.queues {
		lines = append(lines, q.lines()...)
	}
	for _, c := range firstCalls(lines, explained) {
		why, detail := e.mayNot(c, a)
		if why == "" {
			why = WhyLater
			if c == next {
				why = WhyNext
			}
		}
		x.Calls = append(x.Calls, c.explained(e.now, why, detail))
	}
	return x, nil
}

// nextFor is the call in line that an agent would get if ready, nil if none.
func (e *Engine) nextFor(a *agent) *call {
	if a.group == nil {
		return nil
	}
	var first *call
	var front queue.Rank
	consider := func(l *line) {
		if rank, c, ok := l.byUrgency.Min(); ok && (first == nil || rank.Less(front)) {
			first, front = c, rank
		}
	}
	for i := range a.group.seats {
		for _, l := range a.group.seats[i].pool.lines {
			consider(l)
		}
	}
	for _, l := range a.own {
		if a.mayServeOwn(l.base) {
			consider(l)
		}
	}
	return first
}
