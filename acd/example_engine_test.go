package acd_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// A gold customer arrives 90 seconds after another caller and is served first.
func ExampleEngine_Apply() {
	engine, err := acd.New(acd.Plan{
		Tiers:  []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}},
		Entry:  []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, cmd := range []acd.Command{
		{At: nine, Type: acd.CmdArrive, Call: "mori"},
		{At: nine.Add(90 * time.Second), Type: acd.CmdArrive, Call: "sato", Tier: "gold"},
		{At: nine.Add(100 * time.Second), Type: acd.CmdLogin, Agent: "aya"},
		{At: nine.Add(100 * time.Second), Type: acd.CmdReady, Agent: "aya"},
	} {
		events, err := engine.Apply(cmd)
		if err != nil {
			fmt.Println(err)
		}
		for _, e := range events {
			if e.Type == acd.EventOffered {
				fmt.Printf("ring %s for %s: head start %v, overtaken %d\n", e.Agent, e.Call, e.Why.HeadStart, e.Why.Overtaken)
			}
		}
	}
	// Output: ring aya for sato: head start 2m0s, overtaken 1
}

// Whoever drives the Engine wakes it up at its next deadline.
func ExampleEngine_Next() {
	engine, err := acd.New(acd.Plan{
		Entry:  []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support", Ring: new(15 * time.Second)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	engine.Apply(acd.Command{At: nine, Type: acd.CmdLogin, Agent: "aya"})
	engine.Apply(acd.Command{At: nine, Type: acd.CmdReady, Agent: "aya"})
	engine.Apply(acd.Command{At: nine, Type: acd.CmdArrive, Call: "sato"})
	for next, ok := engine.Next(); ok; next, ok = engine.Next() {
		events, _ := engine.Apply(acd.Command{At: next, Type: acd.CmdAdvance})
		for _, e := range events {
			fmt.Println(e.At.Format("15:04:05"), e.Type, e.Reason)
		}
	}
	// Output:
	// 09:00:15 withdrawn no_answer
	// 09:00:15 requeued no_answer
	// 09:00:15 agent no_answer
}

// A refusal is data: a code for programs and a detail for people.
func ExampleRefused() {
	engine, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = engine.Apply(acd.Command{Type: acd.CmdReady, At: time.Unix(0, 0), Agent: "aya"})
	fmt.Println(err)
	fmt.Println(err.(*acd.Refused).Code == acd.CodeUnknownAgent)
	// Output:
	// refused: unknown_agent: agent "aya" has never logged in
	// true
}
