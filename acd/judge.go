package acd

import (
	"slices"
	"time"
)

// commands says for each command which id it needs and what it does.
var commands = map[CommandType]struct {
	id func(*Command) (name, id string)
	do func(*Engine, *Command) *Refused
}{
	CmdLogin:        {agentID, (*Engine).login},
	CmdLogout:       {agentID, (*Engine).logout},
	CmdReady:        {agentID, (*Engine).ready},
	CmdNotReady:     {agentID, (*Engine).notReady},
	CmdWrapUp:       {agentID, (*Engine).wrapUp},
	CmdArrive:       {callID, (*Engine).arrive},
	CmdHangup:       {callID, (*Engine).hangup},
	CmdEnd:          {callID, (*Engine).end},
	CmdBridgeFailed: {callID, (*Engine).bridgeFailed},
	CmdAccept:       {offeredID, (*Engine).accept},
	CmdDecline:      {offeredID, (*Engine).decline},
	CmdAdvance:      {nil, func(*Engine, *Command) *Refused { return nil }},
}

func agentID(c *Command) (string, string)   { return "agent", c.Agent }
func callID(c *Command) (string, string)    { return "call", c.Call }
func offeredID(c *Command) (string, string) { return "offer", c.Offer }

// unsupported are the commands of the design that have no behaviour yet.
var unsupported = []CommandType{"transfer", "callback", "cancel", "deflect", "plan"}

var (
	earliest = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)
)

// maxDuration bounds every duration that somebody names.
const maxDuration = 8760 * time.Hour

// judge refuses what makes no sense in any state. Otherwise it returns what
// carries the command out.
func (e *Engine) judge(cmd *Command) (func(*Engine, *Command) *Refused, *Refused) {
	kind, ok := commands[cmd.Type]
	switch {
	case ok:
	case slices.Contains(unsupported, cmd.Type):
		return nil, refuse(CodeMalformed, "command %q is not supported yet", cmd.Type)
	default:
		return nil, refuse(CodeMalformed, "unknown command %q", cmd.Type)
	}
	if cmd.At.Before(earliest) || !cmd.At.Before(latest) {
		return nil, refuse(CodeBadValue, "at: %v is not within the years 1970 to 2200", cmd.At)
	}
	if kind.id != nil {
		if name, id := kind.id(cmd); !validID(id) {
			return nil, refuse(CodeBadID, "%s: want 1 to 128 bytes of printable UTF-8, got %.140q", name, id)
		}
	}
	if refused := judgeValues(cmd); refused != nil {
		return nil, refused
	}
	if at := cmd.At.UnixNano(); at < e.now {
		return nil, refuse(CodeTimeBackwards, "at: %s is before %s", cmd.At.UTC().Format(time.RFC3339Nano), instant(e.now).Format(time.RFC3339Nano))
	}
	return kind.do, nil
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
	}
	return nil
}

const maxSkills = 64

func judgeWord(name, word string) *Refused {
	if word == "" || validID(word) {
		return nil
	}
	return refuse(CodeBadValue, "%s: want at most 128 bytes of printable UTF-8, got %.140q", name, word)
}
