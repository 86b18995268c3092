package acdtest

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// auditStream lets an oracle decide a random stream and returns what the
// auditor says to it.
func auditStream(seed uint64, commands int) []Violation {
	draw := Draw(rand.New(rand.NewPCG(seed, 3)).IntN)
	plan := RandomPlan(draw)
	oracle, auditor, random := NewOracle(plan), NewAuditor(plan), NewRandom(plan, draw)
	for range commands {
		cmd := random.Next()
		events, err := oracle.Apply(cmd)
		random.Saw(events)
		random.SetNext(oracle.Next())
		if found := auditor.Applied(cmd, events, err); found != nil {
			return found
		}
	}
	return auditor.Close()
}

func TestAuditorFindsNoFaultWithTheOracle(t *testing.T) {
	for seed := range 3000 {
		if found := auditStream(uint64(seed), 150); found != nil {
			t.Fatalf("seed %d: %v", seed, found)
		}
	}
}

// auditSpoiled plays a random stream and lets spoil change one of the events
// that it likes; it reports whether there was one, and the laws broken.
func auditSpoiled(seed uint64, spoil func(events []acd.Event, i int) []acd.Event) (laws []string, done bool) {
	source := rand.New(rand.NewPCG(seed, 4))
	draw := Draw(source.IntN)
	plan := RandomPlan(draw)
	oracle, auditor, random := NewOracle(plan), NewAuditor(plan), NewRandom(plan, draw)
	var found []Violation
	var seq uint64
	spoilFrom := source.IntN(100)
	for n := range 150 {
		cmd := random.Next()
		events, err := oracle.Apply(cmd)
		random.Saw(events)
		random.SetNext(oracle.Next())
		events = slices.Clone(events)
		for i := 0; i < len(events) && n >= spoilFrom && !done; i++ {
			if spoiled := spoil(slices.Clone(events), i); spoiled != nil {
				events, done = spoiled, true
			}
		}
		for i := range events {
			seq++
			events[i].Seq = seq
		}
		found = append(found, auditor.Applied(cmd, events, err)...)
	}
	for _, v := range append(found, auditor.Close()...) {
		if !slices.Contains(laws, v.Law) {
			laws = append(laws, v.Law)
		}
	}
	return laws, done
}

func TestAuditorNoticesASpoiledEvent(t *testing.T) {
	without := func(kind acd.EventType) func([]acd.Event, int) []acd.Event {
		return func(events []acd.Event, i int) []acd.Event {
			if events[i].Type != kind {
				return nil
			}
			return slices.Delete(events, i, i+1)
		}
	}
	twice := func(kind acd.EventType) func([]acd.Event, int) []acd.Event {
		return func(events []acd.Event, i int) []acd.Event {
			if events[i].Type != kind {
				return nil
			}
			return slices.Insert(events, i, events[i])
		}
	}
	changed := func(kind acd.EventType, change func(ev *acd.Event)) func([]acd.Event, int) []acd.Event {
		return func(events []acd.Event, i int) []acd.Event {
			if events[i].Type != kind {
				return nil
			}
			change(&events[i])
			return events
		}
	}
	faults := []struct {
		name  string
		law   string // always among those reported
		spoil func([]acd.Event, int) []acd.Event
	}{
		{"queued left out", LawConservation, without(acd.EventQueued)},
		{"queued twice", LawConservation, twice(acd.EventQueued)},
		{"abandoned twice", LawConservation, twice(acd.EventAbandoned)},
		{"ended twice", LawConservation, twice(acd.EventEnded)},
		{"blocked left out", LawConservation, without(acd.EventBlocked)},
		{"diverted twice", LawConservation, twice(acd.EventDiverted)},
		{"withdrawn left out", LawOneCallOneAgent, without(acd.EventWithdrawn)},
		{"withdrawn twice", LawOneCallOneAgent, twice(acd.EventWithdrawn)},
		{"connected twice", LawOneCallOneAgent, twice(acd.EventConnected)},
		{"offered twice", LawOneCallOneAgent, twice(acd.EventOffered)},
		{"not back in line after an offer", LawNumbers, func(events []acd.Event, i int) []acd.Event {
			if i == 0 || events[i-1].Type != acd.EventWithdrawn || events[i].Type != acd.EventRequeued || events[i].Reason == acd.ReasonRetry {
				return nil
			}
			return slices.Delete(events, i, i+1)
		}},
		{"another position", LawNumbers, changed(acd.EventQueued, func(ev *acd.Event) { ev.Position++ })},
		{"a longer ring", LawNumbers, changed(acd.EventOffered, func(ev *acd.Event) { ev.Until = ev.Until.Add(1) })},
		{"a longer talk", LawNumbers, changed(acd.EventEnded, func(ev *acd.Event) { ev.Talked++ })},
		{"a longer wait", LawWaiting, changed(acd.EventConnected, func(ev *acd.Event) { ev.Waited++ })},
		{"a shorter wait", LawWaiting, changed(acd.EventAbandoned, func(ev *acd.Event) { ev.Waited-- })},
	}
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			spoiled := 0
			for seed := range uint64(60) {
				laws, done := auditSpoiled(seed, fault.spoil)
				if !done {
					continue
				}
				spoiled++
				if !slices.Contains(laws, fault.law) {
					t.Errorf("seed %d: not reported as %q but as %q", seed, fault.law, laws)
				}
			}
			if spoiled == 0 {
				t.Error("no stream had such an event")
			}
		})
	}
}

func TestAuditorNoticesAnotherPlan(t *testing.T) {
	faults := []struct {
		name  string
		law   string
		spoil func(plan *acd.Plan) // what the router does instead
	}{
		{"head starts without a cap", LawOvertaking, func(p *acd.Plan) { p.MaxHeadStart = new(time.Hour) }},
		{"no head starts", LawOrder, func(p *acd.Plan) { p.MaxHeadStart = new(time.Duration) }},
		{"another select", LawOrder, func(p *acd.Plan) {
			for i := range p.Queues {
				p.Queues[i].Select = acd.SelectMostSkilled
			}
		}},
		{"everyone can do everything", LawEligibility, func(p *acd.Plan) {
			for i := range p.Queues {
				p.Queues[i].Steps = nil
			}
		}},
		{"needs that nobody meets", LawCompleteMatching, func(p *acd.Plan) {
			for i := range p.Queues {
				p.Queues[i].Steps = []acd.Step{{Needs: acd.Skills{"magic": 10}}}
			}
		}},
		{"a longer hold", LawHold, func(p *acd.Plan) { p.Affinity.Hold = new(time.Hour) }},
		{"no hold", LawEligibility, func(p *acd.Plan) {
			if p.Affinity.Mode == acd.AffinityHold {
				p.Affinity.Mode = acd.AffinityPrefer
			}
		}},
		{"no affinity", LawOrder, func(p *acd.Plan) { p.Affinity.Mode = acd.AffinityOff }},
	}
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			seen := map[string]int{}
			for seed := range uint64(200) {
				draw := Draw(rand.New(rand.NewPCG(seed, 5)).IntN)
				plan := RandomPlan(draw)
				other := plan
				other.Queues = slices.Clone(plan.Queues)
				fault.spoil(&other)
				oracle, auditor, random := NewOracle(other), NewAuditor(plan), NewRandom(plan, draw)
				for range 150 {
					cmd := random.Next()
					events, err := oracle.Apply(cmd)
					random.Saw(events)
					random.SetNext(oracle.Next())
					found := auditor.Applied(cmd, events, err)
					for _, v := range found {
						seen[v.Law]++
					}
				}
			}
			if seen[fault.law] == 0 {
				t.Errorf("%q was never reported, only %v", fault.law, seen)
			}
			t.Log(seen)
		})
	}
}
