package acd_test

import (
	"context"
	"fmt"

	"github.com/najimi-acd/najimi/acd"
)

// A live router: commands from anywhere, events for whoever wants them, and a
// journal from which the next router goes on.
func ExampleRouter() {
	ctx := context.Background()
	config := acd.Config{
		Plan: acd.Plan{
			Entry:  []acd.Entry{{Queue: "support"}},
			Queues: []acd.Queue{{Name: "support"}},
		},
		Journal: new(acd.MemoryJournal), // or one that survives the process
	}
	router, err := acd.Open(ctx, config)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, cmd := range []acd.Command{
		{Type: acd.CmdArrive, Call: "sato", Caller: "03-1234-5678"},
		{Type: acd.CmdLogin, Agent: "aya"},
		{Type: acd.CmdReady, Agent: "aya"},
	} {
		if _, err := router.Do(ctx, cmd); err != nil {
			fmt.Println(err)
		}
	}
	if err := router.Close(ctx); err != nil {
		fmt.Println(err)
	}

	router, err = acd.Open(ctx, config)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer router.Close(ctx)
	router.Do(ctx, acd.Command{Type: acd.CmdAccept, Offer: "o1"})
	call, err := router.Explain(ctx, "sato")
	fmt.Println(call.Place, "with", call.Agent, err)
	// Output: talking with aya <nil>
}

// A subscriber goes on after the last event that it has seen.
func ExampleRouter_Events() {
	ctx := context.Background()
	router, err := acd.Open(ctx, acd.Config{Plan: acd.Plan{
		Entry:  []acd.Entry{{Queue: "support"}},
		Queues: []acd.Queue{{Name: "support"}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer router.Close(ctx)
	go func() {
		router.Do(ctx, acd.Command{Type: acd.CmdArrive, Call: "sato"})
		router.Do(ctx, acd.Command{Type: acd.CmdHangup, Call: "sato"})
	}()
	for event, err := range router.Events(ctx, 0) {
		if err != nil {
			fmt.Println(err) // a *FellBehind: what follows is not the next event
			continue
		}
		fmt.Println(event.Seq, event.Type, event.Call)
		if event.Type == acd.EventAbandoned {
			break
		}
	}
	// Output:
	// 1 queued sato
	// 2 abandoned sato
}
