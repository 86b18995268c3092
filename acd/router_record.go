package acd

// ownCopy is the command as a journal would give it back: it shares nothing
// with cmd, and what could not be used of an arrival has become warnings. So
// that a replay finds what was lived through, the Engine is given this one.
func ownCopy(cmd Command) (Command, error) {
	text, err := cmd.MarshalJSON()
	switch {
	case err == nil:
		return ParseCommand(text)
	case cmd.Type == CmdPlan:
		return Command{}, refuse(CodeBadPlan, "%v", err)
	default:
		return Command{}, refuse(CodeBadValue, "%v", err)
	}
}
