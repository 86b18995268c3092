// Callback tells the story of two callers who did not want to wait: one who is
// called back when her turn comes, and one who asked for the afternoon.
//
//	go run ./examples/callback
//
// Time is the story's own, so it is told at once. Each line is an event of the
// engine in words; the lines with > are what people do.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

func main() {
	if err := tell(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "callback:", err)
		os.Exit(1)
	}
}

var plan = acd.Plan{
	Callback: acd.Callback{Attempts: new(3), RetryAfter: new(10 * time.Minute)},
	Entry:    []acd.Entry{{Queue: "support"}},
	Queues: []acd.Queue{{
		Name: "support", WrapUp: 30 * time.Second,
		Steps: []acd.Step{{}, {After: time.Minute, Do: &acd.Do{Callback: true}}},
	}},
}

// A scene is what somebody does at a time of day.
type scene struct {
	at, what string
	cmd      acd.Command
}

var story = []scene{
	{"10:00:00", "Aya begins her day,", acd.Command{Type: acd.CmdLogin, Agent: "aya"}},
	{"10:00:00", "and is ready.", acd.Command{Type: acd.CmdReady, Agent: "aya"}},
	{"10:00:05", "Mr Sato calls.", acd.Command{Type: acd.CmdArrive, Call: "sato", Caller: "03-1111-1111"}},
	{"10:00:09", "Aya picks up.", acd.Command{Type: acd.CmdAccept, Offer: "o1"}},
	{"10:01:00", "Ms Mori calls, and has to wait.", acd.Command{Type: acd.CmdArrive, Call: "mori", Caller: "03-2222-2222"}},
	{"10:02:10", "She has heard the suggestion, gives her mobile number and hangs up.", acd.Command{Type: acd.CmdCallback, Call: "mori", Number: "090-2222-2222"}},
	{"10:03:00", "Ms Ito calls, and waits.", acd.Command{Type: acd.CmdArrive, Call: "ito", Caller: "03-3333-3333"}},
	{"10:03:20", "She asks to be called between two and three o'clock.", acd.Command{Type: acd.CmdCallback, Call: "ito", From: clock("14:00:00"), Until: clock("15:00:00")}},
	{"10:04:00", "Mr Abe calls, and waits.", acd.Command{Type: acd.CmdArrive, Call: "abe", Caller: "03-4444-4444"}},
	{"10:05:00", "Mr Sato is done.", acd.Command{Type: acd.CmdEnd, Call: "sato"}},
	{"10:05:45", "Ms Mori does not answer: it is her phone that rang in vain, not Aya's.", acd.Command{Type: acd.CmdDecline, Offer: "o2", Party: "customer", Reason: acd.ReasonNoAnswer}},
	{"10:05:55", "Aya takes Mr Abe.", acd.Command{Type: acd.CmdAccept, Offer: "o3"}},
	{"10:09:00", "Mr Abe is done.", acd.Command{Type: acd.CmdEnd, Call: "abe"}},
	{"10:16:00", "Ms Mori answers.", acd.Command{Type: acd.CmdAccept, Offer: "o4"}},
	{"10:20:00", "Ms Mori is done.", acd.Command{Type: acd.CmdEnd, Call: "mori"}},
	{"14:00:12", "Ms Ito answers at once.", acd.Command{Type: acd.CmdAccept, Offer: "o5"}},
	{"14:03:00", "Ms Ito is done.", acd.Command{Type: acd.CmdEnd, Call: "ito"}},
	{"14:04:00", "", acd.Command{Type: acd.CmdAdvance}},
}

// clock is a time of the story's day.
func clock(text string) time.Time {
	at, err := time.Parse(time.TimeOnly, text)
	if err != nil {
		panic(err) // the story is written above
	}
	return at.AddDate(2026, 0, 4)
}

func tell(out io.Writer) error {
	engine, err := acd.New(plan)
	if err != nil {
		return err
	}
	for _, s := range story {
		s.cmd.At = clock(s.at)
		events, err := engine.Apply(s.cmd)
		if err != nil {
			return fmt.Errorf("%s %s: %w", s.at, s.what, err)
		}
		told := s.what == ""
		for i := range events {
			// Timers come before what somebody did.
			if !told && !events[i].At.Before(s.cmd.At) {
				fmt.Fprintf(out, "%s  > %s\n", s.at, s.what)
				told = true
			}
			if words := inWords(&events[i]); words != "" {
				fmt.Fprintf(out, "%s    %s\n", events[i].At.Format(time.TimeOnly), words)
			}
		}
		if !told {
			fmt.Fprintf(out, "%s  > %s\n", s.at, s.what)
		}
	}
	return nil
}

func inWords(e *acd.Event) string {
	switch e.Type {
	case acd.EventQueued:
		return fmt.Sprintf("%s stands in line, number %d.", e.Call, e.Position)
	case acd.EventSuggested:
		return fmt.Sprintf("%s is told: \"You may hang up and keep your place. We call you.\"", e.Call)
	case acd.EventCallbackBooked:
		if e.NotBefore.IsZero() {
			return fmt.Sprintf("Booked: %s keeps the place in line.", e.Call)
		}
		return fmt.Sprintf("Booked: %s rests until %s, and is not called after %s.",
			e.Call, e.NotBefore.Format(time.TimeOnly), e.Until.Format(time.TimeOnly))
	case acd.EventOffered:
		if e.Kind == acd.KindCallback {
			return fmt.Sprintf("It is %s's turn after %v of waiting: %s is kept free, then %s rings.",
				e.Call, e.Context.Waited, e.Agent, number(e.Context))
		}
		return fmt.Sprintf("%s's phone rings for %s, after %v of waiting.", e.Agent, e.Call, e.Context.Waited)
	case acd.EventWithdrawn:
		return fmt.Sprintf("The offer of %s to %s is over: %s.", e.Call, e.Agent, e.Reason)
	case acd.EventRequeued:
		why := map[string]string{acd.ReasonRetry: "It is time to try again", acd.ReasonDue: "The time has come that was asked for"}
		return fmt.Sprintf("%s: %s is back in line, number %d.", why[e.Reason], e.Call, e.Position)
	case acd.EventConnected:
		return fmt.Sprintf("%s and %s talk. Waited in all: %v.", e.Agent, e.Call, e.Waited)
	case acd.EventEnded:
		return fmt.Sprintf("They talked for %v.", e.Talked)
	case acd.EventCallbackFailed:
		return fmt.Sprintf("%s could not be reached.", e.Call)
	case acd.EventAgent:
		if e.State == acd.StateReady && e.Reason == acd.ReasonNoAnswer {
			return fmt.Sprintf("%s is ready again, and still the longest idle.", e.Agent)
		}
	}
	return ""
}

// number is where a customer is called back.
func number(c *acd.Context) string {
	if c.Number != "" {
		return c.Number
	}
	return c.Caller
}
