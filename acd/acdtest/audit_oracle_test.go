package acdtest

import (
	"math/rand/v2"
	"testing"
)

// auditStream lets an oracle decide a random stream and returns what the
// auditor says to it.
func auditStream(seed uint64, commands int) []Violation {
	draw := Draw(rand.New(rand.NewPCG(seed, 3)).IntN)
	plan := RandomPlan(draw)
	oracle, auditor, random := NewOracle(plan), NewAuditor(plan), NewRandom(plan, draw)
	for range commands {
		cmd := random.Next()
		events, err := oracle.Apply(cmd)
		random.Saw(events)
		random.SetNext(oracle.Next())
		if found := auditor.Applied(cmd, events, err); found != nil {
			return found
		}
	}
	return auditor.Close()
}

func TestAuditorFindsNoFaultWithTheOracle(t *testing.T) {
	streams := 3000
	if testing.Short() {
		streams = 400
	}
	for seed := range streams {
		if found := auditStream(uint64(seed), 150); found != nil {
			t.Fatalf("seed %d: %v", seed, found)
		}
	}
}
