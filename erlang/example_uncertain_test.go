package erlang_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// What it costs not to know the volume: 240 calls a half hour on a mean day, and
// counts of a whole day that vary.
func ExampleUncertain() {
	mean := erlang.Workload{Calls: 240, Per: 30 * time.Minute, AHT: 3 * time.Minute, Patience: 3 * time.Minute}
	target := erlang.Target{ServiceLevel: 0.8, Within: 20 * time.Second}
	for _, spread := range []float64{0, 0.05, 0.1, 0.2} {
		u := erlang.Uncertain{Workload: mean, Spread: spread}
		certain, _, err := mean.Staff(target)
		if err != nil {
			fmt.Println(err)
			return
		}
		short, err := u.With(certain, target)
		if err != nil {
			fmt.Println(err)
			return
		}
		average, _, err := u.Staff(target)
		if err != nil {
			fmt.Println(err)
			return
		}
		busy, err := u.Day(0.9)
		if err != nil {
			fmt.Println(err)
			return
		}
		most, _, err := busy.Staff(target)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("spread %2.0f%%: %d agents reach %.1f%%; %d meet the target on average, %d on nine days of ten\n",
			100*spread, certain, 100*short.ServiceLevel, average, most)
	}
	// Output:
	// spread  0%: 26 agents reach 80.1%; 26 meet the target on average, 26 on nine days of ten
	// spread  5%: 26 agents reach 79.2%; 27 meet the target on average, 28 on nine days of ten
	// spread 10%: 26 agents reach 76.9%; 27 meet the target on average, 30 on nine days of ten
	// spread 20%: 26 agents reach 69.9%; 29 meet the target on average, 33 on nine days of ten
}

// Mondays have 1,000 calls on average, with a variance of 5,000: five times that
// of a Poisson process.
func ExampleSpreadOf() {
	fmt.Printf("%.3f\n", erlang.SpreadOf(5, 1000))
	// Output: 0.063
}
