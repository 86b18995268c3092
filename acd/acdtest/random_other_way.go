package acdtest

import (
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// otherWay is for calls that do not simply wait, ring and talk: callbacks,
// transfers, deflection, and a plan that changes meanwhile.
func (r *Random) otherWay() acd.Command {
	switch n := r.draw(30); {
	case n < 12:
		return r.callback()
	case n < 14:
		return acd.Command{Type: acd.CmdCancel, Call: r.call(r.booked)}
	case n < 18:
		return acd.Command{
			Type: acd.CmdDeflect, Call: r.call(pick(r.draw, [][]string{r.asked, r.asked, r.live, r.booked})),
			Channel: pick(r.draw, []string{"sms", "web", "post office"}),
		}
	case n < 27:
		return r.transfer()
	}
	return r.changePlan()
}

// callback books one, often for a caller to whom it was suggested, or books it
// again, the same or otherwise.
func (r *Random) callback() acd.Command {
	if len(r.booked) > 0 && r.draw.one(3) {
		return r.rebook(pick(r.draw, r.booked))
	}
	cmd := acd.Command{
		Type: acd.CmdCallback, Call: r.call(pick(r.draw, [][]string{r.live, r.live, r.asked, r.booked})),
		Number: pick(r.draw, []string{"", "", "090-5555-6666", "+81 3 7777 8888"}),
	}
	if r.draw(3) != 0 {
		r.window(&cmd)
	}
	r.bookings[cmd.Call] = cmd
	return cmd
}

// rebook tells a booking again, or changes it.
func (r *Random) rebook(call string) acd.Command {
	cmd := r.bookings[call]
	cmd.Type, cmd.Call = acd.CmdCallback, call
	switch r.draw(4) {
	case 1:
		cmd.Number += "1"
	case 2:
		cmd.From = time.Time{}
	case 3:
		r.window(&cmd)
	}
	r.bookings[call] = cmd
	return cmd
}

// window draws one that makes sense, if it is kept.
func (r *Random) window(cmd *acd.Command) {
	cmd.From, cmd.Until = r.instant(), r.instant()
	if !cmd.Until.After(cmd.From) || !cmd.Until.After(r.now) {
		cmd.Until = time.Time{}
	}
}

// instant is none, or one near now: gone, now, the next deadline, or to come.
func (r *Random) instant() time.Time {
	switch r.draw(8) {
	case 0, 1, 2:
		return time.Time{}
	case 3:
		return r.now.Add(-r.draw.maybeZero())
	case 4:
		if r.hasNext && r.next.After(r.now) {
			return r.next
		}
	case 5:
		return r.now.Add(r.draw.duration() * time.Duration(1+r.draw(20)))
	}
	return r.now.Add(r.draw.duration())
}

// transfer passes a call on, from a talk or from the line.
func (r *Random) transfer() acd.Command {
	cmd := acd.Command{Type: acd.CmdTransfer, Call: r.call(pick(r.draw, [][]string{r.live, r.talking, r.talking, r.booked}))}
	if r.draw.one(2) {
		cmd.Agent = r.agent(pick(r.draw, []acd.State{acd.StateReady, acd.StateTalking, acd.StateWrapUp, ""}))
	} else {
		cmd.Queue = pick(r.draw, r.queues)
	}
	if r.draw.one(2) {
		cmd.Note = pick(r.draw, []string{"wants the manager", "paid\ntwice", "請求書", strings.Repeat("n", 1024)})
	}
	return cmd
}

// changePlan gives a plan much like the present one, now and then one that must
// be refused.
func (r *Random) changePlan() acd.Command {
	if r.draw.one(12) {
		return acd.Command{Type: acd.CmdPlan}
	}
	plan := RandomChange(r.draw, *r.plan, r.queues)
	if r.draw.one(8) {
		spoilPlan(r.draw, &plan)
	} else {
		r.follow(&plan)
	}
	return acd.Command{Type: acd.CmdPlan, Plan: &plan}
}
