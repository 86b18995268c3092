package acdtest

import (
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// wrong makes a command that is to be refused whatever the state.
func (r *Random) wrong() acd.Command {
	bad := pick(r.draw, []string{"", "\xff", strings.Repeat("x", 129), "new\nline"})
	switch r.draw(16) {
	case 0:
		return acd.Command{Type: acd.CmdHangup, Call: "nobody"}
	case 1:
		return acd.Command{
			Type:  pick(r.draw, []acd.CommandType{acd.CmdReady, acd.CmdNotReady, acd.CmdLogout, acd.CmdWrapUp}),
			Agent: "nobody",
		}
	case 2:
		return acd.Command{
			Type:  pick(r.draw, []acd.CommandType{acd.CmdAccept, acd.CmdDecline}),
			Offer: pick(r.draw, []string{"o0", "o999999", "o01", "offer"}),
		}
	case 3:
		return acd.Command{
			Type: pick(r.draw, []acd.CommandType{acd.CmdEnd, acd.CmdBridgeFailed}),
			Call: "nobody",
		}
	case 4:
		return acd.Command{Type: "sing"}
	case 5:
		return acd.Command{Type: acd.CmdArrive, Call: bad}
	case 6:
		return acd.Command{Type: acd.CmdReady, Agent: bad}
	case 7:
		return acd.Command{Type: acd.CmdAccept, Offer: bad}
	case 8:
		return acd.Command{
			Type: acd.CmdLogin, Agent: pick(r.draw, r.agents),
			Skills: pick(r.draw, []acd.Skills{{"support": 11}, {"support": 0}, {bad: 5}}),
		}
	case 9:
		return acd.Command{
			Type: acd.CmdDecline, Offer: r.offer(),
			Reason: pick(r.draw, []string{"bored", ""}), Party: "cat",
		}
	case 10, 11:
		return r.badTransfer()
	case 12, 13:
		return r.badCallback()
	case 14:
		return acd.Command{
			Type: acd.CmdDeflect, Call: pick(r.draw, []string{r.call(r.live), r.call(r.live), bad, "nobody"}),
			Channel: pick(r.draw, []string{"callback", "", bad, "sms"}),
		}
	}
	cmd := acd.Command{Type: acd.CmdNotReady, Agent: pick(r.draw, r.agents), Reason: "\xff"}
	if r.draw.one(2) {
		cmd = acd.Command{Type: acd.CmdWrapUp, Agent: cmd.Agent, Code: strings.Repeat("x", 129)}
	}
	return cmd
}

// badTransfer is one that nobody could carry out.
func (r *Random) badTransfer() acd.Command {
	cmd := acd.Command{Type: acd.CmdTransfer, Call: r.call(r.live), Queue: pick(r.draw, r.queues)}
	switch r.draw(8) {
	case 0:
		cmd.Call = pick(r.draw, []string{"", "\xff", "nobody"})
	case 1:
		cmd.Queue = ""
	case 2:
		cmd.Agent = pick(r.draw, r.agents)
	case 3:
		cmd.Queue = pick(r.draw, []string{"\xff", "nowhere", strings.Repeat("x", 129)})
	case 4, 5:
		cmd.Queue, cmd.Agent = "", pick(r.draw, []string{"\n", "nobody", strings.Repeat("x", 129)})
	case 6:
		cmd.Note = strings.Repeat("n", 1025)
	case 7:
		cmd.Note = "\xff"
	}
	return cmd
}

// badCallback is one that could never be kept.
func (r *Random) badCallback() acd.Command {
	cmd := acd.Command{Type: acd.CmdCallback, Call: r.call(r.live)}
	switch r.draw(6) {
	case 0:
		cmd.Call = pick(r.draw, []string{"", "\xff", "nobody"})
	case 1:
		cmd.Number = pick(r.draw, []string{"\xff", strings.Repeat("9", 129)})
	case 2:
		cmd.Until = r.now.Add(-r.draw.maybeZero())
	case 3:
		cmd.From = r.now.Add(r.draw.duration())
		cmd.Until = cmd.From.Add(-r.draw.maybeZero())
	case 4:
		cmd.From = time.Date(1969, time.December, 31, 0, 0, 0, 0, time.UTC)
	case 5:
		cmd.Until = time.Date(2201, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return cmd
}
