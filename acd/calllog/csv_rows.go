package calllog

import (
	"cmp"
	"encoding/csv"
	"io"
	"iter"
	"slices"
	"strings"
)

// longestRow bounds a row of a CSV file that goes on over several lines.
const longestRow = 100

// csvRow is a row of a CSV file, or what is wrong with one.
type csvRow struct {
	fields []string
	line   int    // in which it begins
	fault  string // why the line cannot be used; "" if it can
}

// csvRows yields the rows of r, those of nothing but blanks left out. An error of
// reading is the last.
//
// A quote that opens a field and is not closed would make that field out of all
// that follows. So a field in quotes may go on over at most [longestRow] lines,
// and the row must then have as many fields as the first one has. Otherwise the
// line is at fault, and only that one: reading goes on with the next.
func csvRows(r io.Reader) iter.Seq2[csvRow, error] {
	return func(yield func(csvRow, error) bool) {
		var (
			held  []string // lines of which no row has been made
			first = 1      // the number of held[0]
			width = 0      // of the header
		)
		// next makes a row out of held lines. With more to come it may wait for
		// the end of one: false.
		next := func(more bool) (row csvRow, ok bool) {
			fields, lines, fault := takeRow(held, width)
			if lines == 0 && more && len(held) < longestRow {
				return csvRow{}, false
			}
			lines = max(lines, 1)
			row = csvRow{fields: fields, line: first, fault: fault}
			held = slices.Delete(held, 0, lines)
			first += lines
			if width == 0 && fault == "" {
				width = len(fields)
			}
			return row, true
		}
		for text, err := range lines(r) {
			if err != nil {
				yield(csvRow{line: first + len(held)}, err)
				return
			}
			if first == 1 && len(held) == 0 && text != "" {
				text = cmp.Or(strings.TrimPrefix(text, "\ufeff"), "\n")
			}
			held = append(held, text)
			for len(held) > 0 {
				row, ok := next(true)
				if !ok {
					break
				}
				if row.blank() {
					continue
				}
				if !yield(row, nil) {
					return
				}
			}
		}
		for len(held) > 0 {
			if row, _ := next(false); !row.blank() && !yield(row, nil) {
				return
			}
		}
	}
}

// blank tells an empty line.
func (r *csvRow) blank() bool {
	return r.fault == "" && len(r.fields) == 1 && strings.TrimSpace(r.fields[0]) == ""
}

// takeRow reads the row with which held begins, and says of how many lines it is;
// none if a quote is not closed. A row of several lines has width fields, if that
// is not 0.
func takeRow(held []string, width int) (fields []string, lines int, fault string) {
	switch text := held[0]; {
	case text == "":
		return nil, 1, LongLine
	case !strings.Contains(text, `"`):
		return strings.Split(strings.TrimRight(text, "\r\n"), ","), 1, ""
	}
	quotes := 0
	for i, text := range held {
		if text == "" {
			return nil, 1, BadCSV
		}
		if quotes += strings.Count(text, `"`); quotes%2 != 0 {
			continue
		}
		rows := csv.NewReader(strings.NewReader(strings.Join(held[:i+1], "")))
		rows.TrimLeadingSpace = true
		fields, err := rows.Read()
		if err != nil || i > 0 && width > 0 && len(fields) != width {
			return nil, 1, BadCSV
		}
		return fields, i + 1, ""
	}
	return nil, 0, BadCSV
}
