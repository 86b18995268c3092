package sim

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Scenario is everything about a centre but the router.
type Scenario struct {
	Plan   acd.Plan
	Agents []Agent
	// Calls arrive in the order of their times.
	Calls Source
	// PickUp is how long an agent's phone rings; nil: answered at once. Longer
	// than the queue's ring is a missed call.
	PickUp Dist
	// Habits are what callers do when asked whether another way would do.
	Habits Habits
	// Redial, if not nil, says of a caller who gave up or was blocked whether,
	// after how long and as what the caller calls again. At and Call of its
	// Arrive are set by the simulation. See [Redials]. The record is not to be
	// kept.
	Redial func(r *rand.Rand, lost *Record) (again Call, after time.Duration, ok bool)
	// Seed decides everything that is drawn.
	Seed uint64
	// Grid is the intervals by which [Result.Rows] and [Result.Time] are told
	// apart. A call that arrives in none of them is in no row, which is how to
	// leave out a warm-up.
	Grid Grid
	// Watch is the times of interest for "answered within", at least 0; see
	// [Figures].
	Watch []time.Duration
	// Effort is for [Replicate], [Compare] and [Staff].
	Effort Effort
	// Each, if not nil, is told what a call lived through when it has its
	// outcome, and of those that have none at the end. The record is not to be
	// kept.
	Each func(*Record)
	// Observe, if not nil, sees each command and what came of it. The events
	// are not to be kept.
	Observe func(acd.Command, []acd.Event, error)
}

// Source gives the calls in order of arrival, drawing what is random from r.
type Source func(r *rand.Rand) iter.Seq[Call]

// Call is a caller: what the router is told, and what it is not.
type Call struct {
	// Arrive is the command; its Type need not be set, and without a Call the
	// id is a number. [Random] sets its At.
	Arrive acd.Command
	// Service is how long the talk lasts once it begins.
	Service time.Duration
	// Patience is how long the caller waits, ringing included, before hanging
	// up; [Forever]: never. 0: hangs up unless answered at once.
	Patience time.Duration
}

// Forever is the patience of someone who never hangs up.
const Forever time.Duration = 1<<63 - 1

// Log is a source of calls that are known beforehand. They must be in order.
func Log(calls []Call) Source {
	return func(*rand.Rand) iter.Seq[Call] { return slices.Values(calls) }
}

// Random is a source of calls that arrive by a Poisson process (see [Poisson])
// and of which each is made by next.
func Random(start time.Time, rates []Rate, next func(r *rand.Rand, at time.Time) Call) Source {
	return func(r *rand.Rand) iter.Seq[Call] {
		return func(yield func(Call) bool) {
			for at := range Poisson(r, start, rates) {
				call := next(r, at)
				call.Arrive.At = at
				if !yield(call) {
					return
				}
			}
		}
	}
}

// Record is what one call lived through.
type Record struct {
	Call    *Call
	ID      string
	Outcome Outcome
	// Tier is as the router saw it. Entry is the queue that the call came to
	// first, Queue the one in which it was offered, else the one it joined
	// last.
	Tier, Entry, Queue string
	// Agent is who answered, Before who answered the last call of the same
	// customer (without one: of the same number) in this run, empty if nobody
	// did.
	Agent, Before string
	// Attempt is 1 and one more for each time that the caller was lost before.
	Attempt int
	// CalledBack says that the caller had left the line to be called back.
	CalledBack bool
	// Waited is the time in line and ringing until the outcome, 0 of a call
	// that is Unended; Talked is the talk's length.
	Waited, Talked time.Duration
	// Why explains the offer that was answered.
	Why *acd.Why
}

// Outcome is how a call ended.
type Outcome string

// The outcomes. A call in line at the end of the simulation has none.
const (
	Answered  Outcome = "answered"
	Abandoned Outcome = "abandoned"
	Blocked   Outcome = "blocked"
	Diverted  Outcome = "diverted"
	// Deflected callers went on by another channel.
	Deflected Outcome = "deflected"
	// Failed is a callback that never reached the customer.
	Failed  Outcome = "failed"
	Unended Outcome = ""
)

// Result is what a whole run came to. For whatever is of single calls, see
// [Scenario.Each].
type Result struct {
	// Arrived counts the calls; Outcomes counts how they ended.
	Arrived  int
	Outcomes map[Outcome]int
	// Busy is the agents' time in talk and wrap-up, Staffed their time in all
	// states but not_ready.
	Busy, Staffed time.Duration
	// Events counts the router's events, and Commands what it was told.
	Events, Commands int
	// Rows are by interval, queue and tier, those with calls.
	Rows []Row
	// Time is the agents' by interval.
	Time []AgentTime
	// Watch is the scenario's.
	Watch []time.Duration
}

// Occupancy is the share of the agents' time that was talk or wrap-up, 0 if
// nobody worked.
func (r *Result) Occupancy() float64 {
	if r.Staffed == 0 {
		return 0
	}
	return float64(r.Busy) / float64(r.Staffed)
}

// check reports a scenario that cannot be run.
func (s *Scenario) check() error {
	if err := checkAgents(s.Agents); err != nil {
		return err
	}
	if err := s.Habits.check(); err != nil {
		return err
	}
	if s.Calls == nil {
		return fmt.Errorf("calls: there is no source")
	}
	for i, t := range s.Watch {
		if t < 0 {
			return fmt.Errorf("watch[%d]: %v is negative", i, t)
		}
	}
	return s.Grid.check()
}
