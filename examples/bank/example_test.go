package bank_test

import (
	"fmt"
	"strings"

	"github.com/najimi-acd/najimi/examples/bank"
)

func ExampleRead() {
	const file = `vru+line	call_id	customer_id	priority	type	date	vru_entry	vru_exit	vru_time	q_start	q_exit	q_time	outcome	ser_start	ser_exit	ser_time	server
AA0101	33116	9664491	2	PS	990101	0:00:31	0:00:36	5	0:00:36	0:03:09	153	HANG	0:00:00	0:00:00	0	NO_SERVER
AA0101	33118	27997683	2	PS	990101	6:55:20	6:55:26	6	6:55:26	6:55:43	17	AGENT	6:55:43	6:56:37	54	MICHAL
AA0102	28748	0	0	PS	990105	23:59:15	23:59:34	19	0:00:00	0:00:00	0	AGENT	23:59:33	0:03:40	247	BENSION
`
	log, err := bank.Read(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range log.Odd {
		fmt.Printf("%s: %d, first in line %d\n", o.Kind, o.Count, o.Line)
	}
	for _, c := range log.Records().Calls {
		fmt.Printf("%s %s, tier %q, %s after %v, by %q\n", c.Arrival.Format("Jan 2 15:04:05"), c.Queue, c.Tier, c.Outcome, c.Wait, c.Agent)
	}
	// Output:
	// past_midnight: 1, first in line 4
	// Jan 1 00:00:36 PS, tier "priority", abandoned after 2m33s, by ""
	// Jan 1 06:55:26 PS, tier "priority", answered after 17s, by "MICHAL"
	// Jan 5 23:59:34 PS, tier "", answered after 0s, by "BENSION"
}
