package acd

import "time"

// loop is the goroutine that owns the Engine.
type loop struct {
	router *Router
	engine *Engine
	store  *store
	every  int // records from snapshot to snapshot
	timer  *time.Timer
	events []Event // of one frame
}

// run carries commands and timers out until the Router is closed. It sleeps
// until there is something to do.
func (l *loop) run() {
	for {
		select {
		case <-l.router.wake:
		case <-l.timer.C:
		case <-l.store.retry.C:
			l.again()
			continue
		case err := <-l.store.results:
			l.store.answered(err, l.engine.Snapshot)
			l.mark()
			continue
		case err := <-l.store.snapshots:
			l.store.saved(err, l.engine.Snapshot)
			l.mark()
			continue
		}
		batch, closed := l.router.take()
		if due, ok := l.engine.Next(); ok && !due.After(l.now()) {
			batch = append(batch, l.advance())
		}
		l.frame(batch)
		if closed {
			l.close()
			return
		}
		if due, ok := l.engine.Next(); ok {
			l.timer.Reset(due.Sub(l.router.clock()))
		} else {
			l.timer.Stop()
		}
		if n := l.store.next - 1 - l.store.savedAt; l.every > 0 && n >= uint64(l.every) && !l.store.failing() {
			l.store.save(l.engine.Snapshot)
		}
	}
}

// now is the time, held if the clock is behind the last command.
func (l *loop) now() time.Time {
	now := l.router.clock()
	if last := instant(l.engine.now); now.Before(last) {
		return last
	}
	return now
}

func (l *loop) advance() *request {
	return &request{cmd: Command{Type: CmdAdvance, At: l.now()}, done: make(chan struct{})}
}

// frame stores commands together and carries them out.
func (l *loop) frame(batch []*request) {
	batch = l.admit(batch)
	if len(batch) == 0 {
		return
	}
	if l.store.journal != nil {
		if l.store.failing() {
			l.store.keep(records(batch))
		} else if err := l.store.put(records(batch)); err != nil {
			// What stays is stored later under the same numbers, and always
			// something, so that the journal drops the arrivals that it may have.
			batch = l.turnAway(append(batch, l.record(l.advance())), err)
			l.store.keep(records(batch))
		}
	}
	l.events = l.events[:0]
	for _, q := range batch {
		q.events, q.err = l.engine.Apply(q.cmd)
		l.events = append(l.events, q.events...)
	}
	l.router.history.publish(l.events)
	clear(l.events)
	for _, q := range batch {
		close(q.done)
	}
}

// admit stamps the commands and answers those at once that are not to be
// carried out: what makes no sense, and new calls while the journal fails.
func (l *loop) admit(batch []*request) []*request {
	now, last := l.now(), instant(l.engine.now)
	kept := batch[:0]
	for _, q := range batch {
		if q.look != nil {
			q.look(l.engine)
			q.answer(nil)
			continue
		}
		if q.cmd.At.After(now) {
			q.cmd.At = now
		}
		if q.cmd.At.Before(last) {
			q.cmd.At = last
		}
		if refused := l.engine.judge(&q.cmd); refused != nil {
			q.answer(refused)
			continue
		}
		kept = append(kept, l.record(q))
		last = q.cmd.At
	}
	if l.store.failing() {
		return l.turnAway(kept, l.store.health.Err)
	}
	return kept
}

// record writes what the journal gets. Without a journal it writes nothing.
func (l *loop) record(q *request) *request {
	if l.store.journal != nil {
		// It was written before, so it can be written.
		q.record, _ = q.cmd.MarshalJSON()
	}
	return q
}

// turnAway refuses the arrivals of calls that are not known.
func (l *loop) turnAway(batch []*request, err error) []*request {
	kept := batch[:0]
	for _, q := range batch {
		if q.cmd.Type == CmdArrive {
			if _, known := l.engine.calls[q.cmd.Call]; !known {
				q.answer(err)
				continue
			}
		}
		kept = append(kept, q)
	}
	return kept
}

// answer ends a command that was not carried out.
func (q *request) answer(err error) {
	q.err = err
	close(q.done)
}

func records(batch []*request) [][]byte {
	list := make([][]byte, len(batch))
	for i, q := range batch {
		list[i] = q.record
	}
	return list
}

// again tries to store what waits.
func (l *loop) again() {
	l.store.again(l.engine.Snapshot)
	l.mark()
}

// mark sees to it that a snapshot in place of lost records is followed by a
// record, as is every failure: it takes the place of whatever the journal may
// have stored although it failed.
func (l *loop) mark() {
	if s := l.store; s.health.Incomplete && s.saving && len(s.backlog) == 0 {
		l.frame([]*request{l.advance()})
	}
}

// close stores what can be stored and ends everything. No more commands come.
func (l *loop) close() {
	s := l.store
	l.timer.Stop()
	if s.failing() {
		l.again()
	}
	l.settle()
	if !s.failing() && l.every > 0 && s.next-1 > s.settled {
		s.save(l.engine.Snapshot)
		l.settle()
	}
	err := s.health.Err
	if err == nil && s.health.SnapshotErr != nil {
		err = &JournalError{s.health.SnapshotErr}
	}
	s.retry.Stop()
	close(s.frames)
	l.router.cancel()
	l.router.err = err
	l.router.history.close()
	close(l.router.done)
}

// settle waits for what the journal is at, and gives up when it fails.
func (l *loop) settle() {
	s := l.store
	for before := s.health.Err; s.saving || s.failing() && s.busy; {
		select {
		case err := <-s.results:
			s.answered(err, l.engine.Snapshot)
		case err := <-s.snapshots:
			s.saved(err, l.engine.Snapshot)
		case <-s.ctx.Done():
			return
		}
		if s.failing() && s.health.Err != before {
			return
		}
	}
}
