package acd

import "context"

// Explain is [Engine.Explain], as of the latest command or timer. It waits its
// turn like a command, and the journal is told nothing. The error may also be
// [ErrClosed] or that of ctx.
func (r *Router) Explain(ctx context.Context, call string) (x *Explanation, err error) {
	if asked := r.look(ctx, func(e *Engine) { x, err = e.Explain(call) }); asked != nil {
		return nil, asked
	}
	return x, err
}

// ExplainAgent is [Engine.ExplainAgent], in the way of [Router.Explain].
func (r *Router) ExplainAgent(ctx context.Context, agent string) (x *AgentExplanation, err error) {
	if asked := r.look(ctx, func(e *Engine) { x, err = e.ExplainAgent(agent) }); asked != nil {
		return nil, asked
	}
	return x, err
}

// look lets f see the Engine, which it must not change.
func (r *Router) look(ctx context.Context, f func(*Engine)) error {
	return r.await(ctx, &request{look: f, done: make(chan struct{})})
}
