package calllog

import (
	"bufio"
	"errors"
	"io"
	"iter"
)

// LongLine is a reason to drop a line of any log: it has 64 KiB or more.
const LongLine = "long_line"

// longest is the length from which on a line is too long, in bytes.
// Asterisk writes at most 8 KiB.
const longest = 64 << 10

// lines yields the lines of r, each with what ends it; one that is too long as
// "". An error comes instead of the line that cannot be read, and is the last.
func lines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		in := bufio.NewReaderSize(r, longest)
		for {
			part, err := in.ReadSlice('\n')
			text := string(part)
			long := errors.Is(err, bufio.ErrBufferFull)
			for errors.Is(err, bufio.ErrBufferFull) {
				text = ""
				_, err = in.ReadSlice('\n')
			}
			end := errors.Is(err, io.EOF)
			switch {
			case err != nil && !end:
				yield("", err)
				return
			case end && text == "" && !long:
				return
			}
			if !yield(text, nil) || end {
				return
			}
		}
	}
}
