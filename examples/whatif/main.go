// Whatif takes the calls of a log through two or more rules and tells what each
// kind of caller would have lived through under each, how the rules differ on
// the same callers, and what such a replay cannot know.
//
//	go run ./examples/whatif
//	go run ./examples/whatif -log anonymous_bank_1999-01.tsv.gz -html january.html
//	go run ./examples/whatif -log queue_log -zone Asia/Tokyo -plan now=plan.json -plan new=other.json
//	go run ./examples/whatif -log calls.csv -head-starts 30s,60s,120s -holds 0s,20s -agents -1
//
// The first rule is the base line of all differences. Head starts, holds and
// other numbers of operators are tried on the rule by which the log came about,
// if that is known, else on the base line, or on the one that -on names.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

func main() {
	o, err := parse(os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		os.Exit(2) // the flag set has said why
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err = run(ctx, o, os.Stdout)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "whatif: stopped")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "whatif:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	h, err := readHistory(o)
	if err != nil {
		return err
	}
	list, changed, err := variants(h, o)
	if err != nil {
		return err
	}
	if o.showPlan != "" {
		return showPlan(list, o.showPlan, out)
	}
	bar := progressbar.NewOptions(len(list)*o.runs,
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetVisibility(term.IsTerminal(int(os.Stderr.Fd()))),
		progressbar.OptionSetDescription("simulating"),
		progressbar.OptionThrottle(50*time.Millisecond),
		progressbar.OptionClearOnFinish())
	r, err := compare(ctx, h, list, changed, o, func() { bar.Add(1) })
	bar.Finish()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if o.html != "" {
		if err := r.page().Write(&text); err != nil {
			return err
		}
		if err := os.WriteFile(o.html, text.Bytes(), 0o644); err != nil {
			return err
		}
		text.Reset()
	}
	if o.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", " ")
		return encoder.Encode(r)
	}
	if err := r.print(&text); err != nil {
		return err
	}
	_, err = out.Write(text.Bytes())
	return err
}

// showPlan writes one of the rules as a plan's file has it.
func showPlan(list []variant, name string, out io.Writer) error {
	var names []string
	for _, v := range list {
		if v.name == name {
			encoder := json.NewEncoder(out)
			encoder.SetIndent("", "  ")
			return encoder.Encode(v.plan)
		}
		names = append(names, v.name)
	}
	return fmt.Errorf("-show-plan: want one of %q, got %q", names, name)
}
