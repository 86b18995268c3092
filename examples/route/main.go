// Route is the router as a pipe, for a program in any language: commands come
// in as JSON lines, events go out as JSON lines.
//
//	go run ./examples/route -plan plan.json <commands >events
//
// Events come in order and are flushed whenever the input pauses. A line that
// is refused or malformed becomes an object of type "refused" with the line's
// number, a code and the detail, and the stream goes on. Blank lines are
// counted and skipped.
//
// With -report the figures of all the events are written to a file at the end,
// by half-hours in UTC: as JSON if its name ends in .json, else as text.
//
// With -ack each line that is not blank is answered, after its events, by
// {"type":"done","line":N}. With -drain the timers that are left run at the end
// of the input. With -check the findings about the plan are printed and nothing
// is routed.
//
// Time is what the commands say; this program has no clock. What falls due
// between two commands (a phone that nobody answers, a step of a ladder, the end
// of a wrap-up) is told with the next one. So a live driver sends
// {"type":"advance","at":…} as often as it wants to hear of that, say every 100
// milliseconds.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/acd/report"
)

func main() {
	planFile := flag.String("plan", "", "the plan, a `file` of JSON (required)")
	ack := flag.Bool("ack", false, `follow each command's events with {"type":"done","line":N}`)
	drain := flag.Bool("drain", false, "at the end of the input, let the remaining timers run")
	reportFile := flag.String("report", "", "at the end, write the figures to a `file`: text, or JSON if it is named .json")
	check := flag.Bool("check", false, "print what is doubtful about the plan, and route nothing")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: route -plan FILE [-ack] [-drain] [-report FILE] [-check] <commands >events")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *planFile == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	var err error
	if *check {
		err = findings(*planFile, os.Stdout)
	} else {
		err = run(*planFile, *reportFile, *ack, *drain, os.Stdin, os.Stdout)
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(os.Stderr, "route:", err)
		os.Exit(1)
	}
}

func readPlan(file string) (acd.Plan, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return acd.Plan{}, err
	}
	plan, err := acd.ParsePlan(text)
	if err != nil {
		return acd.Plan{}, fmt.Errorf("%s:\n%w", file, err)
	}
	return plan, nil
}

// findings tells what Plan.Check says, without knowing the agents.
func findings(planFile string, out io.Writer) error {
	plan, err := readPlan(planFile)
	if err != nil {
		return err
	}
	for _, finding := range plan.Check(nil) {
		if _, err := fmt.Fprintln(out, finding); err != nil {
			return err
		}
	}
	return nil
}

func run(planFile, reportFile string, ack, drain bool, in io.Reader, out io.Writer) error {
	plan, err := readPlan(planFile)
	if err != nil {
		return err
	}
	engine, err := acd.New(plan)
	if err != nil {
		return fmt.Errorf("%s:\n%w", planFile, err)
	}
	p := pipe{engine: engine, ack: ack, in: bufio.NewReaderSize(in, 1<<16), out: bufio.NewWriterSize(out, 1<<16)}
	if reportFile != "" {
		if p.report, err = report.New(report.Options{Plan: &plan}); err != nil {
			return err
		}
	}
	if err := p.stream(); err != nil {
		p.out.Flush()
		return err
	}
	if drain {
		if err := p.drain(); err != nil {
			p.out.Flush()
			return err
		}
	}
	if err := p.out.Flush(); err != nil || p.report == nil {
		return err
	}
	return writeReport(reportFile, p.report.Result(time.Time{}))
}

func writeReport(file string, result report.Result) error {
	var text bytes.Buffer
	if strings.HasSuffix(file, ".json") {
		if err := json.NewEncoder(&text).Encode(result); err != nil {
			return err
		}
	} else if err := result.WriteText(&text); err != nil {
		return err
	}
	return os.WriteFile(file, text.Bytes(), 0o666)
}

// pipe drives one engine.
type pipe struct {
	engine *acd.Engine
	report *report.Report // nil: none is wanted
	ack    bool
	in     *bufio.Reader
	out    *bufio.Writer

	line   int // of the input, from 1
	events []acd.Event
	text   []byte
}

func (p *pipe) stream() error {
	for {
		line, tooLong, err := p.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		p.line++
		if !tooLong && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := p.command(line, tooLong); err != nil {
			return err
		}
	}
}

// maxLine bounds a line of input. The largest arrival is much smaller.
const maxLine = 1 << 20

// next reads a line. Before it could have to wait for one, it flushes what has
// been said. Of a line that is too long nothing is kept.
func (p *pipe) next() (line []byte, tooLong bool, err error) {
	ready, _ := p.in.Peek(p.in.Buffered())
	if bytes.IndexByte(ready, '\n') < 0 {
		if err := p.out.Flush(); err != nil {
			return nil, false, err
		}
	}
	p.text = p.text[:0]
	for {
		part, err := p.in.ReadSlice('\n')
		if len(p.text)+len(part) > maxLine {
			tooLong = true
			p.text = p.text[:0]
		}
		if !tooLong {
			p.text = append(p.text, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && (len(p.text) > 0 || tooLong):
			return p.text, tooLong, nil // the last line may lack its end
		default:
			return p.text, tooLong, err
		}
	}
}

func (p *pipe) command(line []byte, tooLong bool) error {
	refused := &acd.Refused{Code: acd.CodeMalformed, Detail: fmt.Sprintf("the line is longer than %d bytes", maxLine)}
	if !tooLong {
		cmd, err := acd.ParseCommand(line)
		if err == nil {
			p.events, err = p.engine.Append(p.events[:0], cmd)
			if err := p.write(); err != nil {
				return err
			}
		}
		refused = nil
		if err != nil {
			var ok bool
			if refused, ok = errors.AsType[*acd.Refused](err); !ok {
				return err
			}
		}
	}
	if refused != nil {
		if err := p.say(struct {
			Type   string   `json:"type"`
			Line   int      `json:"line"`
			Code   acd.Code `json:"code"`
			Detail string   `json:"detail"`
		}{"refused", p.line, refused.Code, refused.Detail}); err != nil {
			return err
		}
	}
	if p.ack {
		return p.say(struct {
			Type string `json:"type"`
			Line int    `json:"line"`
		}{"done", p.line})
	}
	return nil
}

// write sends the events on, and counts them.
func (p *pipe) write() error {
	if p.report != nil {
		p.report.Add(p.events...)
	}
	for i := range p.events {
		p.text = append(p.events[i].AppendJSON(p.text[:0]), '\n')
		if _, err := p.out.Write(p.text); err != nil {
			return err
		}
	}
	return nil
}

func (p *pipe) say(what any) error {
	text, err := json.Marshal(what)
	if err != nil {
		return err
	}
	_, err = p.out.Write(append(text, '\n'))
	return err
}

// drain lets the timers run. It ends a year after the first of them, the
// longest that one timer can take: a plan may make an agent who never answers
// ring for ever.
func (p *pipe) drain() error {
	next, ok := p.engine.Next()
	for end := next.Add(8760 * time.Hour); ok && !next.After(end); next, ok = p.engine.Next() {
		var err error
		p.events, err = p.engine.Append(p.events[:0], acd.Command{Type: acd.CmdAdvance, At: next})
		if err != nil {
			return err
		}
		if err := p.write(); err != nil {
			return err
		}
	}
	return nil
}
