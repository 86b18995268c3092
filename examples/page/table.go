package page

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (t Table) empty() bool {
	return len(t.Head) == 0 && len(t.Rows) == 0 && t.Caption == ""
}

// check tells the rows whose length is not that of the head.
func (t Table) check() error {
	var faults []error
	for i, row := range t.Rows {
		if len(row) != len(t.Head) {
			faults = append(faults, fmt.Errorf("row %d of the table has %d cells below %d headings", i+1, len(row), len(t.Head)))
		}
	}
	return errors.Join(faults...)
}

// view lays the table out for the template. The rows must be as long as the head.
func (t Table) view() tableView {
	v := tableView{Caption: t.Caption}
	numeric := make([]bool, len(t.Head))
	for c := range t.Head {
		numeric[c] = c > 0 && t.numeric(c)
		v.Head = append(v.Head, cellView{t.Head[c], numeric[c]})
	}
	for _, row := range t.Rows {
		cells := make([]cellView, len(row))
		for c, text := range row {
			cells[c] = cellView{text, numeric[c]}
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

// numeric reports whether column c has a figure in it, and nothing but figures and
// empty cells.
func (t Table) numeric(c int) bool {
	found := false
	for _, row := range t.Rows {
		text := strings.TrimLeft(row[c], " ~<>≤≥±+-−–—(")
		first, _ := utf8.DecodeRuneInString(text)
		switch {
		case text == "":
		case first >= '0' && first <= '9':
			found = true
		default:
			return false
		}
	}
	return found
}

// table gives the chart's values: a row for each place on the horizontal axis, a
// column for each series, and one for its interval where it has one.
func (c *Chart) table() Table {
	t := Table{Head: []string{clean(c.XLabel)}}
	if t.Head[0] == "" && c.Clock {
		t.Head[0] = "time"
	}
	for _, s := range c.Series {
		t.Head = append(t.Head, clean(s.Name))
		if s.Low != nil {
			t.Head = append(t.Head, "from – to")
		}
	}
	for i, label := range c.labels() {
		row := []string{label}
		for _, s := range c.Series {
			row = append(row, figure(s.Y[i]))
			if s.Low == nil {
				continue
			}
			interval := ""
			if low, high, ok := s.interval(i); ok {
				interval = figure(low) + " – " + figure(high)
			}
			row = append(row, interval)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// figure writes a value with at most four significant digits, or all digits of its
// whole part; what is no number is a dash.
func figure(v float64) string {
	if !drawable(v) {
		return "–"
	}
	places := 0
	if size := math.Abs(v); size > 0 && size < 1000 {
		places = min(max(3-int(math.Floor(math.Log10(size))), 0), 8)
	}
	text := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if digits, negative := strings.CutPrefix(text, "-"); negative && digits != "0" {
		return "−" + digits
	} else if negative {
		return digits
	}
	return text
}
