package acd_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// The whole state as text, and an Engine that goes on from there.
func ExampleEngine_Snapshot() {
	engine, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	engine.Apply(acd.Command{Type: acd.CmdArrive, At: nine, Call: "sato"})
	snapshot, err := engine.Snapshot()
	if err != nil {
		fmt.Println(err)
		return
	}

	again, err := acd.Restore(snapshot)
	if err != nil {
		fmt.Println(err)
		return
	}
	again.Apply(acd.Command{Type: acd.CmdLogin, At: nine.Add(time.Minute), Agent: "aya"})
	events, _ := again.Apply(acd.Command{Type: acd.CmdReady, At: nine.Add(time.Minute), Agent: "aya"})
	for _, e := range events {
		if e.Type == acd.EventOffered {
			fmt.Println(e.Call, "to", e.Agent, "after", e.Context.Waited)
		}
	}
	// Output: sato to aya after 1m0s
}
