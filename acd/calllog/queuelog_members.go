package calllog

import (
	"strings"
)

// technologies of channels that members are reached by, in lower case.
var technologies = map[string]bool{
	"agent": true, "capi": true, "console": true, "dahdi": true, "dongle": true, "gtalk": true, "h323": true,
	"iax": true, "iax2": true, "khomp": true, "local": true, "mgcp": true, "misdn": true, "mobile": true,
	"motif": true, "ooh323": true, "pjsip": true, "sccp": true, "sip": true, "skinny": true, "unistim": true,
	"ustm": true, "zap": true,
}

// AgentName is the agent whom a member of an Asterisk queue stands for, so that
// one person is one agent whatever the phone: Local/2004@from-internal/n,
// SIP/2004, PJSIP/2004-00000012, Agent/2004 and 2004 are all 2004. It takes off,
// in this order,
//
//	the technology           SIP/, in any case, if it is one that Asterisk has
//	the context and options  @from-internal/n, or /n alone after Local/
//	the channel's own part   -00000012: a hyphen and 8 hexadecimal digits
//
// and what has no technology stays as it is, so that anna@example.org and
// anna@example.com are two, and so does Sales/Anna. If nothing were left, it is
// the member as it is. NONE and blanks are nobody, "".
//
// Two persons who share a number in different technologies or contexts become
// one agent; who needs them apart gives the members names in Asterisk, which
// writes those instead.
func AgentName(member string) string {
	member = strings.TrimSpace(member)
	name := member
	technology, number, ok := strings.Cut(member, "/")
	if ok && technologies[strings.ToLower(technology)] {
		name, _, _ = strings.Cut(number, "@")
		if strings.EqualFold(technology, "local") {
			name, _, _ = strings.Cut(name, "/")
		}
		if i := len(name) - 9; i > 0 && name[i] == '-' && strings.Trim(name[i+1:], "0123456789abcdefABCDEF") == "" {
			name = name[:i]
		}
		if name = strings.TrimSpace(name); name == "" {
			name = member
		}
	}
	if name == "NONE" {
		return ""
	}
	return name
}

// agent is the agent of a line about a call; "" if it names nobody.
func (q *queueLog) agent(l *line) string {
	name := AgentName(l.member)
	if name != "" && !Name(name) {
		q.odd.add(BadMember, l.number)
		return ""
	}
	return q.name(name)
}
