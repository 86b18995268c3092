package loyalty

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Customer is what is known of one customer, each list in any order.
type Customer struct {
	ID        string
	Purchases []Purchase
	Answers   []Answer
}

// Quadrant is where behaviour and attitude meet, see the package's comment.
type Quadrant string

// The quadrants.
const (
	QuadrantTrue     Quadrant = "true"
	QuadrantLatent   Quadrant = "latent"
	QuadrantSpurious Quadrant = "spurious"
	QuadrantNone     Quadrant = "none"
)

// Result is the judgment of one customer, with what it rests on. Behaviour,
// attitude and score are from 0 to 100, in hundredths.
type Result struct {
	Customer string `json:"customer"`
	// At is the instant of the judgment.
	At time.Time `json:"at"`
	// LastPurchase is zero for a customer without purchases.
	LastPurchase time.Time `json:"last_purchase,omitzero"`
	// Frequency counts the purchases within the window, Money is their sum less
	// refunds, in the smallest unit of the currency.
	Frequency int     `json:"frequency"`
	Money     int64   `json:"money"`
	Grades    Grades  `json:"grades"`
	Behaviour float64 `json:"behaviour"`
	// Answers counts those within the window. Without any the Stance is
	// StanceUnknown, the Attitude is taken as neutral, 50, for the quadrant, and
	// the Score is the Behaviour.
	Answers  int      `json:"answers"`
	Attitude float64  `json:"attitude"`
	Stance   Stance   `json:"stance"`
	Score    float64  `json:"score"`
	Quadrant Quadrant `json:"quadrant"`
	// AtRisk: buys much, and has said to be unhappy.
	AtRisk bool `json:"at_risk"`
	// New: no purchase, or none older than the rules' NewWithin.
	New bool `json:"new"`
}

// ErrNoBands says that rules without bands cannot score.
var ErrNoBands = &Error{"behaviour.bands", "none: give fixed ones, or compute them from all customers"}

// Score judges a customer at the instant now. The score is
//
//	(behaviour weight × behaviour + attitude weight × attitude) / (sum of the weights)
//
// of the two as they stand in the result, in hundredths; without answers it is
// the behaviour. It grows with each of recency, frequency, money and every single
// answer, or stays; but a further answer may lower it, and so may time.
//
// An error joins an [*Error] for each thing that is wrong: with the rules, among
// it that they have no bands ([ErrNoBands]), or else with the customer's data: a
// purchase or an answer after now, or out of its range, or to a survey without a
// scale. O(p + a log a) for p purchases and a answers.
func (r *Rules) Score(c Customer, now time.Time) (Result, error) {
	if err := r.Validate(); err != nil {
		return Result{}, err
	}
	if r.Behaviour.Bands.none() {
		return Result{}, ErrNoBands
	}
	if err := c.check(r, now); err != nil {
		return Result{}, err
	}
	m := r.Behaviour.measure(c.Purchases, now)
	result := Result{
		Customer:     c.ID,
		At:           now,
		LastPurchase: m.last,
		Frequency:    m.frequency,
		Money:        m.money,
		New:          r.Behaviour.isNew(m, now),
	}
	result.Grades, result.Behaviour = r.behaviour(m, now)
	result.Attitude, result.Answers = r.Attitude.attitude(c.Answers, now)
	result.Stance = r.Attitude.stance(result.Attitude, result.Answers)
	result.Score = result.Behaviour
	if result.Answers > 0 {
		result.Score = mean(part{r.Weights.Behaviour, result.Behaviour}, part{r.Weights.Attitude, result.Attitude})
	}
	high := result.Behaviour >= r.Behaviour.High
	favourable := result.Attitude >= r.Attitude.High
	switch {
	case high && favourable:
		result.Quadrant = QuadrantTrue
	case high:
		result.Quadrant = QuadrantSpurious
	case favourable:
		result.Quadrant = QuadrantLatent
	default:
		result.Quadrant = QuadrantNone
	}
	result.AtRisk = high && result.Stance == StanceUnfavourable
	return result, nil
}

// check reports all that is wrong with a customer's data.
func (c *Customer) check(r *Rules, now time.Time) error {
	var f faults
	if problem := notPast(now, now); problem != "" {
		f.add("now", "%s", problem)
	}
	checkPurchases(&f, c.Purchases, now)
	r.Attitude.checkAnswers(&f, c.Answers, now)
	if err := errors.Join(f...); err != nil {
		return fmt.Errorf("customer %.64q: %w", c.ID, err)
	}
	return nil
}

// part is a share in a mean.
type part struct{ weight, points float64 }

// mean is the weighted mean, in hundredths: so what should be 75 is 75, and does
// not miss a threshold by a bit. The products are rounded by themselves, because
// some machines would not. The weights are not all 0.
func mean(parts ...part) float64 {
	var sum, weights float64
	for _, p := range parts {
		sum += float64(p.weight * p.points)
		weights += p.weight
	}
	return math.Round(100*min(sum/weights, 100)) / 100
}
