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
	// Resting counts as waiting.
	{"CallbacksKeepPlace", "acd", "acd/callback.go", "	c.since += e.now - c.rested\n	if c.joined == never {", "	if c.joined == never {"},
	// A customer who does not answer is called for ever.
	{"CallbacksKeepPlace", "acd", "acd/callback.go", "case b.attempts >= e.rules.attempts:", "case false:"},
	// What is in line when its window closes stays there.
	{"CallbacksKeepPlace", "acd", "acd/callback.go", "	case waiting:\n		e.leaveLine(c)\n		e.failCallback(c, ReasonExpired)\n", ""},
	// The agent pays for a customer who does not answer.
	{"Order", "acd", "acd/callback.go", "e.releaseIdle(a, reason, \"\", a.idleSince)", "e.release(a, reason, \"\")"},
	// A transfer gives no head start.
	{"TransfersKeepEverything", "acd", "acd/transfer.go", "c.headStart = later(c.headStart, e.rules.transferred)", ""},
	// Nobody is told whom the caller has met.
	{"TransfersKeepEverything", "acd", "acd/transfer.go", "c.met = appendBounded(c.met, a.id, maxMet)", ""},
	// The talk before a transfer counts as waiting.
	{"NothingWaitsTwice", "acd", "acd/transfer.go", "c.since += e.now - c.talked", ""},
	// A deflected call stays known as a live one.
	{"Conservation", "acd", "acd/talk.go", "	e.emit(outcome)\n	e.finish(c)\n", "	e.emit(outcome)\n	if outcome.Type == EventDeflected {\n		return\n	}\n	e.finish(c)\n"},
	// A new plan gives calls the head starts of its own cap.
	{"Order", "acd", "acd/follow.go", "c.queue = e.rules.byName[c.queue.name]", "c.queue = e.rules.byName[c.queue.name]\n	e.setLead(c)"},
	// A call that stays too long is dropped from the watch without a word.
	{"Numbers", "acd", "acd/guard.go", "		e.emit(ev)\n		e.unwatch(c)", "		e.unwatch(c)"},
	// A snapshot forgets one thing or another.
	{"SnapshotPlusTailEqualsReplay", "acd", "acd/snapshot.go", "Misses: a.misses, ", ""},
	{"SnapshotPlusTailEqualsReplay", "acd", "acd/snapshot.go", "OwnLead: c.ownLead,", ""},
	{"SnapshotPlusTailEqualsReplay", "acd", "acd/snapshot.go", "Notes: c.notes, ", ""},
	{"SnapshotPlusTailEqualsReplay", "acd", "acd/snapshot.go", "b.attempts, b.retry,", "0, b.retry,"},
	{"SnapshotPlusTailEqualsReplay", "acd", "acd/restore.go", "q.pace.Pace, q.pace.passed = p.Queues[i].Pace, p.Queues[i].Passed", "q.pace.passed = p.Queues[i].Passed"},
	// Something is drawn from outside of the seed.
	{"SameSeedSameBytes", "acd/sim", "acd/sim/habits.go", "key := mix(w.scenario.Seed, who)", "key := mix(rand.Uint64(), who)"},
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
