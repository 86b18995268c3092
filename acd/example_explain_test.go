package acd_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Why does this caller wait, and why is that operator idle?
func ExampleEngine_Explain() {
	engine, err := acd.New(acd.Plan{
		Tiers: []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}},
		Entry: []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support", Steps: []acd.Step{
			{Needs: acd.Skills{"support": 5}},
			{After: time.Minute, Needs: acd.Skills{"support": 3}},
		}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	nine := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "aya", Skills: acd.Skills{"support": 4}},
		{Type: acd.CmdReady, Agent: "aya"},
		{Type: acd.CmdLogin, Agent: "ben", Skills: acd.Skills{"support": 7}},
		{Type: acd.CmdNotReady, Agent: "ben", Reason: "lunch"},
		{Type: acd.CmdArrive, Call: "mori"},
		{Type: acd.CmdArrive, Call: "sato", Tier: "gold"},
	} {
		cmd.At = nine
		engine.Apply(cmd)
	}
	call, err := engine.Explain("mori")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(call)
	agent, err := engine.ExplainAgent("aya")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(agent)
	// Output:
	// call mori is number 2 in line of support at 09:00:00
	//   waited 0s
	//   step 0 asks for support 5; step 1 comes at 09:01:00
	//   ahead: sato waits 0s, with a head start of 2m0s
	//   agent aya: lacks skill (support 4 of 5)
	//   agent ben: not ready (lunch)
	// agent aya is ready since 09:00:00 (at 09:00:00)
	//   nobody waits whom this agent may take
	//   call sato in support, waits 0s: lacks skill (support 4 of 5)
	//   call mori in support, waits 0s: lacks skill (support 4 of 5)
}
