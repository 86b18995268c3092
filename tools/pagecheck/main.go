// Pagecheck opens pages of HTML in a browser without a window and tells what is
// wrong with them: as a desktop and as a phone would show them, in light and in dark,
// and as they are printed; without a network.
//
//	go run ./tools/pagecheck [-shots DIR] FILE...
//	go run ./tools/pagecheck -selftest
//
// A page must need nothing but its own file, write no error to the console, and not
// be wider than the window; on paper, no table may be folded away. Each of its figures, which are elements figure.chart,
// must show one drawing of a sensible size, with marks in it and with all its texts
// inside and apart from each other. The attribute data-series of a figure says how
// many series its drawing has; their marks are painted with the style sheet's
// variables --series-1, --series-2 and so on.
//
// It fails where a page has a fault, and where there is no browser.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
)

func main() {
	chrome := flag.String("chrome", "", "the browser's `program`; by default chromium, chromium-browser or google-chrome")
	shots := flag.String("shots", "", "keep a screenshot of every view in this `directory`")
	selftest := flag.Bool("selftest", false, "check pages with known faults, and see that each is found")
	flag.Parse()
	if *selftest == (flag.NArg() > 0) {
		fmt.Fprintln(os.Stderr, "pagecheck: name the files to check, or give -selftest")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *chrome, *shots, *selftest, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, chrome, shots string, selftest bool, files []string) error {
	program, err := findBrowser(chrome)
	if err != nil {
		return err
	}
	if shots != "" {
		if err := os.MkdirAll(shots, 0o755); err != nil {
			return err
		}
	}
	b, err := startBrowser(ctx, program)
	if err != nil {
		return err
	}
	defer b.stop()
	if selftest {
		return b.selftest()
	}
	var faults []error
	for _, file := range files {
		found, figures, err := b.check(file, shots, views)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, fault := range found {
			faults = append(faults, fmt.Errorf("%s: %s", file, fault))
		}
		if len(found) == 0 {
			fmt.Printf("%s: %d figures, well drawn in %d views\n", file, figures, len(views))
		}
	}
	return errors.Join(faults...)
}

// findBrowser returns the program named, or the first that is there.
func findBrowser(name string) (string, error) {
	if name != "" {
		return exec.LookPath(name)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return program, nil
		}
	}
	return "", errors.New("no browser found: install chromium, or name one with -chrome")
}
