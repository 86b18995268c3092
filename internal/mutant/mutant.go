// Package mutant proves that tests notice faults: it seeds one in a copy of the
// source and runs the test that must fail.
package mutant

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A Mutant is a seeded fault: an edit of the source, and the test that must
// notice.
type Mutant struct {
	Test     string // by name
	Package  string // where the test is, from the root: "./erlang"
	File     string // from the root, with slashes
	Old, New string // Old occurs just once
}

// Run builds the mutant in a copy and runs its test, which must fail by itself:
// not to compile does not count. root is the module's directory, args are passed
// to the test binary.
func (m Mutant) Run(t *testing.T, root string, args ...string) {
	t.Helper()
	root, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, filepath.FromSlash(m.File))
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), m.Old); n != 1 {
		t.Fatalf("%s has %q %d times: the mutant needs a new place", m.File, m.Old, n)
	}
	dir := t.TempDir()
	mutant, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(mutant, []byte(strings.Replace(string(source), m.Old, m.New, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {file: mutant}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, text, 0o644); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"test", "-vet=off", "-overlay", overlay, "-run", "^" + m.Test + "$", m.Package, "-timeout=60s"}, args...)
	run := exec.CommandContext(t.Context(), "go", args...)
	run.Dir = root
	out, err := run.CombinedOutput()
	switch {
	case err == nil:
		t.Errorf("%s does not notice that %s has %q in place of %q", m.Test, m.File, m.New, m.Old)
	case !strings.Contains(string(out), "--- FAIL: "+m.Test):
		t.Errorf("the mutant did not run: %v\n%s", err, out)
	case strings.Contains(string(out), "panic"):
		t.Logf("%s notices by a panic:\n%.2000s", m.Test, out)
	}
}
