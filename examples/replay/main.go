// Replay plays a router's journal once more: the same commands in, the same
// events out, byte for byte.
//
//	go run ./examples/replay                      a small built-in journal
//	go run ./examples/replay FILE                 a journal: one command a line, the plan first
//	go run ./examples/replay -twice FILE          play it twice and compare
//	go run ./examples/replay -events EVENTS FILE  compare with events that somebody kept
//
// FILE is what examples/filejournal writes (records-1.jsonl); "-" is standard
// input. Events go to standard output as JSON lines, or, with a comparison, a
// sentence.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/najimi-acd/najimi/acd"
)

func main() {
	twice := flag.Bool("twice", false, "play the journal twice and say whether the events are equal")
	events := flag.String("events", "", "compare with the events in this `file`")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: replay [-twice] [-events FILE] [JOURNAL]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *twice, *events, os.Stdout); err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(os.Stderr, "replay:", err)
		os.Exit(1)
	}
}

func run(file string, twice bool, eventsFile string, out io.Writer) error {
	journal, err := read(file)
	if err != nil {
		return err
	}
	if !twice && eventsFile == "" {
		buffered := bufio.NewWriter(out)
		return errors.Join(replay(journal, buffered), buffered.Flush())
	}
	var first bytes.Buffer
	if err := replay(journal, &first); err != nil {
		return err
	}
	n := bytes.Count(first.Bytes(), []byte("\n"))
	if twice {
		var second bytes.Buffer
		if err := replay(journal, &second); err != nil {
			return err
		}
		if err := compare(first.Bytes(), second.Bytes()); err != nil {
			return fmt.Errorf("played twice: %w", err)
		}
		fmt.Fprintf(out, "equal: played twice, %d events\n", n)
	}
	if eventsFile != "" {
		kept, err := os.ReadFile(eventsFile)
		if err != nil {
			return err
		}
		if err := compare(first.Bytes(), kept); err != nil {
			return fmt.Errorf("%s: %w", eventsFile, err)
		}
		fmt.Fprintf(out, "equal: %s, %d events\n", eventsFile, n)
	}
	return nil
}

func read(file string) ([]byte, error) {
	switch file {
	case "":
		return []byte(builtIn), nil
	case "-":
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(file)
}

// replay carries out each line and writes the events.
func replay(journal []byte, out io.Writer) error {
	var engine *acd.Engine
	var text []byte
	n := 0
	for line := range bytes.Lines(journal) {
		n++
		cmd, err := acd.ParseCommand(line)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if engine == nil {
			if cmd.Type != acd.CmdPlan {
				return fmt.Errorf("line %d: want the plan, got %q", n, cmd.Type)
			}
			if engine, err = acd.New(*cmd.Plan); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			continue
		}
		events, _ := engine.Apply(cmd) // what was refused then is refused again
		for i := range events {
			text = append(events[i].AppendJSON(text[:0]), '\n')
			if _, err := out.Write(text); err != nil {
				return err
			}
		}
	}
	return nil
}

// compare tells the first line in which two texts differ.
func compare(got, want []byte) error {
	for n := 1; len(got) > 0 || len(want) > 0; n++ {
		var a, b []byte
		a, got, _ = bytes.Cut(got, []byte("\n"))
		b, want, _ = bytes.Cut(want, []byte("\n"))
		if !bytes.Equal(a, bytes.TrimSuffix(b, []byte("\r"))) {
			return fmt.Errorf("event %d differs:\nreplayed %s\nkept     %s", n, a, b)
		}
	}
	return nil
}

// builtIn is a journal as a router writes it.
const builtIn = `{"type":"plan","at":"2026-01-05T09:00:00Z","plan":{"tiers":[{"name":"gold","head_start":"2m0s"}],"entry":[{"queue":"support"}],"queues":[{"name":"support","wrap_up":"30s"}]}}
{"type":"arrive","at":"2026-01-05T09:00:10.25Z","call":"mori","caller":"03-1111-1111"}
{"type":"arrive","at":"2026-01-05T09:01:40.5Z","call":"sato","caller":"03-2222-2222","found":{"tier":"gold"}}
{"type":"arrive","at":"2026-01-05T09:01:41Z","call":"ito","found":{"warning":"lookup: no answer within 300ms"}}
{"type":"login","at":"2026-01-05T09:01:50Z","agent":"aya"}
{"type":"ready","at":"2026-01-05T09:01:50Z","agent":"aya"}
{"type":"accept","at":"2026-01-05T09:01:53.125Z","offer":"o1"}
{"type":"accept","at":"2026-01-05T09:01:54Z","offer":"o9"}
{"type":"end","at":"2026-01-05T09:05:00Z","call":"sato"}
{"type":"advance","at":"2026-01-05T09:05:30.000081Z"}
{"type":"advance","at":"2026-01-05T09:05:50.000093Z"}
{"type":"hangup","at":"2026-01-05T09:06:00Z","call":"mori"}
`
