package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/acd/sim"
	"github.com/najimi-acd/najimi/examples/bank"
)

// scene is a centre's callers and people, which all rules get alike.
type scene struct {
	source   string
	calls    []sim.Call
	agents   []sim.Agent
	kinds    []string // of call, each a queue and a skill
	recorded *ruled   // what really happened, if it is known
	notes    []string
}

// A caller of the "priority" tier has a head start; "regular" is everyone else.
const (
	priority = bank.Priority
	regular  = "regular"
)

// fromLog makes a scene of a month of the bank's records: every call that asked
// for an agent, at the time it left the menu. What the records do not know is
// drawn, as [sim.FromLog] says.
func fromLog(file string, gap time.Duration, seed uint64) (*scene, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := bank.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	log := rows.Records()
	replay, err := sim.FromLog(log, sim.LogOptions{Gap: gap, Attribute: "type"})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	s := &scene{
		source: filepath.Base(file),
		kinds:  replay.Queues,
		agents: replay.Agents,
		calls:  slices.Collect(replay.Calls(rand.New(rand.NewPCG(seed, 0)))),
	}
	s.recorded = recorded(log, calllog.Occupancy(log.Staff(gap, nil)))
	for _, odd := range slices.Concat(rows.Dropped, rows.Odd) {
		s.notes = append(s.notes, fmt.Sprintf("%s: %d, first in line %d", odd.Kind, odd.Count, odd.Line))
	}
	return s, nil
}

func arrival(at time.Time, kind, tier, customer string) acd.Command {
	cmd := acd.Command{At: at, Customer: customer, Attributes: map[string]string{"type": kind}}
	if tier == priority {
		cmd.Tier = priority
	}
	return cmd
}
