package acd_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
	{"Order", "acd", "acd/line.go", "d)), Order: c.order}", "d)), Order: -c.order}"},
	// A catch-up in occupancy is noticed a minute late.
	{"Order", "acd", "acd/occupied.go", "return first, now + int64(u)", "return first, now + int64(u) + 60_000_000_000"},
	// Head starts are not capped.
	{"OvertakingBound", "acd", "acd/line.go", "return min(d, time.Duration(later(int64(c.headStart), more)))", "return time.Duration(later(int64(c.headStart), more))"},
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

// TestEveryLawCatchesItsMutants builds each mutant in a copy and runs the test
// of its law, which must fail by itself: not to compile does not count.
func TestEveryLawCatchesItsMutants(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutants {
		t.Run(m.law, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(root, filepath.FromSlash(m.file))
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(source), m.old); n != 1 {
				t.Fatalf("%s has %q %d times: the mutant needs a new place", m.file, m.old, n)
			}
			dir := t.TempDir()
			mutant, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
			if err := os.WriteFile(mutant, []byte(strings.Replace(string(source), m.old, m.new, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(map[string]map[string]string{"Replace": {file: mutant}})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(overlay, text, 0o644); err != nil {
				t.Fatal(err)
			}
			args := []string{"test", "-vet=off", "-overlay", overlay, "-run", "^TestLaw" + m.law + "$", "./" + m.pkg}
			if m.pkg == "acd" {
				args = append(args, "-rapid.checks=2000", "-rapid.nofailfile", "-rapid.shrinktime=0s")
			}
			args = append(args, "-timeout=60s")
			run := exec.CommandContext(t.Context(), "go", args...)
			run.Dir = root
			out, err := run.CombinedOutput()
			if err == nil {
				t.Errorf("TestLaw%s does not notice that %s has %q in place of %q", m.law, m.file, m.new, m.old)
			} else if !strings.Contains(string(out), "--- FAIL: TestLaw"+m.law) {
				t.Errorf("the mutant did not run: %v\n%s", err, out)
			}
			if strings.Contains(string(out), "panic") {
				t.Logf("TestLaw%s notices by a panic:\n%.2000s", m.law, out)
			}
		})
	}
}
