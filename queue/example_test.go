package queue_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// A loyal customer is treated as having come two minutes earlier: ahead of those
// who came in these two minutes, behind the one who has waited longer.
func ExampleLine() {
	at := func(clock string) time.Time {
		t, _ := time.Parse("15:04:05", clock)
		return t.AddDate(2026, 0, 0)
	}
	var line queue.Line[string]
	line.Join("Abe", at("09:00:00"), 0)
	line.Join("Baba", at("09:02:30"), 0)
	line.Join("Chiba", at("09:03:00"), 0)
	fmt.Println("ahead of a loyal customer:", line.Ahead(at("09:03:30"), 2*time.Minute))

	line.Join("Doi, loyal", at("09:03:30"), 2*time.Minute)
	for key := range line.All() {
		fmt.Println(line.Position(key), key)
	}

	line.Leave("Abe") // answered
	next, _ := line.Front()
	fmt.Println("next:", next)
	// Output:
	// ahead of a loyal customer: 1
	// 1 Abe
	// 2 Doi, loyal
	// 3 Baba
	// 4 Chiba
	// next: Doi, loyal
}

// Timers: the deadline is the urgency, and Order tells equal deadlines apart.
func ExampleRanking() {
	var timers queue.Ranking[string]
	timers.Insert(queue.Rank{Urgency: 90, Order: 1}, "deflect to the web")
	timers.Insert(queue.Rank{Urgency: 15, Order: 2}, "the phone has rung long enough")
	timers.Insert(queue.Rank{Urgency: 45, Order: 3}, "ask for less skill")
	timers.Insert(queue.Rank{Urgency: 45, Order: 4}, "announce the position")
	timers.Delete(queue.Rank{Urgency: 15, Order: 2}) // it was picked up

	fmt.Println("due by 60:", timers.Before(queue.Rank{Urgency: 61}))
	for now := int64(60); ; {
		r, what, ok := timers.Min()
		if !ok || r.Urgency > now {
			break
		}
		fmt.Println(r.Urgency, what)
		timers.Delete(r)
	}
	fmt.Println("left:", timers.Len())
	// Output:
	// due by 60: 2
	// 45 ask for less skill
	// 45 announce the position
	// left: 1
}
