package acd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/acd"
)

// readmeBlock is the README, and the first block in it of a language.
func readmeBlock(t *testing.T, language string) (readme, block string) {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```"+language+"\n")
	block, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatalf("the README has no block of %s", language)
	}
	return string(text), block
}

// TestReadmeProgramRuns pastes the README's program into a fresh module, as a
// new user would, and runs it.
func TestReadmeProgramRuns(t *testing.T) {
	readme, program := readmeBlock(t, "go")
	lines := 0
	for line := range strings.Lines(program) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	if lines > 15 {
		t.Errorf("the program has %d lines, more than 15", lines)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	module := "module fresh\n\ngo 1.26.0\n\nrequire github.com/najimi-acd/najimi v0.0.0\n\nreplace github.com/najimi-acd/najimi => " + root + "\n"
	for name, text := range map[string]string{"main.go": program, "go.mod": module} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), "go", "run", ".")
	run.Dir = dir
	run.Env = append(os.Environ(), "GOWORK=off")
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := "offered to aya because same_agent\n"; string(out) != want {
		t.Errorf("it prints %q, want %q", out, want)
	}
	if !strings.Contains(readme, "`"+strings.TrimSpace(string(out))+"`") {
		t.Error("the README says that it prints something else")
	}
}

// TestReadmePlanIsAPlan reads the plan that the README shows.
func TestReadmePlanIsAPlan(t *testing.T) {
	_, text := readmeBlock(t, "json")
	plan, err := acd.ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if found := plan.Check(map[string]acd.Skills{"aya": {"support": 4}}); len(found) > 0 {
		t.Errorf("it is doubtful: %v", found)
	}
}
