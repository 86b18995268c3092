package page_test

import (
	"fmt"
	"strings"

	"github.com/najimi-acd/najimi/examples/page"
)

func Example() {
	report := page.Page{
		Title: "Monday",
		Lead:  "Agents needed for 80 % within 20 seconds.",
		Sections: []page.Section{{
			Heading: "Over the day",
			Chart: &page.Chart{
				Kind:   page.Steps,
				YLabel: "agents",
				At:     []float64{8, 8.5, 9}, // hours since midnight
				Clock:  true,
				Series: []page.Series{
					{Name: "Billing", Y: []float64{4, 9, 7}},
					{Name: "Sales & service", Y: []float64{2, 3, 3}},
				},
			},
		}},
	}
	var html strings.Builder
	if err := report.Write(&html); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(html.String()) {
		if strings.HasPrefix(line, "<tr>") {
			fmt.Print(line)
		}
	}
	// Output:
	// <tr><th scope="row">08:00</th><td class="number">4</td><td class="number">2</td></tr>
	// <tr><th scope="row">08:30</th><td class="number">9</td><td class="number">3</td></tr>
	// <tr><th scope="row">09:00</th><td class="number">7</td><td class="number">3</td></tr>
}
