package loyalty_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

func TestDefaultIsValidAndEmptyJSON(t *testing.T) {
	rules := loyalty.Default()
	if err := rules.Validate(); err != nil {
		t.Error(err)
	}
	got, err := loyalty.ParseRules([]byte("\ufeff {} "))
	if diff := cmp.Diff(rules, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// An absent field takes its default, and a zero that was written is zero.
func TestWhatIsGivenReplacesTheDefault(t *testing.T) {
	got, err := loyalty.ParseRules([]byte(`{
		"behaviour": {"bands": {"recency": ["720h", "2160h"], "frequency": [2, 5], "money": [-1, 10000]}, "window": "0s"},
		"attitude": {"scales": {"q3": {"worst": 5, "bad": 4, "good": 2, "best": 1}}, "low": 10.5},
		"weights": {"money": 0}
	}`))
	want := loyalty.Default()
	want.Behaviour.Bands = loyalty.Bands{
		Recency: []time.Duration{30 * day, 90 * day}, Frequency: []int{2, 5}, Money: []int64{-1, 10_000},
	}
	want.Behaviour.Window = 0
	want.Attitude.Scales = map[string]loyalty.Scale{"q3": {Worst: 5, Bad: 4, Good: 2, Best: 1}}
	want.Attitude.Low = 10.5
	want.Weights.Money = 0
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestBadRulesAreToldWithTheirPath(t *testing.T) {
	for text, want := range map[string]string{
		``:                `rules: line 1, column 1: unexpected end of JSON input`,
		"{\n \x7d}":       `rules: line 2, column 3: invalid character '}' after top-level value`,
		"{\"\xff\":1}":    `rules: the text is not UTF-8`,
		`[]`:              `rules: want an object, got []`,
		`null`:            `rules: want an object, got null`,
		`{"Weights": {}}`: `Weights: unknown field`,
		`{"weights": {"recency": 1, "recency": 2}}`:                                         `weights.recency: given twice`,
		`{"weights": {"recency": null}}`:                                                    `weights.recency: want a number, got null`,
		`{"weights": {"recency": "1"}}`:                                                     `weights.recency: want a number, got "1"`,
		`{"weights": {"recency": -1}}`:                                                      `weights.recency: want 0, or 1e-06 to 1e+06, got -1`,
		`{"weights": {"recency": 1e-320}}`:                                                  `weights.recency: want 0, or 1e-06 to 1e+06, got 1e-320`,
		`{"weights": {"behaviour": 0, "attitude": 0}}`:                                      `weights: want behaviour or attitude above 0`,
		`{"weights": {"recency": 0, "frequency": 0, "money": 0}}`:                           `weights: want recency, frequency or money above 0`,
		`{"behaviour": {"window": 3600}}`:                                                   `behaviour.window: want a duration such as "720h", got 3600`,
		`{"behaviour": {"window": "1y"}}`:                                                   `behaviour.window: want a duration such as "720h", got "1y"`,
		`{"behaviour": {"window": "-1h"}}`:                                                  `behaviour.window: want 0s or more, got -1h0m0s`,
		`{"behaviour": {"new_within": "-1h"}}`:                                              `behaviour.new_within: want 0s or more, got -1h0m0s`,
		`{"behaviour": {"high": 101}}`:                                                      `behaviour.high: want 0 to 100, got 101`,
		`{"behaviour": {"bands": []}}`:                                                      `behaviour.bands: want an object, got []`,
		`{"behaviour": {"bands": {"money": {}}}}`:                                           `behaviour.bands.money: want a list, got {}`,
		`{"behaviour": {"bands": {"money": [1.5]}}}`:                                        `behaviour.bands.money[0]: want a whole number, got 1.5`,
		`{"behaviour": {"bands": {"money": [1]}}}`:                                          "behaviour.bands.recency: want 1 to 100 values, got 0\nbehaviour.bands.frequency: want 1 to 100 values, got 0",
		`{"behaviour": {"bands": {"recency": ["-1s"], "frequency": [2, 1], "money": [1]}}}`: "behaviour.bands.frequency[1]: want at least the 2 before, got 1\nbehaviour.bands.recency[0]: want 0s or more, got -1s",
		`{"attitude": {"low": 75}}`:                                                         `attitude.low: want less than the high of 75, got 75`,
		`{"attitude": {"half_life": "-1h"}}`:                                                `attitude.half_life: want 0s or more, got -1h0m0s`,
		`{"attitude": {"scales": {"x": {"worst": 0, "bad": 1, "best": 3}}}}`:                `attitude.scales.x.good: missing`,
		`{"attitude": {"scales": {"x y": {"worst": 0, "bad": 2, "good": 1, "best": 3}}}}`:   `attitude.scales["x y"]: want worst, bad, good and best in this order, up or down, bad and good apart, got 0, 2, 1, 3`,
		`{"attitude": {"scales": {"x": {"worst": 0, "bad": 1, "good": 1, "best": 3}}}}`:     `attitude.scales.x: want worst, bad, good and best in this order, up or down, bad and good apart, got 0, 1, 1, 3`,
		`{"attitude": {"scales": {"x": {"worst": 0, "bad": 1, "good": 2, "best": 1e10}}}}`:  `attitude.scales.x.best: want -1e+09 to 1e+09, got 1e+10`,
		`{"attitude": {"scales": {"": {"worst": 0, "bad": 1, "good": 2, "best": 3}}}}`:      `attitude.scales: want a name for each scale, got nothing`,
	} {
		_, err := loyalty.ParseRules([]byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%s: got\n%v\nwant\n%s", text, err, want)
		}
	}
}

func TestNumbersThatAreNotFinite(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		rules := loyalty.Default()
		rules.Weights.Money, rules.Attitude.High, rules.Attitude.Scales["nps"] = x, x, loyalty.Scale{Good: x}
		err := rules.Validate()
		for _, path := range []string{"attitude.scales.nps.good: ", "attitude.high: ", "weights.money: "} {
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%v: got %v, want %s", x, err, path)
			}
		}
		if text, err := json.Marshal(rules); err == nil {
			t.Errorf("%v became %s", x, text)
		}
	}
}

func TestRulesRoundTripThroughJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		text, err := json.Marshal(rules)
		if err != nil {
			t.Fatal(err)
		}
		var again loyalty.Rules
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(rules, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s: %s", text, diff)
		}
	})
}

// FuzzParseRules shows that no text makes rules that are invalid, or that
// cannot be written and read again, or a panic.
func FuzzParseRules(f *testing.F) {
	text, err := json.Marshal(fixed())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"attitude": {"scales": {"\ud800": {"worst": 0, "bad": 1, "good": 2, "best": 3}}}, "weights": {"money": 1e-6}}`))
	f.Add([]byte(`{"behaviour": {"bands": {"recency": [], "frequency": [1], "money": [9223372036854775808]}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		rules, err := loyalty.ParseRules(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(rules)
		if err != nil {
			t.Fatal(err)
		}
		again, err := loyalty.ParseRules(written)
		if diff := cmp.Diff(rules, again, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%s: %v %s", written, err, diff)
		}
	})
}
