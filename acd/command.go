package acd

import "time"

// CommandType names what a [Command] asks for.
type CommandType string

// The commands that the Engine knows. In brackets, the fields each one reads
// besides Type and At; a question mark marks an optional one.
const (
	// CmdLogin makes an agent known and not_ready (Agent, Skills?). A second
	// login replaces the skills and keeps the state.
	CmdLogin CommandType = "login"
	// CmdLogout ends an agent's shift, after the talk if there is one (Agent).
	CmdLogout CommandType = "logout"
	// CmdReady says that the agent can take a call (Agent).
	CmdReady CommandType = "ready"
	// CmdNotReady says that the agent takes no call for now (Agent, Reason?).
	CmdNotReady CommandType = "not_ready"
	// CmdArrive brings a new call (Call, Caller?, Customer?, Dialed?, Tier?,
	// Score?, Verified?, LastAgent?, HeadStart?, Attributes?).
	CmdArrive CommandType = "arrive"
	// CmdHangup says that the caller has gone, in whatever state (Call).
	CmdHangup CommandType = "hangup"
	// CmdAccept says that both parties of an offer are on the line (Offer).
	CmdAccept CommandType = "accept"
	// CmdDecline says that an offer did not become a talk (Offer, Reason?,
	// Party?).
	CmdDecline CommandType = "decline"
	// CmdBridgeFailed says that a talk never really began (Call).
	CmdBridgeFailed CommandType = "bridge_failed"
	// CmdEnd ends a talk (Call).
	CmdEnd CommandType = "end"
	// CmdWrapUp says that the work after a talk is done (Agent, Code?).
	CmdWrapUp CommandType = "wrap_up"
	// CmdTransfer passes a call on, from a talk or from the line, to a queue or
	// to an agent (Call, Queue or Agent, Note?).
	CmdTransfer CommandType = "transfer"
	// CmdCallback lets the caller leave and keep the place: the call's turn
	// comes, and then the customer's phone rings (Call, Number?, From?, Until?).
	CmdCallback CommandType = "callback"
	// CmdCancel gives a booked callback up (Call).
	CmdCancel CommandType = "cancel"
	// CmdDeflect says that the caller goes on by another channel (Call,
	// Channel).
	CmdDeflect CommandType = "deflect"
	// CmdPlan puts another plan in force, whoever waits (Plan).
	CmdPlan CommandType = "plan"
	// CmdAdvance only lets time pass.
	CmdAdvance CommandType = "advance"
)

// Command is one thing that happened in the world or that somebody asks for.
// Type says which fields count; the others are ignored. As JSON it is one
// object with the same names in snake case, see [ParseCommand].
type Command struct {
	Type CommandType
	// At is when it happened: within the years 1970 to 2200 and never before
	// the command before it. (A clock that was set back must be held until it
	// has caught up.)
	At time.Time
	// Agent, Call and Offer are identifiers: 1 to 128 bytes of printable
	// UTF-8. So are the reason, the code, the numbers and the names below.
	Agent string
	Call  string
	Offer string

	// Skills are the agent's, by name, with levels 1 to 10.
	Skills Skills
	// Reason is why an agent is not ready (any identifier; without one
	// "not_ready") or why an offer failed: [ReasonNoAnswer], [ReasonBusy],
	// [ReasonDeclined] (without one), [ReasonUnreachable], [ReasonError].
	Reason string
	// Party is who did not take the offered call: "agent" (or empty) or, of a
	// callback alone, "customer".
	Party string
	// Code is the disposition: what the talk was about.
	Code string

	// Queue is where a transfer leads, if not to an Agent.
	Queue string
	// Note is what the next agent should know: at most 1 KiB of UTF-8. A call
	// keeps its latest 32.
	Note string
	// Number is where a customer wants to be called back; without one the
	// caller's number stands.
	Number string
	// From and Until are the window of a callback: it is never offered before
	// From, nor at or after Until. The zero time sets no bound.
	From, Until time.Time
	// Channel is where a deflected caller goes: "sms", "web", or any other
	// identifier but "callback".
	Channel string
	// Plan is the plan to follow from now on. It must not be changed
	// afterwards.
	Plan *Plan

	// Caller and Dialed are telephone numbers; no Caller: the number is
	// withheld. Customer is the customer's own key, if known.
	Caller, Customer, Dialed string
	// Tier names a loyalty tier of the plan; without a known one, Score
	// (0 to 100) chooses it.
	Tier  string
	Score *float64
	// Verified says that the caller is who the number says (see
	// [Plan.RequireVerified]).
	Verified bool
	// LastAgent is who served this customer last, where somebody knows; it
	// wins over the Engine's own memory.
	LastAgent string
	// HeadStart is added to the head starts of tier and entry rule: 0 to 8760h.
	HeadStart time.Duration
	// Attributes are free: at most 64, a key of at most 64 bytes, a value of
	// at most 1 KiB, 16 KiB in all.
	Attributes map[string]string
	// Found is what a customer data base knew about the caller. It fills in
	// what the arrival itself leaves open, and does not count when the same
	// arrival is told again.
	Found *Found
	// Warnings is what whoever made the command could not use of the original
	// request. The Engine adds its own and tells all of them in the event that
	// follows the arrival.
	Warnings []string
}

// Found is the answer of a customer data base about a caller. Each field that
// is not empty fills in the arrival's field of that name if that is empty;
// attributes are filled in one by one.
type Found struct {
	Customer   string            `json:"customer,omitempty"`
	Tier       string            `json:"tier,omitempty"`
	Score      *float64          `json:"score,omitempty"`
	LastAgent  string            `json:"last_agent,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	// Warning tells why there is no answer, or not all of one.
	Warning string `json:"warning,omitempty"`
}

// Skills are levels by skill name: 1 to 10, higher is better. As needs they
// are the least levels; no needs at all are met by everyone.
type Skills map[string]int

// Meets reports whether someone with skills s has at least the levels needed.
func (s Skills) Meets(needs Skills) bool {
	for name, level := range needs {
		if s[name] < level {
			return false
		}
	}
	return true
}

// sum adds up the levels of s over the skills that are needed.
func (s Skills) sum(needs Skills) int {
	total := 0
	for name := range needs {
		total += s[name]
	}
	return total
}
