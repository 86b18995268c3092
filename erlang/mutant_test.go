package erlang

import (
	"testing"

	"github.com/najimi-acd/najimi/internal/mutant"
)

// mutants are seeded faults, one for each law: an edit of a formula, and the
// test that must notice.
var mutants = []struct {
	law      string // the test, less "TestLaw"
	file     string
	old, new string
}{
	// The recursion leaks a millionth for each server.
	{"BlockingFallsInServersAndRisesInLoad", "b.go", "sum = k / a * (1 + sum)", "sum = k / a * (1 + 0.999999*sum)"},
	// A part of a server counts in proportion.
	{"RealServersLieBetween", "b.go", "sum = freeBelowOne(k, a)", "sum = k / a"},
	// The waiting states take from the free ones the wrong way round.
	{"WaitingAtLeastBlocking", "c.go", "free.mass *= (n - load) / n", "free.mass *= n / (n - load)"},
	// One agent too many counts.
	{"LongPatienceIsErlangC", "queue.go", "free.mass *= q.gap / q.n", "free.mass *= q.gap / (q.n + 1)"},
	// The first in line never hangs up.
	{"NoPatienceIsErlangB", "patience.go", "w.gone += term * j * share", "w.gone += term * (j - 1) * share"},
	// Each who waits is answered as if by one agent.
	{"Conservation", "patience.go", "w.kept += term * c * share", "w.kept += term * share"},
	// While agents are free on average, the line does not move.
	{"WaitsAddUp", "queue.go", "fall = h*expGap(x) - gap*x", "fall = h * expGap(x)"},
	// A short abandon counts as not served.
	{"ServiceLevels", "outcome.go", "level = s.met", "level = s.answered"},
	// The search stops one agent early.
	{"StaffIsTheFewest", "staff.go", "high-low > 1", "high-low > 2"},
	// Newton's method stops early.
	{"TrafficInvertsBlocking", "traffic.go", "1e-15*slope", "0.1*slope"},
	// Nearly enough is taken for enough.
	{"ServersAreTheFewest", "servers.go", "if b <= maxBlocking {", "if b <= 1.01*maxBlocking {"},
	// The line is served as if nobody came.
	{"QuantileInvertsWaitOver", "queue.go", "return ratio / q.gap", "return ratio / q.n"},
	// A caller does not wait for the talks that are going on.
	{"ManyLinesAreNoLimit", "lines.go", "(1 + meanPlace(m-1, x)) / q.n", "meanPlace(m-1, x) / q.n"},
	// There is a place to wait where there is none.
	{"NoPlacesIsErlangB", "lines.go", "q.line.mass = 0", "q.line.mass = 1"},
	// Who was blocked does not try again.
	{"RedialsAreAFixedPoint", "redial.go", "(1-w.Redial)*(q.gone+q.blocked)", "(1-w.Redial)*q.gone + q.blocked"},
	// Patience is counted in minutes.
	{"OnlyTimesScale", "queue.go", "float64(w.Patience) / q.aht", "float64(w.Patience) / 60e9"},
}

func TestEveryLawCatchesItsMutant(t *testing.T) {
	for _, m := range mutants {
		t.Run(m.law, func(t *testing.T) {
			t.Parallel()
			fault := mutant.Mutant{Test: "TestLaw" + m.law, Package: "./erlang", File: "erlang/" + m.file, Old: m.old, New: m.new}
			fault.Run(t, "..", "-rapid.checks=300", "-rapid.nofailfile", "-rapid.shrinktime=0s")
		})
	}
}
