package loyalty

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Error is one thing that is wrong with rules, or with a customer's data.
type Error struct {
	// Path is where, as in behaviour.bands.money[2] or purchases[0].at. Empty:
	// the rules as a whole.
	Path    string
	Problem string
}

// Error tells path and problem.
func (e *Error) Error() string { return cmp.Or(e.Path, "rules") + ": " + e.Problem }

// faults collects errors.
type faults []error

func (f *faults) add(path, format string, args ...any) {
	*f = append(*f, &Error{path, fmt.Sprintf(format, args...)})
}

func (f *faults) err() error { return errors.Join(*f...) }

// notPast is what is wrong with the time of something that has happened: it
// lies after now, or outside the years 1970 to 2200, within which differences of
// times are exact. Empty: nothing.
func notPast(t, now time.Time) (problem string) {
	switch year := t.UTC().Year(); {
	case year < 1970 || year > 2200:
		return "want a time within 1970 to 2200, got " + t.UTC().Format(time.RFC3339)
	case t.After(now):
		return t.UTC().Format(time.RFC3339) + " lies in the future of " + now.UTC().Format(time.RFC3339)
	}
	return ""
}
