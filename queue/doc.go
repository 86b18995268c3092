// Package queue is a waiting line in which everybody moves forward.
//
// It rests on one idea. Every call in line has an urgency:
//
//	urgency = since − head start
//
// where since is when the caller began to wait. The earliest urgency is served
// first; ties go to the earlier arrival, then to the one who joined first. A
// loyal customer with a head start of two minutes is treated as if the call had
// come two minutes earlier: ahead of those who came in these two minutes, behind
// all who have waited longer. There are no classes, and time is the only currency.
//
// Because all calls grow older at the same rate, the order never changes while
// they wait. The key is computed once, on joining; nothing is sorted again. And
// nobody starves: if no head start exceeds D, nobody is overtaken by a caller who
// came more than D later.
//
// [Line] is the waiting line ready to use: keys, arrival times and head starts.
// It answers who is next, at which position somebody is, and how many would be
// ahead of a newcomer. [Ranking] is the ordered structure beneath it, for programs
// that compute their own [Rank] or keep timers (the deadline as urgency).
//
// How long somebody will still wait is told by [Pace.Estimate], counting those who
// will yet overtake. A [Pace] learns from the line's own past: it is told when time
// passes, and when somebody joins, is served or gives up.
//
// Every operation of a Line or a Ranking takes logarithmic time, from one value to
// millions, and an empty one is a few words. A line that moves on without growing
// does not allocate. Nothing here reads a clock or starts a goroutine; nothing here is
// safe for concurrent use.
package queue
