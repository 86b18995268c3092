// Package sim runs the router itself in virtual time: the same [acd.Engine]
// that decides live calls decides the simulated ones, so nothing about routing
// is modelled twice.
//
// A [Scenario] says who calls, how long they talk and wait, who works when, and
// by which plan. [Run] plays it and tells what each caller lived through. The
// same seed gives the same events, byte for byte, and because a call's talk and
// patience are drawn when it arrives and not when it is served, two plans with
// one seed meet the very same callers.
//
// What a replay of a call log cannot know: how long a caller who was answered
// would have waited. Those times are censored; [KaplanMeier] uses what they do
// tell, and [Survival.SampleAbove] draws the rest.
package sim
