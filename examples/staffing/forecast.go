package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// forecast is what is expected of a day.
type forecast struct {
	Source string
	starts []time.Duration // since midnight
	day    []erlang.Interval
}

// builtIn is a weekday of a small help desk.
func builtIn() forecast {
	f := forecast{Source: "a built-in day"}
	for i, calls := range []float64{
		96, 150, 206, 240, 228, 196, 172, 168, 190,
		214, 222, 205, 188, 170, 150, 124, 98, 70,
	} {
		f.starts = append(f.starts, 9*time.Hour+time.Duration(i)*30*time.Minute)
		f.day = append(f.day, erlang.Interval{Calls: calls, Per: 30 * time.Minute, AHT: 5 * time.Minute})
	}
	return f
}

// readForecast reads the columns start, calls and aht, in any order, others
// ignored. An interval lasts until the next begins, the last as long as the one
// before it.
func readForecast(in io.Reader) (forecast, error) {
	rows := csv.NewReader(in)
	rows.TrimLeadingSpace = true
	header, err := rows.Read()
	if err != nil {
		return forecast{}, fmt.Errorf("no header: %w", err)
	}
	column := map[string]int{}
	for _, name := range []string{"start", "calls", "aht"} {
		at := slices.IndexFunc(header, func(cell string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")), name)
		})
		if at < 0 {
			return forecast{}, fmt.Errorf("line 1: there is no column %q among %q; the separator is a comma", name, header)
		}
		column[name] = at
	}
	var f forecast
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return forecast{}, err
		}
		line, _ := rows.FieldPos(0)
		start, err := time.Parse("15:04", strings.TrimSpace(row[column["start"]]))
		if err != nil {
			return forecast{}, fmt.Errorf("line %d: start %q is not a time like 09:30", line, row[column["start"]])
		}
		calls, err := strconv.ParseFloat(strings.TrimSpace(row[column["calls"]]), 64)
		if err != nil || !(calls >= 0) || math.IsInf(calls, 1) {
			return forecast{}, fmt.Errorf("line %d: calls %q is not a number of at least 0", line, row[column["calls"]])
		}
		aht, err := duration(strings.TrimSpace(row[column["aht"]]))
		if err != nil {
			return forecast{}, fmt.Errorf("line %d: aht %q is not a duration like 4m30s or a number of seconds above 0", line, row[column["aht"]])
		}
		at := time.Duration(start.Hour())*time.Hour + time.Duration(start.Minute())*time.Minute
		if n := len(f.starts); n > 0 {
			if at <= f.starts[n-1] {
				return forecast{}, fmt.Errorf("line %d: start %s is not after the line before", line, row[column["start"]])
			}
			f.day[n-1].Per = at - f.starts[n-1]
		}
		f.starts = append(f.starts, at)
		f.day = append(f.day, erlang.Interval{Calls: calls, AHT: aht})
	}
	switch n := len(f.day); n {
	case 0:
		return forecast{}, errors.New("there are no intervals")
	case 1:
		f.day[0].Per = 30 * time.Minute
	default:
		f.day[n-1].Per = f.day[n-2].Per
	}
	return f, nil
}

func duration(text string) (time.Duration, error) {
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds > 0 && seconds <= 86_400) {
			return 0, errors.New("out of range")
		}
		return max(time.Duration(seconds*float64(time.Second)), 1), nil
	}
	d, err := time.ParseDuration(text)
	if err == nil && d <= 0 {
		err = errors.New("out of range")
	}
	return d, err
}
