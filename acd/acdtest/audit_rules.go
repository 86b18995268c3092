package acdtest

import (
	"cmp"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditRules is a plan with its defaults filled in.
type auditRules struct {
	plan     acd.Plan
	cap      time.Duration // D
	mode     acd.AffinityMode
	own      time.Duration // head start with the own agent
	hold     time.Duration
	remember time.Duration
	entries  int
	minTalk  time.Duration
	attempts int           // of a callback
	retry    time.Duration // the rest between them
	longest  time.Duration // a call may stay in one state; 0: no limit
	queues   map[string]*auditQueue
}

// auditQueue is a queue with its defaults filled in.
type auditQueue struct {
	name   string
	choose acd.Select
	ring   time.Duration
	steps  []acd.Step
	floor  acd.Skills
	plan   acd.Queue
}

func newAuditRules(plan acd.Plan) auditRules {
	r := auditRules{
		plan:     plan,
		cap:      auditOr(plan.MaxHeadStart, 10*time.Minute),
		mode:     cmp.Or(plan.Affinity.Mode, acd.AffinityOff),
		own:      auditOr(plan.Affinity.HeadStart, time.Minute),
		hold:     auditOr(plan.Affinity.Hold, 20*time.Second),
		remember: auditOr(plan.Affinity.Remember, 720*time.Hour),
		entries:  auditOr(plan.Affinity.Entries, 1_000_000),
		minTalk:  auditOr(plan.Affinity.MinTalk, 10*time.Second),
		attempts: auditOr(plan.Callback.Attempts, 3),
		retry:    auditOr(plan.Callback.RetryAfter, 10*time.Minute),
		longest:  auditOr(plan.LongestStay, 24*time.Hour),
		queues:   map[string]*auditQueue{},
	}
	for i := range plan.Queues {
		q := &plan.Queues[i]
		rules := &auditQueue{
			name: q.Name, choose: cmp.Or(q.Select, acd.SelectLongestIdle),
			ring: auditOr(q.Ring, 20*time.Second), steps: q.Steps, plan: *q,
		}
		if floor := q.Floor(); floor >= 0 {
			rules.floor = q.Steps[floor].Needs
		}
		r.queues[q.Name] = rules
	}
	return r
}

// queue is never nil: one that the plan does not know has no rules.
func (r *auditRules) queue(name string) *auditQueue {
	if r.queues[name] == nil {
		r.queues[name] = &auditQueue{name: name, choose: acd.SelectLongestIdle, ring: 20 * time.Second}
	}
	return r.queues[name]
}

// passed returns which steps of a ladder fall due in a call's first time in
// the queue, one bit each, and the last of them that has needs.
func (q *auditQueue) passed(spent time.Duration) (done uint64, step int) {
	for i := range q.steps {
		if q.steps[i].After > spent {
			break
		}
		done |= 1 << i
		if q.steps[i].Do == nil {
			step = i
		}
	}
	return done, step
}

// step returns the step of that index, nil if there is none.
func (q *auditQueue) step(i int) *acd.Step {
	if i < 0 || i >= len(q.steps) {
		return nil
	}
	return &q.steps[i]
}

// needs are those of a step.
func (q *auditQueue) needs(step int) acd.Skills {
	if s := q.step(step); s != nil {
		return s.Needs
	}
	return nil
}

func auditOr[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}
