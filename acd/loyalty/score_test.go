package loyalty_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

var now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func ago(days int) time.Time { return now.Add(-time.Duration(days) * day) }

// fixed are the default rules with bands of four grades.
func fixed() loyalty.Rules {
	r := loyalty.Default()
	r.Behaviour.Bands = loyalty.Bands{
		Recency:   []time.Duration{30 * day, 90 * day, 180 * day},
		Frequency: []int{2, 4, 8},
		Money:     []int64{5_000, 20_000, 80_000},
	}
	return r
}

func buys(amount int64, days ...int) []loyalty.Purchase {
	var list []loyalty.Purchase
	for _, d := range days {
		list = append(list, loyalty.Purchase{At: ago(d), Amount: amount})
	}
	return list
}

func nps(days int, value float64) loyalty.Answer {
	return loyalty.Answer{At: ago(days), Survey: "nps", Value: value}
}

// The figures are worked by hand from the package's own rules: with three cuts
// a grade g is worth 100·(g−1)/3, the behaviour is the mean of the three, and
// the score is (2·behaviour + attitude)/3.
func TestHandWorked(t *testing.T) {
	eight := []int{10, 40, 70, 100, 130, 160, 190, 220}
	for _, test := range []struct {
		name      string
		purchases []loyalty.Purchase
		answers   []loyalty.Answer
		want      loyalty.Result
	}{
		{"loves us and buys", buys(10_000, eight...), []loyalty.Answer{nps(5, 10)},
			loyalty.Result{Frequency: 8, Money: 80_000, Grades: loyalty.Grades{Recency: 4, Frequency: 4, Money: 4}, Behaviour: 100,
				Answers: 1, Attitude: 100, Stance: "favourable", Score: 100, Quadrant: "true"}},
		{"buys by habit, unhappy", buys(10_000, eight...), []loyalty.Answer{nps(5, 3)}, // 3 of 6 is half of 25
			loyalty.Result{Frequency: 8, Money: 80_000, Grades: loyalty.Grades{Recency: 4, Frequency: 4, Money: 4}, Behaviour: 100,
				Answers: 1, Attitude: 12.5, Stance: "unfavourable", Score: 70.83, Quadrant: "spurious", AtRisk: true}},
		{"a detractor of 6 is at risk too", buys(10_000, eight...), []loyalty.Answer{nps(5, 6)},
			loyalty.Result{Frequency: 8, Money: 80_000, Grades: loyalty.Grades{Recency: 4, Frequency: 4, Money: 4}, Behaviour: 100,
				Answers: 1, Attitude: 25, Stance: "unfavourable", Score: 75, Quadrant: "spurious", AtRisk: true}},
		{"a passive of 7 is not", buys(10_000, eight...), []loyalty.Answer{nps(5, 7)}, // 25 + 50/3
			loyalty.Result{Frequency: 8, Money: 80_000, Grades: loyalty.Grades{Recency: 4, Frequency: 4, Money: 4}, Behaviour: 100,
				Answers: 1, Attitude: 41.67, Stance: "neutral", Score: 80.56, Quadrant: "spurious"}},
		{"never asked: the behaviour alone", buys(10_000, eight...), nil,
			loyalty.Result{Frequency: 8, Money: 80_000, Grades: loyalty.Grades{Recency: 4, Frequency: 4, Money: 4}, Behaviour: 100,
				Attitude: 50, Stance: "unknown", Score: 100, Quadrant: "spurious"}},
		{"bought once, recommends us", buys(3_000, 100), []loyalty.Answer{nps(50, 9)}, // grades 2, 1, 1
			loyalty.Result{Frequency: 1, Money: 3_000, Grades: loyalty.Grades{Recency: 2, Frequency: 1, Money: 1}, Behaviour: 11.11,
				Answers: 1, Attitude: 75, Stance: "favourable", Score: 32.41, Quadrant: "latent"}},
		{"bought once, unhappy: nothing to lose", buys(3_000, 100), []loyalty.Answer{nps(50, 0)},
			loyalty.Result{Frequency: 1, Money: 3_000, Grades: loyalty.Grades{Recency: 2, Frequency: 1, Money: 1}, Behaviour: 11.11,
				Answers: 1, Attitude: 0, Stance: "unfavourable", Score: 7.41, Quadrant: "none"}},
		{"a new customer", buys(3_000, 10), nil, // grades 4, 1, 1
			loyalty.Result{Frequency: 1, Money: 3_000, Grades: loyalty.Grades{Recency: 4, Frequency: 1, Money: 1}, Behaviour: 33.33,
				Attitude: 50, Stance: "unknown", Score: 33.33, Quadrant: "none", New: true}},
		{"never bought, never asked", nil, nil,
			loyalty.Result{Attitude: 50, Stance: "unknown", Quadrant: "none", New: true}},
		{"never bought, likes us", nil, []loyalty.Answer{{At: ago(1), Survey: "csat", Value: 5}},
			loyalty.Result{Answers: 1, Attitude: 100, Stance: "favourable", Score: 33.33, Quadrant: "latent", New: true}},
		{"a refund takes money, and nothing else", append(buys(10_000, 40, 100), buys(-16_000, 5)...), nil,
			loyalty.Result{Frequency: 2, Money: 4_000, Grades: loyalty.Grades{Recency: 3, Frequency: 2, Money: 1}, Behaviour: 33.33,
				Attitude: 50, Stance: "unknown", Score: 33.33, Quadrant: "none"}},
		{"a refund alone is no purchase", buys(-500, 5), nil,
			loyalty.Result{Money: -500, Attitude: 50, Stance: "unknown", Quadrant: "none", New: true}},
		{"older than the window", buys(100_000, 366), []loyalty.Answer{nps(366, 10)},
			loyalty.Result{Grades: loyalty.Grades{Recency: 1, Frequency: 1, Money: 1},
				Attitude: 50, Stance: "unknown", Quadrant: "none"}},
		{"exactly as old as the window, and as a cut", buys(80_000, 365), []loyalty.Answer{nps(365, 10)},
			loyalty.Result{Frequency: 1, Money: 80_000, Grades: loyalty.Grades{Recency: 1, Frequency: 1, Money: 4}, Behaviour: 33.33,
				Answers: 1, Attitude: 100, Stance: "favourable", Score: 55.55, Quadrant: "latent"}},
		// 10 was half a life before the 0: weights 1 and 1/2.
		{"the latest answer counts more", buys(3_000, 100), []loyalty.Answer{nps(10, 0), nps(100, 10)},
			loyalty.Result{Frequency: 1, Money: 3_000, Grades: loyalty.Grades{Recency: 2, Frequency: 1, Money: 1}, Behaviour: 11.11,
				Answers: 2, Attitude: 33.33, Stance: "neutral", Score: 18.52, Quadrant: "none"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rules := fixed()
			got, err := rules.Score(loyalty.Customer{ID: "c", Purchases: test.purchases, Answers: test.answers}, now)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			want.Customer, want.At, want.LastPurchase = "c", now, got.LastPurchase
			if got != want {
				t.Errorf("got\n%+v\nwant\n%+v", got, want)
			}
		})
	}
}

// At a threshold itself, what it is the threshold of holds.
func TestThresholdsAreReached(t *testing.T) {
	unhappy := loyalty.Customer{Purchases: buys(3_000, 30), Answers: []loyalty.Answer{nps(1, 3)}} // grades 3, 1, 1
	for _, test := range []struct {
		high     float64
		low      float64
		within   time.Duration
		quadrant loyalty.Quadrant
		atRisk   bool
		isNew    bool
	}{
		{22.22, 12.5, 30 * day, loyalty.QuadrantSpurious, true, true},
		{22.23, 12.5, 30*day - 1, loyalty.QuadrantNone, false, false},
		{22.22, 12.49, 0, loyalty.QuadrantSpurious, false, false},
	} {
		rules := fixed()
		rules.Behaviour.High, rules.Attitude.Low, rules.Behaviour.NewWithin = test.high, test.low, test.within
		got, err := rules.Score(unhappy, now)
		if err != nil || got.Quadrant != test.quadrant || got.AtRisk != test.atRisk || got.New != test.isNew {
			t.Errorf("%+v: got %+v, %v", test, got, err)
		}
	}
}

func TestMeanWithinAWindow(t *testing.T) {
	rules := fixed()
	rules.Attitude.HalfLife, rules.Attitude.Window = 0, 90*day
	got, err := rules.Score(loyalty.Customer{Answers: []loyalty.Answer{nps(1, 0), nps(80, 9), nps(91, 0)}}, now)
	if err != nil || got.Attitude != 37.5 || got.Answers != 2 {
		t.Errorf("got %+v, %v, want the attitude (0 + 75)/2", got, err)
	}
}

// The mean of these four lies between two hundredths, so that the order of a
// sum of floats decides.
func TestSumOfAnswersHasAnOrder(t *testing.T) {
	rules := fixed()
	rules.Attitude.HalfLife = 0
	rules.Attitude.Scales["percent"] = loyalty.Scale{Worst: 0, Bad: 25, Good: 75, Best: 100}
	var c loyalty.Customer
	for _, value := range []float64{9.37, 7.84, 5.71, 5.46} {
		c.Answers = append(c.Answers, loyalty.Answer{At: ago(1), Survey: "percent", Value: value})
	}
	forwards, err := rules.Score(c, now)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(c.Answers)
	if backwards, err := rules.Score(c, now); err != nil || backwards != forwards {
		t.Errorf("got %+v, %v, and before %+v", backwards, err, forwards)
	}
}

// A half-life of next to nothing lets the latest answer count alone, and
// whatever is older weighs nothing, but never all of them.
func TestLatestAnswerAlone(t *testing.T) {
	rules := fixed()
	rules.Attitude.HalfLife, rules.Attitude.Window = 1, 0
	got, err := rules.Score(loyalty.Customer{Answers: []loyalty.Answer{nps(9000, 9), nps(9001, 0), nps(9900, 0)}}, now)
	if err != nil || got.Attitude != 75 {
		t.Errorf("got %+v, %v, want the attitude 75", got, err)
	}
}

func TestScales(t *testing.T) {
	rules := fixed()
	rules.Attitude.Scales["effort"] = loyalty.Scale{Worst: 7, Bad: 5, Good: 3, Best: 1} // less is better
	rules.Attitude.Scales["thumb"] = loyalty.Scale{Worst: 0, Bad: 0, Good: 1, Best: 1}
	for _, test := range []struct {
		survey      string
		value, want float64
	}{
		{"nps", 0, 0}, {"nps", 6, 25}, {"nps", 8, 58.33}, {"nps", 9, 75}, {"nps", 10, 100},
		{"csat", 1, 0}, {"csat", 2, 25}, {"csat", 3, 50}, {"csat", 4, 75}, {"csat", 5, 100},
		{"ces", 1, 0}, {"ces", 3, 25}, {"ces", 4, 50}, {"ces", 5, 75}, {"ces", 6, 87.5}, {"ces", 7, 100},
		{"effort", 7, 0}, {"effort", 5, 25}, {"effort", 4, 50}, {"effort", 3, 75}, {"effort", 2, 87.5}, {"effort", 1, 100},
		{"thumb", 0, 0}, {"thumb", 0.5, 50}, {"thumb", 1, 100},
	} {
		got, err := rules.Score(loyalty.Customer{Answers: []loyalty.Answer{{At: now, Survey: test.survey, Value: test.value}}}, now)
		if err != nil || got.Attitude != test.want {
			t.Errorf("%s %v: got %v, %v, want %v", test.survey, test.value, got.Attitude, err, test.want)
		}
	}
}

func TestBadDataIsToldWithItsPlace(t *testing.T) {
	late := loyalty.Purchase{At: now.Add(1), Amount: 1}
	for want, c := range map[string]loyalty.Customer{
		`purchases[1].at: 2026-07-01T09:00:00Z lies in the future`: {Purchases: []loyalty.Purchase{{At: now}, late}},
		`purchases[0].at: want a time within 1970 to 2200`:         {Purchases: []loyalty.Purchase{{}}},
		`purchases[0].amount: want -1000000000000 to`:              {Purchases: []loyalty.Purchase{{At: now, Amount: math.MinInt64}}},
		`answers[0].at: `: {Answers: []loyalty.Answer{nps(-1, 5)}},
		`answers[0].survey: no scale is named "npx"; there are ["ces" "csat" "nps"]`: {Answers: []loyalty.Answer{{At: now, Survey: "npx"}}},
		`answers[1].value: want 0 to 10 for nps, got 11`:                             {Answers: []loyalty.Answer{nps(1, 10), nps(1, 11)}},
		`answers[0].value: want 0 to 10 for nps, got NaN`:                            {Answers: []loyalty.Answer{nps(1, math.NaN())}},
		`purchases: want at most 1000000, got 1000001`:                               {Purchases: make([]loyalty.Purchase, 1_000_001)},
	} {
		c.ID = "sato"
		rules := fixed()
		_, err := rules.Score(c, now)
		if err == nil || !strings.HasPrefix(err.Error(), `customer "sato": `+want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if _, again := rules.Quintiles([]loyalty.Customer{{}, c}, now); again == nil || again.Error() != err.Error() {
			t.Errorf("quintiles: got %v, want %v", again, err)
		}
	}
	rules := fixed()
	if _, err := rules.Score(loyalty.Customer{}, time.Time{}); err == nil || !strings.Contains(err.Error(), "now: want a time") {
		t.Errorf("no clock: got %v", err)
	}
}

func TestScoreNeedsBands(t *testing.T) {
	rules := loyalty.Default()
	if _, err := rules.Score(loyalty.Customer{}, now); !errors.Is(err, loyalty.ErrNoBands) {
		t.Errorf("got %v", err)
	}
	var zero loyalty.Rules
	if _, err := zero.Score(loyalty.Customer{}, now); err == nil || !strings.Contains(err.Error(), "weights: ") {
		t.Errorf("got %v", err)
	}
}
