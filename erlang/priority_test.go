package erlang_test

import (
	"bufio"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/erlang"
	"pgregory.net/rapid"
)

// TestPriorityAgreesWithItsTable reads waits computed with 50 digits.
func TestPriorityAgreesWithItsTable(t *testing.T) {
	file, err := os.Open("testdata/priority.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Scan()
	header := strings.Split(lines.Text(), "\t")
	column := func(row []string, name string) string { return row[slices.Index(header, name)] }
	number := func(text string) float64 {
		t.Helper()
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	rows := 0
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		var loads []float64
		for text := range strings.SplitSeq(column(row, "class_loads_erlang_high_to_low"), ";") {
			loads = append(loads, number(text))
		}
		agents, class := int(number(column(row, "N_agents"))), int(number(column(row, "class")))
		aht := time.Duration(math.Round(number(column(row, "aht_s")) * float64(time.Second)))
		waits, err := erlang.Priority(agents, aht, loads)
		if err != nil {
			t.Fatal(err)
		}
		got, want := float64(waits[class-1]), number(column(row, "Wq_nonpreemptive_s"))*float64(time.Second)
		if math.Abs(got-want) > 0.5+1e-12*want {
			t.Errorf("%d agents, %v: class %d waits %v, not %v", agents, loads, class, waits[class-1], time.Duration(want))
		}
		rows++
	}
	if err := lines.Err(); err != nil || rows < 5 {
		t.Errorf("%d rows, error %v", rows, err)
	}
}

// TestLawPriorityOnlySharesTheWaitOut: the mean wait of all is that of one line.
func TestLawPriorityOnlySharesTheWaitOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		agents := rapid.IntRange(1, 1000).Draw(t, "agents")
		shares := rapid.SliceOfN(rapid.Float64Range(0.01, 1), 1, 6).Draw(t, "shares")
		total := 0.0
		for _, s := range shares {
			total += s
		}
		loads := make([]float64, len(shares))
		load := 0.0
		occupancy := rapid.Float64Range(0.5, 0.99).Draw(t, "occupancy")
		for i, s := range shares {
			loads[i] = s / total * occupancy * float64(agents)
			load += loads[i]
		}
		const aht = 10 * time.Hour // far above rounding to nanoseconds
		waits, err := erlang.Priority(agents, aht, loads)
		if err != nil {
			t.Fatal(err)
		}
		got := 0.0
		for i, wait := range waits {
			got += loads[i] / load * float64(wait)
			if i > 0 && wait < waits[i-1] {
				t.Fatalf("class %d waits %v, the one above it %v", i, wait, waits[i-1])
			}
		}
		want := erlang.C(agents, load) * float64(aht) / (float64(agents) - load)
		if math.Abs(got-want) > 1e-11*want+1 {
			t.Fatalf("all wait %v, in one line %v", got, want)
		}
	})
}

// TestPriorityBeyondTheAgents: with more load than agents, all are always busy;
// the classes that they can carry wait as if nothing were free, the others
// without end.
func TestPriorityBeyondTheAgents(t *testing.T) {
	waits, err := erlang.Priority(10, time.Minute, []float64{4, 4, 2, 0, 3})
	if err != nil {
		t.Fatal(err)
	}
	// An agent is free every 6 s; class 0 waits 6 s × 10/(10 − 4), class 1 that
	// × 10/(10 − 8).
	want := []time.Duration{10 * time.Second, 50 * time.Second, math.MaxInt64, math.MaxInt64, math.MaxInt64}
	if !slices.Equal(waits, want) {
		t.Errorf("the classes wait %v, not %v", waits, want)
	}
	if waits, err = erlang.Priority(1, time.Minute, nil); err != nil || len(waits) != 0 {
		t.Errorf("no classes wait %v, error %v", waits, err)
	}
	if waits, err = erlang.Priority(math.MaxInt, 1, []float64{0, math.MaxFloat64, math.MaxFloat64}); err != nil ||
		!slices.Equal(waits, []time.Duration{0, math.MaxInt64, math.MaxInt64}) {
		t.Errorf("the classes wait %v, error %v", waits, err)
	}
}

func TestPriorityRefusesWhatMakesNoSense(t *testing.T) {
	for _, c := range []struct {
		want   string
		agents int
		aht    time.Duration
		loads  []float64
	}{
		{"agents is 0", 0, 1, []float64{1}},
		{"agents is -1", -1, 1, []float64{1}},
		{"aht is 0s", 1, 0, []float64{1}},
		{"loads[1] is NaN", 3, 1, []float64{1, math.NaN()}},
		{"loads[0] is -1", 3, 1, []float64{-1}},
		{"loads[2] is +Inf", 3, 1, []float64{1, 1, math.Inf(1)}},
	} {
		if waits, err := erlang.Priority(c.agents, c.aht, c.loads); err == nil || !strings.Contains(err.Error(), c.want) || waits != nil {
			t.Errorf("the error is %v, it should say %q", err, c.want)
		}
	}
}
