package report

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// drawing is where a random run takes its numbers from, and how many commands it
// has: half of the runs are long, and do not shrink.
func drawing(t *rapid.T) (draw acdtest.Draw, commands int) {
	if rapid.Bool().Draw(t, "shrinkable") {
		return func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "n") }, rapid.IntRange(1, 80).Draw(t, "commands")
	}
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	return random.IntN, 250
}

// stream is the events of a random run of the real Engine, with callbacks,
// transfers and deflections put in between.
func stream(draw acdtest.Draw, commands int) (acd.Plan, []acd.Event, error) {
	plan := acdtest.RandomPlan(draw)
	tinker(&plan, draw)
	engine, err := acd.New(plan)
	if err != nil {
		return plan, nil, err
	}
	random := acdtest.NewRandom(plan, draw)
	var all []acd.Event
	for range commands {
		cmd := random.Next()
		if draw(4) == 0 && len(all) > 0 {
			cmd = extra(plan, draw, cmd.At, all)
		}
		events, _ := engine.Apply(cmd)
		all = append(all, events...)
		random.Saw(events)
		random.SetNext(engine.Next())
	}
	return plan, all, nil
}

// tinker makes plans do what reports count.
func tinker(plan *acd.Plan, draw acdtest.Draw) {
	for i := range plan.Queues {
		q := &plan.Queues[i]
		if draw(2) == 0 {
			q.ServiceLevel = &acd.ServiceLevel{
				Target: 0.8, Within: time.Duration(draw(40)) * time.Second, ShortAbandon: time.Duration(draw(10)) * time.Second,
			}
		}
		if draw(4) == 0 {
			q.Hours = &acd.Hours{Week: map[string][]string{}}
			q.WhenClosed = []acd.Elsewhere{{Callback: true}, {}, {Divert: "119"}}[draw(3)]
		}
		if draw(2) == 0 {
			last := time.Duration(0)
			if n := len(q.Steps); n > 0 {
				last = q.Steps[n-1].After
			} else {
				q.Steps = []acd.Step{{}}
			}
			q.Steps = append(q.Steps, acd.Step{After: last + 5*time.Second, Do: &[]acd.Do{{Deflect: "sms"}, {Callback: true}, {Announce: true}}[draw(3)]})
		}
		if draw(3) == 0 {
			q.WrapUp = 10 * time.Second
		}
	}
	if draw(3) == 0 {
		plan.LongestStay = new(20 * time.Second)
	}
}

// extra is a command about a call that has been seen.
func extra(plan acd.Plan, draw acdtest.Draw, at time.Time, seen []acd.Event) acd.Command {
	e := seen[len(seen)-1-draw(min(len(seen), 20))]
	for i := len(seen) - 1; e.Call == "" && i >= 0; i-- {
		e = seen[i]
	}
	cmd := acd.Command{
		Type: []acd.CommandType{acd.CmdTransfer, acd.CmdTransfer, acd.CmdCallback, acd.CmdCallback, acd.CmdCancel, acd.CmdDeflect, acd.CmdDecline}[draw(7)],
		At:   at, Call: e.Call,
	}
	switch cmd.Type {
	case acd.CmdTransfer:
		if draw(3) == 0 {
			cmd.Agent = "a1"
		} else {
			cmd.Queue = plan.Queues[draw(len(plan.Queues))].Name
		}
	case acd.CmdCallback:
		if draw(2) == 0 {
			cmd.From = at.Add(time.Duration(1+draw(60)) * time.Second)
		}
		if draw(3) == 0 {
			cmd.Until = at.Add(time.Duration(61+draw(60)) * time.Second)
		}
	case acd.CmdDeflect:
		cmd.Channel = "web"
	case acd.CmdDecline:
		cmd.Party = "customer"
		for _, e := range slices.Backward(seen) {
			if e.Type == acd.EventOffered && e.Kind == acd.KindCallback {
				cmd.Offer = e.Offer
				break
			}
		}
	}
	return cmd
}

func TestStreamsHaveEveryEvent(t *testing.T) {
	seen := make(map[acd.EventType]bool)
	for seed := range uint64(100) {
		_, events, err := stream(rand.New(rand.NewPCG(seed, 0)).IntN, 250)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			seen[e.Type] = true
		}
	}
	for _, want := range []acd.EventType{
		acd.EventQueued, acd.EventStep, acd.EventOffered, acd.EventWithdrawn, acd.EventRequeued, acd.EventConnected,
		acd.EventAbandoned, acd.EventEnded, acd.EventAgent, acd.EventDisposition, acd.EventBlocked, acd.EventOverflowed,
		acd.EventDiverted, acd.EventSuggested, acd.EventDeflected, acd.EventCallbackBooked, acd.EventCallbackFailed,
		acd.EventTransferred, acd.EventAnnounced, acd.EventOverdue,
	} {
		if !seen[want] {
			t.Errorf("no event %q", want)
		}
	}
}
