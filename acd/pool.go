package acd

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// pool is the ready agents who meet some needs, in the order in which a
// strategy takes them. Steps with the same needs and strategy share one,
// whatever their queues.
type pool struct {
	needs Skills
	ready readySet
	lines []*line
}

// group is the agents of the same skills: what they may serve is worked out
// once. It is gone with its last agent.
type group struct {
	key    string
	skills Skills
	agents int
	seats  []seat
	floors []*queueState // whose floor they meet
}

// seat is a group's right to a pool.
type seat struct {
	pool  *pool
	skill int // the sum of levels over the pool's needs
}

// readySet is a set of agents that tells the next one to take. An agent knows
// its place in each: i is the index in the agent's places and in its group's
// seats.
type readySet interface {
	add(a *agent, i, skill int, now int64)
	remove(a *agent, i int, now int64)
	// best is nil if the set is empty.
	best(now int64) *agent
	size() int
}

// poolIndex finds the pool for needs and strategy while a plan is compiled.
type poolIndex struct {
	all   []*pool
	byKey map[string]*pool
}

func (x *poolIndex) line(q *queueState, needs Skills) *line {
	key := string(q.choose) + "\n" + needs.key()
	p := x.byKey[key]
	if p == nil {
		p = &pool{needs: needs, ready: strategies[q.choose]()}
		if x.byKey == nil {
			x.byKey = make(map[string]*pool)
		}
		x.byKey[key] = p
		x.all = append(x.all, p)
	}
	l := &line{queue: q, pool: p}
	p.lines = append(p.lines, l)
	return l
}

// key is the same text for equal skills alone.
func (s Skills) key() string {
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(strconv.Itoa(len(name)))
		b.WriteByte(':')
		b.WriteString(name)
		b.WriteString(strconv.Itoa(s[name]))
	}
	return b.String()
}

// joinGroup gives an agent who is not ready the group of these skills, and
// leaves the one before. O(pools) for skills that no other agent has.
func (e *Engine) joinGroup(a *agent, skills Skills) {
	e.leaveGroup(a)
	key := skills.key()
	g := e.groups[key]
	if g == nil {
		g = &group{key: key, skills: maps.Clone(skills)}
		e.seat(g)
		e.groups[key] = g
	}
	g.agents++
	a.group = g
	a.places = make([]int, len(g.seats))
}

// seat works out what a group may serve.
func (e *Engine) seat(g *group) {
	g.seats, g.floors = nil, nil
	for _, p := range e.pools {
		if g.skills.Meets(p.needs) {
			g.seats = append(g.seats, seat{p, g.skills.sum(p.needs)})
		}
	}
	for _, q := range e.rules.queues {
		if g.skills.Meets(q.floor) {
			g.floors = append(g.floors, q)
		}
	}
}

func (e *Engine) leaveGroup(a *agent) {
	if a.group == nil {
		return
	}
	a.group.agents--
	if a.group.agents == 0 {
		delete(e.groups, a.group.key)
	}
	a.group = nil
}

// enterPools makes an agent who is ready eligible, and opens the lines that
// this concerns. O(seats × log agents + lines).
func (e *Engine) enterPools(a *agent) {
	for i := range a.group.seats {
		s := &a.group.seats[i]
		s.pool.ready.add(a, i, s.skill, e.now)
		for _, l := range s.pool.lines {
			e.open.push(l)
		}
	}
	for _, l := range a.own {
		e.open.push(l)
	}
}

func (e *Engine) leavePools(a *agent) {
	for i := range a.group.seats {
		a.group.seats[i].pool.ready.remove(a, i, e.now)
	}
}
