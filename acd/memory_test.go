package acd

import (
	"hash/maphash"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMemoryEqualsAListByWriting compares the memory with a slice in order of
// writing, also when all keys collide.
func TestMemoryEqualsAListByWriting(t *testing.T) {
	real := memoryHash
	t.Cleanup(func() { memoryHash = real })
	for name, hash := range map[string]func(maphash.Seed, memoryKey) uint64{
		"hashed":    real,
		"colliding": func(_ maphash.Seed, k memoryKey) uint64 { return uint64(k.queue % 2) },
	} {
		memoryHash = hash
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				type entry struct {
					key   memoryKey
					agent *agent
					at    int64
				}
				var m memory
				var list []entry
				agents := []*agent{{id: "aya"}, {id: "ben"}}
				limit := rapid.IntRange(0, 6).Draw(t, "limit")
				remember := 20 * time.Nanosecond
				for now := range int64(rapid.IntRange(0, 80).Draw(t, "steps")) {
					n := rapid.IntRange(0, 9).Draw(t, "key")
					key := memoryKey{"", uint32(n % 3)}
					if n > 0 {
						key.who = strconv.Itoa(n)
					}
					i := slices.IndexFunc(list, func(e entry) bool { return e.key == key })
					if rapid.Bool().Draw(t, "write") {
						a := agents[n%2]
						m.write(key, a, now, limit)
						if key.who == "" || limit == 0 {
							continue
						}
						if i >= 0 {
							list = slices.Delete(list, i, i+1)
						} else if len(list) == limit {
							list = list[1:]
						}
						list = append(list, entry{key, a, now})
						continue
					}
					var want *agent
					if i >= 0 && now < list[i].at+int64(remember) {
						want = list[i].agent
					}
					if got := m.recall(key, now, remember); got != want {
						t.Fatalf("at %d %v is %v, want %v", now, key, got, want)
					}
				}
				if m.size != len(list) {
					t.Fatalf("size %d, want %d", m.size, len(list))
				}
			})
		})
	}
}
