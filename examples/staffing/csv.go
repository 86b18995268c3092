package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// columns of the CSV. Shares are from 0 to 1; empty is what there is none of.
var columns = []string{
	"start", "minutes", "of", "name", "calls", "aht_seconds", "erlangs",
	"formula_agents", "formula_exact", "one_pool_exact", "formula_scheduled",
	"formula_in_time", "formula_asa_seconds", "formula_hung_up", "formula_blocked", "formula_occupancy",
	"simulated_agents", "simulated_scheduled",
	"simulated_in_time", "simulated_in_time_low", "simulated_in_time_high",
	"simulated_asa_seconds", "simulated_hung_up", "simulated_occupancy", "binds",
}

// writeCSV writes what each interval needs: a line for the centre, one for each
// queue and, by simulation, one for each group.
func (r report) writeCSV(out io.Writer) error {
	rows := csv.NewWriter(out)
	rows.Write(columns)
	binds := make(map[string]string)
	if r.Simulated != nil {
		for _, b := range r.Simulated.Binds {
			binds[b.Group+"\x00"+b.Start] = b.Goal
		}
	}
	for i, whole := range r.Intervals {
		rows.Write(whole.cells("centre", ""))
		for _, q := range r.Queues {
			rows.Write(q.Intervals[i].cells("queue", q.Name))
		}
		if r.Simulated == nil {
			continue
		}
		for _, g := range r.Groups {
			cells := make([]string, len(columns))
			copy(cells, []string{whole.Start, plain(whole.Minutes), "group", g.Name})
			cells[16], cells[17] = fmt.Sprint(g.Agents[i]), fmt.Sprint(g.Scheduled[i])
			cells[len(cells)-1] = binds[g.Name+"\x00"+whole.Start]
			rows.Write(cells)
		}
	}
	rows.Flush()
	return rows.Error()
}

func (i interval) cells(of, name string) []string {
	cells := []string{
		i.Start, plain(i.Minutes), of, name, plain(i.Calls), plain(i.AHT), plain(i.Load),
		fmt.Sprint(i.Agents), plain(i.Exact), i.OnePool.plain(), fmt.Sprint(i.Scheduled),
		plain(i.InTime), plain(i.ASA), plain(i.Abandon), plain(i.Blocked), plain(i.Occupancy),
	}
	if of == "queue" {
		cells[9] = "" // one pool is of all queues
	}
	n := i.Simulated
	switch {
	case n == nil:
		cells = append(cells, "", "", "", "", "", "", "", "")
	case of == "centre":
		cells = append(cells, fmt.Sprint(n.Agents), fmt.Sprint(n.Scheduled), n.InTime.Value.plain(), n.InTime.Low.plain(), n.InTime.High.plain(),
			n.ASA.Value.plain(), n.Abandon.Value.plain(), n.Occupancy.Value.plain())
	default:
		cells = append(cells, "", "", n.InTime.Value.plain(), n.InTime.Low.plain(), n.InTime.High.plain(),
			n.ASA.Value.plain(), n.Abandon.Value.plain(), "")
	}
	return append(cells, "")
}

func plain(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (n number) plain() string {
	if !n.known() {
		return ""
	}
	return plain(float64(n))
}
