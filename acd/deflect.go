package acd

// deflect is for a caller who goes on by another channel, asked or unasked.
func (e *Engine) deflect(cmd *Command) *Refused {
	c, refused := e.find(cmd.Call)
	switch {
	case c == nil:
		return refused
	case c.state == talking:
		return refuse(CodeBadState, "call %q is in a talk", cmd.Call)
	}
	e.giveUp(c, Event{Type: EventDeflected, Channel: cmd.Channel})
	return nil
}
