package acd_test

import (
	"testing"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

func TestMemoryJournalConforms(t *testing.T) {
	acdtest.JournalConformance(t, func(*testing.T) (acd.Journal, func() acd.Journal) {
		j := new(acd.MemoryJournal)
		return j, func() acd.Journal { return j }
	})
}
