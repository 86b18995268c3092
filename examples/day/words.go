package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/sim"
)

// decisions are three to tell in words: one call that got its operator of last
// time, one that overtook others by its head start, and one that had neither.
type decisions struct{ same, overtook, plain *decision }

type decision struct {
	at          time.Time
	kind, tier  string
	agent       string
	why         acd.Why
	waited      time.Duration
	interesting int
}

// consider keeps the call if it makes a better story than the one before.
func (d *decisions) consider(r *sim.Record) {
	if r.Outcome != sim.Answered || r.Why == nil {
		return
	}
	slot, interesting := &d.plain, 0
	switch {
	case r.Why.Reason == acd.ReasonSameAgent:
		// Best after a short wait that was worth it.
		slot = &d.same
		if r.Waited > 0 && r.Waited <= 20*time.Second {
			interesting = 1
		}
	case r.Why.Overtaken > 0:
		slot, interesting = &d.overtook, min(r.Why.Overtaken, 3)
	case r.Why.HeadStart > 0:
		return
	case r.Waited > 0:
		interesting = 1
	}
	if *slot != nil && (*slot).interesting >= interesting {
		return
	}
	*slot = &decision{
		at: r.Call.Arrive.At.Add(r.Waited), kind: r.Call.Arrive.Attributes["type"], tier: r.Tier,
		agent: r.Agent, why: *r.Why, waited: r.Waited, interesting: interesting,
	}
}

func (d *decisions) print(w io.Writer) {
	for _, story := range []struct {
		title string
		*decision
	}{
		{"The operator of last time", d.same},
		{"A head start", d.overtook},
		{"Plain", d.plain},
	} {
		if story.decision == nil {
			fmt.Fprintf(w, "  %s: no such call.\n", story.title)
			continue
		}
		fmt.Fprintf(w, "  %s. %s\n", story.title, story.decision)
	}
}

func (d *decision) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "On %s a call of type %q", d.at.Format("2 Jan at 15:04:05"), d.kind)
	if d.tier != "" {
		fmt.Fprintf(&b, ", of the %s tier,", d.tier)
	}
	switch d.why.Reason {
	case acd.ReasonSameAgent:
		fmt.Fprintf(&b, " went to %s, who had served this customer before", d.agent)
	case string(acd.SelectLongestIdle):
		fmt.Fprintf(&b, " went to %s, the longest idle who could take it", d.agent)
	default:
		fmt.Fprintf(&b, " went to %s (%s)", d.agent, strings.ReplaceAll(d.why.Reason, "_", " "))
	}
	fmt.Fprintf(&b, ", after %v of waiting", d.waited.Round(time.Second))
	switch {
	case d.why.HeadStart == 0:
		b.WriteString(" and with no head start: nobody ready for it had an earlier call to take.")
	case d.why.Overtaken == 0:
		fmt.Fprintf(&b, "; with a head start of %v it overtook nobody.", d.why.HeadStart)
	case d.why.Overtaken == 1:
		fmt.Fprintf(&b, "; its head start of %v took it past one caller who had begun to wait earlier.", d.why.HeadStart)
	default:
		fmt.Fprintf(&b, "; its head start of %v took it past %d callers who had begun to wait earlier.", d.why.HeadStart, d.why.Overtaken)
	}
	return b.String()
}
