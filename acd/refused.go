package acd

import "fmt"

// Code says in one word why a command was refused.
type Code string

// The codes. The first five are judged first: nothing changes, not even the
// clock. The others are judged after the timers that were due, whose events
// are returned with the refusal.
const (
	CodeMalformed     Code = "malformed"
	CodeBadValue      Code = "bad_value"
	CodeBadID         Code = "bad_id"
	CodeBadPlan       Code = "bad_plan"
	CodeTimeBackwards Code = "time_backwards"

	CodeUnknownAgent  Code = "unknown_agent"
	CodeUnknownCall   Code = "unknown_call"
	CodeUnknownQueue  Code = "unknown_queue"
	CodeDuplicateCall Code = "duplicate_call"
	CodeStaleOffer    Code = "stale_offer"
	CodeBadState      Code = "bad_state"
	CodeLimit         Code = "limit"
)

// Refused is the error of a command that cannot be carried out. The state is
// as if the command had not been given, but for the time that has passed.
type Refused struct {
	Code   Code
	Detail string
}

// Error tells code and detail.
func (r *Refused) Error() string { return "refused: " + string(r.Code) + ": " + r.Detail }

func refuse(code Code, format string, args ...any) *Refused {
	return &Refused{code, fmt.Sprintf(format, args...)}
}
