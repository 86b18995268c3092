package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/erlang"
)

// crew is who can be scheduled, and what is promised beside the service level of
// each queue.
type crew struct {
	Groups []sim.Group
	Goals  []sim.Goal
}

// defaultCrew is a group for each of the forecast's queues, who have the skills
// that its ladder asks for first.
func defaultCrew(f forecast, p acd.Plan) crew {
	var c crew
	for _, q := range f.queues {
		g := sim.Group{Name: q.name, Skills: acd.Skills{q.name: 1}, Cost: 1}
		if queue := queueNamed(&p, q.name); queue != nil && len(queue.Steps) > 0 && len(queue.Steps[0].Needs) > 0 {
			g.Skills = queue.Steps[0].Needs
		}
		c.Groups = append(c.Groups, g)
	}
	return c
}

// crewText is a crew as JSON.
type crewText struct {
	Groups []groupText `json:"groups"`
	Goals  []goalText  `json:"goals,omitempty"`
}

type groupText struct {
	Name   string     `json:"name"`
	Skills acd.Skills `json:"skills"`
	// Most is how many there are, 0: no limit. Cost is of an agent's hour, 1 if
	// it is not there.
	Most int      `json:"most,omitzero"`
	Cost *float64 `json:"cost,omitempty"`
}

type goalText struct {
	Queue string `json:"queue,omitempty"`
	Tier  string `json:"tier,omitempty"`
	Daily bool   `json:"daily,omitempty"`
	// Target is the share of calls to be answered within Within.
	Target  float64 `json:"target,omitzero"`
	Within  span    `json:"within,omitzero"`
	ASA     span    `json:"asa,omitzero"`
	Abandon float64 `json:"abandon,omitzero"`
}

// span is a duration as JSON: a string such as 20s.
type span time.Duration

func (s span) MarshalText() ([]byte, error) { return []byte(time.Duration(s).String()), nil }

func (s *span) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 {
		return fmt.Errorf("%q is not a duration like 20s", text)
	}
	*s = span(d)
	return nil
}

func readCrew(file string) (crew, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return crew{}, err
	}
	c, err := parseCrew(text)
	if err != nil {
		return crew{}, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// parseCrew reads what writeCrew writes. An error names the group or the goal, or
// the line of a text that is no JSON.
func parseCrew(text []byte) (crew, error) {
	var lists struct {
		Groups []json.RawMessage `json:"groups"`
		Goals  []json.RawMessage `json:"goals"`
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := strictly(text, &lists); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return crew{}, fmt.Errorf("line %d: %w", 1+bytes.Count(text[:syntax.Offset], []byte("\n")), err)
		}
		return crew{}, err
	}
	all := crewText{Groups: make([]groupText, len(lists.Groups)), Goals: make([]goalText, len(lists.Goals))}
	var unread []error
	for i, raw := range lists.Groups {
		if err := strictly(raw, &all.Groups[i]); err != nil {
			unread = append(unread, fmt.Errorf("groups[%d]: %w", i, err))
		}
	}
	for i, raw := range lists.Goals {
		if err := strictly(raw, &all.Goals[i]); err != nil {
			unread = append(unread, fmt.Errorf("goals[%d]: %w", i, err))
		}
	}
	if err := errors.Join(unread...); err != nil {
		return crew{}, err
	}
	return all.crew()
}

// strictly reads one JSON value whose fields are all known.
func strictly(text []byte, into any) error {
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(into); err != nil {
		return err
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the object")
	}
	return nil
}

// crew checks what was read.
func (all crewText) crew() (crew, error) {
	var c crew
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	names := make(map[string]bool)
	for i, g := range all.Groups {
		path := fmt.Sprintf("groups[%d]", i)
		cost := 1.0
		if g.Cost != nil {
			cost = *g.Cost
		}
		switch {
		case g.Name == "":
			fault("%s.name: there is none", path)
		case names[g.Name]:
			fault("%s.name: there are two of name %q", path, g.Name)
		}
		names[g.Name] = true
		if len(g.Skills) == 0 {
			fault("%s.skills: %q has none", path, g.Name)
		}
		for _, skill := range slices.Sorted(maps.Keys(g.Skills)) {
			if level := g.Skills[skill]; level < 1 || level > 10 {
				fault("%s.skills.%s: %d is not a level from 1 to 10", path, skill, level)
			}
		}
		if g.Most < 0 {
			fault("%s.most: %d is below 0", path, g.Most)
		}
		if !(cost > 0) {
			fault("%s.cost: %g is not above 0", path, cost)
		}
		c.Groups = append(c.Groups, sim.Group{Name: g.Name, Skills: g.Skills, Most: g.Most, Cost: cost})
	}
	if len(all.Groups) == 0 {
		fault("groups: there are none")
	}
	for i, g := range all.Goals {
		path := fmt.Sprintf("goals[%d]", i)
		if !(g.Target >= 0 && g.Target < 1) {
			fault("%s.target: %g is not a share from 0 to below 1", path, g.Target)
		}
		if !(g.Abandon >= 0 && g.Abandon <= 1) {
			fault("%s.abandon: %g is not a share from 0 to 1", path, g.Abandon)
		}
		if g.Target == 0 && g.Abandon == 0 && g.ASA == 0 {
			fault("%s: it asks for nothing: there is no target, asa or abandon", path)
		}
		c.Goals = append(c.Goals, sim.Goal{Queue: g.Queue, Tier: g.Tier, Daily: g.Daily, Target: erlang.Target{
			ServiceLevel: g.Target, Within: time.Duration(g.Within), ASA: time.Duration(g.ASA), Abandon: g.Abandon,
		}})
	}
	return c, errors.Join(faults...)
}

func writeCrew(out io.Writer, c crew) error {
	var all crewText
	for _, g := range c.Groups {
		all.Groups = append(all.Groups, groupText{Name: g.Name, Skills: g.Skills, Most: g.Most, Cost: &g.Cost})
	}
	for _, g := range c.Goals {
		all.Goals = append(all.Goals, goalText{
			Queue: g.Queue, Tier: g.Tier, Daily: g.Daily,
			Target: g.ServiceLevel, Within: span(g.Within), ASA: span(g.ASA), Abandon: g.Abandon,
		})
	}
	return writeJSON(out, all)
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// goalsOf is what is promised: each queue's service level in each interval, unless
// the crew's goals say something else for the whole of that queue, and the rest of
// the crew's. Targets are those of the forecast's queues, changed where the crew
// changes them.
func goalsOf(f forecast, targets []erlang.Target, extra []sim.Goal) []sim.Goal {
	var all []sim.Goal
	for i, q := range f.queues {
		at := slices.IndexFunc(extra, func(g sim.Goal) bool { return g.Queue == q.name && g.Tier == "" })
		if at < 0 {
			all = append(all, sim.Goal{Queue: q.name, Target: targets[i]})
		} else {
			within := targets[i].Within // of the figures, where the goal names no time
			if targets[i] = extra[at].Target; targets[i].ServiceLevel == 0 {
				targets[i].Within = within
			}
		}
	}
	return append(all, extra...)
}

// goalName says in a few words what a goal asks for.
func goalName(g sim.Goal) string {
	who := g.Queue
	if g.Tier != "" {
		who = strings.TrimSpace(who + " " + g.Tier + " callers")
	}
	if who == "" {
		who = "all calls"
	}
	if g.Daily {
		who += " over the day"
	}
	return who + ": " + targetName(g.Target)
}

func targetName(t erlang.Target) string {
	var parts []string
	if t.ServiceLevel > 0 {
		parts = append(parts, fmt.Sprintf("%.4g %% of the calls answered within %v", 100*t.ServiceLevel, t.Within))
	}
	if t.ASA > 0 {
		parts = append(parts, fmt.Sprintf("answered after %v on average", t.ASA))
	}
	if t.Abandon > 0 {
		parts = append(parts, fmt.Sprintf("at most %.4g %% hang up", 100*t.Abandon))
	}
	return strings.Join(parts, ", ")
}

// checkGoals names the goals that speak of what is not there.
func checkGoals(goals []sim.Goal, p acd.Plan) error {
	var faults []error
	for _, g := range goals {
		if g.Queue != "" && queueNamed(&p, g.Queue) == nil {
			faults = append(faults, fmt.Errorf("goal %q: the plan has no queue %q", goalName(g), g.Queue))
		}
		if g.Tier != "" {
			if err := knownTiers(p, []share{{tier: g.Tier}}); err != nil {
				faults = append(faults, fmt.Errorf("goal %q: the plan has no tier %q", goalName(g), g.Tier))
			}
		}
	}
	return errors.Join(faults...)
}
