package loyalty_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/loyalty"
)

// arrival is a call of somebody who was found.
func arrival(found acd.Found) acd.Command {
	return acd.Command{Type: acd.CmdArrive, At: now, Call: "c1",
		Customer: found.Customer, Score: found.Score, Attributes: found.Attributes}
}

func TestFound(t *testing.T) {
	r := loyalty.Result{Customer: "sato", Score: 70.83, Quadrant: "spurious", Stance: "unfavourable", AtRisk: true}
	want := acd.Found{Customer: "sato", Score: new(70.83),
		Attributes: map[string]string{"loyalty": "spurious", "attitude": "unfavourable", "at_risk": "yes"}}
	if diff := cmp.Diff(want, r.Found()); diff != "" {
		t.Error(diff)
	}
	r = loyalty.Result{Customer: "mori", Quadrant: "none", Stance: "unknown", New: true}
	want = acd.Found{Customer: "mori", Score: new(0.0),
		Attributes: map[string]string{"loyalty": "none", "attitude": "unknown", "new": "yes"}}
	if diff := cmp.Diff(want, r.Found()); diff != "" {
		t.Error(diff)
	}
}

// The Engine is asked which tier a call of this score has.
func TestTierIsTheEngines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}}
		name := []string{"gold", "silver", "bronze", "iron"}
		for i := range rapid.IntRange(0, len(name)).Draw(t, "tiers") {
			tier := acd.Tier{Name: name[i]}
			if rapid.IntRange(0, 4).Draw(t, "by score") > 0 {
				tier.MinScore = new(float64(rapid.IntRange(0, 5).Draw(t, "min score")) * 20)
			}
			plan.Tiers = append(plan.Tiers, tier)
		}
		engine, err := acd.New(plan)
		if err != nil {
			t.Fatal(err)
		}
		result := loyalty.Result{Customer: "sato", Score: float64(rapid.IntRange(0, 10).Draw(t, "score")) * 10}
		var told acd.Context
		for _, cmd := range []acd.Command{
			{Type: acd.CmdLogin, At: now, Agent: "aya"}, {Type: acd.CmdReady, At: now, Agent: "aya"}, arrival(result.Found()),
		} {
			events, err := engine.Apply(cmd)
			if err != nil {
				t.Fatal(err)
			}
			if i := slices.IndexFunc(events, func(e acd.Event) bool { return e.Type == acd.EventOffered }); i >= 0 {
				told = *events[i].Context
			}
		}
		if got := loyalty.Tier(plan.Tiers, result.Score); told.Customer != "sato" || got != told.Tier {
			t.Fatalf("score %v of %+v: got %q, the Engine has %q", result.Score, plan.Tiers, got, told.Tier)
		}
	})
}
