package sim_test

import (
	"sync"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// TestConcurrentRunsAreIndependent plays one scenario several times at once:
// each run has its own Engine, and all come to the same.
func TestConcurrentRunsAreIndependent(t *testing.T) {
	plan := plain()
	plan.Affinity.Mode = acd.AffinityHold
	s := sim.Scenario{
		Plan:   plan,
		Agents: staff(10, acd.Skills{"a": 1}),
		Calls: poisson(2_000, sim.Exponential{Mean: 20 * time.Second},
			sim.LogNormal{Mean: 3 * time.Minute, SD: 3 * time.Minute}, sim.Exponential{Mean: 5 * time.Minute}),
		Seed: 7,
	}
	want, err := sim.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			got, err := sim.Run(t.Context(), s)
			if err != nil {
				t.Error(err)
			}
			if got.Busy != want.Busy || got.Events != want.Events || got.Outcomes[sim.Answered] != want.Outcomes[sim.Answered] {
				t.Errorf("one run gives %+v, another %+v", got, want)
			}
		})
	}
	wait.Wait()
}
