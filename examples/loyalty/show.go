package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// plan sends callers who are at risk to an expert, and gives head starts by
// score.
var plan = acd.Plan{
	Tiers: []acd.Tier{
		{Name: "gold", MinScore: new(80.0), HeadStart: 2 * time.Minute},
		{Name: "silver", MinScore: new(50.0), HeadStart: 30 * time.Second},
	},
	Entry: []acd.Entry{
		{Name: "loyal by habit, and unhappy", When: acd.When{Attributes: map[string]string{"at_risk": "yes"}}, Queue: "experts"},
		{Name: "everyone else", Queue: "support"},
	},
	Queues: []acd.Queue{
		{Name: "experts", Steps: []acd.Step{{Needs: acd.Skills{"mending": 5}}}},
		{Name: "support", Steps: []acd.Step{{Needs: acd.Skills{"support": 1}}}},
	},
}

// show lets three of the customers call a centre in which nobody is free, one
// every half minute: the one with the lowest score, one at risk, and the one
// with the highest score of all others. Then an agent and an expert sit down.
func (r report) show(out io.Writer) error {
	engine, err := acd.New(plan)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\nSome of them call while nobody is free. Then Aya sits down, who is on support, and")
	fmt.Fprintln(out, "Emi, an expert:")
	at := r.Now
	names := map[string]string{} // by call: a customer's name may be no identifier
	apply := func(cmd acd.Command) error {
		cmd.At = at
		events, err := engine.Apply(cmd)
		for _, e := range events {
			tell(out, e, names[e.Call])
		}
		return err
	}
	for _, c := range r.callers() {
		found := c.Found()
		call := fmt.Sprintf("c%d", len(names)+1)
		names[call] = c.Customer
		if err := apply(acd.Command{Type: acd.CmdArrive, Call: call,
			Customer: found.Customer, Score: found.Score, Attributes: found.Attributes}); err != nil {
			return err
		}
		at = at.Add(30 * time.Second)
	}
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "Aya", Skills: acd.Skills{"support": 5}},
		{Type: acd.CmdReady, Agent: "Aya"},
		{Type: acd.CmdLogin, Agent: "Emi", Skills: acd.Skills{"mending": 8}},
		{Type: acd.CmdReady, Agent: "Emi"},
	} {
		if err := apply(cmd); err != nil {
			return err
		}
	}
	return nil
}

// callers are the lowest score, the highest at risk, and the highest of the
// others, where there are such.
func (r report) callers() []judged {
	sorted := slices.SortedStableFunc(slices.Values(r.Customers), func(a, b judged) int { return cmp.Compare(a.Score, b.Score) })
	var list []judged
	for _, c := range sorted[:min(1, len(sorted))] {
		if !c.AtRisk {
			list = append(list, c)
		}
	}
	slices.Reverse(sorted)
	for _, atRisk := range []bool{true, false} {
		i := slices.IndexFunc(sorted, func(c judged) bool { return c.AtRisk == atRisk })
		if i >= 0 && !slices.ContainsFunc(list, func(c judged) bool { return c.Customer == sorted[i].Customer }) {
			list = append(list, sorted[i])
		}
	}
	return list
}

func tell(out io.Writer, e acd.Event, customer string) {
	clock := e.At.Format("15:04:05")
	switch e.Type {
	case acd.EventQueued:
		fmt.Fprintf(out, "%s  %.20s calls: queue %s, place %d\n", clock, customer, e.Queue, e.Position)
	case acd.EventOffered:
		fmt.Fprintf(out, "%s  %s is free: rings for %.20s (rule %q, head start %v, overtakes %d)\n",
			clock, e.Agent, customer, e.Why.Entry, e.Why.HeadStart, e.Why.Overtaken)
	}
}
