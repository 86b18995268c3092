package acd

import (
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// EventType names what an [Event] tells.
type EventType string

// The events. In brackets, the fields each one carries besides Type, At and
// Seq; a question mark marks one that may be empty.
const (
	// EventQueued: a call joined a queue's line (Call, Queue, Position, Wait?,
	// Tier?, Warnings?).
	EventQueued EventType = "queued"
	// EventStep: a call entered a step of its queue's ladder (Call, Queue,
	// Step).
	EventStep EventType = "step"
	// EventOffered: an agent is reserved and rings (Offer, Call, Agent, Until,
	// Kind?, Why, Context).
	EventOffered EventType = "offered"
	// EventWithdrawn: an offer came to nothing (Offer, Call, Agent, Reason).
	EventWithdrawn EventType = "withdrawn"
	// EventRequeued: a call is back in line with its urgency (Call, Queue,
	// Position, Reason).
	EventRequeued EventType = "requeued"
	// EventConnected: the talk has begun (Offer, Call, Agent, Waited).
	EventConnected EventType = "connected"
	// EventAbandoned: the caller hung up before a talk, or a callback was
	// cancelled (Call, Queue, Waited, Reason?).
	EventAbandoned EventType = "abandoned"
	// EventEnded: the talk is over (Call, Agent, Talked).
	EventEnded EventType = "ended"
	// EventAgent: an agent's state changed (Agent, State, Reason, Code?). Not
	// sent for offered and talking, which EventOffered and EventConnected say.
	EventAgent EventType = "agent"
	// EventDisposition: a code that came after the wrap-up (Call, Agent, Code).
	EventDisposition EventType = "disposition"
	// EventBlocked: a call was turned away (Call, Reason, Queue?, Tier?,
	// Warnings?).
	EventBlocked EventType = "blocked"
	// EventOverflowed: a call moves to another queue; EventQueued follows
	// (Call, From, To).
	EventOverflowed EventType = "overflowed"
	// EventDiverted: a call was sent to an outside number (Call, Number, Queue?,
	// Tier?, Warnings?).
	EventDiverted EventType = "diverted"
	// EventSuggested: the caller is to be asked whether another way would do
	// (Call, Channel, Queue, Tier?, Warnings?). The call keeps its place; one
	// that finds its queue closed has none, and waits for the answer.
	EventSuggested EventType = "suggested"
	// EventDeflected: the caller went on by another channel (Call, Queue,
	// Channel, Waited).
	EventDeflected EventType = "deflected"
	// EventCallbackBooked: the caller has left and is to be called back (Call,
	// NotBefore?, Until?, Number?). The JSON field of NotBefore is "from".
	EventCallbackBooked EventType = "callback_booked"
	// EventCallbackFailed: a callback that never reached the customer (Call,
	// Queue, Waited, Reason).
	EventCallbackFailed EventType = "callback_failed"
	// EventTransferred: a call was passed on; EventQueued follows (Call, From,
	// To, Talked).
	EventTransferred EventType = "transferred"
	// EventAnnounced: tell the caller place and wait (Call, Position, Wait?).
	EventAnnounced EventType = "announced"
	// EventOverdue: a call has been in one state for longer than any should
	// (Call, Queue, Agent?, Reason). Nothing is done about it: the line may
	// have gone dead without a word, or it may not.
	EventOverdue EventType = "overdue"
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
	// Wait is the estimate of the wait still to come, not known as long as
	// there is nothing to learn it from.
	Wait queue.Estimate
	// Step is the index in the queue's ladder.
	Step int
	// NotBefore and Until are the window of a callback, zero where there is no
	// bound. Until of an offer is when the ringing ends by itself.
	NotBefore, Until time.Time
	// Kind is [KindCallback] for an offer whose customer is to be called, after
	// the agent.
	Kind string
	// Waited is the time waited so far, in line or ringing; talk not counted.
	Waited time.Duration
	// Talked is the length of the talk.
	Talked time.Duration
	Reason string
	State  State
	Code   string
	// From and To are queues; those of a transfer may be agents.
	From, To string
	// Number is an outside number.
	Number string
	// Channel is what is suggested, or where a deflected caller went.
	Channel string
	// Tier is the arriving call's.
	Tier string
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
	// Number is where the customer is to be called back, if not at Caller.
	Number string `json:"number,omitempty"`
	// Notes are what agents wrote when they passed the call on, AgentsMet who
	// they were: the latest 32 of each, the oldest first.
	Notes     []string `json:"notes,omitempty"`
	AgentsMet []string `json:"agents_met,omitempty"`
}

// KindCallback marks the offer of a callback.
const KindCallback = "callback"

// ChannelCallback is the channel of a suggestion that is accepted with
// [CmdCallback]; any other is accepted with [CmdDeflect].
const ChannelCallback = "callback"

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

	// Why a call was blocked: the queue is full or closed, or the centre is
	// full.
	ReasonFull   = "full"
	ReasonClosed = "closed"
	ReasonLimit  = "limit"

	// Why a callback is back in line: its window opens, or it is time to try
	// again.
	ReasonDue   = "due"
	ReasonRetry = "retry"
	// Why a callback failed: the customer did not answer often enough, or its
	// window closed.
	ReasonAttempts = "attempts"
	ReasonExpired  = "expired"
	// Why a call was abandoned, if not by hanging up.
	ReasonCancelled = "cancelled"

	// Why an agent wraps up or is free after a talk that was passed on, and why
	// this agent: the call was passed to nobody else.
	ReasonTransferred = "transferred"

	// What a call has been doing for too long: waiting in line, talking, or
	// waiting for the caller's answer to a suggestion.
	ReasonWaiting   = "waiting"
	ReasonTalking   = "talking"
	ReasonSuggested = "suggested"

	// Why this agent: the one of last time.
	ReasonSameAgent = "same_agent"
)
