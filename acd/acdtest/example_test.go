package acdtest_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// The auditor finds that a router rang an agent who was in a talk.
func ExampleAuditor() {
	plan := acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}}
	engine, err := acd.New(plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	auditor := acdtest.NewAuditor(plan)
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "aya"},
		{Type: acd.CmdReady, Agent: "aya"},
		{Type: acd.CmdArrive, Call: "c1"},
		{Type: acd.CmdAccept, Offer: "o1"},
		{Type: acd.CmdArrive, Call: "c2"},
	} {
		cmd.At = now
		events, err := engine.Apply(cmd)
		if cmd.Call == "c2" { // what a faulty router might add
			events = append(events, acd.Event{Type: acd.EventOffered, At: now, Seq: 7, Offer: "o2", Call: "c2", Agent: "aya",
				Until: now.Add(20 * time.Second), Why: &acd.Why{Queue: "support", Reason: "longest_idle"}, Context: &acd.Context{}})
		}
		for _, v := range auditor.Applied(cmd, events, err) {
			if v.Law == acdtest.LawOneCallOneAgent {
				fmt.Println(v.Detail)
			}
		}
	}
	// Output: offer o2 to aya, who is talking
}

// Random plans and commands, with which the Engine and the oracle are compared.
func ExampleRandom() {
	random := rand.New(rand.NewPCG(1, 0))
	plan := acdtest.RandomPlan(random.IntN)
	engine, err := acd.New(plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	oracle := acdtest.NewOracle(plan)
	commands := acdtest.NewRandom(plan, random.IntN)
	told := 0
	for range 1_000 {
		cmd := commands.Next()
		events, _ := engine.Apply(cmd)
		others, _ := oracle.Apply(cmd)
		if len(events) != len(others) {
			fmt.Println("they differ at", cmd)
		}
		told += len(events)
		commands.Saw(events)
		commands.SetNext(engine.Next())
	}
	fmt.Println("more than a thousand events, all alike:", told > 1_000)
	// Output: more than a thousand events, all alike: true
}
