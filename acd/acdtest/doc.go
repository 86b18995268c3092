// Package acdtest is for tests of routers, this project's and yours.
//
//   - [Oracle] is the Engine told again in the dumbest way, to compare with.
//   - [Auditor] reads any stream of commands and events and says which law was
//     broken: that each call has one outcome, that nobody is rung twice at once,
//     that no caller waits while somebody could answer, that nobody is overtaken
//     beyond the cap, and so on.
//   - [RandomPlan] and [Random] make plans and commands, from any source of
//     numbers.
//   - [Script] plays a story: a text of commands and the events they cause.
package acdtest
