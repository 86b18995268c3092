package acd

import "time"

// Plan is a centre's rules as data. It has the same shape as JSON, with names
// in snake case and durations as Go duration strings ("90s"): see [ParsePlan].
//
// A field whose default is not zero is a pointer: nil takes the default, and a
// zero that was written is zero. Every duration is at most 8760h.
type Plan struct {
	// MaxHeadStart is D, the cap on the sum of a call's head starts and so the
	// bound of overtaking. Default 10m.
	MaxHeadStart *time.Duration `json:"max_head_start"`
	// MaxCalls bounds the calls that have no outcome yet; above it a call is
	// blocked. Default 200,000.
	MaxCalls *int `json:"max_calls"`
	// RequireVerified gives neither tier nor affinity to an unverified caller:
	// a caller number is easily forged.
	RequireVerified bool `json:"require_verified"`
	// TransferHeadStart joins a call's other head starts with each transfer.
	TransferHeadStart time.Duration `json:"transfer_head_start"`
	// LongestStay is how long a call may wait in line, talk, or think about a
	// suggestion at a stretch before [EventOverdue] tells of it: a ghost whose
	// hang-up was lost, perhaps. Default 24h; 0: no limit.
	LongestStay *time.Duration `json:"longest_stay"`
	Callback    Callback       `json:"callback"`
	Affinity    Affinity       `json:"affinity"`
	// Tiers of loyalty, at most 64.
	Tiers []Tier `json:"tiers"`
	// Entry rules, at most 10,000: the first that matches sends the call to its
	// queue, and the last must match everything.
	Entry []Entry `json:"entry"`
	// Queues, 1 to 1,000.
	Queues []Queue `json:"queues"`
}

// Callback is how callbacks are tried.
type Callback struct {
	// Attempts is how often in all the customer is called. Default 3; at least
	// 1.
	Attempts *int `json:"attempts"`
	// RetryAfter is how long a callback rests after the customer did not
	// answer. Default 10m.
	RetryAfter *time.Duration `json:"retry_after"`
}

// AffinityMode says what happens to a caller whose last agent is known.
type AffinityMode string

const (
	// AffinityOff remembers nothing. The default.
	AffinityOff AffinityMode = "off"
	// AffinityPrefer takes the own agent if ready; otherwise the call is open
	// to all, with a head start at the own agent.
	AffinityPrefer AffinityMode = "prefer"
	// AffinityHold keeps the call for the own agent alone for a while, as long
	// as that agent is logged in and not not_ready; then as AffinityPrefer.
	AffinityHold AffinityMode = "hold"
)

// Affinity is the rule that gives a caller the agent of last time. Remembered
// is who talked to a customer last in a queue: by the customer's key where the
// arrival names one, and only else by the caller number. What was learnt in one
// queue says nothing in another.
type Affinity struct {
	Mode AffinityMode `json:"mode"`
	// HeadStart joins the call's other head starts with its own agent, under
	// the same cap. Default 60s.
	HeadStart *time.Duration `json:"head_start"`
	// Hold is how long from arrival AffinityHold waits. Default 20s.
	Hold *time.Duration `json:"hold"`
	// Remember is how long a talk is remembered. Default 720h.
	Remember *time.Duration `json:"remember"`
	// Entries bounds the memory; the longest unwritten goes first. Default
	// 1,000,000.
	Entries *int `json:"entries"`
	// MinTalk is the shortest talk worth remembering. Default 10s.
	MinTalk *time.Duration `json:"min_talk"`
}

// Tier is a class of loyalty and its head start.
type Tier struct {
	Name string `json:"name"`
	// MinScore is the lowest score of the tier, 0 to 100; nil: by name only.
	MinScore  *float64      `json:"min_score"`
	HeadStart time.Duration `json:"head_start"`
}

// Entry is a rule that sends arriving calls to a queue.
type Entry struct {
	Name      string        `json:"name"`
	When      When          `json:"when"`
	Queue     string        `json:"queue"`
	HeadStart time.Duration `json:"head_start"`
}

// When is a condition on an arriving call. All its parts must hold; a nil part
// holds always. Numbers are compared without spaces, hyphens, dots and
// brackets; one that ends in "*" is a prefix.
type When struct {
	Dialed []string `json:"dialed"`
	Caller []string `json:"caller"`
	Tier   []string `json:"tier"`
	// Attributes must be there with exactly these values.
	Attributes map[string]string `json:"attributes"`
	// Withheld asks for a call without (true) or with (false) a caller number.
	Withheld *bool `json:"withheld"`
	// Open names a queue that must be open.
	Open string `json:"open"`
}

// Select says which of the ready agents takes a call. Every tie goes to the
// longest idle, then to the bytewise smaller agent id.
type Select string

const (
	// SelectLongestIdle: who became ready first. The default.
	SelectLongestIdle Select = "longest_idle"
	// SelectMostSkilled: the largest sum of levels over the step's needs.
	SelectMostSkilled Select = "most_skilled"
	// SelectLeastSkilled: the smallest sum, which keeps the experts free.
	SelectLeastSkilled Select = "least_skilled"
	// SelectLeastOccupied: the smallest share of talking and wrap-up in the
	// time since login that was not not_ready.
	SelectLeastOccupied Select = "least_occupied"
	// SelectFewestCalls: the fewest talks since login.
	SelectFewestCalls Select = "fewest_calls"
)

// Queue is one waiting line and how it is served.
type Queue struct {
	Name   string `json:"name"`
	Select Select `json:"select"`
	// Ring is how long an offer rings. Default 20s; 0 is an error.
	Ring *time.Duration `json:"ring"`
	// WrapUp is the longest work after a talk; 0: none.
	WrapUp time.Duration `json:"wrap_up"`
	// RestAfterMissed is how long an agent rests who did not answer or
	// declined; 0: until ready.
	RestAfterMissed time.Duration `json:"rest_after_missed"`
	// RestAfterError is how long an agent rests after a fault that was not the
	// agent's (busy, unreachable, error, bridge_failed); 0: until ready.
	// Default 10s.
	RestAfterError *time.Duration `json:"rest_after_error"`
	// MaxMissed is after how many misses in a row an agent rests until ready;
	// 0: no limit. Default 3.
	MaxMissed *int `json:"max_missed"`
	// Capacity bounds the calls in line and ringing, at arrival; nil: no bound.
	Capacity *int `json:"capacity"`
	// WhenFull takes everything but Callback.
	WhenFull Elsewhere `json:"when_full"`
	// Hours are judged at arrival and overflow; nil: always open. Callers in
	// line at closing time are served.
	Hours      *Hours    `json:"hours"`
	WhenClosed Elsewhere `json:"when_closed"`
	// ServiceLevel is what the queue is measured by. The Engine decides
	// nothing by it.
	ServiceLevel *ServiceLevel `json:"service_level"`
	// AnnounceEvery is how often callers in line are told place and wait: 1s at
	// least; 0: never.
	AnnounceEvery time.Duration `json:"announce_every"`
	// Guide is a link or text for the agent, shown with every offer.
	Guide string `json:"guide"`
	// Steps is the ladder, at most 32. None: everyone can serve the queue.
	Steps []Step `json:"steps"`
}

// Elsewhere says what happens to a call that a queue cannot take. The zero
// value blocks it.
type Elsewhere struct {
	// Divert is an outside number.
	Divert string `json:"divert"`
	// Queue takes the call instead; if it is closed or full too, the call is
	// blocked.
	Queue string `json:"queue"`
	Block bool   `json:"block"`
	// Callback suggests a callback: the call is in no line until the caller
	// takes it or hangs up.
	Callback bool `json:"callback"`
}

// Hours are when a queue is open, in its own time zone, daylight saving
// included. Intervals are written "09:00-18:00": from the first minute on, up
// to the second and without it; "24:00" is the end of a day. One that ends
// before it begins goes on into the next day, and belongs to the day on which
// it begins. At a change of clocks an interval that begins or ends in the hour
// that is left out does so at the change, and one that does in the hour that
// comes twice begins with the first and ends with the second.
type Hours struct {
	// Zone is a name of the IANA time zone data base, such as "Asia/Tokyo".
	// Default "UTC".
	Zone string `json:"zone"`
	// Week has the intervals by day ("sat") or range of days ("mon-fri"); a day
	// that is not named is closed.
	Week map[string][]string `json:"week"`
	// Dates have the intervals of single dates, such as "2026-12-31", in place
	// of those of their day of the week.
	Dates map[string][]string `json:"dates"`
}

// ServiceLevel is a queue's target: a share answered within a time.
type ServiceLevel struct {
	// Target is a share from 0 to 1.
	Target float64       `json:"target"`
	Within time.Duration `json:"within"`
	// ShortAbandon is up to which wait a hang-up is told apart.
	ShortAbandon time.Duration `json:"short_abandon"`
}

// Step is a rung of a ladder. After is measured from when the call joined the
// queue; the first step is at 0. A step without Do sets the needs.
type Step struct {
	After time.Duration `json:"after"`
	// If is judged once, when the step falls due, or when the call comes back
	// if it was not in line and did not ring then. If it does not hold, the
	// step is skipped for good. The first step has none.
	If    *If    `json:"if"`
	Needs Skills `json:"needs"`
	Do    *Do    `json:"do"`
}

// If is a condition on a waiting call. All its parts must hold; a nil part
// holds always.
type If struct {
	// WaitOver asks for an estimated wait (the mean) over this. While no agent
	// who could ever take the call is there it holds; while nothing is known
	// about the wait, it does not.
	WaitOver *time.Duration `json:"wait_over"`
	// WaitingOver asks for more calls than this in the queue's line.
	WaitingOver *int `json:"waiting_over"`
	// ReadyUnder asks for fewer ready agents than this who are eligible for the
	// call.
	ReadyUnder *int `json:"ready_under"`
	// Tier asks for one of these.
	Tier []string `json:"tier"`
}

// Do is what a step does with a call: exactly one field is set.
type Do struct {
	// Overflow moves the call to another queue, unless that is full or the
	// call was in it already; then it stays, and the step is over.
	Overflow string `json:"overflow"`
	// Divert sends the call to an outside number.
	Divert string `json:"divert"`
	// Deflect suggests another channel to the caller, such as "sms" or "web";
	// the call keeps its place.
	Deflect string `json:"deflect"`
	// Callback suggests a callback; the call keeps its place.
	Callback bool `json:"callback"`
	// Announce tells the caller place and wait.
	Announce bool `json:"announce"`
}

// Floor is the index of the queue's last step that sets needs, and -1 if there
// is none. A call's own agent needs to meet only the floor.
func (q *Queue) Floor() int {
	for i := len(q.Steps) - 1; i >= 0; i-- {
		if q.Steps[i].Do == nil {
			return i
		}
	}
	return -1
}
