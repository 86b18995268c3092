package acdtest

import (
	"cmp"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/najimi-acd/najimi/acd"
)

// judge finds what is wrong with a command whatever the state is, but for the
// clock. Such a command changes nothing.
func (o *Oracle) judge(cmd acd.Command) *acd.Refused {
	var ids []string
	switch cmd.Type {
	case acd.CmdLogin, acd.CmdLogout, acd.CmdReady, acd.CmdNotReady, acd.CmdWrapUp:
		ids = []string{cmd.Agent}
	case acd.CmdArrive, acd.CmdHangup, acd.CmdEnd, acd.CmdBridgeFailed,
		acd.CmdTransfer, acd.CmdCallback, acd.CmdCancel, acd.CmdDeflect:
		ids = []string{cmd.Call}
	case acd.CmdAccept, acd.CmdDecline:
		ids = []string{cmd.Offer}
	case acd.CmdPlan, acd.CmdAdvance:
	default:
		return refused(acd.CodeMalformed, "unknown type")
	}
	if !inRange(cmd.At) {
		return refused(acd.CodeBadValue, "at")
	}
	for _, id := range ids {
		if !identifier(id) {
			return refused(acd.CodeBadID, "not an identifier")
		}
	}
	if refused := judgeValues(cmd); refused != nil {
		return refused
	}
	if o.started && cmd.At.UnixNano() < o.now {
		return refused(acd.CodeTimeBackwards, "at")
	}
	return nil
}

// judgeValues looks at what is not an id.
func judgeValues(cmd acd.Command) *acd.Refused {
	switch cmd.Type {
	case acd.CmdLogin:
		if !goodSkills(cmd.Skills) {
			return refused(acd.CodeBadValue, "skills")
		}
	case acd.CmdNotReady:
		if cmd.Reason != "" && !identifier(cmd.Reason) {
			return refused(acd.CodeBadValue, "reason")
		}
	case acd.CmdWrapUp:
		if cmd.Code != "" && !identifier(cmd.Code) {
			return refused(acd.CodeBadValue, "code")
		}
	case acd.CmdDecline:
		switch cmd.Reason {
		case "", "no_answer", "busy", "declined", "unreachable", "error":
		default:
			return refused(acd.CodeBadValue, "reason")
		}
		switch cmd.Party {
		case "", "agent", "customer":
		default:
			return refused(acd.CodeBadValue, "party")
		}
	case acd.CmdTransfer:
		to := cmp.Or(cmd.Queue, cmd.Agent)
		if (cmd.Queue == "") == (cmd.Agent == "") || !identifier(to) {
			return refused(acd.CodeBadValue, "queue or agent")
		}
		if len(cmd.Note) > 1024 || !utf8.ValidString(cmd.Note) {
			return refused(acd.CodeBadValue, "note")
		}
	case acd.CmdCallback:
		if cmd.Number != "" && !identifier(cmd.Number) {
			return refused(acd.CodeBadValue, "number")
		}
		for _, bound := range []time.Time{cmd.From, cmd.Until} {
			if !bound.IsZero() && !inRange(bound) {
				return refused(acd.CodeBadValue, "from or until")
			}
		}
		if !cmd.Until.IsZero() && (!cmd.Until.After(cmd.At) || !cmd.Until.After(cmd.From)) {
			return refused(acd.CodeBadValue, "until")
		}
	case acd.CmdDeflect:
		if !identifier(cmd.Channel) || cmd.Channel == "callback" {
			return refused(acd.CodeBadValue, "channel")
		}
	case acd.CmdPlan:
		if cmd.Plan == nil {
			return refused(acd.CodeMalformed, "no plan")
		}
		if err := cmd.Plan.Validate(); err != nil {
			return refused(acd.CodeBadPlan, err.Error())
		}
	}
	return nil
}

func inRange(at time.Time) bool {
	year := at.UTC().Year()
	return year >= 1970 && year <= 2200
}

// identifier says whether s is 1 to 128 bytes of printable UTF-8. Of the
// spaces only the ASCII one is printable.
func identifier(s string) bool {
	if len(s) < 1 || len(s) > 128 || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			return false
		}
	}
	return true
}

func goodSkills(skills acd.Skills) bool {
	if len(skills) > 64 {
		return false
	}
	for name, level := range skills {
		if !identifier(name) || level < 1 || level > 10 {
			return false
		}
	}
	return true
}
