// Package report computes a centre's figures from the router's events alone,
// live or from a journal: what became of the calls, how long callers waited,
// whether the service level was kept, and what the agents did.
//
//	r, err := report.New(report.Options{Zone: tokyo, Plan: &plan})
//	r.Add(events...)                 // as they come
//	result := r.Result(time.Now())   // whenever somebody looks
//	result.WriteText(os.Stdout)
//
// A [Result] is plain data: rows by interval and tier for the centre, by
// interval, queue and tier for the queues, by interval and agent for the agents.
// [Group] merges rows, exactly; [Result.Between] picks hours. Results can be
// written as text for people, as CSV ([WriteCSV], [WriteAgentsCSV],
// [WriteDispositionsCSV]) and as JSON.
//
// # What a call counts as
//
// For the centre a call counts once, in the interval in which it arrived,
// whenever its outcome comes. For a queue it counts each time it comes to the
// queue (arriving, overflowing or transferred), in the interval in which it
// does, with what became of it there. A transfer to an agent is a new stay in
// the same queue. The tier is the call's own, from arrival to end.
//
// Of the calls offered each has exactly one of these outcomes, so that they add
// up to offered ([Figures]):
//
//   - answered: a talk began. A talk whose bridge failed never did. What follows
//     does not change it: a caller who is passed on and then hangs up in the
//     second queue was answered for the centre (and is one of left_later) and
//     for the first queue, and is abandoned for the second;
//   - abandoned: the caller hung up before;
//   - blocked (closed ones apart), diverted, deflected;
//   - failed and cancelled: callbacks that never reached the customer, or were
//     given up;
//   - overflowed, moved: gone on to another queue by itself, or by a supervisor
//     (queues only);
//   - unknown: events are missing;
//   - waiting: none yet.
//
// # What is measured
//
// The wait of a call is its time in line or ringing; talk, and the rest of a
// callback that is not due, are not in it. For the centre it is the wait up to
// the first talk. For a queue it is what of it was waited since the call came to
// that queue.
//
//	ASA                = waits of answered calls ÷ answered
//	wait quantile p    = wait that a share p of the answered calls did not exceed
//	service level      = see Figures.ServiceLevel and erlang.Definition
//	AHT                = (talk + wrap-up) ÷ talks that are over, wrap-up included
//	transfers per call = talks that ended in a transfer ÷ answered
//	same agent rate    = answered by the agent of last time ÷ answered
//	occupancy          = (talking + wrap-up) ÷ staffed
//	staffed            = time in ready, offered, talking and wrap_up
//
// A called-back customer is answered when the talk begins, after the wait that
// the call spent in line; since nobody held the line meanwhile, these waits are
// also told apart (callback_asa).
//
// The time of a service level is the queue's, from the plan; a call of the
// centre is judged by that of the queue it first came to. Both bounds are
// inclusive: a wait of 20 s is within 20 s. "Short abandons" in the names of the
// definitions are those within the service level's time, as in package erlang,
// so that a forecast and a report compare; the column short_abandoned counts
// those within the plan's short_abandon.
//
// Talk, wrap-up and dispositions belong to the row in which their call is. The
// figures of agents go by the clock instead: time counts in the interval in
// which it passed, an offer when it rang, a talk when it ended, its handle time
// when the wrap-up ended.
//
// Overtakings given are the router's own count: with each offer it tells how
// many calls in line the agent could have taken that had begun to wait earlier.
// It does not tell which. Suffered ones are laid to those of the same queue who
// had waited longest, so they are at most as many; the rest were in other
// queues.
//
// A share or mean of no calls does not exist: NaN or false in Go, an empty field
// in CSV, null in JSON.
//
// # Fields
//
// The fields of CSV and JSON, in their order. Counts: offered; answered,
// abandoned, cancelled, blocked, diverted, deflected, failed, overflowed, moved,
// unknown, waiting; overflowed_in, transferred_in (of offered), talking,
// same_agent, answered_within (of answered), abandoned_within, short_abandoned
// (of abandoned), closed (of blocked), waiting_over (of waiting: longer than the
// service level's time), left_later (of answered). Shares: answered_of_offered,
// answered_of_answered, short_abandons_met, short_abandons_excluded (the service
// level), abandon_rate. Times: asa, wait_p50, wait_p90, wait_p95, wait_p99,
// wait_longest (of answered), abandon_wait (mean). Handling: handled, talk,
// wrap_up, aht, transferred, transfers_per_call, same_agent_rate. Then:
// callbacks_booked, callbacks_reached, callback_asa, overtakings_given,
// overtakings_suffered, suggested, announced, overdue.
//
// Of agents: offers, missed, talks, same_agent, transferred, handled,
// handle_time, aht, ready, ringing, talking, wrapping_up, not_ready, staffed,
// occupancy.
package report
