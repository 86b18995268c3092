// Package sim runs the router itself in virtual time: the same [acd.Engine]
// that decides live calls decides the simulated ones, so nothing about routing
// is modelled twice.
//
// A [Scenario] says who calls, how long they talk and wait, what they do when
// they are lost or asked for something, who works when, and by which plan.
//
//   - [Run] plays it once and tells what callers lived through.
//   - [Replicate] plays it with many seeds, on all cores, and estimates any
//     [Measure] with a confidence interval.
//   - [Compare] plays two plans with the same seeds: the same callers, who
//     decide alike. What differs is the plan's doing, and the interval of the
//     difference is narrow.
//   - [Staff] finds the fewest agents, by group and interval, for which every
//     queue and tier meets its goals under the plan.
//
// Calls come from a Poisson process ([Random]), from days that differ in how
// busy they are ([RandomDays]), from a list ([Log]) or from a centre's own
// records ([FromLog]).
//
// The same seed gives the same events, byte for byte, on any machine and any
// number of cores. A call's talk and patience are drawn when it arrives and not
// when it is served, and all that is drawn later is drawn from numbers of the
// call's own; so two plans with one seed meet the very same callers.
//
// What a replay of a call log cannot know: how long a caller who was answered
// would have waited. Those times are censored; [KaplanMeier] uses what they do
// tell, and [Survival.SampleAbove] draws the rest.
package sim
