package acd

import "time"

// EventType names what an [Event] tells.
type EventType string

// The events. In brackets, the fields each one carries besides Type, At and
// Seq; a question mark marks one that may be empty.
const (
	// EventQueued: a call joined a queue's line (Call, Queue, Position,
	// Warnings?).
	EventQueued EventType = "queued"
	// EventStep: a call entered a step of its queue's ladder (Call, Queue,
	// Step).
	EventStep EventType = "step"
	// EventOffered: an agent is reserved and rings (Offer, Call, Agent, Until,
	// Why, Context).
	EventOffered EventType = "offered"
	// EventWithdrawn: an offer came to nothing (Offer, Call, Agent, Reason).
	EventWithdrawn EventType = "withdrawn"
	// EventRequeued: a call is back in line with its urgency (Call, Queue,
	// Position, Reason).
	EventRequeued EventType = "requeued"
	// EventConnected: the talk has begun (Offer, Call, Agent, Waited).
	EventConnected EventType = "connected"
	// EventAbandoned: the caller hung up before a talk (Call, Queue, Waited).
	EventAbandoned EventType = "abandoned"
	// EventEnded: the talk is over (Call, Agent, Talked).
	EventEnded EventType = "ended"
	// EventAgent: an agent's state changed (Agent, State, Reason, Code?). Not
	// sent for offered and talking, which EventOffered and EventConnected say.
	EventAgent EventType = "agent"
	// EventDisposition: a code that came after the wrap-up (Call, Agent, Code).
	EventDisposition EventType = "disposition"
	// EventBlocked: a call was turned away (Call, Reason, Warnings?).
	EventBlocked EventType = "blocked"
	// EventOverflowed: a call moves to another queue; EventQueued follows
	// (Call, From, To).
	EventOverflowed EventType = "overflowed"
	// EventDiverted: a call was sent to an outside number (Call, Number,
	// Warnings?).
	EventDiverted EventType = "diverted"
)

// Event is one thing that the Engine decided or took note of. Type says which
// fields are set. As JSON it is one object with the same names in snake case.
type Event struct {
	Type EventType
	// At is when: the command's time, or the deadline of the timer behind it.
	At time.Time
	// Seq counts an Engine's events from 1 without a gap.
	Seq uint64

	Call, Queue, Agent, Offer string

	// Position in the queue's line by urgency, 1 is next; calls that ring are
	// not counted, and the head start with the own agent is not in it.
	Position int
	// Step is the index in the queue's ladder.
	Step int
	// Until is when the ringing ends by itself.
	Until time.Time
	// Waited is the time waited so far, in line or ringing; talk not counted.
	Waited time.Duration
	// Talked is the length of the talk.
	Talked time.Duration
	Reason string
	State  State
	Code   string
	// From and To are queues.
	From, To string
	// Number is an outside number.
	Number string
	// Why explains an offer, Context is what its agent should see.
	Why     *Why
	Context *Context
	// Warnings tell what could not be used of the arrival.
	Warnings []string
}

// Why explains one offer.
type Why struct {
	// Entry is the name of the entry rule that chose the call's first queue, if
	// it has one. Queue is where the call stood when it was offered, and Step
	// the last step with needs that it had entered.
	Entry string `json:"entry"`
	Queue string `json:"queue"`
	Step  int    `json:"step"`
	// Reason is why this agent: [ReasonSameAgent], or the queue's [Select].
	Reason string `json:"reason"`
	// HeadStart is the call's head start with this agent, after the cap.
	HeadStart time.Duration `json:"head_start"`
	// Overtaken counts the calls in line that this agent could have taken at
	// this instant and that had begun to wait earlier.
	Overtaken int `json:"overtaken"`
}

// Context is what an agent should see when the phone rings, so that nobody
// need ask or explain twice. It is for reading: the attributes are the
// Engine's own.
type Context struct {
	Caller     string            `json:"caller,omitempty"`
	Customer   string            `json:"customer,omitempty"`
	Tier       string            `json:"tier,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	// Waited is the time waited so far.
	Waited time.Duration `json:"waited"`
	// Guide is the queue's.
	Guide string `json:"guide,omitempty"`
}

// State is what an agent does.
type State string

// The agent states.
const (
	StateLoggedOut State = "logged_out"
	StateNotReady  State = "not_ready"
	StateReady     State = "ready"
	StateOffered   State = "offered"
	StateTalking   State = "talking"
	StateWrapUp    State = "wrap_up"
)

// Reasons that the Engine itself gives; see the event types for where.
const (
	// Why an offer failed (withdrawn, requeued, and the agent's state after).
	ReasonNoAnswer    = "no_answer"
	ReasonBusy        = "busy"
	ReasonDeclined    = "declined"
	ReasonUnreachable = "unreachable"
	ReasonError       = "error"
	// The caller hung up, or the agent logged out.
	ReasonHangup = "hangup"
	ReasonLogout = "logout"
	// A talk that never began.
	ReasonBridgeFailed = "bridge_failed"

	// Why an agent's state changed: after login, by the command, after a talk,
	// after the wrap-up, after the rest that follows a failed offer.
	ReasonLogin    = "login"
	ReasonReady    = "ready"
	ReasonNotReady = "not_ready"
	ReasonEnded    = "ended"
	ReasonWrapUp   = "wrap_up"
	ReasonRested   = "rested"

	// Why a call was blocked: the queue is full, or the centre is.
	ReasonFull  = "full"
	ReasonLimit = "limit"

	// Why this agent: the one of last time.
	ReasonSameAgent = "same_agent"
)
