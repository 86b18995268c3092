package acd

// defaultMaxCalls is the default of a plan's MaxCalls.
const defaultMaxCalls = 200_000

// conditions looks for steps whose condition can never hold, or always does.
func (c *checker) conditions() {
	calls := orDefault(c.plan.MaxCalls, defaultMaxCalls)
	for i := range c.plan.Queues {
		q := &c.plan.Queues[i]
		for k, step := range q.Steps {
			if step.If == nil {
				continue
			}
			path := at(at("queues", i)+".steps", k) + ".if"
			if n := step.If.ReadyUnder; n != nil && *n == 0 {
				c.find(path+".ready_under", "no number is under 0: this never holds")
			}
			n := step.If.WaitingOver
			switch path += ".waiting_over"; {
			case n == nil:
			case *n >= calls:
				c.find(path, "there are never more than max_calls %d calls: this never holds", calls)
			case q.Capacity != nil && *n >= *q.Capacity:
				c.find(path, "no more than capacity %d calls are let in: this holds only with calls transferred or called back", *q.Capacity)
			case *n == 0:
				c.find(path, "the call counts itself: this always holds for a call in line")
			}
		}
	}
}
