package cover

import (
	"math/bits"
	"slices"
)

// problem is a day in whole numbers: how often to take each shift so that the
// need is covered at least cost.
type problem struct {
	need     []int64
	shifts   []shift
	covering [][]int // of each interval: the shifts that cover it
	dearest  int64   // cost of a shift
	fine     int     // prices are counted in 2^-fine of the costs' unit
}

// shift is one that may be taken any number of times.
type shift struct {
	covers []int // intervals, ascending
	cost   int64
}

// newProblem returns false if the costs are so high, or so fine beside one
// another, that sums of them times unit have no room in 64 bits.
func newProblem(need []int, shifts []shift, unit int64) (*problem, bool) {
	p := &problem{need: make([]int64, len(need)), shifts: shifts, covering: make([][]int, len(need))}
	people := int64(0)
	for i, n := range need {
		p.need[i] = int64(n)
		people += int64(n)
	}
	for j, s := range shifts {
		p.dearest = max(p.dearest, s.cost)
		for _, i := range s.covers {
			p.covering[i] = append(p.covering[i], j)
		}
	}
	room := 61 - bits.Len64(uint64(people)) - bits.Len64(uint64(p.dearest))
	p.fine = min(room, 40)
	return p, room >= 8 && room >= bits.Len64(uint64(unit))
}

// undominated returns those shifts, by index and in order, that do not cost more
// than, or as much as, another that covers the same and perhaps more. Of equal
// ones the first stays. O(shifts² · intervals/64).
func undominated(shifts []shift, intervals int) []int {
	words := (intervals + 63) / 64
	sets := make([][]uint64, len(shifts))
	for j, s := range shifts {
		sets[j] = make([]uint64, words)
		for _, i := range s.covers {
			sets[j][i/64] |= 1 << (i % 64)
		}
	}
	within := func(a, b []uint64) bool {
		for k := range a {
			if a[k]&^b[k] != 0 {
				return false
			}
		}
		return true
	}
	var keep []int
	for j, s := range shifts {
		better := func(k int) bool {
			o := shifts[k]
			if k == j || o.cost > s.cost || len(o.covers) < len(s.covers) || !within(sets[j], sets[k]) {
				return false
			}
			return o.cost < s.cost || len(o.covers) > len(s.covers) || k < j
		}
		dominated := len(s.covers) == 0
		for k := 0; k < len(shifts) && !dominated; k++ {
			dominated = better(k)
		}
		if !dominated {
			keep = append(keep, j)
		}
	}
	return keep
}

// trim takes away people who are not needed, the dearest first, and returns what
// the rest costs. Counts must cover the need, and still does.
func (p *problem) trim(counts []int) int64 {
	over := p.rest(counts)
	order := make([]int, 0, len(counts))
	for j, n := range counts {
		if n > 0 {
			order = append(order, j)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(min(1, max(-1, p.shifts[b].cost-p.shifts[a].cost))) })
	cost := int64(0)
	for _, j := range order {
		spare := int64(counts[j])
		for _, i := range p.shifts[j].covers {
			spare = min(spare, -over[i])
		}
		if spare > 0 {
			counts[j] -= int(spare)
			for _, i := range p.shifts[j].covers {
				over[i] += spare
			}
		}
		cost += int64(counts[j]) * p.shifts[j].cost
	}
	return cost
}

// fill takes shifts until the need is covered, each time the one that covers
// most for its cost, and then trims. It returns the cost.
func (p *problem) fill(counts []int) int64 {
	rest := p.rest(counts)
	for {
		best, most := -1, int64(0)
		for j, s := range p.shifts {
			helps := int64(0)
			for _, i := range s.covers {
				if rest[i] > 0 {
					helps++
				}
			}
			// helps/s.cost > most/cost of the best, without a division
			if helps > 0 && (best < 0 || helps*p.shifts[best].cost > most*s.cost) {
				best, most = j, helps
			}
		}
		if best < 0 {
			return p.trim(counts)
		}
		// As many at once as help all those intervals.
		times := int64(0)
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
