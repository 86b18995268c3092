package cover

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadKinds(t *testing.T) {
	got, err := ReadKinds(strings.NewReader(`{"kinds":[
		{"name":"full","from":"07:00","to":"12:00","every":"30m","length":"9h","breaks":[{"earliest":"3h","latest":"5h","every":"15m","length":"1h","paid":true}],"cost":8.5},
		{"name":"night","from":"26:30","length":"4h"}]}`))
	want := []Kind{
		{Name: "full", From: 7 * time.Hour, To: 12 * time.Hour, Every: 30 * time.Minute, Length: 9 * time.Hour, Cost: 8.5,
			Breaks: []Break{{Earliest: 3 * time.Hour, Latest: 5 * time.Hour, Every: 15 * time.Minute, Length: time.Hour, Paid: true}}},
		{Name: "night", From: 26*time.Hour + 30*time.Minute, Length: 4 * time.Hour},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestReadKindsNamesWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"{\n \"kinds\": [,]}":                 "line 2, column 12: invalid character ','",
		`{"kinds":[]} 1`:                      "line 1, column 14: invalid character '1'",
		``:                                    "line 1, column 1: unexpected end",
		"\xff":                                "not UTF-8",
		`[]`:                                  "the text: want an object, got []",
		`{}`:                                  "kinds: missing",
		`{"kinds":[]}`:                        "kinds: there are none",
		`{"kinds":null}`:                      "kinds: want a list, got null",
		`{"Kinds":[]}`:                        "Kinds: unknown field",
		`{"kinds":[{}]}`:                      "kinds[0].name: missing\nkinds[0].from: missing\nkinds[0].length: missing",
		`{"kinds":[3]}`:                       "kinds[0]: want an object, got 3",
		`{"kinds":[{"cost":"1"}]}`:            `kinds[0].cost: want a number, got "1"`,
		`{"kinds":[{"name":null}]}`:           `kinds[0].name: want a text, got null`,
		`{"kinds":[{"name":1}]}`:              `kinds[0].name: want a text, got 1`,
		`{"kinds":[{"from":"7:00"}]}`:         `kinds[0].from: want a time of day such as "07:00", got "7:00"`,
		`{"kinds":[{"from":"07:60"}]}`:        `kinds[0].from: want a time of day`,
		`{"kinds":[{"to":"48:00"}]}`:          `kinds[0].to: want a time of day`,
		`{"kinds":[{"length":9}]}`:            `kinds[0].length: want a duration such as "30m", got 9`,
		`{"kinds":[{"every":"9"}]}`:           `kinds[0].every: want a duration`,
		`{"kinds":[{"cost":1,"cost":2}]}`:     "kinds[0].cost: given twice",
		`{"kinds":[{"breaks":[{}]}]}`:         "kinds[0].breaks[0].earliest: missing\nkinds[0].breaks[0].length: missing",
		`{"kinds":[{"breaks":{}}]}`:           "kinds[0].breaks: want a list, got {}",
		`{"kinds":[{"breaks":[{"paid":0}]}]}`: "kinds[0].breaks[0].paid: want true or false, got 0",
		`{"kinds":[{"name":"a","from":"07:00","length":"25h"}]}`:    "kinds[0].length (a): 25h0m0s must lie from 1m to 24h",
		`{"kinds":[{"name":"a","from":"07:00","len":"9h","x":[]}]}`: "kinds[0].len: unknown field\nkinds[0].x: unknown field",
	} {
		kinds, err := ReadKinds(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || kinds != nil {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
	broken := errors.New("broken")
	if _, err := ReadKinds(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadKinds(f *testing.F) {
	f.Add(`{"kinds":[{"name":"full","from":"07:00","to":"12:00","every":"30m","length":"9h","breaks":[{"earliest":"3h","latest":"5h","length":"1h"}],"cost":8}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		kinds, err := ReadKinds(strings.NewReader(text))
		if err == nil && check(kinds) != nil {
			t.Errorf("%v are not sound", kinds)
		}
	})
}
