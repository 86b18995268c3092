package cover

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// most shifts to choose from: starts times placements of breaks.
const most = 5000

// Day is a requirement.
type Day struct {
	Start time.Duration // time of day when the first interval begins
	Every time.Duration // length of an interval, a minute or more
	Need  []int         // agents in each, at most 400 intervals
	// Around says that the day goes on into another like it, round the clock:
	// the intervals last 24 hours in all, and a shift that goes on past the last
	// covers the first ones.
	Around bool
}

func (d Day) check() error {
	var faults []error
	if d.Start < 0 || d.Start >= 24*time.Hour {
		faults = append(faults, fmt.Errorf("start is %v: it is no time of day", d.Start))
	}
	if d.Every < time.Minute || d.Every > 24*time.Hour {
		faults = append(faults, fmt.Errorf("an interval of %v: it must lie from 1m to 24h", d.Every))
	}
	if len(d.Need) == 0 || len(d.Need) > 400 {
		faults = append(faults, fmt.Errorf("%d intervals: there must be from 1 to 400", len(d.Need)))
	}
	for i, n := range d.Need {
		if n < 0 || n > 1_000_000 {
			faults = append(faults, fmt.Errorf("need[%d] is %d: it must lie from 0 to 1,000,000", i, n))
		}
	}
	if len(faults) == 0 && d.Around && time.Duration(len(d.Need))*d.Every != 24*time.Hour {
		faults = append(faults, fmt.Errorf("a day that goes around has 24h, not %v", time.Duration(len(d.Need))*d.Every))
	}
	return errors.Join(faults...)
}

// interval is the i-th one.
func (d Day) interval(i int) Span {
	from := d.Start + time.Duration(i)*d.Every
	return Span{from, from + d.Every}
}

// Span is a stretch of a day: times of day, past 24h for the next.
type Span struct{ From, To time.Duration }

// String is the span as 15:04-15:04, hours past 24 for the next day.
func (s Span) String() string { return clock(s.From) + "-" + clock(s.To) }

func clock(d time.Duration) string {
	text := fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute)
	if d%time.Minute != 0 {
		text += fmt.Sprintf(":%02d", d%time.Minute/time.Second)
	}
	return text
}

// within reports whether s lies in o.
func (s Span) within(o Span) bool { return s.From >= o.From && s.To <= o.To }

// meets reports whether they have time in common.
func (s Span) meets(o Span) bool { return s.From < o.To && o.From < s.To }

// placed is a shift to choose: a kind with its start and the places of its breaks.
type placed struct {
	kind   int
	whole  Span
	breaks []Span
}

// covers returns the intervals that a person works all of, ascending.
func (p placed) covers(d Day) []int {
	works := func(s Span) bool {
		return s.within(p.whole) && !slices.ContainsFunc(p.breaks, s.meets)
	}
	var list []int
	for i := range d.Need {
		s := d.interval(i)
		ok := works(s)
		for days := time.Duration(-2); !ok && d.Around && days <= 2; days++ {
			ok = works(Span{s.From + days*24*time.Hour, s.To + days*24*time.Hour})
		}
		if ok {
			list = append(list, i)
		}
	}
	return list
}

// expand returns all shifts of the kinds, by kind, start and breaks.
func expand(d Day, kinds []Kind) ([]placed, error) {
	var all []placed
	for i, k := range kinds {
		before := len(all)
		for start := k.From; start <= max(k.From, k.To); start += cmp.Or(k.Every, d.Every) {
			all = place(all, placed{kind: i, whole: Span{start, start + k.Length}}, k.Breaks, d.Every)
			if len(all) > most {
				return nil, fmt.Errorf("kinds[%d] (%s): with it there are more than %d shifts to choose from: let starts or breaks lie further apart (every)", i, k.Name, most)
			}
		}
		if len(all) == before {
			return nil, fmt.Errorf("kinds[%d] (%s): its breaks have no places one after another", i, k.Name)
		}
	}
	return all, nil
}

// place appends the shift with every placement of the breaks that are
// left. Breaks begin an interval apart unless they say otherwise.
func place(all []placed, p placed, left []Break, interval time.Duration) []placed {
	if len(left) == 0 {
		return append(all, p)
	}
	b := left[0]
	for after := b.Earliest; after <= max(b.Earliest, b.Latest) && len(all) <= most; after += cmp.Or(b.Every, interval) {
		from := p.whole.From + after
		if n := len(p.breaks); n > 0 && from < p.breaks[n-1].To {
			continue
		}
		with := p
		with.breaks = append(slices.Clone(p.breaks), Span{from, from + b.Length})
		all = place(all, with, left[1:], interval)
	}
	return all
}

// uncovered is an error that names the intervals with a need that no shift
// covers, or nil.
func uncovered(d Day, shifts []shift) error {
	can := make([]bool, len(d.Need))
	for _, s := range shifts {
		for _, i := range s.covers {
			can[i] = true
		}
	}
	var spans []Span
	for i, n := range d.Need {
		if n == 0 || can[i] {
			continue
		}
		s := d.interval(i)
		if k := len(spans); k > 0 && spans[k-1].To == s.From {
			spans[k-1].To = s.To
		} else {
			spans = append(spans, s)
		}
	}
	if len(spans) == 0 {
		return nil
	}
	names := make([]string, len(spans))
	for i, s := range spans {
		names[i] = s.String()
	}
	return fmt.Errorf("people are needed where no shift works all of an interval: %s", strings.Join(names, ", "))
}

// divisor is the greatest number that divides all costs.
func divisor(shifts []shift) int64 {
	g := int64(0)
	for _, s := range shifts {
		a := s.cost
		for a != 0 {
			g, a = a, g%a
		}
	}
	return max(g, 1)
}

// money is a sum of units as a cost; beyond what fits it is infinite.
func money(units int64) float64 {
	if units == math.MaxInt64 {
		return math.Inf(1)
	}
	return float64(units) / perHour
}
