package report

import (
	"math"
	"time"

	"github.com/najimi-acd/najimi/erlang"
)

// column is a figure by its name in CSV and JSON. The value is an int, a
// float64 (NaN: undefined), or a time.Duration (negative: undefined).
type column[F any] struct {
	name  string
	value func(*F) any
}

const undefined time.Duration = -1

func orUndefined(d time.Duration, ok bool) any {
	if !ok {
		return undefined
	}
	return d
}

// callColumns are in the order of CSV and JSON.
var callColumns = []column[Figures]{
	{"offered", func(f *Figures) any { return f.Offered }},
	{"answered", func(f *Figures) any { return f.Answered }},
	{"abandoned", func(f *Figures) any { return f.Abandoned }},
	{"cancelled", func(f *Figures) any { return f.Cancelled }},
	{"blocked", func(f *Figures) any { return f.Blocked }},
	{"diverted", func(f *Figures) any { return f.Diverted }},
	{"deflected", func(f *Figures) any { return f.Deflected }},
	{"failed", func(f *Figures) any { return f.Failed }},
	{"overflowed", func(f *Figures) any { return f.Overflowed }},
	{"moved", func(f *Figures) any { return f.Moved }},
	{"unknown", func(f *Figures) any { return f.Unknown }},
	{"waiting", func(f *Figures) any { return f.Waiting }},

	{"overflowed_in", func(f *Figures) any { return f.OverflowedIn }},
	{"transferred_in", func(f *Figures) any { return f.TransferredIn }},
	{"talking", func(f *Figures) any { return f.Talking }},
	{"same_agent", func(f *Figures) any { return f.SameAgent }},
	{"answered_within", func(f *Figures) any { return f.AnsweredWithin }},
	{"abandoned_within", func(f *Figures) any { return f.AbandonedWithin }},
	{"short_abandoned", func(f *Figures) any { return f.ShortAbandoned }},
	{"closed", func(f *Figures) any { return f.Closed }},
	{"waiting_over", func(f *Figures) any { return f.WaitingOver }},
	{"left_later", func(f *Figures) any { return f.LeftLater }},

	{"answered_of_offered", level(erlang.AnsweredOfOffered)},
	{"answered_of_answered", level(erlang.AnsweredOfAnswered)},
	{"short_abandons_met", level(erlang.ShortAbandonsMet)},
	{"short_abandons_excluded", level(erlang.ShortAbandonsExcluded)},
	{"abandon_rate", func(f *Figures) any { return f.AbandonRate() }},

	{"asa", func(f *Figures) any { return orUndefined(f.ASA()) }},
	{"wait_p50", quantile(0.5)},
	{"wait_p90", quantile(0.9)},
	{"wait_p95", quantile(0.95)},
	{"wait_p99", quantile(0.99)},
	{"wait_longest", quantile(1)},
	{"abandon_wait", func(f *Figures) any { return orUndefined(f.MeanAbandonWait()) }},

	{"handled", func(f *Figures) any { return f.Handled }},
	{"talk", func(f *Figures) any { return f.Talk }},
	{"wrap_up", func(f *Figures) any { return f.WrapUp }},
	{"aht", func(f *Figures) any { return orUndefined(f.AHT()) }},
	{"transferred", func(f *Figures) any { return f.Transferred }},
	{"transfers_per_call", func(f *Figures) any { return f.TransfersPerCall() }},
	{"same_agent_rate", func(f *Figures) any { return f.SameAgentRate() }},

	{"callbacks_booked", func(f *Figures) any { return f.Booked }},
	{"callbacks_reached", func(f *Figures) any { return f.Reached }},
	{"callback_asa", func(f *Figures) any { return orUndefined(f.CallbackASA()) }},
	{"overtakings_given", func(f *Figures) any { return f.OvertakingsGiven }},
	{"overtakings_suffered", func(f *Figures) any { return f.OvertakingsSuffered }},
	{"suggested", func(f *Figures) any { return f.Suggested }},
	{"announced", func(f *Figures) any { return f.Announced }},
	{"overdue", func(f *Figures) any { return f.Overdue }},
}

func level(d erlang.Definition) func(*Figures) any {
	return func(f *Figures) any { return f.ServiceLevel(d) }
}

func quantile(p float64) func(*Figures) any {
	return func(f *Figures) any { return orUndefined(f.Wait.Quantile(p)) }
}

var agentColumns = []column[AgentFigures]{
	{"offers", func(f *AgentFigures) any { return f.Offers }},
	{"missed", func(f *AgentFigures) any { return f.Missed }},
	{"talks", func(f *AgentFigures) any { return f.Talks }},
	{"same_agent", func(f *AgentFigures) any { return f.SameAgent }},
	{"transferred", func(f *AgentFigures) any { return f.Transferred }},
	{"handled", func(f *AgentFigures) any { return f.Handled }},
	{"handle_time", func(f *AgentFigures) any { return f.HandleTime }},
	{"aht", func(f *AgentFigures) any { return orUndefined(f.AHT()) }},
	{"ready", func(f *AgentFigures) any { return f.Ready }},
	{"ringing", func(f *AgentFigures) any { return f.Ringing }},
	{"talking", func(f *AgentFigures) any { return f.Talking }},
	{"wrapping_up", func(f *AgentFigures) any { return f.WrappingUp }},
	{"not_ready", func(f *AgentFigures) any { return f.NotReady }},
	{"staffed", func(f *AgentFigures) any { return f.Staffed() }},
	{"occupancy", func(f *AgentFigures) any { return f.Occupancy() }},
}

// isUndefined says of a column's value that there is none.
func isUndefined(v any) bool {
	switch v := v.(type) {
	case float64:
		return math.IsNaN(v)
	case time.Duration:
		return v < 0
	}
	return false
}
