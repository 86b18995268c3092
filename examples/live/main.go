// Live is a small centre on the real clock, played fast: callers arrive, wait,
// talk and lose patience, and you look at the wallboard and over the operators'
// shoulders.
//
//	go run ./examples/live
//	go run ./examples/live -for 1m -speed 10
//	go run ./examples/live -journal DIR && go run ./examples/replay -twice DIR/records-1.jsonl
//
// Everything that takes time (ringing, talking, patience) is made shorter by
// -speed; times that are shown are those of the centre. The router itself knows
// nothing of that: it runs on the real clock.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/najimi-acd/najimi/acd"
	"github.com/najimi-acd/najimi/examples/filejournal"
)

type options struct {
	length   time.Duration
	speed    float64
	seed     uint64
	journal  string
	terminal bool
}

func main() {
	var o options
	flag.DurationVar(&o.length, "for", 15*time.Second, "how long to play, in real time")
	flag.Float64Var(&o.speed, "speed", 40, "how many times faster than life")
	flag.Uint64Var(&o.seed, "seed", 1, "of the random numbers")
	flag.StringVar(&o.journal, "journal", "", "keep a journal in this `directory`, and go on from what it has")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "live: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	o.terminal = term.IsTerminal(int(os.Stdout.Fd()))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	if !(o.speed > 0 && o.speed <= 1e6) || o.length <= 0 {
		return errors.New("-speed: want more than 0 and at most 1000000; -for: want more than 0s")
	}
	config := acd.Config{Plan: plan(o.speed), Lookup: customers.find}
	if o.journal != "" {
		journal, err := filejournal.Open(o.journal)
		if err != nil {
			return err
		}
		defer journal.Close()
		config.Journal = journal
	}
	router, err := acd.Open(ctx, config)
	if err != nil {
		return err
	}
	playing, stop := context.WithTimeout(ctx, o.length)
	defer stop()
	c := &centre{router: router, ctx: context.WithoutCancel(ctx), speed: o.speed}
	b := newBoard(out, o.terminal, o.speed)

	var all sync.WaitGroup
	first := router.Seq()
	all.Go(func() { c.react(first, rand.New(rand.NewPCG(o.seed, 0)), b) })
	all.Go(func() { b.run(playing) })
	c.open()
	c.bringCalls(playing, first, rand.New(rand.NewPCG(o.seed, 1)))

	// The day is over: everybody hangs up, and nobody is called back.
	for _, call := range b.live() {
		c.do(acd.Command{Type: acd.CmdHangup, Call: call})
		c.do(acd.Command{Type: acd.CmdCancel, Call: call})
	}
	err = router.Close(c.ctx)
	all.Wait()
	b.finish()
	return errors.Join(err, c.failed())
}
