package loyalty_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

func drawRules(t *rapid.T) loyalty.Rules {
	r := loyalty.Default()
	span := rapid.SampledFrom([]time.Duration{0, 1, time.Hour, 30 * day, 365 * day, math.MaxInt64})
	if rapid.Bool().Draw(t, "bands") {
		r.Behaviour.Bands = loyalty.Bands{
			Recency:   sorted(t, "recency", span),
			Frequency: sorted(t, "frequency", rapid.IntRange(-1, 6)),
			Money:     sorted(t, "money", rapid.Int64Range(-2_000, 20_000)),
		}
	}
	r.Behaviour.Window = span.Draw(t, "behaviour window")
	r.Behaviour.NewWithin = span.Draw(t, "new within")
	r.Behaviour.High = rapid.Float64Range(0, 100).Draw(t, "high")
	r.Attitude.Window = span.Draw(t, "attitude window")
	r.Attitude.HalfLife = span.Draw(t, "half life")
	r.Attitude.High = rapid.Float64Range(1, 100).Draw(t, "favourable")
	r.Attitude.Low = rapid.Float64Range(0, math.Nextafter(r.Attitude.High, 0)).Draw(t, "unhappy")
	r.Attitude.Scales["own, falling"] = loyalty.Scale{Worst: 100, Bad: 50.5, Good: 50, Best: -1e9}
	r.Attitude.Scales["yes"] = loyalty.Scale{Worst: 0, Bad: 0, Good: 1, Best: 1}
	weight := rapid.OneOf(rapid.Float64Range(1e-6, 10), rapid.SampledFrom([]float64{0, 1e-6, 1e6}))
	for _, w := range []*float64{&r.Weights.Recency, &r.Weights.Frequency, &r.Weights.Money, &r.Weights.Behaviour, &r.Weights.Attitude} {
		*w = weight.Draw(t, "weight")
	}
	if r.Weights.Recency == 0 && r.Weights.Frequency == 0 {
		r.Weights.Money = max(r.Weights.Money, 1e-6)
	}
	if r.Weights.Behaviour == 0 {
		r.Weights.Attitude = max(r.Weights.Attitude, 1e-6)
	}
	return r
}

func sorted[T int | int64 | time.Duration](t *rapid.T, label string, of *rapid.Generator[T]) []T {
	list := rapid.SliceOfN(of, 1, 6).Draw(t, label)
	slices.Sort(list)
	return list
}

func drawTime(t *rapid.T) time.Time {
	return now.Add(-time.Duration(rapid.OneOf(
		rapid.Int64Range(0, int64(500*day)), rapid.Map(rapid.Int64Range(0, 12), func(n int64) int64 { return n * int64(30*day) }),
	).Draw(t, "age")))
}

func drawCustomer(t *rapid.T, rules *loyalty.Rules, purchases int) loyalty.Customer {
	c := loyalty.Customer{ID: rapid.StringN(0, 4, -1).Draw(t, "id")}
	for range rapid.IntRange(purchases, 6).Draw(t, "purchases") {
		c.Purchases = append(c.Purchases, loyalty.Purchase{At: drawTime(t), Amount: rapid.Int64Range(-2_000, 10_000).Draw(t, "amount")})
	}
	for range rapid.IntRange(0, 4).Draw(t, "answers") {
		c.Answers = append(c.Answers, drawAnswer(t, rules))
	}
	return c
}

func drawAnswer(t *rapid.T, rules *loyalty.Rules) loyalty.Answer {
	survey := rapid.SampledFrom([]string{"nps", "csat", "ces", "own, falling", "yes"}).Draw(t, "survey")
	s := rules.Attitude.Scales[survey]
	return loyalty.Answer{At: drawTime(t), Survey: survey,
		Value: rapid.Float64Range(min(s.Worst, s.Best), max(s.Worst, s.Best)).Draw(t, "value")}
}

// drawBase draws rules with bands, fixed or from customers, and these.
func drawBase(t *rapid.T) (loyalty.Rules, []loyalty.Customer) {
	rules := drawRules(t)
	base := []loyalty.Customer{{Purchases: buys(100, 10)}}
	for range rapid.IntRange(0, 12).Draw(t, "customers") {
		base = append(base, drawCustomer(t, &rules, 0))
	}
	if rules.Behaviour.Bands.Money == nil {
		bands, err := rules.Quintiles(base, now)
		if err != nil {
			t.Fatal(err)
		}
		rules.Behaviour.Bands = bands
		if err := rules.Validate(); err != nil {
			t.Fatalf("bands of quintiles are not valid: %v", err)
		}
	}
	return rules, base
}

func score(t *rapid.T, rules *loyalty.Rules, c loyalty.Customer) loyalty.Result {
	r, err := rules.Score(c, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestScoresLieWithinBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, base := drawBase(t)
		for _, c := range base {
			r := score(t, &rules, c)
			for _, x := range []float64{r.Score, r.Behaviour, r.Attitude} {
				if !(x >= 0 && x <= 100) {
					t.Fatalf("%+v", r)
				}
			}
			if r.AtRisk && (r.Quadrant != loyalty.QuadrantSpurious || r.Answers == 0) {
				t.Fatalf("at risk without cause: %+v", r)
			}
			if r.Answers == 0 && (r.Score != r.Behaviour || r.Stance != loyalty.StanceUnknown) {
				t.Fatalf("attitude out of nothing: %+v", r)
			}
			if between := min(r.Behaviour, r.Attitude) <= r.Score && r.Score <= max(r.Behaviour, r.Attitude); r.Answers > 0 && !between {
				t.Fatalf("the score is not between behaviour and attitude: %+v", r)
			}
		}
	})
}

// Each edit makes a customer's behaviour better in one respect.
func TestMoreNeverLowersTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, _ := drawBase(t)
		c := drawCustomer(t, &rules, 1)
		before := score(t, &rules, c)
		better := c
		better.Purchases = slices.Clone(c.Purchases)
		p := &better.Purchases[rapid.IntRange(0, len(c.Purchases)-1).Draw(t, "which")]
		switch rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0: // more recent
			if p.Amount >= 0 {
				p.At = p.At.Add(time.Duration(rapid.Int64Range(0, int64(now.Sub(p.At))).Draw(t, "later")))
			}
		case 1: // more frequent
			better.Purchases = append(better.Purchases, loyalty.Purchase{At: drawTime(t), Amount: rapid.Int64Range(0, 100).Draw(t, "further")})
		case 2: // more money
			p.Amount += rapid.Int64Range(0, 10_000).Draw(t, "more")
		}
		if after := score(t, &rules, better); after.Score < before.Score || after.Behaviour < before.Behaviour {
			t.Fatalf("%+v\nbecame %+v", before, after)
		}
	})
}

func TestBetterAnswersNeverLowerTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, _ := drawBase(t)
		c := drawCustomer(t, &rules, 0)
		c.Answers = append(c.Answers, drawAnswer(t, &rules))
		before := score(t, &rules, c)
		better := c
		better.Answers = slices.Clone(c.Answers)
		a := &better.Answers[rapid.IntRange(0, len(c.Answers)-1).Draw(t, "which")]
		best := rules.Attitude.Scales[a.Survey].Best
		a.Value = rapid.Float64Range(min(a.Value, best), max(a.Value, best)).Draw(t, "better")
		if after := score(t, &rules, better); after.Score < before.Score || after.Attitude < before.Attitude {
			t.Fatalf("%+v\nbecame %+v", before, after)
		}
	})
}

func TestOrderMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, base := drawBase(t)
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		mixed := slices.Clone(base)
		shuffle.Shuffle(len(mixed), func(i, k int) { mixed[i], mixed[k] = mixed[k], mixed[i] })
		bands, err := rules.Quintiles(base, now)
		if err != nil {
			t.Fatal(err)
		}
		again, err := rules.Quintiles(mixed, now)
		if diff := cmp.Diff(bands, again); err != nil || diff != "" {
			t.Fatalf("%v %s", err, diff)
		}
		for _, c := range base {
			before := score(t, &rules, c)
			c.Purchases, c.Answers = slices.Clone(c.Purchases), slices.Clone(c.Answers)
			shuffle.Shuffle(len(c.Purchases), func(i, k int) { c.Purchases[i], c.Purchases[k] = c.Purchases[k], c.Purchases[i] })
			shuffle.Shuffle(len(c.Answers), func(i, k int) { c.Answers[i], c.Answers[k] = c.Answers[k], c.Answers[i] })
			if after := score(t, &rules, c); after != before {
				t.Fatalf("%+v\nbecame %+v", before, after)
			}
		}
	})
}

// With equals among them, each customer's fifth is that of the middle of the
// equals' places, found here by counting.
func TestQuintilesSplitEvenlyUpToTies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(0, rapid.SampledFrom([]int64{3, 30, 1_000_000}).Draw(t, "spread")), 1, 60).Draw(t, "amounts")
		var base []loyalty.Customer
		for i, amount := range amounts {
			base = append(base, loyalty.Customer{Purchases: []loyalty.Purchase{{At: ago(i % 7), Amount: amount}}})
		}
		rules := loyalty.Default()
		bands, err := rules.Quintiles(base, now)
		if err != nil {
			t.Fatal(err)
		}
		rules.Behaviour.Bands = bands
		sizes := make([]int, 6)
		distinct := len(slices.Compact(slices.Sorted(slices.Values(amounts)))) == len(amounts)
		for i, c := range base {
			below, equal, later, same := 0, 0, 0, 0
			for k := range amounts {
				switch {
				case amounts[k] < amounts[i]:
					below++
				case amounts[k] == amounts[i]:
					equal++
				}
				switch {
				case k%7 < i%7:
					later++
				case k%7 == i%7:
					same++
				}
			}
			r := score(t, &rules, c)
			if want := 1 + 5*(2*below+equal)/(2*len(amounts)); r.Grades.Money != want {
				t.Fatalf("%d of %v: grade %d, want %d", amounts[i], amounts, r.Grades.Money, want)
			}
			if want := 5 - 5*(2*later+same)/(2*len(amounts)); r.Grades.Recency != want {
				t.Fatalf("%d days of %d customers: grade %d, want %d", i%7, len(amounts), r.Grades.Recency, want)
			}
			sizes[r.Grades.Money]++
		}
		if fifths := sizes[1:]; distinct && slices.Max(fifths)-slices.Min(fifths) > 1 {
			t.Fatalf("fifths of %v: %v", amounts, fifths)
		}
	})
}
