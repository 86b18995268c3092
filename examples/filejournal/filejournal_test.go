package filejournal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
	"github.com/najimi-acd/najimi/examples/filejournal"
)

func open(t *testing.T, dir string) *filejournal.Journal {
	t.Helper()
	j, err := filejournal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func TestFileJournalConforms(t *testing.T) {
	acdtest.JournalConformance(t, func(t *testing.T) (acd.Journal, func() acd.Journal) {
		dir := t.TempDir()
		return open(t, dir), func() acd.Journal { return open(t, dir) }
	})
}

// A crash in the middle of a write leaves whole records only.
func TestTornRecordIsCutOff(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	if err := j.Append(t.Context(), 1, [][]byte{[]byte("one"), []byte("two"), []byte("three")}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "records-1.jsonl")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int]int{0: 0, 2: 0, 3: 0, 4: 1, 7: 1, 8: 2, 13: 2, 14: 3} {
		if err := os.WriteFile(file, whole[:size], 0o666); err != nil {
			t.Fatal(err)
		}
		j := open(t, dir)
		got := 0
		for _, err := range j.Records(t.Context(), 1) {
			if err != nil {
				t.Fatal(err)
			}
			got++
		}
		if got != want {
			t.Errorf("%d bytes: %d records, want %d", size, got, want)
		}
		if err := j.Append(t.Context(), uint64(got+1), [][]byte{[]byte("next")}); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
		if text, _ := os.ReadFile(file); string(text) != string(whole[:[]int{0, 4, 8, 14}[want]])+"next\n" {
			t.Errorf("%d bytes: the file is %q", size, text)
		}
	}
}
