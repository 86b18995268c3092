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

// forecast is what is expected of a day: the same intervals for every queue.
type forecast struct {
	Source string
	starts []time.Duration // since midnight
	queues []expected
}

// expected is what one queue expects of the day.
type expected struct {
	name string
	day  []erlang.Interval
}

// length is how long an interval lasts.
func (f forecast) length(interval int) time.Duration { return f.queues[0].day[interval].Per }

// bounds are where intervals begin and, at last, where the day ends.
func (f forecast) bounds() []time.Duration {
	last := len(f.starts) - 1
	return append(slices.Clone(f.starts), f.starts[last]+f.length(last))
}

// pooled is the day as if there were one queue: all calls, handled in the mean of
// the handle times.
func (f forecast) pooled() []erlang.Interval {
	day := slices.Clone(f.queues[0].day)
	for i := range day {
		calls, work := 0.0, 0.0
		for _, q := range f.queues {
			calls += q.day[i].Calls
			work += q.day[i].Calls * float64(q.day[i].AHT)
		}
		if day[i].Calls = calls; calls > 0 {
			day[i].AHT = max(time.Duration(work/calls), 1)
		}
	}
	return day
}

// line is one of the forecast's.
type line struct {
	number int
	start  time.Duration
	calls  float64
	aht    time.Duration
}

// readForecast reads the columns start, calls, aht and, if there is one, queue, in
// any order, others ignored. An interval lasts until the queue's next begins, the
// last as long as the one before it. All queues must have the same intervals.
func readForecast(in io.Reader) (forecast, error) {
	rows := csv.NewReader(in)
	rows.TrimLeadingSpace = true
	header, err := rows.Read()
	if err != nil {
		return forecast{}, fmt.Errorf("no header: %w", err)
	}
	column := map[string]int{}
	for _, name := range []string{"start", "calls", "aht", "queue"} {
		at := slices.IndexFunc(header, func(cell string) bool {
			return strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")), name)
		})
		if at < 0 && name != "queue" {
			return forecast{}, fmt.Errorf("line 1: there is no column %q among %q; the separator is a comma", name, header)
		}
		column[name] = at
	}
	var names []string // in the order of the file
	lines := make(map[string][]line)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return forecast{}, err
		}
		number, _ := rows.FieldPos(0)
		cell := func(name string) string { return strings.TrimSpace(row[column[name]]) }
		l := line{number: number}
		start, err := time.Parse("15:04", cell("start"))
		if err != nil {
			return forecast{}, fmt.Errorf("line %d: start %q is not a time like 09:30", number, cell("start"))
		}
		l.start = time.Duration(start.Hour())*time.Hour + time.Duration(start.Minute())*time.Minute
		l.calls, err = strconv.ParseFloat(cell("calls"), 64)
		if err != nil || !(l.calls >= 0) || math.IsInf(l.calls, 1) {
			return forecast{}, fmt.Errorf("line %d: calls %q is not a number of at least 0", number, cell("calls"))
		}
		if l.aht, err = duration(cell("aht")); err != nil {
			return forecast{}, fmt.Errorf("line %d: aht %q is not a duration like 4m30s or a number of seconds above 0", number, cell("aht"))
		}
		name := "calls"
		if column["queue"] >= 0 {
			if name = cell("queue"); name == "" {
				return forecast{}, fmt.Errorf("line %d: queue is empty", number)
			}
		}
		before, known := lines[name]
		switch {
		case !known:
			names = append(names, name)
		case l.start <= before[len(before)-1].start:
			return forecast{}, fmt.Errorf("line %d: start %s is not after %s of line %d", number, cell("start"),
				clock(before[len(before)-1].start), before[len(before)-1].number)
		}
		lines[name] = append(before, l)
	}
	if len(names) == 0 {
		return forecast{}, errors.New("there are no intervals")
	}
	return gather(names, lines)
}

// gather makes a day of the lines of each queue.
func gather(names []string, lines map[string][]line) (forecast, error) {
	var f forecast
	first := lines[names[0]]
	for _, l := range first {
		f.starts = append(f.starts, l.start)
	}
	for _, name := range names {
		if err := same(names[0], first, name, lines[name]); err != nil {
			return forecast{}, err
		}
		q := expected{name: name}
		for i, l := range lines[name] {
			per := 30 * time.Minute
			switch {
			case i+1 < len(f.starts):
				per = f.starts[i+1] - f.starts[i]
			case i > 0:
				per = f.starts[i] - f.starts[i-1]
			}
			q.day = append(q.day, erlang.Interval{Calls: l.calls, AHT: l.aht, Per: per})
		}
		f.queues = append(f.queues, q)
	}
	return f, nil
}

// same says which interval one queue has and another lacks.
func same(nameA string, a []line, nameB string, b []line) error {
	for i := range max(len(a), len(b)) {
		switch {
		case i < len(a) && (i >= len(b) || a[i].start < b[i].start):
			return lacks(nameB, nameA, a[i])
		case i < len(b) && (i >= len(a) || b[i].start < a[i].start):
			return lacks(nameA, nameB, b[i])
		}
	}
	return nil
}

func lacks(without, with string, l line) error {
	return fmt.Errorf("line %d: queue %q has an interval at %s and queue %q has none: write 0 calls where nobody calls",
		l.number, with, clock(l.start), without)
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

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// writeForecast writes a forecast as readForecast reads it.
func writeForecast(out io.Writer, f forecast) error {
	rows := csv.NewWriter(out)
	rows.Write([]string{"start", "queue", "calls", "aht"})
	for i, start := range f.starts {
		for _, q := range f.queues {
			rows.Write([]string{clock(start), q.name, strconv.FormatFloat(q.day[i].Calls, 'f', -1, 64), q.day[i].AHT.String()})
		}
	}
	rows.Flush()
	return rows.Error()
}

// with is the forecast with callers of some patience, so many lines for each queue
// and a part of those lost who call again.
func (f forecast) with(patience time.Duration, lines int, redial float64) forecast {
	f.queues = slices.Clone(f.queues)
	for q := range f.queues {
		f.queues[q].day = slices.Clone(f.queues[q].day)
		for i := range f.queues[q].day {
			w := &f.queues[q].day[i]
			w.Patience, w.Lines, w.Redial = patience, lines, redial
		}
	}
	return f
}
