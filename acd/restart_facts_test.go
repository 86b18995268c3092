package acd_test

import (
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// TestAWindowIsAnInstantWhateverItsZone: an offset with seconds cannot be
// written down, so a restored window would be another one.
func TestAWindowIsAnInstantWhateverItsZone(t *testing.T) {
	e, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	from := now.Add(time.Hour).In(time.FixedZone("odd", 9*3600+30))
	book := acd.Command{Type: acd.CmdCallback, Call: "ito", At: now, From: from, Until: from.Add(time.Hour)}
	for _, cmd := range []acd.Command{{Type: acd.CmdArrive, Call: "ito", At: now}, book} {
		if _, err := e.Apply(cmd); err != nil {
			t.Fatal(err)
		}
	}
	snapshot, err := e.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	restored, err := acd.Restore(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	for name, engine := range map[string]*acd.Engine{"live": e, "restored": restored} {
		if events, err := engine.Apply(book); err != nil || len(events) != 0 {
			t.Errorf("%s: the same booking again gives %d events, %v", name, len(events), err)
		}
	}
}

// TestExplainNamesTheOfferThatRings: after a restart nobody else can.
func TestExplainNamesTheOfferThatRings(t *testing.T) {
	e, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	offers := func() [2]string {
		call, err := e.Explain("ito")
		if err != nil {
			t.Fatal(err)
		}
		agent, err := e.ExplainAgent("aya")
		if err != nil {
			t.Fatal(err)
		}
		return [2]string{call.Offer, agent.Offer}
	}
	for _, cmd := range []acd.Command{
		{Type: acd.CmdLogin, Agent: "aya", At: now}, {Type: acd.CmdReady, Agent: "aya", At: now}, {Type: acd.CmdArrive, Call: "ito", At: now},
	} {
		if _, err := e.Apply(cmd); err != nil {
			t.Fatal(err)
		}
	}
	if got := offers(); got != [2]string{"o1", "o1"} {
		t.Errorf("while it rings: %q", got)
	}
	if _, err := e.Apply(acd.Command{Type: acd.CmdAccept, Offer: "o1", At: now}); err != nil {
		t.Fatal(err)
	}
	if got := offers(); got != [2]string{} {
		t.Errorf("in the talk: %q", got)
	}
}
