package cover

import (
	"cmp"
	"math/bits"
	"slices"
)

// problem is a day in whole numbers: how often to take each shift so that the
// need is covered at least cost.
//
// Its rows are sums of shifts: first those that cover an interval, then groups
// that the search may set limits to: those of a kind, of a kind and start, and
// each shift by itself.
type problem struct {
	need    []int64 // of each row; 0: none, or implied by that of another row
	shifts  []shift
	levels  [][]int // rows of groups, coarse before fine
	dearest int64   // cost of a shift
	fine    int     // prices are counted in 2^-fine of the costs' unit
}

// shift is one that may be taken any number of times.
type shift struct {
	covers      []int // intervals, ascending
	cost        int64
	kind, start int   // alike for shifts of a group
	rows        []int // covers, then groups; newProblem sets them
}

// newProblem returns false if the costs are so high, or so fine beside one
// another, that sums of them times unit have no room in 64 bits.
func newProblem(need []int, shifts []shift, unit int64) (*problem, bool) {
	p := &problem{need: make([]int64, len(need)), shifts: slices.Clone(shifts)}
	people := int64(0)
	for i, n := range need {
		p.need[i] = int64(n)
		people += int64(n)
	}
	p.spare()
	type group struct{ level, kind, start, shift int }
	rows := make(map[group]int)
	p.levels = make([][]int, 3)
	for j := range p.shifts {
		s := &p.shifts[j]
		p.dearest = max(p.dearest, s.cost)
		s.rows = slices.Clone(s.covers)
		for level, g := range []group{{0, s.kind, 0, 0}, {1, s.kind, s.start, 0}, {2, 0, 0, j}} {
			row, known := rows[g]
			if !known {
				row = len(p.need)
				rows[g] = row
				p.need = append(p.need, 0)
				p.levels[level] = append(p.levels[level], row)
			}
			s.rows = append(s.rows, row)
		}
	}
	const worth = 13 // bits: a price may be that much more than the dearest shift
	room := 61 - bits.Len64(uint64(people)) - bits.Len64(uint64(p.dearest))
	p.fine = min(room-worth, 40)
	return p, p.fine >= 4 && room >= bits.Len64(uint64(unit))
}

// spare drops the need of an interval that is covered whenever another is: all
// shifts that cover the other cover it too, and it needs no more people.
func (p *problem) spare() {
	covering := make([]bitset, len(p.need))
	for i := range covering {
		covering[i] = newBitset(len(p.shifts))
	}
	for j, s := range p.shifts {
		for _, i := range s.covers {
			covering[i].add(j)
		}
	}
	for i := range p.need {
		for k := range p.need {
			if k != i && p.need[i] > 0 && p.need[k] >= p.need[i] && covering[k].within(covering[i]) {
				p.need[i] = 0
			}
		}
	}
}

// undominated returns those shifts, by index and in order, that do not cost more
// than, or as much as, another that covers the same and perhaps more. Of equal
// ones the first stays. O(shifts² · intervals/64).
func undominated(shifts []shift, intervals int) []int {
	sets := make([]bitset, len(shifts))
	for j, s := range shifts {
		sets[j] = newBitset(intervals)
		for _, i := range s.covers {
			sets[j].add(i)
		}
	}
	var keep []int
	for j, s := range shifts {
		dominated := len(s.covers) == 0
		for k := 0; k < len(shifts) && !dominated; k++ {
			o := shifts[k]
			if k == j || o.cost > s.cost || len(o.covers) < len(s.covers) || !sets[j].within(sets[k]) {
				continue
			}
			dominated = o.cost < s.cost || len(o.covers) > len(s.covers) || k < j
		}
		if !dominated {
			keep = append(keep, j)
		}
	}
	return keep
}

// bitset is a set of small numbers.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(i int) { b[i/64] |= 1 << (i % 64) }

func (b bitset) within(o bitset) bool {
	for k := range b {
		if b[k]&^o[k] != 0 {
			return false
		}
	}
	return true
}

// rest is what these counts leave of a need; below zero where there are too many.
func (p *problem) rest(need []int64, counts []int) []int64 {
	rest := slices.Clone(need)
	for j, n := range counts {
		if n > 0 {
			for _, i := range p.shifts[j].rows {
				rest[i] -= int64(n)
			}
		}
	}
	return rest
}

// fill takes shifts until the need is covered, each time the one that covers
// most for its cost, and then trims. It returns the cost.
func (p *problem) fill(counts []int) int64 {
	rest := p.rest(p.need, counts)
	for {
		best, most := -1, int64(0)
		for j, s := range p.shifts {
			helps := int64(0)
			for _, i := range s.covers {
				if rest[i] > 0 {
					helps++
				}
			}
			// helps ÷ cost is more than that of the best
			if helps > 0 && (best < 0 || helps*p.shifts[best].cost > most*s.cost) {
				best, most = j, helps
			}
		}
		if best < 0 {
			return p.trim(counts)
		}
		times := int64(0) // as many as help in all those intervals
		for _, i := range p.shifts[best].covers {
			if rest[i] > 0 && (times == 0 || rest[i] < times) {
				times = rest[i]
			}
		}
		counts[best] += int(times)
		for _, i := range p.shifts[best].covers {
			rest[i] -= times
		}
	}
}

// trim takes away people who are not needed, the dearest first, and returns what
// the others cost. The counts must cover the need, and still do.
func (p *problem) trim(counts []int) int64 {
	rest := p.rest(p.need, counts)
	var order []int
	for j, n := range counts {
		if n > 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.shifts[b].cost, p.shifts[a].cost) })
	cost := int64(0)
	for _, j := range order {
		spare := int64(counts[j])
		for _, i := range p.shifts[j].covers {
			if p.need[i] > 0 {
				spare = min(spare, -rest[i])
			}
		}
		counts[j] -= int(spare)
		for _, i := range p.shifts[j].covers {
			rest[i] += spare
		}
		cost += int64(counts[j]) * p.shifts[j].cost
	}
	return cost
}
