package loyalty_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/loyalty"
)

var july = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// monthly is a purchase of 100 yen in each of the last so many months.
func monthly(months int) []loyalty.Purchase {
	var list []loyalty.Purchase
	for i := range months {
		list = append(list, loyalty.Purchase{At: july.AddDate(0, -i, 0), Amount: 100})
	}
	return list
}

var exampleBands = loyalty.Bands{
	Recency:   []time.Duration{720 * time.Hour, 2160 * time.Hour},
	Frequency: []int{3, 6},
	Money:     []int64{300, 600},
}

// Behaviour and attitude are judged apart, and then together.
func ExampleRules_Score() {
	rules := loyalty.Default()
	rules.Behaviour.Bands = exampleBands
	for _, c := range []loyalty.Customer{
		{ID: "Sato", Purchases: monthly(8), Answers: []loyalty.Answer{{At: july, Survey: "nps", Value: 2}}},
		{ID: "Mori", Purchases: monthly(1), Answers: []loyalty.Answer{{At: july, Survey: "csat", Value: 5}}},
		{ID: "Ueda", Purchases: monthly(8)},
	} {
		r, err := rules.Score(c, july)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: behaviour %v, attitude %s, score %v, %s, at risk: %t\n",
			r.Customer, r.Behaviour, r.Stance, r.Score, r.Quadrant, r.AtRisk)
	}
	// Output:
	// Sato: behaviour 100, attitude unfavourable, score 69.44, spurious, at risk: true
	// Mori: behaviour 33.33, attitude favourable, score 55.55, latent, at risk: false
	// Ueda: behaviour 100, attitude unknown, score 100, spurious, at risk: false
}

// The bands come from all customers. They are data, kept with the rules, and
// grade a single customer later.
func ExampleRules_Quintiles() {
	var base []loyalty.Customer
	for i := range 10 {
		base = append(base, loyalty.Customer{Purchases: monthly(i + 1)})
	}
	rules := loyalty.Default()
	bands, err := rules.Quintiles(base, july)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("frequency:", bands.Frequency, "money:", bands.Money)

	rules.Behaviour.Bands = bands
	later, err := rules.Score(loyalty.Customer{Purchases: monthly(7)}, july)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n", later.Grades)
	// Output:
	// frequency: [3 5 7 9] money: [300 500 700 900]
	// {Recency:3 Frequency:4 Money:4}
}

// Rules are JSON. What is not given has its default.
func ExampleParseRules() {
	rules, err := loyalty.ParseRules([]byte(`{
		"behaviour": {
			"bands": {"recency": ["720h", "2160h"], "frequency": [3, 6], "money": [10000, 50000]},
			"window": "17520h"
		},
		"attitude": {"scales": {"effort": {"worst": 5, "bad": 4, "good": 2, "best": 1}}},
		"weights": {"money": 2}
	}`))
	fmt.Println(rules.Behaviour.Window, rules.Weights.Money, rules.Weights.Recency, err)

	_, err = loyalty.ParseRules([]byte(`{"behaviour": {"window": "2 years"}, "attitude": {"high": 175}, "wieghts": {}}`))
	fmt.Println(err)
	// Output:
	// 17520h0m0s 2 1 <nil>
	// behaviour.window: want a duration such as "720h", got "2 years"
	// wieghts: unknown field
}

// An own survey in which a small number is a good answer.
func ExampleScale() {
	rules := loyalty.Default()
	rules.Behaviour.Bands = exampleBands
	rules.Attitude.Scales["effort"] = loyalty.Scale{Worst: 5, Bad: 4, Good: 2, Best: 1}
	for value := 5.0; value >= 1; value-- {
		r, err := rules.Score(loyalty.Customer{Answers: []loyalty.Answer{{At: july, Survey: "effort", Value: value}}}, july)
		fmt.Println(value, r.Attitude, r.Stance, err)
	}
	// Output:
	// 5 0 unfavourable <nil>
	// 4 25 unfavourable <nil>
	// 3 50 neutral <nil>
	// 2 75 favourable <nil>
	// 1 100 favourable <nil>
}

// What a call should know when it arrives.
func ExampleResult_Found() {
	rules := loyalty.Default()
	rules.Behaviour.Bands = exampleBands
	result, err := rules.Score(loyalty.Customer{ID: "Sato", Purchases: monthly(8),
		Answers: []loyalty.Answer{{At: july, Survey: "nps", Value: 2}}}, july)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, _ := json.Marshal(result.Found())
	fmt.Println(string(text))
	// Output:
	// {"customer":"Sato","score":69.44,"attributes":{"at_risk":"yes","attitude":"unfavourable","loyalty":"spurious"}}
}

func ExampleTier() {
	plan := acd.Plan{Tiers: []acd.Tier{{Name: "gold", MinScore: new(80.0)}, {Name: "silver", MinScore: new(50.0)}, {Name: "staff"}}}
	for _, score := range []float64{95, 79.99, 50, 12} {
		fmt.Printf("%v %q\n", score, loyalty.Tier(plan.Tiers, score))
	}
	// Output:
	// 95 "gold"
	// 79.99 "silver"
	// 50 "silver"
	// 12 ""
}
