package report

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	textWidth = 100
	nameWidth = 16
)

// writeList writes "Title: one, two." over as many lines as it needs, and
// nothing for an empty list.
func writeList(b *bytes.Buffer, title string, parts []string) {
	if len(parts) == 0 {
		return
	}
	line := title + ":"
	for i, part := range parts {
		if i < len(parts)-1 {
			part += ","
		} else {
			part += "."
		}
		if columns(line)+1+columns(part) > textWidth {
			fmt.Fprintln(b, line)
			line = " "
		}
		line += " " + part
	}
	fmt.Fprintln(b, line)
}

// table is a name and some figures to the right of it.
type table struct {
	title string
	heads []string
	rows  [][]string
}

func (t *table) add(name string, cells ...string) {
	t.rows = append(t.rows, append([]string{name}, cells...))
}

// write writes the table after a blank line, or nothing if it has no rows.
func (t *table) write(b *bytes.Buffer) {
	if len(t.rows) == 0 {
		return
	}
	b.WriteByte('\n')
	for _, row := range append([][]string{append([]string{t.title}, t.heads...)}, t.rows...) {
		name := fit(row[0], nameWidth-1)
		b.WriteString(name)
		b.WriteString(strings.Repeat(" ", nameWidth-columns(name)))
		for i, cell := range row[1:] {
			fmt.Fprintf(b, "%*s", cellWidth(t.heads[i]), cell)
		}
		b.WriteByte('\n')
	}
}

func cellWidth(head string) int {
	switch head {
	case "ASA", "p90", "AHT", "away": // durations
		return 7
	}
	return max(len(head)+1, 6)
}

// percent is a share in whole percent, cut off so that 100 % means all.
func percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return strconv.Itoa(int(share*100+1e-9)) + " %"
}

// brief is a duration in at most six columns, "–" if there is none.
func brief(d time.Duration, ok bool) string {
	s := int64(d.Round(time.Second) / time.Second)
	switch {
	case !ok:
		return "–"
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	case s < 100*3600:
		return fmt.Sprintf("%dh%02dm", s/3600, s%3600/60)
	}
	return fmt.Sprintf("%dh", s/3600)
}

// fit cuts a name to a width, and shows what cannot be printed as "?".
func fit(name string, width int) string {
	name = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return '?'
		}
		return c
	}, name)
	if columns(name) <= width {
		return name
	}
	kept := 0
	for i, c := range name {
		if columns(name[:i])+columns(string(c)) > width-1 {
			kept = i
			break
		}
	}
	return name[:kept] + "…"
}

// columns is how wide a text is on a terminal: letters of East Asia are two
// columns wide, marks that combine none.
func columns(text string) int {
	n := 0
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c >= 0x1100 && (c <= 0x115f || c >= 0x2e80 && c <= 0xa4cf || c >= 0xac00 && c <= 0xd7a3 ||
			c >= 0xf900 && c <= 0xfaff || c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 && c <= 0xff60 ||
			c >= 0xffe0 && c <= 0xffe6 || c >= 0x1f300 && c <= 0x1faff || c >= 0x20000 && c <= 0x3fffd):
			n += 2
		default:
			n++
		}
	}
	return n
}
