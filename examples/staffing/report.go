package main

import (
	"encoding/json"
	"math"

	"github.com/najimi-acd/najimi/acd/sim"
)

// report is all that is printed, in the form of its JSON. Shares are from 0 to 1.
type report struct {
	Source  string   `json:"source"`
	Targets []string `json:"targets"`
	Method  string   `json:"method"`
	// Shrinkage is the share of paid time away from the phones.
	Shrinkage float64 `json:"shrinkage"`
	// Intervals and Total are of the centre, Queues tell it apart by where calls
	// come to, Groups by who answers them.
	Intervals []interval  `json:"intervals"`
	Total     total       `json:"total"`
	Queues    []queue     `json:"queues"`
	Groups    []group     `json:"groups,omitempty"`
	Simulated *simulation `json:"simulation,omitempty"`
	Shifts    *shifts     `json:"shifts,omitempty"`
	Busiest   []agentsRow `json:"busiest"`
	Others    []other     `json:"other_assumptions"`
}

// interval is what one interval of the day needs in all.
type interval struct {
	Start   string  `json:"start"`
	hours   float64 // the same, since midnight
	Minutes float64 `json:"minutes"`
	Calls   float64 `json:"calls"`
	AHT     float64 `json:"aht_seconds"`
	Load    float64 `json:"erlangs"`
	// By formula, each queue on its own: agents on the phones, the same
	// unrounded, and to be scheduled.
	Agents    int     `json:"agents"`
	Exact     float64 `json:"agents_exact"`
	Scheduled int     `json:"scheduled"`
	// OnePool is by formula too, unrounded, as if everybody answered every queue;
	// without a value where the queues' targets differ.
	OnePool number `json:"agents_one_pool"`
	// By simulation under the plan.
	Simulated *need `json:"simulated,omitempty"`
	figures
}

// need is what an interval needs by simulation and what its callers then live
// through.
type need struct {
	// Agents and Scheduled are 0 for a queue: agents belong to groups.
	Agents    int      `json:"agents,omitempty"`
	Scheduled int      `json:"scheduled,omitempty"`
	InTime    estimate `json:"answered_in_time"`
	ASA       estimate `json:"asa_seconds"`
	Abandon   estimate `json:"hung_up"`
	// Occupancy is of the centre's agents: a queue has none of its own.
	Occupancy *estimate `json:"occupancy,omitempty"`
}

// figures are what callers live through by formula, with the rounded number of
// agents.
type figures struct {
	InTime    float64 `json:"answered_in_time"`
	ASA       float64 `json:"asa_seconds"`
	Abandon   float64 `json:"hung_up"`
	Blocked   float64 `json:"blocked"`
	Occupancy float64 `json:"occupancy"`
}

// total is of a whole day.
type total struct {
	Calls     float64 `json:"calls"`
	Hours     float64 `json:"agent_hours"`
	Exact     float64 `json:"agent_hours_exact"`
	OnePool   number  `json:"agent_hours_one_pool"`
	Scheduled float64 `json:"scheduled_hours"`
	InTime    float64 `json:"answered_in_time"`
	// By simulation.
	SimulatedHours     float64 `json:"simulated_agent_hours,omitzero"`
	SimulatedScheduled float64 `json:"simulated_scheduled_hours,omitzero"`
	Simulated          *need   `json:"simulated,omitempty"`
}

// queue is where calls come to.
type queue struct {
	Name      string     `json:"queue"`
	Target    string     `json:"target"`
	target    float64    // service level, 0: none
	Intervals []interval `json:"intervals"`
	Total     total      `json:"total"`
}

// group is agents who can stand in for one another: by simulation those of the
// -groups, by formula alone those of each queue.
type group struct {
	Name      string  `json:"group"`
	Agents    []int   `json:"agents"`
	Scheduled []int   `json:"scheduled"`
	Hours     float64 `json:"agent_hours"`
	Paid      float64 `json:"scheduled_hours"`
	Cost      float64 `json:"cost_of_an_hour"`
}

// simulation says how the simulated numbers came about, and how sure they are.
type simulation struct {
	// Runs are all that were simulated, Fresh those of them that the figures are
	// from, with seeds that the search for the numbers of agents did not see.
	Runs  int     `json:"runs"`
	Fresh int     `json:"fresh_runs"`
	Seed  uint64  `json:"seed"`
	Level float64 `json:"confidence"`
	Goals []held  `json:"goals"`
	Binds []bind  `json:"binds"`
}

// held is a goal in an interval, or over the day, on the fresh runs.
type held struct {
	Goal  string   `json:"goal"`
	Start string   `json:"start"`
	Value estimate `json:"value"`
	Asked float64  `json:"asked"`
	// AtLeast is of a service level; all else is asked for at the most. Seconds
	// is the unit of a wait; all else is a share.
	AtLeast bool `json:"at_least"`
	Seconds bool `json:"seconds"`
	// Sure says that the whole confidence interval is on the right side.
	Sure bool `json:"sure"`
}

// bind is what keeps a group from having one agent fewer in an interval.
type bind struct {
	Group string `json:"group"`
	Start string `json:"start"`
	Goal  string `json:"goal"`
	// Missed is when the goal is missed: in the interval itself or another.
	Missed string `json:"missed_at"`
	// Misses is by how much the goal is missed with one agent fewer, in the
	// goal's own unit.
	Misses number `json:"misses_by"`
}

// estimate is a simulated figure and its confidence interval.
type estimate struct {
	Value number `json:"value"`
	Low   number `json:"low"`
	High  number `json:"high"`
}

func estimateOf(e sim.Estimate) estimate {
	return estimate{number(e.Value), number(e.Low), number(e.High)}
}

// number is null in JSON where there is nothing to tell: what is infinite, or of
// no calls at all.
type number float64

func (n number) known() bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

func (n number) MarshalJSON() ([]byte, error) {
	if !n.known() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

func (n *number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}

// scheduled is how many people to schedule for so many to be on the phones.
func scheduled(agents int, shrinkage float64) int {
	exact := float64(agents) / (1 - shrinkage)
	return int(math.Ceil(exact - 1e-12*exact)) // 14 ÷ 0.7 is 20, whatever the last bit says
}

func agentHours(agents []int, f forecast) float64 {
	sum := 0.0
	for i, n := range agents {
		sum += float64(n) * f.length(i).Hours()
	}
	return sum
}
