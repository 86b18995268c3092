package erlang_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// What patience changes. Erlang C believes that nobody ever hangs up, so it sees
// no long run at all with 40 operators for 40 erlangs, and asks for more than it
// takes. With callers who wait two minutes on average there is one; and the four
// ways to count a service level are far apart.
func ExampleWorkload_With() {
	w := erlang.Workload{Calls: 240, Per: 30 * time.Minute, AHT: 5 * time.Minute}
	_, err := w.With(40)
	fmt.Println(err)
	w.Patience = 2 * time.Minute
	for _, agents := range []int{36, 40, 44} {
		o, err := w.With(agents)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d operators: %4.1f %% hang up, answered after %v\n", agents, 100*o.PAbandon, o.ASA.Round(100*time.Millisecond))
		for d := erlang.AnsweredOfOffered; d <= erlang.ShortAbandonsExcluded; d++ {
			fmt.Printf("  %-22v%.1f %%\n", d, 100*o.ServiceLevel(20*time.Second, d))
		}
	}
	// Output:
	// erlang: the load is at least the number of agents, nobody hangs up and lines are not limited: the queue grows without end
	// 36 operators: 13.9 % hang up, answered after 15.8s
	//   AnsweredOfOffered     58.7 %
	//   AnsweredOfAnswered    68.2 %
	//   ShortAbandonsMet      66.5 %
	//   ShortAbandonsExcluded 63.7 %
	// 40 operators:  7.7 % hang up, answered after 8.5s
	//   AnsweredOfOffered     76.3 %
	//   AnsweredOfAnswered    82.7 %
	//   ShortAbandonsMet      81.2 %
	//   ShortAbandonsExcluded 80.2 %
	// 44 operators:  3.6 % hang up, answered after 3.8s
	//   AnsweredOfOffered     89.0 %
	//   AnsweredOfAnswered    92.3 %
	//   ShortAbandonsMet      91.5 %
	//   ShortAbandonsExcluded 91.3 %
}
