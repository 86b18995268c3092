package erlang_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// How many operators do 240 calls in half an hour need, five minutes each, if 80 %
// are to be answered within 20 seconds?
func ExampleWorkload_Staff() {
	w := erlang.Workload{Calls: 240, Per: 30 * time.Minute, AHT: 5 * time.Minute}
	agents, o, err := w.Staff(erlang.Target{ServiceLevel: 0.80, Within: 20 * time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f erlangs need %d operators, busy %.1f %% of their time\n", o.Load, agents, 100*o.Occupancy)
	fmt.Printf("answered within 20 s  %.1f %%\n", 100*o.ServiceLevel(20*time.Second, erlang.AnsweredOfOffered))
	fmt.Printf("have to wait          %.1f %%, on average of all calls %v\n", 100*o.PWait, o.MeanWait.Round(100*time.Millisecond))
	fmt.Printf("nine in ten wait      at most %v\n", o.WaitQuantile(0.9).Round(time.Second))
	// Output:
	// 40 erlangs need 46 operators, busy 87.0 % of their time
	// answered within 20 s  82.2 %
	// have to wait          26.6 %, on average of all calls 13.3s
	// nine in ten wait      at most 49s
}
