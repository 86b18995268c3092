package main

import (
	"bytes"
	"strings"
	"testing"
)

// The story goes as it is written: nobody is refused, and each caller is
// reached in the end.
func TestStory(t *testing.T) {
	var out bytes.Buffer
	if err := tell(&out); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	rest := out.String()
	for _, want := range []string{
		"Booked: mori keeps the place in line.",
		"ito rests until 14:00:00",
		"aya is kept free, then 090-2222-2222 rings",
		"aya is ready again",
		"aya's phone rings for abe",
		"10:15:45    It is time to try again: mori is back in line",
		"aya and mori talk",
		"14:00:00    The time has come that was asked for: ito is back in line",
		"14:00:00    It is ito's turn",
		"aya and ito talk",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q in\n%s", want, rest)
		}
		rest = after
	}
}
