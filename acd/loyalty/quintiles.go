package loyalty

import (
	"fmt"
	"slices"
	"time"
)

// Bands are where one grade ends and the next begins: one cut less than there
// are grades, each at least the one before.
type Bands struct {
	// Recency: whose last purchase is younger than the first cut has the best
	// grade; each cut that is reached takes one off.
	Recency []time.Duration `json:"recency"`
	// Frequency, in purchases, and Money, in the smallest unit of the currency:
	// each cut that is reached adds one to the grade.
	Frequency []int   `json:"frequency"`
	Money     []int64 `json:"money"`
}

func (b *Bands) none() bool {
	return len(b.Recency) == 0 && len(b.Frequency) == 0 && len(b.Money) == 0
}

// Quintiles computes the bands that grade each fifth of the customers alike, by
// recency, by frequency and by money, from the best fifth to the last. The rules'
// own bands are not looked at. Customers without purchases are left out: they have
// no grade.
//
// Those who are equal have one grade, that of the middle of their places. So if
// all are equal, all are in the third fifth, and so is a single customer; of two,
// one is in the second and one in the fourth. Without equals, the fifths differ
// in size by one at most. A grade that nobody has is open to who is better than
// all, or worse.
//
// The order of the customers makes no difference. O(n log n) for n customers,
// besides reading their purchases. An error: bad rules, a customer with bad data
// (the first in order), or nobody with a purchase.
func (r *Rules) Quintiles(base []Customer, now time.Time) (Bands, error) {
	if err := r.Validate(); err != nil {
		return Bands{}, err
	}
	var ages, counts, sums []int64
	for i := range base {
		if err := base[i].check(r, now); err != nil {
			return Bands{}, err
		}
		if m := r.Behaviour.measure(base[i].Purchases, now); !m.last.IsZero() {
			ages = append(ages, int64(now.Sub(m.last)))
			counts = append(counts, int64(m.frequency))
			sums = append(sums, m.money)
		}
	}
	if len(ages) == 0 {
		return Bands{}, fmt.Errorf("quintiles: none of the %d customers has bought anything", len(base))
	}
	return Bands{
		Recency:   quintiles[time.Duration](ages),
		Frequency: quintiles[int](counts),
		Money:     quintiles[int64](sums),
	}, nil
}

// quintiles are the four cuts between the fifths of values, which it sorts.
func quintiles[T int | int64 | time.Duration](values []int64) []T {
	slices.Sort(values)
	n := len(values)
	cuts := make([]T, 0, 4)
	for from := 0; from < n; {
		to := from + 1
		for to < n && values[to] == values[from] {
			to++
		}
		// The middle of the places from..to-1 is (from+to)/2n of all.
		for fifth := 5 * (from + to) / (2 * n); len(cuts) < fifth; {
			cuts = append(cuts, T(values[from]))
		}
		from = to
	}
	// The values are ages, counts and bounded sums, far below the largest.
	for len(cuts) < 4 {
		cuts = append(cuts, T(values[n-1]+1))
	}
	return cuts
}
