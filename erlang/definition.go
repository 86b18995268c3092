package erlang

import "fmt"

// A Definition says which calls a service level counts. Let S be the calls
// answered within the time t, G those that gave up within t, N the offered
// calls, and A those answered sooner or later.
//
// The four differ by tens of points on the same centre, so a service level
// without its definition says little.
type Definition int

const (
	// AnsweredOfOffered is S ÷ N: a caller who hung up or was blocked counts as
	// not served in time, however short the wait was. The strictest, and the
	// zero value.
	AnsweredOfOffered Definition = iota
	// AnsweredOfAnswered is S ÷ A: those who gave up or were blocked are left
	// out. It can look good in a centre that answers nearly nobody.
	AnsweredOfAnswered
	// ShortAbandonsMet is (S + G) ÷ N: a caller who gave up within t has not
	// waited longer than t, so the promise was not broken.
	ShortAbandonsMet
	// ShortAbandonsExcluded is S ÷ (N − G): callers who gave up within t are
	// left out, those who gave up later count as not served in time.
	ShortAbandonsExcluded
)

var definitions = [...]string{"AnsweredOfOffered", "AnsweredOfAnswered", "ShortAbandonsMet", "ShortAbandonsExcluded"}

// String returns the constant's name.
func (d Definition) String() string {
	if !d.known() {
		return fmt.Sprintf("Definition(%d)", int(d))
	}
	return definitions[d]
}

func (d Definition) known() bool { return d >= 0 && int(d) < len(definitions) }
