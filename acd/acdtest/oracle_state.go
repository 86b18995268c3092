package acdtest

import (
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/queue"
)

type oracleAgent struct {
	id         string
	skills     acd.Skills
	state      acd.State
	reason     string
	idle       int64 // when last becoming ready
	misses     int
	remembered acd.State // not_ready, logged_out, or "" for nothing
	why        string    // the reason of a remembered not_ready
	spans      []oracleSpan
	talkedTo   string       // the call of the last conversation
	disposed   bool         // which has a code already
	handled    *oracleOffer // whose talk is over, while its handling lasts
}

// oracleSpan says which state an agent took when. The spans since the last
// login from logged_out are kept.
type oracleSpan struct {
	state acd.State
	from  int64
}

type place string

const (
	inLine    place = "in line"
	ringing   place = "ringing"
	talking   place = "talking"
	resting   place = "resting"   // a callback until its time comes
	suggested place = "suggested" // found its queue closed, may book a callback
	finished  place = "finished"
)

type oracleCall struct {
	given acd.Command // the arrival, word for word
	order int         // of arrival
	place place
	since int64
	// stopped is when it last stopped waiting: the talk, the rest or the
	// suggestion began.
	stopped int64

	caller, customer, dialed string
	tier                     string
	attributes               map[string]string
	entry                    string
	notes, met               []string

	headStart    int64 // tier, entry rule, arrival and transfers, uncapped
	ownHeadStart int64 // with the own agent, on top
	most         int64 // the cap of the plan that gave the head starts

	own       string
	ownReason string
	trusted   bool // at arrival
	held      bool
	hold      time.Duration // how long, for a hold whose timer is not set yet

	queue  *acd.Queue
	been   []string // the queues joined so far
	joined int64
	lined  int64 // when last coming into line
	step   int   // the last needs step entered
	putOff []int // steps that were judged and wait until it is back in line
	stay   int   // order of the stay that the guard watches

	callback    bool
	number      string
	from, until *int64 // nil: no bound
	attempts    int

	offer      *oracleOffer // the one that rings or led to the talk
	finishedAs int          // order of finishing
}

type offerState string

const (
	offerRings     offerState = "rings"
	offerAccepted  offerState = "accepted"
	offerWithdrawn offerState = "withdrawn"
)

type oracleOffer struct {
	id    string
	state offerState
	call  *oracleCall
	agent *oracleAgent
	at    int64
	queue string
}

type oracleMemory struct {
	queue, customer, number string
	agent                   string
	written                 int64
}

type oraclePace struct {
	queue string
	*queue.Pace
}
