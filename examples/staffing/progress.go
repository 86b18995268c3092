package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows on a terminal how far it is; into a pipe or a file it writes nothing.
type bar struct {
	out     io.Writer
	visible bool
	now     *progressbar.ProgressBar
}

func progress(out io.Writer) *bar {
	file, ok := out.(*os.File)
	return &bar{out: out, visible: ok && term.IsTerminal(int(file.Fd()))}
}

// show begins to count something new, of 0 where it is not known how many.
func (b *bar) show(what string) func(done, of int) {
	b.close()
	return func(done, of int) {
		if of == 0 {
			of = -1
		}
		if b.now == nil {
			b.now = progressbar.NewOptions(of,
				progressbar.OptionSetWriter(b.out),
				progressbar.OptionSetVisibility(b.visible),
				progressbar.OptionSetDescription(what),
				progressbar.OptionThrottle(50*time.Millisecond),
				progressbar.OptionClearOnFinish())
		}
		b.now.ChangeMax(of)
		b.now.Set(done)
	}
}

func (b *bar) close() {
	if b.now != nil {
		b.now.Finish()
		b.now = nil
	}
}
