package acd_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// live are the files of the Router, which has a clock and goroutines.
var live = []string{
	"journal.go", "lookup.go", "router.go", "router_config.go", "router_explain.go",
	"router_health.go", "router_history.go", "router_loop.go", "router_record.go", "router_restart.go", "router_store.go",
}

// TestEngineIsPure reads the source of the packages that must be deterministic
// and fails on a clock, a goroutine, randomness, or an import from outside the
// standard library.
func TestEngineIsPure(t *testing.T) {
	seen := 0
	for _, dir := range []string{".", "../queue", "../erlang"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || slices.Contains(live, file) {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			for _, fault := range impurities(t, file, source) {
				t.Error(fault)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d files read", seen)
	}
}

// TestImpurityIsFound shows that the test above can fail.
func TestImpurityIsFound(t *testing.T) {
	for _, source := range []string{
		`package p; import "time"; var _ = time.Now()`,
		`package p; import clock "time"; func f() { clock.Sleep(1) }`,
		`package p; func f() { go f() }`,
		`package p; import "math/rand/v2"; var _ = rand.Int()`,
		`package p; import "pgregory.net/rapid"; var _ rapid.T`,
	} {
		if len(impurities(t, "p.go", []byte(source))) == 0 {
			t.Errorf("nothing found in %s", source)
		}
	}
}

func impurities(t *testing.T, file string, source []byte) []string {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	fault := func(n ast.Node, what string) {
		faults = append(faults, set.Position(n.Pos()).String()+": "+what)
	}
	clock := ""
	for _, spec := range tree.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		first, _, _ := strings.Cut(path, "/")
		own := path == "github.com/najimi-acd/najimi/queue"
		switch {
		case strings.HasPrefix(path, "math/rand") || path == "crypto/rand":
			fault(spec, "randomness: "+path)
		case strings.Contains(first, ".") && !own:
			fault(spec, "not of the standard library: "+path)
		case path == "time":
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
	}
	ticking := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			fault(n, "a go statement")
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && clock != "" && x.Name == clock && slices.Contains(ticking, n.Sel.Name) {
				fault(n, "a clock: time."+n.Sel.Name)
			}
		}
		return true
	})
	return faults
}
