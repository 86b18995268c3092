package acd_test

import (
	"testing"

	"github.com/najimi-acd/najimi/internal/mutant"
)

// mutants are seeded faults, at least one for each law: an edit of the source
// that breaks it, and the test that must notice.
var mutants = []struct {
	law      string // the test, less "TestLaw"
	pkg      string // where that test is
	file     string
	old, new string
}{
	// A call that has had its outcome is taken in again.
	{"Conservation", "acd", "acd/arrive.go", "known, ok := e.calls[cmd.Call]; ok {", "known, ok := e.calls[cmd.Call]; ok && known.call != nil {"},
	// The own agent is reserved whatever it is doing.
	{"OneCallOneAgent", "acd", "acd/match.go", "own != nil && own.state == StateReady && own", "own != nil && own"},
	// An agent who becomes ready does not look for calls of one's own.
	{"CompleteMatching", "acd", "acd/pool.go", "for _, l := range a.own {", "for _, l := range a.own[:0] {"},
	// An own agent may take what it has no skill for.
	{"Eligibility", "acd", "acd/agent.go", "return a.mayServe(l) || a.meetsFloor(l.queue)", "return true"},
	// The shortest idle is preferred.
	{"Order", "acd", "acd/select.go", "return a.idleSince < b.idleSince", "return a.idleSince > b.idleSince"},
	// Ties between calls go to the later arrival.
	{"Order", "acd", "acd/line.go", "Urgency: c.since - c.lead, Order: c.order}", "Urgency: c.since - c.lead, Order: -c.order}"},
	// A catch-up in occupancy is noticed a minute late.
	{"Order", "acd", "acd/occupied.go", "return first, now + int64(u)", "return first, now + int64(u) + 60_000_000_000"},
	// Head starts are not capped.
	{"OvertakingBound", "acd", "acd/line.go", "c.lead = min(d, c.headStart)", "c.lead = c.headStart"},
	// A hold does not end by itself.
	{"HoldBounded", "acd", "acd/timer.go", "e.endHold(t.call)", ""},
	// A hold goes on though the own agent has gone.
	{"HoldBounded", "acd", "acd/agent.go", "e.endHolds(a)", ""},
	// The silence of a failed bridge counts as waiting.
	{"NothingWaitsTwice", "acd", "acd/talk.go", "c.since += e.now - c.talked", ""},
	// Positions count from 2.
	{"Numbers", "acd", "acd/rules.go", "n := 1 + q.held", "n := 2 + q.held"},
	// What timers make possible happens only when the next command comes.
	{"ReplayEqualsLive", "acd", "acd/timer.go", "e.match()", ""},
	// Something is drawn from outside of the seed.
	{"SameSeedSameBytes", "acd/sim", "acd/sim/run.go", "rand.New(rand.NewPCG(s.Seed, 2))", "rand.New(rand.NewPCG(rand.Uint64(), 2))"},
}

// TestEveryLawCatchesItsMutants runs the test of each law on its mutant.
func TestEveryLawCatchesItsMutants(t *testing.T) {
	for _, m := range mutants {
		t.Run(m.law, func(t *testing.T) {
			t.Parallel()
			var args []string
			if m.pkg == "acd" {
				args = []string{"-rapid.checks=2000", "-rapid.nofailfile", "-rapid.shrinktime=0s"}
			}
			fault := mutant.Mutant{Test: "TestLaw" + m.law, Package: "./" + m.pkg, File: m.file, Old: m.old, New: m.new}
			fault.Run(t, "..", args...)
		})
	}
}
