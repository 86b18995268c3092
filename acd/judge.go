package acd

import (
	"time"
	"unicode/utf8"
)

// carryOut does what a command that makes sense asks for. A new command is a
// line here and one in judge.
func (e *Engine) carryOut(cmd *Command) *Refused {
	switch cmd.Type {
	case CmdLogin:
		return e.login(cmd)
	case CmdLogout:
		return e.logout(cmd)
	case CmdReady:
		return e.ready(cmd)
	case CmdNotReady:
		return e.notReady(cmd)
	case CmdWrapUp:
		return e.wrapUp(cmd)
	case CmdArrive:
		return e.arrive(cmd)
	case CmdHangup:
		return e.hangup(cmd)
	case CmdEnd:
		return e.end(cmd)
	case CmdBridgeFailed:
		return e.bridgeFailed(cmd)
	case CmdAccept:
		return e.accept(cmd)
	case CmdDecline:
		return e.decline(cmd)
	case CmdTransfer:
		return e.transfer(cmd)
	case CmdCallback:
		return e.callback(cmd)
	case CmdCancel:
		return e.cancelCallback(cmd)
	case CmdDeflect:
		return e.deflect(cmd)
	case CmdPlan:
		return e.follow(cmd.Plan)
	default: // CmdAdvance
		return nil
	}
}

var (
	earliest = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)
)

// maxDuration bounds every duration that somebody names.
const maxDuration = 8760 * time.Hour

// judge refuses what makes no sense in any state.
func (e *Engine) judge(cmd *Command) *Refused {
	name, id := "", ""
	switch cmd.Type {
	case CmdLogin, CmdLogout, CmdReady, CmdNotReady, CmdWrapUp:
		name, id = "agent", cmd.Agent
	case CmdArrive, CmdHangup, CmdEnd, CmdBridgeFailed, CmdTransfer, CmdCallback, CmdCancel, CmdDeflect:
		name, id = "call", cmd.Call
	case CmdAccept, CmdDecline:
		name, id = "offer", cmd.Offer
	case CmdPlan, CmdAdvance:
	default:
		return refuse(CodeMalformed, "unknown command %q", cmd.Type)
	}
	if !isTime(cmd.At) {
		return refuse(CodeBadValue, "at: %v is not within the years 1970 to 2200", cmd.At)
	}
	if name != "" && !validID(id) {
		return refuse(CodeBadID, "%s: want 1 to 128 bytes of printable UTF-8, got %.140q", name, id)
	}
	if refused := judgeValues(cmd); refused != nil {
		return refused
	}
	if at := cmd.At.UnixNano(); at < e.now {
		return refuse(CodeTimeBackwards, "at: %s is before %s", cmd.At.UTC().Format(time.RFC3339Nano), instant(e.now).Format(time.RFC3339Nano))
	}
	return nil
}

// judgeValues looks at what is not an id. Nothing in an arrival is worth
// turning a caller away.
func judgeValues(cmd *Command) *Refused {
	switch cmd.Type {
	case CmdLogin:
		if len(cmd.Skills) > maxSkills {
			return refuse(CodeBadValue, "skills: %d are more than %d", len(cmd.Skills), maxSkills)
		}
		bad, found := "", false
		for name, level := range cmd.Skills {
			if (level < 1 || level > 10 || !validID(name)) && (!found || name < bad) {
				bad, found = name, true
			}
		}
		if found {
			return refuse(CodeBadValue, "skills: want a name of 1 to 128 printable bytes and a level from 1 to 10, got %.140q: %d", bad, cmd.Skills[bad])
		}
	case CmdNotReady:
		return judgeWord("reason", cmd.Reason)
	case CmdWrapUp:
		return judgeWord("code", cmd.Code)
	case CmdDecline:
		switch cmd.Reason {
		case "", ReasonNoAnswer, ReasonBusy, ReasonDeclined, ReasonUnreachable, ReasonError:
		default:
			return refuse(CodeBadValue, "reason: want no_answer, busy, declined, unreachable or error, got %.140q", cmd.Reason)
		}
		switch cmd.Party {
		case "", partyAgent, partyCustomer:
		default:
			return refuse(CodeBadValue, "party: want agent or customer, got %.140q", cmd.Party)
		}
	case CmdTransfer:
		return judgeTransfer(cmd)
	case CmdCallback:
		return judgeCallback(cmd)
	case CmdDeflect:
		if !validID(cmd.Channel) || cmd.Channel == ChannelCallback {
			return refuse(CodeBadValue, "channel: want 1 to 128 bytes of printable UTF-8, and not %q, got %.140q", ChannelCallback, cmd.Channel)
		}
	case CmdPlan:
		if cmd.Plan == nil {
			return refuse(CodeMalformed, "plan: missing")
		}
		if err := cmd.Plan.Validate(); err != nil {
			return badPlan(err)
		}
	}
	return nil
}

func judgeTransfer(cmd *Command) *Refused {
	if (cmd.Queue == "") == (cmd.Agent == "") {
		return refuse(CodeBadValue, "queue, agent: want one of the two")
	}
	if refused := judgeWord("queue", cmd.Queue); refused != nil {
		return refused
	}
	if refused := judgeWord("agent", cmd.Agent); refused != nil {
		return refused
	}
	switch {
	case !utf8.ValidString(cmd.Note):
		return refuse(CodeBadValue, "note: it is not UTF-8")
	case len(cmd.Note) > maxNoteBytes:
		return refuse(CodeBadValue, "note: want at most %d bytes of UTF-8, got %d", maxNoteBytes, len(cmd.Note))
	}
	return nil
}

func judgeCallback(cmd *Command) *Refused {
	if refused := judgeWord("number", cmd.Number); refused != nil {
		return refused
	}
	if !cmd.From.IsZero() && !isTime(cmd.From) {
		return refuse(CodeBadValue, "from: %v is not within the years 1970 to 2200", cmd.From)
	}
	switch {
	case cmd.Until.IsZero():
	case !isTime(cmd.Until):
		return refuse(CodeBadValue, "until: %v is not within the years 1970 to 2200", cmd.Until)
	case !cmd.Until.After(cmd.At) || !cmd.From.IsZero() && !cmd.Until.After(cmd.From):
		return refuse(CodeBadValue, "until: want a time after at and from, got %s", cmd.Until.UTC().Format(time.RFC3339Nano))
	}
	return nil
}

// isTime reports whether t is within the years 1970 to 2200.
func isTime(t time.Time) bool { return !t.Before(earliest) && t.Before(latest) }

const maxSkills = 64

func judgeWord(name, word string) *Refused {
	if word == "" || validID(word) {
		return nil
	}
	return refuse(CodeBadValue, "%s: want at most 128 bytes of printable UTF-8, got %.140q", name, word)
}
