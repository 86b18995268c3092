package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

// table prints the customers, the highest score first.
func (r report) table(out io.Writer, decimals int) {
	fmt.Fprintf(out, "Customers on %s: %d\n\n", r.Now.Format(time.DateOnly), len(r.Customers))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "customer\tlast bought\tpurchases\tmoney\tgrades\tbehaviour\tattitude\tscore\tquadrant\ttier\t at risk\t")
	sorted := slices.SortedStableFunc(slices.Values(r.Customers), func(a, b judged) int { return cmp.Compare(b.Score, a.Score) })
	for _, c := range sorted {
		last := "never"
		if !c.LastPurchase.IsZero() {
			last = fmt.Sprintf("%d days", int(c.At.Sub(c.LastPurchase)/(24*time.Hour)))
		}
		attitude := "unknown"
		if c.Stance != loyalty.StanceUnknown {
			attitude = fmt.Sprintf("%.0f", c.Attitude)
		}
		atRisk := ""
		if c.AtRisk {
			atRisk = "yes"
		}
		quadrant := string(c.Quadrant)
		if c.New {
			quadrant += ", new"
		}
		fmt.Fprintf(w, "%.20s\t%s\t%d\t%s\t%d-%d-%d\t%.0f\t%s\t%.1f\t%s\t%s\t%s\t\n", c.Customer, last, c.Frequency, amount(c.Money, decimals),
			c.Grades.Recency, c.Grades.Frequency, c.Grades.Money, c.Behaviour, attitude, c.Score, quadrant, cmp.Or(c.Tier, "-"), atRisk)
	}
	w.Flush()

	bands := r.Rules.Behaviour.Bands
	kind := "the bands of the rules"
	if r.Quintiles {
		kind = "the quintiles of these customers"
	}
	var days, sums []string
	for _, d := range bands.Recency {
		days = append(days, fmt.Sprintf("%.4g", d.Hours()/24))
	}
	for _, n := range bands.Money {
		sums = append(sums, amount(n, decimals))
	}
	fmt.Fprintf(out, "\nGrades (recency, frequency, money) by %s:\n", kind)
	fmt.Fprintf(out, "one less from %s days, one more from %s purchases, and from %s.\n",
		strings.Join(days, ", "), strings.Trim(strings.ReplaceAll(fmt.Sprint(bands.Frequency), " ", ", "), "[]"), strings.Join(sums, ", "))
	fmt.Fprintln(out, "Attitude unknown: no answers, and the score is the behaviour alone.")
}
