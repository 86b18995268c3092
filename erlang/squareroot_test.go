package erlang

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// offBy returns the relative difference, and the absolute one of 0.
func offBy(got, want float64) float64 {
	if want == 0 || got == want {
		return math.Abs(got - want)
	}
	return math.Abs(got/want - 1)
}

func TestSquareRootWaitAgreesWithFortyDigits(t *testing.T) {
	// mpmath, 40 digits, from the formulas of Halfin and Whitt and of Garnett,
	// Mandelbaum and Reiman as printed.
	for _, c := range []struct{ beta, patience, want float64 }{
		{0.001, 0, 0.998747256570273734},
		{0.1, 0, 0.880287083330811549},
		{0.5, 0, 0.50453864099794502},
		{1, 0, 0.22336127479826074},
		{2, 0, 0.0268813624294322628},
		{5, 0, 2.97343899767560124e-7},
		{10, 0, 7.69459862670641935e-24},
		{30, 0, 4.91215378292849173e-198},
		{-5, 0.1, 0.931188980507734477},
		{-5, 1, 0.999999713348428121},
		{-1, 0.1, 0.442323060946058689},
		{-1, 20, 0.999997344523814593},
		{-0.1, 0.1, 0.259634143469179822},
		{0, 0.1, 0.240253073352042153},
		{0, 20, 0.81725600236844319},
		{0.5, 1, 0.308537538725986896},
		{0.5, 20, 0.468437783657126508},
		{1, 0.1, 0.0826456613895093612},
		{1, 20, 0.215668116208037756},
		{5, 0.1, 2.34140218203987335e-7},
		{5, 20, 2.96752745079719966e-7},
		{10, 0.1, 7.08507210800660412e-24},
		{10, 20, 7.69075708396493356e-24},
		{30, 0.1, 4.85929969881748922e-198},
		{30, 20, 4.91188093096638298e-198},
	} {
		if got := SquareRootWait(c.beta, c.patience); offBy(got, c.want) > 1e-13 {
			t.Errorf("SquareRootWait(%v, %v) = %v, want %v, off by %.1e", c.beta, c.patience, got, c.want, offBy(got, c.want))
		}
	}
}

func TestSquareRootSpecialCases(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"agents, negative load", SquareRootAgents(-1, 1), nan},
		{"agents, NaN beta", SquareRootAgents(1, nan), nan},
		{"agents, no load", SquareRootAgents(0, 3), 0},
		{"agents, below 0", SquareRootAgents(4, -5), 0},
		{"agents", SquareRootAgents(100, 0.5), 105},
		{"wait, negative patience", SquareRootWait(1, -1), nan},
		{"wait, NaN beta", SquareRootWait(nan, 1), nan},
		{"wait, no end", SquareRootWait(0, 0), 1},
		{"wait, no end either", SquareRootWait(-3, inf), 1},
		{"wait, far above", SquareRootWait(inf, 1), 0},
		{"wait, far below", SquareRootWait(-inf, 1), 1},
		{"beta, above 1", SquareRootBeta(1.5, 0), nan},
		{"beta, negative", SquareRootBeta(-0.1, 1), nan},
		{"beta, NaN", SquareRootBeta(nan, 1), nan},
		{"beta, negative patience", SquareRootBeta(0.5, -1), nan},
		{"beta, nobody waits", SquareRootBeta(0, 1), inf},
		{"beta, all wait", SquareRootBeta(1, 1), -inf},
		{"beta, all wait without end", SquareRootBeta(1, 0), 0},
	} {
		if c.got != c.want && !(math.IsNaN(c.got) && math.IsNaN(c.want)) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestSquareRootBetaInvertsWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Not so close to 1 that the share itself has lost the digits.
		odds := rapid.Float64Range(-600, 12).Draw(t, "odds")
		wait := 1 / (1 + math.Exp(-odds))
		patience := math.Exp(rapid.Float64Range(-20, 20).Draw(t, "log patience"))
		if rapid.Bool().Draw(t, "endless") {
			patience = 0
		}
		beta := SquareRootBeta(wait, patience)
		if got := SquareRootWait(beta, patience); offBy(got, wait) > 1e-12 && offBy(1-got, 1-wait) > 1e-9 {
			t.Fatalf("SquareRootWait(SquareRootBeta(%v, %v) = %v) = %v", wait, patience, beta, got)
		}
	})
}

func TestSquareRootWaitIsTheLimitOfLargeGroups(t *testing.T) {
	for _, beta := range []float64{0.1, 0.5, 1, 2} {
		last := math.Inf(1)
		for agents := 100; agents <= 1_000_000; agents *= 100 {
			n := float64(agents)
			// agents = load + β·√load
			root := math.Sqrt(n+beta*beta/4) - beta/2
			off := math.Abs(C(agents, root*root)/SquareRootWait(beta, 0) - 1)
			if off > 3/math.Sqrt(n) || off > last {
				t.Errorf("beta %v, %d agents: off by %v, before that %v", beta, agents, off, last)
			}
			last = off
		}
	}
}

func TestSquareRootFunctionsEndOnAnyInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Float64frombits(rapid.Uint64().Draw(t, "x"))
		y := math.Float64frombits(rapid.Uint64().Draw(t, "y"))
		if wait := SquareRootWait(x, y); wait < 0 || wait > 1 || math.IsNaN(wait) == (x == x && y >= 0) {
			t.Fatalf("SquareRootWait(%v, %v) = %v", x, y, wait)
		}
		if beta := SquareRootBeta(x, y); math.IsNaN(beta) == (x >= 0 && x <= 1 && y >= 0) {
			t.Fatalf("SquareRootBeta(%v, %v) = %v", x, y, beta)
		}
		if agents := SquareRootAgents(x, y); agents < 0 {
			t.Fatalf("SquareRootAgents(%v, %v) = %v", x, y, agents)
		}
	})
}
