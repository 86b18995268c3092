package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// WriteText writes the result for people, in lines of at most 100 columns: the
// centre by interval, the queues, the tiers, the agents, and what is to be said
// in words. For a single hour or day give it what [Result.Between] returns.
//
// In its tables, "elsewhere" is every outcome but answered and abandoned, and
// "level" the service level of erlang.AnsweredOfOffered; the other three are
// in the words beneath.
func (r Result) WriteText(w io.Writer) error {
	var b bytes.Buffer
	all := Figures{}
	for i := range r.Centre {
		all.Merge(&r.Centre[i].Figures)
	}
	r.writeHead(&b)
	r.writeIntervals(&b)
	r.writeQueues(&b)
	r.writeTiers(&b)
	r.writeAgents(&b)
	b.WriteByte('\n')
	writeWords(&b, &all)
	writeList(&b, "Dispositions", commonest(all.Dispositions))
	_, err := w.Write(b.Bytes())
	return err
}

func (r Result) writeHead(b *bytes.Buffer) {
	if len(r.Centre) == 0 {
		b.WriteString("No events.\n")
	} else {
		from := r.Centre[0].Start
		to := r.Centre[len(r.Centre)-1].End
		if r.At.Before(to) {
			to = r.At
		}
		layout := "15:04"
		if to.Truncate(time.Minute) != to {
			layout = "15:04:05"
		}
		if from.Format(time.DateOnly) != to.Format(time.DateOnly) {
			layout = "2006-01-02 " + layout
		}
		fmt.Fprintf(b, "From %s to %s, %s\n", from.Format("2006-01-02 15:04"), to.Format(layout), to.Location())
	}
	for _, warning := range []struct {
		n    uint64
		text string
	}{
		{r.Missed, "events are missing: figures are too low"},
		{uint64(r.Unseen), "calls had begun before the events did, and are not counted"},
		{uint64(r.Dropped), "earlier intervals are no longer kept"},
	} {
		if warning.n > 0 {
			fmt.Fprintf(b, "Note: %d %s.\n", warning.n, warning.text)
		}
	}
}

var callHeads = []string{"offered", "answered", "abandoned", "short", "elsewhere", "waiting", "level", "ASA", "p90", "AHT"}

func callCells(f *Figures) []string {
	elsewhere := f.Cancelled + f.Blocked + f.Diverted + f.Deflected + f.Failed + f.Overflowed + f.Moved + f.Unknown
	return []string{
		strconv.Itoa(f.Offered), strconv.Itoa(f.Answered), strconv.Itoa(f.Abandoned), strconv.Itoa(f.ShortAbandoned),
		strconv.Itoa(elsewhere), strconv.Itoa(f.Waiting), percent(f.ServiceLevel(erlang.AnsweredOfOffered)),
		brief(f.ASA()), brief(f.Wait.Quantile(0.9)), brief(f.AHT()),
	}
}

func (r Result) writeIntervals(b *bytes.Buffer) {
	t := table{"interval", append(slices.Clone(callHeads), "occ."), nil}
	occupancy := make(map[int64]float64)
	for _, row := range GroupAgents(r.Agents, ByInterval) {
		occupancy[row.Start.UnixNano()] = row.Occupancy()
	}
	total := math.NaN()
	for _, row := range GroupAgents(r.Agents, 0) {
		total = row.Occupancy()
	}
	rows := Group(r.Centre, ByInterval)
	layout := "15:04"
	switch {
	case r.Interval == day:
		layout = time.DateOnly
	case len(rows) > 0 && rows[0].Start.Format(time.DateOnly) != rows[len(rows)-1].Start.Format(time.DateOnly):
		layout = "2006-01-02 15:04"
	}
	if r.Interval%time.Minute != 0 {
		layout = strings.Replace(layout, "15:04", "15:04:05", 1)
	}
	for _, row := range rows {
		share, ok := occupancy[row.Start.UnixNano()]
		if !ok {
			share = math.NaN()
		}
		t.add(row.Start.Format(layout), append(callCells(&row.Figures), percent(share))...)
	}
	for _, row := range Group(r.Centre, 0) {
		t.add("the centre", append(callCells(&row.Figures), percent(total))...)
	}
	t.write(b)
}

func (r Result) writeQueues(b *bytes.Buffer) {
	t := table{"queue", append(slices.Clone(callHeads), "goal"), nil}
	for _, row := range Group(r.Queues, ByQueue) {
		level, ok := r.Levels[row.Queue]
		if !ok {
			level = r.Level
		}
		t.add(row.Queue, append(callCells(&row.Figures), percent(level.Target))...)
	}
	t.write(b)
}

func (r Result) writeTiers(b *bytes.Buffer) {
	rows := slices.DeleteFunc(Group(r.Centre, ByTier), func(row Row) bool { return row.Offered == 0 })
	t := table{"tier", callHeads, nil}
	for _, row := range rows {
		t.add(cmp.Or(row.Tier, "(none)"), callCells(&row.Figures)...)
	}
	if len(rows) > 1 || len(rows) == 1 && rows[0].Tier != "" {
		t.write(b)
	}
}

func (r Result) writeAgents(b *bytes.Buffer) {
	t := table{"agent", []string{"offers", "missed", "talks", "same", "passed on", "handled", "AHT", "staffed", "away", "occ."}, nil}
	for _, row := range GroupAgents(r.Agents, ByAgent) {
		t.add(row.Agent, strconv.Itoa(row.Offers), strconv.Itoa(row.Missed), strconv.Itoa(row.Talks), strconv.Itoa(row.SameAgent),
			strconv.Itoa(row.Transferred), strconv.Itoa(row.Handled), brief(row.AHT()), brief(row.Staffed(), true),
			brief(row.NotReady, true), percent(row.Occupancy()))
	}
	t.write(b)
}

// writeWords tells what the tables do not.
func writeWords(b *bytes.Buffer, f *Figures) {
	writeList(b, "Service level", []string{
		percent(f.ServiceLevel(erlang.AnsweredOfOffered)) + " of offered",
		percent(f.ServiceLevel(erlang.AnsweredOfAnswered)) + " of answered",
		percent(f.ServiceLevel(erlang.ShortAbandonsMet)) + " with short abandons met",
		percent(f.ServiceLevel(erlang.ShortAbandonsExcluded)) + " with them excluded",
	})
	if f.Answered > 0 {
		writeList(b, "Waits of answered calls", []string{
			"half within " + brief(f.Wait.Quantile(0.5)), "90 % within " + brief(f.Wait.Quantile(0.9)),
			"99 % within " + brief(f.Wait.Quantile(0.99)), "the longest " + brief(f.Wait.Quantile(1)),
		})
		writeList(b, "Answered", []string{
			percent(f.SameAgentRate()) + " by the agent of last time",
			strconv.FormatFloat(f.TransfersPerCall(), 'f', 2, 64) + " transfers per call",
		})
	}
	writeList(b, "Elsewhere", nonzero(
		"blocked", f.Blocked, "of them closed", f.Closed, "diverted", f.Diverted, "deflected", f.Deflected,
		"callbacks failed", f.Failed, "callbacks cancelled", f.Cancelled, "unknown", f.Unknown,
	))
	callbacks := nonzero("booked", f.Booked, "reached", f.Reached)
	if wait, ok := f.CallbackASA(); ok {
		callbacks = append(callbacks, "mean wait "+brief(wait, true))
	}
	writeList(b, "Callbacks", callbacks)
	writeList(b, "Overtakings", nonzero("given", f.OvertakingsGiven, "suffered", f.OvertakingsSuffered))
	writeList(b, "Also", nonzero(
		"left after a transfer", f.LeftLater, "suggestions", f.Suggested, "announcements", f.Announced, "overdue", f.Overdue,
	))
}

// nonzero lists names and counts, but for zeros.
func nonzero(pairs ...any) []string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		if n := pairs[i+1].(int); n != 0 {
			parts = append(parts, fmt.Sprintf("%v %d", pairs[i], n))
		}
	}
	return parts
}

// commonest lists up to 20 codes, the commonest first.
func commonest(codes map[string]int) []string {
	names := slices.SortedFunc(maps.Keys(codes), func(a, b string) int {
		return cmp.Or(cmp.Compare(codes[b], codes[a]), cmp.Compare(a, b))
	})
	var parts []string
	for i, name := range names {
		if i == 20 {
			parts = append(parts, fmt.Sprintf("and %d more", len(names)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %d", fit(name, 40), codes[name]))
	}
	return parts
}
