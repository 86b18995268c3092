package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// plusMinus writes a value and half its interval: "12.3 ±0.4 s".
func (u unit) plusMinus(e estimate) string {
	if e.Value == nil {
		return "-"
	}
	return u.bare(e) + u.name()
}

// bare is plusMinus without the unit, for columns that have it in their head. Of
// numbers of calls only the value is told.
func (u unit) bare(e estimate) string {
	if e.Value == nil {
		return "-"
	}
	half := e.half()
	if math.IsNaN(half) || u == number {
		return u.value(*e.Value, 1)
	}
	digits := u.digits(half)
	return u.value(*e.Value, digits) + " ±" + u.value(half, digits)
}

// change writes a difference with its sign, and a star if it is surely not zero.
func (u unit) change(d difference) string {
	if d.Value == nil {
		return "-"
	}
	half := d.half()
	digits := u.digits(half)
	text := u.value(math.Abs(*d.Value), digits)
	sign := "+"
	switch {
	case strings.Trim(text, "0.") == "":
		sign = ""
	case *d.Value < 0:
		sign = "−"
	}
	text = sign + text
	if !math.IsNaN(half) {
		text += " ±" + u.value(half, digits)
	}
	if d.sure() {
		text += "*"
	}
	return text
}

// alone writes a value with its unit: "12.3 s".
func (u unit) alone(x *float64) string {
	if x == nil {
		return "-"
	}
	return u.value(*x, 1) + u.name()
}

// value writes shares in percent.
func (u unit) value(x float64, digits int) string {
	switch u {
	case share:
		return fmt.Sprintf("%.*f", digits, 100*x)
	case seconds:
		return fmt.Sprintf("%.*f", digits, x)
	}
	return fmt.Sprintf("%.0f", x)
}

// digits after the point: one, and two where one would hide half an interval.
func (u unit) digits(half float64) int {
	if u == share {
		half *= 100
	}
	if half > 0 && half < 0.095 {
		return 2
	}
	return 1
}

// name is the unit's, with a blank before it.
func (u unit) name() string {
	switch u {
	case share:
		return " %"
	case seconds:
		return " s"
	}
	return ""
}

// thousands writes 30161 as 30,161.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// inDays writes "1 day" or "29 days".
func inDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// duration of so many seconds.
func duration(seconds float64) time.Duration {
	return time.Duration(math.Round(seconds * float64(time.Second)))
}

// inSeconds writes 1m30s as "90 s".
func inSeconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }

// short writes 2m0s as 2m.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// list writes names as "a, b and c".
func list(names []string) string {
	if n := len(names) - 1; n > 0 {
		return strings.Join(names[:n], ", ") + " and " + names[n]
	}
	return strings.Join(names, "")
}
