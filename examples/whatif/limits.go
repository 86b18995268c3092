package main

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
)

// limits tells what replay cannot know, with the log's own figures where there
// are some: it is what a planner needs in order to know how far to trust the rest.
func limits(h *history, o options) []limit {
	var list []limit
	say := func(title, format string, args ...any) {
		list = append(list, limit{title, fmt.Sprintf(format, args...)})
	}
	var answered, hungUp, known int
	var longest time.Duration
	for _, c := range h.log.Calls {
		switch c.Outcome {
		case calllog.Answered:
			answered++
		case calllog.Abandoned:
			hungUp++
		}
		if c.Customer != "" || c.Caller != "" {
			known++
		}
		longest = max(longest, c.Wait)
	}
	n := h.Arrived
	say("How long the answered would have waited",
		"%s of %s callers were answered, so nobody knows when they would have hung up. Their patience is drawn anew in each "+
			"simulation, given that they bore the wait they had, from the curve (Kaplan–Meier) that the %s who hung up "+
			"and the waits of the answered leave. The longest wait in the log is %s: of longer ones it says nothing.",
		thousands(answered), thousands(n), thousands(hungUp), short(longest.Round(time.Second)))
	say("What the others wanted",
		"The talks of %s calls are not in the log, above all of those who hung up. They are drawn from the talks in the same queue. "+
			"If people hang up who had but a short question, a rule that answers more of them looks a little worse than it is.", thousands(h.DrawnTalks))
	if h.Left > 0 {
		say("Who left by another way",
			"%s callers left their queue by a key or a time limit, or have no end in the log. They are played as callers who wait at least as long as they did, "+
				"and nothing but an operator or their patience ends it.", thousands(h.Left))
	}
	switch {
	case h.InferredAgents > 0:
		say("Who was at work",
			"Of %d of %d operators the log tells when they answered, not when they were there. They are taken as present from their first talk of a day to the end of the last, "+
				"but for times of %s or more without one. Who sat idle for so long is missing, who had a short break is not. With -gap another "+
				"time can be tried: the levels move with it, the order of the rules should not.", h.InferredAgents, len(h.Agents), short(o.gap))
	default:
		say("Who was at work",
			"Who was logged in or paused is taken from the log. What operators did besides, between calls, it does not say.")
	}
	if h.Unplaced > 0 {
		say("Who served nobody",
			"Operators of whom the log says that they were at work, and not that they answered a call: %d. What they could have done it does not tell, so they are left out.", h.Unplaced)
	}
	if h.pairs > 0 {
		say("What operators did between two calls",
			"With the next caller waiting already they took %s on average (from %s pairs of talks). The rules made here give them as much after every talk; "+
				"a plan from a file gives them what it says.", h.wrapUp, thousands(h.pairs))
	}
	say("What callers would have done otherwise",
		"Who hangs up often calls again. Such calls come in the replay when they came in the log, although the first one may now be answered, "+
			"and nobody calls again who hangs up only in the replay. So a rule that loses fewer callers than the log is better than shown here, and one that loses more is worse.")
	say("What operators would have done otherwise",
		"A talk lasts as long as it did, whoever takes the call and however many wait. That an operator who knows the caller may need less time is not counted.")
	if known < n && known > 0 {
		text := "The log names the customer of %s of %s calls. All others belong to no tier, have no operator of last time, and are in no figure of the same operator."
		if h.format == formatBank {
			text += " The bank wrote a customer down only if there was a wait: of the recorded tiers the priority one lacks those who waited for nothing, " +
				"so do not compare recorded tiers with each other, and a rule under which others have to wait cannot know who they are."
		}
		say("Who the callers were", text, thousands(known), thousands(n))
	}
	say("What another month would bring",
		"The intervals tell how much the figures move with what is drawn, and nothing else: the callers, their times and their talks are those of this log in every simulation. "+
			"They do not say how the next month would differ. Play another month before you decide.")
	return list
}
