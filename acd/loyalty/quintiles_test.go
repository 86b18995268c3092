package loyalty_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

// grades are those for money of customers who paid so much each, by the
// quintiles of all.
func grades(t *testing.T, amounts ...int64) []int {
	t.Helper()
	var base []loyalty.Customer
	for _, amount := range amounts {
		base = append(base, loyalty.Customer{Purchases: buys(amount, 50)})
	}
	rules := loyalty.Default()
	var err error
	if rules.Behaviour.Bands, err = rules.Quintiles(base, now); err != nil {
		t.Fatal(err)
	}
	var list []int
	for _, c := range base {
		r, err := rules.Score(c, now)
		if err != nil {
			t.Fatal(err)
		}
		if r.Grades.Recency != 3 || r.Grades.Frequency != 3 {
			t.Errorf("got grades %+v, want equals in the middle", r.Grades)
		}
		list = append(list, r.Grades.Money)
	}
	return list
}

func TestQuintilesOfSmallBases(t *testing.T) {
	for _, test := range []struct {
		amounts []int64
		want    []int
	}{
		{[]int64{7}, []int{3}},
		{[]int64{7, 9}, []int{2, 4}},
		{[]int64{9, 7, 8}, []int{5, 1, 3}},
		{[]int64{1, 2, 3, 4}, []int{1, 2, 4, 5}},
		{[]int64{1, 2, 3, 4, 5}, []int{1, 2, 3, 4, 5}},
		{[]int64{1, 2, 3, 4, 5, 6}, []int{1, 2, 3, 3, 4, 5}},
		{[]int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int{1, 1, 2, 2, 3, 3, 4, 4, 5, 5}},
		// Equals: the middle of their places.
		{[]int64{4, 4, 4, 4, 4, 4}, []int{3, 3, 3, 3, 3, 3}},
		{[]int64{1, 1, 1, 1, 2}, []int{3, 3, 3, 3, 5}},
		{[]int64{1, 2, 2, 2, 2}, []int{1, 4, 4, 4, 4}},
		{[]int64{0, 0, 5, 5}, []int{2, 2, 4, 4}},
	} {
		if got := grades(t, test.amounts...); !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.amounts, got, test.want)
		}
	}
}

// Stored bands grade a customer who was not among those they come from.
func TestNewcomersAreGradedByStoredBands(t *testing.T) {
	rules := loyalty.Default()
	bands, err := rules.Quintiles([]loyalty.Customer{{Purchases: buys(100, 50)}, {Purchases: buys(100, 50)}}, now)
	if err != nil {
		t.Fatal(err)
	}
	rules.Behaviour.Bands = bands
	for want, purchases := range map[loyalty.Grades][]loyalty.Purchase{
		{Recency: 3, Frequency: 3, Money: 3}: buys(100, 50),
		{Recency: 5, Frequency: 5, Money: 5}: buys(100, 49, 50),
		{Recency: 1, Frequency: 3, Money: 1}: buys(99, 51),
	} {
		if got, err := rules.Score(loyalty.Customer{Purchases: purchases}, now); err != nil || got.Grades != want {
			t.Errorf("got %+v, %v, want %+v", got.Grades, err, want)
		}
	}
}

func TestQuintilesNeedAPurchase(t *testing.T) {
	rules := loyalty.Default()
	for _, base := range [][]loyalty.Customer{nil, {{}, {Purchases: buys(-5, 1)}}} {
		if _, err := rules.Quintiles(base, now); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("none of the %d customers", len(base))) {
			t.Errorf("got %v", err)
		}
	}
}

func TestAMillionCustomers(t *testing.T) {
	base := make([]loyalty.Customer, 1_000_000)
	purchases := make([]loyalty.Purchase, len(base))
	for i := range base {
		purchases[i] = loyalty.Purchase{At: ago(1), Amount: int64(i * 7919 % len(base))}
		base[i].Purchases = purchases[i : i+1]
	}
	rules := loyalty.Default()
	bands, err := rules.Quintiles(base, now)
	if want := []int64{200_000, 400_000, 600_000, 800_000}; err != nil || !slices.Equal(bands.Money, want) {
		t.Fatalf("got %v, %v, want %v", bands.Money, err, want)
	}
	rules.Behaviour.Bands = bands
	var fifths [6]int
	for _, c := range base {
		r, err := rules.Score(c, now)
		if err != nil {
			t.Fatal(err)
		}
		fifths[r.Grades.Money]++
	}
	if want := [6]int{0, 200_000, 200_000, 200_000, 200_000, 200_000}; fifths != want {
		t.Errorf("got %v in the fifths, want %v", fifths, want)
	}
}
