package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	var log *calllog.Log
	var err error
	switch format {
	case formatBank:
		log, err = readBank(in)
	case formatQueueLog:
		panic(1)
	case formatCSV:
		panic(2)
	default:
		err = fmt.Errorf("-format: want %s, %s, %s or %s, got %q", formatAuto, formatBank, formatQueueLog, formatCSV, format)
	}
	return log, format, err
}

// sniff tells a log's format by its first line that is not blank: the bank's has
// 17 columns between tabs, a queue_log's lines begin with a time and a bar.
func sniff(start []byte) string {
	for line := range bytes.Lines(start) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
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

// readBank reads a month of the bank's.
func readBank(r io.Reader) (*calllog.Log, error) {
	rows, err := bank.Read(r)
	if err != nil {
		return nil, err
	}
	log := &calllog.Log{Odd: oddities(rows.Odd), Dropped: oddities(rows.Dropped)}
	for _, c := range rows.Calls() {
		call := calllog.Call{
			ID: c.ID, Line: c.Line, Queue: c.Type, Customer: c.Customer,
			Arrival: c.Arrival, Outcome: calllog.Abandoned, Wait: c.Wait,
			Agent: c.Server, Start: c.ServiceStart, Talk: c.Service, TalkKnown: c.Service > 0,
		}
		if c.Answered {
			call.Outcome = calllog.Answered
		}
		if c.Tier() == bankTier {
			call.Tier = bankTier
		}
		log.Calls = append(log.Calls, call)
	}
	return log, nil
}

func oddities(list []bank.Oddity) []calllog.Oddity {
	var of []calllog.Oddity
	for _, o := range list {
		of = append(of, calllog.Oddity{Kind: string(o.Kind), Count: o.Count, Line: o.Line})
	}
	return of
}

// The bank's own rule: its priority customers are credited so much waiting.
const (
	bankTier   = "priority"
	bankCredit = 90 * time.Second
)
