package cover

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Kind is a kind of shift.
type Kind struct {
	// Name tells the kind in a cover. Names differ.
	Name string
	// From and To are the times of day of the first and the last start, from 0
	// to below 48h: 26h is two o'clock of the next morning. To 0: From is the only one.
	From, To time.Duration
	// Every is the time from one start to the next. 0: an interval of the day.
	Every time.Duration
	// Length is the time from coming to going, breaks and all. At most 24h.
	Length time.Duration
	// Breaks are within the shift and follow one another, in this order.
	Breaks []Break
	// Cost is that of one such shift, in any unit. 0: its paid time in hours.
	// It is counted to a millisecond of an hour, 1/3,600,000.
	Cost float64
}

// Break is a time within a shift when one does not work.
type Break struct {
	// Earliest and Latest are when it may begin, after the shift's start.
	// Latest 0: Earliest is the only time.
	Earliest, Latest time.Duration
	// Every is the time from one beginning that it may have to the next. 0: an
	// interval of the day. Each is a shift of its own to choose from.
	Every time.Duration
	// Length is how long it lasts.
	Length time.Duration
	// Paid says that it counts as paid time where Kind.Cost is 0.
	Paid bool
}

// Ordinary returns the kinds of an ordinary centre, open from some time after
// 06:00 to 23:00: nine hours with one for lunch, six and a half with half an
// hour off, and four without a break. All cost their paid time.
func Ordinary() []Kind {
	const half = 30 * time.Minute
	return []Kind{
		{Name: "full", From: 6 * time.Hour, To: 14 * time.Hour, Every: half, Length: 9 * time.Hour, Breaks: []Break{{Earliest: 3 * time.Hour, Latest: 5 * time.Hour, Every: half, Length: time.Hour}}},
		{Name: "short", From: 6 * time.Hour, To: 16*time.Hour + half, Every: half, Length: 6*time.Hour + half, Breaks: []Break{{Earliest: 2 * time.Hour, Latest: 4 * time.Hour, Every: half, Length: half}}},
		{Name: "part", From: 6 * time.Hour, To: 19 * time.Hour, Every: half, Length: 4 * time.Hour},
	}
}

// paid is the paid time of a shift.
func (k Kind) paid() time.Duration {
	paid := k.Length
	for _, b := range k.Breaks {
		if !b.Paid {
			paid -= b.Length
		}
	}
	return paid
}

// check reports all that is wrong with kinds, each fault with its path.
func check(kinds []Kind) error {
	var faults []error
	if len(kinds) == 0 {
		faults = append(faults, errors.New("kinds: there are none"))
	}
	names := make(map[string]int)
	for i, k := range kinds {
		fault := func(field, format string, args ...any) {
			faults = append(faults, fmt.Errorf("kinds[%d]%s (%s): "+format, append([]any{i, field, k.Name}, args...)...))
		}
		if k.Name == "" {
			fault(".name", "a kind needs a name")
		} else if first, twice := names[k.Name]; twice {
			fault(".name", "kinds[%d] has the same name", first)
		} else {
			names[k.Name] = i
		}
		if k.From < 0 || k.From >= 48*time.Hour {
			fault(".from", "%v is not a time of day or of the next", k.From)
		}
		if k.To != 0 && k.To < k.From || k.To >= 48*time.Hour {
			fault(".to", "it must lie from .from to below 48:00 (26:00 is 02:00 of the next day)")
		}
		if k.Every != 0 && k.Every < time.Minute {
			fault(".every", "%v is less than a minute", k.Every)
		}
		if k.Length < time.Minute || k.Length > 24*time.Hour {
			fault(".length", "%v must lie from 1m to 24h", k.Length)
		}
		if !(k.Cost == 0 || k.Cost >= 1e-6 && k.Cost <= 1e9) {
			fault(".cost", "%g must be 0 (paid time) or lie from 0.000001 to a thousand million", k.Cost)
		}
		after := time.Duration(0)
		sound := true
		for n, b := range k.Breaks {
			at := fmt.Sprintf(".breaks[%d]", n)
			last := max(b.Earliest, b.Latest)
			switch {
			case b.Earliest < 0 || b.Latest != 0 && b.Latest < b.Earliest:
				fault(at, "it may begin from %v to %v", b.Earliest, b.Latest)
				sound = false
			case b.Every != 0 && b.Every < time.Minute:
				fault(at+".every", "%v is less than a minute", b.Every)
			case b.Length < time.Second:
				fault(at+".length", "%v is less than a second", b.Length)
				sound = false
			case last > 24*time.Hour || b.Length > 24*time.Hour || last+b.Length > k.Length:
				fault(at, "it may end after the shift of %v does", k.Length)
				sound = false
			case max(after, b.Earliest) > last:
				fault(at, "it has no place after the break before")
				sound = false
			}
			after = max(after, b.Earliest) + b.Length
		}
		if sound && k.Cost == 0 && k.paid() <= 0 {
			fault(".cost", "it costs its paid time, and there is none")
		}
	}
	return errors.Join(faults...)
}

// units is the cost of a shift in whole milliseconds of paid time, or in
// 1/3,600,000 of Cost.
func (k Kind) units() int64 {
	if k.Cost == 0 {
		return k.paid().Milliseconds()
	}
	return int64(math.Round(k.Cost * perHour))
}

// perHour is how many units of cost an hour has.
const perHour = 3_600_000
