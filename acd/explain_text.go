package acd

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// String tells the explanation in plain lines.
func (x *Explanation) String() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	at := "call " + x.Call
	switch x.Place {
	case ReasonWaiting:
		line("%s is number %d in line of %s at %s", at, x.Position, x.Queue, hour(x.At))
	case ReasonTalking:
		line("%s is talking to %s (%s) at %s", at, x.Agent, x.Queue, hour(x.At))
	case ReasonSuggested:
		line("%s found %s closed and was asked about a callback (at %s)", at, x.Queue, hour(x.At))
	case "ringing":
		line("%s rings at %s (%s) at %s", at, x.Agent, x.Queue, hour(x.At))
	default:
		line("%s is a callback of %s that rests (at %s)", at, x.Queue, hour(x.At))
	}
	waited := "waited " + seconds(x.Waited)
	if x.HeadStart > 0 {
		waited += ", with a head start of " + x.HeadStart.String()
	}
	if x.Tier != "" {
		waited += ", tier " + x.Tier
	}
	if x.Entry != "" {
		waited += fmt.Sprintf(", by rule %q", x.Entry)
	}
	line("  %s", waited)
	if w := x.Wait; w.Known {
		line("  still to wait: %s on average, half of such callers less than %s, nine of ten less than %s", seconds(w.Mean), seconds(w.Median), seconds(w.P90))
	}
	step := fmt.Sprintf("step %d", x.Step)
	if len(x.Needs) == 0 {
		step += " asks for nothing"
	} else {
		var needs []string
		for _, name := range slices.Sorted(maps.Keys(x.Needs)) {
			needs = append(needs, fmt.Sprintf("%s %d", name, x.Needs[name]))
		}
		step += " asks for " + strings.Join(needs, ", ")
	}
	if x.NextStep > 0 {
		step += fmt.Sprintf("; step %d comes at %s", x.NextStep, hour(x.NextAt))
	}
	line("  %s", step)
	if x.HeldFor != "" {
		line("  kept for %s until %s", x.HeldFor, hour(x.HeldUntil))
	}
	if back := x.Back; back != nil {
		text := fmt.Sprintf("the customer is to be called back; called %d times so far", back.Attempts)
		if !back.Due.IsZero() {
			text += ", back in line at " + hour(back.Due)
		}
		if !back.Until.IsZero() {
			text += ", not after " + hour(back.Until)
		}
		line("  %s", text)
	}
	for i, c := range x.Ahead {
		if i == 10 {
			line("  … and %d more ahead", x.AheadInAll-i)
			break
		}
		line("  ahead: %s", c.ahead())
	}
	for _, a := range x.Agents {
		line("  agent %s: %s", a.Agent, words(a.Why, a.Detail))
	}
	return b.String()
}

func (c *ExplainedCall) ahead() string {
	text := c.Call + " waits " + seconds(c.Waited)
	if c.Why == WhyHeadStart {
		return text + ", with a head start of " + c.HeadStart.String()
	}
	return text
}

// String tells the explanation in plain lines.
func (x *AgentExplanation) String() string {
	var b strings.Builder
	text := fmt.Sprintf("agent %s is %s since %s (at %s)", x.Agent, strings.ReplaceAll(string(x.State), "_", " "), hour(x.Since), hour(x.At))
	if x.Reason != "" {
		text += ", reason " + x.Reason
	}
	if x.Call != "" {
		text += ", call " + x.Call
	}
	if !x.Until.IsZero() {
		text += ", until " + hour(x.Until)
	}
	if x.Then != "" {
		text += ", then " + strings.ReplaceAll(string(x.Then), "_", " ")
	}
	fmt.Fprintln(&b, text)
	switch {
	case x.Next != "":
		fmt.Fprintf(&b, "  next: call %s\n", x.Next)
	case len(x.Calls) == 0:
		fmt.Fprintln(&b, "  nobody waits")
	default:
		fmt.Fprintln(&b, "  nobody waits whom this agent may take")
	}
	for i, c := range x.Calls {
		if i == 10 {
			fmt.Fprintf(&b, "  … and %d more\n", len(x.Calls)-i)
			break
		}
		fmt.Fprintf(&b, "  call %s in %s, waits %s: %s\n", c.Call, c.Queue, seconds(c.Waited), words(c.Why, c.Detail))
	}
	return b.String()
}

// words makes a reason readable.
func words(why, detail string) string {
	text := strings.ReplaceAll(why, "_", " ")
	if detail != "" {
		text += " (" + detail + ")"
	}
	return text
}

func hour(t time.Time) string { return t.Format("15:04:05") }

func seconds(d time.Duration) string { return d.Round(time.Second).String() }
