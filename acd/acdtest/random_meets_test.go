package acdtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/acd"
)

// meeting is what a few hundred streams must meet: a word for what was asked or
// told, and then what came of it or why it came.
const meeting = `
login done bad_value time_backwards
logout done unknown_agent
ready done bad_state bad_id unknown_agent time_backwards
not_ready done bad_state bad_value unknown_agent
wrap_up done bad_state bad_value unknown_agent
arrive done bad_id bad_value duplicate_call time_backwards
hangup done unknown_call
accept done bad_id stale_offer time_backwards
decline done bad_state bad_value stale_offer
end done bad_state unknown_call
bridge_failed done unknown_call
transfer done bad_state bad_id bad_value unknown_call unknown_agent unknown_queue time_backwards
callback done bad_state bad_id bad_value unknown_call time_backwards
cancel done bad_state unknown_call
deflect done bad_state bad_id bad_value unknown_call
plan done malformed invalid bad_plan
advance done
sing malformed
queued -
step -
offered longest_idle most_skilled least_skilled least_occupied fewest_calls same_agent transferred
offered-callback longest_idle most_skilled least_skilled least_occupied fewest_calls same_agent transferred
withdrawn no_answer busy declined unreachable error hangup logout
requeued no_answer busy declined unreachable error logout bridge_failed due retry
connected -
abandoned - cancelled
ended -
disposition -
blocked full closed limit
overflowed -
diverted -
suggested sms web callback
deflected sms web
callback_booked -
callback_failed attempts expired
transferred -
announced -
overdue waiting talking suggested
ready ended hangup ready rested transferred wrap_up busy declined error no_answer unreachable
wrap_up ended transferred
logged_out logout
not_ready login bridge_failed busy declined error no_answer unreachable lunch not_ready study
`

func TestRandomMeetsEverything(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(400) {
		draw := Draw(rand.New(rand.NewPCG(seed, 6)).IntN)
		plan := RandomPlan(draw)
		engine, err := acd.New(plan)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		random := NewRandom(plan, draw)
		plans := map[*acd.Plan]string{&plan: planText(plan)}
		for range 300 {
			cmd := random.Next()
			if cmd.Plan != nil {
				if plans[cmd.Plan] != "" {
					t.Fatalf("seed %d: a plan was given twice", seed)
				}
				plans[cmd.Plan] = planText(*cmd.Plan)
			}
			events, err := engine.Apply(cmd)
			random.Saw(events)
			random.SetNext(engine.Next())
			seen[string(cmd.Type)+" "+outcome(&cmd, err)]++
			for i := range events {
				seen[told(&events[i])]++
			}
		}
		for plan, text := range plans {
			if planText(*plan) != text {
				t.Fatalf("seed %d: a plan was changed after it had been given", seed)
			}
		}
	}
	for line := range strings.Lines(meeting) {
		words := strings.Fields(line)
		for i := 1; i < len(words); i++ {
			if met := words[0] + " " + words[i]; seen[met] < 5 {
				t.Errorf("%s: met %d times", met, seen[met])
			}
		}
	}
	t.Log(seen)
}

func outcome(cmd *acd.Command, err error) string {
	refused, ok := errors.AsType[*acd.Refused](err)
	switch {
	case !ok:
		return "done"
	case refused.Code == acd.CodeBadPlan && cmd.Plan.Validate() != nil:
		return "invalid"
	}
	return string(refused.Code)
}

func told(e *acd.Event) string {
	word, reason := string(e.Type), e.Reason
	switch {
	case e.Type == acd.EventAgent:
		word = string(e.State)
	case e.Type == acd.EventOffered:
		reason = e.Why.Reason
		if e.Kind != "" {
			word += "-" + e.Kind
		}
	case e.Channel != "":
		reason = e.Channel
	case reason == "":
		reason = "-"
	}
	return word + " " + reason
}

// planText is all of a plan, pointers followed.
func planText(plan acd.Plan) string {
	text, err := plan.MarshalJSON()
	return fmt.Sprint(string(text), err)
}

func TestRandomChangesAreValid(t *testing.T) {
	same := 0
	for seed := range uint64(1000) {
		draw := Draw(rand.New(rand.NewPCG(seed, 7)).IntN)
		plan := RandomPlan(draw)
		text := planText(plan)
		changed := RandomChange(draw, plan, []string{"support", "billing", "desk"})
		if _, err := acd.New(changed); err != nil {
			t.Fatalf("seed %d: %v\n%+v", seed, err, changed)
		}
		for i := range changed.Queues {
			changed.Queues[i].Name = "other"
			if changed.Queues[i].Ring != nil {
				*changed.Queues[i].Ring = 0
			}
		}
		if planText(plan) != text {
			t.Fatalf("seed %d: the change shares something with the plan before", seed)
		}
		if len(changed.Queues) == len(plan.Queues) {
			same++
		}
	}
	if same < 300 {
		t.Errorf("only %d of 1000 changes keep the number of queues", same)
	}
}
