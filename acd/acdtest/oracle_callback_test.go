package acdtest

import (
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// callback books one with a window in seconds after nine; 0 sets no bound.
func callback(call, number string, from, until float64) acd.Command {
	cmd := acd.Command{Type: acd.CmdCallback, Call: call, Number: number}
	if from != 0 {
		cmd.From = nine.Add(time.Duration(from * float64(time.Second)))
	}
	if until != 0 {
		cmd.Until = nine.Add(time.Duration(until * float64(time.Second)))
	}
	return cmd
}

func cancel(call string) acd.Command { return acd.Command{Type: acd.CmdCancel, Call: call} }

func deflect(call, channel string) acd.Command {
	return acd.Command{Type: acd.CmdDeflect, Call: call, Channel: channel}
}

// unanswered says that the customer did not take the call back.
func unanswered(offer, reason string) acd.Command {
	return acd.Command{Type: acd.CmdDecline, Offer: offer, Reason: reason, Party: "customer"}
}

// next expects the earliest deadline, in seconds after nine.
func (s *trial) next(seconds float64) {
	s.t.Helper()
	want := nine.Add(time.Duration(seconds * float64(time.Second)))
	if got, ok := s.o.Next(); !ok || !got.Equal(want) {
		s.t.Errorf("Next is %v, %v, want %v", got.Sub(nine), ok, want.Sub(nine))
	}
}

// none expects that there is no deadline.
func (s *trial) none() {
	s.t.Helper()
	if got, ok := s.o.Next(); ok {
		s.t.Errorf("Next is %v, want none", got.Sub(nine))
	}
}

func TestCallbackKeepsItsPlaceAndIsTriedAgain(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.Callback = acd.Callback{Attempts: new(2), RetryAfter: new(60 * time.Second)}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(5, arrive("c2"), "5s queued c2 s position=2")
	s.at(10, callback("c1", "117", 0, 0), "10s callback_booked c1 number=117")
	s.at(11, callback("c1", "117", 0, 0)) // as before
	s.at(12, hangup("c1"))                // gone already
	s.at(12, end("c1"), "refused bad_state")
	s.at(20, login("a1", nil), "20s agent a1 not_ready login")
	s.at(20, ready("a1"), "20s agent a1 ready ready",
		"20s offered o1 c1 a1 until=40s kind=callback | all s longest_idle | waited=20s number=117")
	s.at(21, callback("c1", "", 0, 0), "refused bad_state")
	s.at(22, hangup("c1"))
	// No one answers: the agent goes on at once, with the idle time of before.
	s.at(25, unanswered("o1", "busy"),
		"25s withdrawn o1 c1 a1 busy",
		"25s agent a1 ready busy",
		"25s offered o2 c2 a1 until=45s | all s longest_idle | waited=20s")
	s.at(26, unanswered("o2", ""), "refused bad_state") // an ordinary call
	s.at(27, accept("o2"), "27s connected o2 c2 a1 waited=22s")
	s.at(28, end("c1"), "refused bad_state")
	s.at(60, end("c2"), "1m0s ended c2 a1 talked=33s", "1m0s agent a1 ready ended")
	s.next(85)
	// Back after 60 s, having waited 25 s.
	s.at(86, advance,
		"1m25s requeued c1 s retry position=1",
		"1m25s offered o3 c1 a1 until=1m45s kind=callback | all s longest_idle | waited=25s number=117")
	s.at(90, unanswered("o3", ""),
		"1m30s withdrawn o3 c1 a1 declined",
		"1m30s callback_failed c1 s attempts waited=30s",
		"1m30s agent a1 ready declined")
	s.at(91, callback("c1", "", 0, 0), "refused bad_state")
	s.at(91, cancel("c1"))
	s.at(91, unanswered("o3", ""))
}

func TestRetryAfterNothingComesBackAtOnceAndAMissIsNotCounted(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, q *acd.Queue) {
		plan.Callback = acd.Callback{RetryAfter: new(time.Duration(0))}
		q.MaxMissed = new(1)
	}))
	s.staff(nil, "a1")
	s.at(1, arrive("c1"), "1s queued c1 s position=1",
		"1s offered o1 c1 a1 until=21s | all s longest_idle |")
	s.at(1, decline("o1", "error"), "1s withdrawn o1 c1 a1 error", "1s requeued c1 s error position=1",
		"1s agent a1 not_ready error")
	s.at(2, callback("c1", "", 0, 0), "2s callback_booked c1")
	s.at(11, advance, "11s agent a1 ready rested",
		"11s offered o2 c1 a1 until=31s kind=callback | all s longest_idle | waited=10s")
	s.at(12, notReady("a1", "lunch"))
	s.at(13, unanswered("o2", "no_answer"),
		"13s withdrawn o2 c1 a1 no_answer",
		"13s requeued c1 s retry position=1",
		"13s agent a1 not_ready lunch")
	s.at(14, ready("a1"), "14s agent a1 ready ready",
		"14s offered o3 c1 a1 until=34s kind=callback | all s longest_idle | waited=13s")
	// The agent's own miss is one, and no attempt.
	s.at(34, advance, "34s withdrawn o3 c1 a1 no_answer",
		"34s requeued c1 s no_answer position=1", "34s agent a1 not_ready no_answer")
	s.at(35, ready("a1"), "35s agent a1 ready ready",
		"35s offered o4 c1 a1 until=55s kind=callback | all s longest_idle | waited=34s")
	s.at(36, unanswered("o4", ""), "36s withdrawn o4 c1 a1 declined",
		"36s requeued c1 s retry position=1", "36s agent a1 ready declined",
		"36s offered o5 c1 a1 until=56s kind=callback | all s longest_idle | waited=35s")
	s.at(37, unanswered("o5", ""), "37s withdrawn o5 c1 a1 declined",
		"37s callback_failed c1 s attempts waited=36s", "37s agent a1 ready declined")
}

func TestWishedCallbackRestsUntilItsWindowOpens(t *testing.T) {
	s := begin(t, one(func(_ *acd.Plan, q *acd.Queue) {
		q.Capacity = new(1)
		q.Steps = []acd.Step{
			{Needs: acd.Skills{"s": 5}},
			{After: 30 * time.Second, Needs: acd.Skills{"s": 4}},
			{After: 40 * time.Second, Do: &acd.Do{Divert: "119"}},
			{After: 50 * time.Second, Needs: acd.Skills{"s": 3}},
			{After: 120 * time.Second, Needs: acd.Skills{"s": 2}},
		}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(10, callback("c1", "", 70, 130), "10s callback_booked c1 not_before=1m10s until=2m10s")
	s.next(70)
	s.at(20, arrive("c2"), "20s queued c2 s position=1") // the place in the line is free
	s.at(21, arrive("c3"), "21s blocked c3 s full")
	s.at(22, end("c1"), "refused bad_state")
	s.at(22, transferTo("c1", "s"), "refused bad_state")
	s.at(23, hangup("c1"))
	s.at(24, hangup("c2"), "24s abandoned c2 s waited=4s")
	// 60 s of rest do not count: since 60 s now. The diversion speaks to nobody.
	s.at(70, advance,
		"1m10s requeued c1 s due position=1",
		"1m10s step c1 s step=1",
		"1m10s step c1 s step=2",
		"1m10s step c1 s step=3")
	s.at(125, advance, "2m0s step c1 s step=4")
	s.next(130)
	s.at(140, advance, "2m10s callback_failed c1 s expired waited=1m10s")
}

func TestWindowOverWhileItRingsLetsTheOfferRunOn(t *testing.T) {
	s := begin(t, one(nil))
	s.staff(nil, "a1")
	s.at(0, arrive("c1"), "0s queued c1 s position=1", "0s offered o1 c1 a1 until=20s | all s longest_idle |")
	s.at(1, decline("o1", "busy"), "1s withdrawn o1 c1 a1 busy",
		"1s requeued c1 s busy position=1", "1s agent a1 not_ready busy")
	s.at(2, callback("c1", "", 1, 20), "2s callback_booked c1 not_before=1s until=20s") // open already
	s.at(11, advance, "11s agent a1 ready rested",
		"11s offered o2 c1 a1 until=31s kind=callback | all s longest_idle | waited=11s")
	s.next(20)
	s.at(25, advance)
	s.at(31, advance, "31s withdrawn o2 c1 a1 no_answer",
		"31s callback_failed c1 s expired waited=31s", "31s agent a1 not_ready no_answer")

	// A talk is not ended by it, but a failed bridge is too late.
	s.at(40, ready("a1"), "40s agent a1 ready ready")
	s.at(40, arrive("c2"), "40s queued c2 s position=1", "40s offered o3 c2 a1 until=1m0s | all s longest_idle |")
	s.at(41, decline("o3", "error"), "41s withdrawn o3 c2 a1 error",
		"41s requeued c2 s error position=1", "41s agent a1 not_ready error")
	s.at(41, callback("c2", "", 0, 60), "41s callback_booked c2 until=1m0s")
	s.at(51, advance, "51s agent a1 ready rested",
		"51s offered o4 c2 a1 until=1m11s kind=callback | all s longest_idle | waited=11s")
	s.at(52, accept("o4"), "52s connected o4 c2 a1 waited=12s")
	s.at(53, callback("c2", "", 0, 0), "refused bad_state")
	s.at(53, cancel("c2"), "refused bad_state")
	s.none()
	s.at(70, bridgeFail("c2"), "1m10s callback_failed c2 s expired waited=12s", "1m10s agent a1 not_ready bridge_failed")
}

func TestFailedBridgeIsNoAttemptOfACallback(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) { plan.Callback.Attempts = new(1) }))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(0, callback("c1", "", 0, 0), "0s callback_booked c1")
	s.staffAt(5, "a1", "5s offered o1 c1 a1 until=25s kind=callback | all s longest_idle | waited=5s")
	s.at(6, accept("o1"), "6s connected o1 c1 a1 waited=6s")
	s.at(8, bridgeFail("c1"), "8s requeued c1 s bridge_failed position=1", "8s agent a1 not_ready bridge_failed")
	s.at(18, advance, "18s agent a1 ready rested",
		"18s offered o2 c1 a1 until=38s kind=callback | all s longest_idle | waited=16s")
	s.at(19, accept("o2"), "19s connected o2 c1 a1 waited=17s")
	s.at(29, hangup("c1"), "29s ended c1 a1 talked=10s", "29s agent a1 ready ended")
}

func TestBookingAnewKeepsTheAttempts(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) {
		plan.Callback = acd.Callback{Attempts: new(2), RetryAfter: new(100 * time.Second)}
	}))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(0, callback("c1", "", 0, 0), "0s callback_booked c1")
	s.staffAt(5, "a1", "5s offered o1 c1 a1 until=25s kind=callback | all s longest_idle | waited=5s")
	s.at(6, unanswered("o1", ""), "6s withdrawn o1 c1 a1 declined", "6s agent a1 ready declined")
	s.at(7, callback("c1", "", 0, 0)) // the same: it rests on
	s.at(8, callback("c1", "", 20, 30), "8s callback_booked c1 not_before=20s until=30s")
	s.at(9, callback("c1", "118", 15, 40), "9s callback_booked c1 not_before=15s until=40s number=118")
	s.next(15)
	// An open window: back at once, without the rest of before.
	s.at(10, callback("c1", "118", 0, 40), "10s callback_booked c1 until=40s number=118",
		"10s requeued c1 s due position=1",
		"10s offered o2 c1 a1 until=30s kind=callback | all s longest_idle | waited=6s number=118")
	s.at(12, unanswered("o2", ""), "12s withdrawn o2 c1 a1 declined",
		"12s callback_failed c1 s attempts waited=8s", "12s agent a1 ready declined")
}

func TestHoldEndsWhenTheCallGoesToRest(t *testing.T) {
	s := begin(t, holding())
	s.staff(acd.Skills{"s": 9}, "own", "other")
	s.at(0, arrive("c0"), "0s queued c0 s position=1", "0s offered o1 c0 other until=20s | all s longest_idle |")
	s.at(0, accept("o1"), "0s connected o1 c0 other")
	c1 := acd.Command{Type: acd.CmdArrive, Call: "c1", LastAgent: "other"}
	s.at(1, c1, "1s queued c1 s position=1") // held until 31 s
	s.at(2, callback("c1", "", 10, 0), "2s callback_booked c1 not_before=10s")
	s.at(10, advance, "10s requeued c1 s due position=1",
		"10s offered o2 c1 own until=30s kind=callback | all s longest_idle | waited=1s")
}

func TestRetryNeverOutlivesTheWindow(t *testing.T) {
	s := begin(t, one(func(plan *acd.Plan, _ *acd.Queue) { plan.Callback.RetryAfter = new(10 * time.Second) }))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(0, callback("c1", "", 0, 16), "0s callback_booked c1 until=16s")
	s.staffAt(5, "a1", "5s offered o1 c1 a1 until=25s kind=callback | all s longest_idle | waited=5s")
	s.at(6, unanswered("o1", ""), "6s withdrawn o1 c1 a1 declined", "6s agent a1 ready declined")
	// At 16 s the retry is due and the window closes, which was set first.
	s.at(16, advance, "16s callback_failed c1 s expired waited=6s")
	s.at(20, arrive("c2"), "20s queued c2 s position=1", "20s offered o2 c2 a1 until=40s | all s longest_idle |")
	s.at(21, logout("a1"), "21s withdrawn o2 c2 a1 logout", "21s requeued c2 s logout position=1",
		"21s agent a1 logged_out logout")
	s.at(21, callback("c2", "", 0, 30), "21s callback_booked c2 until=30s")
	s.staffAt(25, "a1", "25s offered o3 c2 a1 until=45s kind=callback | all s longest_idle | waited=5s")
	// The customer does not answer, and by now it is too late to try again.
	s.at(35, unanswered("o3", ""), "35s withdrawn o3 c2 a1 declined",
		"35s callback_failed c2 s expired waited=15s", "35s agent a1 ready declined")
}

func TestCancelGivesTheCallbackUp(t *testing.T) {
	s := begin(t, one(nil))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(1, cancel("c1"), "refused bad_state")
	s.at(1, cancel("c9"), "refused unknown_call")
	s.at(1, callback("c1", "", 0, 0), "1s callback_booked c1")
	s.at(2, cancel("c1"), "2s abandoned c1 s cancelled waited=2s")
	s.at(3, cancel("c1"))
	s.at(4, arrive("c2"), "4s queued c2 s position=1")
	s.at(5, callback("c2", "", 60, 0), "5s callback_booked c2 not_before=1m0s")
	s.at(15, cancel("c2"), "15s abandoned c2 s cancelled waited=1s")
	s.at(16, arrive("c3"), "16s queued c3 s position=1")
	s.at(16, callback("c3", "", 0, 0), "16s callback_booked c3")
	s.staffAt(17, "a1", "17s offered o1 c3 a1 until=37s kind=callback | all s longest_idle | waited=1s")
	s.at(18, login("a2", nil), "18s agent a2 not_ready login")
	s.at(18, ready("a2"), "18s agent a2 ready ready")
	s.at(19, cancel("c3"), "19s withdrawn o1 c3 a1 hangup", "19s abandoned c3 s cancelled waited=3s",
		"19s agent a1 ready hangup")
	// a1 kept its idle time.
	s.at(20, arrive("c4"), "20s queued c4 s position=1", "20s offered o2 c4 a1 until=40s | all s longest_idle |")
}

func TestDeflectTakesTheCallerElsewhere(t *testing.T) {
	s := begin(t, one(nil))
	s.at(0, arrive("c1"), "0s queued c1 s position=1")
	s.at(0, deflect("c1", ""), "refused bad_value")
	s.at(0, deflect("c1", "callback"), "refused bad_value")
	s.at(0, deflect("c9", "sms"), "refused unknown_call")
	s.at(3, deflect("c1", "sms"), "3s deflected c1 s waited=3s channel=sms")
	s.at(3, deflect("c1", "web"))
	s.at(3, hangup("c1"))
	s.at(4, arrive("c2"), "4s queued c2 s position=1")
	s.at(4, callback("c2", "", 60, 0), "4s callback_booked c2 not_before=1m0s")
	s.at(9, deflect("c2", "web"), "9s deflected c2 s channel=web")
	s.staffAt(10, "a1")
	s.at(10, arrive("c3"), "10s queued c3 s position=1", "10s offered o1 c3 a1 until=30s | all s longest_idle |")
	s.at(12, deflect("c3", "web"), "12s withdrawn o1 c3 a1 hangup",
		"12s deflected c3 s waited=2s channel=web", "12s agent a1 ready hangup")
	s.at(13, arrive("c4"), "13s queued c4 s position=1", "13s offered o2 c4 a1 until=33s | all s longest_idle |")
	s.at(13, accept("o2"), "13s connected o2 c4 a1")
	s.at(14, deflect("c4", "web"), "refused bad_state")
}

func TestBadWindowsAndNumbersAreRefusedFirst(t *testing.T) {
	s := begin(t, one(nil))
	s.at(10, arrive("c1"), "10s queued c1 s position=1")
	s.at(20, callback("", "", 0, 0), "refused bad_id")
	s.at(20, callback("c1", "\n", 0, 0), "refused bad_value")
	s.at(20, callback("c1", "", 0, 20), "refused bad_value")
	s.at(20, callback("c1", "", 40, 40), "refused bad_value")
	s.at(20, callback("c1", "", -4e9, 0), "refused bad_value")
	s.at(20, callback("c1", "", 0, 9e9), "refused bad_value")
	s.at(20, callback("c9", "", 30, 40), "refused unknown_call")
	s.at(15, advance, "refused time_backwards") // but that one moved the clock
	s.at(20, callback("c1", "", 20, 40), "20s callback_booked c1 not_before=20s until=40s")
}
