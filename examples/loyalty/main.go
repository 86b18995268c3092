// Loyalty judges customers by what they bought and what they said, prints a
// table of them, and shows what it is for: who is loyal by habit and unhappy is
// sent to an expert, and a gold customer has a head start.
//
//	go run ./examples/loyalty
//	go run ./examples/loyalty -purchases till.csv -surveys answers.csv -now 2026-07-01
//
// Files are CSV with a header, the columns in any order, others ignored.
// Purchases have customer, date (2026-06-30, midnight UTC, or RFC 3339) and amount
// (with -decimals digits after the point at most; a refund is negative); surveys
// have customer, date, survey (nps, csat, ces, or a scale of the rules) and value.
//
// Without bands in the rules, customers are graded by the quintiles of them all.
// The output of -json has the rules that were used, with those bands; kept as a
// file of their own for -rules, they judge later customers alike.
package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

type options struct {
	purchases, surveys, rules, now string
	decimals                       int
	json                           bool
}

func main() {
	var o options
	flag.StringVar(&o.purchases, "purchases", "", "judge the customers of this `file` of CSV (customer,date,amount) instead of built-in ones")
	flag.StringVar(&o.surveys, "surveys", "", "with -purchases: their answers, a `file` of CSV (customer,date,survey,value)")
	flag.StringVar(&o.rules, "rules", "", "thresholds and weights, a `file` of JSON; what it leaves out has its default")
	flag.StringVar(&o.now, "now", "", "the `date` of judgment, 2006-01-02 or RFC 3339 (default: now, and 2026-07-01 for the built-in customers)")
	flag.IntVar(&o.decimals, "decimals", 0, "digits that amounts may have after the point: 0 for yen, 2 for euros and cents")
	flag.BoolVar(&o.json, "json", false, "print one JSON object instead of a table")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "loyalty: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := run(o, time.Now(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "loyalty:", err)
		os.Exit(1)
	}
}

//go:embed purchases.csv
var builtInPurchases []byte

//go:embed surveys.csv
var builtInSurveys []byte

const builtInNow = "2026-07-01"

// report is what -json prints.
type report struct {
	Now       time.Time     `json:"now"`
	Rules     loyalty.Rules `json:"rules"`
	Quintiles bool          `json:"quintiles"` // the bands were computed
	Customers []judged      `json:"customers"`
}

type judged struct {
	loyalty.Result
	Tier string `json:"tier,omitempty"`
}

func run(o options, clock time.Time, out io.Writer) error {
	r, err := judge(o, clock)
	if err != nil {
		return err
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	var text bytes.Buffer
	r.table(&text, o.decimals)
	if err := r.show(&text); err != nil {
		return err
	}
	_, err = out.Write(text.Bytes())
	return err
}

func judge(o options, clock time.Time) (report, error) {
	if o.surveys != "" && o.purchases == "" {
		return report{}, errors.New("-surveys needs -purchases: the built-in customers have answers of their own")
	}
	if o.decimals < 0 || o.decimals > 4 {
		return report{}, fmt.Errorf("-decimals is %d: it must lie from 0 to 4", o.decimals)
	}
	r := report{Now: clock.UTC(), Rules: loyalty.Default()}
	text := o.now
	if text == "" && o.purchases == "" {
		text = builtInNow
	}
	var err error
	if text != "" {
		if r.Now, err = instant(text); err != nil {
			return report{}, fmt.Errorf("-now: %w", err)
		}
	}
	if o.rules != "" {
		data, err := os.ReadFile(o.rules)
		if err != nil {
			return report{}, err
		}
		if r.Rules, err = loyalty.ParseRules(data); err != nil {
			return report{}, fmt.Errorf("%s:\n%w", o.rules, err)
		}
	}
	customers, err := readCustomers(o, r)
	if err != nil {
		return report{}, err
	}
	if len(r.Rules.Behaviour.Bands.Recency) == 0 {
		if r.Rules.Behaviour.Bands, err = r.Rules.Quintiles(customers, r.Now); err != nil {
			return report{}, err
		}
		r.Quintiles = true
	}
	for _, c := range customers {
		result, err := r.Rules.Score(c, r.Now)
		if err != nil {
			return report{}, err
		}
		r.Customers = append(r.Customers, judged{result, loyalty.Tier(plan.Tiers, result.Score)})
	}
	return r, nil
}

// readCustomers reads both files, or those built in.
func readCustomers(o options, r report) ([]loyalty.Customer, error) {
	b := book{now: r.Now, rules: r.Rules, decimals: o.decimals, index: map[string]int{}}
	purchases, surveys := builtInPurchases, builtInSurveys
	if o.purchases != "" {
		var err error
		if purchases, err = os.ReadFile(o.purchases); err != nil {
			return nil, err
		}
		surveys = nil
	}
	if o.surveys != "" {
		var err error
		if surveys, err = os.ReadFile(o.surveys); err != nil {
			return nil, err
		}
	}
	if err := b.read(bytes.NewReader(purchases), b.purchase, "customer", "date", "amount"); err != nil {
		return nil, fmt.Errorf("%s: %w", cmp.Or(o.purchases, "purchases.csv"), err)
	}
	if surveys != nil {
		if err := b.read(bytes.NewReader(surveys), b.answer, "customer", "date", "survey", "value"); err != nil {
			return nil, fmt.Errorf("%s: %w", cmp.Or(o.surveys, "surveys.csv"), err)
		}
	}
	return b.customers, nil
}

// instant reads a date, which is its first moment in UTC, or a time.
func instant(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a date like 2026-06-30 nor a time like 2026-06-30T09:00:00Z", text)
	}
	return t.UTC(), nil
}
