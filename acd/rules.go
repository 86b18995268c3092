package acd

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Defaults that Plan.Check needs as well.
const (
	defaultMaxHeadStart      = 10 * time.Minute
	defaultAffinityHeadStart = time.Minute
	defaultHold              = 20 * time.Second
)

// rules is a plan with its defaults filled in and its names resolved.
type rules struct {
	maxHeadStart    time.Duration // D
	maxCalls        int
	requireVerified bool
	transferred     time.Duration // the head start of a transfer
	longestStay     time.Duration // 0: no limit
	attempts        int           // of a callback
	retryAfter      time.Duration
	affinity        affinityRules
	queues          []*queueState
	byName          map[string]*queueState
	tiers           map[string]*Tier
	byScore         []*Tier // those with a MinScore, the highest first
	entry           entryTable
}

type affinityRules struct {
	mode                               AffinityMode
	headStart, hold, remember, minTalk time.Duration
	entries                            int
}

// queueState is one queue: its rules, and its lines with the calls in them.
type queueState struct {
	index                 uint32 // in the keys of the memory
	name                  string
	choose                Select
	ring, wrapUp          time.Duration
	restMissed, restError time.Duration
	maxMissed             int // 0: no limit
	capacity              int
	whenFull, whenClosed  elsewhere
	hours                 *opening
	announceEvery         time.Duration
	guide                 string
	steps                 []stepRules
	floor                 Skills // nil: everyone
	held                  *line  // calls that only their own agent may take
	ringing               int
	pace                  pace
}

type elsewhere struct {
	divert   string
	queue    *queueState
	callback bool
}

// stepRules is a rung: a step with needs has a line, others do something.
type stepRules struct {
	after    time.Duration
	when     *If
	line     *line
	overflow *queueState
	divert   string
	suggest  string // a channel
	announce bool
}

// compile takes a valid plan.
func compile(plan *Plan) (rules, []*pool) {
	r := rules{
		maxHeadStart:    orDefault(plan.MaxHeadStart, defaultMaxHeadStart),
		maxCalls:        orDefault(plan.MaxCalls, defaultMaxCalls),
		requireVerified: plan.RequireVerified,
		transferred:     plan.TransferHeadStart,
		longestStay:     orDefault(plan.LongestStay, 24*time.Hour),
		attempts:        orDefault(plan.Callback.Attempts, 3),
		retryAfter:      orDefault(plan.Callback.RetryAfter, 10*time.Minute),
		affinity: affinityRules{
			mode:      cmp.Or(plan.Affinity.Mode, AffinityOff),
			headStart: orDefault(plan.Affinity.HeadStart, defaultAffinityHeadStart),
			hold:      orDefault(plan.Affinity.Hold, defaultHold),
			remember:  orDefault(plan.Affinity.Remember, 720*time.Hour),
			minTalk:   orDefault(plan.Affinity.MinTalk, 10*time.Second),
			entries:   orDefault(plan.Affinity.Entries, 1_000_000),
		},
		tiers:  make(map[string]*Tier),
		byName: make(map[string]*queueState),
	}
	for i := range plan.Tiers {
		t := &plan.Tiers[i]
		r.tiers[t.Name] = t
		if t.MinScore != nil {
			r.byScore = append(r.byScore, t)
		}
	}
	slices.SortStableFunc(r.byScore, func(a, b *Tier) int { return cmp.Compare(*b.MinScore, *a.MinScore) })

	for i := range plan.Queues {
		q := &plan.Queues[i]
		hours, _ := compileHours(q.Hours) // of a valid plan
		state := &queueState{
			index:      uint32(i),
			name:       q.Name,
			choose:     cmp.Or(q.Select, SelectLongestIdle),
			ring:       orDefault(q.Ring, 20*time.Second),
			wrapUp:     q.WrapUp,
			restMissed: q.RestAfterMissed,
			restError:  orDefault(q.RestAfterError, 10*time.Second),
			maxMissed:  orDefault(q.MaxMissed, 3),
			capacity:   orDefault(q.Capacity, math.MaxInt),
			hours:      hours,
			guide:      q.Guide,

			announceEvery: q.AnnounceEvery,
		}
		r.queues = append(r.queues, state)
		r.byName[q.Name] = state
	}
	queues := r.byName
	to := func(e *Elsewhere) elsewhere { return elsewhere{e.Divert, queues[e.Queue], e.Callback} }
	var pools poolIndex
	for i := range plan.Queues {
		q := &plan.Queues[i]
		s := queues[q.Name]
		s.whenFull, s.whenClosed = to(&q.WhenFull), to(&q.WhenClosed)
		s.held = &line{queue: s}
		if floor := q.Floor(); floor >= 0 {
			s.floor = q.Steps[floor].Needs
		}
		steps := q.Steps
		if len(steps) == 0 {
			steps = []Step{{}}
		}
		for _, step := range steps {
			rung := stepRules{after: step.After, when: step.If}
			if do := step.Do; do != nil {
				rung.overflow, rung.divert = queues[do.Overflow], do.Divert
				rung.suggest, rung.announce = do.Deflect, do.Announce
				if do.Callback {
					rung.suggest = ChannelCallback
				}
			} else {
				rung.line = pools.line(s, step.Needs)
			}
			s.steps = append(s.steps, rung)
		}
	}
	r.entry = compileEntry(plan.Entry, queues)
	return r, pools.all
}

func orDefault[T any](p *T, otherwise T) T {
	if p != nil {
		return *p
	}
	return otherwise
}

// size counts the calls in line. O(steps).
func (q *queueState) size() int {
	n := q.held.size()
	for i := range q.steps {
		if l := q.steps[i].line; l != nil {
			n += l.size()
		}
	}
	return n
}

func (q *queueState) full() bool { return q.size()+q.ringing >= q.capacity }

// position is the place in its queue, from 1, of a call in line or of one that
// rings, as if it were in line. O(steps × log n).
func (q *queueState) position(c *call) int {
	rank := c.rank()
	n := 1 + q.held.byUrgency.Before(rank)
	for i := range q.steps {
		if l := q.steps[i].line; l != nil {
			n += l.byUrgency.Before(rank)
		}
	}
	return n
}
