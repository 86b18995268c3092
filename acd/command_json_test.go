package acd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/acdtest"
	"pgregory.net/rapid"
)

var commandTime = time.Date(2026, 1, 2, 3, 4, 5, 678901234, time.UTC)

func TestCommandReadsTheFieldsOfItsType(t *testing.T) {
	for line, want := range map[string]acd.Command{
		`{"type":"login","agent":"ann","skills":{"support":5,"billing":-1}}`:           {Type: acd.CmdLogin, Agent: "ann", Skills: acd.Skills{"support": 5, "billing": -1}},
		`{"type":"login","agent":"ann","skills":{}}`:                                   {Type: acd.CmdLogin, Agent: "ann", Skills: acd.Skills{}},
		`{"type":"login","agent":"ann","skills":null,"reason":5,"x":1}`:                {Type: acd.CmdLogin, Agent: "ann"},
		`{"type":"logout","agent":"ann","call":7}`:                                     {Type: acd.CmdLogout, Agent: "ann"},
		`{"type":"ready","agent":"ann","reason":"x"}`:                                  {Type: acd.CmdReady, Agent: "ann"},
		`{"type":"not_ready","agent":"ann","reason":"lunch"}`:                          {Type: acd.CmdNotReady, Agent: "ann", Reason: "lunch"},
		`{"type":"not_ready","agent":"オペレーター 1","reason":""}`:                          {Type: acd.CmdNotReady, Agent: "オペレーター 1"},
		`{"type":"hangup","call":"c1"}`:                                                {Type: acd.CmdHangup, Call: "c1"},
		`{"type":"accept","offer":"o1"}`:                                               {Type: acd.CmdAccept, Offer: "o1"},
		`{"type":"decline","offer":"o1","reason":"busy","party":"agent"}`:              {Type: acd.CmdDecline, Offer: "o1", Reason: "busy", Party: "agent"},
		`{"type":"decline","offer":"o1","reason":null,"party":"nobody"}`:               {Type: acd.CmdDecline, Offer: "o1", Party: "nobody"},
		`{"type":"bridge_failed","call":"c1"}`:                                         {Type: acd.CmdBridgeFailed, Call: "c1"},
		`{"type":"end","call":"c1","call":"c2"}`:                                       {Type: acd.CmdEnd, Call: "c2"},
		`{"type":"wrap_up","agent":"ann","code":"sold"}`:                               {Type: acd.CmdWrapUp, Agent: "ann", Code: "sold"},
		`{"type":"transfer","call":"c1","queue":"billing","note":"has the invoice\n"}`: {Type: acd.CmdTransfer, Call: "c1", Queue: "billing", Note: "has the invoice\n"},
		`{"type":"transfer","call":"c1","agent":"ann","queue":null}`:                   {Type: acd.CmdTransfer, Call: "c1", Agent: "ann"},
		`{"type":"transfer","call":"c1","agent":"\n","queue":""}`:                      {Type: acd.CmdTransfer, Call: "c1", Agent: "\n"},
		`{"type":"transfer","call":"c1"}`:                                              {Type: acd.CmdTransfer, Call: "c1"},
		`{"type":"callback","call":"c1","number":"+81 3","from":"2026-01-02T09:00:00+09:00","until":"2026-01-02T01:00:00.5Z"}`: {Type: acd.CmdCallback, Call: "c1",
			Number: "+81 3", From: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 1, 2, 1, 0, 0, 5e8, time.UTC)},
		`{"type":"callback","call":"c1","number":null,"from":null,"until":null}`: {Type: acd.CmdCallback, Call: "c1"},
		`{"type":"cancel","call":"c1","number":5}`:                               {Type: acd.CmdCancel, Call: "c1"},
		`{"type":"deflect","call":"c1","channel":"sms"}`:                         {Type: acd.CmdDeflect, Call: "c1", Channel: "sms"},
		`{"type":"plan","plan":{"entry":[{"queue":"s"}],"queues":[{"name":"s","ring":"5s"}]},"call":5}`: {Type: acd.CmdPlan, Plan: &acd.Plan{
			Entry: []acd.Entry{{Queue: "s"}}, Queues: []acd.Queue{{Name: "s", Ring: new(5 * time.Second)}}}},
		`{"type":"plan","plan":5,"plan":{"entry":[{"queue":"s"}],"queues":[{"name":"s"}]}}`: {Type: acd.CmdPlan, Plan: &acd.Plan{
			Entry: []acd.Entry{{Queue: "s"}}, Queues: []acd.Queue{{Name: "s"}}}},
		`{"type":"arrive","call":"c1","found":{"customer":"k","tier":"gold","score":7,"last_agent":"ann","attributes":{"a":"1"},"warning":"late"}}`: {
			Type: acd.CmdArrive, Call: "c1", Found: &acd.Found{
				Customer: "k", Tier: "gold", Score: new(7.0), LastAgent: "ann", Attributes: map[string]string{"a": "1"}, Warning: "late"}},
		`{"type":"arrive","call":"c1","found":{}}`:   {Type: acd.CmdArrive, Call: "c1", Found: &acd.Found{}},
		`{"type":"arrive","call":"c1","found":null}`: {Type: acd.CmdArrive, Call: "c1"},
		`{"type":"arrive","call":"c1","found":{"score":null,"tier":5,"tier":"gold","customer":null,"attributes":{}}}`: {
			Type: acd.CmdArrive, Call: "c1", Found: &acd.Found{Tier: "gold", Attributes: map[string]string{}}},
		`{"type":"advance","agent":1,"call":2}`:              {Type: acd.CmdAdvance},
		`{"type":"arrive","type":"advance","\u0061gent":1}`:  {Type: acd.CmdAdvance},
		`{"\u0074ype":"adv\u0061nce"}`:                       {Type: acd.CmdAdvance},
		`{"type":"end","c\u0061ll":"\ud83d\ude00\ufffd"}`:    {Type: acd.CmdEnd, Call: "😀\ufffd"},
		"{\"type\":\"end\",\"call\":\"\ufffd\"}":             {Type: acd.CmdEnd, Call: "\ufffd"},
		" {\n\"type\" : \"end\" ,\t\"call\" : \"a b\" }\r\n": {Type: acd.CmdEnd, Call: "a b"},
		`{"type":"arrive","call":"c1"}`:                      {Type: acd.CmdArrive, Call: "c1"},
		`{"type":"arrive","call":"c1","caller":"+8190","customer":"k","dialed":"0120","tier":"gold","score":-7.5e2,"verified":true,"last_agent":"ann","head_start":"-1m30s","attributes":{"menu":"2","":""},"warnings":["w",""]}`: {
			Type: acd.CmdArrive, Call: "c1", Caller: "+8190", Customer: "k", Dialed: "0120", Tier: "gold", Score: new(-750.0), Verified: true,
			LastAgent: "ann", HeadStart: -90 * time.Second, Attributes: map[string]string{"menu": "2", "": ""}, Warnings: []string{"w", ""}},
		`{"type":"arrive","call":"c1","caller":null,"customer":null,"dialed":null,"tier":null,"score":null,"verified":null,"last_agent":null,"head_start":null,"attributes":null,"warnings":null}`: {
			Type: acd.CmdArrive, Call: "c1"},
		`{"type":"arrive","call":"c1","score":"x","score":5,"attributes":{"a":"1","a":"2"},"verified":false}`: {
			Type: acd.CmdArrive, Call: "c1", Score: new(5.0), Attributes: map[string]string{"a": "2"}},
	} {
		want.At = commandTime
		line = strings.Replace(line, "{", `{"at":"2026-01-02T12:04:05.678901234+09:00",`, 1)
		got, err := acd.ParseCommand([]byte(line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", line, diff)
		}
		if got.At != commandTime {
			t.Errorf("%s: at %v is not in UTC", line, got.At)
		}
		checkCommandRoundTrip(t, got)
	}
}

func checkCommandRoundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, c acd.Command) {
	t.Helper()
	line, err := c.MarshalJSON()
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	back, err := acd.ParseCommand(line)
	if err != nil {
		t.Fatalf("%s does not parse: %v", line, err)
	}
	if diff := cmp.Diff(c, back); diff != "" {
		t.Fatalf("%s: %s", line, diff)
	}
	again, err := back.MarshalJSON()
	if err != nil || string(again) != string(line) {
		t.Fatalf("%s, and then %s, %v", line, again, err)
	}
}

func TestCommandRefusesWithACodeAndTheField(t *testing.T) {
	const at = `"at":"2026-01-02T03:04:05Z"`
	const id = "want 1 to 128 bytes of printable UTF-8, got "
	long := strings.Repeat("a", 129)
	for line, want := range map[string]string{
		"":                           "malformed: unexpected end of JSON input at byte 0",
		"hello":                      "malformed: invalid character 'h' looking for beginning of value at byte 1",
		"{}{}":                       "malformed: invalid character '{' after top-level value at byte 3",
		`{"type":"end",}`:            "malformed: invalid character '}' looking for beginning of object key string at byte 15",
		"[]":                         "malformed: want an object, got a list",
		"null":                       "malformed: want an object, got null",
		`"end"`:                      `malformed: want an object, got "end"`,
		"{}":                         "malformed: type: missing",
		`{"type":null}`:              "malformed: type: missing",
		`{"type":5}`:                 "malformed: type: want a command, got 5",
		`{"type":"\udc00"}`:          "malformed: type: want a command, got invalid Unicode",
		`{"Type":"end"}`:             "malformed: type: missing",
		`{"type":""}`:                `malformed: type: unknown command "" (commands are written as in "arrive" and "not_ready")`,
		`{"type":"End","at":5}`:      `malformed: type: unknown command "End" (commands are written as in "arrive" and "not_ready")`,
		`{"type":"` + long + `"}`:    `malformed: type: unknown command "` + long[:64] + `" (commands are written as in "arrive" and "not_ready")`,
		`{"type":"transfer","at":5}`: `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got 5`,
		`{"type":"transfer",` + at + `,"agent":"ann","queue":5}`:                    "bad_id: call: missing",
		`{"type":"transfer",` + at + `,"call":"c1","queue":5,"agent":6}`:            "bad_value: queue: want a text, got 5",
		`{"type":"transfer",` + at + `,"call":"c1","agent":6}`:                      "bad_value: agent: want a text, got 6",
		`{"type":"transfer",` + at + `,"call":"c1","agent":"a","note":"\ud800"}`:    "bad_value: note: want a text, got invalid Unicode",
		`{"type":"callback",` + at + `,"number":5}`:                                 "bad_id: call: missing",
		`{"type":"callback",` + at + `,"call":"c1","number":5,"from":6}`:            "bad_value: number: want a text, got 5",
		`{"type":"callback",` + at + `,"call":"c1","from":""}`:                      `bad_value: from: want a time such as "2026-01-02T03:04:05.678Z", got ""`,
		`{"type":"callback",` + at + `,"call":"c1","from":"09:00"}`:                 `bad_value: from: want a time such as "2026-01-02T03:04:05.678Z", got "09:00"`,
		`{"type":"callback",` + at + `,"call":"c1","until":{}}`:                     `bad_value: until: want a time such as "2026-01-02T03:04:05.678Z", got an object`,
		`{"type":"callback",` + at + `,"call":"c1","until":"0001-01-01T00:00:00Z"}`: "bad_value: until: 0001-01-01T00:00:00Z is not within the years 1970 to 2200",
		`{"type":"cancel",` + at + `,"call":[]}`:                                    "bad_id: call: " + id + "a list",
		`{"type":"deflect",` + at + `,"channel":"sms"}`:                             "bad_id: call: missing",
		`{"type":"deflect",` + at + `,"call":"c1","channel":true}`:                  "bad_value: channel: want a text, got true",
		`{"type":"plan"}`:                        "bad_value: at: missing",
		`{"type":"plan",` + at + `}`:             "malformed: plan: missing",
		`{"type":"plan",` + at + `,"plan":null}`: "malformed: plan: missing",
		`{"type":"plan",` + at + `,"plan":"p"}`:  `bad_plan: plan: want an object, got "p"`,
		`{"type":"plan",` + at + `,"plan":{"x":1,"queues":[{"name":5,"ring":"soon"}]}}`:                                                          `bad_plan: x: unknown field; queues[0].name: want a text, got 5; queues[0].ring: want a duration such as "20s", got "soon"`,
		`{"type":"plan",` + at + `,"plan":{"queues":[{"name":"s"}]}}`:                                                                            "bad_plan: entry: want at least 1, got 0",
		`{"type":"plan",` + at + `,"plan":{"` + long + `":1,"\u000a` + strings.Repeat(long, 6) + `":1` + strings.Repeat(`,"n":[1,2]`, 50) + `}}`: `bad_plan: ["` + long[:64] + `"]: unknown field; ["\n` + long[:63] + `"]: unknown field; n: unknown field` + strings.Repeat("; n: given twice", 38) + "; and 11 more",
		`{"type":"end"}`:                                                               "bad_value: at: missing",
		`{"type":"end","at":null}`:                                                     "bad_value: at: missing",
		`{"type":"end","at":1767323045}`:                                               `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got 1767323045`,
		`{"type":"end","at":"yesterday"}`:                                              `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "yesterday"`,
		`{"type":"end","at":"2026-01-02"}`:                                             `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02"`,
		`{"type":"end","at":"2026-01-02 03:04:05Z"}`:                                   `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02 03:04:05Z"`,
		`{"type":"end","at":"2026-01-02T3:04:05Z"}`:                                    `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02T3:04:05Z"`,
		`{"type":"end","at":"2026-01-02T03:04:05,5Z"}`:                                 `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02T03:04:05,5Z"`,
		`{"type":"end","at":"2026-01-02T03:04:05+24:00"}`:                              `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02T03:04:05+24:00"`,
		`{"type":"end","at":"2026-01-02T03:04:05+09:60"}`:                              `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-01-02T03:04:05+09:60"`,
		`{"type":"end","at":"2026-02-30T03:04:05Z"}`:                                   `bad_value: at: want a time such as "2026-01-02T03:04:05.678Z", got "2026-02-30T03:04:05Z"`,
		`{"type":"end","at":"1969-12-31T23:59:59Z"}`:                                   "bad_value: at: 1969-12-31T23:59:59Z is not within the years 1970 to 2200",
		`{"type":"end","at":"2201-01-01T00:00:00Z"}`:                                   "bad_value: at: 2201-01-01T00:00:00Z is not within the years 1970 to 2200",
		`{"type":"end","at":"1970-01-01T00:00:00+09:00"}`:                              "bad_value: at: 1970-01-01T00:00:00+09:00 is not within the years 1970 to 2200",
		`{"type":"end",` + at + `}`:                                                    "bad_id: call: missing",
		`{"type":"end",` + at + `,"call":null}`:                                        "bad_id: call: missing",
		`{"type":"end",` + at + `,"call":""}`:                                          "bad_id: call: " + id + `""`,
		`{"type":"end",` + at + `,"call":7}`:                                           "bad_id: call: " + id + "7",
		`{"type":"end",` + at + `,"call":{}}`:                                          "bad_id: call: " + id + "an object",
		`{"type":"end",` + at + `,"call":"a\nb"}`:                                      "bad_id: call: " + id + `"a\nb"`,
		`{"type":"end",` + at + `,"call":"` + long + `"}`:                              "bad_id: call: " + id + `"` + long[:64] + `"`,
		`{"type":"end",` + at + `,"call":"a\ud800b"}`:                                  "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\ud800"}`:                                    "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\ud800\u0041"}`:                              "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\ud800\\udc00"}`:                             "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\ud800\ud800\udc00"}`:                        "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\ud83d\ude00\ude00"}`:                        "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\uDBFF\uDBFF"}`:                              "bad_id: call: " + id + "invalid Unicode",
		`{"type":"end",` + at + `,"call":"\uDC00\uD800"}`:                              "bad_id: call: " + id + "invalid Unicode",
		"{\"type\":\"end\"," + at + ",\"call\":\"a\xffb\"}":                            "bad_id: call: " + id + "invalid Unicode",
		"{\"type\":\"end\"," + at + ",\"call\":\"\xed\xa0\x80\"}":                      "bad_id: call: " + id + "invalid Unicode",
		`{"type":"arrive",` + at + `,"score":"x"}`:                                     "bad_id: call: missing",
		`{"type":"login",` + at + `,"skills":5}`:                                       "bad_id: agent: missing",
		`{"type":"accept",` + at + `,"offer":1}`:                                       "bad_id: offer: " + id + "1",
		`{"type":"decline",` + at + `,"reason":5}`:                                     "bad_id: offer: missing",
		`{"type":"login",` + at + `,"agent":"ann","skills":["support"]}`:               "bad_value: skills: want an object, got a list",
		`{"type":"login",` + at + `,"agent":"ann","skills":{"support":"5"}}`:           `bad_value: skills.support: want a whole number, got "5"`,
		`{"type":"login",` + at + `,"agent":"ann","skills":{"a b":5.5}}`:               `bad_value: skills["a b"]: want a whole number, got 5.5`,
		`{"type":"login",` + at + `,"agent":"ann","skills":{"support":null}}`:          "bad_value: skills.support: want a whole number, got null",
		`{"type":"login",` + at + `,"agent":"ann","skills":{"\udfff":5}}`:              "bad_value: skills: want names of skills, got invalid Unicode",
		`{"type":"login",` + at + `,"agent":"ann","skills":{"s":9223372036854775808}}`: "bad_value: skills.s: want a whole number, got 9223372036854775808",
		`{"type":"not_ready",` + at + `,"agent":"ann","reason":5}`:                     "bad_value: reason: want a text, got 5",
		`{"type":"not_ready",` + at + `,"agent":"ann","reason":"\ud800"}`:              "bad_value: reason: want a text, got invalid Unicode",
		`{"type":"decline",` + at + `,"offer":"o1","reason":[],"party":5}`:             "bad_value: reason: want a text, got a list",
		`{"type":"decline",` + at + `,"offer":"o1","party":5}`:                         "bad_value: party: want a text, got 5",
		`{"type":"wrap_up",` + at + `,"agent":"ann","code":true}`:                      "bad_value: code: want a text, got true",
	} {
		got, err := acd.ParseCommand([]byte(line))
		if _, ok := errors.AsType[*acd.Refused](err); !ok || err.Error() != "refused: "+want {
			t.Errorf("%q:\n got %v\nwant refused: %s", line, err, want)
		}
		if diff := cmp.Diff(acd.Command{}, got); diff != "" {
			t.Errorf("%q leaves %s", line, diff)
		}
	}
}

func TestCommandArriveIsNeverRefusedForOptionalData(t *testing.T) {
	long := strings.Repeat("\u200b", 1000)
	for fields, want := range map[string][]string{
		`"caller":5`:          {"caller: want a text, got 5"},
		`"customer":["k"]`:    {"customer: want a text, got a list"},
		`"customer":"\ud800"`: {"customer: want a text, got invalid Unicode"},
		`"dialed":120`:        {"dialed: want a text, got 120"},
		`"tier":true`:         {"tier: want a text, got true"},
		`"last_agent":{}`:     {"last_agent: want a text, got an object"},
		`"score":"abc"`:       {`score: want a number, got "abc"`},
		`"score":1e999`:       {"score: want a number, got 1e999"},
		`"score":true`:        {"score: want a number, got true"},
		`"score":"` + strings.Repeat("x", 500) + `"`: {`score: want a number, got "` + strings.Repeat("x", 64) + `"`},
		`"verified":"true"`:                          {`verified: want true or false, got "true"`},
		`"verified":1`:                               {"verified: want true or false, got 1"},
		`"head_start":90`:                            {`head_start: want a duration such as "20s", got 90`},
		`"head_start":"90"`:                          {`head_start: want a duration such as "20s", got "90"`},
		`"head_start":"9999999h"`:                    {`head_start: want a duration such as "20s", got "9999999h"`},
		`"attributes":"menu=2"`:                      {`attributes: want an object, got "menu=2"`},
		`"attributes":[]`:                            {"attributes: want an object, got a list"},
		`"warnings":"w"`:                             {`warnings: want a list, got "w"`},
		`"x":1,"agent":"ann","x":{"y":[1,{"z":"}]"}]},"a b":2,"Caller":"1"`: {
			"x: unknown field", "agent: unknown field", "x: unknown field", `["a b"]: unknown field`, "Caller: unknown field"},
		`"found":5`:                   {"found: want an object, got 5"},
		`"found":[{}]`:                {"found: want an object, got a list"},
		`"at2":1,"\ud800":1,"":2`:     {"at2: unknown field", `[""]: unknown field`, `[""]: unknown field`},
		`"` + long + `":1`:            {strings.Repeat(`\u200b`, 42)[:252] + "..."},
		`"zzz":1,"tier":5,"caller":6`: {"caller: want a text, got 6", "tier: want a text, got 5", "zzz: unknown field"},
	} {
		line := `{"type":"arrive","at":"2026-01-02T03:04:05.678901234Z","call":"c1",` + fields + `}`
		got, err := acd.ParseCommand([]byte(line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if strings.Contains(fields, long) {
			want = []string{(`["` + want[0])[:253] + "..."}
		}
		if diff := cmp.Diff(acd.Command{Type: acd.CmdArrive, At: commandTime, Call: "c1", Warnings: want}, got); diff != "" {
			t.Errorf("%.200s: %s", line, diff)
		}
		checkCommandRoundTrip(t, got)
	}
}

func TestCommandArriveKeepsWhatIsGood(t *testing.T) {
	line := "{\"type\":\"arrive\",\"at\":\"2026-01-02T03:04:05.678901234Z\",\"call\":\"c1\",\"caller\":\"090\",\"tier\":1," +
		"\"attributes\":{\"a\":1,\"b\":\"2\",\"\\udc00\":\"x\",\"c c\":\"\\ud800\",\"d\":\"ok\",\"d\":null,\"e\":\"\xff\"}," +
		"\"warnings\":[\"first\",5,\"\",\"" + strings.Repeat("あ", 100) + "\"]}"
	got, err := acd.ParseCommand([]byte(line))
	if err != nil {
		t.Fatal(err)
	}
	want := acd.Command{
		Type: acd.CmdArrive, At: commandTime, Call: "c1", Caller: "090", Attributes: map[string]string{"b": "2"},
		Warnings: []string{
			"first", "", strings.Repeat("あ", 84) + "...",
			"tier: want a text, got 1",
			"attributes.a: want a text, got 1",
			"attributes: want keys of text, got invalid Unicode",
			`attributes["c c"]: want a text, got invalid Unicode`,
			"attributes.d: want a text, got null",
			"attributes.e: want a text, got invalid Unicode",
			"warnings: want texts, got 5",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	checkCommandRoundTrip(t, got)
}

func TestCommandArriveKeepsWhatIsGoodOfTheFound(t *testing.T) {
	got, err := acd.ParseCommand([]byte(`{"type":"arrive","at":"2026-01-02T03:04:05.678901234Z","call":"c1","found":{"type":"x","tier":1,"customer":"k",` +
		`"last_agent":"\ud800","score":"7","attributes":{"a":1,"b":"2"},"warning":["w"],"at":5,"caller":"090"},"x":0}`))
	if err != nil {
		t.Fatal(err)
	}
	want := acd.Command{
		Type: acd.CmdArrive, At: commandTime, Call: "c1",
		Found: &acd.Found{Customer: "k", Attributes: map[string]string{"b": "2"}},
		Warnings: []string{
			"found.tier: want a text, got 1",
			`found.score: want a number, got "7"`,
			"found.last_agent: want a text, got invalid Unicode",
			"found.attributes.a: want a text, got 1",
			"found.warning: want a text, got a list",
			"found.type: unknown field", "found.at: unknown field", "found.caller: unknown field",
			"x: unknown field",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	checkCommandRoundTrip(t, got)
}

// A warning that cannot be cut between two characters must not stop the Engine.
func TestCommandWarningOfNoCharactersIsCut(t *testing.T) {
	engine, err := acd.New(acd.Plan{Entry: []acd.Entry{{Queue: "s"}}, Queues: []acd.Queue{{Name: "s"}}})
	if err != nil {
		t.Fatal(err)
	}
	events, err := engine.Apply(acd.Command{Type: acd.CmdArrive, At: commandTime, Call: "c1", Warnings: []string{strings.Repeat("\x80", 300)}})
	if err != nil || len(events) != 1 || len(events[0].Warnings) != 1 || events[0].Warnings[0] != "..." {
		t.Errorf("got %+v, %v", events, err)
	}
}

func TestCommandWarningsAreBounded(t *testing.T) {
	for unknown, want := range map[int]string{31: "", 32: "f31: unknown field", 33: "and 2 more warnings", 1000: "and 969 more warnings"} {
		var line strings.Builder
		line.WriteString(`{"type":"arrive","at":"2026-01-02T03:04:05Z","call":"c1"`)
		for i := range unknown {
			fmt.Fprintf(&line, `,"f%d":%d`, i, i)
		}
		line.WriteString("}")
		got, err := acd.ParseCommand([]byte(line.String()))
		if err != nil || len(got.Warnings) != min(unknown, 32) {
			t.Fatalf("%d unknown: %d warnings, %v", unknown, len(got.Warnings), err)
		}
		if unknown > 31 && got.Warnings[31] != want {
			t.Errorf("%d unknown: the last is %q, want %q", unknown, got.Warnings[31], want)
		}
		checkCommandRoundTrip(t, got)
	}
}

func TestCommandIsWrittenInAFixedOrder(t *testing.T) {
	c := acd.Command{
		Type: acd.CmdArrive, At: commandTime.In(time.FixedZone("", 9*3600)), Agent: "not read", Call: "c\"1", Caller: "<+81>", Customer: "k",
		Dialed: "0120", Tier: "gold", Score: new(0.0), Verified: true, LastAgent: "ann", HeadStart: time.Minute,
		Attributes: map[string]string{"b": "2", "a": "\n"}, Warnings: []string{"w"},
		Found: &acd.Found{Customer: "k2", Tier: "silver", Score: new(1.5), LastAgent: "bob", Attributes: map[string]string{"d": "", "c": "3"}, Warning: "late"},
	}
	const want = `{"type":"arrive","at":"2026-01-02T03:04:05.678901234Z","call":"c\"1","caller":"<+81>","customer":"k","dialed":"0120",` +
		`"tier":"gold","score":0,"verified":true,"last_agent":"ann","head_start":"1m0s","attributes":{"a":"\n","b":"2"},` +
		`"found":{"customer":"k2","tier":"silver","score":1.5,"last_agent":"bob","attributes":{"c":"3","d":""},"warning":"late"},"warnings":["w"]}`
	if got, err := c.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	c = acd.Command{Type: acd.CmdLogin, At: commandTime, Agent: "ann", Skills: acd.Skills{"b": 1, "a": 10}, Reason: "not read"}
	if got, _ := c.MarshalJSON(); string(got) != `{"type":"login","at":"2026-01-02T03:04:05.678901234Z","agent":"ann","skills":{"a":10,"b":1}}` {
		t.Errorf("got %s", got)
	}
	for want, c := range map[string]acd.Command{
		`"call":"c1","queue":"s","agent":"ann","note":"n"`: {Type: acd.CmdTransfer, Call: "c1", Queue: "s", Agent: "ann", Note: "n", Number: "not read"},
		`"call":"c1","number":"3","from":"2026-01-02T03:04:05.678901234Z","until":"2026-01-02T04:04:05.678901234Z"`: {
			Type: acd.CmdCallback, Call: "c1", Number: "3", From: commandTime.In(time.FixedZone("", 9*3600)), Until: commandTime.Add(time.Hour)},
		`"call":"c1"`:                 {Type: acd.CmdCallback, Call: "c1", Queue: "not read"},
		`"call":"c2"`:                 {Type: acd.CmdCancel, Call: "c2", Channel: "not read"},
		`"call":"c1","channel":"web"`: {Type: acd.CmdDeflect, Call: "c1", Channel: "web"},
		`"plan":{"entry":[{"queue":"s"}],"queues":[{"name":"s","wrap_up":"5s"}]}`: {Type: acd.CmdPlan, Call: "not read", Plan: &acd.Plan{
			Entry: []acd.Entry{{Queue: "s"}}, Queues: []acd.Queue{{Name: "s", WrapUp: 5 * time.Second}}}},
	} {
		c.At = commandTime
		want = `{"type":"` + string(c.Type) + `","at":"2026-01-02T03:04:05.678901234Z",` + want + "}"
		if got, err := c.MarshalJSON(); err != nil || string(got) != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
	c = acd.Command{Type: acd.CmdNotReady, At: commandTime.Truncate(time.Second), Agent: "ann"}
	if got, _ := json.Marshal([]acd.Command{c}); string(got) != `[{"type":"not_ready","at":"2026-01-02T03:04:05Z","agent":"ann"}]` {
		t.Errorf("got %s", got)
	}
}

// What the Engine would refuse or leave out must not turn good on its way
// through JSON.
func TestCommandThatMakesNoSenseStaysSo(t *testing.T) {
	for _, c := range []acd.Command{
		{Type: acd.CmdEnd, At: commandTime, Call: "a\xffb"},
		{Type: acd.CmdEnd, At: commandTime, Call: "\xed\xa0\x80"},
		{Type: acd.CmdEnd, At: commandTime},
		{Type: acd.CmdEnd, Call: "c"},
		{Type: acd.CmdPlan, At: commandTime},
		{Type: acd.CmdPlan, At: commandTime, Plan: &acd.Plan{}},
		{Type: acd.CmdTransfer, At: commandTime, Queue: "s"},
		{Type: acd.CmdTransfer, At: commandTime, Call: "c1", Agent: "a\xff"},
		{Type: acd.CmdTransfer, At: commandTime, Call: "c1", Queue: "s", Note: "\xff"},
		{Type: acd.CmdCallback, At: commandTime, Call: "c1", Number: "\xff"},
		{Type: acd.CmdCallback, At: commandTime, Call: "c1", From: time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Type: acd.CmdCallback, At: commandTime, Call: "c1", Until: time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Type: acd.CmdDeflect, At: commandTime, Call: "c1", Channel: "\xff"},
		{Type: "x\xff", At: commandTime},
		{Type: acd.CmdWrapUp, At: commandTime, Agent: "ann", Code: "\x80"},
	} {
		line, err := json.Marshal(c)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		var back acd.Command
		if err := json.Unmarshal(line, &back); err == nil {
			t.Errorf("%s: became %+v", line, back)
		}
	}
	c := acd.Command{
		Type: acd.CmdArrive, At: commandTime, Call: "c1", Caller: "\xff", Score: new(math.NaN()),
		Attributes: map[string]string{"a\xff": "1", "b": "é\xff😀\"", "c": "3"},
		Found:      &acd.Found{Tier: "\xff", Score: new(math.Inf(1)), Warning: "w"},
	}
	line, err := c.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	got, err := acd.ParseCommand(line)
	want := acd.Command{
		Type: acd.CmdArrive, At: commandTime, Call: "c1", Attributes: map[string]string{"c": "3"}, Found: &acd.Found{Warning: "w"},
		Warnings: []string{
			"caller: want a text, got invalid Unicode", `score: want a number, got "NaN"`,
			"attributes: want keys of text, got invalid Unicode", "attributes.b: want a text, got invalid Unicode",
			"found.tier: want a text, got invalid Unicode", `found.score: want a number, got "+Inf"`},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%s: %v %s", line, err, diff)
	}
	never := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	for what, c := range map[string]acd.Command{
		"the year 10000":               {Type: acd.CmdAdvance, At: never},
		"a window from the year 10000": {Type: acd.CmdCallback, At: commandTime, Call: "c1", From: never},
		"a window to the year 10000":   {Type: acd.CmdCallback, At: commandTime, Call: "c1", Until: never},
		"a plan with a NaN":            {Type: acd.CmdPlan, At: commandTime, Plan: &acd.Plan{Tiers: []acd.Tier{{MinScore: new(math.NaN())}}}},
	} {
		if line, err := c.MarshalJSON(); err == nil {
			t.Errorf("%s was written: %s", what, line)
		}
	}
	if _, err := (acd.Command{Type: acd.CmdEnd, At: commandTime, Call: "c1", From: never}).MarshalJSON(); err != nil {
		t.Errorf("a time that does not count: %v", err)
	}
}

// anyCommand draws commands that make sense, with the fields of their type.
func anyCommand(t *rapid.T) acd.Command {
	id := rapid.StringMatching(`[ -~あ😀�]{1,20}`)
	text := rapid.String()
	instant := rapid.Map(rapid.Int64Range(0, 7_289_654_399_999_999_999), func(n int64) time.Time { return time.Unix(0, n).UTC() })
	maybe := func(label string) time.Time {
		if rapid.Bool().Draw(t, label+" given") {
			return instant.Draw(t, label)
		}
		return time.Time{}
	}
	c := acd.Command{
		Type: rapid.SampledFrom([]acd.CommandType{
			acd.CmdLogin, acd.CmdLogout, acd.CmdReady, acd.CmdNotReady, acd.CmdArrive, acd.CmdHangup, acd.CmdAccept,
			acd.CmdDecline, acd.CmdBridgeFailed, acd.CmdEnd, acd.CmdWrapUp, acd.CmdTransfer,
			acd.CmdCallback, acd.CmdCancel, acd.CmdDeflect, acd.CmdPlan, acd.CmdAdvance}).Draw(t, "type"),
		At: instant.Draw(t, "at"),
	}
	switch c.Type {
	case acd.CmdLogin, acd.CmdLogout, acd.CmdReady, acd.CmdNotReady, acd.CmdWrapUp:
		c.Agent = id.Draw(t, "agent")
	case acd.CmdAccept, acd.CmdDecline:
		c.Offer = id.Draw(t, "offer")
	case acd.CmdArrive, acd.CmdHangup, acd.CmdBridgeFailed, acd.CmdEnd, acd.CmdTransfer, acd.CmdCallback, acd.CmdCancel, acd.CmdDeflect:
		c.Call = id.Draw(t, "call")
	}
	switch c.Type {
	case acd.CmdLogin:
		if rapid.Bool().Draw(t, "skilled") {
			c.Skills = rapid.MapOf(text, rapid.Int()).Draw(t, "skills")
		}
	case acd.CmdNotReady:
		c.Reason = text.Draw(t, "reason")
	case acd.CmdWrapUp:
		c.Code = text.Draw(t, "code")
	case acd.CmdDecline:
		c.Reason, c.Party = text.Draw(t, "reason"), text.Draw(t, "party")
	case acd.CmdTransfer:
		c.Queue, c.Agent, c.Note = text.Draw(t, "queue"), text.Draw(t, "agent"), text.Draw(t, "note")
	case acd.CmdCallback:
		c.Number, c.From, c.Until = text.Draw(t, "number"), maybe("from"), maybe("until")
	case acd.CmdDeflect:
		c.Channel = text.Draw(t, "channel")
	case acd.CmdPlan:
		c.Plan = new(acdtest.RandomPlan(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "n") }))
	case acd.CmdArrive:
		if rapid.Bool().Draw(t, "found") {
			c.Found = &acd.Found{Customer: text.Draw(t, "customer"), Tier: text.Draw(t, "tier"), Score: rapid.Ptr(rapid.Float64(), true).Draw(t, "score"),
				LastAgent: text.Draw(t, "last_agent"), Warning: text.Draw(t, "warning")}
			if rapid.Bool().Draw(t, "attributed") {
				c.Found.Attributes = rapid.MapOf(text, text).Draw(t, "attributes")
			}
		}
		c.Caller, c.Customer, c.Dialed = text.Draw(t, "caller"), text.Draw(t, "customer"), text.Draw(t, "dialed")
		c.Tier, c.LastAgent, c.Verified = text.Draw(t, "tier"), text.Draw(t, "last_agent"), rapid.Bool().Draw(t, "verified")
		c.Score = rapid.Ptr(rapid.Float64(), true).Draw(t, "score")
		c.HeadStart = time.Duration(rapid.Int64().Draw(t, "head_start"))
		if rapid.Bool().Draw(t, "attributed") {
			c.Attributes = rapid.MapOf(text, text).Draw(t, "attributes")
		}
		if rapid.Bool().Draw(t, "warned") {
			c.Warnings = rapid.SliceOfN(rapid.StringN(-1, -1, 256), 0, 32).Draw(t, "warnings")
		}
	}
	return c
}

func TestCommandReadsBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkCommandRoundTrip(t, anyCommand(t)) })
}

func FuzzParseCommand(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `{"type":"advance","at":"2026-01-02T03:04:05.6Z"}`,
		`{"type":"login","at":"2026-01-02T03:04:05+09:00","agent":"オペレーター","skills":{"support":5,"a":-1}}`,
		`{"type":"arrive","at":"2026-01-02T03:04:05Z","call":"c\u00311","caller":"+81 3","score":12.5,"verified":true,"head_start":"1m","attributes":{"menu":"\ud83d\ude00"},"warnings":["w"],"x":1}`,
		`{"type":"arrive","at":"2026-01-02T03:04:05Z","call":"c1","score":"abc","tier":null,"attributes":{"a":1,"\ud800":"x"},"warnings":[5]}`,
		`{"type":"decline","at":"2026-01-02T03:04:05Z","offer":"o1","reason":"busy","party":"agent"}`,
		`{"type":"wrap_up","at":"2026-01-02T03:04:05Z","agent":"ann","code":"sold\u2028"}`,
		`{"type":"transfer","at":"2026-01-02T03:04:05Z","call":"c1","queue":"billing","agent":null,"note":"n\n"}`,
		`{"type":"callback","at":"2026-01-02T03:04:05Z","call":"c1","number":"+81 3","from":"2026-01-02T04:00:00+09:00","until":"2026-01-03T00:00:00Z"}`,
		`{"type":"cancel","at":"2026-01-02T03:04:05Z","call":"c1"}`,
		`{"type":"deflect","at":"2026-01-02T03:04:05Z","call":"c1","channel":"sms"}`,
		`{"type":"plan","at":"2026-01-02T03:04:05Z","plan":{"entry":[{"queue":"s"}],"queues":[{"name":"s","ring":"5s"},{"name":"s"}]}}`,
		`{"type":"plan","at":"2026-01-02T03:04:05Z","plan":{"entry":[{"queue":"s"}],"queues":[{"name":"s","steps":[{"needs":{"s":5}}]}]}}`,
		`{"type":"arrive","at":"2026-01-02T03:04:05Z","call":"c1","found":{"customer":"k","tier":"gold","score":5,"last_agent":"ann","attributes":{"a":"1"},"warning":"w","x":1}}`,
		`{"type":"end","at":"2200-12-31T23:59:59.999999999Z","call":"\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		c, err := acd.ParseCommand(line)
		if err != nil {
			refused, ok := errors.AsType[*acd.Refused](err)
			if !ok || refused.Code == "" || len(refused.Detail) > 1000 {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		if !json.Valid(line) {
			t.Fatal("taken, though it is no JSON")
		}
		checkCommandRoundTrip(t, c)
	})
}

func BenchmarkParseCommand(b *testing.B) {
	for name, line := range map[string]string{
		"end":    `{"type":"end","at":"2026-01-02T03:04:05.678901234Z","call":"call-000123456"}`,
		"arrive": `{"type":"arrive","at":"2026-01-02T03:04:05.678901234Z","call":"call-000123456","caller":"+819012345678","customer":"k-777","dialed":"0120-111-222","tier":"gold","attributes":{"menu":"2"}}`,
	} {
		b.Run(name, func(b *testing.B) {
			data := []byte(line)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := acd.ParseCommand(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
