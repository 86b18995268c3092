package acd_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
)

// The log tells of every command, and who the caller is only if asked to.
func TestRouterLogsNoNumbersUnlessAsked(t *testing.T) {
	secrets := []string{"0312345678", "k-secret", "0120999", "vip", "noted", "0799"}
	for _, asked := range []bool{false, true} {
		var log bytes.Buffer
		r := openRouter(t, acd.Config{
			Logger:     slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			LogNumbers: asked,
		})
		onDuty(t, r, "aya")
		do(t, r, acd.Command{
			Type: acd.CmdArrive, Call: "c1", Caller: "0312345678", Customer: "k-secret", Dialed: "0120999",
			Attributes: map[string]string{"a": "vip"},
		})
		do(t, r, acd.Command{Type: acd.CmdAccept, Offer: "o1"})
		do(t, r, acd.Command{Type: acd.CmdTransfer, Call: "c1", Queue: "support", Note: "noted"})
		r.Do(t.Context(), acd.Command{Type: acd.CmdCallback, Call: "c9", Number: "0799"})
		r.Do(t.Context(), acd.Command{Type: acd.CmdCallback, Call: "c1", Number: "0799\x00"})
		r.Do(t.Context(), acd.Command{Type: acd.CmdHangup, Call: "0312345678"})
		text := log.String()
		if got := strings.Count(text, "\n"); got != 8 {
			t.Errorf("%d lines:\n%s", got, text)
		}
		for _, want := range []string{"type=accept", "call=c1", "agent=aya", "offer=o1", "queue=support"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		text = strings.ReplaceAll(text, "call=0312345678", "") // an id is no secret
		for _, secret := range secrets {
			if strings.Contains(text, secret) != asked {
				t.Errorf("asked %v, but %s:\n%s", asked, secret, text)
			}
		}
	}
}

func TestRouterLogsItsHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j := acdtest.NewFaultyJournal(new(acd.MemoryJournal))
		r := openRouter(t, acd.Config{Journal: j, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		j.Set(acdtest.Fault{Err: errDisk})
		do(t, r, acd.Command{Type: acd.CmdAdvance})
		j.Set(acdtest.Fault{})
		synctest.Wait()
		time.Sleep(time.Second)
		synctest.Wait()
		for i, want := range []string{`level=ERROR msg="journal fails, new calls are refused" err="journal: disk full"`, `level=WARN msg="journal works again"`} {
			if lines := strings.Split(log.String(), "\n"); len(lines) != 3 || !strings.Contains(lines[i], want) {
				t.Errorf("line %d: want %s in\n%s", i, want, log.String())
			}
		}
	})
}

// panicking is a log that fails at every line.
type panicking struct{ slog.Handler }

func (panicking) Enabled(context.Context, slog.Level) bool  { return true }
func (panicking) Handle(context.Context, slog.Record) error { panic("no paper") }

func TestRouterSurvivesItsLog(t *testing.T) {
	r := openRouter(t, acd.Config{Logger: slog.New(panicking{slog.DiscardHandler})})
	if events := do(t, r, arrive("c1")); len(events) != 1 {
		t.Errorf("got %v", types(events))
	}
}
