package report

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
)

// WriteCSV writes rows of calls: [Result.Centre], [Result.Queues], or what
// [Group] made of them. The first line names the columns: start, end, queue and
// tier, then the figures as in JSON. Times are RFC 3339 in the report's zone,
// durations seconds, shares from 0 to 1; a field without a value is empty.
// Dispositions are left to [WriteDispositionsCSV].
func WriteCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	line := []string{"start", "end", "queue", "tier"}
	for _, c := range callColumns {
		line = append(line, c.name)
	}
	out.Write(line)
	for i := range rows {
		row := &rows[i]
		line = append(line[:0], instantCSV(row.Start), instantCSV(row.End), row.Queue, row.Tier)
		out.Write(appendCSV(line, callColumns, &row.Figures))
	}
	return flush(out)
}

// WriteAgentsCSV writes rows of agents in the manner of [WriteCSV]: start, end,
// agent, and the figures.
func WriteAgentsCSV(w io.Writer, rows []AgentRow) error {
	out := csv.NewWriter(w)
	line := []string{"start", "end", "agent"}
	for _, c := range agentColumns {
		line = append(line, c.name)
	}
	out.Write(line)
	for i := range rows {
		row := &rows[i]
		line = append(line[:0], instantCSV(row.Start), instantCSV(row.End), row.Agent)
		out.Write(appendCSV(line, agentColumns, &row.AgentFigures))
	}
	return flush(out)
}

// WriteDispositionsCSV writes a line for each row and code: start, end, queue,
// tier, code, count.
func WriteDispositionsCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	out.Write([]string{"start", "end", "queue", "tier", "code", "count"})
	for _, row := range rows {
		for _, code := range slices.Sorted(maps.Keys(row.Dispositions)) {
			out.Write([]string{
				instantCSV(row.Start), instantCSV(row.End), row.Queue, row.Tier, code, strconv.Itoa(row.Dispositions[code]),
			})
		}
	}
	return flush(out)
}

// flush tells the first error of all writes.
func flush(out *csv.Writer) error {
	out.Flush()
	return out.Error()
}

func instantCSV(t time.Time) string { return t.Format(time.RFC3339Nano) }

func appendCSV[F any](line []string, columns []column[F], f *F) []string {
	for _, c := range columns {
		text := ""
		if v := c.value(f); !isUndefined(v) {
			switch v := v.(type) {
			case int:
				text = strconv.Itoa(v)
			case float64:
				text = strconv.FormatFloat(v, 'g', -1, 64)
			case time.Duration:
				text = strconv.FormatFloat(v.Seconds(), 'f', -1, 64)
			}
		}
		line = append(line, text)
	}
	return line
}
