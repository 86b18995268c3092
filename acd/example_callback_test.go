package acd_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// A caller leaves and keeps the place. When the turn comes an operator is
// reserved, and then the customer's phone is to ring.
func ExampleEngine_Apply_callback() {
	engine, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i, cmd := range []acd.Command{
		{Type: acd.CmdArrive, Call: "mori"},
		{Type: acd.CmdCallback, Call: "mori", Number: "090-1234-5678"},
		{Type: acd.CmdArrive, Call: "abe"},
		{Type: acd.CmdLogin, Agent: "aya"},
		{Type: acd.CmdReady, Agent: "aya"},
	} {
		cmd.At = nine.Add(time.Duration(i) * time.Minute)
		events, err := engine.Apply(cmd)
		if err != nil {
			fmt.Println(err)
		}
		for _, e := range events {
			if e.Type == acd.EventOffered {
				fmt.Println("ring", e.Agent, "and then", e.Context.Number, "who has waited", e.Context.Waited)
			}
		}
	}
	// Output: ring aya and then 090-1234-5678 who has waited 4m0s
}
