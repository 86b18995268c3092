package erlang_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// What a gold tier's head start of 2 minutes does to everyone's wait: 240 calls
// a half hour of 5 minutes each, 42 operators, one caller in five is gold.
func ExampleHeadStarts() {
	w := erlang.Workload{
		Calls: 240,
		Per:   30 * time.Minute,
		AHT:   5 * time.Minute,
	}
	const operators = 42
	share := []float64{0.2, 0.8}
	headStart := []time.Duration{2 * time.Minute, 0}
	tiers, err := erlang.HeadStarts(w, operators, share, headStart)
	if err != nil {
		fmt.Println(err)
		return
	}
	all, err := w.With(operators)
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(name string, o erlang.Outcome) {
		fmt.Printf("%-14s %7.1f s  %5.1f %%\n", name, o.MeanWait.Seconds(),
			100*o.ServiceLevel(20*time.Second, erlang.AnsweredOfOffered))
	}
	fmt.Println("               mean wait  in 20 s")
	show("gold", tiers[0])
	show("others", tiers[1])
	show("without tiers", all)
	// Output:
	//                mean wait  in 20 s
	// gold              55.8 s   65.9 %
	// others           111.8 s   40.3 %
	// without tiers    100.6 s   41.3 %
}
