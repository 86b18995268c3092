package acd

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/najimi-acd/najimi/queue"
)

// eventField is a JSON field of an event. With the mark optional it is left
// out when it is empty.
type eventField uint8

const (
	fieldCall eventField = iota
	fieldQueue
	fieldAgent
	fieldOffer
	fieldPosition
	fieldStep
	fieldUntil
	fieldWaited
	fieldTalked
	fieldReason
	fieldState
	fieldCode
	fieldFrom
	fieldTo
	fieldNumber
	fieldWhy
	fieldContext
	fieldWarnings
	fieldWait
	fieldNotBefore
	fieldKind
	fieldChannel
	fieldTier

	optional eventField = 1 << 7
)

// eventFields are the JSON fields of each event besides type, at and seq, in
// their order.
var eventFields = map[EventType][]eventField{
	EventQueued: {fieldCall, fieldQueue, fieldPosition, optional | fieldWait,
		optional | fieldTier, optional | fieldWarnings},
	EventStep: {fieldCall, fieldQueue, fieldStep},
	EventOffered: {fieldOffer, fieldCall, fieldAgent, fieldUntil, optional | fieldKind,
		fieldWhy, fieldContext},
	EventWithdrawn:   {fieldOffer, fieldCall, fieldAgent, fieldReason},
	EventRequeued:    {fieldCall, fieldQueue, fieldPosition, fieldReason},
	EventConnected:   {fieldOffer, fieldCall, fieldAgent, fieldWaited},
	EventAbandoned:   {fieldCall, fieldQueue, fieldWaited, optional | fieldReason},
	EventEnded:       {fieldCall, fieldAgent, fieldTalked},
	EventAgent:       {fieldAgent, fieldState, fieldReason, optional | fieldCode},
	EventDisposition: {fieldCall, fieldAgent, fieldCode},
	EventBlocked: {fieldCall, fieldReason, optional | fieldQueue,
		optional | fieldTier, optional | fieldWarnings},
	EventOverflowed: {fieldCall, fieldFrom, fieldTo},
	EventDiverted: {fieldCall, fieldNumber, optional | fieldQueue,
		optional | fieldTier, optional | fieldWarnings},
	EventSuggested: {fieldCall, fieldChannel, optional | fieldQueue,
		optional | fieldTier, optional | fieldWarnings},
	EventDeflected: {fieldCall, fieldQueue, fieldChannel, fieldWaited},
	EventCallbackBooked: {fieldCall, optional | fieldNotBefore, optional | fieldUntil,
		optional | fieldNumber},
	EventCallbackFailed: {fieldCall, fieldQueue, fieldWaited, fieldReason},
	EventTransferred:    {fieldCall, fieldFrom, fieldTo, fieldTalked},
	EventAnnounced:      {fieldCall, fieldPosition, optional | fieldWait},
	EventOverdue:        {fieldCall, fieldQueue, optional | fieldAgent, fieldReason},
}

// AppendJSON appends the event as one JSON object, without a newline: type,
// at, seq, and then the fields of the type in a fixed order. Times are UTC in
// RFC 3339 with nanoseconds, durations Go duration strings. It allocates
// nothing beyond dst, but for the order of a call's attributes.
func (e *Event) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"type":`...)
	dst = appendString(dst, string(e.Type))
	dst = append(dst, `,"at":`...)
	dst = appendTime(dst, e.At)
	dst = append(dst, `,"seq":`...)
	dst = strconv.AppendUint(dst, e.Seq, 10)
	for _, field := range eventFields[e.Type] {
		dst = e.appendField(dst, field)
	}
	return append(dst, '}')
}

func (e *Event) appendField(dst []byte, field eventField) []byte {
	mayMiss := field&optional != 0
	switch field &^ optional {
	case fieldCall:
		return appendNamed(dst, `,"call":`, e.Call, mayMiss)
	case fieldQueue:
		return appendNamed(dst, `,"queue":`, e.Queue, mayMiss)
	case fieldAgent:
		return appendNamed(dst, `,"agent":`, e.Agent, mayMiss)
	case fieldOffer:
		return appendNamed(dst, `,"offer":`, e.Offer, mayMiss)
	case fieldPosition:
		return strconv.AppendInt(append(dst, `,"position":`...), int64(e.Position), 10)
	case fieldStep:
		return strconv.AppendInt(append(dst, `,"step":`...), int64(e.Step), 10)
	case fieldUntil:
		return appendInstant(dst, `,"until":`, e.Until, mayMiss)
	case fieldNotBefore:
		return appendInstant(dst, `,"from":`, e.NotBefore, mayMiss)
	case fieldWait:
		return appendEstimate(dst, `,"wait":`, e.Wait)
	case fieldKind:
		return appendNamed(dst, `,"kind":`, e.Kind, mayMiss)
	case fieldChannel:
		return appendNamed(dst, `,"channel":`, e.Channel, mayMiss)
	case fieldTier:
		return appendNamed(dst, `,"tier":`, e.Tier, mayMiss)
	case fieldWaited:
		return appendDuration(append(dst, `,"waited":`...), e.Waited)
	case fieldTalked:
		return appendDuration(append(dst, `,"talked":`...), e.Talked)
	case fieldReason:
		return appendNamed(dst, `,"reason":`, e.Reason, mayMiss)
	case fieldState:
		return appendNamed(dst, `,"state":`, string(e.State), mayMiss)
	case fieldCode:
		return appendNamed(dst, `,"code":`, e.Code, mayMiss)
	case fieldFrom:
		return appendNamed(dst, `,"from":`, e.From, mayMiss)
	case fieldTo:
		return appendNamed(dst, `,"to":`, e.To, mayMiss)
	case fieldNumber:
		return appendNamed(dst, `,"number":`, e.Number, mayMiss)
	case fieldWhy:
		return e.Why.appendJSON(append(dst, `,"why":`...))
	case fieldContext:
		return e.Context.appendJSON(append(dst, `,"context":`...))
	case fieldWarnings:
		return appendList(dst, `,"warnings":`, e.Warnings, mayMiss)
	}
	return dst
}

func (w *Why) appendJSON(dst []byte) []byte {
	if w == nil {
		return append(dst, "null"...)
	}
	dst = appendNamed(dst, `{"entry":`, w.Entry, false)
	dst = appendNamed(dst, `,"queue":`, w.Queue, false)
	dst = strconv.AppendInt(append(dst, `,"step":`...), int64(w.Step), 10)
	dst = appendNamed(dst, `,"reason":`, w.Reason, false)
	dst = appendDuration(append(dst, `,"head_start":`...), w.HeadStart)
	dst = strconv.AppendInt(append(dst, `,"overtaken":`...), int64(w.Overtaken), 10)
	return append(dst, '}')
}

func (c *Context) appendJSON(dst []byte) []byte {
	if c == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '{')
	dst = appendLeading(dst, `"caller":`, c.Caller)
	dst = appendLeading(dst, `"customer":`, c.Customer)
	dst = appendLeading(dst, `"tier":`, c.Tier)
	if len(c.Attributes) > 0 {
		dst = append(dst, `"attributes":{`...)
		for _, key := range slices.Sorted(maps.Keys(c.Attributes)) {
			dst = append(appendString(comma(dst, '{'), key), ':')
			dst = appendString(dst, c.Attributes[key])
		}
		dst = append(dst, '}', ',')
	}
	dst = appendDuration(append(dst, `"waited":`...), c.Waited)
	dst = appendNamed(dst, `,"guide":`, c.Guide, true)
	dst = appendNamed(dst, `,"number":`, c.Number, true)
	dst = appendList(dst, `,"notes":`, c.Notes, true)
	dst = appendList(dst, `,"agents_met":`, c.AgentsMet, true)
	return append(dst, '}')
}

// appendLeading appends a text that is there with its name before and a comma
// after it.
func appendLeading(dst []byte, name, text string) []byte {
	if text == "" {
		return dst
	}
	return append(appendString(append(dst, name...), text), ',')
}

// appendList appends texts after their name, or nothing if they may miss and
// there are none.
func appendList(dst []byte, name string, texts []string, mayMiss bool) []byte {
	if mayMiss && len(texts) == 0 {
		return dst
	}
	dst = append(append(dst, name...), '[')
	for _, text := range texts {
		dst = appendString(comma(dst, '['), text)
	}
	return append(dst, ']')
}

// appendNamed appends a text after its name, or nothing if it may miss and is
// empty.
func appendNamed(dst []byte, name, text string, mayMiss bool) []byte {
	if mayMiss && text == "" {
		return dst
	}
	return appendString(append(dst, name...), text)
}

// appendInstant appends a time after its name, or nothing if it may miss and
// is the zero time.
func appendInstant(dst []byte, name string, t time.Time, mayMiss bool) []byte {
	if mayMiss && t.IsZero() {
		return dst
	}
	return appendTime(append(dst, name...), t)
}

// appendEstimate appends an estimate after its name, or nothing if it is not
// known.
func appendEstimate(dst []byte, name string, wait queue.Estimate) []byte {
	if !wait.Known {
		return dst
	}
	dst = appendDuration(append(append(dst, name...), `{"mean":`...), wait.Mean)
	dst = appendDuration(append(dst, `,"median":`...), wait.Median)
	dst = appendDuration(append(dst, `,"p90":`...), wait.P90)
	return append(dst, '}')
}

func appendTime(dst []byte, t time.Time) []byte {
	dst = append(dst, '"')
	dst = t.UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

func appendDuration(dst []byte, d time.Duration) []byte {
	dst = append(dst, '"')
	dst = append(dst, d.String()...)
	return append(dst, '"')
}

// MarshalJSON is [Event.AppendJSON].
func (e Event) MarshalJSON() ([]byte, error) { return e.AppendJSON(nil), nil }

// UnmarshalJSON reads what [Event.AppendJSON] wrote. Fields that it does not
// know are ignored, so that a later version's journal can be read.
func (e *Event) UnmarshalJSON(data []byte) error {
	var in eventJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("event: %w", err)
	}
	var notBefore time.Time
	if in.Type == EventCallbackBooked && in.From != "" {
		if err := notBefore.UnmarshalText([]byte(in.From)); err != nil {
			return fmt.Errorf("event: from: %w", err)
		}
		in.From = ""
	}
	*e = Event{
		Type: in.Type, At: in.At.UTC(), Seq: in.Seq,
		Call: in.Call, Queue: in.Queue, Agent: in.Agent, Offer: in.Offer,
		Position: in.Position, Step: in.Step,
		NotBefore: notBefore.UTC(), Until: in.Until.UTC(), Kind: in.Kind,
		Waited: time.Duration(in.Waited), Talked: time.Duration(in.Talked),
		Reason: in.Reason, State: in.State, Code: in.Code,
		From: in.From, To: in.To, Number: in.Number, Channel: in.Channel, Tier: in.Tier,
		Warnings: in.Warnings,
	}
	if wait := in.Wait; wait != nil {
		e.Wait = queue.Estimate{
			Known: true, Mean: time.Duration(wait.Mean),
			Median: time.Duration(wait.Median), P90: time.Duration(wait.P90),
		}
	}
	if in.Why != nil {
		e.Why = &in.Why.Why
		e.Why.HeadStart = time.Duration(in.Why.HeadStart)
	}
	if in.Context != nil {
		e.Context = &in.Context.Context
		e.Context.Waited = time.Duration(in.Context.Waited)
	}
	return nil
}

// eventJSON is an event as the standard decoder can read it.
type eventJSON struct {
	Type EventType `json:"type"`
	At   time.Time `json:"at"`
	Seq  uint64    `json:"seq"`

	Call     string       `json:"call"`
	Queue    string       `json:"queue"`
	Agent    string       `json:"agent"`
	Offer    string       `json:"offer"`
	Position int          `json:"position"`
	Step     int          `json:"step"`
	Until    time.Time    `json:"until"`
	Waited   jsonDuration `json:"waited"`
	Talked   jsonDuration `json:"talked"`
	Reason   string       `json:"reason"`
	State    State        `json:"state"`
	Code     string       `json:"code"`
	Kind     string       `json:"kind"`
	From     string       `json:"from"` // a queue, an agent, or a time
	To       string       `json:"to"`
	Number   string       `json:"number"`
	Channel  string       `json:"channel"`
	Tier     string       `json:"tier"`
	Wait     *struct {
		Mean   jsonDuration `json:"mean"`
		Median jsonDuration `json:"median"`
		P90    jsonDuration `json:"p90"`
	} `json:"wait"`
	Why *struct {
		Why
		HeadStart jsonDuration `json:"head_start"`
	} `json:"why"`
	Context *struct {
		Context
		Waited jsonDuration `json:"waited"`
	} `json:"context"`
	Warnings []string `json:"warnings"`
}

// jsonDuration is a Go duration string.
type jsonDuration time.Duration

func (d *jsonDuration) UnmarshalText(text []byte) error {
	duration, err := time.ParseDuration(string(text))
	*d = jsonDuration(duration)
	return err
}
