package acd_test

import (
	"fmt"

	"github.com/najimi-acd/najimi/acd"
)

// Every mistake is told at once, with its place in the JSON.
func ExampleParsePlan() {
	_, err := acd.ParsePlan([]byte(`{
		"entry": [{"queue": "suport"}],
		"queues": [{
			"name": "support",
			"ring": "0s",
			"steps": [
				{"needs": {"support": 5}},
				{"after": "30s", "needs": {"support": 11}}
			]
		}]
	}`))
	fmt.Println(err)
	// Output:
	// entry[0].queue: no queue is named "suport"
	// queues[0].ring: want more than 0s, or an offer could not be accepted
	// queues[0].steps[1].needs.support: want a level from 1 to 10, got 11
}

// Check finds what is allowed but hardly meant.
func ExamplePlan_Check() {
	plan, err := acd.ParsePlan([]byte(`{
		"tiers": [{"name": "gold", "head_start": "15m"}],
		"entry": [{"queue": "support"}],
		"queues": [
			{"name": "support", "steps": [
				{"needs": {"support": 5}},
				{"after": "30s", "needs": {"support": 2}}
			]},
			{"name": "billing"}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	agents := map[string]acd.Skills{"hana": {"support": 3}, "ken": {"billing": 9}}
	for _, finding := range plan.Check(agents) {
		fmt.Println(finding)
	}
	// Output:
	// tiers[0].head_start: tier "gold" (15m0s): 15m0s in all is cut to max_head_start 10m0s
	// queues[1].steps: no floor: no step has needs, so everyone can take the calls of queue "billing"
	// queues[0].steps[0].needs: none of the 2 agents has these skills
	// queues[1]: nothing but a transfer leads to queue "billing"
}
