package cover

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// unlimited is the most people of a shift that may be taken any number of times.
const unlimited = -1

// node is a part of the search: covers that take each shift at least low and at
// most high times.
type node struct {
	low, high []int
	bound     int64 // proven: no such cover costs less
}

// relaxation is what is left of a node when people may be cut into parts.
type relaxation struct {
	more     []float64 // of each shift, beyond low; nil: there was nothing to be had
	bound    int64     // proven, whole or parted: no cover of the node costs less
	feasible bool      // false: proven that the node has no cover
}

// rest is what low leaves of the need.
func (p *problem) rest(low []int) []int64 {
	rest := make([]int64, len(p.need))
	copy(rest, p.need)
	for j, n := range low {
		if n > 0 {
			for _, i := range p.shifts[j].covers {
				rest[i] -= int64(n)
			}
		}
	}
	return rest
}

// relax solves the linear relaxation of a node and proves a bound for the node.
//
// The solver works with floats, so what it says is taken as a hint. The bound
// does not rest on it: prices of the intervals, any prices, bound the cost as
// soon as no shift is worth more than it costs, and that is made sure of in
// whole numbers. Wrong hints make for a low bound, not for a false one.
func (p *problem) relax(low, high []int) relaxation {
	rest := p.rest(low)
	var spent int64
	for j, n := range low {
		spent += int64(n) * p.shifts[j].cost
	}
	rows := make([]int, 0, len(rest)) // that are not covered yet
	for i, r := range rest {
		if r > 0 {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return relaxation{more: make([]float64, len(p.shifts)), bound: spent, feasible: true}
	}
	if !p.coverable(rest, low, high) {
		return relaxation{bound: math.MaxInt64}
	}
	hint := p.simplex(rows, rest, low, high)
	return relaxation{hint.more, spent + p.prove(rest, low, high, hint.prices), true}
}

// coverable reports whether enough people may be taken in each interval.
func (p *problem) coverable(rest []int64, low, high []int) bool {
	may := make([]int64, len(rest))
	for j := range p.shifts {
		room := int64(math.MaxInt32)
		if high[j] != unlimited {
			room = int64(high[j] - low[j])
		}
		for _, i := range p.shifts[j].covers {
			may[i] += room
		}
	}
	for i := range rest {
		if may[i] < rest[i] {
			return false
		}
	}
	return true
}

// hint is what the solver says: how many of each shift, and what a person in
// each interval is worth. Either may be nil.
type hint struct{ more, prices []float64 }

// simplex asks gonum. Each interval has a stand-in who costs more than any shift
// can be worth, so that the solver starts from a cover and needs no first phase;
// and all needs are raised by a little, each by another, so that no two corners
// of the problem fall together: that is where simplex codes come to grief, and
// it lets the basis, which gonum does not tell, be read from what is not zero.
func (p *problem) simplex(rows []int, rest []int64, low, high []int) hint {
	const (
		raise   = 1e-5
		zero    = 1e-9
		standIn = 1e3
	)
	row := make([]int, len(p.need)) // of an interval, from 1
	for k, i := range rows {
		row[i] = k + 1
	}
	var columns, limited []int // shifts
	for j := range p.shifts {
		open := high[j] == unlimited || high[j] > low[j]
		useful := false
		for _, i := range p.shifts[j].covers {
			useful = useful || row[i] > 0
		}
		if !open || !useful {
			continue
		}
		columns = append(columns, j)
		if high[j] != unlimited {
			limited = append(limited, len(columns)-1)
		}
	}
	n, m, l := len(columns), len(rows), len(limited)
	// Columns: shifts, then people too many, then room below limits, then stand-ins.
	a := mat.NewDense(m+l, n+m+l+m, nil)
	b, c := make([]float64, m+l), make([]float64, n+m+l+m)
	basis := make([]int, m+l)
	for k, j := range columns {
		c[k] = float64(p.shifts[j].cost) / float64(p.dearest)
		for _, i := range p.shifts[j].covers {
			if row[i] > 0 {
				a.Set(row[i]-1, k, 1)
			}
		}
	}
	jitter := rand.New(rand.NewPCG(1, 2))
	for k, i := range rows {
		a.Set(k, n+k, -1)
		a.Set(k, n+m+l+k, 1)
		c[n+m+l+k] = standIn
		b[k] = float64(rest[i]) + raise*(0.5+jitter.Float64())
		basis[k] = n + m + l + k
	}
	for k, at := range limited {
		a.Set(m+k, at, 1)
		a.Set(m+k, n+m+k, 1)
		b[m+k] = float64(high[columns[at]]-low[columns[at]]) + raise*(0.5+jitter.Float64())
		basis[m+k] = n + m + k
	}
	_, x, err := lp.Simplex(c, a, b, 1e-10, basis)
	if err != nil || x == nil {
		return hint{}
	}
	var h hint
	h.more = make([]float64, len(p.shifts))
	basis = basis[:0]
	for k, v := range x {
		if v > zero {
			basis = append(basis, k)
		}
	}
	if len(basis) != m+l {
		for k, j := range columns {
			h.more[j] = max(0, x[k])
		}
		return h
	}
	// The basis is known: solve it for the needs as they are, and for the prices.
	square := mat.NewDense(m+l, m+l, nil)
	needs, costs := mat.NewVecDense(m+l, nil), mat.NewVecDense(m+l, nil)
	for q, k := range basis {
		for i := range m + l {
			square.Set(i, q, a.At(i, k))
		}
		costs.SetVec(q, c[k])
	}
	for k, i := range rows {
		needs.SetVec(k, float64(rest[i]))
	}
	for k, at := range limited {
		needs.SetVec(m+k, float64(high[columns[at]]-low[columns[at]]))
	}
	var taken, worth mat.VecDense
	if taken.SolveVec(square, needs) != nil || worth.SolveVec(square.T(), costs) != nil {
		for k, j := range columns {
			h.more[j] = max(0, x[k])
		}
		return h
	}
	for q, k := range basis {
		if k < n {
			h.more[columns[k]] = max(0, taken.AtVec(q))
		}
	}
	h.prices = make([]float64, len(p.need))
	for k, i := range rows {
		h.prices[i] = worth.AtVec(k) * float64(p.dearest)
	}
	return h
}

// prove returns a cost that no cover of the rest falls below, found by weak
// duality with the hinted prices, in whole numbers.
//
// With prices y ≥ 0 of the intervals and a fine w ≥ 0 on each limited shift such
// that Σ y over a shift's intervals ≤ cost + w (w = 0 without a limit), each
// cover costs at least Σ need·y − Σ limit·w. (V. Chvátal, Linear Programming,
// 1983, chapter 5.)
func (p *problem) prove(rest []int64, low, high []int, hint []float64) int64 {
	scale := float64(int64(1) << p.fine)
	y := make([]int64, len(rest))
	for i := range hint {
		if v := math.Round(hint[i] * scale); v > 0 && rest[i] > 0 { // false for NaN
			y[i] = int64(min(v, float64(p.dearest)*scale))
		}
	}
	if hint == nil {
		p.price(y, rest, high)
	}
	var sum int64
	for j := range p.shifts {
		worth := -p.shifts[j].cost << p.fine
		for _, i := range p.shifts[j].covers {
			worth += y[i]
		}
		if worth <= 0 || high[j] != unlimited {
			continue
		}
		for _, i := range p.shifts[j].covers {
			less := min(y[i], worth)
			y[i] -= less
			worth -= less
		}
	}
	for i, n := range rest {
		if n > 0 {
			sum += n * y[i]
		}
	}
	for j := range p.shifts {
		if high[j] == unlimited || high[j] == low[j] {
			continue
		}
		worth := -p.shifts[j].cost << p.fine
		for _, i := range p.shifts[j].covers {
			worth += y[i]
		}
		if worth > 0 {
			over, fine := bits.Mul64(uint64(worth), uint64(high[j]-low[j]))
			if over > 0 || fine > math.MaxInt64/4 {
				return 0
			}
			sum -= int64(fine)
			if sum <= 0 {
				return 0
			}
		}
	}
	return (sum + int64(1)<<p.fine - 1) >> p.fine
}

// price sets prices without a solver: from the first interval to the last each
// as high as the unlimited shifts allow.
func (p *problem) price(y, rest []int64, high []int) {
	slack := make([]int64, len(p.shifts))
	for j := range p.shifts {
		slack[j] = p.shifts[j].cost << p.fine
	}
	for i, n := range rest {
		if n <= 0 {
			continue
		}
		least := int64(math.MaxInt64)
		for _, j := range p.covering[i] {
			if high[j] == unlimited {
				least = min(least, slack[j])
			}
		}
		if least == math.MaxInt64 {
			continue // only limited shifts cover it
		}
		y[i] = least
		for _, j := range p.covering[i] {
			slack[j] -= least
		}
	}
}
