package acd

import "slices"

// agent is an operator, or an id that a call names as its last agent and that
// has never logged in.
type agent struct {
	id    string
	state State // "" if the agent never logged in
	// reason is why, for not_ready.
	reason string
	since  int64 // when the state began
	// then is the state that a not_ready or logout given while busy leads to,
	// "" if none was given; thenReason goes with it.
	then       State
	thenReason string

	group  *group
	places []int // in the ready sets of the group's seats, while ready

	idleSince int64 // when last becoming ready
	misses    int   // offers missed in a row
	talks     int   // since the last login from logged_out, as are the next two
	busy      int64 // talking and wrap-up, up to since
	staffed   int64 // all but not_ready, up to since

	call *call // offered or talking
	// serves is the queue of the last offer and offered its instant; handling
	// says that its talk has ended, and the work on it perhaps not.
	serves   *queueState
	offered  int64
	handling bool
	alarm    alarm // the wrap-up's limit or the rest's end

	// last is the id of the last conversation's call, coded says that it has
	// its disposition.
	last  string
	coded bool

	own   []*line // lines of waiting calls whose own agent this is
	named int     // live calls that named the agent before it ever logged in
}

// staffedAt is the time since login that was not not_ready, for a ready agent.
func (a *agent) staffedAt(now int64) int64 { return a.staffed + now - a.since }

// become puts the agent into a state and tells it.
func (e *Engine) become(a *agent, state State, reason string) {
	e.enter(a, state, reason, "", e.now)
}

// enter is become with a disposition, and the mark from which the idle time
// of a ready agent counts.
func (e *Engine) enter(a *agent, state State, reason, code string, idleSince int64) {
	e.leaveState(a)
	if was := a.state.atWork(); was != state.atWork() {
		change := 1
		if was {
			change = -1
		}
		e.staff(a.group, change)
	}
	a.state, a.reason, a.since = state, reason, e.now
	switch state {
	case StateOffered, StateTalking:
		return
	case StateReady:
		a.idleSince = idleSince
		a.then = ""
		a.handled(e.now)
	case StateNotReady, StateLoggedOut:
		a.then = ""
		a.handled(e.now)
		e.endHolds(a)
	}
	e.emit(Event{Type: EventAgent, Agent: a.id, State: state, Reason: reason, Code: code})
	if state == StateReady {
		e.enterPools(a)
	}
}

// leaveState ends what goes with the present state: the timer, the place among
// the ready, and the time that counts as busy or staffed.
func (e *Engine) leaveState(a *agent) {
	e.cancel(&a.alarm)
	spent := e.now - a.since
	switch a.state {
	case StateReady:
		e.leavePools(a)
		a.staffed += spent
	case StateOffered:
		a.staffed += spent
	case StateTalking, StateWrapUp:
		a.staffed += spent
		a.busy += spent
	}
}

// release frees an agent from an offer, a talk or a wrap-up: to ready, unless
// a not_ready or logout was given meanwhile.
func (e *Engine) release(a *agent, reason, code string) {
	e.releaseIdle(a, reason, code, e.now)
}

func (e *Engine) releaseIdle(a *agent, reason, code string, idleSince int64) {
	switch a.then {
	case StateLoggedOut:
		e.enter(a, StateLoggedOut, ReasonLogout, code, 0)
	case StateNotReady:
		e.enter(a, StateNotReady, a.thenReason, code, 0)
	default:
		e.enter(a, StateReady, reason, code, idleSince)
	}
}

// ownLine is the agent's own line beside base, made if need be.
func (a *agent) ownLine(base *line) *line {
	for _, l := range a.own {
		if l.base == base {
			return l
		}
	}
	l := &line{queue: base.queue, owner: a, base: base}
	a.own = append(a.own, l)
	return l
}

func (a *agent) dropOwnLine(l *line) {
	i := slices.Index(a.own, l)
	a.own = slices.Delete(a.own, i, i+1)
}

// mayServe says whether the agent meets the needs of a line.
func (a *agent) mayServe(l *line) bool {
	return a.group != nil && l.pool != nil && a.group.skills.Meets(l.pool.needs)
}

// mayServeOwn says whether the agent may take those calls of a line whose own
// agent it is: the queue's floor is enough.
func (a *agent) mayServeOwn(l *line) bool {
	return a.mayServe(l) || a.meetsFloor(l.queue)
}

func (a *agent) meetsFloor(q *queueState) bool {
	return a.group != nil && a.group.skills.Meets(q.floor)
}
