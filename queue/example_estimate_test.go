package queue_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// An hour in the life of a line with ten servers, of whom each finishes one in
// three minutes. One in five who join has a head start of two minutes.
func ExamplePace() {
	var pace queue.Pace
	for i := range 200 {
		pace.Pass(18*time.Second, 10, 12)
		pace.Serve()
		pace.Handle(3 * time.Minute)
		if i%5 == 0 {
			pace.Join(2 * time.Minute)
		} else {
			pace.Join(0)
		}
		if i%20 == 0 {
			pace.GiveUp()
		}
	}
	ordinary := pace.Estimate(12, 10, 0)
	fmt.Println("ordinary:", ordinary.Mean, ordinary.Median, ordinary.P90)
	loyal := pace.Estimate(12, 10, 2*time.Minute)
	fmt.Println("loyal:   ", loyal.Mean, loyal.Median, loyal.P90)
	// Output:
	// ordinary: 4m11.3s 4m3.6s 5m43.2s
	// loyal:    3m48.3s 3m42.5s 5m12.2s
}
