package acd_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// The program of the README.
func Example() {
	plan, _ := acd.ParsePlan([]byte(`{"entry": [{"queue": "support"}], "queues": [{"name": "support"}], "affinity": {"mode": "prefer"}}`))
	router, _ := acd.New(plan)
	now := time.Now()
	router.Apply(acd.Command{Type: acd.CmdLogin, At: now, Agent: "aya"})
	router.Apply(acd.Command{Type: acd.CmdReady, At: now, Agent: "aya"})
	events, _ := router.Apply(acd.Command{Type: acd.CmdArrive, At: now, Call: "c1", LastAgent: "aya"})
	fmt.Println(events[1].Type, "to", events[1].Agent, "because", events[1].Why.Reason)
	// Output: offered to aya because same_agent
}
