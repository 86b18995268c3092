package erlang_test

import (
	"fmt"

	"github.com/najimi-acd/najimi/erlang"
)

// How many trunk lines carry 100 erlangs if one call in a hundred, or in a
// million, may find them all busy? And what does a group of 120 carry?
func ExampleServers() {
	for _, blocking := range []float64{0.01, 0.001, 1e-6} {
		lines, err := erlang.Servers(100, blocking)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%g: %d lines (%.2e)\n", blocking, lines, erlang.B(lines, 100))
	}
	load, err := erlang.Traffic(120, 0.01)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("120 lines at 1 %%: %.3f erlangs\n", load)
	// Output:
	// 0.01: 117 lines (9.79e-03)
	// 0.001: 128 lines (9.68e-04)
	// 1e-06: 149 lines (9.77e-07)
	// 120 lines at 1 %: 102.964 erlangs
}
