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
	// Party is who did not take the offered call: "agent" (or empty) or
	// "customer", which no offer of this version can have.
	Party string
	// Code is the disposition: what the talk was about.
	Code string

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
	// Warnings is what whoever made the command could not use of the original
	// request. The Engine adds its own and tells all of them in the event that
	// follows the arrival.
	Warnings []string
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
