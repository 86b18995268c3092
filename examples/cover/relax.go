package cover

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// unlimited is the limit of a row that has none.
const unlimited = -1

// node is a part of the search: covers with at least need and at most limit
// people in each row, and at least the taken ones.
type node struct {
	need, limit []int64
	taken       []int // of each shift
	bound       int64 // proven: no such cover costs less
}

// left returns what the taken ones leave of need and limit, and their cost. It
// is false if it is plain that a row's need cannot be met.
func (p *problem) left(n node) (need, limit []int64, cost int64, ok bool) {
	need, limit = p.rest(n.need, n.taken), p.rest(n.limit, n.taken)
	for i := range limit {
		if n.limit[i] == unlimited {
			limit[i] = unlimited
		} else if limit[i] < 0 {
			return nil, nil, 0, false
		}
	}
	may := make([]int64, len(need))
	for j, s := range p.shifts {
		cost += int64(n.taken[j]) * s.cost
		room := p.room(j, limit)
		for _, i := range s.rows {
			may[i] += room
		}
	}
	for i := range need {
		if may[i] < need[i] || limit[i] != unlimited && limit[i] < need[i] {
			return nil, nil, 0, false
		}
	}
	return need, limit, cost, true
}

// room is how often a shift may be taken within the limits, if no other is.
func (p *problem) room(j int, limit []int64) int64 {
	room := int64(math.MaxInt32)
	for _, i := range p.shifts[j].rows {
		if limit[i] != unlimited {
			room = min(room, limit[i])
		}
	}
	return room
}

// relax solves the linear relaxation of a node, in which people may be cut into
// parts. It returns how often each shift is taken then, beyond the taken ones
// (nil: the solver did not say), and a bound for the node.
//
// The solver works with floats, so what it says is a hint. The bound does not
// rest on it, see [problem.prove].
func (p *problem) relax(n node) (more []float64, bound int64) {
	need, limit, cost, ok := p.left(n)
	if !ok {
		return nil, math.MaxInt64
	}
	more, prices, fines := p.simplex(need, limit)
	return more, cost + p.prove(need, limit, prices, fines)
}

// simplex asks gonum: how often to take each shift, what a person more in each
// row would cost (price), and what one more than the limit would save (fine).
// Prices and fines are nil if it does not tell.
//
// Each need has a stand-in who costs far more than a shift, so that the solver
// begins with a cover and needs no first phase. And each need and limit is raised
// by a hair, each by another, so that no two corners of the problem fall
// together: that is where simplex codes go astray, and it lets the basis, which
// gonum does not tell, be read from what is not zero.
func (p *problem) simplex(need, limit []int64) (more, prices, fines []float64) {
	const (
		hair    = 1e-5
		zero    = 1e-9
		standIn = 1e3
	)
	var needs, limits, columns []int // rows, rows, shifts
	at, below := make([]int, len(need)), make([]int, len(need))
	for i := range need {
		at[i], below[i] = -1, -1
		if need[i] > 0 {
			at[i] = len(needs)
			needs = append(needs, i)
		}
	}
	for i := range limit {
		if limit[i] != unlimited && limit[i] > 0 { // at 0 its shifts have no room
			below[i] = len(needs) + len(limits)
			limits = append(limits, i)
		}
	}
	more = make([]float64, len(p.shifts))
	if len(needs) == 0 {
		return more, nil, nil
	}
	for j, s := range p.shifts {
		useful := false
		for _, i := range s.rows {
			useful = useful || at[i] >= 0
		}
		if useful && p.room(j, limit) > 0 {
			columns = append(columns, j)
		}
	}
	// Columns: shifts; people beyond a need; room below a limit; stand-ins.
	n, m, rows := len(columns), len(needs), len(needs)+len(limits)
	a := mat.NewDense(rows, n+rows+m, nil)
	b, c, basis := make([]float64, rows), make([]float64, n+rows+m), make([]int, rows)
	exact := mat.NewVecDense(rows, nil)
	for k, j := range columns {
		c[k] = float64(p.shifts[j].cost) / float64(p.dearest)
		for _, i := range p.shifts[j].rows {
			if at[i] >= 0 {
				a.Set(at[i], k, 1)
			}
			if below[i] >= 0 {
				a.Set(below[i], k, 1)
			}
		}
	}
	for k, i := range needs {
		a.Set(k, n+k, -1)
		a.Set(k, n+rows+k, 1)
		c[n+rows+k] = standIn
		basis[k] = n + rows + k
		exact.SetVec(k, float64(need[i]))
	}
	for k, i := range limits {
		a.Set(m+k, n+m+k, 1)
		basis[m+k] = n + m + k
		exact.SetVec(m+k, float64(limit[i]))
	}
	jitter := rand.New(rand.NewPCG(1, 2))
	for k := range b {
		b[k] = exact.AtVec(k) + hair*(0.5+jitter.Float64())
	}
	_, x, err := lp.Simplex(c, a, b, 1e-10, basis)
	if err != nil {
		return nil, nil, nil
	}
	basis = basis[:0]
	for k, v := range x {
		if v > zero {
			basis = append(basis, k)
		}
	}
	if len(basis) == rows {
		// The needs as they are, and the prices, from the basis.
		square, costs := mat.NewDense(rows, rows, nil), mat.NewVecDense(rows, nil)
		for q, k := range basis {
			for i := range rows {
				square.Set(i, q, a.At(i, k))
			}
			costs.SetVec(q, c[k])
		}
		var taken, worth mat.VecDense
		if taken.SolveVec(square, exact) == nil && worth.SolveVec(square.T(), costs) == nil {
			clear(x)
			for q, k := range basis {
				x[k] = taken.AtVec(q)
			}
			prices, fines = make([]float64, len(need)), make([]float64, len(need))
			for k, i := range needs {
				prices[i] = worth.AtVec(k) * float64(p.dearest)
			}
			for k, i := range limits {
				fines[i] = -worth.AtVec(m+k) * float64(p.dearest)
			}
		}
	}
	for k, j := range columns {
		more[j] = max(0, x[k])
	}
	return more, prices, fines
}

// prove returns a cost that no cover within need and limit falls below, by weak
// duality and in whole numbers, whatever prices and fines it is given. Good ones
// make for a high bound.
//
// Let there be prices y ≥ 0 of rows with a need and fines w ≥ 0 of rows with a
// limit such that, over the rows of each shift that has room, Σ y − Σ w ≤ cost. Then each cover
// costs at least Σ need·y − Σ limit·w. (V. Chvátal, Linear Programming, 1983,
// chapter 5.) Where a shift breaks the condition, the prices of its rows are
// lowered until it holds. Costs are whole, so the bound is rounded up.
func (p *problem) prove(need, limit []int64, prices, fines []float64) int64 {
	scale := float64(int64(1) << p.fine)
	whole := func(of []float64, i int) int64 {
		if i >= len(of) || !(of[i] > 0) {
			return 0
		}
		return int64(math.Round(min(of[i], 4096*float64(p.dearest)) * scale))
	}
	y, w := make([]int64, len(need)), make([]int64, len(need))
	for i := range need {
		if need[i] > 0 {
			y[i] = whole(prices, i)
		}
		if limit[i] != unlimited {
			w[i] = whole(fines, i)
		}
	}
	if prices == nil {
		p.price(y, need)
	}
	for j, s := range p.shifts {
		if p.room(j, limit) == 0 {
			continue // not taken, whatever it is worth
		}
		beyond := -s.cost << p.fine
		for _, i := range s.rows {
			beyond += y[i] - w[i]
		}
		for _, i := range s.rows {
			less := min(y[i], max(0, beyond))
			y[i] -= less
			beyond -= less
		}
	}
	sum := int64(0)
	for i := range need {
		if y[i] > 0 {
			sum += need[i] * y[i]
		}
	}
	for i := range limit {
		if w[i] > 0 && limit[i] > 0 {
			high, low := bits.Mul64(uint64(w[i]), uint64(limit[i]))
			if high > 0 || low >= uint64(max(sum, 0)) {
				return 0 // a bound that is as good as none
			}
			sum -= int64(low)
		}
	}
	return (sum + 1<<p.fine - 1) >> p.fine
}

// price sets prices without a solver: row by row, each as high as the shifts allow.
func (p *problem) price(y, need []int64) {
	spare := make([]int64, len(p.shifts))
	least := make([]int64, len(need))
	for i := range need {
		least[i] = -1
	}
	for j, s := range p.shifts {
		spare[j] = s.cost << p.fine
	}
	for i := range need {
		if need[i] <= 0 {
			continue
		}
		for j, s := range p.shifts {
			for _, k := range s.rows {
				if k == i && (least[i] < 0 || spare[j] < least[i]) {
					least[i] = spare[j]
				}
			}
		}
		y[i] = max(0, least[i])
		for j, s := range p.shifts {
			for _, k := range s.rows {
				if k == i {
					spare[j] -= y[i]
				}
			}
		}
	}
}
