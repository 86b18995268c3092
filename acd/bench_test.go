package acd_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// centre is an Engine under load, and what is needed to keep it so.
type centre struct {
	*acd.Engine
	now     time.Time
	random  *rand.Rand
	events  []acd.Event
	calls   int
	talking []string // calls
}

// benchPlan is ten queues with ladders of three steps, tiers and affinity.
func benchPlan() acd.Plan {
	plan := acd.Plan{
		MaxCalls: new(2_000_000),
		Affinity: acd.Affinity{Mode: acd.AffinityPrefer},
		Tiers:    []acd.Tier{{Name: "gold", HeadStart: 2 * time.Minute}, {Name: "silver", HeadStart: 30 * time.Second}},
	}
	for i := range 10 {
		name := "q" + strconv.Itoa(i)
		plan.Entry = append(plan.Entry, acd.Entry{Name: name, When: acd.When{Dialed: []string{strconv.Itoa(i)}}, Queue: name})
		plan.Queues = append(plan.Queues, acd.Queue{Name: name, Steps: []acd.Step{
			{Needs: acd.Skills{name: 7}},
			{After: 20 * time.Second, Needs: acd.Skills{name: 4}},
			{After: 45 * time.Second, Needs: acd.Skills{name: 1}},
		}})
	}
	plan.Entry = append(plan.Entry, acd.Entry{Name: "rest", Queue: "q0"})
	return plan
}

func newCentre(tb testing.TB, plan acd.Plan) *centre {
	engine, err := acd.New(plan)
	if err != nil {
		tb.Fatal(err)
	}
	return &centre{
		Engine: engine,
		now:    time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
		random: rand.New(rand.NewPCG(1, 1)),
	}
}

func (c *centre) do(cmd acd.Command) {
	cmd.At = c.now
	var err error
	c.events, err = c.Append(c.events[:0], cmd)
	if err != nil {
		panic(err)
	}
}

// answer accepts the offers among the latest events.
func (c *centre) answer() {
	for _, e := range slices.Clone(c.events) {
		if e.Type == acd.EventOffered {
			c.do(acd.Command{Type: acd.CmdAccept, Offer: e.Offer})
			c.talking = append(c.talking, e.Call)
		}
	}
}

// staff logs in agents of three skills each.
func (c *centre) staff(n int) {
	for i := range n {
		skills := make(acd.Skills)
		for range 3 {
			skills["q"+strconv.Itoa(c.random.IntN(10))] = 1 + c.random.IntN(10)
		}
		id := "agent" + strconv.Itoa(i)
		c.do(acd.Command{Type: acd.CmdLogin, Agent: id, Skills: skills})
		c.do(acd.Command{Type: acd.CmdReady, Agent: id})
		c.answer()
	}
}

// arrive brings a call; the ids are as long as real ones.
func (c *centre) arrive() {
	c.calls++
	tier := ""
	switch c.random.IntN(4) {
	case 0:
		tier = "gold"
	case 1:
		tier = "silver"
	}
	c.do(acd.Command{
		Type:   acd.CmdArrive,
		Call:   fmt.Sprintf("call-%011d", c.calls),
		Caller: fmt.Sprintf("0312%06d", c.random.IntN(1_000_000)),
		Dialed: digits[c.random.IntN(10)],
		Tier:   tier,
	})
}

// fill makes everybody busy and n calls wait, the last of them on all steps.
func fill(tb testing.TB, plan acd.Plan, agents, waiting int) *centre {
	c := newCentre(tb, plan)
	c.staff(agents)
	for len(c.talking) < agents {
		c.arrive()
		c.answer()
		c.now = c.now.Add(10 * time.Millisecond)
		c.do(acd.Command{Type: acd.CmdAdvance})
		c.answer()
	}
	for i := range waiting {
		c.arrive()
		if i%100 == 0 {
			c.now = c.now.Add(10 * time.Millisecond)
		}
	}
	return c
}

// BenchmarkDecision is the time from an agent who becomes free to the offer:
// one command that ends a talk, with the choice of the next call in it. The
// quantiles are over single decisions; between them, untimed, the call is
// answered and another one arrives.
func BenchmarkDecision(b *testing.B) {
	for _, agents := range []int{100, 10_000} {
		for _, waiting := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("agents=%d/waiting=%d", agents, waiting), func(b *testing.B) {
				c := fill(b, benchPlan(), agents, waiting)
				runtime.GC()
				var took []time.Duration
				for b.Loop() {
					i := c.random.IntN(len(c.talking))
					call := c.talking[i]
					c.talking[i] = c.talking[len(c.talking)-1]
					c.talking = c.talking[:len(c.talking)-1]
					c.do(acd.Command{Type: acd.CmdAdvance}) // the ladders of others are not part of it
					c.answer()
					start := time.Now()
					c.do(acd.Command{Type: acd.CmdEnd, Call: call})
					took = append(took, time.Since(start))
					c.answer()
					c.arrive()
					c.answer()
					c.now = c.now.Add(time.Millisecond)
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2]), "p50-ns")
				b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns")
			})
		}
	}
}

// BenchmarkCommands is whole calls through the Engine with 1,000 agents, all
// of them busy: a talk ends, its agent gets the next call and accepts, another
// call arrives. Once with one queue and no memory, once with ladders, tiers and
// a memory that grows to a million callers.
func BenchmarkCommands(b *testing.B) {
	for _, c := range []struct {
		name string
		plan acd.Plan
	}{
		{"plain", acd.Plan{Entry: []acd.Entry{{Queue: "q0"}}, Queues: []acd.Queue{{Name: "q0"}}}},
		{"everything", benchPlan()},
	} {
		b.Run(c.name, func(b *testing.B) { benchmarkCommands(b, c.plan) })
	}
}

func benchmarkCommands(b *testing.B, plan acd.Plan) {
	const spare = 1 << 20
	ids := make([]string, spare)
	for i := range ids {
		ids[i] = "id-" + strconv.Itoa(i)
	}
	c := fill(b, plan, 1_000, 100)
	b.ReportAllocs()
	commands, n := 0, 0
	for b.Loop() {
		i := n % len(c.talking)
		c.do(acd.Command{Type: acd.CmdEnd, Call: c.talking[i]})
		commands++
		if offer := c.events[len(c.events)-1]; offer.Type == acd.EventOffered {
			c.do(acd.Command{Type: acd.CmdAccept, Offer: offer.Offer})
			c.talking[i] = offer.Call
			commands++
		} else {
			c.talking = slices.Delete(c.talking, i, i+1)
		}
		id := ids[n%spare] // free again by the time it comes round
		c.do(acd.Command{Type: acd.CmdArrive, Call: id, Caller: id, Dialed: digits[n%10]})
		commands++
		if last := c.events[len(c.events)-1]; last.Type == acd.EventOffered {
			c.do(acd.Command{Type: acd.CmdAccept, Offer: last.Offer})
			c.talking = append(c.talking, last.Call)
			commands++
		}
		n++
		c.now = c.now.Add(10 * time.Millisecond)
	}
	b.ReportMetric(float64(commands)/b.Elapsed().Seconds(), "commands/s")
}

var digits = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// BenchmarkNothing is an Apply with nothing to do, 100,000 calls in line.
func BenchmarkNothing(b *testing.B) {
	c := fill(b, benchPlan(), 100, 100_000)
	c.now = c.now.Add(time.Hour)
	c.do(acd.Command{Type: acd.CmdAdvance})
	b.ReportAllocs()
	for b.Loop() {
		c.do(acd.Command{Type: acd.CmdAdvance})
	}
}

// heapInUse is the bytes that are reachable.
func heapInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkMemory is the heap that a waiting call and a remembered customer
// take, their texts included.
func BenchmarkMemory(b *testing.B) {
	b.Run("waiting=1000000", func(b *testing.B) {
		for b.Loop() {
			before := heapInUse()
			c := fill(b, benchPlan(), 1, 1_000_000)
			b.ReportMetric(float64(heapInUse()-before)/1e6, "B/call")
			runtime.KeepAlive(c)
		}
	})
	b.Run("remembered=1000000", func(b *testing.B) {
		for b.Loop() {
			plan := benchPlan()
			c := newCentre(b, plan)
			c.do(acd.Command{Type: acd.CmdLogin, Agent: "aya", Skills: acd.Skills{"q0": 10}})
			c.do(acd.Command{Type: acd.CmdReady, Agent: "aya"})
			talk := func(i int) {
				id := fmt.Sprintf("call-%011d", i)
				c.do(acd.Command{Type: acd.CmdArrive, Call: id, Caller: fmt.Sprintf("03%08d", i)})
				c.answer()
				c.talking = c.talking[:0]
				c.now = c.now.Add(15 * time.Second)
				c.do(acd.Command{Type: acd.CmdEnd, Call: id})
			}
			for i := range 100_000 { // as many finished calls are remembered anyway
				talk(i)
			}
			before := heapInUse()
			for i := range 900_000 {
				talk(100_000 + i)
			}
			b.ReportMetric(float64(heapInUse()-before)/9e5, "B/customer")
			runtime.KeepAlive(c)
		}
	})
}

// BenchmarkEntryRules is an arrival where 10,000 rules ask for something each,
// and the last takes it.
func BenchmarkEntryRules(b *testing.B) {
	for name, when := range map[string]func(i int) acd.When{
		"dialed":     func(i int) acd.When { return acd.When{Dialed: []string{strconv.Itoa(i)}} },
		"attributes": func(i int) acd.When { return acd.When{Attributes: map[string]string{"menu": strconv.Itoa(i)}} },
		"caller":     func(i int) acd.When { return acd.When{Caller: []string{strconv.Itoa(i)}} },
	} {
		b.Run(name, func(b *testing.B) {
			plan := acd.Plan{Queues: []acd.Queue{{Name: "q0", Capacity: new(0)}}}
			for i := range 9_999 {
				plan.Entry = append(plan.Entry, acd.Entry{When: when(i), Queue: "q0"})
			}
			plan.Entry = append(plan.Entry, acd.Entry{Queue: "q0"})
			c := newCentre(b, plan)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				c.do(acd.Command{Type: acd.CmdArrive, Call: strconv.Itoa(n), Dialed: "0312345678", Caller: "0312345678", Attributes: map[string]string{"menu": "none"}})
			}
		})
	}
}
