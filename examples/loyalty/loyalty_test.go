package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

var clock = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

func output(t *testing.T, o options) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(o, clock, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestBuiltInCustomers(t *testing.T) {
	got := output(t, options{})
	for _, line := range []string{
		"Sato       6 days         14  118000   5-5-5        100        15   71.8   spurious  silver       yes",
		"Ono       9 days          1    3600   5-1-1         33   unknown   33.3  none, new       -",
		"00:00:00  Doi calls: queue support, place 1",
		"00:00:30  Sato calls: queue experts, place 1",
		"00:01:00  Kato calls: queue support, place 1",
		`00:01:30  Aya is free: rings for Kato (rule "everyone else", head start 2m0s, overtakes 1)`,
		`00:01:30  Emi is free: rings for Sato (rule "loyal by habit, and unhappy", head start 30s, overtakes 0)`,
	} {
		if !strings.Contains(got, line) {
			t.Errorf("there is no\n%s\nin\n%s", line, got)
		}
	}
}

// The rules of a report judge again as they did, without the other customers.
func TestRulesOfAReportCanBeUsedAgain(t *testing.T) {
	var first, again report
	if err := json.Unmarshal([]byte(output(t, options{json: true})), &first); err != nil {
		t.Fatal(err)
	}
	rules, err := json.Marshal(first.Rules)
	if err != nil {
		t.Fatal(err)
	}
	one := file(t, "\ufeffAmount, date, Customer, shop\n12.50,2026-06-30,Abe,x\n-.5,2026-06-30T23:59:59Z,Abe,x\n")
	o := options{purchases: one, rules: file(t, string(rules)), now: "2026-07-01", decimals: 2, json: true}
	if err := json.Unmarshal([]byte(output(t, o)), &again); err != nil {
		t.Fatal(err)
	}
	if !first.Quintiles || again.Quintiles || len(first.Customers) != 12 || len(again.Customers) != 1 {
		t.Fatalf("got %+v\nand %+v", first, again)
	}
	want := loyalty.Grades{Recency: 5, Frequency: 1, Money: 1}
	if c := again.Customers[0]; c.Customer != "Abe" || c.Money != 1200 || c.Grades != want || !slices.Equal(again.Rules.Behaviour.Bands.Money, first.Rules.Behaviour.Bands.Money) {
		t.Errorf("got %+v", again)
	}
}

// Without -now the clock's time counts.
func TestClock(t *testing.T) {
	good := file(t, "customer,date,amount\nAbe,2026-07-01T11:00:00Z,5\n")
	if got := output(t, options{purchases: good}); !strings.Contains(got, "Customers on 2026-07-01: 1\n") || !strings.Contains(got, "12:00:00  Abe calls") {
		t.Errorf("got\n%s", got)
	}
}

func TestErrorsNameFileAndLine(t *testing.T) {
	good := file(t, "customer,date,amount\nAbe,2026-06-01,5\n")
	const purchases, surveys = "customer,date,amount\nAbe,2026-06-01,5\n", "customer,date,survey,value\nAbe,2026-06-01,nps,5\n"
	for _, test := range []struct {
		o    options
		want string
	}{
		{options{purchases: file(t, "")}, "line 1: no header"},
		{options{purchases: file(t, "customer;date;amount\n")}, `line 1: there is no column "customer"`},
		{options{purchases: file(t, "customer,date,amount\n")}, "none of the 0 customers has bought"},
		{options{purchases: file(t, purchases+"Abe,2026-06-01\n")}, "line 3: wrong number of fields"},
		{options{purchases: file(t, purchases+",2026-06-01,5\n")}, "line 3: there is no customer"},
		{options{purchases: file(t, purchases+"Abe,1.6.2026,5\n")}, `line 3: "1.6.2026" is neither a date`},
		{options{purchases: file(t, purchases+"Abe,2026-07-02,5\n")}, "line 3: 2026-07-02 is after 2026-07-01"},
		{options{purchases: file(t, purchases+"Abe,0001-01-01,5\n")}, "line 3: 0001-01-01 is before 1970"},
		{options{purchases: file(t, purchases+"\n\nAbe,2026-06-01,many\n")}, `line 5: amount "many" is not a number`},
		{options{purchases: file(t, purchases+"Abe,2026-06-01,5.5\n")}, `line 3: amount "5.5" is not a whole number; see -decimals`},
		{options{purchases: file(t, purchases+"Abe,2026-06-01,5.555\n"), decimals: 2}, `line 3: amount "5.555" is not a number with at most 2 decimals`},
		{options{purchases: file(t, purchases+"Abe,2026-06-01,1000000000001\n")}, `line 3: amount "1000000000001" is too large`},
		{options{purchases: good, surveys: file(t, surveys+"Abe,2026-06-01,nsp,5\n")}, `line 3: survey "nsp": the rules have no such scale`},
		{options{purchases: good, surveys: file(t, surveys+"Abe,2026-06-01,nps,11\n")}, `line 3: value "11" is not a number from 0 to 10`},
		{options{purchases: good, surveys: file(t, surveys+"Abe,2026-06-01,nps,NaN\n")}, `line 3: value "NaN" is not a number from 0 to 10`},
		{options{purchases: good, rules: file(t, `{"weights": {"money": -1}}`)}, "\nweights.money: want 0, or"},
		{options{purchases: good, now: "tomorrow"}, `-now: "tomorrow" is neither a date`},
		{options{purchases: good, decimals: 9}, "-decimals is 9"},
		{options{surveys: good}, "-surveys needs -purchases"},
		{options{purchases: "no such file"}, "no such file"},
	} {
		err := run(test.o, clock, new(bytes.Buffer))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %s", err, test.want)
			continue
		}
		if name := cmp.Or(test.o.surveys, test.o.purchases); strings.HasPrefix(test.want, "line") && !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%v does not name the file %s", err, name)
		}
	}
}

func TestMoney(t *testing.T) {
	for _, test := range []struct {
		text     string
		decimals int
		want     int64
		written  string
	}{
		{"0", 0, 0, "0"}, {"-5", 0, -5, "-5"}, {"12", 2, 1200, "12.00"}, {"12.5", 2, 1250, "12.50"},
		{"-.5", 2, -50, "-0.50"}, {"-0.05", 2, -5, "-0.05"}, {"+7.123", 3, 7123, "7.123"},
	} {
		got, err := money(test.text, test.decimals)
		if err != nil || got != test.want || amount(got, test.decimals) != test.written {
			t.Errorf("%s: got %d, %s, %v", test.text, got, amount(got, test.decimals), err)
		}
	}
	for _, text := range []string{"", "-", ".", "1.", "1.-5", "--5", "1e3", "1,5", "0x10", "99999999999999999999"} {
		if got, err := money(text, 2); err == nil {
			t.Errorf("%q became %d", text, got)
		}
	}
}

// FuzzReadCustomers shows that no file makes the program panic, and that what
// it reads can be judged.
func FuzzReadCustomers(f *testing.F) {
	f.Add(string(builtInPurchases))
	f.Add("customer,date,amount\n\"a\nb\",2026-06-01T00:00:00.5+09:00,-9\n\x00,1970-01-01,0\n")
	f.Fuzz(func(t *testing.T, text string) {
		b := book{now: clock, rules: loyalty.Default(), index: map[string]int{}}
		if b.read(strings.NewReader(text), b.purchase, "customer", "date", "amount") != nil {
			return
		}
		bands, err := b.rules.Quintiles(b.customers, clock)
		if err != nil {
			if strings.Contains(err.Error(), "has bought anything") {
				return
			}
			t.Fatal(err)
		}
		b.rules.Behaviour.Bands = bands
		for _, c := range b.customers {
			if _, err := b.rules.Score(c, clock); err != nil {
				t.Fatal(err)
			}
		}
	})
}
