package main

import (
	"context"
	"time"

	"github.com/najimi-acd/najimi/acd/sim"
)

// compare plays all variants and makes the report of them.
func compare(ctx context.Context, h *history, list []variant, changed variant, o options, done func()) (*report, error) {
	r := &report{
		Source: h.source, Format: h.format, From: h.from, To: h.to, Days: h.days, Calls: len(h.log.Calls),
		Runs: o.runs, Seed: o.seed, Within: o.within.Seconds(), Base: list[0].name,
		HeadStarts: headStarts(list, changed, headStartTiers(h, o)),
	}
	if h.own != nil {
		r.InForce = h.own.name
	}
	if o.odd {
		r.Odd = h.odd()
	}
	var queues []string
	if o.byQueue {
		queues = h.Queues
	}
	kinds := kinds(h.kindsOfTier(), queues)
	was := h.Recorded(h.log, halfHours(h.midnight), watch(o.within))
	was.Rows = wholeDay(was.Rows)
	record := &sim.Sample{Runs: []sim.Result{was}}
	r.Recorded = tell(record, nil, kinds, o)
	r.Recorded.Name, r.Recorded.Says, r.Recorded.Day = "recorded", h.recordedSays(), day(record, h.days)

	var base *sim.Sample
	for _, v := range list {
		sample, err := play(ctx, h, v, o, done)
		if err != nil {
			return nil, err
		}
		l := tell(sample, base, kinds, o)
		if base == nil {
			base = sample
		}
		l.Name, l.Says, l.Doubts = v.name, v.says, v.doubts
		l.Day = day(sample, h.days)
		r.Variants = append(r.Variants, l)
		r.Level = sample.Level
	}
	var err error
	if r.Day, err = needed(h.Calls, o.seed, h.midnight, h.days, r.patience(), o.within); err != nil {
		return nil, err
	}
	r.calibrate()
	r.Limits = limits(h, o)
	return r, nil
}

// patience is the mean of all callers' by the record, if hanging up were as
// likely at any moment of waiting: all waiting over all who hung up. 0: nobody
// did.
func (r *report) patience() time.Duration {
	all := r.Recorded.Callers[0].Figures
	wait, hungUp := orNaN(all[keyWaitOfAll].Value), orNaN(all[keyHungUp].Value)
	if !(hungUp > 0) {
		return 0
	}
	return duration(wait / hungUp)
}
