// Package filejournal is a journal in a directory, to show what a journal takes
// and to give the examples one: the records are a file of JSON lines that other
// programs can read, one command a line, and the snapshot lies beside it.
//
// It leaves out what a large centre would want: a checksum on each record, a
// lock against a second program, and another machine.
package filejournal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"
)

// Journal is an [acd.Journal] in a directory. Make one with [Open].
type Journal struct {
	dir string

	mu    sync.Mutex
	file  *os.File
	begin []int64 // where each record begins in the file
	end   int64   // of the last record
	torn  bool    // there may be something after the end
	head  header
}

// header is the first line of the snapshot's file.
type header struct {
	After uint64 `json:"after"` // the snapshot stands for so many records
	First uint64 `json:"first"` // the number of the first record in the records' file
}

const snapshotName = "snapshot"

// recordsName is the file whose first record has that number.
func recordsName(first uint64) string { return fmt.Sprintf("records-%d.jsonl", first) }

// Open opens the journal in a directory, which is made if need be. What a crash
// left of the last record is cut off.
func Open(dir string) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	j := &Journal{dir: dir, head: header{First: 1}}
	if _, err := j.readSnapshot(&j.head); err != nil {
		return nil, err
	}
	if err := j.openRecords(j.head.First); err != nil {
		return nil, err
	}
	return j, nil
}

// openRecords finds where the records begin.
func (j *Journal) openRecords(first uint64) error {
	file, err := os.OpenFile(filepath.Join(j.dir, recordsName(first)), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	j.file, j.begin, j.end, j.torn = file, nil, 0, true
	for lines := bufio.NewReader(file); ; {
		n, err := lineLength(lines)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errors.Join(err, file.Close())
		}
		j.begin = append(j.begin, j.end)
		j.end += n
	}
}

// lineLength skips a line. One without an end is io.EOF.
func lineLength(lines *bufio.Reader) (n int64, err error) {
	for {
		part, err := lines.ReadSlice('\n')
		n += int64(len(part))
		if err != bufio.ErrBufferFull {
			return n, err
		}
	}
}

// Close closes the files.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.file.Close()
}

// next is the number of the record after the last.
func (j *Journal) next() uint64 { return j.head.First + uint64(len(j.begin)) }

// Append implements [acd.Journal].
func (j *Journal) Append(ctx context.Context, first uint64, records [][]byte) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case first == 0 || first > j.next():
		return fmt.Errorf("record %d cannot follow record %d", first, j.next()-1)
	case len(records) == 0:
		return nil
	}
	if first < j.head.First { // what is not in the file any more
		records = records[min(j.head.First-first, uint64(len(records))):]
		first = j.head.First
	}
	if k := first - j.head.First; k < uint64(len(j.begin)) {
		j.end, j.begin, j.torn = j.begin[k], j.begin[:k], true
	}
	if j.torn {
		if err := j.file.Truncate(j.end); err != nil {
			return err
		}
	}
	j.torn = true
	text := append(bytes.Join(records, []byte("\n")), '\n')
	if len(records) == 0 {
		text = nil
	}
	if _, err := j.file.WriteAt(text, j.end); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.torn = false
	for _, record := range records {
		j.begin = append(j.begin, j.end)
		j.end += int64(len(record)) + 1
	}
	return nil
}

// Records implements [acd.Journal].
func (j *Journal) Records(ctx context.Context, from uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		j.mu.Lock()
		first, next, file, end := j.head.First, j.next(), j.file, j.end
		begin := end
		if from >= first && from < next {
			begin = j.begin[from-first]
		}
		j.mu.Unlock()
		if from < first {
			yield(nil, fmt.Errorf("record %d is gone: the file begins with %d", from, first))
			return
		}
		for lines := bufio.NewReader(io.NewSectionReader(file, begin, end-begin)); ; {
			line, err := lines.ReadBytes('\n')
			if err == io.EOF {
				return
			}
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(line[:len(line)-1], nil) {
				return
			}
		}
	}
}

// SaveSnapshot implements [acd.Journal]. It drops no records, unless the snapshot
// is ahead of them: then a new file begins after it.
func (j *Journal) SaveSnapshot(ctx context.Context, after uint64, state []byte) error {
	j.mu.Lock()
	head := header{After: after, First: j.head.First}
	if after >= j.next() {
		head.First = after + 1
	}
	j.mu.Unlock()
	if err := j.writeSnapshot(ctx, head, state); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.head.After = after
	if head.First == j.head.First {
		return nil
	}
	old := j.file
	j.head.First = head.First
	return errors.Join(j.openRecords(head.First), old.Close())
}

// writeSnapshot puts the file in place whole or not at all.
func (j *Journal) writeSnapshot(ctx context.Context, head header, state []byte) error {
	line, err := json.Marshal(head)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(j.dir, snapshotName+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // nothing if all goes well
	_, err = file.Write(append(append(line, '\n'), state...))
	if err = errors.Join(err, file.Sync(), file.Close(), ctx.Err()); err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(j.dir, snapshotName))
}

// Snapshot implements [acd.Journal].
func (j *Journal) Snapshot(ctx context.Context) (after uint64, state []byte, err error) {
	if err := ctx.Err(); err != nil {
		return 0, nil, err
	}
	var head header
	state, err = j.readSnapshot(&head)
	return head.After, state, err
}

func (j *Journal) readSnapshot(head *header) (state []byte, err error) {
	data, err := os.ReadFile(filepath.Join(j.dir, snapshotName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	line, state, _ := bytes.Cut(data, []byte("\n"))
	if err := json.Unmarshal(line, head); err != nil {
		return nil, fmt.Errorf("%s: line 1: %w", filepath.Join(j.dir, snapshotName), err)
	}
	return state, nil
}
