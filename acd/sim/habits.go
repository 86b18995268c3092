package sim

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// Habits are what callers do when they are asked whether another way would do.
// The zero value is callers who accept nothing and, if they are to be called
// back all the same, answer their phone. Each share is a probability, from 0 to
// 1.
type Habits struct {
	// Callback and Deflect are how many accept the suggestion of a callback,
	// and of any other channel. A caller may be asked more than once and decides
	// anew each time. Whoever finds the queue closed and does not accept hangs
	// up.
	Callback, Deflect float64
	// Unreached is how many of the customers who are called back do not answer,
	// at each attempt.
	Unreached float64
	// Decide is how long a caller thinks about a suggestion that is accepted;
	// nil: not at all. An answer that comes too late is none.
	Decide Dist
}

func (h Habits) check() error {
	for _, share := range []struct {
		name  string
		value float64
	}{{"callback", h.Callback}, {"deflect", h.Deflect}, {"unreached", h.Unreached}} {
		if !(share.value >= 0 && share.value <= 1) {
			return fmt.Errorf("habits.%s: want 0 to 1, got %v", share.name, share.value)
		}
	}
	return nil
}

// MaxAttempts is how often a caller calls at the most, whatever
// [Scenario.Redial] says.
const MaxAttempts = 100

// Redials is for [Scenario.Redial]: of those who gave up or were blocked a share
// p calls again, after a time of its own and with a patience drawn anew (nil: the
// same as before). All else is as in the first call. It takes three numbers from
// r. The time counts from when the caller was lost.
func Redials(p float64, after, patience Dist) func(r *rand.Rand, lost *Record) (Call, time.Duration, bool) {
	return func(r *rand.Rand, lost *Record) (Call, time.Duration, bool) {
		again := *lost.Call
		tries := openUniform(r) < p
		wait := after.Sample(r)
		if patience != nil {
			again.Patience = patience.Sample(r)
		}
		return again, wait, tries
	}
}

// What is drawn of a call after its arrival is drawn from numbers of its own:
// they depend on the seed, on which call it is, on what is asked and how often
// it was asked before, and on nothing else that happens. So two plans with one
// seed meet callers and phones that behave alike.
type matter uint64

const (
	matterRings    matter = iota + 1 // how long the agent's phone rings
	matterAccepts                    // a suggestion
	matterReached                    // a customer who is called back
	matterRedials                    // after having been lost
	matterPresence                   // of an agent
)

// dice returns the numbers for a question. They are good until the next one.
func (w *world) dice(who uint64, m matter, count int) *rand.Rand {
	key := mix(w.scenario.Seed, who)
	w.pcg.Seed(mix(key, uint64(m)<<32|uint64(count)), key)
	return w.random
}

// mix scrambles two numbers into one: the multiplication by odd constants and
// the folding of a 128-bit product, as in W. Yi's wyhash.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xe7037ed1a0b428db)
	high, low = bits.Mul64(high^low^a, 0x8ebc6af09c88c6e3)
	return high ^ low ^ b
}

// suggested lets a caller think about a suggestion. A call that is in no line,
// because the queue is closed, has nothing to wait for otherwise.
func (w *world) suggested(c *caller, e *acd.Event, inLine bool) {
	share, kind := w.scenario.Habits.Deflect, deflects
	if e.Channel == acd.ChannelCallback {
		share, kind = w.scenario.Habits.Callback, books
	}
	c.asked++
	dice := w.dice(c.number, matterAccepts, c.record.Attempt<<16|c.asked)
	accepts := openUniform(dice) < share
	var after time.Duration
	switch {
	case accepts && w.scenario.Habits.Decide != nil:
		after = w.scenario.Habits.Decide.Sample(dice)
	case !accepts && inLine:
		return
	case !accepts:
		kind = hangsUp
	}
	c.channel = e.Channel
	w.write(e.At.UnixNano()+int64(after), entry{kind: kind, caller: c, nth: int32(c.asked)})
}

// redial lets a caller who was lost try again.
func (w *world) redial(c *caller, at time.Time) {
	if w.scenario.Redial == nil || c.record.Attempt >= MaxAttempts {
		return
	}
	again, after, ok := w.scenario.Redial(w.dice(c.number, matterRedials, c.record.Attempt), &c.record)
	if !ok {
		return
	}
	next := &caller{call: again, number: c.number, first: c.first}
	next.record.Attempt = c.record.Attempt + 1
	w.write(at.UnixNano()+int64(max(after, 0)), entry{kind: redials, caller: next})
}
