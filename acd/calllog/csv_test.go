package calllog_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"github.com/najimi-acd/najimi/acd/calllog"
)

func ExampleReadCSV() {
	log, err := calllog.ReadCSV(strings.NewReader(`arrival,queue,outcome,wait,agent,talk,tier
2026-01-05 09:00:00,support,answered,12,aya,3m20s,gold
2026-01-05 09:01:30,support,abandoned,45.5,,,
2026-01-05 09:02:10,support,lost,4,,,
`), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range log.Calls {
		fmt.Printf("%s %s after %v, tier %q, agent %q\n", c.Arrival.Format("15:04:05"), c.Outcome, c.Wait, c.Tier, c.Agent)
	}
	for _, o := range log.Dropped {
		fmt.Printf("%d dropped: %s, first in line %d\n", o.Count, o.Kind, o.Line)
	}
	// Output:
	// 09:00:00 answered after 12s, tier "gold", agent "aya"
	// 09:01:30 abandoned after 45.5s, tier "", agent ""
	// 1 dropped: bad_outcome, first in line 4
}

// TestWhatIsWrittenIsRead back, whatever is in it.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[^\s\pC\pZ]([^\pC\pZ]| ){0,8}[^\s\pC\pZ]`))
		length := rapid.OneOf(rapid.Just(time.Duration(0)), rapid.Map(rapid.Int64Range(0, 1e15), func(n int64) time.Duration { return time.Duration(n) }))
		var calls []calllog.Call
		for i := range rapid.IntRange(0, 5).Draw(t, "calls") {
			c := calllog.Call{
				Line:    i + 2,
				ID:      fmt.Sprint(i, name.Draw(t, "id")),
				Queue:   "q" + name.Draw(t, "queue"),
				Caller:  name.Draw(t, "caller"),
				Tier:    name.Draw(t, "tier"),
				Arrival: at(1, 9, i, 0).Add(length.Draw(t, "at") / 1e9),
				Outcome: rapid.SampledFrom([]calllog.Outcome{calllog.Answered, calllog.Abandoned, calllog.Left, calllog.Open}).Draw(t, "outcome"),
				Missed:  rapid.IntRange(0, 3).Draw(t, "missed"),
			}
			if c.Outcome != calllog.Open {
				c.Wait = length.Draw(t, "wait")
			}
			if c.Outcome == calllog.Answered {
				c.Agent = "a" + name.Draw(t, "agent")
				c.Start = c.Arrival.Add(c.Wait + length.Draw(t, "late")/1e6)
				if c.TalkKnown = rapid.Bool().Draw(t, "known"); c.TalkKnown {
					c.Talk = length.Draw(t, "talk")
				}
			}
			calls = append(calls, c)
		}
		var b bytes.Buffer
		if err := calllog.WriteCSV(&b, calls); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		log, err := calllog.ReadCSV(&b, nil)
		if err != nil {
			t.Fatal(err)
		}
		if log.Odd != nil || log.Dropped != nil || !reflect.DeepEqual(log.Calls, calls) {
			t.Fatalf("%s\nwas read as\n%+v\nwant\n%+v\nodd %v, dropped %v", text, log.Calls, calls, log.Odd, log.Dropped)
		}
	})
}

func TestLinesThatCannotBeUsedAreNamed(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	log, err := calllog.ReadCSV(strings.NewReader("\ufeffWait, Outcome,arrival,id,agent,talk,start,missed,mood,caller,queue\n"+
		"1m,Answered,2026-01-05T09:00:00.5,x,aya,10,,2,cheerful,0312345678,q\n"+ // 2
		"5,answered,2026-01-05 08:00,x,,ten,yesterday,-1,,\a,q\n"+ // 3: odd throughout
		"5,abandoned,05.01.2026 08:00:01,,aya,,,,,,q\n"+ // 4
		"5,abandoned,2026-01-05T08:00:01Z,,aya,,,,,,q\n"+ // 5
		"-5,abandoned,2026-01-05T08:00:01Z,,,,,,,,q\n"+ // 6
		",left,2026-01-05T08:00:01Z,,,,,,,,q\n"+ // 7
		",open,2026-01-05T08:00:01Z,,,,,,,,q\n"+ // 8
		"1,open,1960-01-05T08:00:01Z,,,,,,,,q\n"+ // 9
		"1,gone,2026-01-05T08:00:01Z,,,,,,,,q\n"+ // 10
		"1,left,2026-01-05T08:00:01Z\n"+ // 11: no queue
		"\"1\"2,left,2026-01-05T08:00:01Z,,,,,,,,q\n"+ // 12
		"1,left,2026-01-05 17:00:01+09:00,,,,,,,,q\n"), tokyo) // 13
	if err != nil {
		t.Fatal(err)
	}
	wantDropped := []calllog.Oddity{
		{Kind: calllog.BadCSV, Count: 1, Line: 12}, {Kind: calllog.BadName, Count: 1, Line: 11}, {Kind: calllog.BadOutcome, Count: 1, Line: 10},
		{Kind: calllog.BadTime, Count: 2, Line: 4}, {Kind: calllog.BadWait, Count: 2, Line: 6},
	}
	if !reflect.DeepEqual(log.Dropped, wantDropped) {
		t.Errorf("dropped %v", log.Dropped)
	}
	wantOdd := []calllog.Oddity{
		{Kind: calllog.AgentNoAnswer, Count: 1, Line: 5}, {Kind: calllog.NoAgent, Count: 1, Line: 3}, {Kind: calllog.BadNumber, Count: 3, Line: 3},
		{Kind: calllog.BadOptional, Count: 1, Line: 3}, {Kind: calllog.DuplicateID, Count: 1, Line: 3}, {Kind: calllog.UnknownColumn, Count: 1, Line: 1},
	}
	if !reflect.DeepEqual(log.Odd, wantOdd) {
		t.Errorf("odd %v", log.Odd)
	}
	var lines []int
	for _, c := range log.Calls {
		lines = append(lines, c.Line)
	}
	if !reflect.DeepEqual(lines, []int{3, 2, 5, 8, 13}) {
		t.Errorf("calls of lines %v", lines)
	}
	if c := log.Calls[1]; !c.Arrival.Equal(time.Date(2026, 1, 5, 0, 0, 0, 5e8, time.UTC)) || c.Wait != time.Minute || c.Talk != 10*time.Second ||
		!c.TalkKnown || !c.Start.Equal(c.Arrival.Add(time.Minute)) || c.Missed != 2 || c.Caller != "0312345678" {
		t.Errorf("call %+v", c)
	}
}

// TestAQuoteThatIsNotClosedCostsItsLine and none of those that follow.
func TestAQuoteThatIsNotClosedCostsItsLine(t *testing.T) {
	const row = "2026-01-05 09:00:00,left,5,x,y\n"
	text := "\ufeff\"arrival\",outcome,wait,caller,note\n" +
		row + // 2
		"2026-01-05 09:00:00,left,5,x,\"a note\nof three\r\n\nlines\"\n" + // 3
		"2026-01-05 09:00:00,left,5,\"x,y\n" + // 7
		strings.Repeat(row, 5) + " \n" + // 8 to 13
		"2026-01-05 09:00:00,left,5,x,y\"\n" + // 14
		"2026-01-05 09:00:00,left,5,\"x, y\",\"he said \"\"no\"\"\"\n" + // 15
		"2026-01-05 09:00:00,left,5,x," + strings.Repeat("y", 1<<17) + "\n" + // 16
		strings.Repeat(row, 150) + // 17 to 166
		"2026-01-05 09:00:00,left,5,x,\"" // 167
	log, err := calllog.ReadCSV(strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []calllog.Oddity{{Kind: calllog.BadCSV, Count: 3, Line: 7}, {Kind: calllog.LongLine, Count: 1, Line: 16}}
	if !reflect.DeepEqual(log.Dropped, want) {
		t.Errorf("dropped %v, want %v", log.Dropped, want)
	}
	if len(log.Calls) != 1+1+5+1+150 || log.Calls[1].Line != 3 || log.Calls[7].Line != 15 || log.Calls[7].Caller != "x, y" || log.Calls[157].Line != 166 {
		t.Errorf("%d calls: %+v", len(log.Calls), log.Calls)
	}
}

// TestEachRowIsACallOrDropped, whatever is in it.
func TestEachRowIsACallOrDropped(t *testing.T) {
	parts := []string{"2026-01-05 09:00:00", "answered", "left", "open", "7", "-1", "", " ", "\"q\"", "x\r", "\xff", "ab\x00", "1h"}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("arrival,outcome,wait,queue,talk\n")
		rows := 0
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			row := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(t, "row"), ",")
			if rapid.IntRange(0, 9).Draw(t, "broken") == 0 {
				row += `,"never closed`
			}
			if strings.TrimSpace(row) != "" {
				rows++
			}
			b.WriteString(row + "\n")
		}
		log, err := calllog.ReadCSV(strings.NewReader(b.String()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(log.Calls) + dropped(log); got != rows {
			t.Fatalf("%d calls and %d dropped of %d rows in\n%s", len(log.Calls), dropped(log), rows, b.String())
		}
	})
}

func dropped(log *calllog.Log) (lines int) {
	for _, o := range log.Dropped {
		lines += o.Count
	}
	return lines
}

func TestHeadersThatLackSomethingAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "no header",
		"\ufeff":                      "no header",
		"\"arrival":                   "line 1: no header: bad_csv",
		"arrival,wait\n":              `no column "outcome" among ["arrival" "wait"]`,
		"arrival,outcome,wait,wait\n": `column "wait" is there twice`,
	} {
		if _, err := calllog.ReadCSV(strings.NewReader(text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	broken := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("arrival,outcome,wait\n")))
	if _, err := calllog.ReadCSV(broken, nil); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("of a reader that fails: %v", err)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("arrival,queue,outcome,wait\n2026-01-05 09:00:00,q,answered,5\n")
	f.Add("Wait,outcome,ARRIVAL,start,talk\n1h,open,2026-01-05T09:00:00+09:00,,\n\"x\"y,left,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		log, err := calllog.ReadCSV(strings.NewReader(text), nil)
		if err != nil {
			return
		}
		rows := slices.DeleteFunc(strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n"), func(row string) bool { return strings.TrimSpace(row) == "" })
		used := len(log.Calls) + dropped(log) + 1
		if used > len(rows) || used < len(rows) && !strings.Contains(text, `"`) {
			t.Fatalf("%d calls, %d dropped and a header of %d rows", len(log.Calls), dropped(log), len(rows))
		}
		for i, c := range log.Calls {
			if c.Wait < 0 || c.Talk < 0 || c.Missed < 0 || !calllog.Name(c.Queue) || i > 0 && c.Arrival.Before(log.Calls[i-1].Arrival) {
				t.Fatalf("%+v", c)
			}
		}
	})
}
