// Package erlang tells how many people a contact centre needs, how long callers
// wait, and how many are lost. It is a set of pure functions: numbers in, numbers
// out.
//
// # A short course
//
// The load of a group is calls × handle time ÷ time, in erlangs: 240 calls in half
// an hour of 5 minutes each are 40 erlangs, and 40 people would be on the phone all
// the time. As many would never do: calls come at random, so that a queue builds up
// whenever more come than usual, and time that nobody called in cannot be saved.
// How many more it takes depends on what happens to a call that finds everybody
// busy:
//
//   - It is lost, as on a group of trunk lines: [B] (Erlang B), [Servers] and
//     [Traffic] for the two inverses, [Engset] if there are so few callers that
//     those on the phone are missed among the others.
//   - It waits as long as it takes: [C] (Erlang C).
//   - It waits until the caller hangs up, in a line of limited length, and perhaps
//     calls again: a [Workload] with Patience (Erlang A), Lines and Redial.
//
// [Workload.With] gives every figure for a number of agents, [Workload.Staff] the
// fewest agents that keep a promise, a [Target]. With Patience, Lines and Redial all
// 0 they are Erlang C. That is the usual choice, and a poor one for a busy centre:
// it knows no long run at all once the load reaches the agents, while in truth some
// callers hang up and the others are served. Put in a patience whenever you have an
// idea of it; a wrong one by a factor of two is nearer the truth than infinity.
//
// From the formulas follow
//
//   - [StaffDay]: a plan for the intervals of a day, with shrinkage;
//   - [Uncertain]: the same when the number of calls is itself a guess, as it
//     always is;
//   - [HeadStarts]: what each tier of callers waits when some start ahead, and
//     [Priority] the strict classes to compare with;
//   - [SquareRootAgents]: the rule of thumb, to see why large groups need less slack.
//
// # What the figures mean
//
// All shares and means of an [Outcome] are of offered attempts to call, redials
// included. ASA is the mean wait of those who were answered, MeanWait that of all.
// A blocked call has waited 0. A service level needs a [Definition]: whether callers
// who hung up count, and how, moves it by tens of points on the same centre.
//
// # What is assumed
//
// Calls come at random at a steady rate (a Poisson process), handle times and
// patience are exponential, all agents can take all calls, and the figures are
// those of the long run. Of these the steady rate is the one that fails most: see
// [StaffDay] and [Uncertain]. B holds for any distribution of handle times, and the
// others are not far off for the usual ones. Skills, ladders and an operator of last
// time are beyond formulas: package acd/sim runs the router itself.
//
// # Domain, errors, accuracy, cost
//
// Load is in erlangs; times are time.Duration. Formulas return NaN outside of
// their domain, as those of package math do; what solves an equation or takes a
// struct returns an error that names the field. Nothing panics or hangs, on any
// float64, and no formula allocates.
//
// The relative error is at most 1e-12, of small tails too, for 1 to 1,000,000
// servers and loads from 1e-6 to 1e12, wherever the figure is not below 1e-300; the
// tests compare with tables of 50 digits and with sums over all states. What a
// Duration holds is rounded to the nanosecond. HeadStarts and Uncertain say their
// own accuracy.
//
// B, C and With take about a microsecond, for ten agents or a million, With up to
// five of them if both lines and patience are limited, and some ten times as much
// with redials; their inverses some ten calls of them. Few states are added up, many
// are integrated over in one sum of 24 terms. The tails and service levels of a
// limited line cost no more up to 256 places to wait, and up to half a millisecond
// beyond; a quantile is some ten tails.
package erlang
