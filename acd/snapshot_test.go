package acd_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// TestLawSnapshotPlusTailEqualsReplay restores an Engine at random moments of a
// random run. From then on it says the same as the one that went on, byte for
// byte, and a picture of it is the same picture.
func TestLawSnapshotPlusTailEqualsReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw, count := drawing(t)
		plan := acdtest.RandomPlan(draw)
		live, random := open(t, plan), acdtest.NewRandom(plan, draw)
		restored := open(t, plan)
		for range count {
			if draw(20) == 19 {
				restored = restore(t, live)
			}
			cmd := random.Next()
			events, err := live.Apply(cmd)
			again, errAgain := restored.Apply(cmd)
			if want, got := jsonLines(events), jsonLines(again); !bytes.Equal(want, got) {
				t.Fatalf("%+v\nlive:\n%s\nrestored:\n%s", cmd, want, got)
			}
			if refusal(err) != refusal(errAgain) {
				t.Fatalf("%+v\nlive: %v\nrestored: %v", cmd, err, errAgain)
			}
			next, ok := live.Next()
			if to, due := restored.Next(); ok != due || !to.Equal(next) {
				t.Fatalf("%+v\nnext deadline: live %v %v, restored %v %v", cmd, next, ok, to, due)
			}
			random.Saw(events)
			random.SetNext(next, ok)
		}
	})
}

func restore(t *rapid.T, live *acd.Engine) *acd.Engine {
	picture, err := live.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	restored, err := acd.Restore(picture)
	if err != nil {
		t.Fatalf("%v\n%s", err, picture)
	}
	second, err := restored.Snapshot()
	if err != nil || !bytes.Equal(picture, second) {
		t.Fatalf("%v\nsnapshot:\n%s\nof the restored one:\n%s", err, picture, second)
	}
	return restored
}

func jsonLines(events []acd.Event) []byte {
	var out []byte
	for i := range events {
		out = append(events[i].AppendJSON(out), '\n')
	}
	return out
}

// TestRestoreSaysWhatIsWrong gives it what is no snapshot, or not a whole one.
func TestRestoreSaysWhatIsWrong(t *testing.T) {
	engine, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "support"}}, Queues: []acd.Queue{{Name: "support"}}})
	if err != nil {
		t.Fatal(err)
	}
	good, err := engine.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := acd.Restore(good); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ snapshot, want string }{
		{"", "line 1: want"},
		{"{}", "line 1: want"},
		{strings.Replace(string(good), "snapshot 1", "snapshot 9", 1), "version 9, want 1"},
		{string(good[:len(good)-1]), "damaged"},
		{strings.Replace(string(good), `"seq":0`, `"seq":1`, 1), "damaged"},
	} {
		if _, err := acd.Restore([]byte(test.snapshot)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %v, want %q", test.snapshot, err, test.want)
		}
	}
}
