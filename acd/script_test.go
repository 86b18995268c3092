package acd_test

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

var update = flag.Bool("update", false, "rewrite the story scripts in testdata")

// TestStories plays each script in testdata with the Engine, and with the
// oracle, which must tell the same story.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			acdtest.Script(t, file, *update, func(p acd.Plan) (acdtest.Router, error) { return acd.New(p) })
		})
	}
}
