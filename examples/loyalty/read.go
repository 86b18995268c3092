package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd/loyalty"
)

// book collects what is known of each customer, in the order in which they
// first come up.
type book struct {
	now       time.Time
	rules     loyalty.Rules
	decimals  int
	customers []loyalty.Customer
	index     map[string]int
}

func (b *book) customer(id string) *loyalty.Customer {
	i, known := b.index[id]
	if !known {
		i = len(b.customers)
		b.index[id] = i
		b.customers = append(b.customers, loyalty.Customer{ID: id})
	}
	return &b.customers[i]
}

// read reads CSV with at least these columns, in any order, and hands their
// cells to take, line by line. An error names the line.
func (b *book) read(in io.Reader, take func(cells []string) error, columns ...string) error {
	rows := csv.NewReader(in)
	rows.TrimLeadingSpace = true
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("line 1: no header: %w", err)
	}
	var places []int
	for _, name := range columns {
		at := slices.IndexFunc(header, func(cell string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")), name)
		})
		if at < 0 {
			return fmt.Errorf("line 1: there is no column %q among %q; the separator is a comma", name, header)
		}
		places = append(places, at)
	}
	cells := make([]string, len(columns))
	for {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err // it names the line
		}
		for i, at := range places {
			cells[i] = strings.TrimSpace(row[at])
		}
		if err := take(cells); err != nil {
			line, _ := rows.FieldPos(0)
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func (b *book) purchase(cells []string) error {
	at, err := b.common(cells)
	if err != nil {
		return err
	}
	amount, err := money(cells[2], b.decimals)
	if err != nil {
		return err
	}
	c := b.customer(cells[0])
	c.Purchases = append(c.Purchases, loyalty.Purchase{At: at, Amount: amount})
	return nil
}

func (b *book) answer(cells []string) error {
	at, err := b.common(cells)
	if err != nil {
		return err
	}
	scale, known := b.rules.Attitude.Scales[cells[2]]
	if !known {
		return fmt.Errorf("survey %q: the rules have no such scale", cells[2])
	}
	least, most := min(scale.Worst, scale.Best), max(scale.Worst, scale.Best)
	value, err := strconv.ParseFloat(cells[3], 64)
	if err != nil || !(value >= least && value <= most) {
		return fmt.Errorf("value %q is not a number from %v to %v", cells[3], least, most)
	}
	c := b.customer(cells[0])
	c.Answers = append(c.Answers, loyalty.Answer{At: at, Survey: cells[2], Value: value})
	return nil
}

// common reads customer and date.
func (b *book) common(cells []string) (time.Time, error) {
	if cells[0] == "" {
		return time.Time{}, errors.New("there is no customer")
	}
	at, err := instant(cells[1])
	if err != nil {
		return time.Time{}, err
	}
	if at.After(b.now) {
		return time.Time{}, fmt.Errorf("%s is after %s, the date of judgment", cells[1], b.now.Format(time.DateOnly))
	}
	if at.Year() < 1970 {
		return time.Time{}, fmt.Errorf("%s is before 1970", cells[1])
	}
	return at, nil
}

// money reads an amount in the smallest unit of a currency that has so many
// decimals.
func money(text string, decimals int) (int64, error) {
	whole, part, point := strings.Cut(text, ".")
	bad := func() (int64, error) {
		if decimals == 0 && point {
			return 0, fmt.Errorf("amount %q is not a whole number; see -decimals", text)
		}
		return 0, fmt.Errorf("amount %q is not a number with at most %d decimals", text, decimals)
	}
	digits := strings.TrimLeft(whole, "+-") + part
	if digits == "" || len(part) > decimals || point && part == "" {
		return bad()
	}
	amount, err := strconv.ParseInt(whole+part+strings.Repeat("0", decimals-len(part)), 10, 64)
	if err != nil {
		return bad()
	}
	if amount < -loyalty.MaxAmount || amount > loyalty.MaxAmount {
		return 0, fmt.Errorf("amount %q is too large", text)
	}
	return amount, nil
}

// amount writes what [money] reads.
func amount(n int64, decimals int) string {
	digits := strconv.FormatInt(max(n, -n), 10)
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	if decimals > 0 {
		digits = digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}
