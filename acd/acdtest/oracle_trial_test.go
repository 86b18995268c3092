package acdtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

var nine = time.Date(2026, time.April, 1, 9, 0, 0, 0, time.UTC)

// tell writes down an event with all that it carries, times counted from nine,
// but for zeros and the estimate of the wait.
func tell(e acd.Event) string {
	words := []string{e.At.Sub(nine).String(), string(e.Type)}
	add := func(name string, value any) {
		if text := fmt.Sprint(value); text != "" && text != "0" && text != "0s" {
			words = append(words, name+"="+text)
		}
	}
	for _, id := range []string{e.Offer, e.Call, e.Agent, e.Queue, string(e.State), e.Reason} {
		if id != "" {
			words = append(words, id)
		}
	}
	add("position", e.Position)
	add("step", e.Step)
	if !e.NotBefore.IsZero() {
		add("not_before", e.NotBefore.Sub(nine))
	}
	if !e.Until.IsZero() {
		add("until", e.Until.Sub(nine))
	}
	add("waited", e.Waited)
	add("talked", e.Talked)
	add("code", e.Code)
	add("from", e.From)
	add("to", e.To)
	add("number", e.Number)
	add("channel", e.Channel)
	add("kind", e.Kind)
	add("tier", e.Tier)
	add("warnings", len(e.Warnings))
	if e.Why != nil {
		words = append(words, "|", e.Why.Entry, e.Why.Queue, e.Why.Reason)
		add("step", e.Why.Step)
		add("head_start", e.Why.HeadStart)
		add("overtaken", e.Why.Overtaken)
	}
	if e.Context != nil {
		words = append(words, "|")
		add("caller", e.Context.Caller)
		add("customer", e.Context.Customer)
		add("tier", e.Context.Tier)
		if e.Context.Attributes != nil {
			add("attributes", e.Context.Attributes)
		}
		add("waited", e.Context.Waited)
		add("guide", e.Context.Guide)
		add("number", e.Context.Number)
		add("notes", strings.Join(e.Context.Notes, ","))
		add("met", strings.Join(e.Context.AgentsMet, ","))
	}
	return strings.Join(words, " ")
}

// trial drives an Oracle and compares what it says with what it should say.
type trial struct {
	t   *testing.T
	o   *Oracle
	seq uint64
}

// at gives a command and expects these events; the last line may be a refusal.
func (s *trial) at(seconds float64, cmd acd.Command, want ...string) {
	s.t.Helper()
	cmd.At = nine.Add(time.Duration(seconds * float64(time.Second)))
	events, err := s.o.Apply(cmd)
	var got []string
	for _, e := range events {
		s.seq++
		if e.Seq != s.seq {
			s.t.Errorf("seq %d after %d", e.Seq, s.seq-1)
		}
		got = append(got, tell(e))
	}
	if refused, ok := errors.AsType[*acd.Refused](err); ok {
		got = append(got, "refused "+string(refused.Code))
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("%s at %gs\n got:\n\t%s\nwant:\n\t%s", cmd.Type, seconds,
			strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// staff logs agents in at 0 s, all with this skill, and makes them ready in
// that order.
func (s *trial) staff(skills acd.Skills, agents ...string) {
	s.t.Helper()
	for _, id := range agents {
		s.at(0, acd.Command{Type: acd.CmdLogin, Agent: id, Skills: skills}, "0s agent "+id+" not_ready login")
		s.at(0, ready(id), "0s agent "+id+" ready ready")
	}
}

// staffAt logs an agent without skills in and makes it ready, upon which these
// events follow.
func (s *trial) staffAt(seconds float64, agent string, follows ...string) {
	s.t.Helper()
	s.staffSkilled(seconds, agent, nil, follows...)
}

func (s *trial) staffSkilled(seconds float64, agent string, skills acd.Skills, follows ...string) {
	s.t.Helper()
	now := fmt.Sprint(time.Duration(seconds * float64(time.Second)))
	s.at(seconds, login(agent, skills), now+" agent "+agent+" not_ready login")
	s.at(seconds, ready(agent), append([]string{now + " agent " + agent + " ready ready"}, follows...)...)
}

func login(agent string, skills acd.Skills) acd.Command {
	return acd.Command{Type: acd.CmdLogin, Agent: agent, Skills: skills}
}

func ready(agent string) acd.Command     { return acd.Command{Type: acd.CmdReady, Agent: agent} }
func logout(agent string) acd.Command    { return acd.Command{Type: acd.CmdLogout, Agent: agent} }
func arrive(call string) acd.Command     { return acd.Command{Type: acd.CmdArrive, Call: call} }
func hangup(call string) acd.Command     { return acd.Command{Type: acd.CmdHangup, Call: call} }
func end(call string) acd.Command        { return acd.Command{Type: acd.CmdEnd, Call: call} }
func accept(offer string) acd.Command    { return acd.Command{Type: acd.CmdAccept, Offer: offer} }
func bridgeFail(call string) acd.Command { return acd.Command{Type: acd.CmdBridgeFailed, Call: call} }

func notReady(agent, reason string) acd.Command {
	return acd.Command{Type: acd.CmdNotReady, Agent: agent, Reason: reason}
}

func decline(offer, reason string) acd.Command {
	return acd.Command{Type: acd.CmdDecline, Offer: offer, Reason: reason}
}

func wrapUp(agent, code string) acd.Command {
	return acd.Command{Type: acd.CmdWrapUp, Agent: agent, Code: code}
}

var advance = acd.Command{Type: acd.CmdAdvance}

// dialed arrives at a number of its own and with a head start.
func dialed(call, number string, headStart time.Duration) acd.Command {
	return acd.Command{Type: acd.CmdArrive, Call: call, Dialed: number, HeadStart: headStart}
}

// one is a plan with a single queue "s" for everyone.
func one(change func(*acd.Plan, *acd.Queue)) acd.Plan {
	plan := acd.Plan{
		Queues: []acd.Queue{{Name: "s"}},
		Entry:  []acd.Entry{{Name: "all", Queue: "s"}},
	}
	if change != nil {
		change(&plan, &plan.Queues[0])
	}
	return plan
}

func begin(t *testing.T, plan acd.Plan) *trial { return &trial{t: t, o: NewOracle(plan)} }
