package erlang

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// An Interval is one stretch of a day: the workload that comes in it, Per being
// its length. Each has its own calls, handle time, patience, lines and redials.
// The intervals of a day follow one another without a break.
type Interval = Workload

// A Method says how the intervals of a day bear on each other.
type Method int

const (
	// Stationary takes each interval on its own, as if it had gone on for ever
	// (SIPP: stationary, independent, period by period). Good where handle times
	// are short beside the intervals and the volume does not jump.
	Stationary Method = iota
	// Lagged moves the calls later by one mean handle time of the interval:
	// agents are busiest not when most calls come in but when most are being
	// handled. It matters where calls take long beside the intervals. Before the
	// day the rate is taken to be that of its first interval.
	Lagged
	// CarryOver takes what one interval leaves in line from its calls and adds it
	// to the next, in steps of about one handle time. The day begins with nobody
	// in line. With a Spread it needs a Confidence. It matters where a target allows for long
	// lines, or where limits of lines and patience let an interval be overloaded.
	CarryOver
)

var methods = [...]string{"Stationary", "Lagged", "CarryOver"}

// String returns the constant's name.
func (m Method) String() string {
	if !m.known() {
		return fmt.Sprintf("Method(%d)", int(m))
	}
	return methods[m]
}

func (m Method) known() bool { return m >= 0 && int(m) < len(methods) }

// DayOptions say how a day is to be staffed. The zero value takes each interval
// on its own and everybody on the phones all of the time.
type DayOptions struct {
	// Method says how the intervals bear on each other.
	Method Method
	// Shrinkage is the share of paid time that is not spent on the phones or
	// ready for them: breaks, meetings, training, illness. From 0 to below 1.
	Shrinkage float64
	// Minimum is the fewest agents on the phones in any interval, calls or not.
	Minimum int
	// Spread is how uncertain the volume of the day is: the standard deviation
	// of the calls' rate over its mean, see [Uncertain]. All intervals of a day
	// are high or low together. 0: the calls are known.
	Spread float64
	// Confidence is the share of days on which the target is to be met, from 0
	// to below 1. 0: it is to be met on average over the calls of all days. It
	// counts only with a Spread, and does not go with Target.Abandon and limited
	// lines: the busier the day, the fewer find a line to hang up on.
	Confidence float64
}

func (o DayOptions) check() error {
	var faults []error
	fault := func(field string, value any, domain string) {
		faults = append(faults, fmt.Errorf("erlang: DayOptions.%s is %v: %s", field, value, domain))
	}
	if !o.Method.known() {
		fault("Method", o.Method, "there is no such method")
	}
	if !(o.Shrinkage >= 0 && o.Shrinkage < 1) {
		fault("Shrinkage", o.Shrinkage, "it must lie from 0 to below 1")
	}
	if o.Minimum < 0 {
		fault("Minimum", o.Minimum, "it must not be negative")
	}
	if !(o.Spread >= 0 && o.Spread <= 1000) {
		fault("Spread", o.Spread, "it must lie from 0 to 1000")
	}
	if !(o.Confidence >= 0 && o.Confidence < 1) {
		fault("Confidence", o.Confidence, "it must lie from 0 to below 1")
	}
	if o.Method == CarryOver && o.Spread > 0 && o.Confidence == 0 {
		fault("Confidence", o.Confidence, "what is carried over differs from day to day, so CarryOver with a Spread needs one")
	}
	return errors.Join(faults...)
}

// A Requirement is what one interval needs.
type Requirement struct {
	// Agents is the fewest on the phones that meet the target, or the minimum.
	Agents int
	// Exact is the same, not rounded: see [Workload.StaffExact]. Rounding each
	// interval and queue up overstates a centre; add these up instead.
	Exact float64
	// Scheduled is how many to schedule for Agents to be on the phones:
	// Agents ÷ (1 − shrinkage), rounded up.
	Scheduled int
	// ScheduledExact is Exact ÷ (1 − shrinkage), not rounded.
	ScheduledExact float64
	// Carried is how many calls the interval leaves to the next, by CarryOver:
	// after the last, those in line at closing time. Less than a millionth of a
	// call is none. Otherwise 0.
	Carried float64
	// Outcome is what the interval lives through with Agents: with the calls as
	// the method moved them, and with a Confidence as many more as it says; with
	// a Spread alone, what a day of the mean volume lives through.
	Outcome Outcome
}

// StaffDay returns what each interval of a day needs to meet the target. A day
// can be as long as one likes; a year of half hours takes well below a second
// without limits of lines and without a Spread to be averaged over.
//
// An interval without calls, its own or those moved into it, needs the minimum.
//
// Errors name the field, and the index of the interval: a field out of its
// domain, a target that no number of agents meets, more agents than can be
// counted. The cost is that of some twenty calls of [Workload.With] an interval,
// some thousand with a Spread and no Confidence; CarryOver adds one of [BReal]
// for every handle time in the interval to each, at most 100.
func StaffDay(day []Interval, t Target, o DayOptions) ([]Requirement, error) {
	if err := errors.Join(checkDay(day), t.Check(), o.check()); err != nil {
		return nil, err
	}
	factor := 1.0
	if o.Spread > 0 && o.Confidence > 0 {
		if i := slices.IndexFunc(day, func(w Interval) bool { return w.Lines > 0 && w.Patience > 0 }); i >= 0 && t.Abandon > 0 {
			return nil, fmt.Errorf("interval %d: erlang: DayOptions.Confidence is %v: it does not go with Target.Abandon and Workload.Lines", i, o.Confidence)
		}
		factor = volumeQuantile(o.Spread, o.Confidence)
	}
	var line timeline
	if o.Method == Lagged {
		line = newTimeline(day)
	}
	p := planner{target: t, options: o, margin: 1}
	plan := make([]Requirement, len(day))
	for i, w := range day {
		if o.Method == Lagged {
			w.Calls = line.lagged(i)
		}
		w.Calls *= factor
		r, err := p.require(w)
		if err != nil {
			return nil, fmt.Errorf("interval %d: %w", i, err)
		}
		plan[i] = r
	}
	return plan, nil
}

func checkDay(day []Interval) error {
	var faults []error
	var length time.Duration
	for i, w := range day {
		err := w.check()
		if err == nil && w.Per > math.MaxInt64-length {
			err = fmt.Errorf("erlang: Workload.Per is %v: the day is longer than %v", w.Per, time.Duration(math.MaxInt64))
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("interval %d: %w", i, err))
			continue
		}
		length += w.Per
	}
	return errors.Join(faults...)
}

// A planner staffs one interval after the other.
type planner struct {
	target  Target
	options DayOptions
	margin  float64 // of the last interval, in square roots of its load, by CarryOver
	carried float64 // calls that the last interval left over
}

// require staffs the next interval.
func (p *planner) require(w Workload) (Requirement, error) {
	if err := w.check(); err != nil { // more calls than make a load
		return Requirement{}, err
	}
	least := p.options.Minimum
	if w.Lines > 0 && w.Lines < least {
		return Requirement{}, fmt.Errorf("erlang: DayOptions.Minimum is %d: more than the %d lines", least, w.Lines)
	}
	var r Requirement
	if w.Calls+p.carried > 0 {
		var err error
		if r.Agents, r.Exact, err = p.staff(w); err != nil {
			return Requirement{}, err
		}
	}
	r.Agents = max(r.Agents, least)
	r.Exact = max(r.Exact, float64(least))
	scheduled := float64(r.Agents) / (1 - p.options.Shrinkage)
	// 14 ÷ 0.7 is 20, whatever the last bit says.
	if scheduled = math.Ceil(scheduled - 1e-12*scheduled); scheduled >= math.MaxInt {
		return Requirement{}, fmt.Errorf("erlang: DayOptions.Shrinkage is %v: more than can be scheduled for %d agents", p.options.Shrinkage, r.Agents)
	}
	r.Scheduled = int(scheduled)
	r.ScheduledExact = r.Exact / (1 - p.options.Shrinkage)
	if p.options.Method == CarryOver {
		w.Calls, p.carried = w.carry(r.Agents, p.carried)
		if p.carried < 1e-6 {
			// Nobody comes in for a millionth of a call.
			w.Calls, p.carried = w.Calls+p.carried, 0
		}
		r.Carried = p.carried
	}
	var err error
	r.Outcome, err = w.with(float64(r.Agents), r.Agents)
	return r, err
}

// staff returns the fewest agents for an interval with calls, and their exact
// number.
func (p *planner) staff(w Workload) (agents int, exact float64, err error) {
	if p.options.Spread > 0 && p.options.Confidence == 0 {
		u := Uncertain{w, p.options.Spread}
		if agents, _, err = u.Staff(p.target); err == nil {
			exact, err = u.exact(p.target, agents)
		}
		return agents, exact, err
	}
	if p.options.Method != CarryOver {
		if agents, _, err = w.Staff(p.target); err == nil {
			exact = w.exact(p.target, agents)
		}
		return agents, exact, err
	}
	most := math.MaxInt
	if w.Lines > 0 {
		most = w.Lines
	}
	all := w
	all.Calls += p.carried
	load := all.Load()
	// The margin of the last interval is the best guess for this one.
	first := int(min(SquareRootAgents(load, p.margin), math.MaxInt/4)) + 1
	v := w
	agents, ok := fewest(1, first, most, 1, func(agents int) float64 {
		v.Calls, _ = w.carry(agents, p.carried)
		o, err := v.with(float64(agents), agents)
		return p.target.shortfall(o, err)
	})
	if !ok {
		return 0, 0, errNotEven(agents)
	}
	between := w.carryBetween(agents, p.carried)
	exact = exactly(agents, min(load, 1)/1000, func(n float64) float64 {
		v.Calls = between(n)
		return p.target.shortfall(v.with(n, agents))
	})
	if margin := (exact - load) / math.Sqrt(load); !math.IsInf(margin, 0) && !math.IsNaN(margin) {
		p.margin = margin
	}
	return agents, exact, nil
}
