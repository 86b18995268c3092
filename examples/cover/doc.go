// Package cover turns a day's requirement, so many agents in each interval, into
// shifts that cover it at least cost: when they start, how long they are, where
// their breaks lie, and how many people work each.
//
//	day := cover.Day{Start: 8 * time.Hour, Every: 30 * time.Minute, Need: need}
//	c, err := cover.Solve(ctx, day, cover.Ordinary(), cover.Options{})
//
// One cover is for people who can stand in for one another: for several skill
// groups, solve one for each.
//
// This is G. B. Dantzig's set-covering form ("A Comment on Edie's 'Traffic Delays
// at Toll Booths'", Operations Research 2(3), 1954, doi:10.1287/opre.2.3.339):
// each start with each placement of the breaks is a shift that may be taken any
// number of times. Without breaks a shift covers intervals that follow one
// another, the matrix is totally unimodular, and the linear relaxation has whole
// numbers at its corners: the cover is exact. With breaks (or around midnight)
// branch and bound looks on from there, and tells what gap is left, if any.
//
// What is claimed does not rest on floating point. A cover is checked, and its
// bound proven, in whole numbers; see [Cover].
//
// The linear problems are solved by gonum's simplex, the well-kept solver in pure
// Go that there is: days of 34 to 96 intervals and 200 to 400 shifts took it 5 to
// 90 ms each, where gophersat's pseudo-Boolean optimisation was still a third above
// the optimum after 8 s and ended in a panic on a larger day. It is delicate where
// corners of a problem fall together and tells no prices, so it is given a start
// and needs that are raised by a hair, and nothing it says is taken on trust.
//
// With the [Ordinary] kinds a day is mostly exact within a tenth of a second; where
// it is not, the gap was below half a percent within some seconds, and below two
// percent round the clock, where there are the most shifts to choose from.
//
// # Limits
//
// A person counts in an interval who works all of it: a break, a start or an end
// within an interval is an absence for the whole of it. There are no limits on
// how many shifts of a kind there may be, nor rules from one day to the next.
package cover
