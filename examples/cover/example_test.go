package cover_test

import (
	"context"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/examples/cover"
)

// A short day: six hours with an hour off, or three without.
func ExampleSolve() {
	day := cover.Day{Start: 9 * time.Hour, Every: time.Hour, Need: []int{2, 4, 5, 5, 3, 4, 4, 2, 1}}
	kinds := []cover.Kind{
		{Name: "full", From: 9 * time.Hour, To: 12 * time.Hour, Length: 6 * time.Hour, Breaks: []cover.Break{{Earliest: 2 * time.Hour, Latest: 3 * time.Hour, Length: time.Hour}}},
		{Name: "part", From: 9 * time.Hour, To: 15 * time.Hour, Length: 3 * time.Hour},
	}
	c, err := cover.Solve(context.Background(), day, kinds, cover.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range c.Shifts {
		fmt.Println(s.People, s.Kind, s.At, s.Breaks)
	}
	fmt.Printf("%v paid hours, proven least: %v (no cover below %v)\n", c.Cost, c.Exact, c.Bound)
	fmt.Println("staffed", c.Staffed, "over", c.Over)
	// Output:
	// 1 full 09:00-15:00 [11:00-12:00]
	// 1 part 09:00-12:00 []
	// 2 full 10:00-16:00 [13:00-14:00]
	// 2 part 11:00-14:00 []
	// 1 part 14:00-17:00 []
	// 1 part 15:00-18:00 []
	// 30 paid hours, proven least: true (no cover below 30)
	// staffed [2 4 5 5 3 4 4 2 1] over [0 0 0 0 0 0 0 0 0]
}
