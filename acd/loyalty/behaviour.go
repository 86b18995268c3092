package loyalty

import (
	"fmt"
	"time"
)

// Limits of a purchase and of a customer: with them a customer's money is
// always exact.
const (
	// MaxAmount bounds an amount and its negative.
	MaxAmount = 1_000_000_000_000
	// MaxPurchases bounds the purchases, and the answers, of one customer.
	MaxPurchases = 1_000_000
)

// Purchase is one transaction.
type Purchase struct {
	At time.Time
	// Amount is in the smallest unit of the currency (yen, cents), so that sums
	// are exact: -MaxAmount to MaxAmount. Below 0 it is a refund.
	Amount int64
}

// Grades are the band in which a customer's recency, frequency and money lie:
// from 1, the lowest, to one more than the band has cuts (5 for quintiles). All
// are 0 for a customer without purchases.
type Grades struct {
	Recency   int `json:"recency"`
	Frequency int `json:"frequency"`
	Money     int `json:"money"`
}

// purchases is what counts of a customer's purchases.
type purchases struct {
	first, last time.Time // zero: none, of any age
	frequency   int       // within the window
	money       int64     // net, within the window
}

// measure reads through a customer's purchases. O(n), in any order.
func (b *BehaviourRules) measure(list []Purchase, now time.Time) purchases {
	var m purchases
	for _, p := range list {
		counts := b.Window == 0 || now.Sub(p.At) <= b.Window
		if counts {
			m.money += p.Amount
		}
		if p.Amount < 0 {
			continue
		}
		if counts {
			m.frequency++
		}
		if m.first.IsZero() || p.At.Before(m.first) {
			m.first = p.At
		}
		if p.At.After(m.last) {
			m.last = p.At
		}
	}
	return m
}

// isNew reports whether there is no purchase older than NewWithin.
func (b *BehaviourRules) isNew(m purchases, now time.Time) bool {
	return m.first.IsZero() || now.Sub(m.first) <= b.NewWithin
}

// behaviour grades what was measured, and gives the weighted mean of the grades
// on a scale from 0 to 100.
func (r *Rules) behaviour(m purchases, now time.Time) (Grades, float64) {
	if m.last.IsZero() {
		return Grades{}, 0
	}
	b := &r.Behaviour.Bands
	older := reached(b.Recency, now.Sub(m.last))
	recency := len(b.Recency) - older
	frequency := reached(b.Frequency, m.frequency)
	money := reached(b.Money, m.money)
	points := mean(
		part{r.Weights.Recency, 100 * float64(recency) / float64(len(b.Recency))},
		part{r.Weights.Frequency, 100 * float64(frequency) / float64(len(b.Frequency))},
		part{r.Weights.Money, 100 * float64(money) / float64(len(b.Money))},
	)
	return Grades{1 + recency, 1 + frequency, 1 + money}, points
}

// reached counts the cuts that are not above x.
func reached[T int | int64 | time.Duration](cuts []T, x T) int {
	n := 0
	for n < len(cuts) && cuts[n] <= x {
		n++
	}
	return n
}

func checkPurchases(f *faults, list []Purchase, now time.Time) {
	if len(list) > MaxPurchases {
		f.add("purchases", "want at most %d, got %d", MaxPurchases, len(list))
		return
	}
	for i, p := range list {
		if p.Amount < -MaxAmount || p.Amount > MaxAmount {
			f.add(fmt.Sprintf("purchases[%d].amount", i), "want %d to %d, got %d", -MaxAmount, MaxAmount, p.Amount)
		}
		if problem := notPast(p.At, now); problem != "" {
			f.add(fmt.Sprintf("purchases[%d].at", i), "%s", problem)
		}
	}
}
