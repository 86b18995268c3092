package erlang_test

import (
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// A day from nine to six in half hours: 80 % within 20 seconds, three agents at
// least, and three tenths of paid time off the phones.
func ExampleStaffDay() {
	calls := []float64{60, 95, 130, 150, 155, 140, 95, 80, 110, 140, 150, 145, 130, 115, 95, 70, 45, 25}
	day := make([]erlang.Interval, len(calls))
	for i, c := range calls {
		day[i] = erlang.Interval{Calls: c, Per: 30 * time.Minute, AHT: 4 * time.Minute, Patience: 3 * time.Minute}
	}
	plan, err := erlang.StaffDay(day,
		erlang.Target{ServiceLevel: 0.8, Within: 20 * time.Second},
		erlang.DayOptions{Method: erlang.Lagged, Shrinkage: 0.3, Minimum: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("start  calls  agents   exact  scheduled  occupancy")
	var hours, exact float64
	at := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	for i, r := range plan {
		fmt.Printf("%s  %5.0f  %6d  %6.2f  %9d  %8.0f%%\n",
			at.Format("15:04"), day[i].Calls, r.Agents, r.Exact, r.Scheduled, 100*r.Outcome.Occupancy)
		at = at.Add(day[i].Per)
		hours += float64(r.Scheduled) * day[i].Per.Hours()
		exact += r.ScheduledExact * day[i].Per.Hours()
	}
	fmt.Printf("paid hours %.1f, of which %.1f come from rounding up\n", hours, hours-exact)
	// Output:
	// start  calls  agents   exact  scheduled  occupancy
	// 09:00     60      10    9.95         15        75%
	// 09:30     95      15   14.14         22        77%
	// 10:00    130      19   18.89         28        84%
	// 10:30    150      22   21.83         32        85%
	// 11:00    155      23   22.76         33        85%
	// 11:30    140      22   21.12         32        83%
	// 12:00     95      16   15.60         23        80%
	// 12:30     80      14   13.00         20        75%
	// 13:00    110      17   16.28         25        80%
	// 13:30    140      21   20.32         30        83%
	// 14:00    150      23   22.01         33        83%
	// 14:30    145      22   21.61         32        84%
	// 15:00    130      20   19.78         29        84%
	// 15:30    115      18   17.76         26        82%
	// 16:00     95      16   15.14         23        78%
	// 16:30     70      12   11.81         18        77%
	// 17:00     45       9    8.30         13        69%
	// 17:30     25       6    5.30          9        59%
	// paid hours 221.5, of which 10.4 come from rounding up
}
