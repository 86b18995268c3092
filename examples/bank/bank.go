// Package bank reads the call records of a real call centre, the "Anonymous
// Bank" of 1999, and yields them as every reader of call logs does.
//
//	rows, err := bank.Read(file)    // as they are in the file, and what is odd about them
//	log := rows.Records()           // who asked for an agent, and what became of it
//
// The data: I. Guedj and A. Mandelbaum, "Anonymous Bank Call-Center Data",
// Technion, 9 February 2000. One file is one month, a line is one call, from the
// voice response unit (VRU) that answers it, through the queue, to the agent
// ("server").
package bank

import "time"

// The outcomes of a row.
const (
	Agent   = "AGENT"   // answered by an agent
	Hang    = "HANG"    // the caller hung up, in the VRU or in the queue
	Phantom = "PHANTOM" // not a call: to be ignored
)

// Row is one line of the file. Instants are wall-clock time written as UTC. One
// that follows another past midnight lies on the next day.
type Row struct {
	Line     int    // of the file, the header being 1
	VRU      string // unit and line
	CallID   string // unique within VRU
	Customer string // empty: unknown. Recorded only for callers who queued
	Priority int    // 0 and 1 regular, 2 priority
	Type     string // see Types; blanks around it removed
	Date     time.Time

	VRUEntry, VRUExit time.Time

	Queued                bool
	QueueStart, QueueExit time.Time     // zero unless Queued
	QueueTime             time.Duration // as recorded; never negative

	Outcome string // Agent, Hang or Phantom

	ServiceStart, ServiceExit time.Time     // zero: no service
	ServiceTime               time.Duration // as recorded; never negative
	Server                    string        // empty: none or unknown (NO_SERVER)
}

// Types are the types of service that the documentation of the data knows.
var Types = []string{
	"PS", // regular
	"PE", // regular, in English
	"IN", // help with the internet
	"NE", // stock exchange
	"NW", // prospective customer, asking for information
	"TT", // a message was left and is returned
}

// Log is what [Read] found in a file.
type Log struct {
	Rows []Row // in the order of the file, Phantom among them
	// Odd counts what is odd in Rows, by kind and in the order in which the
	// kinds are declared; a kind that does not occur is not listed. A row may
	// be odd in several ways.
	Odd []Oddity
	// Dropped counts the lines that are not in Rows, by reason, likewise.
	Dropped []Oddity
}

// Oddity is a kind of irregularity: how often it occurs, and where first.
type Oddity struct {
	Kind  Kind
	Count int
	Line  int // the first
}

// Kind names an irregularity of a row, or why a line could not be used.
type Kind string

// Rows with these are kept. What is said of times holds after instants past
// midnight were put on the next day.
const (
	BlankInType        Kind = "blank_in_type"         // removed
	UnknownType        Kind = "unknown_type"          // not among Types
	UnreadableCustomer Kind = "unreadable_customer"   // not a whole number, such as 6.02701E+11: made unknown
	CustomerNoPriority Kind = "customer_no_priority"  // a known customer with priority 0
	PriorityNoCustomer Kind = "priority_no_customer"  // the reverse
	DuplicateID        Kind = "duplicate_id"          // VRU and call_id of an earlier row
	PastMidnight       Kind = "past_midnight"         // an instant after the day of Date
	VRUBackwards       Kind = "vru_exit_before_entry" // the caller's arrival is VRUExit all the same
	VRUTimeOff         Kind = "vru_time_disagrees"    // with exit − entry
	QueueStartOff      Kind = "queue_start_off"       // not at the exit from the VRU
	QueueBackwards     Kind = "queue_exit_before_start"
	QueueTimeOff       Kind = "queue_time_disagrees" // with exit − start
	QueueTimeZero      Kind = "queue_time_zero"      // queued, for no time
	ServiceBackwards   Kind = "service_exit_before_start"
	ServiceTimeOff     Kind = "service_time_disagrees" // with exit − start
	StampMissing       Kind = "stamp_missing"          // one end of a stay is 0:00:00: put where its length says
	NegativeTime       Kind = "negative_time"          // of queue or service: taken from the instants, or 0
	ServiceEarly       Kind = "service_starts_early"   // more than 2 s before the exit from queue or VRU
	ServiceLate        Kind = "service_starts_late"    // more than 2 s after it
	ServiceLong        Kind = "service_over_an_hour"
	AnsweredNoTime     Kind = "answered_service_zero" // Agent, with a start of service but no length
	AnsweredNoStart    Kind = "answered_no_service"   // Agent, without any service
	AnsweredNoServer   Kind = "answered_no_server"    // Agent, but nobody is named
	HungUpServed       Kind = "hung_up_with_service"  // Hang, with time of service
	HungUpServer       Kind = "hung_up_with_server"   // Hang, with a server's name
	TwoCallsAtOnce     Kind = "server_on_two_calls"   // a service begins over 2 s before the server's earlier one ends
)

// Lines with these are dropped.
const (
	BadColumns Kind = "bad_columns" // not 17
	BadDate    Kind = "bad_date"
	BadTime    Kind = "bad_time"
	BadNumber  Kind = "bad_number"
	BadOutcome Kind = "bad_outcome"
)

// kinds gives the order in which oddities are listed.
var kinds = []Kind{
	BlankInType, UnknownType, UnreadableCustomer, CustomerNoPriority, PriorityNoCustomer, DuplicateID,
	PastMidnight, VRUBackwards, VRUTimeOff, QueueStartOff, QueueBackwards, QueueTimeOff, QueueTimeZero,
	ServiceBackwards, ServiceTimeOff, StampMissing, NegativeTime, ServiceEarly, ServiceLate, ServiceLong,
	AnsweredNoTime, AnsweredNoStart, AnsweredNoServer, HungUpServed, HungUpServer, TwoCallsAtOnce,
	BadColumns, BadDate, BadTime, BadNumber, BadOutcome,
}

// tally counts oddities.
type tally map[Kind]Oddity

func (t tally) add(kind Kind, line int) {
	o, seen := t[kind]
	if !seen || line < o.Line {
		o.Line = line
	}
	t[kind] = Oddity{kind, o.Count + 1, o.Line}
}

func (t tally) list() []Oddity {
	var list []Oddity
	for _, kind := range kinds {
		if o, ok := t[kind]; ok {
			list = append(list, o)
		}
	}
	return list
}
