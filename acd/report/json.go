package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// MarshalJSON gives the result as one object: at, interval, zone, first, last,
// missed, unseen, dropped; service_levels (by queue; "" is of all others), each
// with target, within, short_abandon; and the rows centre, queues and agents.
func (r Result) MarshalJSON() ([]byte, error) {
	type target struct {
		Target       float64 `json:"target"`
		Within       string  `json:"within"`
		ShortAbandon string  `json:"short_abandon"`
	}
	of := func(l acd.ServiceLevel) target { return target{l.Target, l.Within.String(), l.ShortAbandon.String()} }
	levels := map[string]target{"": of(r.Level)}
	for queue, level := range r.Levels {
		levels[queue] = of(level)
	}
	zone := "UTC"
	if r.Zone != nil {
		zone = r.Zone.String()
	}
	return json.Marshal(struct {
		At       time.Time         `json:"at"`
		Interval string            `json:"interval"`
		Zone     string            `json:"zone"`
		First    uint64            `json:"first"`
		Last     uint64            `json:"last"`
		Missed   uint64            `json:"missed"`
		Unseen   int               `json:"unseen"`
		Dropped  int               `json:"dropped"`
		Levels   map[string]target `json:"service_levels"`
		Centre   []Row             `json:"centre"`
		Queues   []Row             `json:"queues"`
		Agents   []AgentRow        `json:"agents"`
	}{
		r.At, r.Interval.String(), zone, r.First, r.Last, r.Missed, r.Unseen, r.Dropped,
		levels, orEmpty(r.Centre), orEmpty(r.Queues), orEmpty(r.Agents),
	})
}

func orEmpty[R any](rows []R) []R {
	if rows == nil {
		return []R{}
	}
	return rows
}

// MarshalJSON gives the row as one object: start, end, queue, tier, then the
// figures under the names of the package documentation, then dispositions, a
// count by code. Times are RFC 3339 in the report's zone, durations Go duration
// strings, shares from 0 to 1; what has no value is null.
func (r Row) MarshalJSON() ([]byte, error) {
	codes := r.Dispositions
	if codes == nil {
		codes = map[string]int{}
	}
	o := object{}
	o.field("start", r.Start)
	o.field("end", r.End)
	o.field("queue", r.Queue)
	o.field("tier", r.Tier)
	fields(&o, callColumns, &r.Figures)
	o.field("dispositions", codes)
	return o.end()
}

// MarshalJSON gives the row as one object: start, end, agent, then the figures,
// in the manner of [Row.MarshalJSON].
func (r AgentRow) MarshalJSON() ([]byte, error) {
	o := object{}
	o.field("start", r.Start)
	o.field("end", r.End)
	o.field("agent", r.Agent)
	fields(&o, agentColumns, &r.AgentFigures)
	return o.end()
}

// object is a JSON object whose fields keep their order.
type object struct {
	text bytes.Buffer
	err  error
}

func (o *object) field(name string, value any) {
	text, err := json.Marshal(value)
	if err != nil && o.err == nil {
		o.err = fmt.Errorf("report: %s: %w", name, err)
	}
	separator := byte(',')
	if o.text.Len() == 0 {
		separator = '{'
	}
	o.text.WriteByte(separator)
	fmt.Fprintf(&o.text, "%q:", name) // a plain word
	o.text.Write(text)
}

func (o *object) end() ([]byte, error) {
	o.text.WriteByte('}')
	return o.text.Bytes(), o.err
}

func fields[F any](o *object, columns []column[F], f *F) {
	for _, c := range columns {
		v := c.value(f)
		switch d, ok := v.(time.Duration); {
		case isUndefined(v):
			v = nil
		case ok:
			v = d.String()
		}
		o.field(c.name, v)
	}
}
