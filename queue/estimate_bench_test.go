package queue

import (
	"fmt"
	"testing"
	"time"
)

// paceOf has seen some hundreds served, one in ten giving up, and joiners with so
// many different leads.
func paceOf(leads int, giveUp bool) *Pace {
	p := &Pace{}
	for i := range 300 {
		p.Pass(2*time.Second, 20, 5)
		p.Join(0)
		if i%5 == 0 {
			p.Join(time.Duration(i/5%leads+1) * 2 * time.Minute)
		}
		p.Serve()
		p.Handle(3 * time.Minute)
		if giveUp && i%10 == 0 {
			p.GiveUp()
		}
	}
	return p
}

func BenchmarkPaceEstimate(b *testing.B) {
	for _, c := range []struct {
		leads  int
		giveUp bool
		ahead  int
		lead   time.Duration
	}{
		{1, true, 20, 2 * time.Minute}, // nobody overtakes
		{1, false, 20, 0},
		{1, true, 20, 0},
		{3, true, 20, 0},
		{3, true, 100_000, 0},
		{31, true, 20, 0},
	} {
		overtaking := c.leads
		if c.lead > 0 {
			overtaking = 0
		}
		b.Run(fmt.Sprintf("ahead=%d/leads=%d/giveup=%v", c.ahead, overtaking, c.giveUp), func(b *testing.B) {
			p := paceOf(c.leads, c.giveUp)
			b.ReportAllocs()
			for b.Loop() {
				p.Estimate(c.ahead, 20, c.lead)
			}
		})
	}
}

func BenchmarkPacePass(b *testing.B) {
	p := paceOf(3, true)
	b.ReportAllocs()
	for b.Loop() {
		p.Pass(time.Millisecond, 20, 5)
	}
}

func BenchmarkPaceJoin(b *testing.B) {
	p := paceOf(3, true)
	b.ReportAllocs()
	for b.Loop() {
		p.Join(2 * time.Minute)
	}
}

func BenchmarkPaceServe(b *testing.B) {
	p := paceOf(3, true)
	b.ReportAllocs()
	for b.Loop() {
		p.Serve()
	}
}
