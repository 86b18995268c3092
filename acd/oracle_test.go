package acd_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// TestEngineEqualsOracle drives the Engine and the dumb oracle with the same
// random plan and commands: every event, every refusal's code and every
// deadline must be the same. Texts of warnings are left to each.
func TestEngineEqualsOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw, commands := drawing(t)
		plan := acdtest.RandomPlan(draw)
		engine, err := acd.New(plan)
		if err != nil {
			t.Fatal(err)
		}
		oracle := acdtest.NewOracle(plan)
		random := acdtest.NewRandom(plan, draw)
		for range commands {
			cmd := random.Next()
			got, gotErr := engine.Apply(cmd)
			want, wantErr := oracle.Apply(cmd)
			if diff := diffEvents(want, got); diff != "" {
				t.Fatalf("%+v\n(-oracle +engine)\n%s", cmd, diff)
			}
			if refusal(gotErr) != refusal(wantErr) {
				t.Fatalf("%+v\nengine: %v\noracle: %v", cmd, gotErr, wantErr)
			}
			next, ok := engine.Next()
			wantNext, wantOK := oracle.Next()
			if ok != wantOK || !next.Equal(wantNext) {
				t.Fatalf("%+v\nnext deadline: engine %v %v, oracle %v %v", cmd, next, ok, wantNext, wantOK)
			}
			random.Saw(got)
			random.SetNext(next, ok)
		}
	})
}

// drawing is where a random run takes its numbers from, and how many commands
// it has. Numbers from rapid shrink well, but most are small and most runs
// short; so three runs of four take theirs evenly from a seed, and are long.
func drawing(t *rapid.T) (draw acdtest.Draw, commands int) {
	if rapid.IntRange(0, 3).Draw(t, "shrinkable") == 0 {
		return func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "n") }, rapid.IntRange(1, 100).Draw(t, "commands")
	}
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	return random.IntN, 300
}

// diffEvents compares events but for the wording of warnings. Nearly all are
// the same to the bit, which is found out much faster than a difference.
func diffEvents(want, got []acd.Event) string {
	want, got = wordless(want), wordless(got)
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

func wordless(events []acd.Event) []acd.Event {
	events = slices.Clone(events)
	for i := range events {
		if len(events[i].Warnings) > 0 {
			events[i].Warnings = []string{"warned"}
		}
	}
	return events
}

func refusal(err error) acd.Code {
	if r, ok := errors.AsType[*acd.Refused](err); ok {
		return r.Code
	}
	return ""
}
