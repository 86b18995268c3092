package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/najimi-acd/najimi/acd/calllog"
	"github.com/najimi-acd/najimi/examples/bank"
)

// The formats of logs.
const (
	formatAuto     = "auto"
	formatBank     = "bank"
	formatQueueLog = "queue_log"
	formatCSV      = "csv"
	formatBuiltIn  = "built-in"
)

// readLog reads the log that was asked for, with its name and format.
func readLog(o options, zone *time.Location) (log *calllog.Log, source, format string, err error) {
	if o.log == "" {
		log, err = builtInLog()
		return log, "A built-in week", formatBuiltIn, err
	}
	file, err := os.Open(o.log)
	if err != nil {
		return nil, "", "", err
	}
	defer file.Close()
	log, format, err = read(file, o.format, zone)
	if err != nil {
		return nil, "", "", fmt.Errorf("%s: %w", o.log, err)
	}
	return log, filepath.Base(o.log), format, nil
}

// read reads a log of a format, which auto finds out, and unpacks it if it is
// gzipped.
func read(r io.Reader, format string, zone *time.Location) (*calllog.Log, string, error) {
	in := bufio.NewReader(r)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, "", err
		}
		in = bufio.NewReader(unpacked)
	}
	if format == formatAuto {
		start, err := in.Peek(4096)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, "", err
		}
		format = sniff(start)
	}
	read, known := readers[format]
	if !known {
		return nil, "", fmt.Errorf("-format: want one of %q, got %q", append([]string{formatAuto}, slices.Sorted(maps.Keys(readers))...), format)
	}
	log, err := read(in, zone)
	return log, format, err
}

// readers are the formats that can be read.
var readers = map[string]func(io.Reader, *time.Location) (*calllog.Log, error){
	formatBank:     readBank,
	formatQueueLog: func(r io.Reader, _ *time.Location) (*calllog.Log, error) { return calllog.ReadQueueLog(r) },
	formatCSV:      calllog.ReadCSV,
}

// sniff tells a log's format by its first line that is neither blank nor a
// comment: the bank's has 17 columns between tabs, a queue_log's lines begin with
// a time and a bar.
func sniff(start []byte) string {
	for line := range bytes.Lines(start) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if bytes.Count(line, []byte("\t")) == 16 {
			return formatBank
		}
		first, _, found := bytes.Cut(line, []byte("|"))
		if found && len(bytes.Trim(first, "0123456789. ")) == 0 {
			return formatQueueLog
		}
		break
	}
	return formatCSV
}

// readBank reads a month of the bank's, of which the times are those of its own
// clock on the wall.
func readBank(r io.Reader, _ *time.Location) (*calllog.Log, error) {
	rows, err := bank.Read(r)
	if err != nil {
		return nil, err
	}
	return rows.Records(), nil
}

// bankCredit is the waiting that the bank credited to its priority customers: its
// own rule.
const bankCredit = 90 * time.Second
