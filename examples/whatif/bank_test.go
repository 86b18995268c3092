package main

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"testing"
)

// TestAMonthOfTheBank plays January with the figures that are known of it.
func TestAMonthOfTheBank(t *testing.T) {
	path := "../../../shared/data/bank/anonymous_bank_1999-01.tsv.gz"
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs ../shared/data/bank beside the project (Anonymous Bank call-center data, Technion): there is no %s", path)
	}
	r := reportOf(t, "-log", path, "-runs", "2", "-agents", "-1")
	addUp(t, r)
	if r.Format != formatBank || r.Days != 29 || r.Calls != 30_161 {
		t.Errorf("%s, %d days, %d calls", r.Format, r.Days, r.Calls)
	}
	was := r.Recorded.Callers[0].Figures
	for _, known := range []struct {
		key              string
		value, tolerance float64
	}{
		{keyAnswered, 27_060, 0},
		{keyHungUp, 3101. / 30161, 1e-12},
		{keyWithin, 16402. / 30161, 1e-12},
		{keyWait, 35.027974871, 1e-9},
		{keyMedian, 3, 3. / 128},
		{keyP99, 259, 259. / 128},
		{keySame, 665. / 7605, 1e-12},
	} {
		if got := *was[known.key].Value; math.Abs(got-known.value) > known.tolerance {
			t.Errorf("recorded %s: %v, want %v", known.key, got, known.value)
		}
	}
	if n := *r.Recorded.kind("priority").Figures[keyCalls].Value; n != 8727 {
		t.Errorf("%v priority calls", n)
	}
	bank, fewer := r.variant("bank's rule"), r.variant("1 fewer")
	if d := bank.kind("priority").Differences[keyWait]; *d.Value > -5 {
		t.Errorf("a credit of 90 s shortens the wait of priority customers by %v s", -*d.Value)
	}
	if d := fewer.Callers[0].Differences[keyOccupancy]; !d.sure() || *d.Value < 0.02 {
		t.Errorf("one operator fewer a day, and the others are %v busier", *d.Value)
	}
}
