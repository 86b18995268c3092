package acd

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// snapshotVersion is the form that this version writes and reads.
const snapshotVersion = 1

// The first line of a snapshot says what follows: its version, and the checksum
// (CRC-32, IEEE) of all the rest.
const snapshotHead = "najimi snapshot %d %08x\n"

// Snapshot returns the whole state, plan included, as text: a head line and one
// JSON object. [Restore] makes of it an Engine that answers every later command
// with the events, byte for byte, that this one would. It changes nothing.
//
// It takes time and room in proportion to the live calls, the agents, the
// finished calls that are remembered, and the memory of who served whom: about
// a second and 100 MB for a million remembered customers.
func (e *Engine) Snapshot() ([]byte, error) {
	body, err := json.Marshal(e.picture())
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	return append(fmt.Appendf(nil, snapshotHead, snapshotVersion, crc32.ChecksumIEEE(body)), body...), nil
}

// snapshotBody checks the head of a snapshot.
func snapshotBody(snapshot []byte) ([]byte, error) {
	head, body, _ := bytes.Cut(snapshot, []byte("\n"))
	var version int
	var sum uint32
	if n, _ := fmt.Sscanf(string(head)+"\n", snapshotHead, &version, &sum); n != 2 {
		return nil, fmt.Errorf("snapshot: line 1: want %q", "najimi snapshot VERSION CHECKSUM")
	}
	if version != snapshotVersion {
		return nil, fmt.Errorf("snapshot: version %d, want %d", version, snapshotVersion)
	}
	if got := crc32.ChecksumIEEE(body); got != sum {
		return nil, fmt.Errorf("snapshot: damaged: the checksum is %08x, want %08x", got, sum)
	}
	return body, nil
}

// picture is an Engine's state as JSON. Instants are nanoseconds since 1970,
// lists are in an order that means something or that is fixed.
type picture struct {
	Plan     *Plan             `json:"plan"`
	Started  bool              `json:"started"`
	Now      int64             `json:"now"`
	Seq      uint64            `json:"seq"`
	Created  uint64            `json:"created"`
	Arrivals uint64            `json:"arrivals"`
	Offered  uint64            `json:"offered"`
	Guard    int64             `json:"guard,omitzero"`
	Queues   []queuePicture    `json:"queues"` // as in the plan
	Agents   []agentPicture    `json:"agents"` // by id
	Calls    []callPicture     `json:"calls"`  // by arrival
	Finished []finishedPicture `json:"finished"`
	Gone     []uint64          `json:"gone"` // withdrawn among the latest offers
	Memory   []memoryPicture   `json:"memory"`
}

type queuePicture struct {
	Index  uint32     `json:"index"`
	Pace   queue.Pace `json:"pace"`
	Passed int64      `json:"passed"`
}

type agentPicture struct {
	ID         string       `json:"id"`
	Skills     Skills       `json:"skills,omitempty"`
	State      State        `json:"state"`
	Reason     string       `json:"reason,omitempty"`
	Since      int64        `json:"since"`
	Then       State        `json:"then,omitempty"`
	ThenReason string       `json:"then_reason,omitempty"`
	IdleSince  int64        `json:"idle_since"`
	Misses     int          `json:"misses,omitzero"`
	Talks      int          `json:"talks,omitzero"`
	Busy       int64        `json:"busy,omitzero"`
	Staffed    int64        `json:"staffed,omitzero"`
	Serves     string       `json:"serves,omitempty"`
	Offered    int64        `json:"offered,omitzero"`
	Handling   bool         `json:"handling,omitzero"`
	Alarm      alarmPicture `json:"alarm,omitzero"`
	Last       string       `json:"last,omitempty"`
	Coded      bool         `json:"coded,omitzero"`
}

type callPicture struct {
	ID         string            `json:"id"`
	Print      uint64            `json:"print"`
	State      callState         `json:"state"`
	Order      uint64            `json:"order"`
	Since      int64             `json:"since"`
	HeadStart  int64             `json:"head_start,omitzero"`
	Lead       int64             `json:"lead,omitzero"`
	OwnLead    int64             `json:"own_lead,omitzero"`
	Caller     string            `json:"caller,omitempty"`
	Customer   string            `json:"customer,omitempty"`
	Tier       string            `json:"tier,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Entry      string            `json:"entry,omitempty"`
	Known      bool              `json:"known,omitzero"`
	Queue      string            `json:"queue"`
	Been       []string          `json:"been,omitempty"`
	Lined      int64             `json:"lined,omitzero"`
	Step       int               `json:"step,omitzero"`
	Next       int               `json:"next,omitzero"`
	Late       uint32            `json:"late,omitzero"`
	Joined     int64             `json:"joined"`
	Steps      uint64            `json:"steps,omitzero"`
	Ladder     alarmPicture      `json:"ladder,omitzero"`
	Announce   alarmPicture      `json:"announce,omitzero"`
	Own        string            `json:"own,omitempty"`
	Passed     bool              `json:"passed,omitzero"`
	Held       bool              `json:"held,omitzero"`
	Hold       alarmPicture      `json:"hold,omitzero"`
	Agent      string            `json:"agent,omitempty"`
	Offer      uint64            `json:"offer,omitzero"`
	Ring       alarmPicture      `json:"ring,omitzero"`
	Talked     int64             `json:"talked,omitzero"`
	Rested     int64             `json:"rested,omitzero"`
	Stay       uint64            `json:"stay,omitzero"`
	Watched    bool              `json:"watched,omitzero"`
	Notes      []string          `json:"notes,omitempty"`
	Met        []string          `json:"met,omitempty"`
	Back       *bookingPicture   `json:"back,omitempty"`
}

type bookingPicture struct {
	Number   string       `json:"number,omitempty"`
	From     time.Time    `json:"from,omitzero"`
	Until    time.Time    `json:"until,omitzero"`
	Attempts int          `json:"attempts,omitzero"`
	Retry    bool         `json:"retry,omitzero"`
	Due      alarmPicture `json:"due,omitzero"`
	Expiry   alarmPicture `json:"expiry,omitzero"`
}

type alarmPicture struct {
	Set    bool   `json:"set,omitzero"`
	At     int64  `json:"at,omitzero"`
	Number uint64 `json:"number,omitzero"`
}

func (a *alarm) picture() alarmPicture {
	if !a.set {
		return alarmPicture{}
	}
	return a.kept()
}

// kept is the picture of an alarm whose number is used again.
func (a *alarm) kept() alarmPicture { return alarmPicture{a.set, a.rank.Urgency, a.rank.Order} }

type finishedPicture struct {
	ID    string `json:"id"`
	Print uint64 `json:"print"`
}

type memoryPicture struct {
	Who   string `json:"who"`
	Queue uint32 `json:"queue"` // as in the key
	Agent string `json:"agent"`
	At    int64  `json:"at"`
}

func (e *Engine) picture() *picture {
	p := &picture{
		Plan: e.plan, Started: e.started, Now: e.now, Seq: e.seq, Created: e.created,
		Arrivals: e.arrivals, Offered: e.offered, Guard: e.guard.from,
	}
	for _, q := range e.rules.queues {
		p.Queues = append(p.Queues, queuePicture{q.index, q.pace.Pace, q.pace.passed})
	}
	for _, a := range e.agents {
		if a.state != "" { // the others are known by the calls that name them
			p.Agents = append(p.Agents, a.picture())
		}
	}
	slices.SortFunc(p.Agents, func(a, b agentPicture) int { return cmp.Compare(a.ID, b.ID) })
	for _, c := range e.liveCalls() {
		p.Calls = append(p.Calls, c.picture(e.calls[c.id].print))
	}
	for i := range e.finished {
		id := e.finished[(e.oldest+i)%len(e.finished)]
		p.Finished = append(p.Finished, finishedPicture{id, e.calls[id].print})
	}
	for n := e.offered - min(e.offered, rememberedOffers-1); n <= e.offered; n++ {
		if e.gone.has(n, e.offered) {
			p.Gone = append(p.Gone, n)
		}
	}
	for entry := range e.memory.all() {
		p.Memory = append(p.Memory, memoryPicture{entry.key.who, entry.key.queue, entry.agent.id, entry.at})
	}
	return p
}

func (a *agent) picture() agentPicture {
	p := agentPicture{
		ID: a.id, State: a.state, Reason: a.reason, Since: a.since, Then: a.then, ThenReason: a.thenReason,
		IdleSince: a.idleSince, Misses: a.misses, Talks: a.talks, Busy: a.busy, Staffed: a.staffed,
		Offered: a.offered, Handling: a.handling, Alarm: a.alarm.picture(), Last: a.last, Coded: a.coded,
	}
	if a.group != nil {
		p.Skills = a.group.skills
	}
	if a.serves != nil {
		p.Serves = a.serves.name
	}
	return p
}

func (c *call) picture(print uint64) callPicture {
	p := callPicture{
		ID: c.id, Print: print, State: c.state, Order: c.order, Since: c.since,
		HeadStart: c.headStart, Lead: c.lead, OwnLead: c.ownLead,
		Caller: c.caller, Customer: c.customer, Tier: c.tier, Attributes: c.attributes, Entry: c.entry, Known: c.known,
		Queue: c.queue.name, Been: c.been, Lined: c.lined, Step: c.step, Next: c.next, Late: c.late, Joined: c.joined, Steps: c.steps,
		Ladder: c.ladder.picture(), Announce: c.announce.kept(),
		Passed: c.passed, Held: c.held, Hold: c.hold.picture(),
		Offer: c.offer, Ring: c.ring.picture(), Talked: c.talked, Rested: c.rested,
		Stay: c.stay.number, Watched: c.stay.on, Notes: c.notes, Met: c.met,
	}
	if c.own != nil {
		p.Own = c.own.id
	}
	if c.agent != nil {
		p.Agent = c.agent.id
	}
	if b := c.back; b != nil {
		p.Back = &bookingPicture{b.number, b.from, b.until, b.attempts, b.retry, b.due.picture(), b.expiry.kept()}
	}
	return p
}
